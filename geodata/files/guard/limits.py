"""How large a file from outside may be, and what reading it may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds, all inclusive.

    Parameters
    ----------
    file_bytes
        Size of the file itself.
    expanded_bytes, ratio, members
        Of the parts of a zip container (XLSX): size together when expanded, size of each part over its compressed size, number.
    rows, columns, cells, cell_characters
        Of the table; `cells` is rows times columns.
    depth
        How deep JSON may be nested; a GeoJSON point needs 5.
    result_bytes
        Size of all cells together, as UTF-8 text.
    memory_bytes, cpu_seconds, wall_seconds
        Of the process that reads.
    """

    file_bytes: int = 20_000_000
    expanded_bytes: int = 200_000_000
    ratio: int = 200
    members: int = 1_000
    rows: int = 100_000
    columns: int = 200
    cell_characters: int = 10_000
    depth: int = 20
    cells: int = 2_000_000
    result_bytes: int = 50_000_000
    memory_bytes: int = 900_000_000
    cpu_seconds: int = 12
    wall_seconds: float = 14


USUAL = Limits()
