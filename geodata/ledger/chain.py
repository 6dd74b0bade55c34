"""The hash that chains entries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

COVERED = ("number", "batch", "table_name", "record", "action", "supersedes", "by", "recorded_at", "reason", "token", "previous_hash")
"""Columns of the journal that the hash covers: all but the hash itself."""


def digest(entry: Mapping[str, object], cells: Mapping[str, object]) -> str:
    """SHA-256, in hexadecimal, of one entry with its record, both as they are stored.

    The text that is hashed is a JSON array: the columns of the entry in the order of `COVERED`, then an object of the record's cells sorted
    by name. JSON quotes and escapes, so no two contents give one text. Empty cells are left out, so that a column which a later version
    adds changes no hash; a column holds either '' or NULL for empty, never both.
    """
    filled = {name: value for name, value in cells.items() if value not in ("", None)}
    told = [*(entry[name] for name in COVERED), filled]
    text = json.dumps(told, ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
