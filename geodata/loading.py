"""From a source to its events, and to who holds each place on a date: the short way in for notebooks and scripts."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd

from common.home import BUNDLED
from geodata.adjudication.events import events_of
from geodata.control.control import Control
from geodata.dataset.claims import read_dataset
from geodata.dataset.places import Locate
from geodata.dataset.tables import Source

if TYPE_CHECKING:
    from geodata.intake import Resolve


def load_events(source: Source | Path = BUNDLED, locate: Locate | None = None, resolve: Resolve | None = None) -> gpd.GeoDataFrame:
    """Return dated events, adjudicated from the claims of a dataset, a ledger or a file.

    Parameters
    ----------
    source
        A folder of tables as in docs/data-model.md, a ledger (or its file), or a file of claims in any layout and format that
        `python -m geodata import` takes. Default: the bundled dataset.
    locate
        Finds a place by its id (raises LookupError where there is none), so that a gazetteer can give the positions.
        Default: the positions of the source's own places.
    resolve
        Finds a place by its name, for files of claims that give no ids. Default: by the places of the bundled dataset.

    Returns
    -------
    geopandas.GeoDataFrame
        One row an event: those of control by place and date, then those beside it. Geometry is a Point (longitude, latitude) in
        EPSG:4326. Columns:

        event_id : str, unique
        kind : 'control' (somebody holds the place from `date` on), 'contested' or 'siege' (beside the holder, `date` to `until`)
        place_id, name, name_ar, admin1 (ISO 3166-2), province : str
        party : party_id that holds, attacks or besieges; 'divided' where two sides hold a part each
        previous : party_id that held before, '' where not known
        sides : tuple of str, party_ids of a contested or siege row, else empty
        date : datetime64, the day from which it is drawn; NaT = since before the dataset begins
        date_earliest, date_latest : datetime64, the window it happened in, both inclusive
        until : datetime64, last day of a contested or siege row, inclusive; NaT = open. Of a control row that does not prevail: the
            last day before a later claim settled the matter
        basis : 'change', 'state', 'before', 'implied' (see `geodata.adjudication.outcomes.Event`), '' for conditions
        status : 'corroborated', 'claimed', 'disputed', '' for conditions
        prevails : bool, False for a disputed event that leaves the place with its former holder
        flagged : bool, rests on the gaining side alone, is disputed, or is inferred
        confidence : Admiralty code such as 'B2', '' for conditions
        reason : str, in English
        reason_sentence : the same as a `geodata.sentences.Sentence`, which can be said in another language; `sentence_in` there takes it
            out of a cell, or says that it was lost
        supporting, opposing : tuple of str, claim_ids

    Notes
    -----
    Files have no tuples: before you write a frame of your own, join them, as in `events["sides"].map("|".join)`, and leave
    `reason_sentence` out. What the product writes is joined by '|'.

    Raises
    ------
    SchemaError
        A row is wrong in date, place, party, position or anything else; names file, row and column.
    """
    if isinstance(source, Path) and not source.is_dir():
        from geodata.intake.file_source import file_source  # what reads files from outside takes half a second to import, and few need it

        source = file_source(source, resolve)
    return events_of(read_dataset(source, locate))


def control_at(date: dt.date, view: str = "claimed", events: gpd.GeoDataFrame | None = None) -> gpd.GeoDataFrame:
    """Return who holds each place on a date: `Control.at` over given events, by default those of the bundled dataset.

    Parameters
    ----------
    date
        Inclusive: an event of this day has happened.
    view
        'claimed' or 'corroborated'.
    events
        As `load_events` gives them. For many dates build one `Control` instead.
    """
    return (_bundled(view) if events is None else Control(events, view)).at(date)


@cache
def _bundled(view: str) -> Control:
    return Control(load_events(), view)
