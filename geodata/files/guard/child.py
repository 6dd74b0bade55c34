"""The process that reads one file: `python -I child.py FILE FORMAT LIMITS`. Started by `reader`, never imported.

It writes lines of JSON: first an object with columns and crs, then a list for every row, its number and its cells, at last an object with
notes; or, instead of what is left, an object that says why the file is refused.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import types
from pathlib import Path
from typing import Any

SPARE_BYTES = 20_000_000
"""Of the result, for what stands around and between the cells."""


def main(path: Path, form: str, limits: dict[str, Any]) -> None:
    """Read one file within limits and write what it holds to standard output."""
    _bound(limits["memory_bytes"], limits["cpu_seconds"], limits["result_bytes"])
    _enter_package()
    from geodata.files.guard.limits import Limits
    from geodata.files.guard.table import lines

    with open(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False) as stream:
        stream.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines(path, form, Limits(**limits)))


def _bound(memory_bytes: int, cpu_seconds: int, result_bytes: int) -> None:
    """Limits the memory and processor time of this process, and what it may write, open and start."""
    for what, most in {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_DATA: memory_bytes,
        resource.RLIMIT_FSIZE: 2 * result_bytes + SPARE_BYTES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_NPROC: 0,
    }.items():
        with contextlib.suppress(ValueError):  # macOS has no limit of address space; where one is lower already, it stays
            resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))  # first a signal that tells the reason, then the end


def _enter_package() -> None:
    # Importing geodata in earnest would load pandas and geopandas, half a second and 120 MB, for a CSV file too.
    root = Path(__file__).resolve().parents[3]
    for name in ("geodata", "common"):
        package = types.ModuleType(name)
        package.__path__ = [str(root / name)]
        sys.modules[name] = package


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3]))
