"""One event, opened: why we think so, its claims for and against, and every entry that touched them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import pandas as pd
import streamlit as st

from geodata import Claim, Dataset
from geodata.ledger import Change, Entry, Ledger, LedgerError
from geodata.tables import TABLES
from views.screen.escape import plain
from views.screen.ledger.author import author
from views.screen.ledger.listing import what
from views.screen.loading import Atlas

MODALITIES = {"asserted": "asserts", "denied": "denies", "repelled": "says repelled"}
ACTIONS = {"add": "added", "correct": "corrected", "retract": "retracted", "restore": "restored"}


def show(atlas: Atlas, ledger: Ledger, dataset: Dataset, event: pd.Series, edit: Callable[[Entry], None]) -> None:
    """Draw the event; `edit` is called with the newest entry of the claim that somebody wants to correct.

    Parameters
    ----------
    dataset
        That of the event, with its retracted claims.
    """
    claims = {claim.claim_id: claim for claim in dataset.claims}
    supporting, opposing = ([claims[c] for c in event[column].split("|") if c in claims] for column in ("supporting", "opposing"))
    st.header(f"{plain(event['name'])} {plain(event['name_ar'])}: {plain(what(event, atlas))}", anchor=False)
    st.markdown("  \n".join(_summary(event)))
    with st.container(horizontal=True):
        query = {"place": str(event["place_id"])} | ({"date": str(event["date"].date())} if not pd.isna(event["date"]) else {})
        st.page_link("app.py", label="Show on the map", icon=":material/map:", query_params=query)
        st.caption("The address of this page reopens this event.")
    for title, found in (("For", supporting), ("Against", opposing)):
        if found:
            st.markdown(f"**{title}** · {len(found)} claim{'s' * (len(found) != 1)}")
        for claim in sorted(found, key=lambda c: (c.reported_on, c.claim_id)):
            _claim(dataset, ledger, claim, edit)
    if not opposing:
        st.caption("No claim that we know of speaks against it.")
    _history(ledger, [*supporting, *opposing])


def _summary(event: pd.Series) -> Iterable[str]:
    if event["status"]:
        grade = f" · **{event['confidence']}**" if event["confidence"] else ""
        colour = {"corroborated": "green", "claimed": "blue", "disputed": "orange", "retracted": "red"}[event["status"]]
        yield f":{colour}-badge[{event['status']}]{grade} {plain(event['reason'])}"
    else:
        yield plain(event["reason"])
    if not pd.isna(event["date"]):
        window = event["date_earliest"] != event["date_latest"]
        between = f", between {event['date_earliest'].date()} and {event['date_latest'].date()}" if window else ""
        until = f" to {event['until'].date()}" if event["kind"] != "control" and not pd.isna(event["until"]) else ""
        yield f"{event['date'].date()}{until}{between}"
    if event["status"] == "disputed":
        yield (
            "Drawn on the map."
            if event["prevails"]
            else "Not better evidenced than what speaks against it: the former holder stays, flagged."
        )


def _claim(dataset: Dataset, ledger: Ledger, claim: Claim, edit: Callable[[Entry], None]) -> None:
    document = dataset.documents[claim.document_id]
    newest = ledger.current("claims", claim.claim_id)
    gone = newest is not None and newest.action == "retract"
    side = dataset.parties[claim.claimant.side].name if claim.claimant.side else ""
    with st.container(border=True, key=f"claim_{claim.claim_id}"):
        says = f"**{plain(claim.claimant.name)}** {MODALITIES[claim.modality]}"
        grade = f"{claim.claimant.reliability}{claim.credibility}"
        notes = [f"reported {claim.reported_on}", f"grade {grade}", *([f"speaks for {plain(side)}"] if side else [])]
        st.markdown(f"{':red-badge[retracted] ' if gone else ''}{says} · {' · '.join(notes)}  \n{plain(claim.statement)}")
        agency = f" ({plain(document.agency)})" if document.agency else ""
        written = f"{plain(claim.locator)}; written “{plain(claim.place_as_written)}”"
        where = f"{plain(document.publisher)}{agency}, {document.published_on}, {written}"
        note = f"  \n{plain(claim.note)}" if claim.note else ""
        st.caption(f"{where}; happened {_span(claim)}{note}")
        with st.container(horizontal=True, gap="small"):
            if document.url:
                st.link_button("Open the document", document.url, type="tertiary", icon=":material/open_in_new:")
            if newest and not gone:
                st.button("Correct", key=f"correct_{claim.claim_id}", type="tertiary", on_click=edit, args=(newest,))
                with st.popover("Retract", type="tertiary"):
                    _retract(ledger, newest)


def _span(claim: Claim) -> str:
    return str(claim.date_earliest) if claim.days == 1 else f"{claim.date_earliest} to {claim.date_latest}"


def _retract(ledger: Ledger, newest: Entry) -> None:
    st.caption("The claim stays in the ledger, marked as retracted, and counts no longer.")
    by = author(f"retract_{newest.key}")
    reason = st.text_input("Reason", key=f"reason_{newest.key}", max_chars=500)
    if st.button("Retract the claim", key=f"retract_{newest.key}", disabled=not (by and reason.strip())):
        record(ledger, [Change(newest.table, newest.key, "retract", {}, newest.number)], by, reason.strip())


def record(ledger: Ledger, changes: list[Change], by: str, reason: str) -> None:
    """Enter changes and start the page again; a refusal is shown where we stand."""
    try:
        receipt = ledger.append(changes, by, reason)
    except LedgerError as problem:
        refuse(problem)
        return
    st.session_state["ledger_said"] = f"Entered as {receipt.first}. Head {str(receipt.head)[:16]}…"
    st.rerun()


def refuse(problem: LedgerError) -> None:
    """Say why the ledger did not take a change; of a stale one, what the other person did."""
    st.error(plain(str(problem)))
    entry = getattr(problem, "entry", None)
    if entry is not None:
        st.markdown(f"**{plain(entry.by)}**, {_when(entry.recorded_at)}: {ACTIONS[entry.action]}. {plain(entry.reason)}")
        st.caption("Open the claim again to see it as it stands now, then decide. Nothing of yours was entered.")


def _history(ledger: Ledger, claims: list[Claim]) -> None:
    entries = [entry for claim in claims for entry in ledger.history("claims", claim.claim_id)]
    entries += [entry for document_id in {c.document_id for c in claims} for entry in ledger.history("documents", document_id)]
    if not entries:
        return
    with st.expander(f"History: {len(entries)} entr{'ies' if len(entries) != 1 else 'y'} of these claims and their documents"):
        st.dataframe(history_table(ledger, sorted(entries, key=lambda e: -e.number)), hide_index=True)
        undoable = [entry for entry in entries if _is_newest(ledger, entry) and entry.supersedes is not None]
        if undoable:
            st.markdown("**Undo** makes a new entry that brings back what was before; both stay in the ledger.")
            by = author("undo")
            for entry in sorted(undoable, key=lambda e: -e.number):
                label = f"Undo {entry.number}: {ACTIONS[entry.action]} by {plain(entry.by)}"
                if st.button(label, key=f"undo_{entry.number}", disabled=not by):
                    undo(ledger, entry.number, by)


def undo(ledger: Ledger, number: int, by: str) -> None:
    """Undo an entry by a new one and start the page again; a refusal is shown where we stand."""
    try:
        receipt = ledger.undo(number, by, f"Undo of entry {number}")
    except LedgerError as problem:
        refuse(problem)
        return
    st.session_state["ledger_said"] = f"Entry {number} undone by entry {receipt.first}."
    st.rerun()


def _is_newest(ledger: Ledger, entry: Entry) -> bool:
    newest = ledger.current(entry.table, entry.key)
    return newest is not None and newest.number == entry.number


def history_table(ledger: Ledger, entries: Iterable[Entry]) -> pd.DataFrame:
    """Entries as a table: when, who, what was done to which record, what changed, why."""
    rows = [
        {
            "Entry": entry.number,
            "When (UTC)": _when(entry.recorded_at),
            "Who": entry.by,
            "What": f"{TABLES[entry.table].what} {ACTIONS[entry.action]}",
            "Record": entry.key,
            "Changed": changed(ledger, entry),
            "Why": entry.reason,
            "Hash": entry.hash[:12],
        }
        for entry in entries
    ]
    return pd.DataFrame(rows)


def changed(ledger: Ledger, entry: Entry) -> str:
    """The cells that an entry changed, as 'column: old → new'; '' for a first entry or a retraction."""
    if entry.supersedes is None or entry.action == "retract":
        return ""
    before = next((e for e in ledger.history(entry.table, entry.key) if e.number == entry.supersedes), None)
    if before is None:
        return ""
    pairs = ((name, before.cells.get(name, ""), value) for name, value in entry.cells.items())
    return "; ".join(f"{name}: {old or '–'} → {new or '–'}" for name, old, new in pairs if old != new)


def _when(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
