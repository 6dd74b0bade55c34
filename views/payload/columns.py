"""Columns of whole numbers as one compact file for the browser; docs/payload.md describes the bytes, browser/columns.js reads them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

WIDTHS = ("u1", "i1", "u2", "i2", "i4")
"""Kinds of whole numbers that the browser has arrays for: u = not negative, i = signed; then bytes a number. Narrowest first."""


def packed(head: Mapping[str, Any], columns: Mapping[str, npt.NDArray[Any]], differences: Collection[str] = ()) -> bytes:
    """Return a file with a head of plain JSON and columns of whole numbers.

    Parameters
    ----------
    head
        Anything that is JSON.
    columns
        Arrays of shape (n,), each n its own; values fit into 32 bits.
    differences
        Names of columns that are kept as differences from one value to the next: sorted ones, or those that change little.

    Raises
    ------
    ValueError
        A value does not fit into 32 bits, or the head is not JSON.
    """
    described, parts = [], []
    for name, column in columns.items():
        values = column.astype(np.int64)
        kept = np.diff(values, prepend=0) if name in differences else values
        width = narrowest(kept)
        described.append([name, len(values), narrowest(values), width, int(name in differences)])
        # All lowest bytes first, then the next ones: neighbours are alike, so that they compress well.
        raw = kept.astype(f"<{width}")
        parts.append(raw.view(np.uint8).reshape(len(raw), raw.itemsize).T.tobytes())
    text = compact_json({"head": head, "columns": described})
    return squeezed(len(text).to_bytes(4, "little") + text + b"".join(parts))


def narrowest(values: npt.NDArray[np.int64]) -> str:
    """Return the first of `WIDTHS` that holds all values."""
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    for width in WIDTHS:
        bounds = np.iinfo(width)
        if bounds.min <= low and high <= bounds.max:
            return width
    raise ValueError(f"{low} to {high} does not fit into 32 bits")


def compact_json(value: Any) -> bytes:
    """JSON without spaces; a number that is not finite is refused."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def squeezed(content: bytes) -> bytes:
    """Gzip bytes, the same for the same content. The browser inflates them itself: Streamlit would compress anew at every request."""
    return gzip.compress(content, compresslevel=6, mtime=0)
