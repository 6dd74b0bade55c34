"""Small datasets built in code: claims for the rules, folders of tables for the readers."""

import csv
import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from geodata import Claim, Claimant
from geodata.__main__ import main
from geodata.ledger import Ledger

SIDES = {
    "sohr": "",
    "afp": "",
    "reuters": "",
    "sana": "government",
    "state-tv": "government",
    "amaq": "islamic-state",
    "rebels": "opposition",
}
CLAIMANTS = {name: Claimant(name, name.upper(), side, "C" if side else "B") for name, side in SIDES.items()}
PROVINCES = [
    {"iso_3166_2": "SY-HI", "name": "Homs", "name_ar": "حمص", "aliases": "Hims", "longitude": 38.38, "latitude": 34.47, "radius_km": 210},
    {"iso_3166_2": "SY-HM", "name": "Hama", "name_ar": "حماة", "aliases": "Hamah", "longitude": 37.21, "latitude": 35.22, "radius_km": 115},
]
PARTIES = [
    {"party_id": "government", "name": "Government", "name_ar": "الحكومة", "allies": "", "active_from": "", "active_to": ""},
    {"party_id": "opposition", "name": "Opposition", "name_ar": "", "allies": "", "active_from": "2011-07-29", "active_to": ""},
    {"party_id": "islamic-state", "name": "IS", "name_ar": "", "allies": "", "active_from": "2013-04-08", "active_to": "2019-03-23"},
]
PLACE = {"name_ar": "", "feature_class": "P", "feature_code": "PPL", "admin1": "SY-HI", "rank": 3}
PLACES = [
    PLACE | {"place_id": "palmyra", "name": "Palmyra", "name_ar": "تدمر", "longitude": 38.28, "latitude": 34.56},
    PLACE | {"place_id": "mahin", "name": "Mahin", "longitude": 37.06, "latitude": 34.24},
    PLACE | {"place_id": "hama", "name": "Hama", "admin1": "SY-HM", "longitude": 36.75, "latitude": 35.13},
]
DOCUMENT = {
    "document_id": "report",
    "publisher": "AFP",
    "agency": "",
    "published_on": "2016-01-01",
    "url": "https://example.org/report",
    "description": "A report.",
}
CLAIM = {
    "claim_id": "claim-1",
    "document_id": "report",
    "locator": "p1",
    "kind": "control_change",
    "place_id": "palmyra",
    "place_as_written": "Tadmur",
    "gaining": "islamic-state",
    "losing": "government",
    "claimant_id": "sohr",
    "modality": "asserted",
    "date_earliest": "2015-05-20",
    "date_latest": "2015-05-20",
    "date_precision": 1,
    "reported_on": "2015-05-21",
    "credibility": 2,
    "statement": "Islamic State takes the town.",
    "note": "",
}
USUAL = {
    "provinces": PROVINCES,
    "parties": PARTIES,
    "places": PLACES,
    "documents": [DOCUMENT],
    "claims": [CLAIM],
    "claimants": [{"claimant_id": key, "name": c.name, "side": c.side, "reliability": "B"} for key, c in CLAIMANTS.items()],
}


@pytest.fixture(scope="session")
def usual() -> dict[str, list[dict[str, object]]]:
    """Rows of each table of the usual dataset: take copies."""
    return USUAL


@pytest.fixture(scope="session")
def claim() -> Callable[..., Claim]:
    """Builds one claim: who says that a party gained a place, from whom, and on which days."""
    numbers = itertools.count(1)

    def build(claimant: str, gaining: str, on: str, until: str = "", losing: str = "", **changes: object) -> Claim:
        first = dt.date.fromisoformat(on)
        last = dt.date.fromisoformat(until or on)
        days = (last - first).days + 1
        cells = {
            "claim_id": f"claim-{next(numbers):04}",
            "document_id": "report",
            "locator": "p1",
            "kind": "control_change",
            "place_id": "palmyra",
            "place_as_written": "Tadmur",
            "gaining": gaining,
            "losing": losing,
            "modality": "asserted",
            "date_earliest": first,
            "date_latest": last,
            "reported_on": last,
            "credibility": 2,
            "statement": "So it is.",
            "note": "",
            "date_precision": 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5,
        }
        return Claim(claimant=CLAIMANTS[claimant], **(cells | changes))

    return build


@pytest.fixture
def tables(tmp_path: Path) -> Callable[..., Path]:
    """Writes a dataset and returns its folder; each table can be given as rows, or as text, or left out with None."""

    def write(**changed: list[dict[str, object]] | str | None) -> Path:
        for name, rows in (USUAL | changed).items():
            path = tmp_path / f"{name}.csv"
            path.unlink(missing_ok=True)
            if isinstance(rows, str):
                path.write_text(rows, encoding="utf-8")
            elif rows is not None:
                with path.open("w", encoding="utf-8", newline="") as file:
                    writer = csv.DictWriter(file, list(rows[0]))
                    writer.writeheader()
                    writer.writerows(rows)
        return tmp_path

    return write


@pytest.fixture
def claims(tables: Callable[..., Path]) -> Callable[..., Path]:
    """Writes a dataset with the given changes to the usual claim, one claim each, and returns its folder."""

    def write(*changes: dict[str, object]) -> Path:
        return tables(claims=[CLAIM | {"claim_id": f"claim-{number}"} | change for number, change in enumerate(changes, 1)])

    return write


@pytest.fixture
def ledger(tables: Callable[..., Path]) -> Iterator[Ledger]:
    """A ledger of the usual dataset, which waits a fifth of a second where it should wait five."""
    folder = tables()
    with closing(Ledger.open(folder / "home" / "ledger.sqlite", folder, wait=0.2)) as opened:
        yield opened


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line and returns its exit status, what it printed and what it complained about."""

    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as leaving:
            status = leaving.code
        return status, *capsys.readouterr()

    return run
