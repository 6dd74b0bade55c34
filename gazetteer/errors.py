"""What can go wrong in the gazetteer: one root, each kind also a standard exception."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from common.errors import TableError

if TYPE_CHECKING:
    from gazetteer.place import Candidate


class GazetteerError(Exception):
    """Root of the gazetteer's errors; `str()` of one is a sentence that can be shown to a reader."""

    # KeyError would print its message in quotation marks, and a page shows the message as it is.
    __str__ = Exception.__str__


class SchemaError(GazetteerError, TableError):
    """A file does not have the form it should have; `str()` of it names file, row and column.

    Parameters
    ----------
    path, row, column, problem
        As for `common.errors.TableError`.
    """

    def __init__(self, path: Path | str, row: int | None, column: str | None, problem: str) -> None:
        super().__init__(problem, Path(path), row, column)


class HintError(GazetteerError, ValueError):
    """A hint is not one that the gazetteer knows.

    Parameters
    ----------
    message
        One sentence for the reader.
    hint
        `admin1` or `country`: the parameter that is wrong.
    """

    def __init__(self, message: str, hint: str) -> None:
        self.hint = hint
        super().__init__(message)


class UnknownPlaceError(GazetteerError, KeyError):
    """No place has this place_id."""


class AmbiguousToponymError(GazetteerError, LookupError):
    """A toponym fits several places, or one of them too weakly to be plotted by itself.

    Parameters
    ----------
    message
        One sentence for the reader.
    candidates
        The places that fit, best first.
    """

    def __init__(self, message: str, candidates: tuple[Candidate, ...]) -> None:
        self.candidates = candidates
        super().__init__(message)


class StoreError(GazetteerError, ValueError):
    """A source cannot be added or removed as asked."""


class DownloadError(GazetteerError, OSError):
    """A file could not be fetched."""


class DecisionError(GazetteerError, ValueError):
    """A decision cannot be taken or undone as asked."""


class OnlineError(GazetteerError, ConnectionError):
    """An online geocoder is not set up, or did not answer."""


class OnlineTimeoutError(OnlineError, TimeoutError):
    """An online geocoder did not answer in time; asked again later, it may."""


class OnlineRateLimitError(OnlineError):
    """An online geocoder is asked too often; it answers again after a pause."""


class OnlineQuotaError(OnlineError):
    """The requests that an online geocoder allows this user are used up."""
