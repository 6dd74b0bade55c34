"""What goes into the ledger comes out of it, and nothing that has come in is ever changed."""

import datetime as dt
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from geodata import BUNDLED, SchemaError, read_dataset
from geodata.dataset.quantities import read_quantities
from geodata.dataset.tables import TABLES
from geodata.ledger import Change, Entry, Head, Ledger, LedgerError, StaleError, open_ledger


def changed(entry: Entry, action: str = "correct", **cells: str) -> Change:
    """A change to the record of an entry."""
    return Change(entry.table, entry.key, action, {} if action == "retract" else {**entry.cells, **cells}, entry.number)


def claim(ledger: Ledger) -> Entry:
    found = ledger.current("claims", "claim-1")
    assert found
    return found


def added(ledger: Ledger, key: str, **cells: str) -> Change:
    """A claim like the usual one under another key."""
    return Change("claims", key, "add", {**claim(ledger).cells, "claim_id": key, **cells})


def test_a_new_ledger_holds_what_the_folder_holds(ledger: Ledger):
    assert ledger.dataset() == read_dataset(ledger.folder)
    assert ledger.head().number == sum(len(ledger.currents(table)) for table in TABLES) == 15
    assert {entry.by for entry in ledger.journal()} == {"bundled dataset"}


def test_the_bundled_dataset_goes_in_and_comes_out_whole(tmp_path: Path):
    with closing(Ledger.open(tmp_path / "ledger.sqlite")) as ledger:
        dataset = read_dataset(BUNDLED)
        assert ledger.dataset() == dataset
        with ledger.snapshot() as records:
            assert read_quantities(records, dataset) == read_quantities(BUNDLED, dataset)
        assert "2026" in ledger.journal(limit=1)[0].reason
        assert ledger.verify(ledger.head()) == []


def test_a_folder_with_an_error_makes_no_ledger(tables: Callable[..., Path], tmp_path: Path, usual: dict[str, list[dict[str, object]]]):
    folder = tables(claims=[usual["claims"][0] | {"gaining": "nobody"}])
    with pytest.raises(SchemaError, match=r"claims\.csv, row 2, column 'gaining': 'nobody' is not a known party"):
        Ledger.open(tmp_path / "home" / "ledger.sqlite", folder)
    assert list((tmp_path / "home").iterdir()) == []


def test_a_correction_is_a_new_entry_that_supersedes_the_old_one(ledger: Ledger):
    old = claim(ledger)
    receipt = ledger.append([changed(old, date_latest="2015-05-21", note="Checked.")], "ana", "A second report.")
    new = claim(ledger)
    assert (new.number, new.supersedes, new.by, new.reason) == (receipt.last, old.number, "ana", "A second report.")
    assert receipt.head == ledger.head() == Head(new.number, new.hash)
    assert new.previous_hash == ledger.journal(after=new.number - 2, limit=1)[0].hash
    assert abs(dt.datetime.now(dt.UTC) - new.recorded_at) < dt.timedelta(hours=1)
    assert ledger.history("claims", "claim-1") == [old, new]
    assert ledger.dataset().claims[0].date_latest == dt.date(2015, 5, 21)


def test_what_is_retracted_is_gone_from_the_dataset_and_can_be_restored(ledger: Ledger):
    old = claim(ledger)
    ledger.append([changed(old, "retract")], "ana")
    assert ledger.dataset().claims == ()
    gone = claim(ledger)
    assert not gone.live
    assert gone.cells == old.cells
    ledger.append([changed(gone, "restore", statement="It was right.")], "ben")
    assert [entry.action for entry in ledger.history("claims", "claim-1")] == ["add", "retract", "restore"]
    assert ledger.dataset().claims[0].statement == "It was right."


def test_a_record_keeps_its_place_when_it_is_corrected_or_restored(ledger: Ledger):
    ledger.append([added(ledger, "claim-2"), added(ledger, "claim-3")], "ana")
    for action in ("correct", "retract", "restore"):
        ledger.append([changed(claim(ledger), action)], "ana")
    assert [found.claim_id for found in ledger.dataset().claims] == ["claim-1", "claim-2", "claim-3"]


def test_a_batch_may_refer_to_itself_in_any_order(ledger: Ledger):
    document = ledger.currents("documents")["report"].cells
    batch = [added(ledger, "claim-2", document_id="new"), Change("documents", "new", "add", {**document, "document_id": "new"})]
    receipt = ledger.append(batch, "ana")
    assert receipt.last - receipt.first == 1
    assert {entry.batch for entry in ledger.journal(after=receipt.first - 1)} == {receipt.first}
    assert "new" in ledger.dataset().documents


def test_a_batch_with_one_bad_row_is_not_written_at_all(ledger: Ledger):
    head = ledger.head()
    with pytest.raises(SchemaError, match=r"^entry, row 2, column 'date_latest': '2015-13-01' is not a date"):
        ledger.append([added(ledger, "claim-2"), added(ledger, "claim-3", date_latest="2015-13-01")], "ana")
    assert ledger.head() == head


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"document_id": "lost"}, "column 'document_id': 'lost' is not a known document; known are report"),
        ({"place_id": "atlantis"}, "column 'place_id': 'atlantis' is not a known place; known are hama, mahin, palmyra"),
        ({"date_latest": "2015-05-19"}, "is before date_earliest"),
        ({"gaining": "government"}, "gains and loses in one claim"),
        ({"date_earliest": "2012-01-01", "date_latest": "2012-01-02"}, "'islamic-state' is not active before 2013-04-08"),
        ({"claim_id": "claim-9"}, "'claim-9' is not the key of the record that is changed, 'claim-2'"),
        ({"colour": "red"}, "column 'colour': claims has no such column"),
        ({"statement": "\ud800"}, "column 'statement': holds half of a character"),
    ],
)
def test_a_row_that_is_not_as_documented_is_named(ledger: Ledger, cells: dict[str, str], message: str):
    change = added(ledger, "claim-2")
    change = Change("claims", "claim-2", "add", {**change.cells, **cells}, row=7)
    for attempt in (lambda: ledger.append([change], "ana", file="import.csv"), lambda: ledger.check([change], file="import.csv")):
        with pytest.raises(SchemaError, match=r"^import\.csv, row 7") as refused:
            attempt()
        assert message in str(refused.value)


def test_figures_are_checked_too(ledger: Ledger):
    cells = {"quantity_id": "q", "document_id": "report", "locator": "p1", "claimant_id": "sohr", "reported_on": "2015-05-21"}
    cells |= {"statement": "Half.", "topic": "Share", "subject": "IS", "metric": "share_percent", "denominator": "Syria"}
    cells |= {"value_low": "50", "value_high": "49.5", "as_of_earliest": "2015-05-21", "as_of_latest": "2015-05-21"}
    with pytest.raises(SchemaError, match=r"49\.5 is below value_low, 50"):
        ledger.append([Change("quantity_claims", "q", "add", cells)], "ana")
    ledger.append([Change("quantity_claims", "q", "add", {**cells, "value_high": "050.50"})], "ana")
    assert ledger.currents("quantity_claims")["q"].cells["value_high"] == "50.5"


def test_a_place_outside_its_province_is_refused(ledger: Ledger):
    palmyra = ledger.currents("places")["palmyra"]
    with pytest.raises(SchemaError, match="longitude and latitude look exchanged"):
        ledger.append([changed(palmyra, longitude="34.56", latitude="38.28")], "ana")


def test_a_negative_zero_is_a_zero(ledger: Ledger):
    cells = {**ledger.currents("places")["mahin"].cells, "place_id": "null-island", "admin1": "", "longitude": "-0.0", "latitude": "-0"}
    ledger.append([Change("places", "null-island", "add", cells)], "ana")
    assert ledger.currents("places")["null-island"].cells["longitude"] == "0"
    assert ledger.verify() == []


def test_what_others_refer_to_cannot_be_retracted(ledger: Ledger):
    report = ledger.currents("documents")["report"]
    with pytest.raises(SchemaError, match="'report' is still needed by claim 'claim-1'"):
        ledger.append([changed(report, "retract")], "ana")
    ledger.append([changed(report, "retract"), changed(claim(ledger), "retract")], "ana")
    assert ledger.dataset().documents == {}


def test_a_batch_cannot_refer_to_what_it_retracts_or_has_retracted_before(ledger: Ledger):
    mahin = changed(ledger.currents("places")["mahin"], "retract")
    claimed = added(ledger, "claim-2", place_id="mahin")
    for batch in ([mahin, claimed], [claimed, mahin]):
        with pytest.raises(SchemaError, match="column 'place_id': 'mahin' is not a known place; known are hama, palmyra"):
            ledger.append(batch, "ana")
    ledger.append([mahin], "ana")
    with pytest.raises(SchemaError, match="'mahin' is not a known place; known are hama, palmyra"):
        ledger.append([claimed], "ana")


def test_the_years_of_a_party_must_go_on_fitting_its_claims(ledger: Ledger):
    party = ledger.currents("parties")["islamic-state"]
    with pytest.raises(SchemaError, match="claim 'claim-1' would no longer fit: 'islamic-state' is not active before 2016-01-01"):
        ledger.append([changed(party, active_from="2016-01-01")], "ana")
    moved = changed(claim(ledger), date_earliest="2016-02-01", date_latest="2016-02-01", reported_on="2016-02-01")
    ledger.append([changed(party, active_from="2016-01-01"), moved], "ana")
    assert ledger.dataset().claims[0].date_latest == dt.date(2016, 2, 1)


def test_whoever_looked_at_an_older_version_is_told_whose_is_newer(ledger: Ledger):
    seen = claim(ledger)
    ledger.append([changed(seen, note="Ana's.")], "ana")
    mine = changed(seen, note="Ben's.")
    for attempt in (lambda: ledger.append([mine], "ben"), lambda: ledger.check([mine]), lambda: ledger.preview([mine])):
        with pytest.raises(StaleError) as refused:
            attempt()
        assert re.fullmatch(r"ana corrected 'claim-1' in claims on .* \(entry 16\), after you had opened it\.", str(refused.value))
        assert refused.value.entry == claim(ledger)
        assert refused.value.change == mine


def test_of_two_who_edit_at_the_same_moment_one_is_told(ledger: Ledger):
    seen = claim(ledger)
    start = threading.Barrier(8)

    def edit(person: int) -> str:
        start.wait()
        while True:
            try:
                ledger.append([changed(seen, note=f"{person}")], f"person {person}")
            except StaleError as stale:
                return stale.entry.by
            except LedgerError:  # waited for longer than the fifth of a second
                continue
            return f"person {person}"

    with ThreadPoolExecutor(8) as pool:
        told = set(pool.map(edit, range(8)))
    assert told == {claim(ledger).by}
    assert len(ledger.history("claims", "claim-1")) == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (Change("villages", "x", "add"), "There is no table 'villages'; there are parties"),
        (Change("claims", "claim-1", "delete"), "'delete' is nothing that can be done"),
        (Change("claims", "claim-1", "retract"), "says not which entry its author was looking at"),
        (Change("claims", "claim-1", "add"), r"'claim-1' is there already \(entry 15 by bundled dataset\)"),
        (Change("claims", "claim-7", "retract", {}, 15), "'claim-7' is not there"),
        (Change("claims", "claim-1", "restore", {}, 15), "'claim-1' is there and needs no restoring"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(ledger: Ledger, change: Change, message: str):
    with pytest.raises((LedgerError, SchemaError), match=message):
        ledger.append([change], "ana")
    assert ledger.head().number == 15


def test_a_retracted_record_is_restored_not_added_or_corrected(ledger: Ledger):
    ledger.append([changed(claim(ledger), "retract")], "ana")
    gone = claim(ledger)
    with pytest.raises(SchemaError, match="'claim-1' was retracted: restore it first"):
        ledger.append([changed(gone)], "ana")
    with pytest.raises(SchemaError, match="'claim-1' was retracted: restore it instead"):
        ledger.append([Change("claims", "claim-1", "add", gone.cells)], "ana")


def test_a_record_comes_once_in_a_batch(ledger: Ledger):
    with pytest.raises(SchemaError, match="row 2, column 'claim_id': 'claim-2' stands in an earlier row too"):
        ledger.append([added(ledger, "claim-2"), added(ledger, "claim-2")], "ana")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"by": " "}, "names who makes it"),
        ({"by": "bundled dataset"}, "the product's own"),
        ({"token": "bundled:1"}, "the product's own"),
        ({"reason": "\udfff"}, "'reason' holds half of a character"),
    ],
)
def test_an_entry_says_who_made_it_in_words_that_can_be_kept(ledger: Ledger, words: dict[str, str], message: str):
    with pytest.raises(LedgerError, match=message):
        ledger.append([added(ledger, "claim-2")], **({"by": "ana"} | words))
    with pytest.raises(LedgerError, match="nothing to enter"):
        ledger.append([], "ana")


def test_the_same_token_writes_once(ledger: Ledger):
    batch = [changed(claim(ledger), note=" Again. "), added(ledger, "claim-2"), changed(ledger.currents("places")["mahin"], "retract")]
    first = ledger.append(batch, "ana", "Import.", "import-1")
    ledger.append([added(ledger, "claim-3")], "ben", "", "another")
    assert not first.repeated
    again = ledger.append(batch, "ana", "Import.", "import-1")
    assert (again.first, again.last, again.head, again.repeated) == (first.first, first.last, first.head, True)
    assert ledger.head().number == first.last + 1


def test_a_token_belongs_to_one_batch(ledger: Ledger):
    batch = [added(ledger, "claim-2"), added(ledger, "claim-3")]
    ledger.append(batch, "ana", "Why.", "t")
    other = Change("claims", "claim-2", "add", {**batch[0].cells, "note": "Other."})
    unreadable = Change("claims", "claim-2", "add", {**batch[0].cells, "date_latest": "soon"})
    for changes, by, reason in (
        (batch[:1], "ana", "Why."),
        ([other, batch[1]], "ana", "Why."),
        ([unreadable, batch[1]], "ana", "Why."),
        (batch[::-1], "ana", "Why."),
        (batch, "ben", "Why."),
        (batch, "ana", "Because."),
    ):
        with pytest.raises(LedgerError, match="was used for another one, entry 16 by ana"):
            ledger.append(changes, by, reason, "t")
    assert ledger.head().number == 17


def test_an_undo_can_be_undone(ledger: Ledger):
    ledger.append([changed(claim(ledger), note="New.")], "ana")
    ledger.undo(16, "ben")
    assert (claim(ledger).cells["note"], claim(ledger).reason) == ("", "Undoes entry 16.")
    ledger.undo(17, "ana")
    assert claim(ledger).cells["note"] == "New."


@pytest.mark.parametrize(("action", "undone"), [("add", "retract"), ("correct", "correct"), ("retract", "restore"), ("restore", "retract")])
def test_each_action_has_its_undoing(ledger: Ledger, action: str, undone: str):
    key = "claim-2"
    ledger.append([added(ledger, key)], "ana")
    steps = {"add": [], "correct": ["correct"], "retract": ["retract"], "restore": ["retract", "restore"]}[action]
    for step in steps:
        ledger.append([changed(ledger.current("claims", key), step, note="Changed.")], "ana")
    ledger.undo(ledger.current("claims", key).number, "ben", "A slip.")
    last = ledger.current("claims", key)
    assert (last.action, last.by, last.reason) == (undone, "ben", "A slip.")
    if last.live:
        assert last.cells["note"] == ""


def test_only_the_newest_entry_of_a_record_can_be_undone(ledger: Ledger):
    ledger.append([changed(claim(ledger), note="One.")], "ana")
    ledger.append([changed(claim(ledger), note="Two.")], "ben")
    with pytest.raises(StaleError, match="ben corrected 'claim-1'"):
        ledger.undo(16, "ana")
    for number in (0, -3, 99):
        with pytest.raises(LedgerError, match=f"There is no entry {number} to undo"):
            ledger.undo(number, "ana")


def test_a_preview_is_what_the_dataset_becomes(ledger: Ledger):
    ledger.append([added(ledger, "claim-2"), added(ledger, "claim-3")], "ana")
    ledger.append([changed(ledger.current("claims", "claim-2"), "retract")], "ana")
    batch = [
        changed(claim(ledger), note="New."),
        changed(ledger.current("claims", "claim-2"), "restore"),
        changed(ledger.current("claims", "claim-3"), "retract"),
        added(ledger, "claim-4"),
    ]
    head, preview = ledger.head(), ledger.preview(batch)
    assert ledger.head() == head
    ledger.append(batch, "ana")
    assert preview == ledger.dataset()
    assert [found.claim_id for found in preview.claims] == ["claim-1", "claim-2", "claim-4"]


def test_the_journal_is_paged_in_both_directions(ledger: Ledger):
    whole = ledger.journal()
    assert [entry.number for entry in whole] == list(range(1, 16))
    assert ledger.journal(after=4, limit=3) == whole[4:7]
    newest = ledger.journal(limit=6, newest_first=True)
    assert newest == whole[:-7:-1]
    assert ledger.journal(after=newest[-1].number, newest_first=True) == whole[8::-1]


def test_nothing_is_no_error(ledger: Ledger):
    assert ledger.current("claims", "nowhere") is None
    assert ledger.history("claims", "nowhere") == []
    assert ledger.journal(after=99) == []


def test_a_head_is_written_and_read_as_text(ledger: Ledger):
    head = ledger.head()
    assert Head.parse(f" {head}\n") == head
    for text in ("", "7", "7:abc", f"x:{'0' * 64}", f"7:{'G' * 64}", f"7:{'0' * 65}", f"\u0667:{'0' * 64}"):
        with pytest.raises(LedgerError, match="is no head of a ledger"):
            Head.parse(text)


def test_whoever_opens_first_makes_the_ledger_and_the_others_find_it(tables: Callable[..., Path]):
    folder = tables()
    start = threading.Barrier(6)

    def opened(_: int) -> Head:
        start.wait()
        with closing(Ledger.open(folder / "home" / "ledger.sqlite", folder)) as ledger:
            return ledger.head()

    with ThreadPoolExecutor(6) as pool:
        heads = set(pool.map(opened, range(6)))
    assert len(heads) == 1
    assert [path.name for path in (folder / "home").iterdir()] == ["ledger.sqlite"]


def test_a_snapshot_stays_as_it_was_while_others_write(ledger: Ledger):
    with ledger.snapshot() as records:
        before = read_dataset(records)
        ledger.append([added(ledger, "claim-2")], "ana")
        assert read_dataset(records) == before
        assert records.head().number == 15
    assert len(ledger.dataset().claims) == 2


def test_each_folder_has_a_ledger_in_the_users_directory(tables: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CONTROL_ATLAS_HOME", str(tmp_path / "users"))
    with closing(open_ledger()) as bundled, closing(open_ledger(tables())) as own:
        assert bundled.path == tmp_path / "users" / "ledger.sqlite"
        assert own.path.parent == tmp_path / "users"
        assert own.path.name.startswith(f"ledger-{tmp_path.name}-")
        assert len(own.dataset().claims) == 1
        assert len(bundled.dataset().claims) > 200
    with closing(open_ledger(tmp_path)) as again:
        assert again.path == own.path
        assert again.head().number == 15


def test_what_needs_no_ledger_does_not_wait_for_sqlalchemy():
    program = "import sys, geodata.commands, geodata.ledger; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).resolve().parents[3], check=False).returncode == 0
