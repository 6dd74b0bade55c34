"""What commands say: tables for people, files and text for programs, complaints."""

from __future__ import annotations

import io
import os
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from common.atomic import replacing
from geodata.commands.options import OK, USAGE
from geodata.files.text import written


@dataclass(frozen=True)
class Sheet:
    """Rows to print: `columns` and, if they are positioned, longitude and latitude in every row; `shown` are those of the table."""

    columns: tuple[str, ...]
    shown: tuple[str, ...]
    rows: list[dict[str, object]]
    caption: str
    positioned: bool = True


def deliver(sheet: Sheet, form: str, out: Path | None) -> int:
    """Exit status of printing rows in a format, or of writing them to a file, at once or not at all."""
    text = _as_table(sheet) if form == "table" else written(sheet.rows, sheet.columns, form, sheet.positioned)
    if out is None:
        say(text, for_people=form == "table")
        return OK
    try:
        with replacing(out) as file:
            file.write(text.encode("utf-8"))
    except OSError as error:
        return complain(f"'{out}' cannot be written ({error.strerror}).", USAGE)
    return OK


def say(text: str, for_people: bool = True) -> None:
    """Nothing; prints a text, for programs as UTF-8 byte for byte."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        if for_people:
            # A terminal that cannot write Arabic should show escapes instead of a traceback.
            sys.stdout.reconfigure(errors="backslashreplace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", newline="")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. What is left in the buffer must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(sentence: str, status: int) -> int:
    """Return the status given; says on standard error what is wrong, or worth a note."""
    sys.stderr.write(f"geodata: {for_terminal(sentence)}\n")
    return status


def counted(rows: Sequence[object], what: str) -> str:
    """How many rows there are, in words: '1 place', '2 places'."""
    return f"{len(rows)} {what}{'' if len(rows) == 1 else 's'}"


def for_terminal(words: str) -> str:
    """Return the text with escapes in place of characters that would steer a terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in words)


def _as_table(sheet: Sheet) -> str:
    lines = [[name.replace("_", " ") for name in sheet.shown]]
    lines += [[for_terminal(str(row[name] or "-")) for name in sheet.shown] for row in sheet.rows]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    padded = ["  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join([line.rstrip() for line in padded] + [sheet.caption]) + "\n"


def _width(cell: str) -> int:
    return sum(not unicodedata.combining(letter) for letter in cell)
