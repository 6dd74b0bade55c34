"""How much land of each region each site speaks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from geodata.land.boundaries import M2_PER_KM2
from geodata.land.territory.cells import Cells, Floats, Indices


@dataclass(frozen=True)
class Shares:
    """Area of each site in each region where it has any, by site; arrays parallel.

    Attributes
    ----------
    site, region
        Indices; the number of sites stands for what is beyond the limit.
    area
        km2.
    first
        Where the shares of each site begin, with one more at the end; shape (sites + 2,).
    """

    site: Indices
    region: Indices
    area: Floats
    first: Indices

    def of(self, sites: Indices) -> tuple[Indices, Indices]:
        """Every share of every one of the sites: its position in `sites`, and the index of the share."""
        counts = self.first[sites + 1] - self.first[sites]
        position = np.repeat(np.arange(len(sites)), counts)
        rank = np.arange(len(position)) - np.repeat(np.cumsum(counts) - counts, counts)
        return position, self.first[sites][position] + rank


def shares_of(cells: Cells, sites: int) -> Shares:
    """Return the shares of cells of so many sites."""
    regions = int(cells.region.max(initial=0)) + 1
    keys, share = np.unique(cells.site * regions + cells.region, return_inverse=True)
    site, region = np.divmod(keys, regions)
    area = np.bincount(share, shapely.area(cells.pieces) / M2_PER_KM2, len(keys)).astype(np.float64)
    return Shares(site, region, area, np.searchsorted(site, np.arange(sites + 2)))
