"""What every page has: the title line with search, menu and exports, the notes, and the line of sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from geodata import VIEWS, GeodataError
from views.screen.address import Address, read_address
from views.screen.escape import plain
from views.screen.exports import export_menu
from views.screen.loading import Atlas, load
from views.screen.search import search_box

PAGES = {"app.py": "Map", "pages/provinces.py": "Provinces", "pages/sources.py": "Sources"}

SOURCES = (
    "Control as reported by the sources named beside each place; places are points, no area is implied · "
    "Boundaries Natural Earth · Rivers GSHHG (LGPL) · Places GeoNames (CC BY 4.0), OCHA (CC BY-IGO), UCDP (CC BY 4.0)"
)


def open_page(title: str) -> None:
    """Set the page's title and styles; the first call of every page."""
    st.set_page_config(page_title=f"{title} · Control Atlas", page_icon="🗺️", layout="wide", initial_sidebar_state="collapsed")
    st.html(f"<style>{(Path(__file__).parent / 'page.css').read_text('utf-8')}</style>")


def load_or_stop() -> Atlas:
    """The atlas; where the dataset is wrong, one sentence says so and the page ends there."""
    try:
        return load()
    except GeodataError as problem:
        st.error("The dataset cannot be shown.")
        st.text(str(problem))
        st.stop()


def opening_address(atlas: Atlas, page: str) -> Address:
    """The address that a page was opened with, the same for as long as it stays open.

    What the URL does not say comes from the page visited before (date, place, view), then from the region.
    """
    if st.session_state.get("page") != page:
        address, notes = read_address(st.query_params.to_dict(), atlas.dataset.locations, VIEWS, atlas.provinces)
        before = current_address()
        address = replace(
            address,
            date=address.date or before.date or atlas.region.opening_date,
            place=address.place or before.place,
            view=address.view or before.view or VIEWS[0],
        )
        st.session_state.update({"page": page, "opening": address.query(), "notes": notes})
        follow(address)
    return _address(st.session_state["opening"])


def reopen(address: Address) -> None:
    """Let the present page start again from another address."""
    st.session_state["opening"] = address.query()
    follow(address)


def current_address() -> Address:
    """The address as the browser last reported it."""
    return _address(st.session_state.get("now", {}))


def follow(address: Address) -> None:
    """Let the URL and the exports follow what is shown."""
    st.session_state["now"] = address.query()
    if st.query_params.to_dict() != address.query():
        st.query_params.from_dict(address.query())


def header(title: str, page: str, atlas: Atlas, chooser: Callable[[], None] | None = None) -> None:
    """The title line, and a note for every part of the link that could not be followed; `chooser` draws beside the title."""
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        st.title(title, anchor=False, width="content")
        if chooser:
            chooser()
        st.space("stretch")
        search_box()
        for path, label in PAGES.items():
            st.page_link(path, label=label, disabled=path == page)
        export_menu(atlas)
    for note in st.session_state["notes"]:
        st.toast(plain(note), icon="ℹ️")
    st.session_state["notes"] = []


def sources() -> None:
    """The one line of sources and limits."""
    with st.container(key="sources"):
        st.markdown(SOURCES)


def _address(query: Mapping[str, str]) -> Address:
    date = query.get("date")
    return Address.of(query, dt.date.fromisoformat(date) if date else None)
