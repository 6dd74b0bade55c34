"""The linter: what in a dataset contradicts itself, the map or the calendar, one sentence each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

import geopandas as gpd
from shapely import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from common.distance import distance_km
from geodata.adjudication.corroboration import names_of
from geodata.adjudication.events import events_of
from geodata.checks.distances import Map, read_roads, stated_distance, stated_in
from geodata.checks.findings import RULES, Finding, Severity
from geodata.checks.rows import MOVED_KM
from geodata.dataset.claims import Claim, Dataset
from geodata.dataset.parties import DIVIDED
from geodata.dataset.places import Location
from geodata.dataset.precision import date_precision
from geodata.dataset.provinces import read_provinces
from geodata.dataset.quantities import QuantityClaim
from geodata.dataset.vocabulary import Basis, ClaimKind, EventKind, Metric, Modality
from geodata.sentences import Names, Sentence, Series, join

Positions = Callable[[str], Iterable[tuple[str, float, float]]]
"""Takes a place_id and gives other positions of the place: source, longitude, latitude (EPSG:4326, degrees)."""

COARSE_KM = 5.0
"""Outlines of provinces are simplified: up to this far outside is only a note."""


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
    return sorted(findings, key=lambda f: (list(Severity).index(f.severity), list(RULES).index(f.rule), f.sentence))


def _losers(dataset: Dataset, events: gpd.GeoDataFrame) -> Iterator[Finding]:
    claims = {claim.claim_id: claim for claim in dataset.claims}
    changes = events[(events["kind"] == EventKind.CONTROL) & (events["basis"] == Basis.CHANGE)]
    for event in changes.itertuples():
        # Who loses a divided place held the rest of it.
        if event.previous in ("", DIVIDED.party_id):
            continue
        wrong: dict[str, list[Claim]] = defaultdict(list)
        for claim in (claims[claim_id] for claim_id in event.supporting):
            if claim.kind == ClaimKind.CONTROL_CHANGE and claim.modality == Modality.ASSERTED and claim.losing not in ("", event.previous):
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
            yield Finding("loser", Severity.WARNING, sentence, _ids(found), (), event.place_id)


def _rivals(claims: Iterable[Claim]) -> Iterator[Finding]:
    on_one_day: dict[tuple[str, dt.date], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind == ClaimKind.CONTROL_CHANGE and claim.modality == Modality.ASSERTED and claim.days == 1:
            on_one_day[claim.place_id, claim.date_earliest].append(claim)
    for (place_id, day), found in on_one_day.items():
        parties = dict.fromkeys(claim.gaining for claim in found)
        if len(parties) > 1:
            named = join(list(parties))
            sentence = Sentence("{place}, {day}: {parties} are said to gain the place on one day.", place=place_id, day=day, parties=named)
            yield Finding("rivals", Severity.WARNING, sentence, _ids(found), (), place_id)


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
                yield Finding("province", Severity.ERROR, sentence, place_id=place.place_id)
                continue
        outline = outlines.get(place.admin1)
        if outline is not None and not outline.covers(Point(place.position)):
            border = nearest_points(outline, Point(place.position))[0]
            away = distance_km(place.position, (border.x, border.y))
            name = province.name if province else place.admin1
            parts = {"place": Names((place,)), "away": f"{away:.1f}", "province": name}
            sentence = Sentence("{place} lies {away} km outside the outline of {province}.", **parts)
            yield Finding("province", Severity.WARNING if away > COARSE_KM else Severity.NOTE, sentence, place_id=place.place_id)


def _out_of_time(dataset: Dataset, quantities: Sequence[QuantityClaim]) -> Iterator[Finding]:
    for claim in dataset.claims:
        about = partial(Finding, claim_ids=(claim.claim_id,), place_id=claim.place_id, document_id=claim.document_id)
        published = dataset.documents[claim.document_id].published_on
        yield from _dates(claim.claim_id, published, claim.date_earliest, claim.date_latest, claim.reported_on, about)
    for quantity in quantities:
        about = partial(Finding, quantity_ids=(quantity.quantity_id,), document_id=quantity.document_id)
        published = dataset.documents[quantity.document_id].published_on
        yield from _dates(quantity.quantity_id, published, quantity.as_of_earliest, quantity.as_of_latest, quantity.reported_on, about)


def _dates(
    key: str, published: dt.date, earliest: dt.date, latest: dt.date, reported: dt.date, about: Callable[[str, Severity, str], Finding]
) -> Iterator[Finding]:
    if latest > published:
        parts = {"claim": key, "published": published}
        if earliest > published:
            sentence = Sentence("{claim} is of {day}, after its document came out on {published}.", day=earliest, **parts)
            yield about("after-document", Severity.ERROR, sentence)
        else:
            sentence = Sentence("{claim} reaches to {day}, after its document came out on {published}.", day=latest, **parts)
            yield about("after-document", Severity.WARNING, sentence)
    if reported > published:
        sentence = Sentence(
            "{claim} was said on {day}, after its document came out on {published}.", claim=key, day=reported, published=published
        )
        yield about("reported-late", Severity.ERROR, sentence)


def _precisions(claims: Iterable[Claim]) -> Iterator[Finding]:
    for claim in claims:
        # Of a state, a fight or a division the window is the days that it is asserted for.
        if claim.kind not in (ClaimKind.CONTROL_CHANGE, ClaimKind.SIEGE_START, ClaimKind.SIEGE_END):
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
        yield Finding("precision", Severity.WARNING, sentence, (claim.claim_id,), (), claim.place_id, claim.document_id)


def _distances(dataset: Dataset, quantities: Sequence[QuantityClaim]) -> Iterator[Finding]:
    world = Map(dataset.locations.values(), read_roads(dataset.folder))
    for claim in dataset.claims:
        place = dataset.locations[claim.place_id]
        for stated in (s for text in (claim.statement, claim.note) for s in stated_in(text)):
            verdict = world.check(stated, world.subject(stated, place))
            if verdict and not verdict.fits:
                sentence = Sentence("{claim}: {said}.", claim=claim.claim_id, said=verdict.sentence)
                yield Finding("distance", Severity.WARNING, sentence, (claim.claim_id,), (), claim.place_id, claim.document_id)
    for quantity in (q for q in quantities if q.metric == Metric.DISTANCE_KM):
        stated = stated_distance(quantity)
        verdicts = [v for place in world.named_in(quantity.subject) if (v := world.check(stated, place))]
        wrong = [verdict.sentence for verdict in verdicts if not verdict.fits]
        if wrong:
            # Of several subjects one may be meant.
            severity = Severity.WARNING if len(wrong) == len(verdicts) else Severity.NOTE
            sentence = Sentence("{claim}: {said}.", claim=quantity.quantity_id, said=Series(tuple(wrong)))
            yield Finding("distance", severity, sentence, (), (quantity.quantity_id,), "", quantity.document_id)


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
                yield Finding("moved", Severity.WARNING, sentence, place_id=place.place_id)


def _name(dataset: Dataset, place_id: str) -> str:
    return dataset.locations[place_id].name


def _ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(claim.claim_id for claim in claims)
