"""The search of the title line: any spelling, in Latin or Arabic script, answers while one types."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from views.screen.components import search, search_text
from views.screen.loading import Atlas, gazetteer
from views.screen.session import speech
from views.screen.session.fragments import telling_fragment
from views.screen.session.visit import current_permalink, reopen

if TYPE_CHECKING:
    from gazetteer import Candidate

PROVINCE = "A.ADM1"
MOST = 8


@telling_fragment
def search_box(atlas: Atlas, page: str, *, has_map: bool) -> None:
    """Draw a search field. A place is gone to on the map, of this page if it has one; a province opens its page."""
    text = search_text()
    answers = [_answer(candidate, atlas) for candidate in _candidates(text, atlas.region.country)] if text else []
    with st.container(key="search"):
        chosen = search(atlas.scripts_url, text, answers, here=has_map)
    for answer in answers:
        if answer["id"] == chosen:
            _go(answer, page)


def _candidates(text: str, country: str) -> list[Candidate]:
    """Return what begins like the text, then what the resolver makes of it; each place once, at most `MOST`."""
    places = gazetteer()
    found = [*places.search(text, limit=MOST), *places.resolve(text, country=country).candidates]
    unique = {candidate.place.place_id: candidate for candidate in reversed(found)}
    return [candidate for candidate in dict.fromkeys(found) if unique.get(candidate.place.place_id) is candidate][:MOST]


def _answer(candidate: Candidate, atlas: Atlas) -> dict[str, Any]:
    place = candidate.place
    return {
        "id": place.place_id,
        "name": place.name,
        "name_ar": place.name_ar,
        "matched": "" if candidate.matched_name in (place.name, place.name_ar) else candidate.matched_name,
        "where": "" if place.feature == PROVINCE else atlas.province_names.get(place.admin1, place.admin1_name) or place.country,
        "reason": candidate.reason,
        "longitude": place.longitude,
        "latitude": place.latitude,
        "province": place.feature == PROVINCE,
        "known": place.place_id in atlas.dataset.locations,
    }


def _go(answer: dict[str, Any], page: str) -> None:
    """Open the page that shows an answer."""
    if answer["province"]:
        reopen(replace(current_permalink(), province=answer["id"], place="", map=""))
        if page == "pages/provinces.py":
            st.rerun(scope="app")
        st.switch_page("pages/provinces.py", query_params={"province": answer["id"]} | speech.query())
    if answer["known"]:
        st.switch_page("app.py", query_params={"place": answer["id"]} | speech.query())
    nonce = st.session_state.get("found", {}).get("nonce", 0) + 1
    st.session_state["found"] = {**answer, "nonce": nonce}
    st.switch_page("app.py", query_params=speech.query())
