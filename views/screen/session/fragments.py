"""Fragments that give way where all of the page is to run."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

P = ParamSpec("P")


def renew_page() -> None:
    """For what is called when a field of the page changes: let all of the page run.

    Where the browser is slow, the choice comes along with what a component told in the same moment, and Streamlit would run the fragment of
    that component alone.
    """
    st.session_state["renewing"] = True


def telling_fragment(draw: Callable[P, None]) -> Callable[P, None]:
    """`st.fragment` for a part with a component that tells something by itself; gives way to all of the page where that is to run."""

    @st.fragment
    @wraps(draw)
    def part(*args: P.args, **kwargs: P.kwargs) -> None:
        if st.session_state.get("renewing"):
            st.rerun(scope="app")
        draw(*args, **kwargs)

    return part


def begin_page() -> None:
    """Note that all of the page runs; the first call of every page."""
    st.session_state["renewing"] = False
