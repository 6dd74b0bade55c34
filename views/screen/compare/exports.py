"""The export menu of the page that compares: every change between both sides as a table."""

from __future__ import annotations

from functools import partial

import streamlit as st

from geodata import VIEWS, Control
from geodata.comparison import COMPARISON_COLUMNS, comparison
from geodata.events import places_of
from geodata.exchange import rows_of, written
from views.language import _
from views.screen.address import Address
from views.screen.compare.address import PairAddress
from views.screen.compare.visit import present_pair
from views.screen.loading import Atlas, seen_from


def compare_menu(atlas: Atlas) -> None:
    """A menu of downloads of what is compared at the moment of the click; nothing is made before."""
    now = present_pair()
    with st.popover(_("Export")):
        st.download_button(
            _("All changes (CSV)"), partial(_table, atlas, now), file_name="comparison.csv", mime="text/csv", on_click="ignore"
        )
        st.caption(_("Dates, viewpoints and province as compared on the page."))


def _table(atlas: Atlas, now: dict[str, str]) -> bytes:
    one, other = PairAddress.of(now).sides()
    first, last = (side.date or atlas.region.opening_date for side in (one, other))
    control = _control(atlas, one)
    same = (one.voice, one.known_on, one.view or VIEWS[0]) == (other.voice, other.known_on, other.view or VIEWS[0])
    frame = comparison(atlas.dataset, control, first, control if same else _control(atlas, other), last)
    frame = frame[frame["admin1"] == one.province] if one.province else frame
    return written(rows_of(frame, COMPARISON_COLUMNS), COMPARISON_COLUMNS, "csv").encode()


def _control(atlas: Atlas, side: Address) -> Control:
    """Control from the viewpoint of a side, about every place of the dataset that is claimed about."""
    return Control(seen_from(atlas, side.voice, side.known_on).events, side.view or VIEWS[0], places_of(atlas.dataset))
