"""The linter: what in a dataset contradicts itself, the map or the calendar, one sentence each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import geopandas as gpd
from shapely import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from geodata.adjudication.corroboration import names_of
from geodata.adjudication.events import events_of
from geodata.checks.distances import Map, read_roads, stated_figure, stated_in
from geodata.dataset.cells import Parser, Row, parsed
from geodata.dataset.claims import Claim, Dataset, check_claim
from geodata.dataset.parties import DIVIDED, Party
from geodata.dataset.places import Location, distance_km
from geodata.dataset.precision import date_precision
from geodata.dataset.provinces import read_provinces
from geodata.dataset.quantities import QuantityClaim, check_quantity
from geodata.dataset.tables import CLAIMS, QUANTITIES, Table
from geodata.errors import SchemaError
from geodata.sentences import Names, Sentence, Series, join, message

Positions = Callable[[str], Iterable[tuple[str, float, float]]]
"""Takes a place_id and gives other positions of the place: source, longitude, latitude (EPSG:4326, degrees)."""

RULES = {
    "loser": message("a change names a loser that did not hold the place before"),
    "rivals": message("two parties are said to gain one place on one day"),
    "province": message("a place lies outside its province"),
    "after-document": message("a document reports what happened after it came out"),
    "reported-late": message("a statement is dated after the document it stands in"),
    "moved": message("sources put a place more than 5 km apart"),
    "namesakes": message("one name stands at two positions more than 5 km apart"),
    "distance": message("a stated distance or direction does not fit the map"),
    "precision": message("the date precision does not fit the window"),
    "unknown-party": message("a party is not known"),
    "no-locator": message("a claim does not say where in its document it stands"),
    "cell": message("a cell is not as docs/data-model.md has it"),
    "claim": message("the cells of a claim do not fit each other"),
}
"""Every rule, and what a finding of it says."""

SEVERITIES = ("error", "warning", "note")
"""Surely wrong; to be looked at; to be known."""

MOVED_KM = 5.0
"""Sources put one place up to this far apart without a finding: a town and its outskirts."""

COARSE_KM = 5.0
"""Outlines of provinces are simplified: up to this far outside is only a note."""


@dataclass(frozen=True)
class Finding:
    """Something worth a look. `row` and `column` are set where a file is linted before it is taken in."""

    rule: str
    severity: str
    sentence: str
    claim_ids: tuple[str, ...] = ()
    quantity_ids: tuple[str, ...] = ()
    place_id: str = ""
    document_id: str = ""
    row: int | None = None
    column: str = ""


def lint(
    dataset: Dataset,
    quantities: Sequence[QuantityClaim] = (),
    events: gpd.GeoDataFrame | None = None,
    outlines: Mapping[str, BaseGeometry] | None = None,
    positions: Positions | None = None,
) -> list[Finding]:
    """Return what a person should look at in a dataset that was read without error, the gravest first.

    Parameters
    ----------
    dataset, quantities
        As `read_dataset` and `read_quantities` give them. `provinces.csv` and `roads.csv` are read from the dataset's folder.
    events
        As `events_of` gives them for this dataset; adjudicated here if not given.
    outlines
        Outline of a province by ISO 3166-2 code, EPSG:4326, longitude first. A province without one is a circle, by `provinces.csv`.
    positions
        Gives other positions of a place, as a gazetteer has them.
    """
    findings = [
        *_losers(dataset, events_of(dataset) if events is None else events),
        *_rivals(dataset.claims),
        *_outside(dataset, outlines or {}),
        *_out_of_time(dataset, quantities),
        *_precisions(dataset.claims),
        *_distances(dataset, quantities),
        *(_moved(dataset.locations.values(), positions) if positions else ()),
    ]
    return sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), list(RULES).index(f.rule), f.sentence))


def lint_row(
    table: Table, number: int, cells: Mapping[str, str], parsers: Mapping[str, Parser], parties: Mapping[str, Party], file: Path
) -> tuple[Row | None, list[Finding]]:
    """Return a raw row parsed, or None and everything that makes the reader of a dataset refuse it, told all at once.

    Parameters
    ----------
    number
        Row of the file, as a text editor counts it.
    parsers
        Of every column, as `table.parsers` gives them.
    parties
        Those that a claim may name.
    """
    try:
        row = parsed(file, number, cells, parsers)
    except SchemaError:
        return None, list(_wrong_cells(table, number, cells, parsers, file))
    try:
        if table is CLAIMS:
            check_claim(row, parties)
        elif table is QUANTITIES:
            check_quantity(row)
    except SchemaError as problem:
        return None, [_refused("claim", problem, table, cells)]
    return row, []


def _wrong_cells(table: Table, number: int, cells: Mapping[str, str], parsers: Mapping[str, Parser], file: Path) -> Iterator[Finding]:
    for column in table.columns:
        try:
            parsed(file, number, cells, {column.name: parsers[column.name]})
        except SchemaError as problem:
            missing = column.name == "locator" and not cells.get(column.name, "").strip()
            yield _refused("unknown-party" if column.refers == "parties" else "no-locator" if missing else "cell", problem, table, cells)


def _refused(rule: str, problem: SchemaError, table: Table, cells: Mapping[str, str]) -> Finding:
    keys = (cells.get(table.key, "").strip(),)
    claims, quantities = (keys if table is one and keys[0] else () for one in (CLAIMS, QUANTITIES))
    return Finding(rule, "error", f"{problem.problem}.", claims, quantities, row=problem.row, column=problem.column or "")


def _losers(dataset: Dataset, events: gpd.GeoDataFrame) -> Iterator[Finding]:
    claims = {claim.claim_id: claim for claim in dataset.claims}
    changes = events[(events["kind"] == "control") & (events["basis"] == "change")]
    for event in changes.itertuples():
        # Who loses a divided place held the rest of it.
        if event.previous in ("", DIVIDED.party_id):
            continue
        wrong: dict[str, list[Claim]] = defaultdict(list)
        for claim in (claims[claim_id] for claim_id in event.supporting):
            if claim.kind == "control_change" and claim.modality == "asserted" and claim.losing not in ("", event.previous):
                wrong[claim.losing].append(claim)
        for losing, found in wrong.items():
            names = names_of(found)
            sentence = Sentence.plural(
                "{place}, {day}: {names} names '{losing}' as the loser, but '{holder}' held the place.",
                "{place}, {day}: {names} name '{losing}' as the loser, but '{holder}' held the place.",
                len(names),
                place=Names((dataset.locations[event.place_id],)),
                day=event.date.date(),
                names=names,
                losing=losing,
                holder=event.previous,
            )
            yield Finding("loser", "warning", sentence, _ids(found), (), event.place_id)


def _rivals(claims: Iterable[Claim]) -> Iterator[Finding]:
    on_one_day: dict[tuple[str, dt.date], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind == "control_change" and claim.modality == "asserted" and claim.days == 1:
            on_one_day[claim.place_id, claim.date_earliest].append(claim)
    for (place_id, day), found in on_one_day.items():
        parties = dict.fromkeys(claim.gaining for claim in found)
        if len(parties) > 1:
            named = join(list(parties))
            sentence = Sentence("{place}, {day}: {parties} are said to gain the place on one day.", place=place_id, day=day, parties=named)
            yield Finding("rivals", "warning", sentence, _ids(found), (), place_id)


def _outside(dataset: Dataset, outlines: Mapping[str, BaseGeometry]) -> Iterator[Finding]:
    provinces = read_provinces(dataset.folder)
    for place in dataset.locations.values():
        province = provinces.get(place.admin1)
        if province:
            away = distance_km(place.position, (province.longitude, province.latitude))
            if away > province.radius_km:
                sentence = Sentence(
                    "{place} lies {away} km from the middle of {province}, which reaches {reach} km.",
                    place=Names((place,)),
                    away=f"{away:.0f}",
                    province=province.name,
                    reach=f"{province.radius_km:g}",
                )
                yield Finding("province", "error", sentence, place_id=place.place_id)
                continue
        outline = outlines.get(place.admin1)
        if outline is not None and not outline.covers(Point(place.position)):
            border = nearest_points(outline, Point(place.position))[0]
            away = distance_km(place.position, (border.x, border.y))
            name = province.name if province else place.admin1
            told = {"place": Names((place,)), "away": f"{away:.1f}", "province": name}
            sentence = Sentence("{place} lies {away} km outside the outline of {province}.", **told)
            yield Finding("province", "warning" if away > COARSE_KM else "note", sentence, place_id=place.place_id)


def _out_of_time(dataset: Dataset, quantities: Sequence[QuantityClaim]) -> Iterator[Finding]:
    for claim in dataset.claims:
        about = partial(Finding, claim_ids=(claim.claim_id,), place_id=claim.place_id, document_id=claim.document_id)
        published = dataset.documents[claim.document_id].published_on
        yield from _dates(claim.claim_id, published, claim.date_earliest, claim.date_latest, claim.reported_on, about)
    for figure in quantities:
        about = partial(Finding, quantity_ids=(figure.quantity_id,), document_id=figure.document_id)
        published = dataset.documents[figure.document_id].published_on
        yield from _dates(figure.quantity_id, published, figure.as_of_earliest, figure.as_of_latest, figure.reported_on, about)


def _dates(
    key: str, published: dt.date, earliest: dt.date, latest: dt.date, reported: dt.date, about: Callable[[str, str, str], Finding]
) -> Iterator[Finding]:
    if latest > published:
        told = {"claim": key, "published": published}
        if earliest > published:
            sentence = Sentence("{claim} is of {day}, after its document came out on {published}.", day=earliest, **told)
            yield about("after-document", "error", sentence)
        else:
            sentence = Sentence("{claim} reaches to {day}, after its document came out on {published}.", day=latest, **told)
            yield about("after-document", "warning", sentence)
    if reported > published:
        sentence = Sentence(
            "{claim} was said on {day}, after its document came out on {published}.", claim=key, day=reported, published=published
        )
        yield about("reported-late", "error", sentence)


def _precisions(claims: Iterable[Claim]) -> Iterator[Finding]:
    for claim in claims:
        # Of a state, a fight or a division the window is the days that it is asserted for.
        if claim.kind not in ("control_change", "siege_start", "siege_end"):
            continue
        fitting = date_precision(claim.days)
        if claim.date_precision == fitting or (claim.date_precision == 5 and claim.days > 31):
            continue
        sentence = Sentence.plural(
            "{claim}: a window of {n} day has date precision {fitting}, not {given}.",
            "{claim}: a window of {n} days has date precision {fitting}, not {given}.",
            claim.days,
            claim=claim.claim_id,
            fitting=fitting,
            given=claim.date_precision,
        )
        yield Finding("precision", "warning", sentence, (claim.claim_id,), (), claim.place_id, claim.document_id)


def _distances(dataset: Dataset, quantities: Sequence[QuantityClaim]) -> Iterator[Finding]:
    world = Map(dataset.locations.values(), read_roads(dataset.folder))
    for claim in dataset.claims:
        place = dataset.locations[claim.place_id]
        for stated in (s for text in (claim.statement, claim.note) for s in stated_in(text)):
            verdict = world.check(stated, world.subject(stated, place))
            if verdict and not verdict.fits:
                sentence = Sentence("{claim}: {said}.", claim=claim.claim_id, said=verdict.sentence)
                yield Finding("distance", "warning", sentence, (claim.claim_id,), (), claim.place_id, claim.document_id)
    for figure in (q for q in quantities if q.metric == "distance_km"):
        stated = stated_figure(figure)
        verdicts = [v for place in world.named_in(figure.subject) if (v := world.check(stated, place))]
        wrong = [verdict.sentence for verdict in verdicts if not verdict.fits]
        if wrong:
            # Of several subjects one may be meant.
            severity = "warning" if len(wrong) == len(verdicts) else "note"
            sentence = Sentence("{claim}: {said}.", claim=figure.quantity_id, said=Series(tuple(wrong)))
            yield Finding("distance", severity, sentence, (), (figure.quantity_id,), "", figure.document_id)


def _moved(places: Iterable[Location], positions: Positions) -> Iterator[Finding]:
    for place in places:
        for source, longitude, latitude in positions(place.place_id):
            away = distance_km(place.position, (longitude, latitude))
            if away > MOVED_KM + (place.radius_km or 0.0):
                sentence = Sentence(
                    "{place}: {source} has it {away} km away, at longitude {longitude}, latitude {latitude}.",
                    place=Names((place,)),
                    source=source,
                    away=f"{away:.1f}",
                    longitude=f"{longitude:g}",
                    latitude=f"{latitude:g}",
                )
                yield Finding("moved", "warning", sentence, place_id=place.place_id)


def namesakes(named: Iterable[tuple[int, str, float, float]]) -> list[Finding]:
    """Names that stand at positions more than 5 km apart in one file: row, name, longitude, latitude (EPSG:4326, degrees)."""
    first: dict[str, tuple[int, float, float]] = {}
    findings = []
    for number, name, longitude, latitude in named:
        row, *position = first.setdefault(name, (number, longitude, latitude))
        away = distance_km((position[0], position[1]), (longitude, latitude))
        if away > MOVED_KM:
            told = {"name": name, "away": f"{away:.1f}", "row": row}
            sentence = Sentence("'{name}' lies {away} km from where row {row} has it; these may be two places.", **told)
            findings.append(Finding("namesakes", "warning", sentence, row=number))
    return findings


def _name(dataset: Dataset, place_id: str) -> str:
    return dataset.locations[place_id].name


def _ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(claim.claim_id for claim in claims)
