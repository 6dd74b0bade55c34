"""Writes the checksum and number of rows of every table into its sidecar, after a table was edited: `python data/seal.py`."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def seal(table: Path) -> bool:
    """Bring the sidecar of a table up to date; True if it was not."""
    sidecar = table.with_name(f"{table.name}.meta.json")
    meta = json.loads(sidecar.read_text("utf-8"))
    with table.open(encoding="utf-8", newline="") as stream:
        rows = sum(1 for _ in csv.reader(stream)) - 1
    fresh = meta | {"sha256": hashlib.sha256(table.read_bytes()).hexdigest(), "rows": rows}
    if fresh == meta:
        return False
    sidecar.write_text(json.dumps(fresh, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return True


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*.csv")):
        if seal(path):
            print(f"{path.name}: sidecar updated")  # noqa: T201 - a command's output
