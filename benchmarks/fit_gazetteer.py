"""Fits the coefficients of gazetteer/resolve/evidence.py and gazetteer/resolve/rank.py: `python -m benchmarks.fit_gazetteer`.

A conditional logit: of the candidates of a name, and of the possibility that none of them is right, the one that is right
was drawn with odds of exp(log-odds). Names are those of evaluation_dev.csv, each without a hint, with its province, and with
a place that was mentioned with it; in the bundled data (a quarter of the weight) and with Who's On First and OCHA added.
What comes out is then stretched and shifted (Platt scaling), because one name in ten is labelled wrongly.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.evaluation import Case, add_sources, co_mentioned, read_cases
from common.home import BUNDLED
from gazetteer.index import Hit, Index
from gazetteer.resolve.candidates import find_hits
from gazetteer.resolve.evidence import COEFFICIENTS, Evidence, Hints, is_province, namesake
from gazetteer.resolve.hints import ProvinceHints
from gazetteer.resolve.rank import uncalibrated
from gazetteer.sources.library import Library
from gazetteer.sources.store import Store
from gazetteer.spelling.toponym import Toponym

NAMES = tuple(COEFFICIENTS)
BUNDLED_WEIGHT = 0.25
RIDGE = 0.1

Array = NDArray[np.float64]


class Sample:
    """Candidates of all names in one long table: features, log-odds that are not fitted, rightness, name and weight."""

    def __init__(self) -> None:
        self.features: list[list[float]] = []
        self.offsets: list[float] = []
        self.right: list[bool] = []
        self.group: list[int] = []
        self.weights: list[float] = []
        self.queries: list[tuple[Case, list[Hit], Hints, float]] = []

    def add(self, case: Case, index: Index, hints: Hints, weight: float) -> None:
        """Add the candidates of one name under one set of hints."""
        hits = find_hits(index, Toponym(case.name), hints.province)
        evidence = Evidence(Toponym(case.name), hints)
        settlement = any(not is_province(hit.place) for hit in hits)
        for hit in hits:
            found = evidence.features(hit)
            self.features.append([found.get(name, 0.0) for name in NAMES])
            self.offsets.append(evidence.judgement(hit) + namesake(hit.place, hints, settlement))
            self.right.append(case.is_right(hit.place))
            self.group.append(len(self.weights))
        self.queries.append((case, list(hits), hints, weight))
        self.weights.append(weight)


def main() -> None:
    """Print the coefficients."""
    cases = read_cases()
    neighbours = co_mentioned(cases)
    sample = Sample()
    with tempfile.TemporaryDirectory() as directory:
        full, bundled = Path(directory) / "full", Path(directory) / "bundled"
        add_sources(full)
        for home, weight in ((full, 1.0), (bundled, BUNDLED_WEIGHT)):
            library = Library(BUNDLED, Store.open(home))
            index, provinces = library.index("SY"), ProvinceHints(library.provinces)
            for case, neighbour in zip(cases, neighbours, strict=True):
                feature = Toponym(case.name).feature
                known = {"feature": feature, "places_known": index.size}
                sample.add(case, index, Hints("SY", None, **known), weight)
                sample.add(case, index, Hints("SY", provinces.find(case.admin1, "SY"), **known), weight)
                sample.add(case, index, Hints("SY", None, near=(neighbour,), **known), weight)
        fitted = _fit(sample)
        COEFFICIENTS.update(zip(NAMES, (round(float(value), 2) for value in fitted), strict=True))
        for name, value in COEFFICIENTS.items():
            print(f'    "{name}": {value},')
        for label, wanted in (("no hint", lambda hints: not _hinted(hints)), ("hint", _hinted)):
            slope, shift = _platt(sample, wanted)
            print(f"{label}: slope {slope:.2f}, shift {shift:.2f}")


def _hinted(hints: Hints) -> bool:
    return hints.province is not None or bool(hints.near)


def _fit(sample: Sample, steps: int = 900) -> Array:
    features, offsets = np.array(sample.features), np.array(sample.offsets)
    right, group, weights = np.array(sample.right), np.array(sample.group), np.array(sample.weights)
    count = len(weights)

    def gradient(coefficients: Array) -> Array:
        odds = np.exp(np.clip(features @ coefficients + offsets, -30, 30))
        chosen = odds / (1 + np.bincount(group, odds, count))[group]
        among_right = np.where(right, odds / np.maximum(np.bincount(group, odds * right, count)[group], 1e-12), 0.0)
        return features.T @ ((among_right - chosen) * weights[group]) - RIDGE * coefficients

    return _ascend(gradient, np.array([COEFFICIENTS[name] for name in NAMES]), steps)


def _platt(sample: Sample, wanted: Callable[[Hints], bool], steps: int = 2000) -> tuple[float, float]:
    logits, right, weights = [], [], []
    for case, hits, hints, weight in sample.queries:
        if wanted(hints) and (found := uncalibrated(Toponym(case.name), hits, hints)):
            best, confidence = found[0]
            clipped = min(max(confidence, 1e-6), 1 - 1e-6)
            logits.append(np.log(clipped / (1 - clipped)))
            right.append(case.is_right(best.place))
            weights.append(weight)
    columns = np.column_stack([logits, np.ones(len(logits))])
    rights, by = np.array(right, dtype=float), np.array(weights)
    slope, shift = _ascend(lambda pair: columns.T @ ((rights - 1 / (1 + np.exp(-columns @ pair))) * by), np.array([1.0, 0.0]), steps)
    return float(slope), float(shift)


def _ascend(gradient: Callable[[Array], Array], start: Array, steps: int) -> Array:
    """Where the function with this gradient is greatest (Adam; D. Kingma and J. Ba, 2015)."""
    point, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, steps + 1):
        slope = gradient(point)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = 0.05 if step < 0.6 * steps else 0.005
        point = point + rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
    return point


if __name__ == "__main__":
    main()
