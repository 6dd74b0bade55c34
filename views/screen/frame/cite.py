"""Citing a view: a dialog with the citation as text and as BibTeX, and the link, each with a button that copies it."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from geodata import VIEWS
from views.citation import Citation, basis
from views.language import _, name_of
from views.screen.loading import Atlas, seen_from
from views.screen.session.viewpoint import viewpoint
from views.screen.session.visit import current_permalink


@st.fragment
def cite_button(atlas: Atlas) -> None:
    """Draw a button for the export menu; what it cites is on the screen at the moment of the click."""
    if st.button(_("Cite this view"), key="cite"):
        st.dialog(_("Cite this view"), width="large")(_show)(_citation(atlas))


def _show(citation: Citation) -> None:
    for label, text in ((_("As text"), citation.text()), ("BibTeX", citation.bibtex()), (_("Link to this view"), citation.link)):
        st.markdown(f"**{label}**")
        st.code(text, language=None, wrap_lines=True)
    st.caption(_("The hash names the newest entry of the ledger and so all of the data: who has the same hash has the same data."))


def _citation(atlas: Atlas) -> Citation:
    permalink = current_permalink()
    date, view = permalink.date or atlas.region.opening_date, permalink.view or VIEWS[0]
    seen = seen_from(atlas, permalink.voice, permalink.known_on)
    return Citation(
        about=atlas.provinces[permalink.province] if permalink.province else name_of(atlas.region),
        date=date,
        start=permalink.start,
        view=view,
        viewpoint=viewpoint(atlas, permalink) or "",
        basis=basis(seen.dataset, seen.events, view, date, permalink.start, permalink.province),
        head=atlas.ledger.head().hash,
        link=_here() + permalink.link(),
        accessed=dt.datetime.now(tz=dt.UTC).date(),
    )


def _here() -> str:
    """Address of the page without its query; a host alone ends with a slash."""
    page = urlsplit(st.context.url or "")
    return urlunsplit((page.scheme, page.netloc, page.path or "/", "", ""))
