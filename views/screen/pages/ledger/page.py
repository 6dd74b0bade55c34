"""The page of the ledger."""

from __future__ import annotations

from dataclasses import fields

import streamlit as st

from geodata.ledger import Entry
from views.language import N_, _
from views.screen.escape import in_markdown
from views.screen.frame.fields import segmented, spoken
from views.screen.frame.frame import header, load_or_stop
from views.screen.loading import Atlas
from views.screen.pages.ledger import card, claim_form, findings, importing, journal, listing
from views.screen.pages.ledger.filters import Filters, choose
from views.screen.permalink.schema import LOOK
from views.screen.session import speech
from views.screen.session.event_links import find
from views.screen.session.visit import current_permalink, opening_permalink

OWN = {"event", "section", *(field.name for field in fields(Filters))}
"""Names in the link that this page reads by itself."""

SECTIONS = {
    "events": N_("Events"),
    "claim": N_("Add a claim"),
    "import": N_("Import and export"),
    "findings": N_("Findings"),
    "journal": N_("Journal"),
}


def ledger_page(page: str) -> None:
    """Draw the page."""
    atlas = load_or_stop()
    # A link of Streamlit's to the very page it stands on changes nothing, so that such links leave their query here.
    said = st.session_state.pop("ledger_link", None) or {name: value for name, value in speech.query_without().items() if name not in LOOK}
    opening_permalink(atlas, page, OWN)
    header(_("Ledger"), page, atlas, exports=None)
    if note := st.session_state.pop("ledger_said", ""):
        st.toast(in_markdown(note), icon="✅")
    section = _section(said)
    if section == "claim":
        claim_form.show(atlas)
    elif section == "import":
        importing.show(atlas)
    elif section == "findings":
        findings.show(atlas, _follow)
    elif section == "journal":
        journal.show(atlas.ledger)
    else:
        _events(atlas, said)


def _section(said: dict[str, str]) -> str:
    """Return the section that is chosen, kept in the address."""
    wanted = st.session_state.pop("ledger_goto", "")
    if not wanted and said != st.session_state.get("ledger_query"):
        wanted = said.get("section", "") if said.get("section") in SECTIONS else "events"  # a link was followed
    if wanted:
        st.session_state[spoken("ledger_section")] = wanted
    names = {section: _(word) for section, word in SECTIONS.items()}
    chosen = segmented(_("Section"), names, key="ledger_section", usual="events", label_visibility="collapsed")
    if chosen != "events":
        _say({"section": chosen})
    return chosen


def _say(query: dict[str, str]) -> None:
    """Let the address follow."""
    st.session_state["ledger_query"] = query
    now = current_permalink().query()
    whole = query | {name: now[name] for name in LOOK if name in now}
    if speech.query_without() != whole:
        st.query_params.from_dict(whole | speech.query())


def _events(atlas: Atlas, said: dict[str, str]) -> None:
    filters = choose(atlas, Filters.of(said, atlas))
    dataset, events = listing.with_retracted(atlas.ledger, atlas.dataset, atlas.events)
    listed, opened = st.columns([1, 1], gap="medium")
    with listed:
        clicked = listing.show(atlas, filters.keep(events, dataset))
    address = clicked or said.get("event", "")
    event = find(events, address) if address else None
    _say(filters.query() | ({"event": address} if event is not None else {}))
    with opened, st.container(key="ledger_event"):
        if event is not None:
            card.show(atlas, atlas.ledger, dataset, event, _edit)
        elif address:
            st.info(_("The link's event “{text}” is not in this ledger.", text=in_markdown(address[:80])))
        else:
            st.caption(
                _("Choose an event of the list. Claims for and against it open here, with their documents and everybody who edited them.")
            )


def _follow(link: dict[str, str]) -> None:
    st.session_state["ledger_link"] = link
    st.session_state["ledger_query"] = {}


def _edit(entry: Entry) -> None:
    st.session_state["ledger_goto"] = "claim"
    st.session_state["ledger_claim"] = (entry.key, entry.number)
