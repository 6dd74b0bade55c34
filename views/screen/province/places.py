"""The places of the province: how long each party held them, and how often they changed hands."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geodata.histories import days_held, histories
from views.screen.escape import plain
from views.screen.province import figures
from views.screen.province.figures import Subject

NOTHING = "–"
MOST_ROWS, MOST_PX = 30, 600
LINK = {"Events": st.column_config.LinkColumn(display_text="events", width="small")}


def show(about: Subject) -> None:
    """Draw the table."""
    table = _table(about, key=about.key, code=about.code)
    first, last = about.atlas.span
    if table.empty:
        st.markdown(f"No claim is about a place in {plain(about.name)}: nobody we read says who held any of it.")
        return
    st.caption(
        f"{len(table)} places, {first} to {last}, both days included. A flip is a change from one known holder to another. Days are what "
        "the last credible claim says, also where a holder is inferred; ~ marks a date that the sources give as a span of days."
    )
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) <= MOST_ROWS else MOST_PX,
        column_config=LINK | {"Place": st.column_config.TextColumn(pinned=True)},
        key=f"places_{about.code}",
        alt=f"Places of {about.name}: days held by each party, flips, first and last change",
    )


@st.cache_data(show_spinner=False, max_entries=32)
def _table(_about: Subject, *, key: tuple[str, ...], code: str) -> pd.DataFrame:
    control, names = figures.control(_about), figures.party_names(_about.atlas)
    told = histories(control, *_about.atlas.span)
    here = (told["admin1"] == code).to_numpy()
    told, days = told[here].reset_index(drop=True), days_held(control, *_about.atlas.span)[here]
    columns: dict[str, object] = {
        "Place": told["name"],
        "الاسم": told["name_ar"],
        "Holder at the end": [names.get(holder, "no claim") for holder in told["holder"]],
        "Flips": told["flips"],
    }
    for party in names:
        if party in control.parties and days[:, control.parties.index(party)].any():
            columns[f"{names[party]}, days"] = days[:, control.parties.index(party)]
    columns["No claim, days"] = days[:, -1]
    columns["First change"] = told["first_change"].dt.strftime("%Y-%m-%d").fillna(NOTHING)
    exact = told["last_earliest"] == told["last_latest"]
    columns["Last change"] = (told["last_change"].dt.strftime("%Y-%m-%d") + exact.map({True: "", False: " ~"})).fillna(NOTHING)
    columns["Status of the last"] = told["last_status"].replace("", NOTHING)
    columns["Events"] = [f"ledger?place={place_id}" for place_id in told["place_id"]]
    return pd.DataFrame(columns).sort_values(["Flips", "Place"], ascending=[False, True], ignore_index=True)
