"""Territory from places: ours beside what one would write with GeoPandas and shapely, in one run: `python -m benchmarks.territory`.

Random places within Syria's outline, four parties that hold patches of them, a distance limit of 20 km. "build" happens once for a set of
places; "a date" asks for polygons in EPSG:4326 and areas of labels that were never seen before, "ten flips" for those of another date that
differ in ten places; "timeline" is the area of every party on 1,000 dates. The alternatives get cells that are already cut, and all methods
have to agree on the areas. Milliseconds, medians of several runs.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.land.boundaries import bundled_provinces, country_outline
from geodata.land.territory import EMPTY, Territory

PARTIES = 4
PATCHES = 40
"""The patches that parties hold: the labels of a place are those of the nearest of so many random points."""
DATES = 1000


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", type=int, nargs="*", default=[300, 3000, 30_000])
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    provinces = bundled_provinces()
    outline = gpd.GeoSeries([country_outline(provinces)], crs=provinces.crs)
    for count in options.places:
        print(f"\n{count:,} places")
        measured(count, outline, provinces, options.runs)


def measured(count: int, outline: gpd.GeoSeries, provinces: gpd.GeoDataFrame, runs: int) -> None:
    """Print the figures of one set of places."""
    chance = np.random.default_rng(1)
    points = outline.sample_points(count, rng=chance).explode(ignore_index=True)
    say("build", median(lambda: Territory(points, outline), runs))
    say("build, by province", median(lambda: Territory(points, provinces), runs))
    say("build, weighted", median(lambda: Territory(points, outline, method="weighted"), 1 + runs // 4))

    territory = Territory(points, provinces)
    dates = [patches(points, np.random.default_rng(seed)) for seed in range(runs)]
    fresh = iter(dates)
    ours = median(lambda: territory.at(next(fresh)), runs)
    say("a date", ours)
    cells = territory.mosaic()
    frame = gpd.GeoDataFrame({"site": cells.site}, geometry=cells.pieces, crs="EPSG:4326").to_crs(territory.crs)
    labels = dates[0]
    known = territory.at(labels).set_index("label")["area_km2"]
    for name, dissolve in (("coverage_union_all", shapely.coverage_union_all), ("union_all", shapely.union_all)):
        say(f"a date by {name}", median(lambda dissolve=dissolve: by_label(frame, labels, dissolve, known), max(1, runs // 3)), ours)
    say("a date by GeoDataFrame.dissolve", median(lambda: by_dissolve(frame, labels, known), max(1, runs // 3)), ours)

    steps = iter(flipped(labels, chance, 2 * runs))
    territory.at(labels)
    say("ten flips", median(lambda: territory.at(next(steps)), 2 * runs))
    say("fronts", median(lambda: territory.fronts(labels), runs))

    table = np.array(flipped(labels, chance, DATES))
    ours = median(lambda: territory.areas(table, PARTIES), runs)
    say("timeline", ours)
    single = territory.areas(table[-1], PARTIES)
    say("timeline, a bincount a date", median(lambda: by_bincount(frame, table, single), 1), ours)


def patches(points: gpd.GeoSeries, chance: np.random.Generator) -> np.ndarray:
    """Return a label for every place, in patches."""
    where = shapely.get_coordinates(points.to_numpy())
    centres = where[chance.choice(len(where), PATCHES, replace=False)]
    nearest = np.argmin([np.hypot(*(where - centre).T) for centre in centres], axis=0)
    return chance.integers(0, PARTIES, PATCHES)[nearest]


def flipped(labels: np.ndarray, chance: np.random.Generator, steps: int) -> list[np.ndarray]:
    """Labels of as many dates, each with ten random places changed."""
    result = []
    for _ in range(steps):
        labels = labels.copy()
        changed = chance.choice(len(labels), 10, replace=False)
        labels[changed] = (labels[changed] + 1) % PARTIES
        result.append(labels)
    return result


def by_label(frame: gpd.GeoDataFrame, labels: np.ndarray, dissolve: Callable[[np.ndarray], shapely.Geometry], known: pd.Series) -> None:
    """One union a label."""
    held = np.append(labels, EMPTY)[frame["site"]]
    pieces = frame.geometry.to_numpy()
    there = np.unique(held)
    answer(gpd.GeoDataFrame({"label": there}, geometry=[dissolve(pieces[held == label]) for label in there], crs=frame.crs), known)


def by_dissolve(frame: gpd.GeoDataFrame, labels: np.ndarray, known: pd.Series) -> None:
    """GeoPandas' own way."""
    answer(frame.assign(label=np.append(labels, EMPTY)[frame["site"]]).dissolve("label", as_index=False), known)


def answer(dissolved: gpd.GeoDataFrame, known: pd.Series) -> gpd.GeoDataFrame:
    """Return what ours gives too, if the areas are those that ours has."""
    dissolved["area_km2"] = dissolved.area / 1e6
    assert np.allclose(dissolved["area_km2"], known[dissolved["label"]], rtol=1e-6)
    return dissolved.to_crs("EPSG:4326")


def by_bincount(frame: gpd.GeoDataFrame, table: np.ndarray, last: np.ndarray) -> None:
    """Areas of every date anew."""
    areas = frame.area.to_numpy() / 1e6
    site = frame["site"].to_numpy()
    sums = [np.bincount(np.append(row, PARTIES + 1)[site], areas, PARTIES + 2) for row in table]
    assert np.allclose(sums[-1], last.sum(axis=0), rtol=1e-6)


def median(task: Callable[[], object], runs: int) -> float:
    """Median time of a task, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def say(what: str, taken: float, ours: float | None = None) -> None:
    """Print one figure, with its ratio to ours if it is another method's."""
    print(f"  {what:34} {taken:9.2f} ms" + (f"  {taken / ours:6.1f} x" if ours else ""))


if __name__ == "__main__":
    main()
