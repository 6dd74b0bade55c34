"""The page that compares: both sides with their dates and viewpoints, the maps, what differs, and the track of time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import streamlit as st

from geodata import VIEWS
from views.language import _, language
from views.screen.components import difference, pair_track, reported, sides
from views.screen.frame.frame import header, load_or_stop, sources
from views.screen.loading import Atlas, seen_from, territory_url, wants_land
from views.screen.pages.compare.exports import compare_menu
from views.screen.pages.compare.visit import keep, present_pair
from views.screen.permalink.pair import PairPermalink, pair_before, read_pair
from views.screen.permalink.permalink import Permalink
from views.screen.permalink.schema import COMPARED_DAYS, LOOK
from views.screen.session import speech
from views.screen.session.fragments import telling_fragment
from views.screen.session.viewpoint import listed_voices
from views.screen.session.visit import current_permalink, existing, follow, open_next

MAP = "app.py"
PROVINCE = "pages/provinces.py"
SIDES = "sides_bar"


def compare_page(page: str) -> None:
    """Draw the page."""
    atlas = load_or_stop()
    opening = _opening(atlas, page)
    header(_("Compare"), page, atlas, exports=compare_menu, has_map=True)
    voices = listed_voices(atlas)
    with st.container(key="pair"):
        with st.container(key="sides"):
            _sides_bar(atlas, opening, voices)
        picture = st.container(key="map")
        with st.container(key="rail"):
            difference(atlas.scripts_url, key="difference")
        with st.container(key="timeline"):
            pair_track(atlas.scripts_url, key="pair_track")
        with picture:
            # Last, since folium takes a fifth of a second to import, in which the browser can load the rest.
            from views.screen.control_map import pair_map, show

            show(pair_map(atlas.scripts_url, atlas.base_url, atlas.region.home), key=f"pair_map_{language().code}")
    sources(atlas)


def _opening(atlas: Atlas, page: str) -> PairPermalink:
    """Return what the page was opened with, the same while it stays open; without a link the date of the page before and an earlier one."""
    if st.session_state.get("page") != page:
        query = speech.query_without()
        pair, notes = read_pair(query, existing(atlas))
        before = current_permalink()
        usual = replace(before, lang="", date=before.date or atlas.region.opening_date, map="")
        pair = _dated(pair, usual.date, atlas.span) if query.keys() - set(LOOK) else _kept(usual) or pair_before(usual, atlas.span)
        look = {name: getattr(pair.one, name) or getattr(before, name) for name in LOOK}
        pair = PairPermalink.of(pair.query() | look)
        st.session_state.update({"page": page, "opening": pair.query(), "notes": notes, "visit": st.session_state.get("visit", 0) + 1})
        keep(PairPermalink.of(pair.query() | speech.query()))
        follow(replace(before, theme=pair.one.theme, pattern=pair.one.pattern))
    return PairPermalink.of(st.session_state["opening"])


def _kept(now: Permalink) -> PairPermalink | None:
    """Return the pair that was compared last, where the pages since have gone on showing its second side."""
    if not present_pair():
        return None
    pair = PairPermalink.of(present_pair())
    side = pair.sides()[1]

    def seen(permalink: Permalink) -> tuple[object, ...]:
        return permalink.date, permalink.view or VIEWS[0], permalink.voice, permalink.known_on, permalink.province

    if seen(side) != seen(now):
        return None
    return PairPermalink.of({**pair.query(), "place": now.place})  # another place may have been chosen since


def _dated(pair: PairPermalink, usual: dt.date | None, span: tuple[dt.date, dt.date]) -> PairPermalink:
    """Return the pair with a date: one that a link leaves out lies before the other's, or is the usual one."""
    if pair.one.date:
        return pair
    if pair.other.date:
        return replace(pair, one=replace(pair.one, date=max(pair.other.date - dt.timedelta(days=COMPARED_DAYS), span[0])))
    return replace(pair, one=replace(pair.one, date=usual))


@telling_fragment
def _sides_bar(atlas: Atlas, opening: PairPermalink, voices: list[list[Any]]) -> None:
    """Dates and viewpoints, which open the data of both sides; where they rest the exports follow, and the shapes of territory come."""
    state = reported(SIDES)
    if state:
        keep(PairPermalink.of(state | speech.query()))  # the browser may not have heard of a new language yet
    now = PairPermalink.of(present_pair())  # the browser is ahead of what the page was opened with
    urls, territory = _urls(atlas, now), territory_url(atlas, now.one.land, begin=bool(state))
    data = {
        "sides": [side.query() | {"url": url} for side, url in zip((opening.one, opening.other), urls, strict=True)],
        "mode": opening.mode,
        "split": opening.split,
        "visit": st.session_state["visit"],
        "voices": voices,
        "territory": territory,
        "wanting": wants_land(atlas, now.one.land) and not territory,
    }
    wanted = sides(atlas.scripts_url, data, SIDES)
    if wanted:
        _leave(PairPermalink.of(present_pair()).sides()[wanted == "other"])


def _leave(side: Permalink) -> None:
    """Open one side on the map, or on the page of its province."""
    page = PROVINCE if side.province else MAP
    open_next(page, side)
    # Streamlit makes an entry of this page with the next one's query, to which the way back would lead: so it keeps its own.
    st.switch_page(page, query_params=st.query_params.to_dict())


def _urls(atlas: Atlas, pair: PairPermalink) -> list[str]:
    return [seen_from(atlas, side.voice, side.known_on).data_url for side in (pair.one, pair.other)]
