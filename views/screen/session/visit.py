"""What a visitor is looking at: the state of the present page as its link says it, kept in the session as plain text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from geodata import VIEWS
from geodata.dataset.parties import DIVIDED
from views.screen.loading import Atlas
from views.screen.permalink.permalink import Permalink, read_permalink
from views.screen.permalink.reading import Existing
from views.screen.permalink.schema import FILTERS, LOOK


def opening_permalink(atlas: Atlas, page: str, own: Collection[str] = ()) -> Permalink:
    """Return what a page was opened with, the same for as long as it stays open.

    Parameters
    ----------
    own
        Names in the URL that the page reads by itself.

    What the URL does not say comes from the page visited before (date, place, view, filters), then from the region.
    """
    if st.session_state.get("page") != page:
        query = {name: value for name, value in st.query_params.to_dict().items() if name not in own}
        permalink, notes = read_permalink(query, existing(atlas))
        # What the browser writes into the URL says all there is; a link made by hand, or to a place, leaves some unsaid.
        before = Permalink() if permalink.date and permalink.view else current_permalink()
        permalink = replace(
            permalink,
            date=permalink.date or before.date or atlas.region.opening_date,
            place=permalink.place or before.place,
            start=permalink.start or (None if permalink.date else before.start),
            view=permalink.view or before.view or VIEWS[0],
            speed=permalink.speed or before.speed,
            loop=permalink.loop or before.loop,
            voice=permalink.voice or before.voice,
            known_on=permalink.known_on or before.known_on,
            lang=current_permalink().lang,  # which `speech` has taken from the link
            **{name: getattr(permalink, name) or getattr(before, name) for name in (*LOOK, *FILTERS)},
        )
        st.session_state.update({"page": page, "opening": permalink.query(), "notes": notes})
        follow(permalink)
    return permalink_of(st.session_state["opening"])


def existing(atlas: Atlas) -> Existing:
    """Return what a link may name."""
    dataset, voices = atlas.dataset, [voice.who for voice in atlas.voices]
    parties = [*dataset.parties, DIVIDED.party_id]
    return Existing(dataset.locations, VIEWS, atlas.provinces, voices, parties, dataset.claimants, atlas.span)


def reopen(permalink: Permalink) -> None:
    """Let the present page start again from another link, when the whole of it runs."""
    st.session_state["opening"] = permalink.query()
    follow(permalink)


def open_next(page: str, permalink: Permalink) -> None:
    """Let another page open as a link says, whatever the query says."""
    st.session_state.update({"page": page, "notes": []})
    reopen(permalink)


def open_at(page: str) -> None:
    """Note which page is drawn, by the path of its script."""
    st.session_state["path"] = page


def drawn_page() -> str:
    """Return the name in its address of the page that is drawn, '' for the first one."""
    path = Path(st.session_state.get("path", ""))
    return path.stem if path.parent.name == "pages" else ""


def current_permalink() -> Permalink:
    """Return what is shown as the browser last reported it."""
    return permalink_of(present())


def follow(permalink: Permalink) -> None:
    """Let the exports follow what is shown; the URL follows in the browser."""
    present().clear()
    present().update(permalink.query())


def present() -> dict[str, str]:
    """Return the query of what is shown now: one and the same dict for as long as the session lasts.

    A download is made outside any session, at the click; what holds this dict knows what is shown by then.
    """
    now: dict[str, str] = st.session_state.setdefault("now", {})
    return now


def permalink_of(query: Mapping[str, str]) -> Permalink:
    """Return the permalink that a query from `Permalink.query` came from."""
    return Permalink.of(query)
