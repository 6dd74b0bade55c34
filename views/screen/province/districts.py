"""The districts of the province, where somebody has added their outlines."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from geodata import GeodataError
from geodata.boundaries import boundaries
from geodata.boundary_store import added
from geodata.districts import control_in
from geodata.measures import BLANK, UNKNOWN_HOLDER, Measures
from views.screen.escape import plain
from views.screen.loading import Atlas
from views.screen.province import figures
from views.screen.timeline import watch

HOW = (
    "Districts are not bundled: once their outlines are added with `python -m geodata boundaries add FILE --level 2` and its options, a "
    "table of them stands here, with places, holders and km² of each."
)


@st.fragment
def show(atlas: Atlas, code: str, view: str) -> None:
    """Draw the table of the present day, or say how to add outlines."""
    try:
        origin = added(2)
    except GeodataError as problem:
        st.info(plain(str(problem)))
        return
    if origin is None:
        st.caption(HOW)
        return
    seen = watch(atlas.scripts_url, key=f"watch_districts_{code}", days=True)
    day = dt.date.fromisoformat(seen["date"]) if seen else atlas.span[1]
    table = _table(atlas, view, code, day, data_url=atlas.data_url, outlines=repr(origin))
    if table.empty:
        st.caption(f"None of the added districts lies in {plain(atlas.provinces[code])}.")
        return
    st.caption(
        f"Districts on {day}. Places and their holders; land with its range, up to 20 km from a place. Outlines: {plain(str(origin))}."
    )
    st.dataframe(
        table, hide_index=True, key=f"districts_{code}", alt=f"Districts of {atlas.provinces[code]} on {day}: places, holders, km²"
    )


@st.cache_data(show_spinner=False, max_entries=32)
def _table(_atlas: Atlas, view: str, province: str, day: dt.date, *, data_url: str, outlines: str) -> pd.DataFrame:
    found = _measures(_atlas, view, province, data_url=data_url, outlines=outlines)
    if found is None:
        return pd.DataFrame()
    districts, measures = found
    now = measures.on(day)
    places, land = (
        now[now["measure"] == measure].pivot_table(["low", "best", "high"], "region", "party") for measure in ("places", "area_km2")
    )
    names = figures.party_names(_atlas) | {UNKNOWN_HOLDER: "No claim"}
    rows = []
    for code, name in zip(districts["code"], districts["name"], strict=True):
        row: dict[str, object] = {"District": name, "Places": int(places["best"].loc[code].sum())}
        for party in (party for party in names if party in places["best"]):
            row[f"{names[party]}: places"] = int(places["best"].loc[code, party])
            low, best, high = (land[part].loc[code, party] for part in ("low", "best", "high"))
            row[f"{names[party]}: km²"] = f"{best:,.0f} ({low:,.0f} to {high:,.0f})" if high else "0"
        row["No place near: km²"] = f"{land['best'].loc[code, BLANK]:,.0f}"
        rows.append(row)
    table = pd.DataFrame(rows)
    return table[[column for column in table if not table[column].isin([0, "0"]).all()]]


@st.cache_resource(show_spinner=False, max_entries=4)
def _measures(_atlas: Atlas, view: str, code: str, *, data_url: str, outlines: str) -> tuple[pd.DataFrame, Measures] | None:
    districts = boundaries(2)
    here = districts[districts["parent"] == code].reset_index(drop=True)
    return (here, Measures(control_in(figures.control(_atlas, view), here), here)) if len(here) else None
