"""A dataset of any size for the benchmarks, in the tables of docs/data-model.md; nothing in it is about a real place."""

from __future__ import annotations

import csv
import datetime as dt
import random
import shutil
from pathlib import Path

PARTIES = ("government", "opposition", "islamic-state", "sdf")
FIRST_DAY = dt.date(2015, 11, 1)  # by then all parties were there
DAYS = 900
DATA = Path(__file__).resolve().parents[1] / "data"


def write_dataset(folder: Path, places: int, changes: int = 4, seed: int = 1) -> Path:
    """Write a dataset of `places` places with `changes` changes of control each, within `DAYS` of `FIRST_DAY`; return its folder."""
    chance = random.Random(seed)  # noqa: S311 - figures, not secrets
    folder.mkdir(parents=True)
    for name in ("parties.csv", "provinces.csv", "regions.toml"):
        shutil.copy(DATA / name, folder / name)
    _write(folder / "claimants.csv", [{"claimant_id": "c", "name": "Synthetic", "side": "", "reliability": "B"}])
    document = {"document_id": "d", "publisher": "Synthetic", "agency": "", "published_on": "2019-01-01", "url": "", "description": "x"}
    _write(folder / "documents.csv", [document])
    rows, claims = [], []
    start = FIRST_DAY
    for number in range(places):
        place = {
            "place_id": f"p{number}",
            "name": f"Place {number}",
            "name_ar": "",
            "aliases": "",
            "feature_class": "P",
            "feature_code": "PPL",
            "country": "SY",
            "admin1": "SY-HI",
            "longitude": f"{chance.uniform(36.8, 40.0):.5f}",
            "latitude": f"{chance.uniform(33.5, 35.5):.5f}",
            "radius_km": "",
            "part_of": "",
            "geonames_id": "",
            "rank": str(1 if number % 200 == 0 else 2 if number % 20 == 0 else 3),
        }
        rows.append(place)
        holder = chance.choice(PARTIES)
        for change, day in enumerate(sorted(chance.sample(range(1, DAYS), changes))):
            losing, holder = holder, chance.choice([p for p in PARTIES if p != holder])
            date = start + dt.timedelta(days=day)
            claims.append(_claim(f"{number}-{change}", f"p{number}", holder, losing, date))
    _write(folder / "places.csv", rows)
    _write(folder / "claims.csv", claims)
    return folder


def _claim(claim_id: str, place_id: str, gaining: str, losing: str, date: dt.date) -> dict[str, str]:
    return {
        "claim_id": claim_id,
        "document_id": "d",
        "locator": "p1",
        "kind": "control_change",
        "place_id": place_id,
        "place_as_written": place_id,
        "gaining": gaining,
        "losing": losing,
        "claimant_id": "c",
        "modality": "asserted",
        "date_earliest": date.isoformat(),
        "date_latest": date.isoformat(),
        "date_precision": "1",
        "where_precision": "1",
        "reported_on": "2019-01-01",
        "credibility": "2",
        "statement": "x",
        "note": "",
    }


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
