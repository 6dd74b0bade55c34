"""What the browser receives: places and what holds when, the events, and the evidence for them. docs/payload.md describes the files.

Text is only ever set as text in the browser, never as HTML. Days are whole days since 1970-01-01 (UTC).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata import VIEWS, Claim, Control, Dataset, Document, Party
from geodata.dataset.parties import DIVIDED
from geodata.dataset.provinces import read_provinces
from geodata.dataset.regions import Region
from geodata.sentences import Named, Names, Sentence, sentence_in
from views.language import N_
from views.payload.columns import compact_json, packed, squeezed
from views.style import UNKNOWN, map_colours, party_style

UNIX = dt.date(1970, 1, 1)

SCALE = 100_000
"""Coordinates are whole multiples of 1/SCALE degree: about a metre."""

SHARD_ROWS = 2_000
"""Events and claims in one file of evidence, about; a place is never divided."""

LAND_PLACES = 3_000
"""Up to so many places land is drawn around them; beyond, neither server nor browser would keep up, and places fill the map themselves."""

WINDOW = ("date_earliest", "date_latest", "until")

Ints = npt.NDArray[np.int64]


def day_number(date: dt.date) -> int:
    """Days since 1970-01-01."""
    return (date - UNIX).days


FEATURES = {
    "P.PPLC": N_("capital"),
    "P.PPLA": N_("city"),
    "P.PPLX": N_("part of a city"),
    "P.PPL": N_("town"),
    "T.HLL": N_("hill"),
    "S.AIRB": N_("air base"),
    "S.AIRP": N_("airport"),
    "S.INSM": N_("military installation"),
    "L.RGN": N_("region"),
    "T.PLN": N_("plain"),
    "T.VAL": N_("valley"),
}
"""Readable feature classes."""

OTHER = N_("place")
"""A feature that is not listed."""


Span = tuple[dt.date, dt.date]


def control_files(
    dataset: Dataset, events: gpd.GeoDataFrame, provinces: Mapping[str, str], span: Span | None = None, region: Region | None = None
) -> dict[str, bytes]:
    """Everything the control map, its timeline and its evidence need, as files to be published in one folder.

    Parameters
    ----------
    dataset, events
        As `geodata.read_dataset` and `geodata.events_of` give them. All places of the dataset are drawn, those without a claim too.
    provinces
        Province name by ISO 3166-2 code.
    span
        First and last day of the timeline, inclusive. Default: `timeline_span` of the events.
    region
        Whose colours and symbols the parties have. Default: the usual ones.

    Returns
    -------
    dict
        `picture.gz`: all that the first picture needs. `events.gz`: the events without their evidence. `names.gz`: all spellings of the
        places, fetched when somebody looks for one. `evidence-0.gz` and so on: reasons, claims and documents, a run of places each,
        fetched when somebody asks for one of them.
    """
    place_ids = list(dataset.locations)
    span = span or timeline_span(events)
    known = dataset.parties | ({DIVIDED.party_id: DIVIDED} if DIVIDED.party_id in set(events["party"]) else {})
    ordered = _in_order(events)
    place = _number(ordered["place_id"], place_ids)
    starts = _shards(place, ordered, len(place_ids))
    evidence = {f"evidence-{k}.gz": content for k, content in enumerate(_evidence(dataset, ordered, place, starts, list(known)))}
    return {
        "picture.gz": _picture(
            dataset, events, provinces, [_party(party, i, region) for i, party in enumerate(known.values())], starts, span
        ),
        "events.gz": _events(dataset, ordered, place, list(known), day_number(span[0])),
        "names.gz": squeezed(compact_json(_spellings(dataset))),
        **evidence,
    }


def timeline_span(events: gpd.GeoDataFrame) -> tuple[dt.date, dt.date]:
    """First and last day of the timeline: from the beginning of the month of the first dated event to the last day with data.

    An open beginning and an open end do not count. Without any date it is the first month of 1970.
    """
    dates = pd.concat([events["date"], *(events[column] for column in WINDOW)]).dropna()
    if not len(dates):
        return UNIX, UNIX + dt.timedelta(days=30)
    return dates.min().date().replace(day=1), dates.max().date()


def tracks(controls: Mapping[str, Control], place_ids: Sequence[str], party_ids: Sequence[str], opening: int) -> dict[str, Any]:
    """Return what every place is on every day, as steps.

    Parameters
    ----------
    controls
        A `Control` a view.
    place_ids, party_ids
        The order that indices in the result refer to; places and parties beyond the control's own are allowed.
    opening
        Day of a step that reaches back before the dataset: the eve of the timeline.

    Returns
    -------
    dict
        `states`: list of [party index or -1, contested, besieged, in transition, flagged]; entry 0 is "nothing known".
        `views`: view to `counts` (n), `days` and `codes`: place i has `counts[i]` steps, each a day from which on, until the next
        step, it has the state of that code.
    """
    keyed = {view: _steps(control, place_ids, party_ids, opening) for view, control in controls.items()}
    keys = np.unique(np.concatenate([np.zeros(1, dtype=np.int64), *(key for _, _, key in keyed.values())]))
    return {
        "states": [[int(key >> 4) - 1, *(int(key >> bit) & 1 for bit in (3, 2, 1, 0))] for key in keys],
        "views": {
            view: {"counts": counts, "days": days, "codes": np.searchsorted(keys, key)} for view, (counts, days, key) in keyed.items()
        },
    }


def _picture(
    dataset: Dataset,
    events: gpd.GeoDataFrame,
    provinces: Mapping[str, str],
    parties: Sequence[dict[str, str | bool]],
    shards: Ints,
    span: Span,
) -> bytes:
    rows, party_ids = list(dataset.locations.values()), [str(party["id"]) for party in parties]
    first, last = (day_number(day) for day in span)
    track = tracks({view: Control(events, view) for view in VIEWS}, list(dataset.locations), party_ids, first - 1)
    columns = {
        "longitude": np.array([round(place.longitude * SCALE) for place in rows], dtype=np.int64),
        "latitude": np.array([round(place.latitude * SCALE) for place in rows], dtype=np.int64),
        "rank": np.array([place.rank for place in rows], dtype=np.int64),
    }
    words = {
        "admin1": [place.admin1 for place in rows],
        "province": [provinces.get(place.admin1, place.admin1) for place in rows],
        "feature": [FEATURES.get(place.feature, OTHER) for place in rows],
    }
    places: dict[str, list[str]] = {
        "id": list(dataset.locations),
        "name": [place.name for place in rows],
        "name_ar": [place.name_ar for place in rows],
    }
    for name, values in words.items():
        columns[name], vocabulary = pd.factorize(np.array(values, dtype=object))
        places[name] = vocabulary.tolist()
    arabic = {code: province.name_ar for code, province in read_provinces(dataset.folder).items()}
    named = {provinces.get(code, code): arabic.get(code, "") for code in places["admin1"]}
    places["province_ar"] = [named[name] for name in places["province"]]
    steps = {f"{view}.{name}": column for view, parts in track["views"].items() for name, column in parts.items()}
    head = {
        "first": first,
        "last": last,
        "scale": SCALE,
        "parties": parties,
        "unknown": {"colour": UNKNOWN.colour, "symbol": UNKNOWN.symbol, "edge": UNKNOWN.edge},
        "colours": map_colours(),
        "places": places,
        "states": track["states"],
        "views": list(track["views"]),
        "shards": shards.tolist(),
        "land": len(rows) <= LAND_PLACES,
    }
    return packed(head, columns | steps, ["longitude", "latitude", *(f"{view}.days" for view in track["views"])])


def _steps(control: Control, place_ids: Sequence[str], party_ids: Sequence[str], opening: int) -> tuple[Ints, Ints, Ints]:
    """Return steps a place, and for each step its day and its state as one number."""
    place, day = control.breakpoints()
    everywhere = np.arange(len(control.places), dtype=np.int64)
    place = np.concatenate([everywhere, place])
    day = np.concatenate([np.full(len(everywhere), opening), day])
    order = np.lexsort((day, place))
    place, day = place[order], day[order]
    now = control.on_days(place, day)
    party = np.append(_number(pd.Series(control.parties, dtype=object), party_ids), -1)  # the holder -1 finds the last
    key = (party[now.holder] + 1) << 4
    for bit, flag in enumerate((now.flagged, now.in_transition, now.siege >= 0, now.contested >= 0)):
        key |= flag.astype(np.int64) << bit
    # A step that changes nothing visible is left out; the first of a place stays unless it says "nothing known".
    fresh, changed = np.ones((2, len(place)), dtype=bool)
    fresh[1:] = place[1:] != place[:-1]
    changed[1:] = key[1:] != key[:-1]
    keep = np.where(fresh, key != 0, changed)
    place, day, key = _number(control.places["place_id"], place_ids)[place[keep]], day[keep], key[keep]
    order = np.argsort(place, kind="stable")
    return np.bincount(place, minlength=len(place_ids)), day[order], key[order]


def _party(party: Party, position: int, region: Region | None) -> dict[str, str | bool]:
    style = party_style(party.party_id, position, region)
    return {
        "id": party.party_id,
        "name": party.name,
        "name_ar": party.name_ar,
        "colour": style.colour,
        "symbol": style.symbol,
        "edge": style.edge,
        "hatch": style.hatch,
        "hatched": style.hatched,
    }


def _in_order(events: gpd.GeoDataFrame) -> pd.DataFrame:
    """Events as they are listed: by day, those without one first; on one day the fighting comes before the change that ended it."""
    day = _days(events["date"])
    order = np.lexsort((events["kind"].to_numpy() == "control", day))
    return pd.DataFrame(events.drop(columns="geometry")).iloc[order].reset_index(drop=True)


def _spellings(dataset: Dataset) -> list[list[str]]:
    """All names of every place: its own, its aliases, and how claims write it."""
    names = {place.place_id: dict.fromkeys((place.name, place.name_ar, *place.aliases)) for place in dataset.locations.values()}
    for claim in dataset.claims:
        names[claim.place_id][claim.place_as_written] = None
    return [[name for name in spelt if name] for spelt in names.values()]


def _events(dataset: Dataset, events: pd.DataFrame, place: Ints, party_ids: Sequence[str], first: int) -> bytes:
    day = _days(events["date"])
    given = {"date": ~_missing(events["date"])}
    columns = {
        "place": place,
        "party": _number(events["party"], party_ids),
        "previous": _number(events["previous"], party_ids),
        "day": np.where(given["date"], day, first - 1),
    }
    for column in WINDOW:
        given[column] = given["date"] & ~_missing(events[column])
        columns[column] = np.where(given[column], _days(events[column]) - day, 0)
    types, columns["type"] = _types(events, given, party_ids)
    claimants, groups, columns["group"] = _claimants(dataset, events)
    return packed({"types": types, "claimants": claimants, "groups": groups}, columns, ["place", "day"])


def _claimants(dataset: Dataset, events: pd.DataFrame) -> tuple[list[dict[str, str]], list[list[int]], Ints]:
    """Return the claimants whom the events follow, by name; the groups in which they appear; and which group claims each event."""
    said_by = {claim.claim_id: claim.claimant for claim in dataset.claims}
    spoken = [frozenset(said_by[claim].claimant_id for claim in ids) for ids in events["supporting"]]
    groups = {group: number for number, group in enumerate(dict.fromkeys(spoken))}
    found = {claimant.claimant_id: claimant for claimant in said_by.values()}
    order = {claimant_id: number for number, claimant_id in enumerate(sorted(found, key=lambda one: (found[one].name.casefold(), one)))}
    listed = [{"id": claimant_id, **_named(found[claimant_id])} for claimant_id in order]
    return (
        listed,
        [sorted(order[claimant_id] for claimant_id in group) for group in groups],
        np.array([groups[group] for group in spoken], dtype=np.int64),
    )


def _types(events: pd.DataFrame, given: Mapping[str, npt.NDArray[np.bool_]], party_ids: Sequence[str]) -> tuple[list[dict[str, Any]], Ints]:
    """Return the kinds of events there are, but for place, parties and days; and which one each event is."""
    disputed = events["event_id"].str.endswith("-disputed").to_numpy(dtype=bool)
    traits = {name: events[name] for name in ("kind", "basis", "status", "confidence", "sides", "prevails", "flagged")}
    traits |= {"disputed": pd.Series(disputed)} | {name: pd.Series(flag) for name, flag in given.items()}
    key = np.zeros(len(events), dtype=np.int64)
    for values in traits.values():
        codes, found = pd.factorize(values)
        _, key = np.unique(key * max(len(found), 1) + codes, return_inverse=True)
    _, examples, kind = np.unique(key, return_index=True, return_inverse=True)
    number = {party: i for i, party in enumerate(party_ids)}
    types = []
    for row in examples:
        said = {name: values.iloc[row] for name, values in traits.items()}
        texts = {name: said[name] for name in ("kind", "basis", "status", "confidence")}
        flags = {name: int(said[name]) for name in ("prevails", "flagged", "disputed", *given)}
        types.append({**texts, "sides": [number[side] for side in said["sides"]], **flags})
    return types, kind


def _shards(place: Ints, events: pd.DataFrame, places: int) -> Ints:
    """Return number of the first place of every file of evidence."""
    claims = events["supporting"].map(len).clip(lower=1) + events["opposing"].map(len).clip(lower=1)
    rows = np.bincount(place, weights=claims.to_numpy(dtype=np.float64), minlength=places)
    before = np.cumsum(rows) - rows
    return np.flatnonzero(np.diff(before // SHARD_ROWS, prepend=-1))


def _evidence(dataset: Dataset, events: pd.DataFrame, place: Ints, starts: Ints, party_ids: Sequence[str]) -> Iterator[bytes]:
    """Yield a file a shard: the reasons of its events, and the claims and documents behind them, each once."""
    claims = {claim.claim_id: claim for claim in dataset.claims}
    order = np.argsort(place, kind="stable")
    ends = np.searchsorted(place[order], np.append(starts[1:], len(dataset.locations)))
    text = {name: events[name].to_numpy(dtype=object) for name in ("reason_sentence", "supporting", "opposing")}
    begin = 0
    for end in ends:
        rows = np.sort(order[begin:end])
        begin = end
        cited = {side: list(text[side][rows]) for side in ("supporting", "opposing")}
        claim_number = {claim_id: i for i, claim_id in enumerate(dict.fromkeys(c for side in cited.values() for ids in side for c in ids))}
        used = [claims[claim_id] for claim_id in claim_number]
        document_number = {document_id: i for i, document_id in enumerate(dict.fromkeys(claim.document_id for claim in used))}
        shard = {
            "events": rows.tolist(),
            "reasons": [_sentence(sentence_in(reason)) for reason in text["reason_sentence"][rows]],
            **{side: [[claim_number[c] for c in ids] for ids in lists] for side, lists in cited.items()},
            "claims": [_claim(claim, party_ids, document_number) for claim in used],
            "documents": [_document(dataset.documents[document_id]) for document_id in document_number],
        }
        yield squeezed(compact_json(shard))


def _claim(claim: Claim, parties: Sequence[str], documents: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": claim.claim_id,
        "document": documents[claim.document_id],
        "locator": claim.locator,
        "claimant": claim.claimant.name,
        "claimant_ar": claim.claimant.name_ar,
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


def _sentence(text: object) -> dict[str, Any]:
    """Return the English text, and how it is made, for `said` in browser/language.js; what else stands in a sentence is told as it is."""
    if isinstance(text, Names):
        names = [{"name": thing, "name_ar": ""} if isinstance(thing, str) else _named(thing) for thing in text.named]
        return {"names": names, "others": text.others}
    if not isinstance(text, Sentence):
        return {"text": str(text)}
    many = {"many": text.many, "n": text.n} if text.many else {}
    return {"text": str(text), "message": text.message, **many, "parts": {name: _sentence(part) for name, part in text.parts.items()}}


def _named(thing: Named) -> dict[str, str]:
    return {"name": thing.name, "name_ar": thing.name_ar}


def _document(document: Document) -> dict[str, Any]:
    return {
        "publisher": document.publisher,
        "agency": document.agency,
        "published": day_number(document.published_on),
        "url": document.url,
        "description": document.description,
    }


def _number(values: pd.Series, order: Sequence[str]) -> Ints:
    """Position of every value in an order of unique ones, -1 where it is not there."""
    found: Ints = pd.Index(pd.Series(order, dtype=object)).get_indexer(pd.Index(values.astype(object))).astype(np.int64)
    return found


def _missing(dates: pd.Series) -> npt.NDArray[np.bool_]:
    missing: npt.NDArray[np.bool_] = dates.isna().to_numpy()
    return missing


def _days(dates: pd.Series) -> Ints:
    """Days since 1970-01-01; a missing date is earlier than any."""
    days: Ints = dates.to_numpy(dtype="datetime64[D]").astype(np.int64)
    return days
