"""The words that tables may use, each vocabulary once. A word is a string like any other: it is compared, written and sorted as one."""

from __future__ import annotations

from enum import StrEnum


class ClaimKind(StrEnum):
    """What a claim says of a place; docs/data-model.md tells what each one means."""

    CONTROL_CHANGE = "control_change"
    CONTROL_STATE = "control_state"
    CONTESTED = "contested"
    DIVIDED = "divided"
    SIEGE_START = "siege_start"
    SIEGE_END = "siege_end"


class Modality(StrEnum):
    """How a claimant says it."""

    ASSERTED = "asserted"
    DENIED = "denied"
    REPELLED = "repelled"


class Metric(StrEnum):
    """What a quantity claim measures, with its unit."""

    SHARE_PERCENT = "share_percent"
    AREA_KM2 = "area_km2"
    DISTANCE_KM = "distance_km"


class EventKind(StrEnum):
    """What an event says of a place: who holds it, or a condition that it is in beside."""

    CONTROL = "control"
    CONTESTED = "contested"
    SIEGE = "siege"


class Status(StrEnum):
    """How well an event is known."""

    CORROBORATED = "corroborated"
    CLAIMED = "claimed"
    DISPUTED = "disputed"


class Basis(StrEnum):
    """What an event of control rests on."""

    CHANGE = "change"
    """Claimed as a change."""
    STATE = "state"
    """The first known holder."""
    BEFORE = "before"
    """Named as the loser of the first change."""
    IMPLIED = "implied"
    """Somebody else was found to hold the place later on; no claim says since when."""


class View(StrEnum):
    """Which events count."""

    CLAIMED = "claimed"
    """Those of the last credible claim."""
    CORROBORATED = "corroborated"
    """Only those on which originating sources agree."""
