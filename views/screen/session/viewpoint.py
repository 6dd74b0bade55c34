"""Whose claims count on a page, in words."""

from __future__ import annotations

from typing import Any

from geodata.control.viewpoint import Voice
from views.language import _, name_of
from views.screen.loading import Atlas
from views.screen.permalink.permalink import Permalink


def viewpoint(atlas: Atlas, permalink: Permalink) -> str | None:
    """Return what a picture must say of a viewpoint that leaves claims out, None where all count."""
    name = next((_called(atlas, voice) for voice in atlas.voices if voice.who == permalink.voice), "")
    day = permalink.known_on
    if name and day:
        return _("According to {voice}, as known on {day}", voice=name, day=day)
    if name:
        return _("According to {voice}", voice=name)
    return _("As known on {day}", day=day) if day else None


def listed_voices(atlas: Atlas) -> list[list[Any]]:
    """Key, name and number of claims of every voice, as `timeline.rail` takes them."""
    return [[voice.who, _called(atlas, voice), voice.claims] for voice in atlas.voices]


def _called(atlas: Atlas, voice: Voice) -> str:
    """Return what a voice is called: outlets have no other name than the one that they print."""
    claimant = atlas.dataset.claimants.get(voice.who)
    return name_of(claimant) if claimant else voice.name
