"""What a link may say, name by name. The browser has the same list: `python -m views.screen.permalink` writes it there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import MISSING, asdict, dataclass, fields, replace

from geodata import VIEWS
from views.language import ENGLISH, LANGUAGES

DATE, CHOICE, NUMBER, FLAG, POSITION, PERCENT, TEXT = "date", "choice", "number", "flag", "position", "percent", "text"
"""Kinds of values: a day in ISO form; one of some words; one of some numbers; '1'; zoom_latitude_longitude; 0 to 100; a typed text."""

LANGUAGE = "lang"
SPEEDS = ("0.5", "2", "4")
"""How much faster than usual the timeline plays."""

OFF, USUAL_LAND = "off", "nearest-20"
LANDS = (OFF, "nearest-10", "nearest-30", "weighted-10", "weighted-20", "weighted-30")
"""Territory as a link names it: none, or the method and the distance limit in km. The usual one is not said."""

THEMES = ("dark", "light")
"""What a page looks like; what the system says is not said."""

EVENT_KINDS = ("control", "contested", "siege")
STATUSES = ("corroborated", "claimed", "disputed")
SWIPE, SIDE = "swipe", "side"
MODES = (SWIPE, SIDE)
"""How the maps lie: one over the other with a divider, or beside each other."""

LONGEST_TEXT = 60
COMPARED_DAYS = 30
"""How far the first date lies before the second where nobody says more; over as many days gains and losses are counted without a range."""


@dataclass(frozen=True)
class Key:
    """A name in a link, and what its value may be.

    Attributes
    ----------
    kind
        Of the value; a parser reads each kind, here and in the browser.
    among
        The values that a choice or a number may have.
    of
        What a choice is made of, where that is for the dataset to say, as `Existing` names it.
    usual
        The value that goes without saying: a reader takes it for not said, a writer leaves it out.
    within
        Whether a date must lie within the timeline; the nearest day of it is shown.
    entry
        Whether a change of it makes an entry of the browser's history.
    group
        'look' for what all pages have, 'filter' for which events the feed lists.
    side
        Where two sides are compared, the one that this is about: 'one', 'other' or 'both'.
    says
        What the map's link calls the same thing of one side.
    """

    name: str
    kind: str
    among: tuple[str, ...] = ()
    of: str = ""
    usual: str = ""
    within: bool = False
    entry: bool = False
    group: str = ""
    side: str = ""
    says: str = ""


MAP = (
    Key("date", DATE, within=True),
    Key("from", DATE, within=True),
    Key("known", DATE, entry=True),
    Key("place", CHOICE, of="places", entry=True),
    Key("view", CHOICE, of="views", entry=True),
    Key("map", POSITION),
    Key("province", CHOICE, of="provinces"),
    Key("speed", NUMBER, SPEEDS, usual="1"),
    Key("loop", FLAG),
    Key("land", CHOICE, LANDS, entry=True),
    Key("voice", CHOICE, of="voices", entry=True),
    Key(LANGUAGE, CHOICE, tuple(LANGUAGES), usual=ENGLISH),
    Key("theme", CHOICE, THEMES, entry=True, group="look"),
    Key("pattern", FLAG, entry=True, group="look"),
    Key("party", CHOICE, of="parties", entry=True, group="filter"),
    Key("kind", CHOICE, EVENT_KINDS, entry=True, group="filter"),
    Key("status", CHOICE, STATUSES, entry=True, group="filter"),
    Key("by", CHOICE, of="claimants", entry=True, group="filter"),
    Key("area", CHOICE, of="provinces", entry=True, group="filter"),
    Key("q", TEXT, entry=True, group="filter"),
)
"""The names in a link to the map, and to every page that shows its state, in their order there."""

LOOK = tuple(key.name for key in MAP if key.group == "look")
FILTERS = tuple(key.name for key in MAP if key.group == "filter")

SECOND = {"date": "to", "known": "known2", "view": "view2", "voice": "voice2"}
"""What each side has of its own: its name of the second side by that of the first, which is the map's."""

_SHARED = ("place", "map", "province", "land", LANGUAGE, *LOOK)


def _compared(key: Key) -> tuple[Key, ...]:
    # On the map the usual view is said: by it the browser knows a link that says all there is.
    own = replace(key, says=key.name, entry=False, usual=VIEWS[0] if key.name == "view" else key.usual)
    if key.name in SECOND:
        return replace(own, side="one"), replace(own, side="other", name=SECOND[key.name])
    return (replace(own, side="both"),) if key.name in _SHARED else ()


COMPARE = (
    *sorted((made for key in MAP for made in _compared(key)), key=lambda made: made.side == "both"),
    Key("mode", CHOICE, MODES, usual=SWIPE),
    Key("split", PERCENT, usual="50"),
)
"""The names in a link to two sides that are compared, in their order there."""


_TYPES = {"str": "string", "bool": "boolean", "tuple[str, ...]": "string[]"}
_LONGEST_LINE = 140


def script() -> str:
    """Return the schema as a module of the browser."""
    head = "// What a link may say. Written by `python -m views.screen.permalink` from the server's schema: change it there.\n"
    parts = [f"{part.name}{'' if part.default is MISSING else '?'}: {_TYPES[str(part.type)]}" for part in fields(Key)]
    typed = f"/** @typedef {{{{ {', '.join(parts)} }}}} Key */\n"
    lists = [_list(name, keys) for name, keys in (("MAP", MAP), ("COMPARE", COMPARE))]
    numbers = f"export const LONGEST_TEXT = {LONGEST_TEXT};\nexport const COMPARED_DAYS = {COMPARED_DAYS};\n"
    return "\n".join([head, typed, *lists, numbers])


def _list(name: str, keys: Sequence[Key]) -> str:
    return "\n".join([f"/** @type {{Key[]}} */\nexport const {name} = [", *(_literal(key) for key in keys), "];\n"])


def _literal(key: Key) -> str:
    """Return a key as the formatter of the scripts lays it out: on one line, if it is not too long."""
    said = [f"{name}: {json.dumps(value)}" for name, value in asdict(key).items() if value]
    line = f"  {{ {', '.join(said)} }},"
    return line if len(line) <= _LONGEST_LINE else "\n".join(["  {", *(f"    {part}," for part in said), "  },"])
