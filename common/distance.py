"""Distances on the sphere, in kilometres."""

from __future__ import annotations

import math

EARTH_RADIUS_KM = 6371.0088
"""Source: IUGG mean radius of the Earth, R1."""

FARTHEST_KM = math.pi * EARTH_RADIUS_KM
"""Half its circumference: nothing on Earth reaches farther."""


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance between two points, each longitude and latitude in degrees (EPSG:4326), in kilometres.

    Source: haversine formula on a sphere. An ellipsoid would change distances in Syria by about 0.2 %, and with them
    figures in files that people have, so that the sphere stays.
    """
    latitudes = math.radians(one[1]), math.radians(other[1])
    half = [math.sin(math.radians(other[axis] - one[axis]) / 2) for axis in (1, 0)]
    haversine = half[0] ** 2 + math.cos(latitudes[0]) * math.cos(latitudes[1]) * half[1] ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(haversine, 1)))
