"""What a filled-in form means: changes to the ledger, with keys of their own for what is new."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection

from geodata.dataset.tables import CLAIMANTS, DOCUMENTS, Table

LONGEST_SLUG = 60


def slug(*parts: str) -> str:
    """Return a key of lower-case Latin letters, digits and hyphens; what has none of them becomes 'x'."""
    plain = unicodedata.normalize("NFKD", " ".join(parts)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-") or "x"


def fresh(key: str, taken: Collection[str]) -> str:
    """Return the key, with the first number behind it that makes it a new one."""
    if key not in taken:
        return key
    return next(f"{key}-{n}" for n in range(2, len(taken) + 3) if f"{key}-{n}" not in taken)


def document_cells(
    publisher: str, agency: str, published_on: dt.date, url: str, description: str, taken: Collection[str]
) -> dict[str, str]:
    """Return a new document as a row of the table of documents."""
    cells = {"publisher": publisher.strip(), "agency": agency.strip(), "published_on": published_on.isoformat(), "url": url.strip()}
    key = fresh(slug(publisher, published_on.isoformat()), taken)
    return _row(DOCUMENTS, cells | {"document_id": key, "description": description.strip()})


def claimant_cells(name: str, side: str, reliability: str, taken: Collection[str]) -> dict[str, str]:
    """Return a new claimant as a row of the table of claimants."""
    key = fresh(slug(name), taken)
    return _row(CLAIMANTS, {"claimant_id": key, "name": name.strip(), "side": side, "reliability": reliability})


def _row(table: Table, values: dict[str, str]) -> dict[str, str]:
    return {name: values.get(name, "") for name in table.names}
