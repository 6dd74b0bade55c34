"""The page of places: one name with its candidates and reasons, or a whole list."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from common.formulas import guarded_cell
from gazetteer import Answer, Candidate, Gazetteer, GazetteerError, Place, Query, UnknownPlaceError
from gazetteer.decisions import Decisions
from geodata import GeodataError
from geodata.files.guard import Upload, read_rows
from views.language import ENGLISH, N_, _, language, name_of, ngettext, number
from views.payload.payload import FEATURES, OTHER
from views.screen.components import ribbon
from views.screen.control_map import points_map, show
from views.screen.escape import in_markdown, verbatim
from views.screen.frame.fields import select
from views.screen.frame.frame import header, load_or_stop
from views.screen.frame.search import PROVINCE
from views.screen.loading import Atlas, gazetteer
from views.screen.session import speech
from views.screen.session.visit import current_permalink, opening_permalink
from views.vocabulary import CLAIM_KINDS, MODALITIES

MOST_NAMES = 5_000
MOST_DOUBTS = 12
MOST_DECISIONS = 50
BATCH = 250
EXAMPLE = "Mheen\nal-Qaryatain\nPalmyra\nDeir el-Zour\nتلبيسة"
ANSWERS = {
    "resolved": N_("resolved"),
    "ambiguous": N_("ambiguous"),
    "low confidence": N_("low confidence"),
    "not found": N_("not found"),
}
COLUMNS = ("query", "status", "place_id", "name", "longitude", "latitude", "confidence", "tier", "reason")


def places_page(page: str) -> None:
    """Draw the page."""
    atlas = load_or_stop()
    opening_permalink(atlas, page)
    header(_("Places"), page, atlas, exports=None)
    one, many = st.tabs([_("One name"), _("A list of names")])
    with one:
        _one(atlas)
    with many:
        _many(atlas)
        _decisions()


@st.fragment
def _one(atlas: Atlas) -> None:
    asking, hinting = st.columns([3, 1])
    name = asking.text_input(
        _("Name, as a report writes it"), key="places_name", type="search", live="250ms", placeholder="Mheen, مهين, Kweiras air base"
    )
    names = atlas.province_names
    codes = ["", *sorted(names, key=lambda code: names[code])]
    admin1 = select(_("Province, if known"), codes, lambda code: names.get(code, _("any")), key="places_admin1", on=hinting)
    places = gazetteer()
    answer = places.resolve(name or "", admin1 or None, atlas.region.country) if name and name.strip() else None
    listed, mapped = st.columns([1, 1])
    with listed:
        if answer is None:
            st.caption(_("Type a name in Latin or Arabic script. The answer says how sure it is, and why."))
        else:
            _answer(atlas, answer)
    candidates = answer.candidates[:8] if answer else ()
    with mapped, st.container(key="places_map"):
        points = [_point(candidate.place) for candidate in candidates]
        best = answer.best.place if answer and answer.best else None
        outlined = best.admin1 if best and best.feature == PROVINCE else ""
        show(
            points_map(atlas.scripts_url, atlas.base_url, atlas.region.home, points, outlined),
            key=f"places_points_{language().code}",
            height=360,
        )
    if answer and answer.best:
        _said(atlas, answer.best.place)


def _answer(atlas: Atlas, answer: Answer) -> None:
    word = {"resolved": "green", "ambiguous": "orange", "low confidence": "orange", "not found": "red"}[answer.status]
    st.markdown(f":{word}-badge[{_(ANSWERS[answer.status])}] {verbatim(answer.reason)}", unsafe_allow_html=True)
    for place_in_list, candidate in enumerate(answer.candidates[:8], 1):
        place = candidate.place
        first, second = (place.name, place.name_ar) if language().code == ENGLISH or not place.name_ar else (place.name_ar, place.name)
        province = atlas.province_names.get(place.admin1, place.admin1_name) or place.country
        where = " · ".join(filter(None, (_(FEATURES.get(place.feature, OTHER)), province)))
        line = f"**{place_in_list}. {in_markdown(first)}** {in_markdown(second)} — {in_markdown(where)} · {candidate.confidence:.0%}"
        st.markdown(f"{line}  \n{verbatim(candidate.reason)}", unsafe_allow_html=True)


def _point(place: Place) -> dict[str, str | float]:
    return {"name": name_of(place), "longitude": place.longitude, "latitude": place.latitude, "radius_km": place.radius_km}


def _said(atlas: Atlas, place: Place) -> None:
    """Draw what the dataset says of a place, with the way to the map."""
    claims = [claim for claim in atlas.dataset.claims if claim.place_id == place.place_id]
    if not claims:
        st.caption(_("No claim in the dataset is about {place}.", place=in_markdown(name_of(place))))
        return
    name = in_markdown(name_of(place))
    st.markdown(
        ngettext(
            "**What the dataset says about {place}**: {n} claim",
            "**What the dataset says about {place}**: {n} claims",
            len(claims),
            place=name,
        )
    )
    st.page_link("app.py", label=_("Show {place} on the map", place=name), query_params={"place": place.place_id, **speech.query()})
    parties = {party_id: name_of(party) for party_id, party in atlas.dataset.parties.items()}
    ribbon(atlas.scripts_url, {**current_permalink().query(), "url": atlas.data_url}, place.place_id)
    rows = [
        {
            _("Reported"): claim.reported_on,
            _("Who says so"): name_of(claim.claimant),
            _("Kind"): _(CLAIM_KINDS[claim.kind]) + ("" if claim.modality == "asserted" else _(", ") + _(MODALITIES[claim.modality])),
            _("By or for"): parties[claim.gaining],
            _("Against"): parties.get(claim.losing, ""),
            _("In our words"): claim.statement,
            _("Source"): atlas.dataset.documents[claim.document_id].url,
        }
        for claim in sorted(claims, key=lambda c: c.reported_on)
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config={_("Source"): st.column_config.LinkColumn(display_text=_("open"))})


def _many(atlas: Atlas) -> None:
    pasted = st.text_area(_("Paste names, one a line"), placeholder=EXAMPLE, key="places_pasted", max_chars=200_000)
    upload = st.file_uploader(
        _("or a CSV or XLSX file with a column query and, if you have them, admin1, country, group"), type=["csv", "xlsx"]
    )
    try:
        queries = queries_of(Upload(upload.name, upload.getvalue()) if upload else None, pasted, atlas.region.country)
        answers = _resolved(gazetteer(), queries)
    except (GazetteerError, GeodataError, ValueError) as problem:
        st.error(in_markdown(str(problem)))
        return
    if not answers:
        return
    table = pd.DataFrame([_row(answer) for answer in answers], columns=list(COLUMNS))
    st.dataframe(table, hide_index=True)
    _doubts(answers, atlas.region.country)
    safe = table.map(guarded_cell)  # no spreadsheet may run a cell
    st.download_button(_("Download the table (CSV)"), safe.to_csv(index=False).encode(), "places.csv", "text/csv", on_click="ignore")


def queries_of(uploaded: Upload | None, pasted: str, country: str) -> list[Query]:
    """Return the names of a file, else those that were pasted, one a line; `country` is that of names that do not say theirs.

    Raises
    ------
    SchemaError
        The guard refuses the file.
    ValueError
        The file has no names, or there are too many.
    """
    if uploaded is None:
        queries = [Query(line.strip(), country=country) for line in pasted.splitlines() if line.strip()]
    else:
        table = read_rows(uploaded)
        if "query" not in table.columns:
            raise ValueError(_("The file has no column 'query' in its first row."))
        queries = [Query(r["query"], r.get("admin1") or None, r.get("country") or country, r.get("group", "")) for r in table.rows]
    if len(queries) > MOST_NAMES:
        raise ValueError(
            _(
                "These are {n} names; at most {most} are looked up at once. The command line takes any number.",
                n=number(len(queries)),
                most=number(MOST_NAMES),
            )
        )
    return queries


def _resolved(places: Gazetteer, queries: list[Query]) -> list[Answer]:
    """Answers in the order of the queries. Names of one group are resolved together, all others a few at a time."""
    batches: dict[str, list[int]] = {}
    for place, query in enumerate(queries):
        batches.setdefault(query.group or f"\0{place // BATCH}", []).append(place)
    answers: dict[int, Answer] = {}
    progress = st.progress(0.0, _("Looking up names")) if len(queries) > BATCH else None
    for here in batches.values():
        answers |= zip(here, places.resolve_batch([queries[place] for place in here]), strict=True)
        if progress:
            progress.progress(len(answers) / len(queries), _("{done} of {all} names", done=number(len(answers)), all=number(len(queries))))
    if progress:
        progress.empty()
    return [answers[place] for place in range(len(queries))]


def _row(answer: Answer) -> dict[str, object]:
    values = (answer.query, answer.status, answer.place_id, answer.name, answer.longitude, answer.latitude)
    return dict(zip(COLUMNS, (*values, answer.confidence, answer.tier, answer.reason), strict=True))


def _doubts(answers: list[Answer], country: str) -> None:
    """Let an analyst decide the doubtful names; a decision is kept, and wins from then on."""
    doubtful = list({a.query: a for a in answers if a.status != "resolved" and a.candidates}.values())[:MOST_DOUBTS]
    if not doubtful:
        return
    st.markdown(_("**Doubtful names.** Choose what is meant; your choice is kept with your name and wins from now on."))
    by = st.text_input(_("Your name"), key="places_by", max_chars=80)
    for row, answer in enumerate(doubtful):
        asking, choosing, keeping = st.columns([1, 3, 1], vertical_alignment="center")
        asking.text(answer.query)
        chosen = choosing.selectbox(
            answer.query,
            answer.candidates[:8],
            format_func=_candidate,
            key=f"places_choice_{row}_{answer.query}",
            label_visibility="collapsed",
        )
        if keeping.button(_("Keep"), key=f"places_keep_{row}_{answer.query}", disabled=not by.strip()) and chosen:
            Decisions.open().add(answer.query, "", country, chosen.place.place_id, by)
            st.rerun()


def _decisions() -> None:
    """Draw what was decided about names, each with who decided it and a button to take it back."""
    kept = sorted(Decisions.open().standing().values(), key=lambda one: -one.id)[:MOST_DECISIONS]
    if not kept:
        return
    with st.expander(_("Decisions about names")):
        st.caption(_("They hold for everybody who uses this gazetteer. Taken back, a name means again what the gazetteer makes of it."))
        by = st.text_input(_("Your name"), key="places_undo_by", max_chars=80)
        for one in kept:
            said, undoing = st.columns([4, 1], vertical_alignment="center")
            said.text(f"{one.query} → {_called(one.place_id)} · {one.by}, {one.at[:10]}")
            if undoing.button(_("Take back"), key=f"places_undo_{one.id}", disabled=not by.strip()):
                Decisions.open().undo(one.id, by)
                st.rerun()


def _called(place_id: str) -> str:
    """Return what a place is called; its key where the gazetteer no longer has it."""
    try:
        place = gazetteer().place(place_id)
    except UnknownPlaceError:
        return place_id
    return f"{place.name} {place.name_ar}".strip()


def _candidate(candidate: Candidate) -> str:
    place = candidate.place
    return f"{place.name} {place.name_ar} — {place.admin1_name or place.country} ({candidate.confidence:.0%})"
