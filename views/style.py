"""How parties and the map look: one source for screen and paper.

Colours are the field's conventions, chosen so that any two stay apart for colour-blind readers; no party is told by colour alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from geodata.dataset.regions import Region

WHITE = "#FFFFFF"


@dataclass(frozen=True)
class PartyStyle:
    """Colours are CSS hex. `symbol` names a shape that screen and paper both draw.

    `hatch` is a pattern by its name in matplotlib, for readers who ask for patterns beside colours; who is `hatched` has it always.
    """

    colour: str
    symbol: str
    edge: str
    hatch: str = ""
    hatched: bool = False


PARTIES = {
    "government": PartyStyle("#B3261E", "circle", "#FFFFFF"),
    "opposition": PartyStyle("#5FB380", "triangle", "#FFFFFF", "//"),
    "islamic-state": PartyStyle("#23272E", "square", "#FFFFFF", "xx"),
    "sdf": PartyStyle("#FBD24B", "diamond", "#FFFFFF", ".."),
    "hts": PartyStyle("#D9EAE2", "triangle-down", "#6E8578", "///", hatched=True),
    "turkish-backed": PartyStyle("#0B6E91", "pentagon", "#FFFFFF"),
    "divided": PartyStyle("#8E8A83", "cross", "#FFFFFF", "\\\\"),
}

UNKNOWN = PartyStyle("#C9C5BC", "dot", "#7C7870")

# Parties of a user's own dataset that have no conventional colour: shapes first, since they survive greyscale.
_SPARE = (
    PartyStyle("#7B4EA3", "pentagon", "#FFFFFF"),
    PartyStyle("#C46A1B", "diamond", "#FFFFFF"),
    PartyStyle("#4F6D1E", "triangle", "#FFFFFF"),
    PartyStyle("#A0427A", "square", "#FFFFFF"),
)


@dataclass(frozen=True)
class MapStyle:
    """Colours of the base map. It stays light in the dark theme, so that a picture is the same picture everywhere."""

    land: str = "#ECE8DE"
    water: str = "#A9C7DA"
    river: str = "#5C9ABF"
    neighbour: str = "#DEDAD0"
    paper: str = "#F4F2EC"
    ink: str = "#22252A"
    muted: str = "#6B675F"
    province: str = "#8C877B"
    border: str = "#5B5850"
    contested: str = "#8E8A83"


MAP = MapStyle()


# What follows stands in the browser's scripts too, where waiting for it would cost the first picture; a test compares the two.

POLYGONS: dict[str, tuple[tuple[float, float], ...]] = {
    "triangle": ((0, -1.1), (1.05, 0.8), (-1.05, 0.8)),
    "triangle-down": ((0, 1.1), (1.05, -0.8), (-1.05, -0.8)),
    "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "diamond": ((0, -1.2), (1.05, 0), (0, 1.2), (-1.05, 0)),
    "cross": (
        *((-0.9, -0.45), (-0.45, -0.9), (0, -0.45), (0.45, -0.9), (0.9, -0.45), (0.45, 0)),
        *((0.9, 0.45), (0.45, 0.9), (0, 0.45), (-0.45, 0.9), (-0.9, 0.45), (-0.45, 0)),
    ),
    "pentagon": ((0, -1.1), (1.05, -0.34), (0.65, 0.9), (-0.65, 0.9), (-1.05, -0.34)),
}
"""Corners of symbols in units of their radius, y downwards; other symbols are round."""

DOT = 0.55
"""Radius of a dot, in units of that of other symbols."""

SYMBOL_RADIUS = {1: 7.5, 2: 6.5, 3: 5.5}
"""By the rank of the place, in pixels of the screen."""

RING_GAP = 4.5
"""From a symbol's radius to that of the ring around it, in pixels of the screen."""

OUTSIDE, OUTSIDE_STRENGTH = 0.8, 0.45
"""Size and opacity of the symbol of a place beyond the chosen province, in units of those of others."""

SEE_THROUGH = 0.25
"""How far the colour of land on a map goes towards that of blank land."""

FAINT = 0.45
"""How far it goes where the place that speaks for the land is weakly known. On screen it goes farther, to 0.6, where the date is uncertain;
paper does not tell the two apart. So pale, two colours may be taken for each other: symbols stand beside them."""


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour between two others, `share` of the way to the second; all CSS hex."""
    parts = [[int(colour[k : k + 2], 16) for k in (1, 3, 5)] for colour in (one, other)]
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02X}" for a, b in zip(*parts, strict=True))


def luminance(colour: str) -> float:
    """Relative luminance of a CSS hex colour, as in WCAG 2.2."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def party_style(party_id: str, position: int = 0, region: Region | None = None) -> PartyStyle:
    """Style of a party: what its region says of it, else the conventional one, else the spare one of its `position`."""
    usual = PARTIES.get(party_id) or _SPARE[position % len(_SPARE)]
    if region is None:
        return usual
    return replace(usual, colour=region.colours.get(party_id, usual.colour), symbol=region.symbols.get(party_id, usual.symbol))


def patterned(style: PartyStyle) -> PartyStyle:
    """Return the style with its pattern, if it has one, for readers who ask for patterns."""
    return replace(style, hatched=bool(style.hatch))


def map_colours() -> dict[str, str]:
    """Return the base map's colours by name, for the browser."""
    return asdict(MAP)
