"""A new version of the bundled tables reaches a ledger, and takes nothing from what users have entered."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from geodata import SchemaError, read_dataset
from geodata.dataset.tables import INCIDENTS
from geodata.ledger import Change, Ledger, Receipt, open_ledger

Rows = dict[str, list[dict[str, object]]]
Write = Callable[..., Path]


def edit(ledger: Ledger, table: str, key: str, action: str = "correct", **cells: str) -> Receipt:
    seen = ledger.current(table, key)
    return ledger.append([Change(table, key, action, {} if action == "retract" else {**seen.cells, **cells}, seen.number)], "ana")


@pytest.fixture
def claims(usual: Rows) -> Callable[..., list[dict[str, object]]]:
    """Rows of claims with these ids, like the usual one."""
    return lambda *ids, **cells: [usual["claims"][0] | {"claim_id": claim_id} | cells for claim_id in ids]


def test_nothing_is_written_where_nothing_changed(ledger: Ledger, tables: Write, claims: Callable):
    assert ledger.sync() is None
    # Another way to write the same values is no change.
    tables(claims=claims("claim-1", credibility=" 2 ", note=""))
    assert ledger.sync() is None
    assert ledger.head().number == 15


def test_new_changed_and_dropped_rows_arrive(ledger: Ledger, tables: Write, claims: Callable, usual: Rows):
    tables(claims=[*claims("claim-1", note="Now with a note."), *claims("claim-2")], places=usual["places"][:2])
    receipt = ledger.sync()
    assert [(e.key, e.action, e.by) for e in ledger.journal(after=15)] == [
        ("hama", "retract", "bundled dataset"),
        ("claim-1", "correct", "bundled dataset"),
        ("claim-2", "add", "bundled dataset"),
    ]
    assert receipt.head == ledger.head()
    assert ledger.dataset() == read_dataset(ledger.folder)
    assert ledger.sync() is None


def test_a_folder_can_go_back_to_what_it_was(ledger: Ledger, tables: Write, claims: Callable):
    for version in (claims("claim-1", "claim-2"), claims("claim-1"), claims("claim-1", "claim-2")):
        tables(claims=version)
        assert ledger.sync()
        assert ledger.dataset() == read_dataset(ledger.folder)
        assert ledger.sync() is None
    assert [entry.action for entry in ledger.history("claims", "claim-2")] == ["add", "retract", "restore"]
    assert ledger.verify(ledger.head()) == []


@pytest.mark.parametrize("action", ["correct", "retract"])
def test_what_users_changed_stays_theirs(ledger: Ledger, tables: Write, claims: Callable, action: str):
    edit(ledger, "claims", "claim-1", action, note="Ana's.")
    theirs = ledger.current("claims", "claim-1")
    tables(claims=claims("claim-1", note="From the folder."))
    assert ledger.sync() is None
    tables(claims=claims("claim-2"))
    assert ledger.sync().last == 17
    assert ledger.current("claims", "claim-1") == theirs


def test_a_row_that_a_user_has_entered_first_stays_theirs(ledger: Ledger, tables: Write, claims: Callable):
    cells = {name: str(cell) for name, cell in claims("claim-2", note="Ana's.")[0].items()}
    ledger.append([Change("claims", "claim-2", "add", cells)], "ana")
    tables(claims=claims("claim-1", "claim-2"))
    assert ledger.sync() is None
    tables(claims=claims("claim-1"))
    assert ledger.sync() is None
    assert ledger.current("claims", "claim-2").by == "ana"


def test_a_row_that_does_not_fit_what_users_changed_is_left_out_and_named(ledger: Ledger, tables: Write, claims: Callable, usual: Rows):
    edit(ledger, "claims", "claim-1", "retract")
    edit(ledger, "documents", "report", "retract")
    documents = [*usual["documents"], usual["documents"][0] | {"document_id": "second"}]
    tables(claims=[*claims("claim-1", "claim-2"), *claims("claim-3", document_id="second")], documents=documents)
    receipt = ledger.sync()
    assert receipt.left_out == ("claims.csv, row 3, column 'document_id': 'report' is not a known document; known are second.",)
    assert [found.claim_id for found in ledger.dataset().claims] == ["claim-3"]
    assert ledger.sync() is None
    edit(ledger, "documents", "report", "restore", description="It is there after all.")
    assert ledger.sync().left_out == ()
    assert [found.claim_id for found in ledger.dataset().claims] == ["claim-3", "claim-2"]


def test_what_is_left_out_when_a_ledger_is_opened_is_logged(
    tables: Write, claims: Callable, usual: Rows, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    folder = tables()
    monkeypatch.setenv("CONTROL_ATLAS_HOME", str(folder / "home"))
    with closing(open_ledger(folder)) as ledger:
        edit(ledger, "claims", "claim-1", "retract")
        edit(ledger, "places", "palmyra", "retract")
    tables(claims=[*claims("claim-2"), *claims("claim-3", place_id="hama")])
    with closing(open_ledger(folder)) as ledger:
        assert [found.claim_id for found in ledger.dataset().claims] == ["claim-3"]
    assert "claims.csv, row 2, column 'place_id': 'palmyra' is not a known place" in caplog.text


def test_what_users_still_need_is_not_retracted(ledger: Ledger, tables: Write, claims: Callable, usual: Rows):
    edit(ledger, "claims", "claim-1", place_id="hama")
    tables(claims=claims("claim-2"), places=usual["places"][:2])
    assert ledger.sync().left_out == ("places.csv, row 4, column 'place_id': 'hama' is still needed by claim 'claim-1'.",)
    assert "hama" in ledger.dataset().locations


def test_a_folder_with_an_error_changes_nothing(ledger: Ledger, tables: Write, claims: Callable):
    tables(claims=[*claims("claim-2"), *claims("claim-3", date_latest="soon")])
    with pytest.raises(SchemaError, match=r"claims\.csv, row 3, column 'date_latest'"):
        ledger.sync()
    assert ledger.head().number == 15


def test_a_table_that_came_with_the_folder_and_has_no_file_any_more_stays(ledger: Ledger, tables: Write):
    cells = dict.fromkeys(INCIDENTS.names, "") | {"incident_id": "i-1", "source": "s", "kind": "k", "date_precision": "1"}
    tables(incidents=[cells | {"date_earliest": "2015-01-01", "date_latest": "2015-01-01"}])
    assert ledger.sync().last == 16
    (ledger.folder / "incidents.csv").unlink()
    assert ledger.sync() is None
    assert ledger.current("incidents", "i-1").live
