"""Whatever is done in whatever order: the ledger holds what a dict would hold, and its chain is intact."""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from geodata import GeodataError
from geodata.ledger import Change, Ledger, restore
from geodata.ledger.chain import COVERED, digest
from tests.trials import examples, times

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
KEYS = st.sampled_from(["i-1", "i-2", "i-3", "i-4", "\u062d\u0645\u0635", "a'; DROP TABLE entry; --"])
NUMBERS = st.floats(-180, 180, allow_nan=False).map(repr) | st.just("")
TABLES_WITHOUT_ROWS = {
    "parties": "party_id,name,name_ar,allies,active_from,active_to",
    "claimants": "claimant_id,name,side,reliability",
    "documents": "document_id,publisher,agency,published_on,url,description",
    "places": "place_id,name,name_ar,feature_class,feature_code,admin1,longitude,latitude,rank",
    "claims": "claim_id,document_id,locator,kind,place_id,place_as_written,gaining,losing,claimant_id,modality,date_earliest,date_latest,"
    "date_precision,reported_on,credibility,statement",
}


def cells(key: str, note: str, longitude: str, precision: int) -> dict[str, str]:
    """An incident: it refers to nothing."""
    dates = {"date_earliest": "2015-05-21", "date_latest": "2015-05-21", "date_precision": str(precision)}
    return {"incident_id": key, "source": "s", "kind": "k", "note": note, "longitude": longitude, **dates}


CELLS = st.tuples(TEXT, NUMBERS, st.integers(1, 5))


@dataclass
class Known:
    """What a plain dict remembers of a record."""

    number: int
    live: bool
    note: str
    longitude: str


class LedgerMachine(RuleBasedStateMachine):
    """Any sequence of batches, undoings, backups and re-openings beside a dict of the same records."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        for name, header in TABLES_WITHOUT_ROWS.items():
            (self.folder / f"{name}.csv").write_text(f"{header}\n", encoding="utf-8")
        self.path = self.folder / "ledger.sqlite"
        self.ledger = Ledger.open(self.path, self.folder)
        self.model: dict[str, Known] = {}
        self.past: dict[str, list[Known]] = {}
        self.count = 0
        self.kept = self.ledger.head()

    def teardown(self) -> None:
        self.ledger.close()
        shutil.rmtree(self.folder)

    def remember(self, key: str, live: bool, note: str, longitude: str) -> None:
        self.count += 1
        self.model[key] = Known(self.count, live, note.strip(), longitude)
        self.past.setdefault(key, []).append(self.model[key])

    @rule(wishes=st.dictionaries(KEYS, st.tuples(st.booleans(), CELLS), min_size=1, max_size=4))
    def write(self, wishes: dict[str, tuple[bool, tuple[str, str, int]]]) -> None:
        """A batch that adds, corrects, retracts and restores."""
        batch = []
        for key, (drop, what) in wishes.items():
            known = self.model.get(key)
            action = "add" if known is None else "restore" if not known.live else "retract" if drop else "correct"
            batch.append(Change("incidents", key, action, {} if action == "retract" else cells(key, *what), known and known.number))
        self.ledger.append(batch, "ana")
        for change, (_, (note, longitude, _)) in zip(batch, wishes.values(), strict=True):
            if change.action == "retract":
                known = self.model[change.key]
                self.remember(change.key, False, known.note, known.longitude)
            else:
                self.remember(change.key, True, note, longitude)

    @rule(key=KEYS, what=CELLS)
    def write_with_a_bad_row(self, key: str, what: tuple[str, str, int]) -> None:
        """A batch with a row that is refused changes nothing."""
        good = Change("incidents", "i-9", "add", cells("i-9", *what))
        bad = Change("incidents", key, "correct", cells(key, *what), -1)
        with pytest.raises(GeodataError):
            self.ledger.append([good, bad], "ana")

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.model)))
        self.ledger.undo(self.model[key].number, "ben")
        before = self.past[key][-2] if len(self.past[key]) > 1 else None
        if before and before.live:
            self.remember(key, True, before.note, before.longitude)
        else:
            self.remember(key, False, self.model[key].note, self.model[key].longitude)

    @rule()
    def keep_the_head(self) -> None:
        self.kept = self.ledger.head()

    @rule()
    def open_again(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.path, self.folder)

    @rule()
    def back_up_and_restore(self) -> None:
        head = self.ledger.backup(self.folder / "backup.sqlite")
        self.ledger.close()
        assert restore(self.folder / "backup.sqlite", self.path) == head

    @invariant()
    def holds_what_the_dict_holds(self) -> None:
        found = self.ledger.currents("incidents")
        told = {key: Known(e.number, e.live, e.cells["note"], e.cells["longitude"]) for key, e in found.items()}
        for known in told.values():
            known.longitude = repr(float(known.longitude)) if known.longitude else ""
        assert told == {
            key: Known(k.number, k.live, k.note, repr(float(k.longitude) + 0.0) if k.longitude else "") for key, k in self.model.items()
        }
        assert list(told) == list(self.past)

    @invariant()
    def is_intact(self) -> None:
        assert self.ledger.head().number == self.count
        assert self.ledger.verify(self.kept) == []


TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = examples(15, 150, stateful_step_count=times(12, 40))

ENTRIES = st.fixed_dictionaries(dict.fromkeys(COVERED, TEXT | st.integers() | st.none()))
STORED = st.dictionaries(st.sampled_from("abcd"), TEXT | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.none())


def told(entry: dict[str, object], record: dict[str, object]) -> str:
    """An entry and its record as text, in which nothing is left out but empty cells."""
    return repr((sorted(entry.items()), sorted((name, value) for name, value in record.items() if value not in ("", None))))


@given(ENTRIES, STORED, ENTRIES, STORED)
def test_two_entries_have_one_hash_only_if_they_say_the_same(one: dict, its: dict, other: dict, others: dict):
    assert (digest(one, its) == digest(other, others)) == (told(one, its) == told(other, others))


@given(ENTRIES, STORED, st.sampled_from(COVERED), TEXT)
def test_a_hash_covers_every_column_of_an_entry(entry: dict, record: dict, column: str, value: str):
    assert (digest(entry | {column: value}, record) == digest(entry, record)) == (entry[column] == value)


def test_the_hash_is_what_it_was_in_the_first_version():
    # Whoever changes this makes every ledger in the world look tampered with.
    entry = dict.fromkeys(COVERED, "x") | {"number": 1, "batch": 1, "supersedes": None, "record": "\u062d\u0645\u0635"}
    record = {"name": '\u062d\u0645\u0635 "Homs"\n', "note": "", "rank": 1, "longitude": 36.72, "radius_km": None}
    homs = r"\u062d\u0645\u0635"
    text = rf'[1,1,"x","{homs}","x",null,"x","x","x","x","x",{{"longitude":36.72,"name":"{homs} \"Homs\"\n","rank":1}}]'
    assert digest(entry, record) == hashlib.sha256(text.encode()).hexdigest()
