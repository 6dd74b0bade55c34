"""The sources that users have added, each in one normalised file of their data directory."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Self

from common.atomic import locked, replacing
from common.formulas import guarded_cell
from common.home import GAZETTEER_VARIABLE
from common.home import home_directory as user_directory
from gazetteer.errors import SchemaError, StoreError
from gazetteer.place import Name, Place, Record

# Counted up when the form of the files changes, so that indexes built from older ones are not used.
_FORM = 1
_SUFFIX = ".jsonl.gz"
_LOCK = ".lock"
# What places of the product itself come from: a source of this name would be taken for it.
_RESERVED = frozenset({"provinces"})
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_INDEX_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_KINDS = ("geonames", "ocha", "whosonfirst", "table")
_BUFFER_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of an added source.

    Attributes
    ----------
    name
        How it is called when it is removed; unique.
    kind
        geonames, ocha, whosonfirst or table.
    file_name, sha256
        Of the file that was read.
    rows, bad_rows, records
        Rows that were read as a place or refused, those refused, and places kept.
    added_on
        UTC, ISO 8601.
    licence
        Text to show with its places.
    countries
        ISO 3166-1 alpha-2 of the countries its places lie in.
    records_sha256
        Of the places as they are kept.
    """

    name: str
    kind: str
    file_name: str
    sha256: str
    rows: int
    bad_rows: int
    records: int
    added_on: str
    licence: str
    countries: tuple[str, ...]
    records_sha256: str


class Store:
    """Added sources under one directory; several processes may use it at once.

    Parameters
    ----------
    home
        The directory; made when something is first written.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._sources = home / "sources"

    @classmethod
    def open(cls, home: Path | None = None) -> Self:
        """Return the store in `home`, else in the directory that GAZETTEER_HOME names, else in the user's data directory."""
        return cls(home_directory(home))

    def sources(self) -> list[SourceInfo]:
        """Return the added sources in canonical order: by kind, then by name.

        Raises
        ------
        StoreError
            When a file of the store cannot be read.
        """
        infos = [_read_info(path) for path in self._sources.glob(f"*{_SUFFIX}")]
        return sorted(infos, key=lambda info: (_KINDS.index(info.kind) if info.kind in _KINDS else len(_KINDS), info.name))

    def records(self, country: str) -> Iterator[Record]:
        """Yield the places of a country in all added sources, whatever the order in which these were added.

        Parameters
        ----------
        country
            ISO 3166-1 alpha-2, in capitals.
        """
        for info in self.sources():
            if country in info.countries:
                yield from _read_records(self._path(info.name), country)

    def fingerprint(self) -> str:
        """Return a text that changes exactly when the places in the store change: when a source is added, replaced or removed."""
        digest = hashlib.sha256(f"form {_FORM}\n".encode())
        for info in self.sources():
            digest.update(f"{info.kind} {info.name} {info.records_sha256}\n".encode())
        return digest.hexdigest()

    def index_path(self, key: str) -> Path:
        """Where an index with this key is kept; the directory exists afterwards.

        Parameters
        ----------
        key
            Letters, digits, dots, hyphens and underscores, such as a country and a fingerprint.
        """
        if not _INDEX_KEY.fullmatch(key):
            raise StoreError(f"{key!r} is no key of an index")
        directory = self.home / "index"
        directory.mkdir(parents=True, exist_ok=True)
        return directory / f"{key}.sqlite"

    def delete_indexes(self) -> int:
        """How many files of built indexes there were; they are built anew when they are next needed."""
        files = [path for path in (self.home / "index").glob("*") if path.is_file()]
        for path in files:
            path.unlink(missing_ok=True)
        return len(files)

    def add(
        self,
        name: str,
        kind: str,
        path: Path,
        licence: str,
        records: Iterable[Record],
        problems: list[SchemaError],
        *,
        replace_existing: bool = False,
    ) -> SourceInfo:
        """Return what is known of the source, after all its places have been kept.

        Parameters
        ----------
        name
            Small letters, digits, hyphens and underscores.
        kind
            One of geonames, ocha, whosonfirst, table.
        path
            The file it is read from.
        licence
            Text to show with its places.
        records
            Its places; read to the end before anything changes.
        problems
            Rows that were refused; grows while `records` is read. They are listed in reports/NAME.csv.
        replace_existing
            Whether a source of this name that was read from another file gives way.

        Raises
        ------
        StoreError
            When the name is taken or no name, or no row could be read.
        SchemaError
            When the file as a whole cannot be read.
        """
        if not _NAME.fullmatch(name):
            raise StoreError(f"{name!r} is no name for a source: use small letters, digits, '-' and '_'")
        if name in _RESERVED:
            raise StoreError(f"{name!r} is the name of a file of the product: give another one with --name")
        sha256 = file_sha256(path)
        self._check_free(name, sha256, replace_existing)
        self._sources.mkdir(parents=True, exist_ok=True)
        with tempfile.SpooledTemporaryFile(max_size=_BUFFER_BYTES) as body:
            kept = _write_records(body, path, records, problems)
            report = self._write_report(name, path, problems)
            if not kept.records:
                first = f"; the first: {problems[0]}" if problems else ""
                listed = f" (all {len(problems)} are listed in {report})" if report else ""
                raise StoreError(f"{path}: no row can be read as a place{first}{listed}")
            info = SourceInfo(
                name=name,
                kind=kind,
                file_name=path.name,
                sha256=sha256,
                rows=kept.records + len(problems),
                bad_rows=len(problems),
                records=kept.records,
                added_on=datetime.now(UTC).isoformat(timespec="seconds"),
                licence=licence,
                countries=kept.countries,
                records_sha256=kept.sha256,
            )
            with locked(self.home / _LOCK):
                self._check_free(name, sha256, replace_existing)
                with replacing(self._path(name)) as file:
                    # A gzip file may have several members: the first is the description, the second the places.
                    file.write(gzip.compress(f"{json.dumps(asdict(info), ensure_ascii=False)}\n".encode(), mtime=0))
                    body.seek(0)
                    shutil.copyfileobj(body, file)
        return info

    def remove(self, name: str) -> SourceInfo:
        """Return what was known of the source that is now gone; answers are again what they were without it.

        Raises
        ------
        StoreError
            When no source has this name.
        """
        with locked(self.home / _LOCK):
            known = {info.name: info for info in self.sources()}
            if name not in known:
                choice = f"known are {', '.join(known)}" if known else "none has been added"
                raise StoreError(f"no source is called {name!r}: {choice}")
            self._path(name).unlink()
            self.report_path(name).unlink(missing_ok=True)
        return known[name]

    def report_path(self, name: str) -> Path:
        """Return the list of the rows of a source that were refused; it exists when there are any."""
        return self.home / "reports" / f"{name}.csv"

    def _path(self, name: str) -> Path:
        return self._sources / f"{name}{_SUFFIX}"

    def _check_free(self, name: str, sha256: str, replace_existing: bool) -> None:
        path = self._path(name)
        if path.exists() and not replace_existing and (info := _read_info(path)).sha256 != sha256:
            raise StoreError(f"a source is called {name!r} already, read from {info.file_name}: replace it, or give another name")

    def _write_report(self, name: str, source: Path, problems: Sequence[SchemaError]) -> Path | None:
        path = self.report_path(name)
        if not problems:
            path.unlink(missing_ok=True)
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("file", "row", "column", "problem"))
        writer.writerows([guarded_cell(value) for value in (source.name, one.row, one.column, one.problem)] for one in problems)
        with replacing(path) as file:
            file.write(text.getvalue().encode())
        return path


def home_directory(home: Path | None = None) -> Path:
    """Return the data directory: `home`, else the one that GAZETTEER_HOME names, else the user's."""
    return home or user_directory(GAZETTEER_VARIABLE)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal.

    Raises
    ------
    SchemaError
        When it is missing.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise SchemaError(path, None, None, "the file does not exist") from None
    except IsADirectoryError:
        raise SchemaError(path, None, None, "is not a file") from None


@dataclass(frozen=True, slots=True)
class _Kept:
    records: int
    countries: tuple[str, ...]
    sha256: str


def _write_records(body: IO[bytes], path: Path, records: Iterable[Record], problems: list[SchemaError]) -> _Kept:
    digest = hashlib.sha256()
    countries: set[str] = set()
    place_ids: set[str] = set()
    with gzip.GzipFile(filename="", fileobj=body, mode="wb", compresslevel=6, mtime=0) as file:
        for record in records:
            place = record.place
            if place.place_id in place_ids:
                problems.append(SchemaError(path, None, None, f"the key {place.place_id!r} is there twice"))
                continue
            place_ids.add(place.place_id)
            countries.add(place.country)
            line = f"{_line(record)}\n".encode()
            digest.update(line)
            file.write(line)
    return _Kept(len(place_ids), tuple(sorted(countries)), digest.hexdigest())


def _line(record: Record) -> str:
    place = asdict(record.place)
    names = [[name.text, name.kind, name.source, name.source_key] for name in record.names]
    # The country goes first, so that other countries' lines need not be parsed.
    return json.dumps([record.place.country, place, names], ensure_ascii=False, separators=(",", ":"))


def _read_records(path: Path, country: str) -> Iterator[Record]:
    start = f'["{country}",'.encode()
    try:
        with gzip.open(path, "rb") as file:
            file.readline()
            for line in file:
                if line.startswith(start):
                    _, place, names = json.loads(line)
                    yield Record(_place(place), tuple(Name(*name) for name in names))
    except (OSError, EOFError, ValueError, TypeError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); remove the source and add it again") from error


def _place(cells: dict[str, Any]) -> Place:
    return Place(**cells | {"names": tuple(cells["names"]), "sources": tuple(cells["sources"])})


def _read_info(path: Path) -> SourceInfo:
    try:
        with gzip.open(path, "rb") as file:
            cells = json.loads(file.readline())
        return SourceInfo(**cells | {"countries": tuple(cells["countries"])})
    except (OSError, EOFError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); delete it and add the source again") from error
