"""Whose claims count on a page, in words."""

from __future__ import annotations

from typing import Any

from views.screen.loading import Atlas
from views.screen.permalink.permalink import Permalink
from views.wording import viewpoint_in_words, voice_name


def viewpoint(atlas: Atlas, permalink: Permalink) -> str | None:
    """Return what a picture must say of a viewpoint that leaves claims out, None where all count."""
    name = next((voice_name(atlas.dataset, voice) for voice in atlas.voices if voice.who == permalink.voice), "")
    return viewpoint_in_words(name, permalink.known_on) or None


def listed_voices(atlas: Atlas) -> list[list[Any]]:
    """Key, name and number of claims of every voice, as `timeline.rail` takes them."""
    return [[voice.who, voice_name(atlas.dataset, voice), voice.claims] for voice in atlas.voices]
