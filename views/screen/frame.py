"""What every page has: the title line with search, menu and exports, the notes, and the line of sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from geodata import GeodataError
from views.screen.escape import plain
from views.screen.exports import export_menu
from views.screen.loading import Atlas, load
from views.screen.search import search_box

PAGES = {
    "app.py": "Map",
    "pages/compare.py": "Compare",
    "pages/provinces.py": "Provinces",
    "pages/ledger.py": "Ledger",
    "pages/places.py": "Places",
    "pages/sources.py": "Sources",
    "pages/methods.py": "Methods",
}

LIMITS = "Control as the sources beside each place report it; land is an estimate from the nearest places, no survey"


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


def header(
    title: str,
    page: str,
    atlas: Atlas,
    chooser: Callable[[], None] | None = None,
    *,
    exports: Callable[[Atlas], None] | None = export_menu,
) -> None:
    """The title line, and a note for every part of the link that could not be followed; `chooser` draws beside the title, `exports` the
    menu of downloads."""
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        st.title(title, anchor=False, width="content")
        if chooser:
            chooser()
        st.space("stretch")
        search_box(atlas.region.country)
        for path, label in PAGES.items():
            st.page_link(path, label=label, disabled=path == page)
        if exports:
            exports(atlas)
    for note in st.session_state["notes"]:
        st.toast(plain(note), icon="ℹ️")
    st.session_state["notes"] = []


def sources(atlas: Atlas) -> None:
    """The one line of sources and limits."""
    with st.container(key="sources"):
        st.markdown(" · ".join(filter(None, (LIMITS, plain(atlas.region.credits)))))
