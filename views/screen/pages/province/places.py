"""The places of the province: how long each party held them, and how often they changed hands."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from geodata.control.histories import days_held, histories
from views.language import ENGLISH, _, language, names_in, ngettext
from views.screen.escape import in_markdown
from views.screen.pages.province import figures
from views.screen.pages.province.figures import Subject
from views.screen.session import speech
from views.vocabulary import STATUSES

NOTHING = "–"
MOST_ROWS, MOST_PX = 30, 600


def show(about: Subject) -> None:
    """Draw the table."""
    table = _table(about, key=about.words_key, code=about.code)
    first, last = about.atlas.span
    if table.empty:
        st.markdown(_("No claim is about a place in {province}: nobody we read says who held any of it.", province=in_markdown(about.name)))
        return
    st.caption(
        ngettext(
            "{n} place, {first} to {last}, both days included. A flip is a change from one known holder to another. Days are what the "
            "last credible claim says, also where a holder is inferred; ~ marks a date that the sources give as a span of days.",
            "{n} places, {first} to {last}, both days included. A flip is a change from one known holder to another. Days are what the "
            "last credible claim says, also where a holder is inferred; ~ marks a date that the sources give as a span of days.",
            len(table),
            first=first,
            last=last,
        )
    )
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) <= MOST_ROWS else MOST_PX,
        column_config={
            _("Events"): st.column_config.LinkColumn(display_text=_("events"), width="small"),
            _("Place"): st.column_config.TextColumn(pinned=True),
        },
        key=f"places_{about.code}",
        alt=_("Places of {province}: days held by each party, flips, first and last change", province=about.name),
    )


@st.cache_data(show_spinner=False, max_entries=32)
def _table(_about: Subject, *, key: tuple[str, ...], code: str) -> pd.DataFrame:
    control, names = figures.control(_about), figures.party_names(_about.atlas)
    told = histories(control, *_about.atlas.span)
    here = (told["admin1"] == code).to_numpy()
    told, days = told[here].reset_index(drop=True), days_held(control, *_about.atlas.span)[here]
    english = language().code == ENGLISH
    columns: dict[str, object] = {
        _("Place"): names_in(told),
        "الاسم" if english else "Name": told["name_ar"] if english else told["name"],
        _("Holder at the end"): [names.get(holder, _("no claim")) for holder in told["holder"]],
        _("Flips"): told["flips"],
    }
    for party in names:
        if party in control.parties and days[:, control.parties.index(party)].any():
            columns[_("{party}, days", party=names[party])] = days[:, control.parties.index(party)]
    columns[_("No claim, days")] = days[:, -1]
    columns[_("First change")] = told["first_change"].dt.strftime("%Y-%m-%d").fillna(NOTHING)
    exact = told["last_earliest"] == told["last_latest"]
    columns[_("Last change")] = (told["last_change"].dt.strftime("%Y-%m-%d") + exact.map({True: "", False: " ~"})).fillna(NOTHING)
    columns[_("Status of the last")] = [_(STATUSES[status]) if status else NOTHING for status in told["last_status"]]
    columns[_("Events")] = [f"ledger?{urlencode({'place': place_id, **speech.query()})}" for place_id in told["place_id"]]
    return pd.DataFrame(columns).sort_values([_("Flips"), _("Place")], ascending=[False, True], ignore_index=True)
