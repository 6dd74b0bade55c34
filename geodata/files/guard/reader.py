"""`read_rows`: a file from outside as rows of text, or one sentence that says why not."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from geodata.errors import SchemaError
from geodata.files.guard.cells import RefusedError
from geodata.files.guard.kinds import HEAD_BYTES, format_of
from geodata.files.guard.limits import USUAL, Limits

_CHILD = Path(__file__).with_name("child.py")
_AT_ONCE = threading.BoundedSemaphore(2)
"""So many files are read at the same time, each with the memory of `Limits`."""

_ENVIRONMENT = {
    # Libraries that start a thread a core take memory for each of them.
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_NUM_THREADS", "ARROW_IO_THREADS"), "1"),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "PROJ_NETWORK": "OFF",
    **{name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
}
"""All that the reading process gets to know of ours."""

NAME_LENGTH, PROBLEM_LENGTH = 80, 200
"""Characters of a file's or column's name, and of what is wrong, that a message shows."""


@dataclass(frozen=True)
class Upload:
    """A file that came as bytes, and what its user calls it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class RawTable:
    """Rows of a file from outside, of text only.

    Parameters
    ----------
    name
        What its user calls the file, without folders; may hold any character.
    format
        'csv', 'xlsx', 'geojson', 'gpkg' or 'geoparquet'.
    columns
        Names of the columns, unique and not empty.
    rows
        One dict a row with a text for every column: stripped, empty where nothing is given, dates as ISO 8601, numbers as their shortest
        exact text, booleans 'true' or 'false', parts of a list joined by '|'. Positions stand in `longitude` and `latitude`, degrees in
        EPSG:4326.
    numbers
        What the user calls each row: line of a CSV file and row of a sheet, where the header is 1; else the feature, counted from 1.
    crs
        The CRS that the file declares, as 'EPSG:32637', from which the positions have been transformed; 'EPSG:4326' for GeoJSON without
        one, empty where nothing is declared.
    notes
        Sentences about what was not taken over, such as other sheets.
    """

    name: str
    format: str
    columns: tuple[str, ...]
    rows: list[dict[str, str]]
    numbers: list[int]
    crs: str = ""
    notes: tuple[str, ...] = ()


def read_rows(source: Path | Upload, limits: Limits = USUAL) -> RawTable:
    """Rows of a CSV, XLSX, GeoJSON, GeoPackage or GeoParquet file that nobody has looked at yet.

    The file is copied under a name of our own and read by a process that is bounded by `limits`; nothing in it is run, and no other file
    or address that it names is opened.

    Raises
    ------
    SchemaError
        The file is of another kind, is damaged, goes beyond `limits`, or has a cell or a position that cannot be.
    """
    name = _last_part(source.name)
    try:
        content = source.content if isinstance(source, Upload) else _content(source, limits)
        if len(content) > limits.file_bytes:
            raise RefusedError(f"is larger than {limits.file_bytes / 1e6:g} MB")
        if not content:
            raise RefusedError("is empty")
        form = format_of(name, content[:HEAD_BYTES])
        if not _AT_ONCE.acquire(timeout=limits.wall_seconds):
            raise RefusedError("has to wait for other files that are being read; try again in a minute")
        try:
            with tempfile.TemporaryDirectory(prefix="guard-") as folder:
                copy, result = Path(folder, "content"), Path(folder, "result")
                copy.write_bytes(content)
                _run(copy, form, result, limits)
                return _table(name, form, result)
        except OSError:  # our own disk is full, or no process can be started
            raise RefusedError("cannot be read at the moment; try again in a minute") from None
        finally:
            _AT_ONCE.release()
    except RefusedError as refusal:
        column = None if refusal.column is None else in_sentence(refusal.column, NAME_LENGTH)
        raise SchemaError(in_sentence(refusal.problem, PROBLEM_LENGTH), Path(in_sentence(name, NAME_LENGTH)), refusal.row, column) from None


def in_sentence(text: str, length: int) -> str:
    """Return the text as it may stand in a sentence: what is not seen or turns the line around escaped, the end cut off."""
    visible = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text[:length])
    return visible if len(text) <= length else f"{visible}…"


def _last_part(name: str) -> str:
    return re.split(r"[/\\]", name)[-1] or "file"


def _content(path: Path, limits: Limits) -> bytes:
    """Content of a regular file, one byte more than allowed at most."""
    try:
        # Not blocking, since to open a FIFO would wait for somebody who writes.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise RefusedError("there is no such file") from None
    except OSError as problem:
        linked = problem.errno == errno.ELOOP
        raise RefusedError("is a symbolic link, which is not followed" if linked else "cannot be opened") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise RefusedError("is not a regular file")
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read(limits.file_bytes + 1)


def _run(copy: Path, form: str, result: Path, limits: Limits) -> None:
    command = [sys.executable, "-I", "-B", str(_CHILD), str(copy), form, json.dumps(asdict(limits))]
    quiet = subprocess.DEVNULL
    with result.open("wb") as stream:
        process = subprocess.Popen(command, stdin=quiet, stdout=stream, stderr=quiet, env=_ENVIRONMENT, cwd=copy.parent)  # noqa: S603
    try:
        status = process.wait(limits.wall_seconds)
    except subprocess.TimeoutExpired:
        raise RefusedError(f"takes longer than {limits.wall_seconds:g} seconds to read") from None
    finally:
        process.kill()
        process.wait()
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        raise RefusedError(f"takes more than {limits.cpu_seconds} seconds of processor time, or too much memory, to read")
    if status:
        raise RefusedError("is damaged, or takes too much memory to read")


def _table(name: str, form: str, result: Path) -> RawTable:
    columns: tuple[str, ...] = ()
    crs = ""
    rows: list[dict[str, str]] = []
    numbers: list[int] = []
    with result.open(encoding="utf-8") as stream:
        for line in map(json.loads, stream):
            if isinstance(line, list):
                number, *cells = line
                numbers.append(number)
                rows.append(dict(zip(columns, cells, strict=True)))
            elif "columns" in line:
                columns, crs = tuple(line["columns"]), line["crs"]
            elif "refused" in line:
                raise RefusedError(line["refused"], line["row"], line["column"])
            else:
                return RawTable(name, form, columns, rows, numbers, crs, tuple(in_sentence(note, PROBLEM_LENGTH) for note in line["notes"]))
    raise RefusedError("is damaged")
