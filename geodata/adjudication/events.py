"""The events of a dataset as a GeoDataFrame: what changed hands, was fought for or besieged, when, and who says so."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.adjudication.adjudicate import adjudicate
from geodata.adjudication.outcomes import Condition, Event
from geodata.dataset.claims import Dataset
from geodata.dataset.places import Location
from geodata.dataset.provinces import Provinces, read_provinces
from geodata.dataset.vocabulary import EventKind

DATES = ("date", "date_earliest", "date_latest", "until")

COLUMNS = (
    *("event_id", "kind", "place_id", "name", "name_ar", "admin1", "province"),
    *("party", "previous", "sides", *DATES, "basis", "status", "prevails", "flagged", "confidence", "reason"),
    *("reason_sentence", "supporting", "opposing"),
)


def events_of(dataset: Dataset) -> gpd.GeoDataFrame:
    """Return the events of a dataset, in the columns that `geodata.load_events` describes."""
    incumbents = [party.party_id for party in dataset.parties.values() if party.active_from is None]
    events, conditions = adjudicate(dataset.claims, incumbents)
    provinces = read_provinces(dataset.folder)
    rows = [_control_row(event) for event in events] + [_condition_row(condition) for condition in conditions]
    frame = pd.DataFrame([row | _where(dataset.locations[row["place_id"]], provinces) for row in rows])
    frame = frame if rows else pd.DataFrame(columns=[*COLUMNS, "longitude", "latitude"])
    for column in ("reason_sentence", "sides", "supporting", "opposing"):
        frame[column] = pd.Series([row[column] for row in rows], index=frame.index, dtype=object)  # values, which pandas is not to guess at
    for column in DATES:
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    for column in ("prevails", "flagged"):
        frame[column] = frame[column].astype(bool)
    points = gpd.points_from_xy(frame.pop("longitude"), frame.pop("latitude"), crs="EPSG:4326")
    return gpd.GeoDataFrame(frame[list(COLUMNS)], geometry=points)


def places_of(dataset: Dataset, *, unclaimed: bool = False) -> gpd.GeoDataFrame:
    """Return the places that any claim of a dataset is about, by place_id.

    Parameters
    ----------
    unclaimed
        Whether the other places of the dataset stand among them.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns place_id, name, name_ar, admin1 (ISO 3166-2), province, and geometry: Point (longitude, latitude) in EPSG:4326.
    """
    provinces = read_provinces(dataset.folder)
    place_ids = sorted(dataset.locations if unclaimed else {claim.place_id for claim in dataset.claims})
    rows = [{"place_id": place_id} | _where(dataset.locations[place_id], provinces) for place_id in place_ids]
    frame = pd.DataFrame(rows, columns=["place_id", "name", "name_ar", "admin1", "province", "longitude", "latitude"])
    points = gpd.points_from_xy(frame.pop("longitude"), frame.pop("latitude"), crs="EPSG:4326")
    return gpd.GeoDataFrame(frame, geometry=points)


def _where(location: Location, provinces: Provinces) -> dict[str, object]:
    return {
        "name": location.name,
        "name_ar": location.name_ar,
        "admin1": location.admin1,
        "province": provinces[location.admin1].name if location.admin1 in provinces else location.admin1,
        "longitude": location.longitude,
        "latitude": location.latitude,
    }


def _control_row(event: Event) -> dict[str, Any]:
    return {
        "event_id": event.event_id,
        "kind": EventKind.CONTROL.value,
        "place_id": event.place_id,
        "party": event.party,
        "previous": event.previous,
        "sides": (),
        "date": event.date,
        "date_earliest": event.date_earliest,
        "date_latest": event.date_latest,
        "until": event.settled,
        "basis": event.basis.value,
        "status": event.status.value,
        "prevails": event.prevails,
        "flagged": event.flagged,
        "confidence": event.confidence,
        "reason": str(event.reason),
        "reason_sentence": event.reason,
        "supporting": event.supporting,
        "opposing": event.opposing,
    }


def _condition_row(condition: Condition) -> dict[str, Any]:
    return {
        "event_id": condition.condition_id,
        "kind": condition.kind.value,
        "place_id": condition.place_id,
        "party": condition.sides[0],
        "previous": "",
        "sides": condition.sides,
        "date": condition.start,
        "date_earliest": condition.earliest,
        "date_latest": condition.latest,
        "until": condition.end,
        "basis": "",
        "status": "",
        "prevails": True,
        "flagged": False,
        "confidence": "",
        "reason": str(condition.reason),
        "reason_sentence": condition.reason,
        "supporting": condition.supporting,
        "opposing": (),
    }
