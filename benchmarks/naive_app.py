"""The usual ways to show a map on a date with Streamlit and folium, for comparison; `NAIVE` names one.

rebuild: a slider, a new folium map with a marker a place at every move, `st_folium`.
feature_group: the same slider in a fragment, the markers as `feature_group_to_add`, so that the map itself stays.
timestamped: folium's TimestampedGeoJson with a feature a change, once; the browser plays it.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import Any

import folium
import streamlit as st
from branca.element import MacroElement
from folium.plugins import TimestampedGeoJson
from folium.template import Template
from streamlit_folium import st_folium

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.synthetic import DAYS, FIRST_DAY
from geodata import Control, load_events
from views.style import UNKNOWN, party_style


class Stamp(MacroElement):
    """Tells the benchmark which day the map shows, and where the map is."""

    _template = Template("{% macro script(this, kwargs) %}window.naiveDay = {{ this.day }};{{ this.also }}{% endmacro %}")

    def __init__(self, day: int, also: str = "") -> None:
        super().__init__()
        self._name = "Stamp"
        self.day = day
        self.also = also


@st.cache_resource
def control() -> Control:
    return Control(load_events(Path(os.environ["CONTROL_ATLAS_DATA"])))


def empty_map() -> folium.Map:
    return folium.Map(location=[34.8, 38.5], zoom_start=7, tiles=None)


def markers(day: int, into: Any) -> None:
    for row in control().at(FIRST_DAY + dt.timedelta(days=day)).itertuples():
        style = party_style(row.holder) if row.holder else UNKNOWN
        point = [row.geometry.y, row.geometry.x]
        folium.CircleMarker(point, radius=5, color="#fff", weight=1, fill_color=style.colour, fill_opacity=1).add_to(into)
    into.add_child(Stamp(day))


def rebuild() -> None:
    day = st.slider("Day", 0, DAYS, 400)
    chart = empty_map()
    markers(day, chart)
    st_folium(chart, returned_objects=[], height=600, use_container_width=True)


@st.fragment
def feature_group() -> None:
    day = st.slider("Day", 0, DAYS, 400)
    group = folium.FeatureGroup("places")
    markers(day, group)
    st_folium(empty_map(), feature_group_to_add=group, key="map", returned_objects=[], height=600, use_container_width=True)


def timestamped() -> None:
    events = control().events
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(row.geometry.x, 5), round(row.geometry.y, 5)]},
            "properties": {
                "times": [row.date.date().isoformat() if row.date == row.date else FIRST_DAY.isoformat()],  # NaT is not itself
                "icon": "circle",
                "iconstyle": {"radius": 5, "color": "#fff", "weight": 1, "fillColor": party_style(row.party).colour, "fillOpacity": 1},
            },
        }
        for row in events.itertuples()
    ]
    chart = empty_map()
    layer = TimestampedGeoJson({"type": "FeatureCollection", "features": features}, period="P1D", auto_play=False, add_last_point=False)
    layer.add_to(chart)
    chart.add_child(Stamp(0, f"window.naiveMap = {chart.get_name()};"))
    st.iframe(chart.get_root().render(), height=600)


{"rebuild": rebuild, "feature_group": feature_group, "timestamped": timestamped}[os.environ["NAIVE"]]()
