"""The export menu."""

from __future__ import annotations

import streamlit as st

from views.screen.loading import Atlas


def export_menu(atlas: Atlas) -> None:
    """x"""
    with st.popover("Export"):
        st.caption("coming")
