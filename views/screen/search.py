"""The search box of the title line: any spelling, in Latin or Arabic script, answers while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views.language import ENGLISH, _, language, left_to_right
from views.screen.escape import plain
from views.screen.loading import gazetteer

if TYPE_CHECKING:
    from gazetteer import Candidate

PROVINCE = "A.ADM1"


@st.fragment
def search_box(country: str) -> None:
    """A search field. A chosen place is left in the session state as `found`, for the timeline to take the map there; a province opens
    its page."""
    chosen = st.session_state.pop("chosen", "")
    if chosen == "place":
        st.rerun(scope="app")
    elif chosen:
        st.switch_page("pages/provinces.py", query_params={"province": chosen})
    with st.container(key="search"):
        text = st.text_input(
            _("Find a place"),
            type="search",
            live="250ms",
            key="search_text",
            placeholder=_("Find a place: English, عربي, any spelling"),
            label_visibility="collapsed",
        )
        if not text or not text.strip():
            return
        candidates = _candidates(text.strip(), country)
        with st.container(key="found"):
            for number, candidate in enumerate(candidates):
                st.button(
                    plain(_line(candidate)),
                    key=f"found_{number}",
                    type="tertiary",
                    width="stretch",
                    help=plain(left_to_right(candidate.reason)),
                    on_click=_choose,
                    args=(candidate,),
                )
            if not candidates:
                st.caption(_("No place called “{text}” is known.", text=plain(text.strip()[:60])))


def _candidates(text: str, country: str) -> list[Candidate]:
    """What begins like the text, then what the resolver makes of it; each place once, at most eight."""
    places = gazetteer()
    found = [*places.search(text, limit=8), *places.resolve(text, country=country).candidates]
    unique = {candidate.place.place_id: candidate for candidate in reversed(found)}
    return [candidate for candidate in dict.fromkeys(found) if unique.get(candidate.place.place_id) is candidate][:8]


def _line(candidate: Candidate) -> str:
    place = candidate.place
    also = "" if candidate.matched_name in (place.name, place.name_ar) else f" · “{candidate.matched_name}”"
    where = _("province") if place.feature == PROVINCE else place.admin1_name or place.country
    names = (place.name, place.name_ar) if language().code == ENGLISH else (place.name_ar, place.name)
    return f"{'  '.join(filter(None, names))}{also} — {where}"


def _choose(candidate: Candidate) -> None:
    place = candidate.place
    st.session_state["search_text"] = ""
    if place.feature == PROVINCE:
        st.session_state["chosen"] = place.place_id  # an ISO 3166-2 code
        return
    nonce = st.session_state.get("found", {}).get("nonce", 0) + 1
    st.session_state["found"] = {
        "nonce": nonce,
        "id": place.place_id,
        "name": place.name,
        "name_ar": place.name_ar,
        "where": place.admin1_name,
        "longitude": place.longitude,
        "latitude": place.latitude,
    }
    st.session_state["chosen"] = "place"
