"""The events of a dataset as a GeoDataFrame: what changed hands, was fought for or besieged, when, and who says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geodata.adjudication.adjudicate import adjudicate
from geodata.adjudication.outcomes import Event, Layer
from geodata.dataset.cells import BUNDLED
from geodata.dataset.claims import Dataset, read_dataset
from geodata.dataset.places import Locate, Location, read_province_names
from geodata.dataset.tables import Source

if TYPE_CHECKING:
    from geodata.intake import Resolve

DATES = ("date", "date_earliest", "date_latest", "until")

COLUMNS = (
    *("event_id", "kind", "place_id", "name", "name_ar", "admin1", "province"),
    *("party", "previous", "sides", *DATES, "basis", "status", "prevails", "flagged", "confidence", "reason", "supporting", "opposing"),
)


def load_events(source: Source | Path = BUNDLED, locate: Locate | None = None, resolve: Resolve | None = None) -> gpd.GeoDataFrame:
    """Dated events, adjudicated from the claims of a dataset, a ledger or a file.

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
        sides : party_ids of a contested or siege row, joined by '|', else ''
        date : datetime64, the day from which it is drawn; NaT = since before the dataset begins
        date_earliest, date_latest : datetime64, the window it happened in, both inclusive
        until : datetime64, last day of a contested or siege row, inclusive; NaT = open. Of a control row that does not prevail: the
            last day before a later claim settled the matter
        basis : 'change', 'state', 'before', 'implied' (see `geodata.adjudication.outcomes.Event`), '' for layers
        status : 'corroborated', 'claimed', 'disputed', '' for layers
        prevails : bool, False for a disputed event that leaves the place with its former holder
        flagged : bool, rests on the gaining side alone, is disputed, or is inferred
        confidence : Admiralty code such as 'B2', '' for layers
        reason : geodata.sentences.Sentence, an English text that can be said in another language
        supporting, opposing : claim_ids joined by '|'

    Raises
    ------
    SchemaError
        A row is wrong in date, place, party, position or anything else; names file, row and column.
    """
    if isinstance(source, Path) and not source.is_dir():
        from geodata.loading import file_source  # what reads files from outside takes half a second to import, and few need it

        source = file_source(source, resolve)
    return events_of(read_dataset(source, locate))


def events_of(dataset: Dataset) -> gpd.GeoDataFrame:
    """The same for a dataset already read."""
    incumbents = [party.party_id for party in dataset.parties.values() if party.active_from is None]
    events, layers = adjudicate(dataset.claims, incumbents)
    provinces = _province_names(dataset)
    rows = [_control_row(event) for event in events] + [_layer_row(layer) for layer in layers]
    frame = pd.DataFrame([row | _where(dataset.locations[row["place_id"]], provinces) for row in rows])
    frame = frame if rows else pd.DataFrame(columns=[*COLUMNS, "longitude", "latitude"])
    frame["reason"] = pd.Series([row["reason"] for row in rows], index=frame.index, dtype=object)  # as text they would be text alone
    for column in DATES:
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    for column in ("prevails", "flagged"):
        frame[column] = frame[column].astype(bool)
    points = gpd.points_from_xy(frame.pop("longitude"), frame.pop("latitude"), crs="EPSG:4326")
    return gpd.GeoDataFrame(frame[list(COLUMNS)], geometry=points)


def places_of(dataset: Dataset, *, unclaimed: bool = False) -> gpd.GeoDataFrame:
    """The places that any claim of a dataset is about, by place_id.

    Parameters
    ----------
    unclaimed
        Whether the other places of the dataset stand among them.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns place_id, name, name_ar, admin1 (ISO 3166-2), province, and geometry: Point (longitude, latitude) in EPSG:4326.
    """
    provinces = _province_names(dataset)
    place_ids = sorted(dataset.locations if unclaimed else {claim.place_id for claim in dataset.claims})
    rows = [{"place_id": place_id} | _where(dataset.locations[place_id], provinces) for place_id in place_ids]
    frame = pd.DataFrame(rows, columns=["place_id", "name", "name_ar", "admin1", "province", "longitude", "latitude"])
    points = gpd.points_from_xy(frame.pop("longitude"), frame.pop("latitude"), crs="EPSG:4326")
    return gpd.GeoDataFrame(frame, geometry=points)


def _province_names(dataset: Dataset) -> dict[str, str]:
    return read_province_names(dataset.folder) if (dataset.folder / "provinces.csv").exists() else {}


def _where(location: Location, provinces: dict[str, str]) -> dict[str, object]:
    return {
        "name": location.name,
        "name_ar": location.name_ar,
        "admin1": location.admin1,
        "province": provinces.get(location.admin1, location.admin1),
        "longitude": location.longitude,
        "latitude": location.latitude,
    }


def _control_row(event: Event) -> dict[str, Any]:
    return {
        "event_id": event.event_id,
        "kind": "control",
        "place_id": event.place_id,
        "party": event.party,
        "previous": event.previous,
        "sides": "",
        "date": event.date,
        "date_earliest": event.date_earliest,
        "date_latest": event.date_latest,
        "until": event.settled,
        "basis": event.basis,
        "status": event.status,
        "prevails": event.prevails,
        "flagged": event.flagged,
        "confidence": event.confidence,
        "reason": event.reason,
        "supporting": "|".join(event.supporting),
        "opposing": "|".join(event.opposing),
    }


def _layer_row(layer: Layer) -> dict[str, Any]:
    return {
        "event_id": layer.layer_id,
        "kind": layer.kind,
        "place_id": layer.place_id,
        "party": layer.sides[0],
        "previous": "",
        "sides": "|".join(layer.sides),
        "date": layer.start,
        "date_earliest": layer.earliest,
        "date_latest": layer.latest,
        "until": layer.end,
        "basis": "",
        "status": "",
        "prevails": True,
        "flagged": False,
        "confidence": "",
        "reason": layer.reason,
        "supporting": "|".join(layer.supporting),
        "opposing": "",
    }
