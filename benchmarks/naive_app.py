"""The obvious way, for comparison: a slider, a new folium map with a marker a place at every move, st_folium."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import folium
import streamlit as st
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.synthetic import FIRST_DAY
from geodata import Control, load_events
from views.style import UNKNOWN, party_style


class Stamp(MacroElement):
    """Tells the benchmark which day the map shows."""

    _template = Template("{% macro script(this, kwargs) %}window.naiveDay = {{ this.day }};{% endmacro %}")

    def __init__(self, day: int) -> None:
        super().__init__()
        self._name = "Stamp"
        self.day = day


@st.cache_resource
def control() -> Control:
    return Control(load_events(Path(os.environ["CONTROL_ATLAS_DATA"])))


day = st.slider("Day", 0, 900, 400)
chart = folium.Map(location=[34.8, 38.5], zoom_start=7, tiles=None)
for row in control().at(FIRST_DAY + dt.timedelta(days=day)).itertuples():
    style = party_style(row.holder) if row.holder else UNKNOWN
    folium.CircleMarker([row.geometry.y, row.geometry.x], radius=5, color="#fff", weight=1, fill_color=style.colour, fill_opacity=1).add_to(
        chart
    )
chart.add_child(Stamp(day))
st_folium(chart, returned_objects=[], height=600, use_container_width=True)
