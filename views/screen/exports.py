"""The export menu: pictures of what is shown, and the data behind it."""

from __future__ import annotations

import streamlit as st

from views.screen.loading import Atlas


def export_menu(atlas: Atlas) -> None:
    """A menu of downloads; nothing is drawn before it is asked for."""
    with st.popover("Export"):
        st.caption("coming")
