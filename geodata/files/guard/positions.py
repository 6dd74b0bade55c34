"""Points of any CRS as columns `longitude` and `latitude`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from geodata.dataset.cells import number
from geodata.files.guard.cells import Found, RefusedError, cell_text

DEGREES = {"longitude": number(-180, 180), "latitude": number(-90, 90)}
"""Columns of a position in EPSG:4326, in every format, and how a cell of them is read."""

GEOMETRY = "geometry"
"""What a geometry is called in messages, as a column."""

SAME_DEGREES = 1e-5
"""A geometry and columns beside it that differ by less, about a metre, say the same."""

WGS84 = ("EPSG:4326", "OGC:CRS84")
"""Longitude and latitude as we keep them. All formats that we read store x before y, whatever the axis order of the CRS."""

_CRS = re.compile(
    r"(?:urn:ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?(?P<authority>EPSG|OGC)[:/](?:[\d.]*[:/])?(?P<code>\d{1,6}|CRS84)",
    re.IGNORECASE,
)

Point = tuple[float, float]


def crs_of(declared: str) -> str:
    """Return a declared CRS as 'EPSG:32637' or 'OGC:CRS84': from that, from a URN, or from a URL of opengis.net.

    Raises
    ------
    RefusedError
        It is another one. A CRS in words of its own is not read: it can name files and addresses of grids.
    """
    named = _CRS.fullmatch(declared.strip())
    if named is None:
        raise RefusedError(f"declares '{declared[:40]}', which is no CRS of EPSG; save it in EPSG:4326")
    return f"{named['authority']}:{named['code']}".upper()


def points_of(blobs: Sequence[bytes | None]) -> tuple[list[Point | None], bool]:
    """Points from well-known binary, x before y, and whether any of them had a height, which is left out.

    Raises
    ------
    RefusedError
        A geometry is damaged, is not a point, or is a point without a position.
    """
    import shapely  # a CSV file does without

    geometries = shapely.from_wkb(list(blobs), on_invalid="ignore")
    points: list[Point | None] = []
    for row, (blob, geometry) in enumerate(zip(blobs, geometries, strict=True), 1):
        if blob is None:
            points.append(None)
        elif geometry is None:
            raise RefusedError("is damaged", row, GEOMETRY)
        elif geometry.geom_type != "Point":
            raise not_a_point(geometry.geom_type, row)
        elif geometry.is_empty:
            raise RefusedError("is a point that is not a pair of numbers", row, GEOMETRY)
        else:
            points.append((geometry.x, geometry.y))
    return points, bool(shapely.has_z(geometries).any())


def not_a_point(kind: object, row: int) -> RefusedError:
    """Return the refusal of a geometry that is no point."""
    return RefusedError(f"is a {kind}; only points are read", row, GEOMETRY)


def located(found: Found, points: Sequence[Point | None], crs: str) -> Found:
    """Return the same table with the position of each row in columns `longitude` and `latitude`, transformed from `crs` to EPSG:4326.

    Raises
    ------
    RefusedError
        A point is not finite, lies where the CRS is not defined, or a row has another position in columns of these names.
    """
    for row, point in enumerate(points, 1):
        if point and not all(map(math.isfinite, point)):
            raise RefusedError("is a point that is not a pair of numbers", row, GEOMETRY)
    if crs not in WGS84:
        points = _transformed(points, crs)
    columns = [cell_text(name) for name in found.columns]
    columns += [name for name in DEGREES if name not in columns]
    return Found(columns, _beside(found, columns, points), crs, found.notes)


def _beside(found: Found, columns: Sequence[str], points: Sequence[Point | None]) -> Iterator[tuple[int, list[object]]]:
    """Rows with the points in their columns, which may stand there already or at the end."""
    for (row, values), point in zip(found.rows, points, strict=True):
        cells = [*values, *[None] * (len(columns) - len(values))]
        for name, degrees in zip(DEGREES, point or (), strict=False):
            place = columns.index(name)
            if written := cell_text(cells[place]):
                try:
                    differs = abs(DEGREES[name](written) - degrees) > SAME_DEGREES
                except ValueError as problem:
                    raise RefusedError(str(problem), row, name) from None
                if differs:
                    raise RefusedError(f"is {written}, but the geometry lies at {degrees:g}", row, name)
            cells[place] = degrees
        yield row, cells


def _transformed(points: Sequence[Point | None], crs: str) -> list[Point | None]:
    import geopandas as gpd  # few files need it, and it takes half a second

    given = [point for point in points if point]
    try:
        moved = gpd.GeoSeries.from_xy([x for x, _ in given], [y for _, y in given], crs=crs).to_crs(WGS84[0])
    except RuntimeError:  # the root of what PROJ reports
        raise RefusedError(f"declares {crs}, from which no way leads to EPSG:4326") from None
    degrees = zip(moved.x.tolist(), moved.y.tolist(), strict=True)
    return [next(degrees) if point else None for point in points]
