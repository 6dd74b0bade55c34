"""The export menu: a picture of what is shown, and the control behind it as a table."""

from __future__ import annotations

import datetime as dt
import io

import streamlit as st

from geodata import Control
from geodata.exchange import control_csv, control_geojson
from views.paper.sheet import map_sheet, png_bytes
from views.screen.address import Address
from views.screen.loading import Atlas


def export_menu(atlas: Atlas, province: str) -> None:
    """A menu of downloads of the view that is on the screen when one is clicked; nothing is drawn before.

    Parameters
    ----------
    atlas
        What is shown.
    province
        ISO 3166-2 code that the page is about, '' for the whole region.
    """
    with st.popover("Export"):
        st.caption("What the map shows now: date, view and province.")
'''
