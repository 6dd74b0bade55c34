"""Names of events in links to the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

_RANK = {basis: rank for rank, basis in enumerate(("change", "implied", "state", "before"))}
"""Of events that a claim stands behind, the change is what people mean, rather than who held the place before, or the fighting."""


def role_of(event: Mapping[str, Any] | pd.Series) -> str:
    """Return what an event is to the claims behind it: the party that gains or holds the place, else the kind."""
    return str(event["party"] if event["kind"] == "control" else event["kind"])


def address_of(event: Mapping[str, Any] | pd.Series) -> str:
    """Return the first claim that supports the event, which outlives new claims, and its role: it may support several events."""
    return f"{event['supporting'][0]}~{role_of(event)}"


def find(events: pd.DataFrame, address: str) -> pd.Series | None:
    """Return the event that a link names, as `address_of` makes it, or by a claim alone; None where there is none.

    A claim alone means the event that it supports, else the one that it speaks against.
    """
    claim_id, _tilde, role = address.partition("~")
    for column in ("supporting", "opposing"):
        found = events[events[column].map(lambda ids: claim_id in ids)]
        if role:
            found = found[[role_of(event) == role for _k, event in found.iterrows()]]
        if len(found):
            rank = [(address_of(event) != address, _RANK.get(event["basis"], len(_RANK))) for _k, event in found.iterrows()]
            return found.iloc[rank.index(min(rank))]
    return None
