"""Claims about areas and distances as cards: what was claimed, what we measure, what others publish, the verdict and why."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from geodata import Dataset
from geodata.checks import CANNOT_TELL, REFUTED, SUPPORTED, UNITS, Check, Interval
from geodata.dataset.published import PublishedFigure
from views.language import N_, _, name_of, number, said
from views.screen.escape import english, markup
from views.screen.session import speech

VERDICTS = {SUPPORTED: N_("supported"), REFUTED: N_("refuted"), CANNOT_TELL: N_("cannot tell")}
SIGNS = {SUPPORTED: "✓", REFUTED: "✕", CANNOT_TELL: "?"}
AROUND = dt.timedelta(days=31)
"""A link to the ledger opens on the events of so long before and after."""


def card(check: Check, dataset: Dataset, ledger: str) -> str:
    """Return a claim with its verdict as HTML; `ledger` is the address of that page."""
    claim = check.claim
    document = dataset.documents[claim.document_id]
    subject = markup(name_of(dataset.parties[claim.subject])) if claim.subject in dataset.parties else english(claim.subject)
    source = document.publisher if document.agency in ("", document.publisher) else f"{document.publisher} ({document.agency})"
    words, comma = _("Events in the ledger"), _(", ")
    links = [f'<a href="{markup(ledger + _events(check, dataset))}" target="_self">{words}</a>']
    if document.url:
        links.insert(0, _link(document.url, _("Open the document")))
    cited = _(
        "{claimant}, in {source}, {day}, {locator}",
        claimant=markup(name_of(dataset.claimants[claim.claimant_id])),
        source=english(source),
        day=_day(document.published_on),
        locator=markup(_located(claim.locator)),
    )
    html = (
        f'<article class="claim {check.verdict.replace(" ", "-")}">'
        f'<p class="verdict"><span aria-hidden="true">{SIGNS[check.verdict]}</span> {_(VERDICTS[check.verdict])}</p>'
        f"<h3>{markup(said(check.claimed.in_words(check.unit)))} <span>{subject}{_of(check)}{comma}{_days(check)}</span></h3>"
        f'<p class="said">{english(claim.statement)} <cite>{cited}</cite></p>'
        f"{_scale(check)}"
        f"<dl>{''.join(f'<dt>{term}</dt><dd>{text}</dd>' for term, text in _rows(check))}</dl>"
        f'<p class="reason">{markup(said(check.reason))}</p>'
        f'<p class="links">{" · ".join(links)}</p></article>'
    )
    for unit in UNITS.values():  # which must not stand at the beginning of a line
        html = html.replace(f" {unit}", f"\u00a0{unit}")
    return html


def _located(locator: str) -> str:
    paragraph = re.fullmatch(r"p(\d.*)", locator)
    return _("paragraph {number}", number=paragraph[1]) if paragraph else locator


def in_words(figure: PublishedFigure) -> str:
    """Return a published figure in its own units: '16.5 %, 30,000 km²', 'over 50 %'."""
    share = ""
    if figure.percent_low is not None:
        share = Interval(figure.percent_low, figure.percent_low).in_words("%")
        share = said(share) if figure.percent_high is not None else _("over {share}", share=said(share))
    area = _("{value} km²", value=number(figure.km2)) if figure.km2 is not None else ""
    return _(", ").join(filter(None, (share, area)))


def _of(check: Check) -> str:
    whole = check.claim.denominator.partition(",")[0]
    if not whole:
        return ""
    return _(", ") + (english(whole) if check.claim.metric == "distance_km" else _("of the {whole}", whole=english(whole)))


def _days(check: Check) -> str:
    first, last = check.claim.as_of_earliest, check.claim.as_of_latest
    return _day(first) if first == last else _("{first} to {last}", first=_day(first), last=_day(last))


def _day(day: dt.date) -> str:
    return f'<time dir="ltr">{day}</time>'


def _events(check: Check, dataset: Dataset) -> str:
    """Query that opens the ledger on what happened around the claim: to its party, or at its place."""
    claim = check.claim
    query = {"first": (claim.as_of_earliest - AROUND).isoformat(), "last": (claim.as_of_latest + AROUND).isoformat()}
    places = [place.place_id for place in dataset.locations.values() if place.name in claim.subject]
    if claim.subject in dataset.parties:
        query = {"party": claim.subject, **query}
    elif places:
        query = {"place": places[0]}
    return f"?{urlencode(query | speech.query())}"


def _rows(check: Check) -> Iterator[tuple[str, str]]:
    ours = check.ours
    if ours is None:
        yield _("Ours"), _("not measured")
    elif ours.held is None:
        yield _("Ours"), f"<b>{markup(said(ours.range.in_words(check.unit)))}</b>: {markup(said(ours.how))}"
    else:
        most = Interval(ours.range.high, ours.range.high).in_words(check.unit)
        held = f"<b>{markup(said(ours.held.in_words(check.unit)))}</b>"
        yield _("Ours"), _("{held} {how}; up to {most} is not excluded", held=held, how=markup(said(ours.how)), most=markup(said(most)))
    if check.published:
        yield _("Published"), "".join(f"<div>{_published(figure)}</div>" for figure in check.published)


def _published(figure: PublishedFigure) -> str:
    publisher = _link(figure.url, figure.publisher) if figure.url else markup(figure.publisher)
    counted = "" if figure.party_id else f" ({english(figure.counted)})"
    return f"<bdi>{publisher} <b>{markup(in_words(figure))}</b>{counted}" + _(", ") + f"{_day(figure.as_of)}</bdi>"


def _link(url: str, words: str) -> str:
    return f'<a href="{markup(url)}" target="_blank" rel="noopener noreferrer">{markup(words)}</a>'


def _scale(check: Check) -> str:
    """Claimed, ours and published on one axis; words say the same for those who cannot see it."""
    end = _end(check)
    if end is None or check.ours is None:
        return ""
    marks = [_bar("possible", check.ours.range, end)]
    if check.ours.held is not None:
        marks.append(_bar("held", check.ours.held, end))
    points = [value for figure in check.published if (value := _value(figure, check)) is not None]
    marks += [f'<i class="point" style="left:{100 * value / end:.2f}%"></i>' for value in points]
    marks.append(_bar("claimed", check.claimed, end))
    ends = f"<span>0</span><span>{markup(said(Interval(end, end).in_words(check.unit)))}</span>"
    claimed, ours = said(check.claimed.in_words(check.unit)), said(check.ours.range.in_words(check.unit))
    words = _("Claimed {claimed}; ours {ours}", claimed=claimed, ours=ours)
    return f'<div class="scale" role="img" aria-label="{markup(words)}"><div class="axis">{"".join(marks)}</div>{ends}</div>'


def _end(check: Check) -> float | None:
    if check.ours is None:
        return None
    if check.claim.metric == "share_percent":
        return 100.0
    most = max(check.claim.value_high, check.ours.range.high)
    step = 10_000.0 if check.claim.metric == "area_km2" else 10.0
    return step * (most // step + 1)


def _bar(kind: str, span: Interval, end: float) -> str:
    low, high = (min(max(100 * value / end, 0), 100) for value in (span.low, span.high))
    return f'<i class="{kind}" style="left:{low:.2f}%;width:{high - low:.2f}%"></i>'


def _value(figure: PublishedFigure, check: Check) -> float | None:
    values: Mapping[str, float | None] = {"share_percent": figure.percent_low, "area_km2": figure.km2}
    return values.get(check.claim.metric)
