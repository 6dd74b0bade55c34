"""Every quantity claim of a dataset with its verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import geopandas as gpd

from geodata.checks.land import COVERAGE_ENOUGH, LIMITS_KM, MARGIN, NARROW, Held, Land
from geodata.checks.lengths import by_distance
from geodata.checks.model import CANNOT_TELL, DAYS_BESIDE, UNITS, Check, Interval, Ours, compared, days_apart
from geodata.checks.parts import Wholes, by_parts, whole_of
from geodata.claims import Dataset
from geodata.control import Control
from geodata.distances import Map, read_roads
from geodata.figures import PublishedFigure
from geodata.measures import ALL
from geodata.places import Location, read_province_names
from geodata.quantities import QuantityClaim
from geodata.regions import Region


class Checker:
    """Checks the quantity claims of a dataset by the rules of `geodata.checks`.

    Parameters
    ----------
    dataset
        Its places are measured from, its folder has the roads.
    claims
        All quantity claims: they are checked against each other too.
    figures
        Published figures to set beside them.
    control
        Of the dataset; in the view that is measured.
    outlines
        Provinces of the country, as `geodata.boundaries` gives them.
    region
        Its name stands for the whole country.
    """

    def __init__(
        self,
        dataset: Dataset,
        claims: Sequence[QuantityClaim],
        figures: Sequence[PublishedFigure],
        control: Control,
        outlines: gpd.GeoDataFrame,
        region: Region,
    ) -> None:
        self._dataset, self._claims, self._figures = dataset, claims, figures
        self._names = {party_id: party.name for party_id, party in dataset.parties.items()}
        self._world = Map(dataset.locations.values(), read_roads(dataset.folder))
        self.land = Land(control, outlines)
        names = read_province_names(dataset.folder) if (dataset.folder / "provinces.csv").exists() else {}
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
        if claim.metric == "distance_km":
            found, verdict, reason = by_distance(claim, self._world, self._holders(claim))
            return Check(claim, found, beside, verdict, reason)
        if claim.subject not in self.land.parties:
            return Check(claim, None, beside, CANNOT_TELL, f"We do not measure the land of '{claim.subject}'.")
        if whole_of(claim) not in self._codes:
            return Check(
                claim, None, beside, CANNOT_TELL, f"We have no outline of what is meant: {whole_of(claim) or 'no whole is named'}."
            )
        where = self._codes[whole_of(claim)]
        held, total = self.land.within(claim.as_of_earliest, claim.as_of_latest, where), self.land.total(where)
        ours = self._ours(claim, held, total)
        shares = {party: 100 * area / total for party, area in zip(self.land.parties, held.usual.tolist(), strict=True)}
        decided = by_parts(claim, self._claims, self._wholes, shares, self._names)
        return Check(claim, ours, beside, *(decided or self._by_land(claim, ours, held.coverage, total)))

    def _by_land(self, claim: QuantityClaim, ours: Ours, coverage: float, total: float) -> tuple[str, str]:
        if coverage < COVERAGE_ENOUGH:
            known = f"Only {coverage:.0%} of {_name(claim)} lies within {LIMITS_KM[1]} km of a place whose holder we know"
            return CANNOT_TELL, f"{known}; below {COVERAGE_ENOUGH:.0%} no area is judged."
        point = 1.0 if claim.metric == "share_percent" else total / 100
        claimed = Interval(claim.value_low, claim.value_high)
        return compared(claimed, claimed.widened(MARGIN * point), ours.range, NARROW * point, UNITS[claim.metric])

    def _ours(self, claim: QuantityClaim, held: Held, total: float) -> Ours:
        k = self.land.parties.index(claim.subject)
        unit = 100 / total if claim.metric == "share_percent" else 1.0
        least, most, possible = (float(values[k]) * unit for values in (held.least, held.most, held.possible))
        reach = f"within {LIMITS_KM[0]} to {LIMITS_KM[-1]} km of the places that it held"
        return Ours(Interval(least, possible), Interval(least, most), held.coverage, reach)

    def _holders(self, claim: QuantityClaim) -> Callable[[Location], str]:
        """Says of a place who held it at the end of the time that a claim is about."""
        now = self.land.control.at(claim.as_of_latest).set_index("place_id")

        def told(place: Location) -> str:
            holder = now["holder"].get(place.place_id)
            if holder is None:
                return "holder not known"
            held = f"held by {self._names.get(holder, holder)}"
            return f"{held}, fought for" if now["contested"][place.place_id] else held

        return told

    def _beside(self, claim: QuantityClaim) -> tuple[PublishedFigure, ...]:
        """Figures for the same party, scope and time. The very figure that is claimed is beside it only where the claimant itself tells it
        of no party in particular."""
        if claim.metric == "distance_km":
            return ()
        found = [
            figure
            for figure in self._figures
            if figure.scope == _name(claim)
            and days_apart(claim, figure.as_of) <= DAYS_BESIDE
            and (figure.party_id == claim.subject) != _same_figure(figure, claim)
        ]
        return tuple(sorted(found, key=lambda figure: days_apart(claim, figure.as_of)))


def _name(claim: QuantityClaim) -> str:
    """Name of the whole that a claim speaks of: 'Syria', 'Homs Province'."""
    return whole_of(claim).removeprefix("area of ")


def _same_figure(figure: PublishedFigure, claim: QuantityClaim) -> bool:
    """Whether a figure is what the claimant claims, of the party that it names, or of none."""
    told = {"share_percent": (figure.percent_low, figure.percent_high), "area_km2": (figure.km2, figure.km2)}[claim.metric]
    same = told == (claim.value_low, claim.value_high) and figure.claimant_id == claim.claimant_id
    return same and figure.party_id in (claim.subject, "")
