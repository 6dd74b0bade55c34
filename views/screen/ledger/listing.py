"""The list of events: one row an event, those whose claims were all retracted included."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geodata import Dataset, events_of
from geodata.ledger import Change, Ledger
from geodata.parties import DIVIDED
from views.screen.ledger.filters import KINDS
from views.screen.loading import Atlas


def with_retracted(ledger: Ledger, dataset: Dataset, events: pd.DataFrame) -> tuple[Dataset, pd.DataFrame]:
    """The dataset with its retracted claims, and the events with those that rest on retracted claims alone, of status 'retracted'."""
    gone = [entry for entry in ledger.currents("claims").values() if entry.action == "retract"]
    if not gone:
        return dataset, events
    restored = ledger.preview([Change("claims", entry.key, "restore", entry.cells, entry.number) for entry in gone])
    ids = {entry.key for entry in gone}
    full = events_of(restored)
    only = full[full["supporting"].map(lambda supporting: set(supporting.split("|")) <= ids)].copy()
    only["status"] = "retracted"
    only["event_id"] = "retracted-" + only["event_id"]
    return restored, pd.concat([events, only], ignore_index=True)


def address_of(event: pd.Series) -> str:
    """What names an event in a link: its first supporting claim, which outlives new claims and dates."""
    return str(event["supporting"]).split("|")[0]


def find(events: pd.DataFrame, address: str) -> pd.Series | None:
    """The event that a link names: the one that this claim supports, else the one that it speaks against; None where there is none."""
    for column in ("supporting", "opposing"):
        found = events[events[column].map(lambda ids: address in str(ids).split("|"))]
        if len(found):
            # A claim can stand behind a change and behind fighting: the change is what people mean.
            return found.sort_values("kind", key=lambda kinds: kinds != "control", kind="stable").iloc[0]
    return None


def show(atlas: Atlas, events: pd.DataFrame) -> str | None:
    """Draw the list, newest first; returns the address of the event that was clicked, or None."""
    ordered = events.sort_values("date", ascending=False, na_position="last", kind="stable").reset_index(drop=True)
    table = pd.DataFrame(
        {
            "Date": [_date(row) for _, row in ordered.iterrows()],
            "Place": ordered["name"],
            "What": [what(row, atlas) for _, row in ordered.iterrows()],
            "Status": ordered["status"].where(ordered["status"] != "", "–"),
            "For : against": [f"{_count(row['supporting'])} : {_count(row['opposing'])}" for _, row in ordered.iterrows()],
        }
    )
    st.caption(f"{len(table)} event{'s' * (len(table) != 1)}. Choose one to see its claims.")
    chosen = st.dataframe(
        table, hide_index=True, height=560, on_select="rerun", selection_mode="single-row", key="ledger_list", column_config=_WIDTHS
    )
    rows = chosen["selection"]["rows"]
    return address_of(ordered.iloc[rows[0]]) if rows and rows[0] < len(ordered) else None


_WIDTHS = {
    "Date": st.column_config.TextColumn(width=105, help="~ the sources give a span of days"),
    "Place": st.column_config.TextColumn(width=125),
    "What": st.column_config.TextColumn(width=225),
    "Status": st.column_config.TextColumn(width=95),
    "For : against": st.column_config.TextColumn(width=85, help="Number of claims that support it, and that speak against it"),
}


def what(event: pd.Series, atlas: Atlas) -> str:
    """An event in words: who takes, holds, fights for or besieges."""
    names = {party_id: party.name for party_id, party in atlas.dataset.parties.items()} | {DIVIDED.party_id: "divided", "": "not known"}
    party, previous = names[str(event["party"])], names[str(event["previous"])]
    if event["kind"] != "control":
        sides = " and ".join(names[side] for side in str(event["sides"]).split("|") if side)
        return f"{KINDS[str(event['kind'])].capitalize()}: {sides}"
    if event["basis"] in ("before", "state") and not event["previous"]:
        return f"Held by {party}"
    return f"{previous} → {party}"


def _date(event: pd.Series) -> str:
    if pd.isna(event["date"]):
        return "before the first claim"
    return f"{event['date'].date()}{'' if event['date_earliest'] == event['date_latest'] else ' ~'}"


def _count(ids: str) -> int:
    return len([part for part in ids.split("|") if part])
