"""What names an event in a link to the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd


def role_of(event: Mapping[str, Any] | pd.Series) -> str:
    """What an event is to the claims behind it: the party that gains or holds the place, else the kind."""
    return str(event["party"] if event["kind"] == "control" else event["kind"])


def address_of(event: Mapping[str, Any] | pd.Series) -> str:
    """The first claim that supports the event, which outlives new claims and dates, and its role: a claim can support several events."""
    return f"{str(event['supporting']).split('|')[0]}~{role_of(event)}"
