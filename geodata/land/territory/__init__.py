"""Territory from places: who holds which area, where the fronts run, and what is too far from any place to say."""

from geodata.land.territory.cells import EMPTY, UNKNOWN
from geodata.land.territory.territory import METHODS, Fronts, Mosaic, Territory

__all__ = ["EMPTY", "METHODS", "UNKNOWN", "Fronts", "Mosaic", "Territory"]
