"""Drawing in pixels on a matplotlib figure: text, boxes, lines and the parties' symbols.

One axes covers the figure: x to the right and y downwards, in pixels; what is drawn later lies on top.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path as FilePath

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from views.language import ARABIC, language
from views.paper.drawing.labels import Box
from views.style import DOT, MAP, POLYGONS, RING_GAP, UNKNOWN, WHITE, PartyStyle

# The files that come with matplotlib, not whatever the system calls by the same name: the same picture on every machine.
_FONTS = {
    bold: str(FilePath(mpl.get_data_path(), "fonts", "ttf", name))
    for bold, name in ((False, "DejaVuSans.ttf"), (True, "DejaVuSans-Bold.ttf"))
}
_JOINERS = "\u200c\u200d"
_LINE_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_MAX_CHARACTERS = 400


def printable(text: str) -> str:
    """Return the text on one line, without control and formatting characters, and with a mark for what the font does not have."""
    line = _LINE_BREAKS.sub(" ", text)
    kept = [c for c in line[: 2 * _MAX_CHARACTERS] if c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Cs")]
    short = kept if len(kept) <= _MAX_CHARACTERS else [*kept[: _MAX_CHARACTERS - 1], "…"]
    return "".join(c if _in_font(c) else "\ufffd" for c in short)


@cache
def _in_font(character: str) -> bool:
    return all(get_font(path).get_char_index(ord(character)) for path in _FONTS.values())


@dataclass(frozen=True)
class Mark:
    """One closed outline: filled, stroked or both. `width` in pixels; `dashed` breaks the stroke."""

    path: Path
    face: tuple[float, float, float, float] | str
    edge: tuple[float, float, float, float] | str = "none"
    width: float = 0
    dashed: bool = False


def symbol(
    style: PartyStyle,
    x: float,
    y: float,
    radius: float,
    unit: float,
    *,
    hollow: bool = False,
    pale: bool = False,
    contested: bool = False,
    besieged: bool = False,
    strength: float = 1,
) -> list[Mark]:
    """Return a place's symbol, in drawing order; it looks as on screen.

    Parameters
    ----------
    style
        Of the party that holds the place; `UNKNOWN` where no claim says.
    x, y, radius
        Pixels.
    unit
        Pixels of the picture for a pixel of the screen: scales line widths.
    hollow, pale
        Flagged; in the window of a change.
    contested, besieged
        A dashed ring; a solid ring.
    strength
        Opacity of the whole, 0 to 1.
    """
    marks = ring(x, y, radius + RING_GAP * unit, unit, contested, besieged) if contested or besieged else []
    shape, edged = outline(style.symbol, x, y, radius), style.edge != WHITE and style is not UNKNOWN
    marks.append(Mark(shape, "none", style.edge if edged else WHITE, 3 * unit))
    if edged:
        marks.append(Mark(shape, "none", WHITE, unit))
    marks.append(Mark(shape, WHITE if hollow or pale else style.colour))
    if pale:
        marks.append(Mark(shape, to_rgba(style.colour, 0.4)))
    if hollow or pale:
        marks.append(Mark(outline(style.symbol, x, y, radius - 0.6 * unit), "none", style.edge if edged else style.colour, 2.2 * unit))
    if style is UNKNOWN:
        marks.append(Mark(shape, "none", style.edge, unit))
    return [_faded(mark, strength) for mark in marks] if strength < 1 else marks


def ring(x: float, y: float, radius: float, unit: float, contested: bool, besieged: bool) -> list[Mark]:
    """Return the ring around a place that is contested (dashed), besieged (solid) or both (grey dashes on solid)."""
    circle = Path.circle((x, y), radius)
    marks = [Mark(circle, "none", to_rgba(WHITE, 0.9), 4 * unit), Mark(circle, "none", MAP.ink, 1.7 * unit, contested and not besieged)]
    if contested and besieged:
        marks.append(Mark(circle, "none", MAP.contested, 1.7 * unit, dashed=True))
    return marks


def outline(name: str, x: float, y: float, radius: float) -> Path:
    """Return the closed outline of a named symbol around a point; 'dot' is a small circle."""
    corners = POLYGONS.get(name)
    if corners is None:
        return Path.circle((x, y), radius * DOT if name == "dot" else radius)
    return Path([(x + dx * radius, y + dy * radius) for dx, dy in (*corners, corners[0])], closed=True)


def _faded(mark: Mark, strength: float) -> Mark:
    def fade(colour: tuple[float, float, float, float] | str) -> tuple[float, float, float, float] | str:
        if colour == "none":
            return colour
        red, green, blue, alpha = to_rgba(colour)
        return red, green, blue, alpha * strength

    return replace(mark, face=fade(mark.face), edge=fade(mark.edge))


class Drawing:
    """A figure to draw on in pixels.

    Parameters
    ----------
    width, height
        Pixels.
    dpi
        Pixels per inch: only gives the size on paper, the picture stays the same.
    """

    def __init__(self, width: int, height: int, dpi: int) -> None:
        # matplotlib cuts the pixel size off after the point: 10.83 in * 100 may be a hair less than 1083.
        self.figure = Figure(figsize=((width + 0.01) / dpi, (height + 0.01) / dpi), dpi=dpi, facecolor=MAP.paper)
        FigureCanvasAgg(self.figure)
        self.box = Box(0, 0, width, height)
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set(xlim=(0, width), ylim=(height, 0))
        self._points = 72 / dpi
        self._renderer = RendererAgg(8, 8, dpi)  # type: ignore[no-untyped-call]
        self._widths: dict[tuple[str, float, bool], float] = {}
        self._fonts: dict[tuple[float, bool], FontProperties] = {}
        self._mirror: float | None = None
        """Left and right edge of what is mirrored, added up."""

    def _add(self, artist: Artist, within: Box | None) -> None:
        artist.set_zorder(len(self._axes.get_children()))
        if self._mirror is not None and not isinstance(artist, Text):
            artist.set_transform(Affine2D().scale(-1, 1).translate(self._mirror, 0) + self._axes.transData)
        self._axes.add_artist(artist)
        artist.set_clip_on(within is not None)
        if within:
            artist.set_clip_path(Rectangle((within.left, within.top), within.width, within.height, transform=self._axes.transData))

    def _font(self, size: float, bold: bool) -> FontProperties:
        if (size, bold) not in self._fonts:
            self._fonts[size, bold] = FontProperties(fname=_FONTS[bold], size=size * self._points)
        return self._fonts[size, bold]

    # -- direction -------------------------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self, box: Box) -> Iterator[None]:
        """Mirror what is drawn inside within the box where the language is read from right to left.

        Maps are never drawn inside.
        """
        before = self._mirror
        self._mirror = box.left + box.right if language().direction == "rtl" else None
        try:
            yield
        finally:
            self._mirror = before

    # -- text ------------------------------------------------------------------------------------------------------------------

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Width of a line of text in pixels; `size` is that of the font, in pixels."""
        key = (text, size, bold)
        if key not in self._widths:
            line, font = printable(text), self._font(size, bold)
            # Letters with a halo, and all of SVG, are drawn as outlines without hinting, which run a little wider.
            hinted = self._renderer.get_text_width_height_descent(line, font, False)[0]  # type: ignore[no-untyped-call]
            unhinted = text_to_path.get_text_width_height_descent(line, font, False)[0]
            self._widths[key] = max(hinted, unhinted / self._points)
        return self._widths[key]

    @staticmethod
    def spaced(text: str) -> str:
        """Return the text in capitals with a little air between the letters, for names of areas; letters of Arabic stay joined."""
        if language().code == ARABIC:
            return text
        return "\u2002".join("\u200a\u200a".join(word) for word in text.upper().split())

    def fit(self, text: str, size: float, room: float, bold: bool = False) -> str:
        """Return the text, or as much of it as `room` pixels hold, with an ellipsis."""
        text = printable(text)
        if self.width(text, size, bold) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.width(text[:middle].rstrip() + "…", size, bold) <= room else (low, middle - 1)
        return text[:low].rstrip() + "…"

    def wrap(self, text: str, size: float, room: float) -> list[str]:
        """Return the text as lines of at most `room` pixels, broken between words."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.width(longer, size) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return [self.fit(line, size, room) for line in lines]

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = MAP.ink,
        align: str = "left",
        halo: str | None = None,
        within: Box | None = None,
    ) -> None:
        """Write one line; `y` is the baseline, `align` 'left', 'center' or 'right' of `x`, `halo` a colour behind the letters."""
        # Names come from files of others: a dollar sign must stay one and not begin a formula.
        if self._mirror is not None:
            x, align = self._mirror - x, {"left": "right", "right": "left"}.get(align, align)
        artist = Text(x, y, printable(text), color=colour, fontproperties=self._font(size, bold), parse_math=False, usetex=False)
        artist.set(horizontalalignment=align, verticalalignment="baseline", transform=self._axes.transData)
        if halo:
            artist.set_path_effects([withStroke(linewidth=size * 0.26 * self._points, foreground=halo)])
        self._add(artist, within)

    # -- shapes ----------------------------------------------------------------------------------------------------------------

    def rectangle(
        self, box: Box, face: str = "none", edge: str = "none", width: float = 1, opacity: float | None = None, within: Box | None = None
    ) -> None:
        """Draw a filled or stroked rectangle; `opacity` is of the filling."""
        colour = face if opacity is None else to_rgba(face, opacity)
        patch = Rectangle((box.left, box.top), box.width, box.height, facecolor=colour, edgecolor=edge, linewidth=width * self._points)
        self._add(patch, within)

    def shape(self, path: Path, within: Box | None, face: str = "none", edge: str = "none", width: float = 1) -> None:
        """Draw a filled or stroked outline."""
        self._add(PathPatch(path, facecolor=face, edgecolor=edge, linewidth=width * self._points, joinstyle="round"), within)

    def line(
        self, path: Path, within: Box | None, colour: str, width: float, dashes: tuple[float, float] | None = None, opacity: float = 1
    ) -> None:
        """Draw a stroked path; `dashes` are drawn and left out pixels."""
        style = (0, tuple(part / width for part in dashes)) if dashes else "solid"
        patch = PathPatch(path, facecolor="none", edgecolor=to_rgba(colour, opacity), linewidth=width * self._points)
        patch.set(linestyle=style, joinstyle="round", capstyle="butt" if dashes else "round")
        self._add(patch, within)

    def segments(
        self, lines: Sequence[tuple[tuple[float, float], tuple[float, float]]], colour: str, width: float, within: Box | None = None
    ) -> None:
        """Straight lines."""
        self._add(LineCollection(lines, colors=colour, linewidths=width * self._points, transform=self._axes.transData), within)

    def marks(self, marks: Sequence[Mark], within: Box | None = None) -> None:
        """Many outlines in their order, as one collection: ten thousand symbols cost a second, not a minute."""
        if not marks:
            return
        collection = PathCollection(
            [mark.path for mark in marks],
            facecolors=[mark.face for mark in marks],
            edgecolors=[mark.edge for mark in marks],
            linewidths=[mark.width * self._points for mark in marks],
            linestyles=[(0, (1.9, 1.5)) if mark.dashed else "solid" for mark in marks],
            joinstyle="round",
            transform=self._axes.transData,
        )
        self._add(collection, within)
