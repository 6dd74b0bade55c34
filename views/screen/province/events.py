"""The events of the province as a table, each with who says so and a link to its claims."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geodata.parties import DIVIDED
from views.screen.escape import plain
from views.screen.ledger.filters import KINDS
from views.screen.province.figures import Subject

NOT_KNOWN = "not known"


def show(about: Subject) -> None:
    """Draw the table, newest first."""
    table = _table(about, key=about.key, code=about.code)
    if table.empty:
        st.markdown(f"No claim is about a place in {plain(about.name)}.")
        return
    st.caption(f"{len(table)} events, newest first, in every view. ~ marks a date that the sources give as a span of days.")
    st.dataframe(
        table,
        hide_index=True,
        height=420,
        column_config={
            "Who says so": st.column_config.TextColumn(width="medium"),
            "Against": st.column_config.TextColumn(width="small"),
            "Claims": st.column_config.LinkColumn(display_text="claims", width="small"),
        },
        key=f"events_{about.code}",
        alt=f"Events of {about.name}: date, place, from whom to whom, status, who says so",
    )


@st.cache_data(show_spinner=False, max_entries=32)
def _table(_about: Subject, *, key: tuple[str, ...], code: str) -> pd.DataFrame:
    dataset, events = _about.seen.dataset, _about.seen.events
    events = events[events["admin1"] == code].sort_values("date", ascending=False, na_position="last", kind="stable")
    claimants = {claim.claim_id: claim.claimant.name for claim in dataset.claims}
    names = {party_id: party.name for party_id, party in dataset.parties.items()} | {DIVIDED.party_id: DIVIDED.name, "": NOT_KNOWN}

    def said(ids: str) -> str:
        return ", ".join(dict.fromkeys(claimants[claim_id] for claim_id in ids.split("|") if claim_id))

    rows = []
    for event in events.itertuples():
        control = event.kind == "control"
        sides = " and ".join(names[side] for side in event.sides.split("|") if side)
        rows.append(
            {
                "Date": _date(event),
                "Place": event.name,
                "What": ("change" if event.basis in ("change", "implied") else "found so") if control else KINDS[event.kind],
                "From": names[event.previous] if control else "",
                "To": names[event.party] if control else sides,
                "Status": event.status or "–",
                "Who says so": said(event.supporting),
                "Against": said(event.opposing),
                "Claims": f"ledger?event={event.supporting.split('|')[0]}",
            }
        )
    return pd.DataFrame(rows)


def _date(event: object) -> str:
    date, earliest, latest = (getattr(event, column) for column in ("date", "date_earliest", "date_latest"))
    if pd.isna(date):
        return "before the first claim"
    return f"{date.date()}{'' if earliest == latest else ' ~'}"
