"""What every page has: the title line with search, menu and exports, the notes, and the line of sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import streamlit as st

from geodata import GeodataError
from views.language import N_, _, language
from views.screen.components import tools
from views.screen.escape import in_markdown, verbatim
from views.screen.frame.cite import cite_button
from views.screen.frame.exports import export_menu
from views.screen.frame.search import search_box
from views.screen.loading import Atlas, load
from views.screen.permalink.schema import LOOK
from views.screen.session import speech
from views.screen.session.fragments import begin_page
from views.screen.session.promptness import answer_at_once
from views.screen.session.visit import current_permalink, follow, open_at

PAGES = {
    "app.py": N_("Map"),
    "pages/compare.py": N_("Compare"),
    "pages/provinces.py": N_("Provinces"),
    "pages/ledger.py": N_("Ledger"),
    "pages/places.py": N_("Places"),
    "pages/sources.py": N_("Sources"),
    "pages/methods.py": N_("Methods"),
}

LIMITS = N_("Control as the sources beside each place report it; land is an estimate from the nearest places, no survey")

# Streamlit writes neither into its page.
_DOCUMENT = "<script>Object.assign(document.documentElement, {{ lang: '{code}', dir: '{direction}' }})</script>"


def open_page(title: str) -> None:
    """Set the page's language, title and styles; the first call of every page. `title` is one of the names in `PAGES`."""
    answer_at_once()
    begin_page()
    speech.follow_permalink()
    open_at(next(path for path, label in PAGES.items() if label == title))
    spoken = language()
    st.set_page_config(
        page_title=" · ".join((_(title), _("Control Atlas"))), page_icon="🗺️", layout="wide", initial_sidebar_state="collapsed"
    )
    mirrored = f".stApp {{ direction: {spoken.direction}; }}"
    st.html(f"<style>{(Path(__file__).parent / 'page.css').read_text('utf-8')}{mirrored}</style>")
    with st.container(key="document"):
        st.html(_DOCUMENT.format(code=spoken.code, direction=spoken.direction), unsafe_allow_javascript=True)


def load_or_stop() -> Atlas:
    """Return the atlas; where the dataset is wrong, one sentence says so and the page ends there."""
    try:
        return load()
    except GeodataError as problem:
        st.error(_("The dataset cannot be shown."))
        st.text(str(problem))
        st.stop()


def _export_menu(atlas: Atlas) -> None:
    export_menu(atlas, cite_button)


def header(
    title: str,
    page: str,
    atlas: Atlas,
    chooser: Callable[[], None] | None = None,
    *,
    exports: Callable[[Atlas], None] | None = _export_menu,
    has_map: bool = False,
) -> None:
    """Draw the title line, and a note for every part of the link that could not be followed.

    Parameters
    ----------
    chooser
        Draws beside the title.
    exports
        Draws the export menu; None for no such menu.
    has_map
        Whether the page has a map of control to take found places to.
    """
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        st.title(title, anchor=False, width="content")
        if chooser:
            chooser()
        st.space("stretch")
        search_box(atlas, page, has_map=has_map)
        for path, label in PAGES.items():
            st.page_link(path, label=_(label), disabled=path == page, query_params=speech.query())
        if exports:
            exports(atlas)
        speech.switch()
        now = current_permalink()
        if chosen := tools(atlas.scripts_url, {name: getattr(now, name) for name in LOOK}):
            follow(replace(now, theme=chosen["theme"], pattern=chosen["pattern"]))
    for note in st.session_state["notes"]:
        st.toast(in_markdown(note), icon="ℹ️")
    st.session_state["notes"] = []


def sources(atlas: Atlas) -> None:
    """Draw the one line of sources and limits."""
    with st.container(key="sources"):
        st.markdown(" · ".join(filter(None, (_(LIMITS), verbatim(atlas.region.credits)))), unsafe_allow_html=True)
