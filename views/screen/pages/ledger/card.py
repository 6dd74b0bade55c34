"""One event, opened: why we think so, its claims for and against, and every entry that touched them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import pandas as pd
import streamlit as st

from geodata import Claim, Dataset
from geodata.dataset.tables import TABLES
from geodata.ledger import Change, Entry, Ledger, LedgerError
from geodata.sentences import sentence_in
from views.language import ENGLISH, N_, _, language, name_of, ngettext, said
from views.screen.escape import in_markdown, verbatim
from views.screen.loading import Atlas
from views.screen.pages.ledger.author import author
from views.screen.pages.ledger.listing import what
from views.screen.session import speech
from views.vocabulary import STATUSES

SAYS = {
    "asserted": N_("**{claimant}** asserts"),
    "denied": N_("**{claimant}** denies"),
    "repelled": N_("**{claimant}** says repelled"),
}
ACTIONS = {"add": N_("added"), "correct": N_("corrected"), "retract": N_("retracted"), "restore": N_("restored")}


def show(atlas: Atlas, ledger: Ledger, dataset: Dataset, event: pd.Series, edit: Callable[[Entry], None]) -> None:
    """Draw the event; `edit` is called with the newest entry of the claim that somebody wants to correct.

    Parameters
    ----------
    dataset
        That of the event, with its retracted claims.
    """
    claims = {claim.claim_id: claim for claim in dataset.claims}
    supporting, opposing = ([claims[c] for c in event[column] if c in claims] for column in ("supporting", "opposing"))
    names = [str(event["name"]), str(event["name_ar"])]
    if language().code != ENGLISH:
        names.reverse()
    st.header(f"{in_markdown(' '.join(filter(None, names)))}: {in_markdown(what(event, atlas))}", anchor=False)
    st.markdown("  \n".join(_summary(event)))
    with st.container(horizontal=True):
        query = {"place": str(event["place_id"]), "date": shown_on(event, atlas.events, atlas.span[0]).isoformat()}
        if event["status"] != "corroborated":
            query["view"] = "claimed"  # it is in no other
        st.page_link("app.py", label=_("Show on the map"), icon=":material/map:", query_params=query | speech.query())
        st.caption(_("The address of this page reopens this event."))
    for title, found in ((_("For"), supporting), (_("Against"), opposing)):
        if found:
            count = ngettext("{n} claim", "{n} claims", len(found))
            st.markdown(f"**{title}** · {count}")
        for claim in sorted(found, key=lambda c: (c.reported_on, c.claim_id)):
            _claim(dataset, ledger, claim, edit)
    if not opposing:
        st.caption(_("No claim that we know of speaks against it."))
    _history(ledger, [*supporting, *opposing])


def shown_on(event: pd.Series, events: pd.DataFrame, first: dt.date) -> dt.date:
    """Return a day on which the map shows the event: its date, else the eve of the place's first change, not before `first`."""
    if not pd.isna(event["date"]):
        return event["date"].date()  # type: ignore[no-any-return]
    dated = events[(events["place_id"] == event["place_id"]) & (events["kind"] == "control")]["date_earliest"].min()
    return first if pd.isna(dated) else max(first, dated.date() - dt.timedelta(days=1))


def _summary(event: pd.Series) -> Iterable[str]:
    if event["status"]:
        grade = f" · **{event['confidence']}**" if event["confidence"] else ""
        colour = {"corroborated": "green", "claimed": "blue", "disputed": "orange", "retracted": "red"}[event["status"]]
        yield f":{colour}-badge[{_(STATUSES[event['status']])}]{grade} {in_markdown(said(sentence_in(event['reason_sentence'])))}"
    else:
        yield in_markdown(said(sentence_in(event["reason_sentence"])))
    if not pd.isna(event["date"]):
        days = str(event["date"].date())
        if event["kind"] != "control" and not pd.isna(event["until"]):
            days = _("{first} to {last}", first=days, last=event["until"].date())
        if event["date_earliest"] != event["date_latest"]:
            first, last = event["date_earliest"].date(), event["date_latest"].date()
            days = _("{days}, between {first} and {last}", days=days, first=first, last=last)
        yield days
    if event["status"] == "disputed":
        yield (
            _("Drawn on the map.")
            if event["prevails"]
            else _("Not better evidenced than what speaks against it: the former holder stays, flagged.")
        )


def _claim(dataset: Dataset, ledger: Ledger, claim: Claim, edit: Callable[[Entry], None]) -> None:
    document = dataset.documents[claim.document_id]
    newest = ledger.current("claims", claim.claim_id)
    gone = newest is not None and newest.action == "retract"
    side = name_of(dataset.parties[claim.claimant.side]) if claim.claimant.side else ""
    with st.container(border=True, key=f"claim_{claim.claim_id}"):
        says = _(SAYS[claim.modality], claimant=in_markdown(name_of(claim.claimant)))
        grade = f"{claim.claimant.reliability}{claim.credibility}"
        notes = [_("reported {day}", day=claim.reported_on), _("grade {grade}", grade=grade)]
        notes += [_("speaks for {party}", party=in_markdown(side))] if side else []
        badge = f":red-badge[{_(STATUSES['retracted'])}] " if gone else ""
        st.markdown(f"{badge}{says} · {' · '.join(notes)}  \n{verbatim(claim.statement)}", unsafe_allow_html=True)
        agency = f" ({document.agency})" if document.agency else ""
        where = _(
            "{outlet}, {day}, {locator}; written “{name}”; happened {days}",
            outlet=verbatim(f"{document.publisher}{agency}"),
            day=document.published_on,
            locator=verbatim(claim.locator),
            name=verbatim(claim.place_as_written),
            days=_span(claim),
        )
        note = f"  \n{verbatim(claim.note)}" if claim.note else ""
        st.caption(f"{where}{note}", unsafe_allow_html=True)
        with st.container(horizontal=True, gap="small"):
            if document.url:
                st.link_button(_("Open the document"), document.url, type="tertiary", icon=":material/open_in_new:")
            if newest and not gone:
                st.button(_("Correct"), key=f"correct_{claim.claim_id}", type="tertiary", on_click=edit, args=(newest,))
                with st.popover(_("Retract"), type="tertiary"):
                    _retract(ledger, newest)


def _span(claim: Claim) -> str:
    return str(claim.date_earliest) if claim.days == 1 else _("{first} to {last}", first=claim.date_earliest, last=claim.date_latest)


def _retract(ledger: Ledger, newest: Entry) -> None:
    st.caption(_("The claim stays in the ledger, marked as retracted, and counts no longer."))
    by = author(f"retract_{newest.key}")
    reason = st.text_input(_("Reason"), key=f"reason_{newest.key}", max_chars=500)
    if st.button(_("Retract the claim"), key=f"retract_{newest.key}", disabled=not (by and reason.strip())):
        record(ledger, [Change(newest.table, newest.key, "retract", {}, newest.number)], by, reason.strip())


def record(ledger: Ledger, changes: list[Change], by: str, reason: str) -> None:
    """Enter changes and start the page again; a refusal is shown where we stand."""
    try:
        receipt = ledger.append(changes, by, reason)
    except LedgerError as problem:
        refuse(problem)
        return
    st.session_state["ledger_said"] = _("Entered as {number}. Head {head}…", number=receipt.first, head=str(receipt.head)[:16])
    st.rerun()


def refuse(problem: LedgerError) -> None:
    """Say why the ledger did not take a change; of a stale one, what the other person did."""
    st.error(in_markdown(str(problem)))
    entry = getattr(problem, "entry", None)
    if entry is not None:
        st.markdown(f"**{in_markdown(entry.by)}**, {_when(entry.recorded_at)}: {_(ACTIONS[entry.action])}. {in_markdown(entry.reason)}")
        st.caption(_("Open the claim again to see it as it stands now, then decide. Nothing of yours was entered."))


def _history(ledger: Ledger, claims: list[Claim]) -> None:
    entries = [entry for claim in claims for entry in ledger.history("claims", claim.claim_id)]
    entries += [entry for document_id in {c.document_id for c in claims} for entry in ledger.history("documents", document_id)]
    if not entries:
        return
    with st.expander(
        ngettext(
            "History: {n} entry of these claims and their documents",
            "History: {n} entries of these claims and their documents",
            len(entries),
        )
    ):
        st.dataframe(history_table(ledger, sorted(entries, key=lambda e: -e.number)), hide_index=True)
        undoable = [entry for entry in entries if _is_newest(ledger, entry) and entry.supersedes is not None]
        if undoable:
            st.markdown(_("**Undo** makes a new entry that brings back what was before; both stay in the ledger."))
            by = author("undo")
            for entry in sorted(undoable, key=lambda e: -e.number):
                action, name = _(ACTIONS[entry.action]), in_markdown(entry.by)
                label = _("Undo {number}: {action} by {name}", number=entry.number, action=action, name=name)
                if st.button(label, key=f"undo_{entry.number}", disabled=not by):
                    undo(ledger, entry.number, by)


def undo(ledger: Ledger, number: int, by: str) -> None:
    """Undo an entry by a new one and start the page again; a refusal is shown where we stand."""
    try:
        receipt = ledger.undo(number, by, f"Undo of entry {number}")
    except LedgerError as problem:
        refuse(problem)
        return
    st.session_state["ledger_said"] = _("Entry {number} undone by entry {other}.", number=number, other=receipt.first)
    st.rerun()


def _is_newest(ledger: Ledger, entry: Entry) -> bool:
    newest = ledger.current(entry.table, entry.key)
    return newest is not None and newest.number == entry.number


def history_table(ledger: Ledger, entries: Iterable[Entry]) -> pd.DataFrame:
    """Entries as a table: when, who, what was done to which record, what changed, why."""
    rows = [
        {
            _("Entry"): entry.number,
            _("When (UTC)"): _when(entry.recorded_at),
            _("Who"): entry.by,
            _("What"): _("{record} {action}", record=_(TABLES[entry.table].what), action=_(ACTIONS[entry.action])),
            _("Record"): entry.key,
            _("Changed"): changed(ledger, entry),
            _("Why"): entry.reason,
            _("Hash"): entry.hash[:12],
        }
        for entry in entries
    ]
    return pd.DataFrame(rows)


def changed(ledger: Ledger, entry: Entry) -> str:
    """Return the cells that an entry changed, as 'column: old → new'; '' for a first entry or a retraction."""
    if entry.supersedes is None or entry.action == "retract":
        return ""
    before = next((e for e in ledger.history(entry.table, entry.key) if e.number == entry.supersedes), None)
    if before is None:
        return ""
    pairs = ((name, before.cells.get(name, ""), value) for name, value in entry.cells.items())
    return "; ".join(f"{name}: {old or '–'} → {new or '–'}" for name, old, new in pairs if old != new)


def _when(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
