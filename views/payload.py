"""The columns that the browser receives once: places, what holds when, events and their evidence.

Everything is plain JSON; text is only ever set as text in the browser, never as HTML. Days are whole days since 1970-01-01 (UTC).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata import VIEWS, Claim, Control, Dataset, Document, Location, Party
from geodata.parties import DIVIDED
from geodata.regions import Region
from views.style import UNKNOWN, map_colours, party_style

UNIX = dt.date(1970, 1, 1)

OPEN_BEGINNING = -1_000_000
"""Day of a step that reaches back before the dataset."""

UNKNOWN_STATE = (-1, False, False, False, False)


def day_number(date: dt.date) -> int:
    """Days since 1970-01-01."""
    return (date - UNIX).days


FEATURES = {
    "P.PPLC": "capital",
    "P.PPLA": "city",
    "P.PPLX": "part of a city",
    "P.PPL": "town",
    "T.HLL": "hill",
    "S.AIRB": "air base",
    "S.AIRP": "airport",
    "S.INSM": "military installation",
    "L.RGN": "region",
    "T.PLN": "plain",
    "T.VAL": "valley",
}
"""Readable feature classes; what is not listed is a place."""


def place_columns(locations: Iterable[Location], provinces: Mapping[str, str]) -> dict[str, list[Any]]:
    """Places as parallel lists, in the order given; `provinces` maps ISO 3166-2 to a name."""
    rows = list(locations)
    return {
        "id": [place.place_id for place in rows],
        "name": [place.name for place in rows],
        "name_ar": [place.name_ar for place in rows],
        "admin1": [place.admin1 for place in rows],
        "province": [provinces.get(place.admin1, place.admin1) for place in rows],
        "longitude": [round(place.longitude, 5) for place in rows],
        "latitude": [round(place.latitude, 5) for place in rows],
        "rank": [place.rank for place in rows],
        "feature": [FEATURES.get(place.feature, "place") for place in rows],
    }


def tracks(controls: Mapping[str, Control], place_ids: Sequence[str], party_ids: Sequence[str]) -> dict[str, Any]:
    """What every place is on every day, as steps.

    Parameters
    ----------
    controls
        A `Control` a view.
    place_ids, party_ids
        The order that indices in the result refer to; places and parties beyond the control's own are allowed.

    Returns
    -------
    dict
        `states`: list of [party index or -1, contested, besieged, in transition, flagged]; entry 0 is "nothing known".
        `views`: view to `offsets` (n+1), `days` and `codes`: place i has the state `codes[k]` from `days[k]` on, for k from
        `offsets[i]` up to `offsets[i+1]`, until the next step. The first step of a place may be -1000000, the open beginning.
    """
    states: dict[tuple[int, bool, bool, bool, bool], int] = {UNKNOWN_STATE: 0}
    views = {view: _steps(control, place_ids, party_ids, states) for view, control in controls.items()}
    return {"states": [[s[0], *map(int, s[1:])] for s in states], "views": views}


def control_payload(
    dataset: Dataset, events: gpd.GeoDataFrame, provinces: Mapping[str, str], region: Region | None = None
) -> dict[str, Any]:
    """Everything the control map, its timeline and its evidence need.

    Parameters
    ----------
    dataset, events
        As `geodata.read_dataset` and `geodata.events_of` give them. All places of the dataset are drawn, those without a claim too.
    provinces
        Province name by ISO 3166-2 code.
    region
        Whose colours and symbols its parties have; default: the usual ones.
    """
    controls = {view: Control(events, view) for view in VIEWS}
    columns = place_columns(dataset.locations.values(), provinces)
    known = dataset.parties | ({DIVIDED.party_id: DIVIDED} if DIVIDED.party_id in set(events["party"]) else {})
    parties = list(known)
    first, last = timeline_span(events)
    claims = {claim.claim_id: i for i, claim in enumerate(dataset.claims)}
    documents = {document_id: i for i, document_id in enumerate(dataset.documents)}
    return {
        "first": day_number(first),
        "last": day_number(last),
        "parties": [_party(party, i, region) for i, party in enumerate(known.values())],
        "unknown": {"colour": UNKNOWN.colour, "symbol": UNKNOWN.symbol, "edge": UNKNOWN.edge},
        "colours": map_colours(),
        "places": columns,
        **tracks(controls, columns["id"], parties),
        "events": _events(events, columns["id"], parties, claims),
        "claims": [_claim(claim, parties, documents) for claim in dataset.claims],
        "documents": [_document(document) for document in dataset.documents.values()],
    }


def timeline_span(events: gpd.GeoDataFrame) -> tuple[dt.date, dt.date]:
    """First and last day of the timeline: whole months around all dated events.

    An open beginning and an open end do not count. Without any date it is the first month of 1970.
    """
    dates = pd.concat([events["date_earliest"], events["date_latest"], events["until"]]).dropna()
    first, last = (dates.min().date(), dates.max().date()) if len(dates) else (UNIX, UNIX)
    following = (last.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return first.replace(day=1), following - dt.timedelta(days=1)


def _steps(
    control: Control, place_ids: Sequence[str], party_ids: Sequence[str], states: dict[tuple[int, bool, bool, bool, bool], int]
) -> dict[str, list[int]]:
    place, day = control.breakpoints()
    everywhere = np.arange(len(control.places), dtype=np.int64)
    place = np.concatenate([everywhere, place])
    day = np.concatenate([np.full(len(everywhere), OPEN_BEGINNING), day])
    order = np.lexsort((day, place))
    place, day = place[order], day[order]
    now = control.on_days(place, day)
    party_number = {party: i for i, party in enumerate(party_ids)}
    party = np.array([party_number[p] for p in control.parties] + [-1])
    columns = zip(
        party[now.holder].tolist(),
        (now.contested >= 0).tolist(),
        (now.siege >= 0).tolist(),
        now.in_transition.tolist(),
        now.flagged.tolist(),
        strict=True,
    )
    codes = np.array([states.setdefault(state, len(states)) for state in columns], dtype=np.int64)
    # A step that changes nothing visible is left out; the first of a place stays unless it says "nothing known".
    fresh = np.r_[True, place[1:] != place[:-1]] if len(place) else np.zeros(0, dtype=bool)
    changed = np.r_[True, codes[1:] != codes[:-1]] if len(codes) else np.zeros(0, dtype=bool)
    keep = np.where(fresh, codes != 0, changed)
    place, day, codes = place[keep], day[keep], codes[keep]
    position = {place_id: i for i, place_id in enumerate(place_ids)}
    place = np.array([position[p] for p in control.places["place_id"]], dtype=np.int64)[place] if len(place) else place
    order = np.argsort(place, kind="stable")
    place, day, codes = place[order], day[order], codes[order]
    offsets = np.searchsorted(place, np.arange(len(place_ids) + 1))
    return {"offsets": offsets.tolist(), "days": day.tolist(), "codes": codes.tolist()}


def _party(party: Party, position: int, region: Region | None) -> dict[str, str]:
    style = party_style(party.party_id, position, region)
    return {
        "id": party.party_id,
        "name": party.name,
        "name_ar": party.name_ar,
        "colour": style.colour,
        "symbol": style.symbol,
        "edge": style.edge,
    }


def _events(events: gpd.GeoDataFrame, place_ids: Sequence[str], parties: Sequence[str], claims: Mapping[str, int]) -> list[dict[str, Any]]:
    place_number = {place_id: i for i, place_id in enumerate(place_ids)}
    party_number = {party: i for i, party in enumerate(parties)} | {"": -1}
    ordered = events.sort_values("date", na_position="first", kind="stable")
    return [
        {
            "id": row.event_id,
            "kind": row.kind,
            "place": place_number[row.place_id],
            "party": party_number[row.party],
            "previous": party_number[row.previous],
            "sides": [party_number[side] for side in row.sides.split("|") if side],
            "day": _day(row.date),
            "earliest": _day(row.date_earliest),
            "latest": _day(row.date_latest),
            "until": _day(row.until),
            "basis": row.basis,
            "status": row.status,
            "prevails": int(row.prevails),
            "flagged": int(row.flagged),
            "confidence": row.confidence,
            "reason": row.reason,
            "supporting": [claims[c] for c in row.supporting.split("|") if c],
            "opposing": [claims[c] for c in row.opposing.split("|") if c],
        }
        for row in ordered.itertuples()
    ]


def _day(stamp: pd.Timestamp) -> int | None:
    return None if pd.isna(stamp) else day_number(stamp.date())


def _claim(claim: Claim, parties: Sequence[str], documents: Mapping[str, int]) -> dict[str, Any]:
    return {
        "document": documents[claim.document_id],
        "locator": claim.locator,
        "claimant": claim.claimant.name,
        "side": parties.index(claim.claimant.side) if claim.claimant.side else -1,
        "grade": f"{claim.claimant.reliability}{claim.credibility}",
        "kind": claim.kind,
        "modality": claim.modality,
        "written": claim.place_as_written,
        "gaining": parties.index(claim.gaining),
        "losing": parties.index(claim.losing) if claim.losing else -1,
        "earliest": day_number(claim.date_earliest),
        "latest": day_number(claim.date_latest),
        "reported": day_number(claim.reported_on),
        "statement": claim.statement,
        "note": claim.note,
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "publisher": document.publisher,
        "agency": document.agency,
        "published": day_number(document.published_on),
        "url": document.url,
        "description": document.description,
    }
