"""The districts of the province, where somebody has added their outlines."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from geodata import GeodataError
from geodata.land.boundaries import boundaries
from geodata.land.boundary_store import added
from geodata.land.districts import control_in
from geodata.land.measures import BLANK, UNKNOWN_HOLDER, Measures
from views.language import N_, _
from views.screen.components import watch
from views.screen.escape import in_markdown
from views.screen.pages.province import figures
from views.screen.pages.province.figures import Subject
from views.wording import figure_in_words, range_in_words

HOW = N_(
    "Districts are not bundled: once their outlines are added with `python -m geodata boundaries add FILE --level 2` and its options, a "
    "table of them stands here, with places, holders and km² of each."
)


@st.fragment
def show(about: Subject) -> None:
    """Draw the table of the present day, or say how to add outlines."""
    try:
        _show(about)
    except GeodataError as problem:
        st.info(in_markdown(str(problem)))


def _show(about: Subject) -> None:
    origin = added(2)
    if origin is None:
        st.caption(_(HOW))
        return
    seen = watch(about.atlas.scripts_url, key=f"watch_districts_{about.code}", days=True)
    day = dt.date.fromisoformat(seen["date"]) if seen else about.atlas.span[1]
    table = _table(about, day, key=(*about.words_key, repr(origin)), code=about.code)
    if table.empty:
        st.caption(_("None of the added districts lies in {province}.", province=in_markdown(about.name)))
        return
    st.caption(
        _(
            "Districts on {day}. Places and their holders; land with its range, up to 20 km from a place. Outlines: {origin}.",
            day=day,
            origin=in_markdown(str(origin)),
        )
    )
    st.dataframe(
        table,
        hide_index=True,
        key=f"districts_{about.code}",
        alt=_("Districts of {province} on {day}: places, holders, km²", province=about.name, day=day),
    )


@st.cache_data(show_spinner=False, max_entries=32)
def _table(_about: Subject, day: dt.date, *, key: tuple[str, ...], code: str) -> pd.DataFrame:
    found = _measures(_about, key=key[:-2] + key[-1:], code=code)
    if found is None:
        return pd.DataFrame()
    districts, measures = found
    now = measures.on(day)
    places, land = (
        now[now["measure"] == measure].pivot_table(["low", "best", "high"], "region", "party") for measure in ("places", "area_km2")
    )
    names = figures.party_names(_about.atlas) | {UNKNOWN_HOLDER: _("No claim")}
    rows = []
    for district, name in zip(districts["code"], districts["name"], strict=True):
        row: dict[str, object] = {_("District"): name, _("Places"): int(places["best"].loc[district].sum())}
        for party in (party for party in names if party in places["best"]):
            row[_("{party}: places", party=names[party])] = int(places["best"].loc[district, party])
            low, best, high = (land[part].loc[district, party] for part in ("low", "best", "high"))
            figure = figure_in_words("area_km2", best)
            row[_("{party}: km²", party=names[party])] = f"{figure} ({range_in_words('area_km2', low, high)})" if high else "0"
        row[_("No place near: km²")] = figure_in_words("area_km2", land["best"].loc[district, BLANK])
        rows.append(row)
    table = pd.DataFrame(rows)
    return table[[column for column in table if not table[column].isin([0, "0"]).all()]]


@st.cache_resource(show_spinner=False, max_entries=4)
def _measures(_about: Subject, *, key: tuple[str, ...], code: str) -> tuple[pd.DataFrame, Measures] | None:
    districts = boundaries(2, _about.atlas.region)
    here = districts[districts["parent"] == code].reset_index(drop=True)
    return (here, Measures(control_in(figures.control(_about), here), here)) if len(here) else None
