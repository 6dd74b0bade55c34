"""Files in and out: a dry run first, then all or nothing; and the claims of the ledger in five formats."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from geodata import Control, GeodataError, events_of
from geodata.checks.findings import Finding
from geodata.control.differences import differences
from geodata.dataset.quantities import read_quantities
from geodata.dataset.tables import TABLES
from geodata.files.flat import flat_table, quantity_table
from geodata.files.formats import FORMATS
from geodata.files.guard import Upload, read_rows
from geodata.intake import LAYOUTS, Plan, Unresolved, plan
from geodata.ledger import Change, LedgerError
from views.language import _, name_of, ngettext, said
from views.screen.escape import in_markdown
from views.screen.frame.fields import select
from views.screen.loading import Atlas, gazetteer
from views.screen.pages.ledger.author import author
from views.screen.pages.ledger.card import refuse
from views.screen.pages.ledger.resolving import with_gazetteer

SHOWN = 200
"""Rows of a list that are shown; the count says how many there are."""
MOST_NAMES = 30

KINDS = ["csv", "xlsx", "geojson", "json", "gpkg", "parquet"]
EXPORTS = {
    "csv": ("CSV", "csv", "text/csv"),
    "xlsx": ("XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "geojson": ("GeoJSON", "geojson", "application/geo+json"),
    "gpkg": ("GeoPackage", "gpkg", "application/geopackage+sqlite3"),
    "geoparquet": ("GeoParquet", "parquet", "application/vnd.apache.parquet"),
}
"""By name of the format: what it is called, how its files end, its media type."""


def show(atlas: Atlas) -> None:
    """Draw the section."""
    taking, giving = st.columns([3, 1], gap="large")
    with giving:
        _export(atlas)
    with taking:
        _import(atlas)


def _export(atlas: Atlas) -> None:
    st.markdown(_("**Export**"))
    st.caption(_("Every claim in one row, with its document, claimant, place, the event it speaks for, and how long that event is drawn."))
    head = str(atlas.ledger.head())
    figures = partial(_figures, atlas, head)
    for name, (label, ending, mime) in EXPORTS.items():
        st.download_button(label, _writer(atlas, head, name), f"control-atlas-claims.{ending}", mime, on_click="ignore")
    st.download_button(
        _("Figures (CSV)"),
        figures,
        "control-atlas-figures.csv",
        "text/csv",
        on_click="ignore",
        help=_("Areas and distances that were claimed"),
    )
    st.caption(_("An export of claims can be imported again: it changes nothing."))


def _figures(atlas: Atlas, head: str) -> bytes:
    return FORMATS["csv"](quantity_table(atlas.dataset, read_quantities(atlas.ledger, atlas.dataset), head))


def _writer(atlas: Atlas, head: str, name: str) -> Callable[[], bytes]:
    return lambda: FORMATS[name](flat_table(atlas.dataset, atlas.events, head))


def _import(atlas: Atlas) -> None:
    st.markdown(_("**Import**"))
    upload = st.file_uploader(
        _("A file of claims: CSV, XLSX, GeoJSON, GeoPackage or GeoParquet, in our layout, or an export of ACLED or UCDP GED"),
        type=KINDS,
        key=f"ledger_upload_{st.session_state.get('ledger_round', 0)}",
    )
    if upload is None:
        st.caption(_("Nothing is entered before you have seen what would be."))
        return
    update = st.checkbox(_("Correct records that are there with other cells"), key="ledger_update")
    content = upload.getvalue()
    chosen = st.session_state.setdefault("ledger_chosen", {}).setdefault(hashlib.sha256(content).hexdigest(), {})
    try:
        with st.spinner(_("Dry run")):
            drafted = plan(
                read_rows(Upload(upload.name, content)), atlas.ledger, with_gazetteer(atlas.dataset, gazetteer(), chosen), update
            )
    except GeodataError as problem:
        st.error(in_markdown(str(problem)))
        return
    _report(atlas, drafted)
    _choices(drafted, chosen)
    _enter(atlas, drafted)


def _report(atlas: Atlas, drafted: Plan) -> None:
    st.markdown(_("It reads as **{layout}**.", layout=_(LAYOUTS[drafted.layout])))
    figures = {
        _("new"): len(drafted.new) - len(drafted.incidents),
        _("new incidents"): len(drafted.incidents),
        _("already there"): sum(map(len, drafted.same.values())),
        _("there, but different"): len(drafted.changed),
        _("wrong"): len(drafted.wrong),
        _("names in doubt"): len(drafted.unresolved),
    }
    for column, (name, number) in zip(st.columns(len(figures)), figures.items(), strict=True):
        column.metric(name, number)
    for note in drafted.notes:
        st.caption(in_markdown(note))
    if drafted.wrong:
        st.error(
            ngettext(
                "Nothing can be entered while {n} cell of the file is wrong.",
                "Nothing can be entered while {n} cells of the file are wrong.",
                len(drafted.wrong),
            )
        )
        st.dataframe(_findings(drafted.wrong), hide_index=True)
    if drafted.warnings:
        with st.expander(ngettext("{n} warning", "{n} warnings", len(drafted.warnings))):
            st.dataframe(_findings(drafted.warnings), hide_index=True)
    if drafted.changed:
        with st.expander(ngettext("{n} record there with other cells", "{n} records there with other cells", len(drafted.changed))):
            st.dataframe({_("Difference"): [str(difference) for difference in drafted.changed[:SHOWN]]}, hide_index=True)
    if drafted.new:
        with st.expander(ngettext("{n} new record", "{n} new records", len(drafted.new))):
            rows = [{_("What"): _(TABLES[c.table].what), _("Key"): c.key, _("In short"): _told(c)} for c in drafted.new[:SHOWN]]
            st.dataframe(pd.DataFrame(rows), hide_index=True)
    if drafted.changes and not drafted.wrong:
        _on_the_map(atlas, drafted)


def _told(change: Change) -> str:
    """Return what a record says, in its own words."""
    return next((change.cells[name] for name in ("statement", "description", "note", "name") if change.cells.get(name)), "")


def _on_the_map(atlas: Atlas, drafted: Plan) -> None:
    touched = {change.cells["place_id"] for change in drafted.changes if change.table == "claims" and change.cells.get("place_id")}
    if not touched:
        st.caption(_("Nothing would change on the map."))
        return
    try:
        dataset = atlas.ledger.preview(drafted.changes)
    except GeodataError as problem:
        st.error(in_markdown(str(problem)))
        return
    found = differences(Control(atlas.events), Control(events_of(dataset)), touched)
    places = sorted({name_of(dataset.locations[difference.place_id]) for difference in found})
    if places:
        st.info(
            ngettext(
                "On the map {n} place would change: {places}.",
                "On the map {n} places would change: {places}.",
                len(places),
                places=_(", ").join(in_markdown(name) for name in places[:12]),
            )
        )
    else:
        st.caption(_("Nothing would change on the map: the claims support, or are set beside, what is drawn already."))


def _choices(drafted: Plan, chosen: dict[tuple[str, str], str]) -> None:
    """Let a person say what a doubtful name means."""
    if not drafted.unresolved:
        return
    st.markdown(_("**Names in doubt.** Rows whose place means no one place are not entered as claims. Choose what is meant:"))
    for number, name in enumerate(drafted.unresolved[:MOST_NAMES]):
        asked, answered = st.columns([1, 2], vertical_alignment="center")
        rows = ngettext("{n} row: {rows}", "{n} rows: {rows}", len(name.rows), rows=_(", ").join(map(str, name.rows[:5])))
        asked.text(f"{name.name} {name.admin1}\n{rows}")
        if not name.candidates:
            answered.caption(_("The gazetteer knows no such place."))
            continue
        _choice(answered, name, number, chosen)
    if len(drafted.unresolved) > MOST_NAMES:
        st.caption(ngettext("And {n} more.", "And {n} more.", len(drafted.unresolved) - MOST_NAMES))


def _choice(column: st.delta_generator.DeltaGenerator, name: Unresolved, number: int, chosen: dict[tuple[str, str], str]) -> None:
    labels = {candidate.place_id: candidate.label for candidate in name.candidates}
    picked = select(
        name.name,
        ["", *labels],
        lambda key: labels.get(key, _("leave it in doubt")),
        key=f"ledger_doubt_{number}_{name.name}_{name.admin1}",
        on=column,
        label_visibility="collapsed",
    )
    if picked:
        chosen[name.name, name.admin1] = picked
        st.rerun()


def _enter(atlas: Atlas, drafted: Plan) -> None:
    if not drafted.changes:
        st.success(_("Nothing to enter: everything in the file is there already.") if not drafted.wrong else _("Nothing was entered."))
        return
    by = author("import")
    reason = st.text_input(_("Reason"), key="ledger_import_reason", max_chars=500, placeholder=_("where the file comes from"))
    if not st.button(_("Enter all of it"), type="primary", disabled=bool(drafted.wrong) or not by):
        return
    try:
        receipt = drafted.apply(atlas.ledger, by, (reason or "").strip())
    except LedgerError as problem:
        refuse(problem)
        return
    except GeodataError as problem:
        st.error(in_markdown(str(problem)))
        return
    st.session_state["ledger_round"] = st.session_state.get("ledger_round", 0) + 1
    if receipt:
        st.session_state["ledger_said"] = _(
            "Entries {first} to {last} made. Head {head}…", first=receipt.first, last=receipt.last, head=str(receipt.head)[:16]
        )
    st.rerun()


def _findings(findings: Sequence[Finding]) -> pd.DataFrame:
    return pd.DataFrame([{_("Row"): f.row, _("Column"): f.column, _("Finding"): said(f.sentence)} for f in findings[:SHOWN]])
