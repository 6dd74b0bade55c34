"""Who held how much of the province over time, in places, land and people; a click on the chart takes the map to that day."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from geodata.land.measures import BLANK, UNKNOWN_HOLDER
from views.language import N_, _, language, ngettext
from views.screen.components import go_to
from views.screen.escape import in_markdown
from views.screen.frame.fields import segmented
from views.screen.pages.province import figures
from views.screen.pages.province.figures import Subject
from views.screen.session.visit import current_permalink
from views.style import UNKNOWN
from views.wording import change_in_words, day_in_words, figure_in_words, range_in_words

MEASURES = {"places": N_("Places"), "area_km2": N_("Land (km²)"), "population": N_("People")}
WITHOUT_CLAIM = N_("No claim")
YEAR = dt.timedelta(days=365)
UNIX = dt.date(1970, 1, 1)

NOTES = {
    "places": N_("A range counts every place whose change is dated by a span of days for and against each party."),
    "area_km2": N_(
        "Land goes to whoever holds the nearest place, up to 20 km away; farther land counts for nobody. The range is what comes out with "
        "10 or 30 km, with other places to judge from, and with changes on the first or last day of their windows. It is wide where few "
        "places are known."
    ),
}


@st.fragment
def show(about: Subject) -> None:
    """Draw the choice of a measure, the chart, and the figures of one day."""
    frame = figures.over_time(about)
    names = figures.party_names(about.atlas)
    with st.container(key="time_choice", horizontal=True, vertical_alignment="bottom"):
        measure = segmented(_("Count"), {name: _(word) for name, word in MEASURES.items()}, key="time_measure", usual="places")
        apart = st.toggle(_("Each party with its range"), key="time_apart")
    frame = frame[(frame["measure"] == measure) & (frame["party"] != BLANK)]
    parties = [party for party in (*names, UNKNOWN_HOLDER) if frame.loc[frame["party"] == party, "high"].max() > 0]
    if not parties:
        st.markdown(_nothing(about, measure))
        return
    labels = {party: names.get(party, _(WITHOUT_CLAIM)) for party in parties}
    picture, figures_of_day = st.columns([2.4, 1], gap="medium", vertical_alignment="center")
    with picture:
        clicked = _draw(about, measure, frame, labels, apart=apart)
    if clicked and clicked != st.session_state.get("time_clicked"):
        st.session_state["time_clicked"] = clicked
        st.session_state["time_goto"] = (clicked.isoformat(), time.time_ns())
    date, nonce = st.session_state.get("time_goto", ("", 0))
    go_to(about.atlas.scripts_url, date, nonce, key="time_goto_map")
    day = clicked or current_permalink().date or about.atlas.span[1]
    figures_of_day.markdown(_table(about, measure, labels, day))
    st.caption(_note(about, measure))


def _draw(about: Subject, measure: str, frame: pd.DataFrame, labels: dict[str, str], *, apart: bool) -> dt.date | None:
    """Draw the chart, or one a party; returns the day that was clicked last."""
    from views.screen.pages.province.chart import band, stacked  # Altair takes a while to import, which the first picture need not wait for

    colours = {party: style.colour for party, style in figures.party_styles(about.atlas).items()} | {UNKNOWN_HOLDER: UNKNOWN.colour}
    told = {"measure": _(MEASURES[measure]), "province": about.name}
    if not apart:
        picture = stacked(frame, labels, {party: colours[party] for party in labels}, _(MEASURES[measure]))
        words = _(
            "{measure} in {province} over time, by party, one on the other. The table beside it gives the figures of one day.", **told
        )
        return _clicked([st.altair_chart(picture, key=f"time_{about.code}_{measure}_{language().code}", on_select="rerun", alt=words)])
    highest = frame["high"].max()
    states = []
    for party, label in labels.items():
        picture = band(frame, party, label, colours[party], highest)
        words = _(
            "{measure} in {province} over time: {party}, with its range. The table beside it gives the figures of one day.",
            party=label,
            **told,
        )
        states.append(st.altair_chart(picture, key=f"time_{about.code}_{measure}_{party}_{language().code}", on_select="rerun", alt=words))
    return _clicked(states)


def _clicked(states: Sequence[Any]) -> dt.date | None:
    """Return the day that is chosen on one of the charts; of several the one that was not chosen before."""
    chosen = [state["selection"].get("day") for state in states]
    days = [UNIX + dt.timedelta(days=int(points[0]["number"])) for points in chosen if points]
    before = st.session_state.get("time_clicked")
    return next((day for day in days if day != before), days[0] if days else None)


def _table(about: Subject, measure: str, labels: dict[str, str], day: dt.date) -> str:
    """Figures of a day with their ranges, and the changes of a year where these are larger than their ranges."""
    found = figures.measures(about)
    before = day - YEAR
    tables = [
        table[(table["measure"] == measure) & (table["region"] == about.code)] for table in (found.on(day), found.change(before, day))
    ]
    now, change = ({str(row["party"]): row for _, row in table.iterrows()} for table in tables)
    since = _("Change since {day}", day=day_in_words(before))
    head = [day_in_words(day), _(MEASURES[measure]), _("Range"), since]
    rows = [head, ["---", "---:", "---:", "---:"]]
    for party, label in labels.items():
        figure = now[party]
        span = range_in_words(measure, figure["low"], figure["high"])
        rows.append([in_markdown(label), figure_in_words(measure, figure["best"]), span, change_in_words(measure, change[party])])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _note(about: Subject, measure: str) -> str:
    clicks = _("Click the chart to take map and timeline to the nearest change.")
    if measure != "population":
        return f"{clicks} {_(NOTES[measure])}"
    places = _spoken_of(about)
    known = sum(about.atlas.dataset.locations[place_id].population is not None for place_id in places)
    people = ngettext(
        "A population is known for {known} of the {n} place ({share} %); the rest counts for nobody. The figures are those of GeoNames, "
        "undated, for some towns of a time before the war: they say where people lived, not who lives there.",
        "A population is known for {known} of the {n} places ({share} %); the rest counts for nobody. The figures are those of GeoNames, "
        "undated, for some towns of a time before the war: they say where people lived, not who lives there.",
        len(places),
        known=known,
        share=round(100 * known / len(places)),
    )
    return f"{clicks} {people}"


def _nothing(about: Subject, measure: str) -> str:
    if not _spoken_of(about):
        return _("No claim is about a place in {province}, so there is nothing to count.", province=in_markdown(about.name))
    if measure == "population":
        return _("No place in {province} has a known population.", province=in_markdown(about.name))
    return _("From this viewpoint nobody is known to hold anything in {province}.", province=in_markdown(about.name))


def _spoken_of(about: Subject) -> list[str]:
    """Places of the province that any claim is about."""
    places = figures.control(about).places
    return list(places.loc[places["admin1"] == about.code, "place_id"])
