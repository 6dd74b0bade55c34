"""Country dumps from GeoNames' public server: resumable, bounded, and complete or not there."""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.request
import zipfile
from email.message import Message
from pathlib import Path
from typing import IO

from tqdm import tqdm

from gazetteer.errors import DownloadError
from gazetteer.sources.tables.files import LIMITS

GEONAMES_URL = "https://download.geonames.org/export/dump"
USER_AGENT = "control-atlas-gazetteer (python urllib; one file on request of a user)"

_TIMEOUT_S = 30.0
_ATTEMPTS = 4
_PAUSE_S = 1.0
_CHUNK_BYTES = 1 << 16
_COUNTRY = re.compile("[A-Z]{2}")
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")
_OK, _PARTIAL, _RANGE_NOT_SATISFIABLE = 200, 206, 416


def download_geonames(country: str, directory: Path, base_url: str = GEONAMES_URL, pause_s: float = _PAUSE_S) -> Path:
    """Return the dump of a country, fetched into `directory`; what an earlier attempt has fetched is not fetched again.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2.
    directory
        Made where it is missing. An unfinished file lies there as NAME.part.
    base_url
        Where `CC.zip` lies: GeoNames or a mirror of it.
    pause_s
        Seconds to wait before the second attempt; twice as long before each further one.

    Raises
    ------
    DownloadError
        When the file cannot be fetched, is too large, or is no zip archive.
    """
    if not _COUNTRY.fullmatch(country):
        raise DownloadError(f"{country[:20]!r} is not an ISO 3166-1 country code of two letters, such as SY")
    if not base_url.startswith(("https://", "http://")):
        raise DownloadError(f"{base_url!r} is not an address that begins with https:// or http://")
    directory.mkdir(parents=True, exist_ok=True)
    url, target = f"{base_url.rstrip('/')}/{country}.zip", directory / f"{country}.zip"
    part = _Part(target)
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(pause_s * 2 ** (attempt - 1))
        try:
            if _fetch(url, part):
                return part.finish(url)
            problem = "the connection ended early"
        except urllib.error.HTTPError as error:
            problem = f"the server answers {error.code} {error.reason}"
            error.close()
            if error.code == _RANGE_NOT_SATISFIABLE:
                part.discard()
            elif error.code < 500 and error.code != 429:
                break
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, DownloadError):
                raise
            problem = str(error) or type(error).__name__
    kept = f"; {part.size} bytes are kept and the next attempt goes on from there" if part.size else ""
    raise DownloadError(f"{url} cannot be fetched: {problem}{kept}")


class _Part:
    """An unfinished file, and what tells whether the server still has the same one."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self.path = target.with_name(f"{target.name}.part")
        self._validator = target.with_name(f"{target.name}.part.validator")

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def request_headers(self) -> dict[str, str]:
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
        if self.size:
            headers["Range"] = f"bytes={self.size}-"
            if self._validator.exists():
                headers["If-Range"] = self._validator.read_text(encoding="utf-8")
        return headers

    def begin(self, headers: Message) -> None:
        """Forgets what was fetched, and keeps what names the edition that is fetched now."""
        self.discard()
        etag = headers.get("ETag", "")
        # A weak one does not promise the same bytes.
        if validator := (etag if etag and not etag.startswith("W/") else headers.get("Last-Modified", "")):
            self._validator.write_text(validator, encoding="utf-8")

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)
        self._validator.unlink(missing_ok=True)

    def finish(self, url: str) -> Path:
        """Return the finished file, if it is a zip archive that is whole."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                whole = sum(member.file_size for member in archive.infolist()) <= LIMITS.expanded_bytes and archive.testzip() is None
        except (zipfile.BadZipFile, NotImplementedError, OSError):
            # zipfile raises NotImplementedError for a compression it does not know: the file is wrong, nothing of ours is missing.
            whole = False
        if not whole:
            self.discard()
            raise DownloadError(f"{url} is no whole zip archive; nothing of it was kept")
        self.path.replace(self._target)
        self._validator.unlink(missing_ok=True)
        return self._target


def _fetch(url: str, part: _Part) -> bool:
    """Whether the file is complete after one request."""
    request = urllib.request.Request(url, headers=part.request_headers())  # noqa: S310 -- the scheme was checked
    with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as response:  # noqa: S310
        total = _total(url, response, part)
        if total is not None and total > LIMITS.file_bytes:
            raise DownloadError(f"{url} has {total // 1_000_000} MB, more than the {LIMITS.file_bytes // 1_000_000} MB that are fetched")
        with (
            part.path.open("ab") as file,
            tqdm(total=total, initial=part.size, unit="B", unit_scale=True, desc=url.rpartition("/")[2], disable=None) as progress,
        ):
            _copy(url, response, file, progress, part.size)
    return total is None or part.size == total


def _total(url: str, response: http.client.HTTPResponse, part: _Part) -> int | None:
    """Bytes of the whole file where the server says so; the part is begun anew unless the answer goes on from it."""
    if response.status == _PARTIAL:
        match = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if match and int(match.group(1)) == part.size:
            return int(match.group(2))
        part.discard()
        raise ConnectionError("the server answers with another part than the one asked for")
    if response.status != _OK:
        raise DownloadError(f"{url} cannot be fetched: the server answers {response.status}")
    part.begin(response.headers)
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdigit() else None


def _copy(url: str, response: http.client.HTTPResponse, file: IO[bytes], progress: tqdm[None], size: int) -> None:
    # read1 gives what has arrived, so that a connection that is cut loses nothing.
    while piece := response.read1(_CHUNK_BYTES):
        size += len(piece)
        if size > LIMITS.file_bytes:
            raise DownloadError(f"{url} has more than the {LIMITS.file_bytes // 1_000_000} MB that are fetched")
        file.write(piece)
        progress.update(len(piece))
