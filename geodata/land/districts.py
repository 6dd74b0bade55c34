"""Districts, or any other outlines: which places lie in each, who holds them, and how much land that is."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from geodata.control.control import Control


def placed_in(places: gpd.GeoDataFrame, outlines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the places with the code of the outline each lies in as `admin1`, '' in none; on a border that of the first.

    Parameters
    ----------
    places
        Points in EPSG:4326, as `geodata.places_of` gives them.
    outlines
        With their `code`, in EPSG:4326, as `geodata.land.boundaries` gives them.
    """
    place, outline = shapely.STRtree(outlines.geometry.to_numpy()).query(places.geometry.to_numpy(), predicate="intersects")
    found = pd.Series(outlines["code"].to_numpy()[outline], index=place).groupby(level=0).min()
    return places.assign(admin1=found.reindex(range(len(places))).fillna("").to_numpy())


def control_in(control: Control, outlines: gpd.GeoDataFrame) -> Control:
    """Return the same control, with places that are counted by outline instead of by province; for `geodata.land.measures.Measures`."""
    events = pd.concat([control.events, control.conditions], ignore_index=True)
    return Control(events, control.view, placed_in(control.places, outlines))
