"""What happened to the ledger itself: its journal, its head, checks, backups, exports."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import streamlit as st

from geodata.ledger import Head, Ledger, LedgerError
from views.language import _, ngettext, number
from views.screen.escape import in_markdown
from views.screen.pages.ledger.card import history_table, refuse

SHOWN = 200


def show(ledger: Ledger) -> None:
    """Draw the section."""
    head = ledger.head()
    st.markdown(
        ngettext(
            "**{n}** entry. Nothing in the ledger is ever changed or deleted; a correction is a new entry. Each entry's hash covers the "
            "entry before it, so the newest hash, the **head**, seals everything.",
            "**{n}** entries. Nothing in the ledger is ever changed or deleted; a correction is a new entry. Each entry's hash covers the "
            "entry before it, so the newest hash, the **head**, seals everything.",
            head.number,
        )
    )
    st.code(str(head), language=None, wrap_lines=True)
    st.caption(_("Keep the head with your work: with it, anybody can find out later whether an entry was altered, removed or cut off."))
    checking, saving = st.columns(2)
    with checking:
        _verify(ledger)
    with saving:
        _backup(ledger)
    st.markdown(_("**Newest entries** (at most {n})", n=SHOWN))
    st.dataframe(history_table(ledger, ledger.journal(limit=SHOWN, newest_first=True)), hide_index=True, height=420)


def _verify(ledger: Ledger) -> None:
    text = st.text_input(_("A head that you kept (may be left empty)"), key="ledger_head", max_chars=100)
    if not st.button(_("Verify"), icon=":material/verified:"):
        return
    try:
        kept = Head.parse(text.strip()) if text.strip() else None
        problems = ledger.verify(kept)
    except (LedgerError, ValueError) as problem:
        st.error(in_markdown(str(problem)))
        return
    if problems:
        st.error(ngettext("The ledger is not intact: {n} finding.", "The ledger is not intact: {n} findings.", len(problems)))
        st.dataframe({_("Finding"): problems}, hide_index=True)
    else:
        st.success(
            _("Intact: every entry fits its hash and the one before it and with the head that you kept.")
            if kept
            else _("Intact: every entry fits its hash and the one before it.")
        )


def _backup(ledger: Ledger) -> None:
    st.markdown(_("A backup is a whole ledger, made while others go on writing, and verified."))
    if st.button(_("Make a backup"), icon=":material/save:"):
        try:
            with tempfile.TemporaryDirectory() as folder:
                target = Path(folder) / "ledger.sqlite"
                head = ledger.backup(target)
                st.session_state["ledger_backup"] = (target.read_bytes(), str(head), dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ"))
        except LedgerError as problem:
            refuse(problem)
            return
    made = st.session_state.get("ledger_backup")
    if made:
        content, head, moment = made
        name = f"control-atlas-ledger-{moment}.sqlite"
        st.download_button(
            _("Download ({size} MB)", size=number(len(content) / 1e6, 1)), content, name, "application/vnd.sqlite3", on_click="ignore"
        )
        st.caption(_("Head {head}. `python -m geodata restore {name}` brings it back.", head=head, name=name))
