"""Names as independent sources write them, with the position they mean, and the gazetteers to look them up in.

Both are inputs of figures and no part of the product: `gazetteer/` in the directory that CONTROL_ATLAS_SHARED names, else
in `../shared/data` beside the repository.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from common.distance import distance_km
from gazetteer.__main__ import main
from gazetteer.place import Place

ROOT = Path(__file__).resolve().parents[1]
# Two gazetteers rarely differ by more than this about one and the same place.
RIGHT_WITHIN_KM = 5.0


@dataclass(frozen=True, slots=True)
class Case:
    """A name, its province, and longitude and latitude (EPSG:4326) of the place it means."""

    name: str
    admin1: str
    point: tuple[float, float]

    def is_right(self, place: Place) -> bool:
        """Whether the place is the one that is meant."""
        return distance_km((place.longitude, place.latitude), self.point) <= RIGHT_WITHIN_KM


def shared_directory() -> Path:
    """Directory of what figures are measured on, whether it is there or not."""
    named = os.environ.get("CONTROL_ATLAS_SHARED")
    directory = Path(named) if named else ROOT.parent / "shared" / "data"
    return directory / "data" if not (directory / "gazetteer").is_dir() else directory


def absent(what: str, directory: Path) -> NoReturn:
    """Say what cannot be measured without its reference data, and end without a failure: the product does not need them."""
    print(f"Not measured: there is no {what} in {directory}; name the directory with the reference data in CONTROL_ATLAS_SHARED.")
    sys.exit(0)


def shared_files() -> Path:
    """Directory of the evaluation files; says so and ends the program when there is none."""
    directory = shared_directory()
    if not (directory / "gazetteer" / "evaluation_dev.csv").is_file():
        absent("gazetteer/evaluation_dev.csv", directory)
    return directory / "gazetteer"


def read_cases() -> list[Case]:
    """Every name of evaluation_dev.csv."""
    with (shared_files() / "evaluation_dev.csv").open(encoding="utf-8", newline="") as file:
        return [Case(row["query"], row["admin1"], (float(row["true_lon"]), float(row["true_lat"]))) for row in csv.DictReader(file)]


def add_sources(home: Path) -> None:
    """Add Who's On First and OCHA to the data directory."""
    shared = shared_files()
    for kind, name in (("--whosonfirst", "whosonfirst_sy_localities.csv"), ("--ocha", "ocha_sy_locations.csv")):
        with contextlib.redirect_stdout(io.StringIO()):
            status = main(["add", kind, str(shared / name), "--home", str(home)])
        if status:
            sys.exit(f"{name} could not be added")


def co_mentioned(cases: list[Case], seed: int = 1) -> list[tuple[float, float]]:
    """For each case the position of a place mentioned with it: 5 to 40 km away in seven cases of ten, else anywhere."""
    chance = random.Random(seed)  # noqa: S311 - figures, not secrets
    points = [case.point for case in cases]
    found = []
    for case in cases:
        drawn = chance.sample(points, 400)
        near = [point for point in drawn if 5 <= distance_km(point, case.point) <= 40]
        found.append(near[0] if near and chance.random() < 0.7 else drawn[0])
    return found
