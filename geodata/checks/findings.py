"""What a check of a dataset or a file finds: the rules by name, how grave a finding is, and the finding itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geodata.sentences import message

RULES = {
    "loser": message("a change names a loser that did not hold the place before"),
    "rivals": message("two parties are said to gain one place on one day"),
    "province": message("a place lies outside its province"),
    "after-document": message("a document reports what happened after it came out"),
    "reported-late": message("a statement is dated after the document it stands in"),
    "moved": message("sources put a place more than 5 km apart"),
    "namesakes": message("one name stands at two positions more than 5 km apart"),
    "distance": message("a stated distance or direction does not fit the map"),
    "precision": message("the date precision does not fit the window"),
    "unknown-party": message("a party is not known"),
    "no-locator": message("a claim does not say where in its document it stands"),
    "cell": message("a cell is not as docs/data-model.md has it"),
    "claim": message("the cells of a claim do not fit each other"),
}
"""Every rule, and what a finding of it says."""


class Severity(StrEnum):
    """How grave a finding is, the gravest first."""

    ERROR = "error"
    """Surely wrong."""
    WARNING = "warning"
    """To be looked at."""
    NOTE = "note"
    """To be known."""


@dataclass(frozen=True)
class Finding:
    """Something worth a look. `row` and `column` are set where a file is linted before it is taken in."""

    rule: str
    severity: Severity
    sentence: str
    claim_ids: tuple[str, ...] = ()
    quantity_ids: tuple[str, ...] = ()
    place_id: str = ""
    document_id: str = ""
    row: int | None = None
    column: str = ""
