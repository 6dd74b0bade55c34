"""A figure as bytes and as a file: the same figure always gives the same bytes, and no file is ever half written."""

from __future__ import annotations

import io
import threading
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from common.atomic import replacing

SUFFIXES = (".png", ".svg", ".pdf")

# Each writer would note the time or its own version.
_METADATA: dict[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "control-atlas",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "savefig.bbox": None,
}
# matplotlib's settings are global, and a web page saves from several threads.
_LOCK = threading.Lock()


def figure_bytes(figure: Figure, kind: str) -> bytes:
    """Return the figure as a file of a kind: 'png', 'svg' or 'pdf'."""
    stream = io.BytesIO()
    with _LOCK, mpl.rc_context(_SETTINGS):
        figure.savefig(stream, format=kind, dpi=figure.dpi, facecolor=figure.get_facecolor(), metadata=_METADATA[kind])
    return stream.getvalue()


def png_bytes(figure: Figure) -> bytes:
    """Return the figure as PNG, for a download."""
    return figure_bytes(figure, "png")


def kind_of(path: Path) -> str:
    """Return the kind of file that a name asks for by its suffix.

    Raises
    ------
    ValueError
        The suffix is not one of `SUFFIXES`.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(f"'{path.name}' does not end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}.")
    return suffix[1:]


def save(figure: Figure, path: Path) -> None:
    """Write the figure as PNG, SVG or PDF, by the suffix of `path`; an existing file is replaced, in one step.

    Raises
    ------
    ValueError
        The suffix is not one of `SUFFIXES`.
    OSError
        The file cannot be written; what stood there before still stands there.
    """
    content = figure_bytes(figure, kind_of(path))
    with replacing(path) as stream:
        stream.write(content)
