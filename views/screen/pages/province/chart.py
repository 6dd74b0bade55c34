"""Charts of a measure over time, with the parties' colours and order. A day is chosen by its number, days since 1970-01-01."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from views.language import ENGLISH, _, language, number

HEIGHT_PX, BAND_PX = 280, 150


def stacked(frame: pd.DataFrame, names: Mapping[str, str], colours: Mapping[str, str], title: str) -> alt.LayerChart:
    """Areas over time, one on the other.

    Parameters
    ----------
    frame
        Columns date, party, low, best and high: figures that hold until the next date.
    names, colours
        By party, in the order in which they are drawn, from the bottom up.
    title
        What is counted.

    The selection `day` gives the `number` of the nearest date.
    """
    told = _prepared(frame, names)
    colour = alt.Color(
        "name:N",
        title=None,
        scale=alt.Scale(domain=list(names.values()), range=list(colours.values())),
        legend=alt.Legend(orient="top", symbolStrokeWidth=1, symbolStrokeColor="#8C877B"),
    )
    area = (
        alt.Chart(told)
        .mark_area(interpolate="step-after")
        .encode(x=_x(), y=alt.Y("best:Q", title=title, stack="zero"), color=colour, order=alt.Order("order:Q"))
    )
    # One row a date, under names of our own: those of parties may hold what Vega takes for a path.
    dates = told.pivot_table(index=["day", "number"], columns="order", values="text", aggfunc="first").add_prefix("p").reset_index()
    tooltip = [alt.Tooltip(f"p{k}:N", title=name) for k, name in enumerate(names.values())]
    return alt.LayerChart(layer=[area, _rules(alt.Chart(dates), tooltip)]).properties(height=HEIGHT_PX)


def band(frame: pd.DataFrame, party: str, name: str, colour: str, highest: float) -> alt.LayerChart:
    """One party's figures over time, with their range as a band; parameters as for `stacked`, `highest` is where the axis ends."""
    told = _prepared(frame, {party: name})
    y = alt.Y("low:Q", title=None, scale=alt.Scale(domain=(0, highest)), axis=alt.Axis(tickCount=3))
    base = alt.Chart(told).encode(x=_x())
    # The edge keeps pale colours visible on paper and dark ones on a dark page.
    span = base.mark_area(interpolate="step-after", color=colour, opacity=0.4, line=False).encode(y=y, y2="high:Q")
    edge = base.mark_line(interpolate="step-after", strokeWidth=4, color="#8C877B").encode(y=alt.Y("best:Q"))
    line = base.mark_line(interpolate="step-after", strokeWidth=2.5, color=colour).encode(y=alt.Y("best:Q"))
    rules = _rules(base, [alt.Tooltip("text:N", title=name)])
    return alt.LayerChart(layer=[span, edge, line, rules]).properties(height=BAND_PX, title=name)


def axis_format() -> str | alt.UndefinedType:
    """How an axis of days is labelled: by names of months where Vega knows them, which is in English."""
    return alt.Undefined if language().code == ENGLISH else "%Y-%m"


def _prepared(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    told = frame[frame["party"].isin(names)]
    stamps = pd.to_datetime(told["date"], utc=True)
    spans = zip(told["low"], told["best"], told["high"], strict=True)
    return pd.DataFrame(
        {
            "day": stamps,
            "number": (stamps - pd.Timestamp("1970-01-01", tz="UTC")).dt.days,
            "name": told["party"].map(names),
            "order": told["party"].map({party: k for k, party in enumerate(names)}),
            "low": told["low"],
            "best": told["best"],
            "high": told["high"],
            "text": [_told(low, best, high) for low, best, high in spans],
        }
    )


def _told(low: float, best: float, high: float) -> str:
    if low == high:
        return number(best)
    return _("{best} ({low} to {high})", best=number(best), low=number(low), high=number(high))


def _x() -> alt.X:
    # In UTC everywhere: a day must not become its eve in another time zone.
    return alt.X("day:T", title=None, scale=alt.Scale(type="utc", nice=False), axis=alt.Axis(grid=False, format=axis_format()))


def _rules(base: alt.Chart, tooltip: list[alt.Tooltip]) -> alt.Chart:
    """Return a line at each date, seen under the pointer and where it was clicked: areas have no dates to be near to."""
    day = alt.selection_point(name="day", fields=["number"], nearest=True, on="click", empty=False)
    hover = alt.selection_point(name="hover", fields=["number"], nearest=True, on="pointerover", clear="pointerout", empty=False)
    strength = alt.when(day).then(alt.value(0.9)).when(hover).then(alt.value(0.5)).otherwise(alt.value(0))
    when = alt.Tooltip("utcyearmonthdate(day):T", title=_("From"), format="%Y-%m-%d")
    rules: alt.Chart = base.mark_rule(strokeWidth=1.5, color="#8C877B").encode(x=_x(), opacity=strength, tooltip=[when, *tooltip])
    return rules.add_params(day, hover)
