"""The events of the province as a table, each with who says so and a link to its claims."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from geodata.dataset.parties import DIVIDED
from views.language import N_, _, listed, name_of, ngettext
from views.screen.escape import in_markdown
from views.screen.pages.province.figures import Subject
from views.screen.session import speech
from views.screen.session.event_links import address_of
from views.vocabulary import EVENT_KINDS, STATUSES

NOT_KNOWN = N_("not known")


def show(about: Subject) -> None:
    """Draw the table, newest first."""
    table = _table(about, key=about.words_key, code=about.code)
    if table.empty:
        st.markdown(_("No claim is about a place in {province}.", province=in_markdown(about.name)))
        return
    st.caption(
        ngettext(
            "{n} event, newest first, in every view. ~ marks a date that the sources give as a span of days.",
            "{n} events, newest first, in every view. ~ marks a date that the sources give as a span of days.",
            len(table),
        )
    )
    st.dataframe(
        table,
        hide_index=True,
        height=420,
        column_config={
            _("Who says so"): st.column_config.TextColumn(width="medium"),
            _("Against"): st.column_config.TextColumn(width="small"),
            _("Claims"): st.column_config.LinkColumn(display_text=_("claims"), width="small"),
        },
        key=f"events_{about.code}",
        alt=_("Events of {province}: date, place, from whom to whom, status, who says so", province=about.name),
    )


@st.cache_data(show_spinner=False, max_entries=32)
def _table(_about: Subject, *, key: tuple[str, ...], code: str) -> pd.DataFrame:
    dataset, events = _about.seen.dataset, _about.seen.events
    events = events[events["admin1"] == code].sort_values("date", ascending=False, na_position="last", kind="stable")
    claimants = {claim.claim_id: name_of(claim.claimant) for claim in dataset.claims}
    names = {party_id: name_of(party) for party_id, party in dataset.parties.items()} | {
        DIVIDED.party_id: name_of(DIVIDED),
        "": _(NOT_KNOWN),
    }

    def said(ids: tuple[str, ...]) -> str:
        return _(", ").join(dict.fromkeys(claimants[claim_id] for claim_id in ids))

    rows = []
    for event in events.itertuples():
        address = address_of(event._asdict())
        control = event.kind == "control"
        sides = listed([names[side] for side in event.sides])
        rows.append(
            {
                _("Date"): _date(event),
                _("Place"): name_of(event),
                _("What"): (_("change") if event.basis in ("change", "implied") else _("found so"))
                if control
                else _(EVENT_KINDS[event.kind]),
                _("From"): names[event.previous] if control else "",
                _("To"): names[event.party] if control else sides,
                _("Status"): _(STATUSES[event.status]) if event.status else "–",
                _("Who says so"): said(event.supporting),
                _("Against"): said(event.opposing),
                _("Claims"): f"ledger?{urlencode({'event': address, **speech.query()})}",
            }
        )
    return pd.DataFrame(rows)


def _date(event: object) -> str:
    date, earliest, latest = (getattr(event, column) for column in ("date", "date_earliest", "date_latest"))
    if pd.isna(date):
        return _("before the first claim")
    return f"{date.date()}{'' if earliest == latest else ' ~'}"
