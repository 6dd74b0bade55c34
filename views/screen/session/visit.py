"""What a visitor is looking at: the address of the present page, kept in the session as plain text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from geodata import VIEWS
from geodata.dataset.parties import DIVIDED
from views.screen.loading import Atlas
from views.screen.permalink.permalink import FILTERS, LOOK, Address, read_address


def opening_address(atlas: Atlas, page: str, own: Collection[str] = ()) -> Address:
    """Return the address that a page was opened with, the same for as long as it stays open.

    Parameters
    ----------
    own
        Names in the URL that the page reads by itself.

    What the URL does not say comes from the page visited before (date, place, view, filters), then from the region.
    """
    if st.session_state.get("page") != page:
        query = {name: value for name, value in st.query_params.to_dict().items() if name not in own}
        dataset = atlas.dataset
        voices = [voice.who for voice in atlas.voices]
        parties, claimants = [*dataset.parties, DIVIDED.party_id], dataset.claimants
        address, notes = read_address(
            query, dataset.locations, VIEWS, atlas.provinces, voices, atlas.span, parties=parties, claimants=claimants
        )
        # What the browser writes into the URL says all there is; a link made by hand, or to a place, leaves some unsaid.
        before = Address() if address.date and address.view else current_address()
        address = replace(
            address,
            date=address.date or before.date or atlas.region.opening_date,
            place=address.place or before.place,
            start=address.start or (None if address.date else before.start),
            view=address.view or before.view or VIEWS[0],
            speed=address.speed or before.speed,
            loop=address.loop or before.loop,
            voice=address.voice or before.voice,
            known_on=address.known_on or before.known_on,
            lang=current_address().lang,  # which `speech` has taken from the link
            **{name: getattr(address, name) or getattr(before, name) for name in (*LOOK, *FILTERS)},
        )
        st.session_state.update({"page": page, "opening": address.query(), "notes": notes})
        follow(address)
    return address_of(st.session_state["opening"])


def reopen(address: Address) -> None:
    """Let the present page start again from another address, when the whole of it runs."""
    st.session_state["opening"] = address.query()
    follow(address)


def open_next(page: str, address: Address) -> None:
    """Let another page open at an address, whatever the query says."""
    st.session_state.update({"page": page, "notes": []})
    reopen(address)


def open_at(page: str) -> None:
    """Note which page is drawn, by the path of its script."""
    st.session_state["path"] = page


def drawn_page() -> str:
    """Return the name in its address of the page that is drawn, '' for the first one."""
    path = Path(st.session_state.get("path", ""))
    return path.stem if path.parent.name == "pages" else ""


def current_address() -> Address:
    """Return the address as the browser last reported it."""
    return address_of(present())


def follow(address: Address) -> None:
    """Let the exports follow what is shown; the URL follows in the browser."""
    present().clear()
    present().update(address.query())


def present() -> dict[str, str]:
    """Return the query of what is shown now: one and the same dict for as long as the session lasts.

    A download is made outside any session, at the click; what holds this dict knows what is shown by then.
    """
    now: dict[str, str] = st.session_state.setdefault("now", {})
    return now


def address_of(query: Mapping[str, str]) -> Address:
    """Return the address that a query from `Address.query` came from."""
    return Address.of(query)
