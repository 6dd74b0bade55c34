"""Which layout a file has, by its columns, and the importer for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geodata.dataset.claims import Dataset
from geodata.dataset.tables import DOCUMENTS
from geodata.errors import SchemaError
from geodata.files.guard import RawTable
from geodata.intake import acled, own, ucdp
from geodata.intake.actors import read_actors
from geodata.intake.draw import Drawn
from geodata.intake.resolve import Resolve
from geodata.sentences import message

LAYOUTS = {
    "flat": message("our flat table: a claim a row with its document, claimant and place"),
    "claims": message("the columns of claims.csv"),
    "ACLED": message("an export of ACLED"),
    "UCDP GED": message("a file of UCDP GED"),
}
"""Layouts that are read, each in a few words."""


def layout_of(raw: RawTable) -> str:
    """Return the layout of a file, one of `LAYOUTS`.

    Raises
    ------
    SchemaError
        It has none of them; says which it comes nearest to, and what it lacks.
    """
    columns = set(raw.columns)
    if not own.missing(raw):
        return "flat" if own.needed(DOCUMENTS) <= columns else "claims"
    lower = {name.lower() for name in columns}
    lacking: dict[str, Sequence[str]] = {
        "ACLED": [name for name in acled.NEEDED if name not in lower],
        "UCDP GED": [name for name in ucdp.NEEDED if name not in lower],
    }
    for layout, names in lacking.items():
        if not names:
            return layout
    lacking["claims"] = own.missing(raw)
    nearest = min(lacking, key=lambda layout: len(lacking[layout]))
    names = ", ".join(lacking[nearest])
    raise SchemaError(f"has the columns of no layout we read; to be {LAYOUTS[nearest]} it lacks {names}", Path(raw.name))


def drawn_from(raw: RawTable, dataset: Dataset, resolve: Resolve) -> tuple[str, Drawn]:
    """Layout of a file, and what its importer makes of it.

    Parameters
    ----------
    dataset
        What is known: parties, claimants, and in its folder the actors of event data sets.
    """
    layout = layout_of(raw)
    if layout in ("flat", "claims"):
        return layout, own.draw(raw, resolve)
    actors = read_actors(dataset.folder, dataset.parties)
    return layout, ucdp.draw(raw, actors) if layout == ucdp.SOURCE else acled.draw(raw, dataset, actors, resolve)
