"""Files of claims into the ledger: a dry run, then all or nothing. Rows of ACLED and UCDP here are invented."""

import csv
import datetime as dt
import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from geodata import BUNDLED, Location, SchemaError, events_of, load_events, read_dataset
from geodata.dataset.tables import CLAIMS
from geodata.files.flat import flat_table
from geodata.files.formats import FORMATS
from geodata.files.guard import RawTable, Upload, read_rows
from geodata.intake import IntakeError, Resolution, layout_of, own_places, plan, read_actors
from geodata.ledger import Change, Ledger, StaleError
from tests.trials import examples

ENDINGS = {"geoparquet": "parquet"}
counter = itertools.count()


def raw_of(rows: list[dict[str, object]], name: str = "rows.csv") -> RawTable:
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    texts = [{column: str(row.get(column, "")) for column in columns} for row in rows]
    return RawTable(name, "csv", columns, texts, list(range(2, len(rows) + 2)))


def exported(ledger: Ledger, form: str = "csv") -> RawTable:
    dataset = ledger.dataset()
    table = flat_table(dataset, events_of(dataset), str(ledger.head()))
    return read_rows(Upload(f"claims.{ENDINGS.get(form, form)}", FORMATS[form](table)))


def claim_row(usual, **changes) -> dict[str, str]:
    row = usual["claims"][0] | {"claim_id": "claim-2", "claimant_id": "afp"} | changes
    return {name: str(cell) for name, cell in row.items()}


def correction(ledger: Ledger, table: str, key: str, **cells: str) -> Change:
    entry = ledger.current(table, key)
    return Change(table, key, "correct", dict(entry.cells) | cells, entry.number)


def content(made) -> list[tuple]:
    """What a plan would enter, wherever in the file it stands."""
    return [(c.table, c.key, c.action, dict(c.cells)) for c in made.changes]


# Round trips


hostile = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)
words = st.one_of(
    st.sampled_from(
        ["=1+1", "'=1", "-2", "@x", '"', "a,b;c|d", "مهين", "x\ny", "x\r\ny", "007", "1e5", "2015-01-01", "true", "_x0041_", "NA"]
    ),
    hostile.filter(lambda text: text.strip() != ""),
)
keys = words.filter(lambda text: "|" not in text)
days = st.dates(dt.date(2014, 1, 1), dt.date(2015, 12, 1))


@st.composite
def batches(draw) -> list[Change]:
    """A document, a claimant, a place and up to five claims with any text in them."""
    position = {"longitude": str(draw(st.floats(37.0, 39.0))), "latitude": str(draw(st.floats(33.9, 35.1)))}
    radius = draw(st.sampled_from(["", "2.5"]))
    rows = {
        "documents": {"document_id": draw(keys), "publisher": draw(words), "published_on": "2016-01-01", "note": draw(words)},
        "claimants": {"claimant_id": draw(keys), "name": draw(words), "reliability": "C"},
        "places": {"place_id": draw(keys), "name": draw(words), "aliases": draw(words), "feature_class": "P", "feature_code": "PPL"}
        | {"admin1": "SY-HI", "rank": "3", "radius_km": radius, "geonames_id": draw(st.sampled_from(["", "9"]))}
        | position,
    }
    changes = [Change(table, next(iter(cells.values())).strip(), "add", cells) for table, cells in rows.items()]
    refers = {name: changes[i].key for i, name in enumerate(("document_id", "claimant_id", "place_id"))}
    for claim_id in draw(st.lists(keys.map(str.strip), min_size=1, max_size=5, unique=True)):
        first = draw(days)
        cells = dict.fromkeys(CLAIMS.names, "") | refers | {"claim_id": claim_id, "locator": draw(words), "kind": "control_change"}
        cells |= {"place_as_written": draw(words), "gaining": "government", "losing": draw(st.sampled_from(["", "islamic-state"]))}
        cells |= {"modality": "asserted", "date_earliest": str(first), "date_latest": str(first), "date_precision": "1"}
        cells |= {"reported_on": str(first), "credibility": "2", "statement": draw(words), "note": draw(st.one_of(st.just(""), words))}
        changes.append(Change("claims", claim_id, "add", cells))
    return changes


def grown(tmp_path: Path, folder: Path, batch: list[Change]) -> Ledger:
    grown = Ledger.open(tmp_path / f"{next(counter)}.sqlite", folder)
    grown.append(batch, "test")
    return grown


SLOW = examples(4, 60, HealthCheck.function_scoped_fixture)


@pytest.mark.trials
@pytest.mark.parametrize("form", FORMATS)
def test_an_export_taken_in_again_changes_nothing(form, tmp_path, claims):
    folder = claims({})

    @SLOW
    @given(batches())
    def check(batch):
        ledger = grown(tmp_path, folder, batch)
        made = plan(exported(ledger, form), ledger)
        assert (made.changes, made.changed, made.wrong, made.unresolved) == ((), (), (), ())
        assert set(made.same["claims"]) == {c.key for c in batch if c.table == "claims"} | {"claim-1"}
        assert made.apply(ledger, "test") is None

    check()


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_rebuilds_the_claims_in_another_ledger(form, tmp_path, tables, usual):
    full = tables()
    first = Ledger.open(tmp_path / "first.sqlite", full)
    raw = exported(first, form)
    empty = tables(
        claims="\n".join([",".join(usual["claims"][0]), ""]), documents=usual["documents"][:0] or ",".join(usual["documents"][0])
    )
    second = Ledger.open(tmp_path / "second.sqlite", empty)
    plan(raw, second).apply(second, "test")
    assert flat_table(second.dataset(), events_of(second.dataset())).rows == flat_table(first.dataset(), events_of(first.dataset())).rows


def test_an_export_changes_nothing_after_the_ledger_was_edited(ledger, usual):
    ledger.append([Change("claims", "claim-2", "add", claim_row(usual))], "test")
    ledger.append(
        [correction(ledger, "claims", "claim-1", credibility="3"), correction(ledger, "places", "palmyra", name="Tadmur")], "test"
    )
    ledger.append([Change("claims", "claim-2", "retract", {}, ledger.current("claims", "claim-2").number)], "test")
    head = ledger.head()
    for form in FORMATS:
        made = plan(exported(ledger, form), ledger)
        assert (made.changes, made.changed, made.wrong) == ((), (), ())
    assert ledger.head() == head


@examples(8, 100, HealthCheck.function_scoped_fixture)
@given(batch=batches(), seed=st.randoms())
def test_the_order_of_rows_does_not_matter(batch, seed, tmp_path_factory, usual):
    folder = tmp_path_factory.getbasetemp() / "order"
    if not folder.exists():
        folder.mkdir()
        for name, rows in usual.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
    source = grown(folder, folder, batch)
    table = flat_table(source.dataset(), events_of(source.dataset()))
    rows = [{name: "" if row.get(name) is None else str(row[name]) for name in table.columns} for row in table.rows]
    target = Ledger.open(folder / "target.sqlite", folder)
    one = plan(raw_of(rows), target)
    seed.shuffle(rows)
    other = plan(raw_of(rows), target)
    assert content(one) == content(other)
    assert one.token("a", "b") == other.token("a", "b")
    assert one.wrong == other.wrong == ()


# The dry run


def test_new_records_are_entered_together(ledger, usual):
    made = plan(raw_of([claim_row(usual), claim_row(usual, claim_id="claim-3", place_id="mahin")]), ledger)
    assert made.layout == "claims"
    assert [change.key for change in made.new] == ["claim-2", "claim-3"]
    receipt = made.apply(ledger, "Nadia", "A batch")
    entries = ledger.journal(after=receipt.first - 1)
    assert [(e.key, e.by, e.reason) for e in entries] == [("claim-2", "Nadia", "A batch"), ("claim-3", "Nadia", "A batch")]


def test_a_dry_run_enters_nothing(ledger, usual):
    head = ledger.head()
    assert plan(raw_of([claim_row(usual)]), ledger).new
    assert ledger.head() == head


def test_the_same_plan_is_entered_once(ledger, usual):
    made = plan(raw_of([claim_row(usual)]), ledger)
    first, again = made.apply(ledger, "Nadia"), made.apply(ledger, "Nadia")
    assert (first.repeated, again.repeated) == (False, True)
    assert again.head == first.head


def test_a_record_with_other_cells_is_only_listed_unless_an_update_is_asked_for(ledger, usual):
    raw = raw_of([usual["claims"][0] | {"credibility": 4, "note": "Read again."}])
    listed = plan(raw, ledger)
    assert listed.changes == ()
    [difference] = listed.changed
    assert difference.cells == {"credibility": ("2", "4"), "note": ("", "Read again.")}
    assert str(difference) == "claim 'claim-1' (row 2): credibility: '2' there, '4' in the file; note: '' there, 'Read again.' in the file."
    plan(raw, ledger, update=True).apply(ledger, "Nadia")
    assert ledger.current("claims", "claim-1").action == "correct"
    assert ledger.current("claims", "claim-1").cells["credibility"] == "4"


def test_a_column_that_the_file_lacks_stays_as_it_is(ledger, usual):
    ledger.append([correction(ledger, "claims", "claim-1", note="Mind the date.")], "test")
    row = {name: cell for name, cell in usual["claims"][0].items() if name != "note"}
    assert plan(raw_of([row]), ledger).same == {"claims": ("claim-1",)}


def test_what_was_retracted_comes_back_only_if_an_update_is_asked_for(ledger, usual):
    raw = raw_of(usual["claims"])
    ledger.append([Change("claims", "claim-1", "retract", {}, ledger.current("claims", "claim-1").number)], "test")
    listed = plan(raw, ledger)
    assert (listed.changes, listed.changed[0].retracted) == ((), True)
    plan(raw, ledger, update=True).apply(ledger, "Nadia")
    assert ledger.current("claims", "claim-1").action == "restore"


def test_everything_wrong_is_named_by_row_and_column_and_nothing_is_entered(ledger, usual):
    rows = [
        claim_row(usual),
        claim_row(usual, claim_id="claim-3", gaining="martians", locator=""),
        claim_row(usual, claim_id="claim-4", document_id="lost"),
        claim_row(usual, claim_id="claim-5", losing="islamic-state"),
    ]
    made = plan(raw_of(rows), ledger)
    assert [(f.row, f.column, f.rule) for f in made.wrong] == [
        (3, "gaining", "unknown-party"),
        (3, "locator", "no-locator"),
        (4, "document_id", "cell"),
        (5, "losing", "claim"),
    ]
    head = ledger.head()
    with pytest.raises(IntakeError, match=r"rows\.csv is not taken in: 4 of its cells are wrong; the first, row 3: 'martians'"):
        made.apply(ledger, "Nadia")
    assert ledger.head() == head


def test_what_only_the_ledger_can_see_is_found_in_the_dry_run(ledger, usual):
    rows = exported(ledger)
    rows.rows[0] |= {"place_id": "far", "place_name": "Far", "longitude": "36.0", "latitude": "36.9", "claim_id": "claim-9"}
    [finding] = plan(rows, ledger).wrong
    assert (finding.row, finding.column) == (2, "longitude")
    assert "from the middle of Homs" in finding.sentence


def test_rows_that_contradict_each_other_about_a_document_are_wrong(ledger):
    raw = exported(ledger)
    other = raw.rows[0] | {"claim_id": "claim-2", "document_publisher": "BBC"}
    made = plan(replace(raw, rows=[raw.rows[0], other], numbers=[2, 3]), ledger)
    assert [(f.row, f.column) for f in made.wrong] == [(3, "publisher")]
    assert made.wrong[0].sentence == "'BBC' is not what row 2 has for document 'report', 'AFP'."


def test_two_rows_without_a_key_are_both_wrong(ledger, usual):
    made = plan(raw_of([claim_row(usual, claim_id=""), claim_row(usual, claim_id="", credibility=3)]), ledger)
    assert [(f.row, f.column) for f in made.wrong] == [(2, "claim_id"), (3, "claim_id")]


def test_a_plan_that_is_overtaken_by_another_user_is_refused_whole(ledger, usual):
    raw = raw_of([usual["claims"][0] | {"credibility": 4}, claim_row(usual)])
    made = plan(raw, ledger, update=True)
    ledger.append([correction(ledger, "claims", "claim-1", credibility="5")], "somebody else")
    with pytest.raises(StaleError):
        made.apply(ledger, "Nadia")
    assert ledger.current("claims", "claim-2") is None


def test_the_dry_run_warns_of_what_the_linter_would_find_afterwards(ledger, usual):
    made = plan(raw_of([claim_row(usual, claimant_id="rebels", gaining="opposition", losing="")]), ledger)
    assert "rivals" in {finding.rule for finding in made.warnings}
    assert plan(raw_of([claim_row(usual)]), ledger).warnings == ()


def test_namesakes_far_apart_are_a_warning(ledger):
    raw = exported(ledger)
    place = {"place_id": "palmyra-2", "longitude": "37.5", "latitude": "34.5", "claim_id": "claim-2"}
    made = plan(replace(raw, rows=[raw.rows[0], raw.rows[0] | place], numbers=[2, 3]), ledger)
    assert [(f.rule, f.row) for f in made.warnings] == [("namesakes", 3)]
    assert made.wrong == ()


def test_a_claim_without_a_place_id_is_resolved_by_name(ledger, usual):
    row = claim_row(usual, place_id="", place_as_written="تدمر")
    [change] = plan(raw_of([row]), ledger).new
    assert change.cells["place_id"] == "palmyra"
    [finding] = plan(raw_of([row | {"place_as_written": "Atlantis"}]), ledger).wrong
    assert (finding.row, finding.column, finding.sentence) == (2, "place_as_written", "'Atlantis' is not found.")


def test_a_place_that_the_resolver_finds_elsewhere_is_added(ledger, usual):
    sadad = Location("sadad", "Sadad", "صدد", "SY-HI", 36.92562, 34.31248, aliases=("Saddad",), geonames_id=165109)
    row = claim_row(usual, place_id="", place_as_written="Saddad")
    made = plan(raw_of([row]), ledger, lambda *_: Resolution("resolved", "sadad", sadad))
    assert [(c.table, c.key) for c in made.new] == [("places", "sadad"), ("claims", "claim-2")]
    made.apply(ledger, "Nadia")
    assert ledger.dataset().locations["sadad"] == sadad


@pytest.mark.parametrize("columns", [["a", "b"], ["claim_id", "kind"], ["event_id_cnty", "event_date"]])
def test_a_file_of_no_known_layout_is_refused_with_what_it_lacks(columns):
    with pytest.raises(SchemaError, match=r"rows\.csv: has the columns of no layout we read; to be .* it lacks "):
        layout_of(raw_of([dict.fromkeys(columns, "x")]))


# ACLED


ACLED = {
    "event_id_cnty": "SYR1",
    "event_date": "2015-05-20",
    "time_precision": 1,
    "event_type": "Battles",
    "sub_event_type": "Non-state actor overtakes territory",
    "actor1": "Islamic State (Syria)",
    "assoc_actor_1": "",
    "actor2": "Military Forces of Syria (2000-2024)",
    "admin1": "Homs",
    "location": "Palmyra",
    "latitude": 34.5624,
    "longitude": 38.284,
    "geo_precision": 1,
    "source": "SOHR",
    "source_scale": "Other",
    "notes": "An invented row.",
    "fatalities": 0,
    "timestamp": 1676909320,
}
REGAINS = "Government regains territory"
ACTORS = """actor,party_id,active_from,active_to,note
Military Forces of Syria (2000-*,government,,2024-12-07,
Opposition Rebels (Syria),opposition,,,
Islamic State*,islamic-state,,,
Levant Front,opposition,,2015-06-30,
"""


@pytest.fixture
def coded(ledger):
    """Dry run of invented rows of ACLED, each the usual one with changes."""
    (ledger.folder / "actors.csv").write_text(ACTORS, encoding="utf-8")

    def run(*changes: dict[str, object], **options):
        rows = [ACLED | {"event_id_cnty": f"SYR{number}"} | change for number, change in enumerate(changes, 1)]
        return plan(raw_of(rows, "acled.csv"), ledger, **options)

    return run


def only_claim(made):
    [claim] = [change.cells for change in made.new if change.table == "claims"]
    return claim


def why(made) -> str:
    [incident] = made.incidents
    assert [c for c in made.new if c.table == "claims"] == []
    return incident.cells["note"].removeprefix("Not taken for a claim of control: ").removesuffix(".")


def test_a_transfer_of_territory_becomes_a_claim_with_its_document(coded, ledger):
    made = coded({})
    assert (made.layout, made.wrong, made.incidents) == ("ACLED", (), ())
    claim = only_claim(made)
    expected = {"claim_id": "acled-SYR1", "locator": "SYR1", "kind": "control_change", "place_id": "palmyra", "claimant_id": "sohr"}
    expected |= {"gaining": "islamic-state", "losing": "government", "date_earliest": "2015-05-20", "date_latest": "2015-05-20"}
    expected |= {"date_precision": "1", "reported_on": "2015-05-20", "credibility": "3", "modality": "asserted"}
    expected |= {"statement": "IS takes Palmyra from Government, as coded by ACLED."}
    assert {name: claim[name] for name in expected} == expected
    [document] = [change.cells for change in made.new if change.table == "documents"]
    assert document["document_id"] == claim["document_id"]
    assert (document["publisher"], document["agency"], document["published_on"]) == ("SOHR", "ACLED", "2015-05-20")
    made.apply(ledger, "Nadia")
    assert plan(raw_of([ACLED], "acled.csv"), ledger).changes == ()


def test_the_text_of_acled_is_not_copied(coded):
    assert "An invented row." not in str(coded({}, {"sub_event_type": "Armed clash"}).changes)


@pytest.mark.parametrize("swapped", [False, True])
def test_the_order_of_actors_does_not_tell_who_gained(coded, swapped):
    pair = ("actor1", "actor2")
    both = {a: ACLED[b] for a, b in zip(pair, reversed(pair) if swapped else pair, strict=True)}
    gained = [only_claim(coded(both | {"sub_event_type": kind}))["gaining"] for kind in (ACLED["sub_event_type"], REGAINS)]
    assert gained == ["islamic-state", "government"]


def test_between_two_non_state_actors_the_first_is_taken_to_gain_and_that_is_said(coded, ledger):
    made = coded({"actor2": "Opposition Rebels (Syria)"})
    claim = only_claim(made)
    assert (claim["gaining"], claim["losing"], claim["credibility"]) == ("islamic-state", "opposition", "6")
    assert claim["note"] == "ACLED does not code which actor gained; the first is taken to have."
    events = events_of(ledger.preview(made.changes))
    lone = coded({"actor2": "Opposition Rebels (Syria)", "location": "Mahin", "latitude": 34.24, "longitude": 37.06})
    events = events_of(ledger.preview(lone.changes))
    assert events[(events["place_id"] == "mahin") & (events["basis"] == "change")]["flagged"].all()


def test_a_transfer_without_a_fight_may_have_one_actor(coded):
    claim = only_claim(coded({"sub_event_type": "Non-violent transfer of territory", "event_type": "Strategic developments", "actor2": ""}))
    assert (claim["gaining"], claim["losing"]) == ("islamic-state", "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sub_event_type": "Armed clash"}, "no change of control"),
        ({"actor1": "Unidentified Armed Group (Syria)"}, "'Unidentified Armed Group (Syria)' counts to no party on that day"),
        ({"actor2": ""}, "no actor2 is named"),
        ({"actor1": "Islamic State (Iraq)", "actor2": "Islamic State (Syria)"}, "both actors count to one party"),
        (
            {"sub_event_type": "Government regains territory", "actor2": "Opposition Rebels (Syria)"},
            "neither actor counts to the government",
        ),
        ({"geo_precision": 2}, "the location stands for its surroundings or for a region"),
        ({"location": "Atlantis", "latitude": 33.0, "longitude": 36.0}, "the place is not found"),
        ({"latitude": 33.0, "longitude": 36.0}, "the place is ambiguous"),
        ({"actor1": "Levant Front", "event_date": "2015-07-01"}, "'Levant Front' counts to no party on that day"),
    ],
)
def test_what_cannot_be_a_control_change_stays_an_incident_with_the_reason(coded, changes, reason):
    assert why(coded(changes)) == reason


def test_an_incident_keeps_what_was_coded(coded):
    [incident] = coded({"sub_event_type": "Armed clash", "geo_precision": 3, "time_precision": 3}).incidents
    cells = {"source": "ACLED", "kind": "Battles: Armed clash", "place_as_written": "Palmyra", "admin1_as_written": "Homs"}
    cells |= {"longitude": "38.284", "latitude": "34.5624", "date_earliest": "2015-05-01", "date_latest": "2015-05-31"}
    cells |= {"date_precision": "4", "where_precision": "4", "actor_1": "Islamic State (Syria)", "party_1": "islamic-state"}
    cells |= {"party_2": "government", "reported_by": "SOHR", "reported_on": ""}
    assert {name: incident.cells[name] for name in cells} == cells


def test_ambiguous_names_are_listed_with_candidates_and_rows(coded):
    far = {"latitude": 33.0, "longitude": 36.0}
    [unresolved] = coded(far, {}, far).unresolved
    assert (unresolved.name, unresolved.admin1, unresolved.status, unresolved.rows) == ("Palmyra", "Homs", "ambiguous", (2, 4))
    assert [c.label for c in unresolved.candidates] == ["Palmyra, SY-HI (38.28, 34.56)"]


@pytest.mark.parametrize(
    ("written", "precision", "window"),
    [
        ("2015-05-20", 1, ("2015-05-20", "2015-05-20", "1")),
        ("20 May 2015", 1, ("2015-05-20", "2015-05-20", "1")),
        ("20-May-2015", 1, ("2015-05-20", "2015-05-20", "1")),
        ("03/05/2015", 1, ("2015-05-03", "2015-05-03", "1")),
        ("2015-05-20", 2, ("2015-05-17", "2015-05-23", "3")),
        ("2015-02-15", 3, ("2015-02-01", "2015-02-28", "4")),
    ],
)
def test_dates_of_all_exports_are_read_with_their_precision(coded, written, precision, window):
    claim = only_claim(coded({"event_date": written, "time_precision": precision}))
    assert (claim["date_earliest"], claim["date_latest"], claim["date_precision"]) == window


def test_a_date_a_position_or_an_id_that_is_none_keeps_the_file_out(coded):
    made = coded({"event_date": "May 2015"}, {"time_precision": 7}, {"longitude": "east", "latitude": 91}, {"event_id_cnty": ""})
    assert [(f.row, f.column) for f in made.wrong] == [
        (2, "event_date"),
        (3, "event_date"),
        (4, "latitude"),
        (4, "longitude"),
        (5, "event_id_cnty"),
    ]


def test_one_name_far_apart_in_one_province_is_a_warning(coded):
    far = {"latitude": 34.0, "longitude": 37.0}
    assert [(f.rule, f.row) for f in coded({}, {}, far | {"admin1": "Hama"}, far).warnings] == [("namesakes", 5)]


def test_exports_before_2019_have_the_kind_of_battle_in_event_type(ledger, coded):
    old = {name.upper(): cell for name, cell in ACLED.items() if name != "sub_event_type"}
    old |= {"EVENT_TYPE": "Battle-Non-state actor overtakes territory", "DATA_ID": 1, "EVENT_ID_NO_CNTY": 1}
    assert only_claim(plan(raw_of([old]), ledger))["gaining"] == "islamic-state"


def test_rows_of_one_source_and_day_share_a_document_and_unknown_sources_become_claimants(coded):
    made = coded({"source": "Local Eye; Other"}, {"source": "Local Eye; Other"}, {"source": "Local Eye; AFP"})
    documents = [c for c in made.new if c.table == "documents"]
    assert len(documents) == 2
    [claimant] = [c.cells for c in made.new if c.table == "claimants"]
    assert (claimant["claimant_id"], claimant["name"], claimant["reliability"], claimant["side"]) == ("local-eye", "Local Eye", "F", "")
    claims = [c.cells for c in made.new if c.table == "claims"]
    assert [c["claimant_id"] for c in claims] == ["local-eye", "local-eye", "afp"]
    assert claims[0]["note"] == "Sources as listed: Local Eye; Other."


def test_acled_does_not_corroborate_the_source_it_rests_on(coded, ledger):
    made = coded({"source": "SOHR"})
    events = events_of(ledger.preview(made.changes))
    assert events.set_index("event_id").loc["palmyra-2", "status"] == "claimed"


def test_an_incident_that_has_become_a_claim_is_retracted_with_an_update_only(coded, ledger):
    coded({"location": "Tadmur City", "latitude": 34.6, "longitude": 38.3}).apply(ledger, "Nadia")
    assert ledger.current("incidents", "acled-SYR1").live
    listed = coded({})
    assert [str(difference) for difference in listed.changed] == ["incident 'acled-SYR1' (row 2) is no longer one in this file."]
    coded({}, update=True).apply(ledger, "Nadia")
    assert not ledger.current("incidents", "acled-SYR1").live
    assert ledger.current("claims", "acled-SYR1").live


# UCDP


UCDP = {
    "id": "214858.0",
    "relid": "SYR-2015-1-1",
    "year": 2015,
    "type_of_violence": 1,
    "side_a": "Military Forces of Syria (2000-2024)",
    "side_b": "Islamic State, Islamic State (Iraq)",
    "date_start": "2015-05-20 00:00:00.000",
    "date_end": "2015-05-21 00:00:00.000",
    "date_prec": 2,
    "where_prec": "2.0",
    "where_coordinates": "Tadmur town",
    "adm_1": "Homs Governorate",
    "latitude": 34.56,
    "longitude": 38.28,
    "source_article": '"SOHR,2015-05-22,An invented headline"',
    "source_office": "SOHR",
    "source_date": "2015-05-23;2015-05-22",
    "source_original": "SOHR",
}


def test_a_row_of_ucdp_is_an_incident_whatever_it_says(ledger, coded):
    made = plan(raw_of([UCDP, UCDP | {"id": 5, "type_of_violence": 3, "source_date": ""}], "ged.csv"), ledger)
    assert (made.layout, made.wrong, len(made.new)) == ("UCDP GED", (), 2)
    incident, other = (change.cells for change in made.incidents)
    cells = {"incident_id": "ucdp-214858", "source": "UCDP GED", "kind": "state-based conflict", "place_as_written": "Tadmur town"}
    cells |= {"date_earliest": "2015-05-20", "date_latest": "2015-05-21", "date_precision": "2", "where_precision": "2"}
    cells |= {"party_1": "government", "party_2": "islamic-state", "reported_by": "SOHR", "reported_on": "2015-05-22"}
    assert {name: incident[name] for name in cells} == cells
    assert (other["incident_id"], other["kind"], other["reported_on"]) == ("ucdp-5", "one-sided violence", "")
    assert "invented" not in str(made.changes)


def test_a_date_or_an_id_of_ucdp_that_is_none_keeps_the_file_out(ledger):
    made = plan(raw_of([UCDP | {"date_end": "soon"}, UCDP | {"id": ""}]), ledger)
    assert [(f.row, f.column) for f in made.wrong] == [(2, "date_end"), (3, "id")]


# Actors and places


def test_an_actor_counts_to_the_party_of_its_longest_name_that_holds_on_all_of_the_days(ledger):
    (ledger.folder / "actors.csv").write_text(
        "actor,party_id,active_from,active_to,note\nFront*,opposition,,,\nFront of the South,islamic-state,2015-01-01,,\n",
        encoding="utf-8",
    )
    actors = read_actors(ledger.folder, ledger.dataset().parties)
    old, new = dt.date(2014, 6, 1), dt.date(2015, 6, 1)
    assert actors.party_of("front of the north", old, old) == "opposition"
    assert actors.party_of("Front of the South", old, old) == "opposition"
    assert actors.party_of("Front of the South", new, new) == "islamic-state"
    assert actors.party_of("Front of the South", old, new) == "opposition"
    assert actors.party_of("Front of the North; Front of the South", old, old) == "opposition"
    assert actors.party_of("Front of the North; Others", old, old) == ""


def test_a_party_counts_only_while_it_is_active(ledger, coded):
    actors = read_actors(ledger.folder, ledger.dataset().parties)
    assert actors.party_of("Islamic State (Syria)", dt.date(2013, 4, 7), dt.date(2013, 4, 7)) == ""
    assert actors.party_of("Islamic State (Syria)", dt.date(2013, 4, 8), dt.date(2013, 4, 8)) == "islamic-state"


@pytest.mark.parametrize(
    ("actor", "day", "party"),
    [
        ("Military Forces of Syria (2000-2024) Syrian Arab Air Force", "2015-01-01", "government"),
        ("Military Forces of Syria (2024-)", "2024-12-20", ""),
        ("QSD: Syrian Democratic Forces", "2017-10-17", "sdf"),
        ("YPG: Peoples Protection Units", "2014-01-01", ""),
        ("JaS: Levant Front", "2016-01-01", "opposition"),
        ("JaS: Levant Front", "2019-01-01", "turkish-backed"),
        ("HTS: Hayat Tahrir al Sham", "2018-01-01", "hts"),
        ("IS", "2016-01-01", "islamic-state"),
        ("Ahrar al-Sham, HTS, Southern Front", "2017-06-01", ""),
        ("Unidentified Armed Group (Syria)", "2016-01-01", ""),
    ],
)
def test_the_bundled_actors_count_to_parties_as_of_their_time(actor, day, party):
    actors = read_actors(BUNDLED, read_dataset(BUNDLED).parties)
    date = dt.date.fromisoformat(day)
    assert actors.party_of(actor, date, date) == party


@pytest.mark.parametrize(
    ("asked", "status", "place"),
    [
        (("palmyra", "", None, None), "resolved", "palmyra"),
        (("تدمر", "", None, None), "resolved", "palmyra"),
        (("Palmyra", "Hims", None, None), "resolved", "palmyra"),
        (("Palmyra", "Homs Governorate", 38.30, 34.57), "resolved", "palmyra"),
        (("Palmyra", "Hama", None, None), "ambiguous", ""),
        (("Palmyra", "", 36.0, 33.0), "ambiguous", ""),
        (("Tadmur City", "", 38.29, 34.56), "resolved", "palmyra"),
        (("Tadmur City", "", 38.33, 34.56), "not found", ""),
        (("Tadmur City", "", None, None), "not found", ""),
    ],
)
def test_the_datasets_own_places_are_found_by_name_or_by_position(ledger, asked, status, place):
    answer = own_places(ledger.dataset())(*asked)
    assert (answer.status, answer.place_id) == (status, place)


# The loader


def same(one, other) -> bool:
    return one.drop(columns="geometry").equals(other.drop(columns="geometry")) and one.geometry.equals(other.geometry)


def test_events_are_loaded_alike_from_a_folder_a_ledger_and_each_format_of_an_export(ledger, tmp_path):
    expected = load_events(ledger.folder)
    assert same(load_events(ledger.path), expected)
    assert same(load_events(ledger), expected)
    dataset = ledger.dataset()
    for form, write in FORMATS.items():
        path = tmp_path / f"export.{ENDINGS.get(form, form)}"
        path.write_bytes(write(flat_table(dataset, events_of(dataset))))
        loaded = load_events(path)
        assert loaded["event_id"].tolist() == expected["event_id"].tolist()
        assert loaded.geometry.x.tolist() == expected.geometry.x.tolist()  # the file's own position, not that of the bundled place


def test_places_of_a_loaded_file_can_be_given_by_a_callable(ledger, tmp_path, usual):
    path = tmp_path / "claims.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(usual["claims"][0]))
        writer.writeheader()
        writer.writerow(usual["claims"][0] | {"document_id": "bbc-mahin-2015-11-02", "place_id": "nowhere"})
    with pytest.raises(SchemaError, match="'nowhere' is not a known place"):
        load_events(path)
    events = load_events(path, locate=lambda place_id: Location(place_id, "Nowhere", "", "", 37.5, 34.5))
    assert (events.geometry.x[0], events["name"][0]) == (37.5, "Nowhere")


def test_events_are_loaded_from_an_export_of_acled(tmp_path):
    path = tmp_path / "acled.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ACLED))
        writer.writeheader()
        writer.writerows([ACLED, ACLED | {"event_id_cnty": "SYR2", "location": "Somewhere", "latitude": 33, "longitude": 37}])
    assert set(load_events(path)["place_id"]) == {"palmyra"}
    sadad = Location("sadad", "Sadad", "", "SY-HI", 36.9, 34.3)
    events = load_events(path, resolve=lambda *_: Resolution("resolved", "somewhere", replace(sadad, place_id="somewhere")))
    assert set(events["place_id"]) == {"somewhere"}


def test_a_file_that_cannot_be_loaded_is_named(tmp_path, usual):
    with pytest.raises(SchemaError, match="there is no such file"):
        load_events(tmp_path / "none.csv")
    path = tmp_path / "claims.csv"
    path.write_text(",".join(usual["claims"][0]) + "\n" + ",".join(["x"] * len(usual["claims"][0])) + "\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"claims\.csv, row 2"):
        load_events(path)
