"""Add a claim, or correct one: a form with the gazetteer's search and a preview of what would change on the map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from geodata import Control, GeodataError, events_of
from geodata.control.differences import Difference, State, differences
from geodata.dataset.places import place_cells
from geodata.dataset.precision import date_precision
from geodata.dataset.tables import CLAIMS, canonical
from geodata.dataset.vocabulary import ClaimKind, Modality
from geodata.ledger import Change, Entry, LedgerError
from geodata.sentences import sentence_in
from views.language import N_, _, name_of, said
from views.screen.escape import in_markdown
from views.screen.frame import fields
from views.screen.loading import Atlas, gazetteer
from views.screen.pages.ledger import drafts
from views.screen.pages.ledger.author import author
from views.screen.pages.ledger.card import ACTIONS, changed, record, refuse
from views.screen.pages.ledger.filters import FIRST, LAST
from views.screen.pages.ledger.resolving import label, location_of
from views.vocabulary import CLAIM_KINDS, EVENT_KINDS, STATUSES
from views.vocabulary import MODALITIES as WORDS_OF_MODALITY

if TYPE_CHECKING:
    from gazetteer import Place

NEW = "+"
KIND_HELP = {
    "control_change": N_("takes the place"),
    "control_state": N_("holds the place"),
    "contested": N_("fights for the place"),
    "divided": N_("holds the greater part or the seat"),
    "siege_start": N_("besieges the place from then on"),
    "siege_end": N_("besieged the place until then"),
}
GAINING = {
    "control_change": N_("Who takes the place"),
    "control_state": N_("Who holds the place"),
    "contested": N_("Who fights for the place"),
    "divided": N_("Who holds the greater part or the seat"),
    "siege_start": N_("Who besieges the place from then on"),
    "siege_end": N_("Who besieged the place until then"),
}


def show(atlas: Atlas) -> None:
    """Draw the section; a claim to correct is named by `ledger_claim` in the session."""
    ledger = atlas.ledger
    corrected, seen = st.session_state.get("ledger_claim", ("", 0))
    # The entry that was opened, not the newest one: what somebody enters meanwhile must be refused as stale, not overwritten unseen.
    before = next((entry for entry in ledger.history("claims", corrected) if entry.number == seen), None)
    if before is not None:
        _about(atlas, before)
    else:
        st.markdown(
            _(
                "A claim: what one claimant asserts about one place in one document, in your own words. Nothing is entered before "
                "the preview."
            )
        )
    form = _Form(before)
    filled, preview = st.columns([3, 2], gap="medium")
    with filled:
        changes = _fields(atlas, form)
    with preview, st.container(key="ledger_preview"):
        _preview(atlas, changes, before)


class _Form:
    """Widgets that open with the cells of the record being corrected, or empty."""

    def __init__(self, before: Entry | None) -> None:
        self.before = before
        self.key = f"claim_{before.key}_{before.number}" if before else f"claim_new_{st.session_state.get('ledger_round', 0)}"

    def cell(self, column: str, usual: str = "") -> str:
        return self.before.cells.get(column, "") if self.before else usual

    def text(self, label: str, column: str, **options: Any) -> str:
        typed: str = st.text_input(label, self.cell(column), key=f"{self.key}_{column}", max_chars=500, **options)
        return typed.strip()

    def select(self, label: str, column: str, options: Sequence[str], shown: Callable[[str], str], usual: str = "", **more: Any) -> str:
        return fields.select(label, options, shown, key=f"{self.key}_{column}", usual=self.cell(column, usual), **more)

    def date(self, label: str, column: str) -> dt.date | None:
        value = self.cell(column)
        usual = dt.date.fromisoformat(value) if value else None
        chosen = st.date_input(label, usual, FIRST, LAST, format="YYYY-MM-DD", key=f"{self.key}_{column}")
        return chosen if isinstance(chosen, dt.date) else None


def _about(atlas: Atlas, before: Entry) -> None:
    st.markdown(
        _(
            "**Correcting** {claim}, as it stands since entry {number} by {name}.",
            claim=in_markdown(before.key),
            number=before.number,
            name=in_markdown(before.by),
        )
    )
    newest = atlas.ledger.current("claims", before.key)
    if newest is not None and newest.number != before.number:
        what = changed(atlas.ledger, newest) or _(ACTIONS[newest.action])
        meanwhile = _("Meanwhile {name} has changed it: {what}.", name=in_markdown(newest.by), what=in_markdown(what))
        st.warning(f"{meanwhile} {in_markdown(newest.reason)}")
        if st.button(_("Start again from theirs")):
            st.session_state["ledger_claim"] = (before.key, newest.number)
            st.rerun()
    if st.button(_("Leave it, and add a new claim instead"), type="tertiary"):
        st.session_state["ledger_claim"] = ("", 0)
        st.rerun()


def _fields(atlas: Atlas, form: _Form) -> list[Change] | None:
    """Return the changes that the form stands for; None while something needed is still missing."""
    changes: list[Change] = []
    with st.container():  # so that the fields below stay where they are, and an open list open, while those of a new document come and go
        document_id = _document(atlas, form, changes)
    place_id, written = _place(atlas, form, changes)
    parties = {party_id: name_of(party) for party_id, party in atlas.dataset.parties.items()}
    one, two, three = st.columns(3)
    with one:
        told = "\n".join(f"- {_(CLAIM_KINDS[kind])}: {_(what)}" for kind, what in KIND_HELP.items())
        kind = form.select(_("What it says"), "kind", [kind.value for kind in ClaimKind], lambda v: _(CLAIM_KINDS[v]), help=told)
        how = _("repelled: an attack failed; denied: it did not happen")
        modality = form.select(_("How"), "modality", [word.value for word in Modality], lambda v: _(WORDS_OF_MODALITY[v]), help=how)
    with two:
        gaining = form.select(_(GAINING[kind]), "gaining", list(parties), parties.__getitem__)
        losing = form.select(_("Against whom"), "losing", ["", *parties], lambda v: parties.get(v, _("not said")))
    with three:
        claimant_id = _claimant(atlas, form, parties, changes)
    one, two, three = st.columns(3)
    with one:
        earliest = form.date(_("Happened on, or not before"), "date_earliest")
    with two:
        latest = form.date(_("Not after (same day if empty)"), "date_latest") or earliest
    with three:
        reported = form.date(_("Said on"), "reported_on")
    one, two = st.columns([1, 2])
    with one:
        locator = form.text(_("Where in the document"), "locator", placeholder="p3")
        credibility = form.select(
            _("Credibility of the statement"),
            "credibility",
            list("123456"),
            lambda v: _(_CREDIBILITY[v]),
            usual="3",
            help=_("Admiralty code"),
        )
    with two:
        statement = form.text(_("Statement, in your own words"), "statement")
        note = form.text(_("Note"), "note")
    missing = {_("a document"): document_id, _("a place"): place_id, _("the day"): earliest, _("the day it was said"): reported}
    missing |= {_("where in the document"): locator, _("the statement"): statement, _("a claimant"): claimant_id}
    lacking = [name for name, value in missing.items() if not value]
    if lacking or earliest is None or latest is None or reported is None:
        st.caption(_("Still needed: {things}.", things=_(", ").join(lacking)))
        return None
    taken = atlas.ledger.currents("claims")
    claim_id = form.before.key if form.before else drafts.fresh(drafts.slug(document_id, place_id), taken)
    cells = {
        "claim_id": claim_id,
        "document_id": document_id,
        "locator": locator,
        "kind": kind,
        "place_id": place_id,
        "place_as_written": written,
        "gaining": gaining,
        "losing": losing,
        "claimant_id": claimant_id,
        "modality": modality,
        "date_earliest": earliest.isoformat(),
        "date_latest": latest.isoformat(),
        "date_precision": str(date_precision((latest - earliest).days + 1)),
        "where_precision": form.cell("where_precision", "1"),
        "reported_on": reported.isoformat(),
        "credibility": credibility,
        "statement": statement,
        "note": note,
    }
    before = form.before
    if before and before.action != "retract" and cells == {name: before.cells.get(name, "") for name in CLAIMS.names}:
        st.caption(_("Nothing is changed yet."))
        return None
    action = "add" if before is None else "restore" if before.action == "retract" else "correct"
    return [*changes, Change("claims", claim_id, action, cells, before.number if before else None)]


_CREDIBILITY = {
    "1": N_("1 confirmed elsewhere"),
    "2": N_("2 probably true"),
    "3": N_("3 possibly true"),
    "4": N_("4 doubtful"),
    "5": N_("5 improbable"),
    "6": N_("6 cannot be judged"),
}


def _document(atlas: Atlas, form: _Form, changes: list[Change]) -> str:
    documents = dict(sorted(atlas.dataset.documents.items(), key=lambda item: item[1].published_on, reverse=True))

    def shown(key: str) -> str:
        if key == NEW:
            return _("+ a new document")
        document = documents[key]
        return f"{document.published_on} {document.publisher}: {document.description}"

    chosen = form.select(_("Document"), "document_id", [NEW, *documents], shown)
    if chosen != NEW:
        return chosen
    one, two, three = st.columns([2, 2, 1])
    publisher = one.text_input(_("Publisher"), key=f"{form.key}_publisher", max_chars=200)
    agency = two.text_input(_("Agency it comes from, if said"), key=f"{form.key}_agency", max_chars=200)
    published = three.date_input(_("Published"), None, FIRST, LAST, format="YYYY-MM-DD", key=f"{form.key}_published")
    one, two = st.columns(2)
    url = one.text_input(_("Address"), key=f"{form.key}_url", max_chars=2000, placeholder="https://")
    description = two.text_input(_("What it reports, in your own words"), key=f"{form.key}_description", max_chars=500)
    if not (publisher.strip() and isinstance(published, dt.date)):
        return ""
    cells = drafts.document_cells(publisher, agency, published, url, description, atlas.ledger.currents("documents"))
    changes.append(Change("documents", cells["document_id"], "add", cells))
    return cells["document_id"]


def _place(atlas: Atlas, form: _Form, changes: list[Change]) -> tuple[str, str]:
    """place_id and the name as written."""
    asked, answered = st.columns(2)
    with asked:
        written = form.text(_("Place, as the document writes it"), "place_as_written", placeholder="Mheen, مهين")
    kept = form.cell("place_id")
    candidates = {c.place.place_id: c.place for c in gazetteer().resolve(written).candidates[:8]} if written else {}
    options = list(dict.fromkeys([*([kept] if kept else []), *candidates]))
    if not options:
        if written:
            answered.caption(_("The gazetteer knows no such place. Its page of places tells how to add a source."))
        return "", written

    def shown(place_id: str) -> str:
        place = candidates.get(place_id)
        if place:
            return label(place)
        location = atlas.dataset.locations[place_id]
        return f"{location.name} {location.name_ar} — {atlas.province_names.get(location.admin1, location.admin1)}"

    place_id = fields.select(_("which is"), options, shown, key=f"{form.key}_place_{written}", on=answered)
    if place_id not in atlas.dataset.locations:
        changes.append(Change("places", place_id, "add", _cells(candidates[place_id])))
    return place_id, written


def _cells(place: Place) -> dict[str, str]:
    return {name: canonical(value) for name, value in place_cells(location_of(place)).items()}


def _claimant(atlas: Atlas, form: _Form, parties: dict[str, str], changes: list[Change]) -> str:
    claimants = dict(sorted(atlas.dataset.claimants.items(), key=lambda item: name_of(item[1])))

    def shown(key: str) -> str:
        return _("+ a new claimant") if key == NEW else name_of(claimants[key])

    chosen = form.select(_("Who says so"), "claimant_id", [*claimants, NEW], shown)
    if chosen != NEW:
        return chosen
    name = st.text_input(_("Name of the claimant"), key=f"{form.key}_claimant", max_chars=200)
    side = fields.select(_("Speaks for"), ["", *parties], lambda v: parties.get(v, _("no side")), key=f"{form.key}_side")
    reliability = st.selectbox(
        _("Reliability"), list("FEDCBA"), key=f"{form.key}_reliability", help=_("Admiralty code; F cannot be judged")
    )
    if not name.strip():
        return ""
    cells = drafts.claimant_cells(name, side or "", reliability or "F", atlas.ledger.currents("claimants"))
    changes.append(Change("claimants", cells["claimant_id"], "add", cells))
    return cells["claimant_id"]


def _preview(atlas: Atlas, changes: list[Change] | None, before: Entry | None) -> None:
    st.markdown(_("**What would change on the map**"))
    if not changes:
        st.caption(_("Fill in the form to see it."))
        return
    try:
        dataset = atlas.ledger.preview(changes)
    except LedgerError as problem:
        refuse(problem)
        return
    except GeodataError as problem:
        st.error(in_markdown(str(problem)))
        return
    claim = changes[-1]
    touched = {claim.cells["place_id"], before.cells["place_id"] if before else claim.cells["place_id"]}
    events = events_of(dataset)
    found = differences(Control(atlas.events), Control(events), touched)
    if found:
        st.dataframe(pd.DataFrame([_difference(atlas, name_of(dataset.locations[d.place_id]), d) for d in found]), hide_index=True)
    else:
        st.info(_("Nothing on the map: the claim supports, or is set beside, what is drawn already."))
    mine = events[(events["supporting"] + events["opposing"]).map(lambda ids: claim.key in ids)]
    for event in mine.itertuples():
        word = _(STATUSES[event.status]) if event.status else _(EVENT_KINDS[event.kind])
        told = {"status": word, "reason": in_markdown(said(sentence_in(event.reason_sentence)))}
        st.markdown(
            _("It supports an event of status **{status}**: {reason}", **told)
            if claim.key in event.supporting
            else _("It speaks against an event of status **{status}**: {reason}", **told)
        )
    by = author("claim")
    reason = st.text_input(
        _("Reason"),
        key=f"reason_{claim.key}",
        max_chars=500,
        placeholder=_("why it is corrected") if before else _("may be left empty"),
    )
    needed = bool(by) and (before is None or bool((reason or "").strip()))
    if st.button(_("Enter the correction") if before else _("Enter the claim"), type="primary", disabled=not needed):
        st.session_state["ledger_claim"] = ("", 0)
        st.session_state["ledger_round"] = st.session_state.get("ledger_round", 0) + 1
        record(atlas.ledger, changes, by, (reason or "").strip())


def _difference(atlas: Atlas, name: str, difference: Difference) -> dict[str, str]:
    return {
        _("Place"): name,
        _("From"): str(difference.first or _("the beginning")),
        _("To"): str(difference.last or _("open ended")),
        _("Now"): _state(atlas, difference.before),
        _("Then"): _state(atlas, difference.after),
    }


def _state(atlas: Atlas, state: State) -> str:
    holder, *conditions = state
    party = atlas.dataset.parties.get(holder)
    names = (_("contested"), _("besieged"), _("in transition"), _("flagged"))
    words = [word for word, on in zip(names, conditions, strict=True) if on]
    return _(", ").join([name_of(party) if party else holder or _("not known"), *words])
