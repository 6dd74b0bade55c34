"""The folium map that everything is drawn on; the only module that imports folium.

The map itself is a dozen constant lines, so that a rerun finds nothing new and leaves it alone. Base map, places and dates are
fetched and drawn by control_layer.js.
"""

from __future__ import annotations

import folium
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

from views.screen.escape import script_json


def control_map(scripts_url: str, base_url: str, home: str) -> folium.Map:
    """A map without tiles that draws what the page's atlas holds.

    Parameters
    ----------
    scripts_url, base_url
        Addresses from `views.screen.assets`.
    home
        ISO 3166-2 code of the province to show when the address names no position.
    """
    # folium would load Leaflet, jQuery, Bootstrap and six stylesheets from public hosts; the lists belong to the class.
    folium.Map.default_js = [("leaflet", f"{scripts_url}/leaflet.js"), ("control_layer", f"{scripts_url}/control_layer.js")]
    folium.Map.default_css = [("leaflet", f"{scripts_url}/leaflet.css"), ("control_map", f"{scripts_url}/map.css")]
    chart = folium.Map(
        location=[34.7, 38.0],
        zoom_start=7,
        tiles=None,
        min_zoom=6,
        max_zoom=13,
        zoom_snap=0.25,
        zoom_delta=0.5,
        keyboard=False,
        attribution_control=False,
        prefer_canvas=True,
    )
    chart._id = "control"
    chart.add_child(_ControlLayer(base=base_url, home=home))
    return chart


def show(chart: folium.Map, key: str) -> None:
    """Put the map on the page. It never reports back by itself: the timeline component speaks for both."""
    st_folium(chart, key=key, height=480, use_container_width=True, returned_objects=[])


class _ControlLayer(MacroElement):
    """Hands the map over to control_layer.js."""

    _template = Template(
        "{% macro script(this, kwargs) %}controlLayer.attach({{ this._parent.get_name() }}, {{ this.options_json }});{% endmacro %}"
    )

    def __init__(self, **options: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "ControlLayer"
        self._id = "control_layer"
        self.options_json = script_json(options)
