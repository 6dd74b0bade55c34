"""Every quantity claim of a dataset with its verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import geopandas as gpd

from geodata.checks.distances import Map, read_roads
from geodata.checks.land import COVERAGE_ENOUGH, LIMITS_KM, MARGIN, NARROW, Held, Land
from geodata.checks.lengths import by_distance
from geodata.checks.model import CANNOT_TELL, DAYS_BESIDE, UNITS, Check, Interval, Ours, Verdict, compared, days_apart
from geodata.checks.parts import Wholes, by_parts, whole_of
from geodata.control.control import Control
from geodata.dataset.claims import Dataset
from geodata.dataset.places import Location
from geodata.dataset.provinces import read_provinces
from geodata.dataset.published import PublishedFigure
from geodata.dataset.quantities import QuantityClaim
from geodata.dataset.regions import Region
from geodata.dataset.vocabulary import Metric
from geodata.land.measures import ALL
from geodata.sentences import Names, Sentence


class Checker:
    """Checks the quantity claims of a dataset by the rules of `geodata.checks`.

    Parameters
    ----------
    dataset
        Its places are measured from, its folder has the roads.
    claims
        All quantity claims: they are checked against each other too.
    published
        Published figures to set beside them.
    control
        Of the dataset; in the view that is measured.
    outlines
        Provinces of the country, as `geodata.land.boundaries` gives them.
    region
        Its name stands for the whole country.
    """

    def __init__(
        self,
        dataset: Dataset,
        claims: Sequence[QuantityClaim],
        published: Sequence[PublishedFigure],
        control: Control,
        outlines: gpd.GeoDataFrame,
        region: Region,
    ) -> None:
        self._dataset, self._claims, self._published = dataset, claims, published
        self._parties = dataset.parties
        self._world = Map(dataset.locations.values(), read_roads(dataset.folder))
        self.land = Land(control, outlines)
        names = {code: province.name for code, province in read_provinces(dataset.folder).items()}
        self._codes = {f"area of {region.name}": ALL}
        for code, name in zip(outlines["code"], outlines["name"], strict=True):
            self._codes |= {f"area of {known} Province": code for known in (name, names.get(code, name))}
        self._wholes = Wholes(claims, {whole: self.land.total(code) for whole, code in self._codes.items()})

    @cached_property
    def checks(self) -> list[Check]:
        """A check of every claim, in their order."""
        return [self._check(claim) for claim in self._claims]

    def _check(self, claim: QuantityClaim) -> Check:
        beside = self._beside(claim)
        if claim.metric == Metric.DISTANCE_KM:
            found, verdict, reason = by_distance(claim, self._world, self._holders(claim))
            return Check(claim, found, beside, verdict, reason)
        if claim.subject not in self.land.parties:
            reason = Sentence("We do not measure the land of '{subject}'.", subject=claim.subject)
            return Check(claim, None, beside, CANNOT_TELL, reason)
        if whole_of(claim) not in self._codes:
            reason = Sentence("We have no outline of what is meant: no whole is named.")
            if whole_of(claim):
                reason = Sentence("We have no outline of what is meant: {whole}.", whole=whole_of(claim))
            return Check(claim, None, beside, CANNOT_TELL, reason)
        where = self._codes[whole_of(claim)]
        held, total = self.land.within(claim.as_of_earliest, claim.as_of_latest, where), self.land.total(where)
        ours = self._ours(claim, held, total)
        shares = {party: 100 * area / total for party, area in zip(self.land.parties, held.usual.tolist(), strict=True)}
        decided = by_parts(claim, self._claims, self._wholes, shares, self._parties)
        return Check(claim, ours, beside, *(decided or self._by_land(claim, ours, held.coverage, total)))

    def _by_land(self, claim: QuantityClaim, ours: Ours, coverage: float, total: float) -> tuple[Verdict, Sentence]:
        if coverage < COVERAGE_ENOUGH:
            return CANNOT_TELL, Sentence(
                "Only {share} of {whole} lies within {km} km of a place whose holder we know; below {enough} no area is judged.",
                share=f"{coverage:.0%}",
                whole=_name(claim),
                km=LIMITS_KM[1],
                enough=f"{COVERAGE_ENOUGH:.0%}",
            )
        point = 1.0 if claim.metric == Metric.SHARE_PERCENT else total / 100
        claimed = Interval(claim.value_low, claim.value_high)
        return compared(claimed, claimed.widened(MARGIN * point), ours.range, NARROW * point, UNITS[claim.metric])

    def _ours(self, claim: QuantityClaim, held: Held, total: float) -> Ours:
        k = self.land.parties.index(claim.subject)
        unit = 100 / total if claim.metric == Metric.SHARE_PERCENT else 1.0
        least, most, possible = (float(values[k]) * unit for values in (held.least, held.most, held.possible))
        reach = Sentence("within {low} to {high} km of the places that it held", low=LIMITS_KM[0], high=LIMITS_KM[-1])
        return Ours(Interval(least, possible), Interval(least, most), held.coverage, reach)

    def _holders(self, claim: QuantityClaim) -> Callable[[Location], Sentence]:
        """Says of a place who held it at the end of the time that a claim is about."""
        now = self.land.control.at(claim.as_of_latest).set_index("place_id")

        def holder_at(place: Location) -> Sentence:
            holder = now["holder"].get(place.place_id)
            if holder is None:
                return Sentence("holder not known")
            party = Names((self._parties.get(holder, holder),))
            fought = now["contested"][place.place_id]
            return Sentence("held by {party}, fought for", party=party) if fought else Sentence("held by {party}", party=party)

        return holder_at

    def _beside(self, claim: QuantityClaim) -> tuple[PublishedFigure, ...]:
        """Return figures for the same party, scope and time.

        The very figure that is claimed is beside it only where the claimant itself tells it
        of no party in particular.
        """
        if claim.metric == Metric.DISTANCE_KM:
            return ()
        found = [
            published
            for published in self._published
            if published.scope == _name(claim)
            and days_apart(claim, published.as_of) <= DAYS_BESIDE
            and (published.party_id == claim.subject) != _is_claimed(published, claim)
        ]
        return tuple(sorted(found, key=lambda published: days_apart(claim, published.as_of)))


def _name(claim: QuantityClaim) -> str:
    """Name of the whole that a claim speaks of: 'Syria', 'Homs Province'."""
    return whole_of(claim).removeprefix("area of ")


def _is_claimed(published: PublishedFigure, claim: QuantityClaim) -> bool:
    """Whether a figure is what the claimant claims, of the party that it names, or of none."""
    share, area = (published.percent_low, published.percent_high), (published.km2, published.km2)
    value = {Metric.SHARE_PERCENT: share, Metric.AREA_KM2: area}[claim.metric]
    same = value == (claim.value_low, claim.value_high) and published.claimant_id == claim.claimant_id
    return same and published.party_id in (claim.subject, "")
