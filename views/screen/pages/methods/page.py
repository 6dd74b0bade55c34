"""The page of methods: figures that were claimed, checked; figures that others publish; how ours are made, and from whose data."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import groupby
from pathlib import Path

import pandas as pd
import streamlit as st

from geodata.checks import COVERAGE_ENOUGH, Check
from geodata.dataset.published import PublishedFigure, read_published
from geodata.dataset.sidecars import read_sidecars
from geodata.errors import GeodataError
from geodata.land.boundaries import areas_km2, boundaries
from views.language import N_, _, language, name_of, number
from views.screen.escape import english, in_markdown, markup, verbatim
from views.screen.frame.fields import segmented
from views.screen.frame.frame import header, load_or_stop
from views.screen.loading import Atlas, checked_quantities, monthly_land
from views.screen.pages.methods.claim_cards import SIGNS, VERDICTS, card, in_words
from views.screen.pages.methods.published_charts import SIGNS as SHAPE_SIGNS
from views.screen.pages.methods.published_charts import coverage_chart, party_chart, shapes, shares
from views.screen.session.visit import opening_permalink
from views.style import party_style

ALL = "all"
SCALE_KEY = {
    "claimed": N_("claimed"),
    "held": N_("ours: held in some reading"),
    "possible": N_("ours: not excluded"),
    "point": N_("published"),
}
METHODS = Path(__file__).resolve().parents[4] / "docs" / "methods.md"


def methods_page(page: str) -> None:
    """Draw the page."""
    atlas = load_or_stop()
    opening_permalink(atlas, page)
    header(_("Methods"), page, atlas, exports=None)
    claims, published, methods, data = st.tabs(
        [_("Figures that were claimed"), _("Figures that others publish"), _("How ours are made"), _("Whose data, whose outlines")]
    )
    with methods, st.container(key="methods_text"):
        own = METHODS.with_suffix(f".{language().code}.md")
        st.markdown((own if own.exists() else METHODS).read_text("utf-8").partition("\n")[2])
    with data:
        _data(atlas)
    try:
        with claims:
            _claims(atlas)
        with published:
            _published(atlas)
    except GeodataError as problem:
        st.error(_("The figures cannot be shown."))
        st.text(str(problem))


@st.fragment
def _claims(atlas: Atlas) -> None:
    checks = checked_quantities(atlas).checks
    if not checks:
        st.markdown(_("This dataset has no claims about areas or distances."))
        return
    counts = Counter(check.verdict for check in checks)
    st.markdown(
        _(
            "Numbers that were told about areas and distances, each against what we measure. Where less than {share} of the land lies near "
            "a place whose holder we know, no area is judged: we **cannot tell**. Published figures stand beside a claim. They count "
            "different things, so they decide nothing, and nothing is averaged.",
            share=f"{COVERAGE_ENOUGH:.0%}",
        )
    )
    names = {ALL: _("All {n}", n=len(checks))}
    names |= {verdict: f"{SIGNS[verdict]} {_(word)} {counts[verdict]}" for verdict, word in VERDICTS.items()}
    chosen = segmented(_("Verdict"), names, key="methods_verdict", usual=ALL, label_visibility="collapsed")
    shown = [check for check in checks if chosen in (ALL, None, check.verdict)]
    key = "".join(f'<span><i class="{sign}"></i>{_(words)}</span>' for sign, words in SCALE_KEY.items())
    st.html(f'<p class="scale-key">{key}</p>')
    st.html("".join(_topic(topic, list(group), atlas) for topic, group in groupby(_in_order(shown), key=lambda check: check.claim.topic)))


def _in_order(checks: list[Check]) -> list[Check]:
    """By topic, in the order of the table; within one, what is decided comes first."""
    topics = list(dict.fromkeys(check.claim.topic for check in checks))
    rank = {verdict: k for k, verdict in enumerate(("refuted", "supported", "cannot tell"))}
    return sorted(checks, key=lambda check: (topics.index(check.claim.topic), rank[check.verdict]))


def _topic(topic: str, checks: list[Check], atlas: Atlas) -> str:
    cards = "".join(card(check, atlas.dataset, "ledger") for check in checks)
    return f'<section class="claims"><h2>{english(topic)}</h2><div>{cards}</div></section>'


def _published(atlas: Atlas) -> None:
    figures = read_published(atlas.dataset)
    if not figures:
        st.markdown(_("This dataset has no published figures."))
        return
    compared = [figure for figure in figures if figure.scope == atlas.region.name]
    shape = shapes(compared)
    ours = _ours(atlas, compared)
    rows = shares(compared)
    st.markdown(
        _(
            "Shares of {region} as published, each where its publisher has it. They differ because they count different things: the table "
            "below says what.",
            region=in_markdown(name_of(atlas.region)),
        )
    )
    key = "".join(f"<span><i>{SHAPE_SIGNS[k]}</i> {markup(name)}</span>" for name, k in shape.items())
    own = _("our own range, where places are close enough together")
    st.html(f'<p class="chart-key">{key}<span><i class="band"></i> {own}</span></p>')
    parties = [party_id for party_id in atlas.dataset.parties if party_id in set(rows["party_id"])]
    top = 10 * (rows.loc[rows["party_id"] != "", "percent"].max() // 10 + 1)
    columns = st.columns(2)
    for k, party_id in enumerate(parties):
        with columns[k % 2]:
            name = name_of(atlas.dataset.parties[party_id])
            st.markdown(f"**{in_markdown(name)}**")
            style = party_style(party_id, list(atlas.dataset.parties).index(party_id), atlas.region)
            chart = party_chart(rows[rows["party_id"] == party_id], ours[ours["party_id"] == party_id], style, shape, top)
            words = _("Published shares of land over time: {party}. The table below has the figures.", party=name)
            st.altair_chart(chart, theme=None, key=f"methods_{party_id}_{language().code}", alt=words)
    best = ours["coverage"].max()
    region = in_markdown(name_of(atlas.region))
    st.markdown(
        _("**Land within 20 km of a place whose holder we know** · {share} of {region} at most", share=f"{best:.0%}", region=region)
    )
    words = _("Share of the land near a place with a known holder, over time; {share} at most.", share=f"{best:.0%}")
    st.altair_chart(coverage_chart(ours), theme=None, key=f"methods_coverage_{language().code}", alt=words)
    if best < COVERAGE_ENOUGH:
        st.caption(
            _("So the charts above have no range of our own: it would pretend to know land that no place of this dataset lies near.")
        )
    st.html(_definitions(figures, atlas))


def _ours(atlas: Atlas, figures: list[PublishedFigure]) -> pd.DataFrame:
    days = [figure.as_of for figure in figures]
    return monthly_land(atlas, min(days) - dt.timedelta(days=180), max(days))


def _definitions(figures: list[PublishedFigure], atlas: Atlas) -> str:
    """Return what every publisher counts, with its figures: one row a definition."""
    rows = []
    ordered = sorted(figures, key=lambda figure: (figure.publisher, figure.party_id, figure.definition))
    for (publisher, _party, definition), group in groupby(
        ordered, key=lambda figure: (figure.publisher, figure.party_id, figure.definition)
    ):
        found = sorted(group, key=lambda figure: figure.as_of)
        cells = "<br>".join(_linked(figure) for figure in found)
        party = markup(name_of(atlas.dataset.parties[found[0].party_id])) if found[0].party_id else english(found[0].counted)
        scope = "" if found[0].scope == atlas.region.name else f" ({english(found[0].scope)})"
        told_by = f"<th scope='row'>{english(publisher)}</th><td>{party}{scope}</td>"
        rows.append(f"<tr>{told_by}<td>{english(definition)}</td><td>{cells}</td></tr>")
    names = (_("Publisher"), _("Whose land"), _("What is counted, in our words"), _("Figures"))
    head = "".join(f"<th scope='col'>{name}</th>" for name in names)
    return f'<div class="wide-table"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _linked(figure: PublishedFigure) -> str:
    link = (
        f'<a href="{markup(figure.url)}" target="_blank" rel="noopener noreferrer">{figure.as_of}</a>' if figure.url else str(figure.as_of)
    )
    note = f" <small>{english(figure.note)}</small>" if figure.note else ""
    return f"{link} <b>{markup(in_words(figure))}</b>{note}"


def _data(atlas: Atlas) -> None:
    outlines = boundaries(1, atlas.region)
    areas = areas_km2(outlines)
    st.markdown(
        _(
            "**Outlines** {origin}: {region} has **{area} km²** within them, in an equal-area projection. Others draw other lines, and "
            "count other areas.",
            origin=verbatim(str(outlines.attrs["origin"])),
            region=in_markdown(name_of(atlas.region)),
            area=number(areas.sum()),
        ),
        unsafe_allow_html=True,
    )
    names, km2 = atlas.province_names, _("km²")
    provinces = [names.get(code, name) for code, name in zip(outlines["code"], outlines["name"], strict=True)]
    table = pd.DataFrame({_("Province"): provinces, _("Code"): outlines["code"], km2: areas.round()})
    columns = {km2: st.column_config.NumberColumn(format="localized")}
    st.dataframe(table.sort_values(km2, ascending=False), hide_index=True, height=300, width=520, column_config=columns)
    st.markdown(_("**Files of the dataset**, as the text beside each of them says."))
    described = [*read_sidecars(atlas.dataset.folder), *read_sidecars(atlas.region.basemap)]
    if not described:
        st.caption(_("The files of this dataset come without such texts."))
        return
    rows = "".join(
        f"<tr><th scope='row'>{english(one.title)}<br><small>{english(one.file)}</small></th><td>{english(one.description)}</td>"
        f"<td>{'<br>'.join(english(source) for source in one.derived_from)}</td><td>{english(one.licence)}</td></tr>"
        for one in described
    )
    head = "".join(f"<th scope='col'>{name}</th>" for name in (_("File"), _("What it holds"), _("From"), _("Licence")))
    st.html(f'<div class="wide-table"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>')
