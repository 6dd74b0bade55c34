"""Files in and out: a dry run first, then all or nothing; and the whole ledger in five formats."""

from __future__ import annotations

from views.screen.loading import Atlas


def show(atlas: Atlas) -> None:
    """Draw the section."""
