"""Lines of files that nobody has vouched for: size, expansion, members, rows and line length are bounded."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from gazetteer.errors import SchemaError

_MEGABYTE = 1_000_000
_CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read before it is refused.

    Attributes
    ----------
    file_bytes, expanded_bytes
        Of the file itself, and of all that a zip archive holds.
    ratio
        Expanded to compressed bytes of one member of a zip archive; text seldom passes 20.
    members
        Files in a zip archive.
    rows
        Rows of a table, its header included.
    line_bytes
        One line with its line end.
    """

    file_bytes: int = 200 * _MEGABYTE
    expanded_bytes: int = 1_000 * _MEGABYTE
    ratio: int = 200
    members: int = 1_000
    rows: int = 5_000_000
    line_bytes: int = _MEGABYTE


LIMITS = Limits()


def check_file(path: Path, limits: Limits = LIMITS) -> None:
    """Nothing, when the path is a file of a size that is read.

    Raises
    ------
    SchemaError
        When it is missing, is no regular file, is empty or is too large.
    """
    if not path.exists():
        raise SchemaError(path, None, None, "the file does not exist")
    if not path.is_file():
        raise SchemaError(path, None, None, "is not a file")
    size = path.stat().st_size
    if size == 0:
        raise SchemaError(path, None, None, "is empty")
    if size > limits.file_bytes:
        raise SchemaError(path, None, None, f"has {size // _MEGABYTE} MB, more than the {limits.file_bytes // _MEGABYTE} MB that are read")


def is_zip(path: Path) -> bool:
    """Whether the file begins as a zip archive does, whatever it is called."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def check_zip(path: Path, archive: zipfile.ZipFile, limits: Limits = LIMITS) -> None:
    """Nothing, when what the archive says of itself is within the limits.

    Raises
    ------
    SchemaError
        When it has too many members, expands to too much, or is encrypted.
    """
    members = archive.infolist()
    if len(members) > limits.members:
        raise SchemaError(path, None, None, f"has {len(members)} files in it, more than {limits.members}")
    if sum(member.file_size for member in members) > limits.expanded_bytes:
        raise SchemaError(path, None, None, f"expands to more than {limits.expanded_bytes // _MEGABYTE} MB")
    for member in members:
        if member.flag_bits & 0x1:
            raise SchemaError(path, None, None, "is encrypted")
        if member.file_size > limits.ratio * max(member.compress_size, 1):
            raise SchemaError(path, None, None, f"expands to more than {limits.ratio} times its size, as an archive made to do harm does")


@contextmanager
def opened(path: Path, member: str | None = None, limits: Limits = LIMITS) -> Iterator[IO[bytes]]:
    """Yield the bytes of a file, or of the member of a zip archive.

    Parameters
    ----------
    path
        A plain file or a zip archive.
    member
        Name of the member; None means the only one that is no read-me.
    limits
        What is refused.
    """
    check_file(path, limits)
    if not is_zip(path):
        with path.open("rb") as file:
            yield file
        return
    try:
        with zipfile.ZipFile(path) as archive:
            check_zip(path, archive, limits)
            with archive.open(_member(path, archive, member)) as file:
                yield file
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        # zipfile raises NotImplementedError for a compression it does not know: the file is wrong, nothing of ours is missing.
        raise SchemaError(path, None, None, f"is not a zip archive that can be read: {error}") from error


def text_lines(path: Path, file: IO[bytes], limits: Limits = LIMITS) -> Iterator[str]:
    """Each line of a UTF-8 file with its line end; a byte order mark is left out.

    Raises
    ------
    SchemaError
        When a line or the number of lines or bytes passes a limit, or the file is not UTF-8.
    """
    expanded = 0
    for number, line in enumerate(iter(lambda: file.readline(limits.line_bytes + 1), b""), start=1):
        expanded += len(line)
        if len(line) > limits.line_bytes:
            raise SchemaError(path, number, None, f"the line is longer than {limits.line_bytes:,} bytes")
        if number > limits.rows:
            raise SchemaError(path, number, None, f"has more than {limits.rows:,} rows")
        if expanded > limits.expanded_bytes:  # an archive may lie about the size of its members
            raise SchemaError(path, number, None, f"expands to more than {limits.expanded_bytes // _MEGABYTE} MB")
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise SchemaError(path, number, None, f"is not UTF-8 (byte {error.start} of the line)") from error


def whole(path: Path, file: IO[bytes], most_bytes: int) -> bytes:
    """All bytes of a file, for formats that cannot be read line by line.

    Raises
    ------
    SchemaError
        When there are more than `most_bytes`.
    """
    content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise SchemaError(path, None, None, f"has more than the {most_bytes // _MEGABYTE} MB that are read of this format")
    return content


def chunks(file: IO[bytes]) -> Iterable[bytes]:
    """Return the bytes of a file, piece by piece."""
    return iter(lambda: file.read(_CHUNK_BYTES), b"")


def _member(path: Path, archive: zipfile.ZipFile, member: str | None) -> zipfile.ZipInfo:
    files = [info for info in archive.infolist() if not info.is_dir()]
    named = [info for info in files if info.filename == member]
    rest = [info for info in files if not Path(info.filename).stem.casefold().startswith(("readme", "iso-languagecodes"))]
    chosen = named or rest
    if len(chosen) != 1:
        raise SchemaError(path, None, None, f"holds {len(chosen)} files where one table is expected" + (f", {member}" if member else ""))
    return chosen[0]
