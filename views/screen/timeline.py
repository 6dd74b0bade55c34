"""The timeline under the map, the rail beside it, the ribbons below, the cards of provinces, and what the page that compares has in their
place: components with one state in the browser.

Scrubbing never comes here. When it rests, the timeline reports date, view, place and map position, and the address follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from views.screen.assets import BROWSER

# Streamlit runs this from a blob, which has no address of its own: the module's must be made whole.
# All that it will need is asked for at once, or each module would be found only after the one that imports it.
_LOADER = """
const SHARED = ["atlas", "columns", "dates", "emitter", "feed", "payload", "shapes", "territory", "track"];
export default function (component) {
  const { module, scripts } = component.data;
  const load = (name) => import(new URL(`${scripts}/${name}.js`, window.location.origin));
  SHARED.forEach(load);
  const loaded = load(module).then(({ mount }) => mount(component));
  return () => loaded.then((end) => end());
}
"""


COMPONENTS = ("timeline", "rail", "ribbons", "cards", "watch", "sides", "difference", "pair_track")
"""Modules in the browser that draw a component."""


@st.cache_resource(show_spinner=False)
def _components(styles: str) -> dict[str, Any]:
    make = st.components.v2.component
    return {name: make(f"control_atlas_{name}", js=_LOADER, css=styles) for name in COMPONENTS}


def _component(name: str) -> Any:
    return _components((BROWSER / "page.css").read_text("utf-8"))[name]


def timeline(scripts_url: str, opening: dict[str, Any], found: dict[str, Any] | None, wanting: bool, key: str) -> dict[str, str] | None:
    """Draw the timeline; returns what it last reported, as `Address.query` names it, or None before it ever did.

    Parameters
    ----------
    scripts_url
        Address of our scripts.
    opening
        What the browser opens with: url of the folder with the data, an address as `Address.query` names it, and territory, the address of
        its shapes or ''. The address must stay the same while the page is open: the browser is ahead of us.
    found
        A place to go to, with a `nonce` that tells one wish from the next.
    wanting
        Whether shapes of territory are still to come: the browser asks again.
    """
    data = {"scripts": scripts_url, "module": "timeline", **opening, "found": found, "wanting": wanting}
    result = _component("timeline")(data=data, default={"state": None}, key=key, on_state_change=lambda: None)
    state: dict[str, str] | None = result.state
    return state


def rail(scripts_url: str, voices: list[list[Any]], key: str) -> None:
    """Draw the legend table and, below it, the event feed or the evidence for the selected place.

    Parameters
    ----------
    voices
        Who one can look at the conflict with: key, name, number of claims.
    """
    _component("rail")(data={"scripts": scripts_url, "module": "rail", "voices": voices}, key=key)


def ribbons(scripts_url: str, key: str) -> None:
    """Draw the control ribbons of the places that the page is about."""
    _component("ribbons")(data={"scripts": scripts_url, "module": "ribbons"}, key=key)


def ribbon(scripts_url: str, data_url: str, place_id: str) -> None:
    """Draw the control ribbon of one place, on a page without a map of control."""
    _component("ribbons")(data={"scripts": scripts_url, "module": "ribbons", "url": data_url, "place": place_id}, key="place_ribbon")


def cards(scripts_url: str, provinces: Mapping[str, str], key: str) -> str:
    """Draw a card a province, by name; returns the code of the one that was chosen, '' for none.

    Parameters
    ----------
    provinces
        Name by ISO 3166-2 code.
    """
    listed = sorted(([code, name] for code, name in provinces.items()), key=lambda province: province[1])
    data = {"scripts": scripts_url, "module": "cards", "provinces": listed}
    result = _component("cards")(data=data, key=key, on_chosen_change=lambda: None)
    return str(result.chosen or "")


def watch(scripts_url: str, key: str, *, days: bool = False) -> dict[str, Any] | None:
    """What the browser shows, told once it has drawn the map and again when it changes; None before.

    It has `view`; `data`, their url, which follows the viewpoint; `narrow`, whether the window is a phone's; and `date` (ISO), with `days`
    whenever scrubbing has rested, else ''.
    """
    result = _component("watch")(
        data={"scripts": scripts_url, "module": "watch", "days": days}, default={"seen": None}, key=key, on_seen_change=lambda: None
    )
    seen: dict[str, Any] | None = result.seen
    return seen


def go_to(scripts_url: str, date: str, nonce: int, key: str) -> None:
    """Send map and timeline to a date (ISO), '' for nowhere; `nonce` grows from one wish to the next."""
    if date:
        _component("watch")(data={"scripts": scripts_url, "module": "watch", "goto": date, "nonce": nonce}, key=key)


def sides(scripts_url: str, opening: dict[str, Any], key: str) -> tuple[dict[str, str] | None, str]:
    """Draw the heads of the two sides that are compared; returns what they last reported, as `PairAddress.query` names it, or None before
    they ever did, and the side that is to be opened on the map: 'one', 'other' or '' for neither.

    Parameters
    ----------
    opening
        What the browser opens with, as of one `visit`: the two `sides`, each with the url of its data and an address as `Address.query`
        names it; mode and split; voices as for `rail`; territory, found and wanting as for `timeline`.
    """
    data = {"scripts": scripts_url, "module": "sides", **opening}
    result = _component("sides")(data=data, default={"state": None}, key=key, on_state_change=lambda: None, on_wanted_change=lambda: None)
    state: dict[str, str] | None = result.state
    return state, str(result.wanted or "")


def difference(scripts_url: str, key: str) -> None:
    """Draw the legend of both sides, the places on which they differ, and every change between their dates."""
    _component("difference")(data={"scripts": scripts_url, "module": "difference"}, key=key)


def pair_track(scripts_url: str, key: str) -> None:
    """Draw the track of time with a handle for each of two sides."""
    _component("pair_track")(data={"scripts": scripts_url, "module": "pair_track"}, key=key)
