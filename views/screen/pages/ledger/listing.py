"""The list of events: one row an event, those whose claims were all retracted included."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from geodata import Dataset, events_of
from geodata.dataset.parties import DIVIDED
from geodata.ledger import Change, Ledger
from views.language import _, language, listed, name_of, names_in, ngettext
from views.screen.loading import Atlas
from views.screen.session.event_links import address_of
from views.vocabulary import STATUSES


def with_retracted(ledger: Ledger, dataset: Dataset, events: pd.DataFrame) -> tuple[Dataset, pd.DataFrame]:
    """Return the dataset with its retracted claims, and the events, those that rest on them alone of status 'retracted'."""
    gone = [entry for entry in ledger.currents("claims").values() if entry.action == "retract"]
    if not gone:
        return dataset, events
    restored = ledger.preview([Change("claims", entry.key, "restore", entry.cells, entry.number) for entry in gone])
    ids = {entry.key for entry in gone}
    full = events_of(restored)
    only = full[full["supporting"].map(lambda supporting: ids.issuperset(supporting))].copy()
    only["status"] = "retracted"
    only["event_id"] = "retracted-" + only["event_id"]
    return restored, pd.concat([events, only], ignore_index=True)


def show(atlas: Atlas, events: pd.DataFrame) -> str | None:
    """Draw the list, newest first; returns the address of the event that was clicked, or None."""
    ordered = events.sort_values("date", ascending=False, na_position="last", kind="stable").reset_index(drop=True)
    table = pd.DataFrame(
        {
            _("Date"): [_date(row) for _k, row in ordered.iterrows()],
            _("Place"): names_in(ordered),
            _("What"): [what(row, atlas) for _k, row in ordered.iterrows()],
            _("Status"): [_(STATUSES[status]) if status else "–" for status in ordered["status"]],
            _("For"): ordered["supporting"].map(len),
            _("Against"): ordered["opposing"].map(len),
        }
    )
    st.caption(ngettext("{n} event. Choose one to see its claims.", "{n} events. Choose one to see its claims.", len(table)))
    chosen = st.dataframe(
        table, hide_index=True, height=560, on_select="rerun", selection_mode="single-row", key="ledger_list", column_config=_columns()
    )
    rows = chosen["selection"]["rows"]
    return address_of(ordered.iloc[rows[0]]) if rows and rows[0] < len(ordered) else None


def _columns() -> dict[str, Any]:
    return {
        _("Date"): st.column_config.TextColumn(width=105, help=_("~ the sources give a span of days")),
        _("Place"): st.column_config.TextColumn(width=125),
        _("What"): st.column_config.TextColumn(width=225),
        _("Status"): st.column_config.TextColumn(width=95),
        _("For"): st.column_config.NumberColumn(width=45, help=_("Number of claims that support it")),
        _("Against"): st.column_config.NumberColumn(width=60, help=_("Number of claims that speak against it")),
    }


def what(event: pd.Series, atlas: Atlas) -> str:
    """Return an event in words: who takes, holds, fights for or besieges."""
    names = {party_id: name_of(party) for party_id, party in atlas.dataset.parties.items()}
    names |= {DIVIDED.party_id: _("divided"), "": _("not known")}
    party, previous = names[str(event["party"])], names[str(event["previous"])]
    if event["kind"] != "control":
        sides = listed([names[side] for side in event["sides"]])
        return _("Siege: {sides}", sides=sides) if event["kind"] == "siege" else _("Fighting or dispute: {sides}", sides=sides)
    if event["basis"] in ("before", "state") and not event["previous"]:
        return _("Held by {party}", party=party)
    return f"{previous} {'→' if language().direction == 'ltr' else '←'} {party}"


def _date(event: pd.Series) -> str:
    if pd.isna(event["date"]):
        return _("before the first claim")
    return f"{event['date'].date()}{'' if event['date_earliest'] == event['date_latest'] else ' ~'}"
