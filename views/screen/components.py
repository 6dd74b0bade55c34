"""The components of the page, which have one state in the browser: timeline, rail, ribbons, cards, search, the two sides.

Scrubbing never comes here. When it rests, the timeline reports date, view, place and map position, and the address follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from views.language import language
from views.screen.assets import BROWSER
from views.screen.session import speech
from views.screen.session.visit import drawn_page

# Streamlit runs this from a blob, which has no address of its own: the module's must be made whole.
# All that it will need is asked for at once, or each module would be found only after the one that imports it.
_LOADER = """
const SHARED = [
  "language", "dates", "gzip", "keys", "drawing/elements", "drawing/symbols", "bridge/leaving", "bridge/polite", "bridge/server",
  ...["atlas", "columns", "emitter", "feed", "filters", "gains", "payload", "permalink"].map((name) => `state/${name}`),
  ...["picture", "player", "schema", "spelling", "territory", "track"].map((name) => `state/${name}`),
];
export default function (component) {
  const { module, scripts, language } = component.data;
  const load = (name) => import(new URL(`${scripts}/${name}.js`, window.location.origin));
  SHARED.forEach(load);
  const spoken = load("language").then(({ speak }) => speak(language));
  const modules = [load(`parts/${module}`), load("bridge/polite"), spoken];
  const loaded = Promise.all(modules).then(([{ mount }, { polite }]) => mount(polite(component)));
  return () => loaded.then((end) => end());
}
"""


SEARCH = "place_search"
COMPONENTS = ("timeline", "rail", "ribbons", "cards", "watch", "search", "tools", "sides", "difference", "pair_track")
"""Modules in the browser that draw a component."""


@st.cache_resource(show_spinner=False)
def _components(styles: str) -> dict[str, Any]:
    make = st.components.v2.component
    return {name: make(f"control_atlas_{name}", js=_LOADER, css=styles) for name in COMPONENTS}


def _mount(name: str, scripts_url: str, data: Mapping[str, Any], key: str, **options: Any) -> Any:
    """Draw a component; in another language it is another one, so that it is built anew."""
    component = _components((BROWSER / "page.css").read_text("utf-8"))[name]
    said = {"scripts": scripts_url, "module": name, "language": speech.for_browser(), "page": drawn_page(), **data}
    return component(data=said, key=_key(key), **options)


def _key(name: str) -> str:
    return f"{name}_{language().code}"


def _told(key: str, name: str) -> Any:
    """Return what a component last told, known before it is drawn; None before it ever did."""
    return st.session_state.get(_key(key), {}).get(name)


def reported(key: str) -> dict[str, str] | None:
    """Return what the timeline, or the heads of two sides, last reported; None before they ever did.

    As `Permalink.query` or `PairPermalink.query` name it.
    """
    state: dict[str, str] | None = _told(key, "state")
    return state


def timeline(scripts_url: str, opening: dict[str, Any], found: dict[str, Any] | None, wanting: bool, key: str) -> None:
    """Draw the timeline, which reports where it rests.

    Parameters
    ----------
    scripts_url
        Address of our scripts.
    opening
        What the browser opens with: url of the folder with the data, a state as `Permalink.said` names it, and territory, the address of
        its shapes or ''. The state must stay the same while the page is open: the browser is ahead of us.
    found
        A place to go to, with a `nonce` that tells one wish from the next.
    wanting
        Whether shapes of territory are still to come: the browser asks again.
    """
    data = {**opening, "found": found, "wanting": wanting}
    _mount("timeline", scripts_url, data, key, default={"state": None}, on_state_change=lambda: None)


def rail(scripts_url: str, voices: list[list[Any]], key: str) -> None:
    """Draw the legend table and, below it, the event feed or the evidence for the selected place.

    Parameters
    ----------
    voices
        Who one can look at the conflict with: key, name, number of claims.
    """
    _mount("rail", scripts_url, {"voices": voices}, key)


def ribbons(scripts_url: str, key: str) -> None:
    """Draw the control ribbons of the places that the page is about."""
    _mount("ribbons", scripts_url, {}, key)


def ribbon(scripts_url: str, opening: Mapping[str, str], place_id: str) -> None:
    """Draw the control ribbon of one place, on a page without a map of control, where nothing has opened the data before.

    Parameters
    ----------
    opening
        What the browser opens with: url of the folder with the data, and a state as `Permalink.query` names it.
    """
    _mount("ribbons", scripts_url, {"opening": opening, "only": place_id}, "place_ribbon")


def cards(scripts_url: str, provinces: Mapping[str, str], voices: list[list[Any]], key: str) -> str:
    """Draw a card a province, by name; returns the code of the one that was chosen, '' for none.

    Parameters
    ----------
    provinces
        Name by ISO 3166-2 code.
    voices
        As for `rail`.
    """
    listed = sorted(([code, name] for code, name in provinces.items()), key=lambda province: province[1])
    result = _mount("cards", scripts_url, {"provinces": listed, "voices": voices}, key, on_chosen_change=lambda: None)
    return str(result.chosen or "")


def search_text() -> str:
    """Return what the search field asks for; '' before anybody typed."""
    return str(_told(SEARCH, "text") or "").strip()


def search(scripts_url: str, text: str, answers: Sequence[Mapping[str, Any]], *, here: bool) -> str:
    """Draw the search field; returns the id of the answer that was chosen and is not on a map of this page, '' for none.

    Parameters
    ----------
    text
        What the answers are to; `search_text` is what is asked next.
    answers
        Each with id, name, name_ar, matched, where, reason, longitude, latitude (EPSG:4326), province and known.
    here
        Whether the page has a map, which goes to a place by itself.
    """
    data = {"text": text, "answers": answers, "here": here}
    result = _mount("search", scripts_url, data, SEARCH, default={"text": ""}, on_text_change=lambda: None, on_chosen_change=lambda: None)
    return str(result.chosen or "")


def tools(scripts_url: str, look: Mapping[str, str]) -> dict[str, str] | None:
    """Draw the buttons for patterns, theme and keys; returns the look that was just chosen on a page without a timeline, else None.

    It must not stand in a fragment: where a new server does not know the page, it asks for all of it.

    Parameters
    ----------
    look
        What the link says of the look, by the names of `schema.LOOK`.
    """
    heard = {"on_look_change": lambda: None, "on_renewed_change": lambda: None}
    result = _mount("tools", scripts_url, dict(look), "tools", **heard)
    chosen: dict[str, str] | None = result.look
    return chosen


def watch(scripts_url: str, key: str, *, days: bool = False) -> dict[str, Any] | None:
    """Return what the browser shows, told once it has drawn the map and again when it changes; None before.

    It has `view`; `data`, their url, which follows the viewpoint; `narrow`, whether the window is a phone's; and `date` (ISO), with `days`
    whenever scrubbing has rested, else ''.
    """
    result = _mount("watch", scripts_url, {"days": days}, key, default={"seen": None}, on_seen_change=lambda: None)
    seen: dict[str, Any] | None = result.seen
    return seen


def go_to(scripts_url: str, date: str, nonce: int, key: str) -> None:
    """Send map and timeline to a date (ISO), '' for nowhere; `nonce` grows from one wish to the next."""
    if date:
        _mount("watch", scripts_url, {"goto": date, "nonce": nonce}, key)


def sides(scripts_url: str, opening: dict[str, Any], key: str) -> str:
    """Draw the heads of the two sides that are compared; return the one to be opened on the map: 'one', 'other', '' for neither.

    Parameters
    ----------
    opening
        What the browser opens with, as of one `visit`: the two `sides`, each with the url of its data and a state as `Permalink.query`
        names it; mode and split; voices as for `rail`; territory and wanting as for `timeline`.
    """
    changed = {"on_state_change": lambda: None, "on_wanted_change": lambda: None}
    return str(_mount("sides", scripts_url, opening, key, default={"state": None}, **changed).wanted or "")


def difference(scripts_url: str, key: str) -> None:
    """Draw the legend of both sides, the places on which they differ, and every change between their dates."""
    _mount("difference", scripts_url, {}, key)


def pair_track(scripts_url: str, key: str) -> None:
    """Draw the track of time with a handle for each of two sides."""
    _mount("pair_track", scripts_url, {}, key)
