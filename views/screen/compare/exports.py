"""The export menu of the page that compares."""

from __future__ import annotations

from views.screen.loading import Atlas


def compare_menu(atlas: Atlas) -> None:
    """A menu of downloads of what is compared at the moment of the click."""
