"""Who makes an entry: typed once, kept for the session."""

from __future__ import annotations

import streamlit as st

from views.language import _

LONGEST_NAME = 80


def author(where: str) -> str:
    """Return the name typed so far, '' for none; `where` tells this field from the others on the page."""
    typed = st.text_input(_("Your name"), st.session_state.get("ledger_by", ""), key=f"by_{where}", max_chars=LONGEST_NAME)
    name = (typed or "").strip()
    if name:
        st.session_state["ledger_by"] = name
    return name
