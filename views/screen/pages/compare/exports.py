"""The export menu of the page that compares: both maps on a sheet, and every change as a table."""

from __future__ import annotations

from functools import partial

import geopandas as gpd
import streamlit as st

from geodata import VIEWS, Control
from geodata.adjudication.events import places_of
from geodata.control.comparison import COMPARISON_COLUMNS, comparison
from geodata.files.text import rows_of, written
from views.language import _, speaking
from views.screen.frame.exports import land_of, seen_at
from views.screen.loading import Atlas, seen_from
from views.screen.pages.compare.visit import present_pair
from views.screen.permalink.pair import PairPermalink
from views.screen.permalink.permalink import Permalink
from views.screen.session.viewpoint import viewpoint


def compare_menu(atlas: Atlas) -> None:
    """Draw a menu of downloads of what is compared at the moment of the click; nothing is made before."""
    now = present_pair()
    with st.popover(_("Export")):
        st.download_button(
            _("Both maps with all changes (PNG)"),
            partial(_picture, atlas, now),
            file_name="comparison.png",
            mime="image/png",
            on_click="ignore",
        )
        st.download_button(
            _("All changes (CSV)"), partial(_table, atlas, now), file_name="comparison.csv", mime="text/csv", on_click="ignore"
        )
        st.caption(_("Dates, viewpoints and province as compared on the page."))


def _picture(atlas: Atlas, now: dict[str, str]) -> bytes:
    # matplotlib takes a third of a second to import, which the first visitor should not wait for.
    from views.paper import Side, pair_sheet, png_bytes

    sides = PairPermalink.of(now).sides()
    land = land_of(atlas, sides[0])
    with speaking(sides[0].lang):
        one, other = (
            Side(
                seen_from(atlas, side.voice, side.known_on).events,
                side.date or atlas.region.opening_date,
                side.view or VIEWS[0],
                viewpoint(atlas, side) or "",
            )
            for side in sides
        )
        province = sides[0].province or None
        patterns = bool(sides[0].pattern)
        return png_bytes(pair_sheet(one, other, _listed(atlas, now), province=province, source=atlas.ledger, land=land, patterns=patterns))


def _table(atlas: Atlas, now: dict[str, str]) -> bytes:
    one, other = PairPermalink.of(now).sides()
    said = seen_at(atlas, one, "_a") | seen_at(atlas, other, "_b")
    rows = [row | said for row in rows_of(_listed(atlas, now), COMPARISON_COLUMNS)]
    return written(rows, (*COMPARISON_COLUMNS, *said), "csv").encode()


def _listed(atlas: Atlas, now: dict[str, str]) -> gpd.GeoDataFrame:
    one, other = PairPermalink.of(now).sides()
    first, last = (side.date or atlas.region.opening_date for side in (one, other))
    control = _control(atlas, one)
    same = (one.voice, one.known_on, one.view or VIEWS[0]) == (other.voice, other.known_on, other.view or VIEWS[0])
    frame = comparison(atlas.dataset, control, first, control if same else _control(atlas, other), last)
    return frame[frame["admin1"] == one.province] if one.province else frame


def _control(atlas: Atlas, side: Permalink) -> Control:
    """Control from the viewpoint of a side, about every place of the dataset that is claimed about."""
    return Control(seen_from(atlas, side.voice, side.known_on).events, side.view or VIEWS[0], places_of(atlas.dataset))
