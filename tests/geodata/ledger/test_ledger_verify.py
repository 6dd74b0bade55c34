"""Whatever is done to the file by other means is found."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from geodata.dataset.tables import TABLES
from geodata.ledger import Change, Head, Ledger
from geodata.ledger.statements import ENTRY, METADATA, RECORDS

QUANTITY = {
    "quantity_id": "q-1",
    "document_id": "report",
    "locator": "p1",
    "claimant_id": "sohr",
    "reported_on": "2015-05-21",
    "topic": "Share",
    "subject": "IS",
    "metric": "share_percent",
    "value_low": "50",
    "value_high": "50",
    "as_of_earliest": "2015-05-21",
    "as_of_latest": "2015-05-21",
    "statement": "Half.",
}
INCIDENT = {
    "incident_id": "i-1",
    "source": "s",
    "kind": "k",
    "date_earliest": "2015-05-21",
    "date_latest": "2015-05-21",
    "date_precision": "1",
}


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """A ledger with something in every table, and every kind of entry."""
    ledger.append([Change("quantity_claims", "q-1", "add", QUANTITY), Change("incidents", "i-1", "add", INCIDENT)], "ana", "Import.", "t-1")
    for action in ("correct", "retract", "restore"):
        seen = ledger.current("claims", "claim-1")
        ledger.append(
            [Change("claims", "claim-1", action, {} if action == "retract" else {**seen.cells, "note": action}, seen.number)], "ben"
        )
    ledger.close()  # so that all is in one file, which can be copied
    return ledger


@contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of somebody who can write the file: the triggers are away, and back when the block ends."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("BEGIN")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        yield connection
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")


def other(kind: str, value: object) -> object:
    """Another value that the column can hold."""
    if kind in ("INTEGER", "REAL"):
        return 7 if value is None else value + 1000
    return f"{value or ''}x"


def columns(path: Path) -> list[tuple[str, str, str, str, bool]]:
    """Table, key column, column, type, and whether it may be NULL, of every column in the file."""
    with closing(sqlite3.connect(path)) as connection:
        found = []
        for table in METADATA.tables:
            described = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            key = next(name for _, name, _, _, _, primary in described if primary)
            found += [(table, key, name, kind, not strict) for _, name, kind, strict, _, _ in described]
        return found


def test_an_untouched_ledger_is_intact(full: Ledger):
    assert full.verify() == []
    assert full.verify(full.head()) == []
    assert full.verify(Head()) == []


def test_every_cell_of_every_table_is_covered(full: Ledger):
    head, original = full.head(), full.path.read_bytes()
    full.close()
    tried, missed = 0, []
    for table, key, column, kind, nullable in columns(full.path):
        with closing(sqlite3.connect(full.path)) as connection:
            rows = connection.execute(f'SELECT "{key}", "{column}" FROM "{table}"').fetchall()
        assert rows
        for number, value in rows if table == ENTRY.name else {rows[0], rows[-1]}:
            emptied = [None] if nullable and value is not None else [""] if kind == "TEXT" and value else []
            for new in [other(kind, value), *emptied]:
                done = 0
                with tampering(full.path) as connection, suppress(sqlite3.IntegrityError):  # a UNIQUE may refuse it, or a NOT NULL
                    done = connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE "{key}" = ?', (new, number)).rowcount
                    tried += done
                if done and not full.verify(head):
                    missed.append((table, column, number, value, new))
                full.close()
                full.path.write_bytes(original)
    assert missed == []
    assert tried > 500


@pytest.mark.parametrize("value", [9e999, -9e999])
def test_an_infinite_number_is_no_reason_to_stop(full: Ledger, value: float):
    with tampering(full.path) as connection:
        connection.execute("UPDATE places SET longitude = ?", (value,))
    assert len([found for found in full.verify() if "is not as it was written" in found]) == 3


def test_every_row_that_is_deleted_is_missed(full: Ledger):
    head, original = full.head(), full.path.read_bytes()
    full.close()
    with closing(sqlite3.connect(full.path)) as connection:
        rows = [(table, key, row) for table, key in keys() for (row,) in connection.execute(f'SELECT "{key}" FROM "{table}"')]
    assert len(rows) == 2 * head.number
    for table, key, row in rows:
        with tampering(full.path) as connection:
            connection.execute(f'DELETE FROM "{table}" WHERE "{key}" = ?', (row,))
        assert full.verify(head), (table, row)
        full.close()
        full.path.write_bytes(original)


def keys() -> list[tuple[str, str]]:
    return [(ENTRY.name, "number"), *((name, "entry") for name in RECORDS)]


def cut(path: Path, number: int) -> None:
    """Remove every entry after one, without a trace."""
    with tampering(path) as connection:
        for table, key in keys():
            connection.execute(f'DELETE FROM "{table}" WHERE "{key}" > ?', (number,))


def test_every_cut_tail_is_seen_with_the_head_that_was_kept_and_only_with_it(full: Ledger):
    head, original = full.head(), full.path.read_bytes()
    full.close()
    for number in range(head.number):
        cut(full.path, number)
        assert full.verify() == []
        assert full.verify(head) == [
            f"The ledger ends with entry {number}, but the head that was kept is entry {head.number}: the newest were cut off."
        ]
        full.close()
        full.path.write_bytes(original)


def test_a_tail_that_was_cut_and_written_anew_is_seen_with_the_head(full: Ledger):
    head = full.head()
    full.close()
    cut(full.path, head.number - 1)
    seen = full.current("claims", "claim-1")
    full.append([Change("claims", "claim-1", "restore", {**seen.cells, "note": "forged"}, seen.number)], "ben")
    assert full.verify() == []
    assert full.verify(head) == [f"Entry {head.number} is not the one whose hash was kept: the ledger was rewritten, or it is another one."]


def test_rows_that_were_slipped_in_are_found(full: Ledger):
    last = full.head().number
    with tampering(full.path) as connection:
        connection.execute("CREATE TEMP TABLE copied AS SELECT * FROM entry WHERE number = ?", (last,))
        connection.execute("UPDATE copied SET number = number + 1, supersedes = number, token = NULL")
        connection.execute("INSERT INTO entry SELECT * FROM copied")
        connection.execute("CREATE TEMP TABLE doubled AS SELECT * FROM parties LIMIT 1")
        connection.execute("UPDATE doubled SET entry = 90")
        connection.execute("INSERT INTO parties SELECT * FROM doubled")
    found = full.verify()
    assert f"Entry {last + 1} does not continue entry {last}." in found
    assert f"Entry {last + 1} has no record in a table 'claims'." in found
    assert "parties has a record of entry 90, which is missing or belongs to another table." in found


def test_a_gap_in_the_numbers_is_named(full: Ledger):
    with tampering(full.path) as connection:
        connection.execute("DELETE FROM entry WHERE number IN (3, 5, 6)")
    found = full.verify()
    assert "Entry 3 is missing." in found
    assert "Entries 5 to 6 are missing." in found


def test_two_records_that_changed_places_are_found(full: Ledger):
    with tampering(full.path) as connection:
        first, second = (row for (row,) in connection.execute("SELECT entry FROM places LIMIT 2").fetchall())
        for old, new in ((first, -1), (second, first), (-1, second)):
            connection.execute("UPDATE places SET entry = ? WHERE entry = ?", (new, old))
    assert len([found for found in full.verify() if "is not as it was written" in found]) == 2


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DROP TRIGGER entry_no_update", "The trigger 'entry_no_update' is missing."),
        ("DROP INDEX entry_first", "The index 'entry_first' is missing."),
        ("DROP TABLE incidents", "The table 'incidents' is missing."),
        ("CREATE TABLE notes (a)", "written by a newer version"),
        ("CREATE VIEW sneaky AS SELECT 1", "The view 'sneaky' does not belong to a ledger."),
        ("ALTER TABLE claims DROP COLUMN note", "The table 'claims' was changed."),
        ("PRAGMA application_id = 5", "is no ledger but an SQLite file of something else"),
    ],
)
def test_a_schema_that_was_changed_is_found(full: Ledger, statement: str, sentence: str):
    with closing(sqlite3.connect(full.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
    assert any(sentence in found for found in full.verify())


def test_a_trigger_that_lets_through_is_found(full: Ledger):
    with closing(sqlite3.connect(full.path)) as connection:
        connection.execute("DROP TRIGGER entry_no_delete")
        connection.execute("CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT 1; END")
        connection.execute("CREATE TRIGGER extra AFTER INSERT ON entry BEGIN DELETE FROM claims; END")
        connection.commit()
    assert full.verify() == ["The trigger 'entry_no_delete' was changed.", "The trigger 'extra' does not belong to a ledger."]


def test_a_flipped_bit_anywhere_is_found_or_changes_nothing(full: Ledger):
    head, original = full.head(), full.path.read_bytes()
    whole = full.journal()
    full.close()
    unseen = []
    for position in range(200, len(original), 499):
        damaged = bytearray(original)
        damaged[position] ^= 0x10
        full.path.write_bytes(damaged)
        if not full.verify(head) and full.journal() != whole:
            unseen.append(position)
        full.close()
    assert unseen == []


def test_an_index_that_does_not_agree_with_its_table_is_found(full: Ledger):
    with closing(sqlite3.connect(full.path)) as connection:
        ((page, size),) = connection.execute("SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = 'entry_record'")
    content = full.path.read_bytes()
    before, index, after = content[: (page - 1) * size], content[(page - 1) * size : page * size], content[page * size :]
    full.path.write_bytes(before + index.replace(b"claim-1", b"claim-9") + after)
    assert full.verify(full.head()) != []
    assert all("The file is damaged" in found and "entry_record" in found for found in full.verify())


@pytest.mark.parametrize("table", list(METADATA.tables))
@pytest.mark.parametrize("pragma", ["ON", "OFF"])
def test_no_table_can_be_changed_by_any_kind_of_statement(full: Ledger, table: str, pragma: str):
    key = dict(keys())[table]
    with closing(sqlite3.connect(full.path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {pragma}")
        before = connection.execute(f'SELECT * FROM "{table}"').fetchall()
        for statement in (
            f'UPDATE "{table}" SET "{key}" = "{key}"',
            f'DELETE FROM "{table}"',
            f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}"',
            f'REPLACE INTO "{table}" SELECT * FROM "{table}" LIMIT 1',
            f'INSERT INTO "{table}" SELECT * FROM "{table}" WHERE 1 ON CONFLICT DO UPDATE SET "{key}" = "{key}"',
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
            assert connection.execute(f'SELECT * FROM "{table}"').fetchall() == before


@pytest.mark.parametrize("pragma", ["ON", "OFF"])
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ("number = number + 2", "entries are numbered without gaps"),
        ("number = number + 1, batch = batch + 1", "an entry continues the chain"),
        ("number = number + 1, batch = batch + 1, previous_hash = hash, supersedes = 15", "that version is superseded already"),
        ("number = number + 1, batch = batch + 1, previous_hash = hash, supersedes = number, token = 't-1'", "that token is taken"),
        ("number = number + 1, batch = batch + 1, previous_hash = hash, supersedes = NULL, token = NULL", "that record is there already"),
    ],
)
def test_a_new_entry_cannot_take_the_place_of_another(full: Ledger, pragma: str, changes: str, refusal: str):
    with closing(sqlite3.connect(full.path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {pragma}")
        connection.execute("CREATE TEMP TABLE forged AS SELECT * FROM entry ORDER BY number DESC LIMIT 1")
        connection.execute(f"UPDATE forged SET {changes}")
        with pytest.raises(sqlite3.IntegrityError, match=refusal):
            connection.execute("INSERT OR REPLACE INTO entry SELECT * FROM forged")
    assert full.verify(full.head()) == []


def test_every_table_of_a_dataset_has_one_of_its_records(full: Ledger):
    assert set(METADATA.tables) == {"entry", *TABLES}
    assert all(full.currents(table) for table in TABLES)


def test_a_ledger_from_before_a_table_and_a_column_were_added_grows_and_stays_intact(full: Ledger, tables: Callable[..., Path]):
    with tampering(full.path) as connection:
        connection.execute("DELETE FROM entry WHERE number > 15")
        for table in ("incidents", "quantity_claims"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM claims WHERE entry > 15")
    with closing(sqlite3.connect(full.path)) as connection:
        connection.execute("DROP TABLE incidents")
        connection.execute("ALTER TABLE places DROP COLUMN coordinate_source")
        connection.execute("ALTER TABLE places DROP COLUMN geonames_id")
    with closing(Ledger.open(full.path, tables())) as grown:
        assert grown.verify() == []
        grown.append([Change("incidents", "i-1", "add", INCIDENT)], "ana")
        assert grown.verify(grown.head()) == []
