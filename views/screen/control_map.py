"""The folium map that everything is drawn on; the only module that imports folium.

The map itself is a dozen constant lines, so that a rerun finds nothing new and leaves it alone. Base map, places and dates are
fetched and drawn by the modules that control_layer.js calls.
"""

from __future__ import annotations

import folium
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

from views.screen.escape import script_json
from views.screen.session import speech


def control_map(scripts_url: str, base_url: str, home: str) -> folium.Map:
    """Return a map without tiles that draws what the page's atlas holds.

    Parameters
    ----------
    scripts_url, base_url
        Addresses from `views.screen.assets`.
    home
        ISO 3166-2 code of the province to show when the address names no position.
    """
    return _map(scripts_url, "attach", {"base": base_url, "home": home, "language": speech.for_browser()})


def pair_map(scripts_url: str, base_url: str, home: str) -> folium.Map:
    """Two maps in one frame, locked to each other, that draw what both sides of the page's pair hold; parameters as for `control_map`."""
    return _map(scripts_url, "attachPair", {"base": base_url, "home": home, "language": speech.for_browser()})


def points_map(scripts_url: str, base_url: str, home: str, points: list[dict[str, str | float]], outlined: str = "") -> folium.Map:
    """Return a map without tiles and without a date, with numbered points.

    Parameters
    ----------
    scripts_url, base_url, home
        As for `control_map`; `home` is shown when there is no point.
    points
        Each with name, longitude, latitude (EPSG:4326) and radius_km; the first stands out.
    outlined
        ISO 3166-2 code of a province to outline and show whole, '' for none.
    """
    options: dict[str, object] = {"base": base_url, "home": home, "points": points, "outlined": outlined, "language": speech.for_browser()}
    return _map(scripts_url, "attachPoints", options)


def _map(scripts_url: str, method: str, options: dict[str, object]) -> folium.Map:
    # folium would load Leaflet, jQuery, Bootstrap and six stylesheets from public hosts; the lists belong to the class.
    folium.Map.default_js = [("leaflet", f"{scripts_url}/leaflet.js"), ("control_layer", f"{scripts_url}/map/control_layer.js")]
    folium.Map.default_css = [("leaflet", f"{scripts_url}/leaflet.css"), ("control_map", f"{scripts_url}/map/map.css")]
    chart = folium.Map(
        location=[34.7, 38.0],
        zoom_start=7,
        tiles=None,
        zoom_snap=0.25,
        zoom_delta=0.5,
        keyboard=False,
        attribution_control=False,
        prefer_canvas=True,
    )
    chart._id = "control"
    chart.add_child(_Script(method, options))
    return chart


def show(chart: folium.Map, key: str, height: int = 480) -> None:
    """Put the map on the page, `height` pixels tall. It never reports back by itself: the timeline component speaks for both."""
    st_folium(chart, key=key, height=height, use_container_width=True, returned_objects=[])


class _Script(MacroElement):
    """Hands the map over to a method of control_layer.js."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "controlLayer.{{ this.method }}({{ this._parent.get_name() }}, {{ this.options_json }});"
        "{% endmacro %}"
    )

    def __init__(self, method: str, options: dict[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "ControlLayer"
        self._id = "control_layer"
        self.method = method
        self.options_json = script_json(options)
