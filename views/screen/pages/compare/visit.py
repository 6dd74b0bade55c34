"""What a visitor compares: the state of both sides as their link says it, kept in the session as plain text."""

from __future__ import annotations

import streamlit as st

from views.screen.permalink.pair import PairPermalink
from views.screen.session.visit import follow


def keep(pair: PairPermalink) -> None:
    """Let the exports follow what is shown, and the other pages open with the second side."""
    present_pair().clear()
    present_pair().update(pair.query())
    follow(pair.sides()[1])


def present_pair() -> dict[str, str]:
    """Return the query of what is compared now: one and the same dict for as long as the session lasts, as `visit.present`."""
    now: dict[str, str] = st.session_state.setdefault("pair_now", {})
    return now
