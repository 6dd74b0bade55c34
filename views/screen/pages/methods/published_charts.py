"""Published shares of land over time, a chart a party: each publisher a shape, our own range where it says something, nothing averaged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import altair as alt
import pandas as pd

from geodata.checks import COVERAGE_ENOUGH
from geodata.dataset.published import PublishedFigure
from views.language import N_, _
from views.style import MAP, PartyStyle

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
SIGNS = ("●", "■", "▲", "◆", "✚", "▼")
"""The same shapes as text, for the key."""

HEIGHT = 190
FONT = "Source Sans, sans-serif"

Chart = alt.LayerChart | alt.FacetChart


def shapes(figures: Iterable[PublishedFigure]) -> dict[str, int]:
    """Return number of a shape by publisher, in the order in which they come."""
    return {name: k % len(SHAPES) for k, name in enumerate(dict.fromkeys(figure.publisher for figure in figures))}


def shares(figures: Sequence[PublishedFigure]) -> pd.DataFrame:
    """Figures with a share as rows for a chart: day, percent, publisher, party_id, and what was counted, in words."""
    rows = [
        {
            "day": pd.Timestamp(figure.as_of),
            "percent": figure.percent_low,
            "share": f"{figure.percent_low:g} %"
            if figure.percent_high is not None
            else _("over {share}", share=f"{figure.percent_low:g} %"),
            "publisher": figure.publisher,
            "party_id": figure.party_id,
            "counted": figure.counted,
            "definition": figure.definition,
        }
        for figure in figures
        if figure.percent_low is not None
    ]
    # Those who publish most are drawn first, so that nobody's only figure lies below them.
    frame = pd.DataFrame(rows)
    return frame.iloc[frame.groupby("publisher")["day"].transform("size").argsort()[::-1]] if rows else frame


def party_chart(rows: pd.DataFrame, ours: pd.DataFrame, style: PartyStyle, number: dict[str, int], top: float) -> Chart:
    """Shares of one party over time.

    Parameters
    ----------
    rows, ours
        Those of the party, of `shares` and of `geodata.checks.land.monthly_shares`.
    number
        From `shapes`.
    top
        End of the axis of percent, the same for every party, so that charts can be compared.
    """
    days = alt.X("day:T", title=None, scale=alt.Scale(padding=12), axis=alt.Axis(format="%Y", tickCount="year", grid=False))
    percent = alt.Y("percent:Q", title=None, scale=alt.Scale(domain=[0, top]), axis=alt.Axis(labelExpr="datum.value + ' %'", tickCount=5))
    shape = alt.Shape("publisher:N", legend=None, scale=alt.Scale(domain=list(number), range=[SHAPES[k] for k in number.values()]))
    hints = [alt.Tooltip(name, title=_(title)) for name, title in HINTS.items()]
    marks = alt.Chart(rows).mark_point(filled=True, fill=style.colour, stroke="#FFFFFF", strokeWidth=1, size=85, opacity=1)
    band = alt.Chart(ours).mark_area(color=style.colour, opacity=0.3, line={"color": style.colour, "strokeWidth": 1})
    return _framed(
        alt.layer(band.encode(days, alt.Y("low:Q"), alt.Y2("high:Q")), marks.encode(days, percent, shape, tooltip=hints)), HEIGHT
    )


def coverage_chart(ours: pd.DataFrame) -> Chart:
    """How much of the country lies near a place with a known holder, over time, and how much is needed for a range of our own."""
    once = ours.drop_duplicates("day").assign(
        needed=COVERAGE_ENOUGH, words=_("{share} needed for a range of our own", share=f"{COVERAGE_ENOUGH:.0%}")
    )
    days = alt.X("day:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", grid=False))
    share = alt.Y("coverage:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", values=[0, 0.5, 1]))
    area = alt.Chart(once).mark_area(color=MAP.contested, opacity=0.45, line={"color": MAP.muted}).encode(days, share)
    rule = alt.Chart(once.head(1)).mark_rule(color=MAP.ink, strokeDash=[5, 4]).encode(y="needed:Q")
    label = alt.Chart(once.head(1)).mark_text(align="left", baseline="bottom", dx=4, dy=-3, color=MAP.ink, fontSize=12)
    return _framed(alt.layer(area, rule, label.encode(x="day:T", y="needed:Q", text="words:N")), 90)


HINTS = {
    "publisher": N_("Publisher"),
    "day": N_("As of"),
    "share": N_("Share"),
    "counted": N_("Counted"),
    "definition": N_("Definition"),
}


def _framed(chart: Chart, height: int) -> Chart:
    """Return the chart on paper: it stays light in the dark theme, as the map does, since a party in black would vanish."""
    framed: Chart = (
        chart.configure(font=FONT)
        .properties(height=height, width="container", background=MAP.paper, padding={"left": 8, "right": 12, "top": 10, "bottom": 6})
        .configure_axis(labelColor=MAP.ink, domainColor=MAP.muted, tickColor=MAP.muted, gridColor=MAP.neighbour, labelFontSize=12)
        .configure_view(stroke=None)
    )
    return framed
