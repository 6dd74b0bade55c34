"""Where names stand on a map: eight positions around the symbol, the first that is free; a leader line where none is.

Everything is in pixels, x to the right and y downwards. Greedy in the order given, so the major names come first.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

CELL_PX = 64
LEADER_STEPS = 7
LEADER_DIRECTIONS = 24


@dataclass(frozen=True)
class Box:
    """A rectangle; left < right and top < bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Extent from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Extent from top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """The middle: x, y."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def within(self, other: Box) -> bool:
        """Whether `other` holds all of this."""
        return self.left >= other.left and self.top >= other.top and self.right <= other.right and self.bottom <= other.bottom

    def grown(self, by: float) -> Box:
        """Return the same with a margin of `by` pixels on all sides."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> Box:
        """Return a rectangle of a size around a point."""
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


class Room:
    """What is taken on a map, in a grid, so that a question costs the same on a full map as on an empty one."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def take(self, box: Box) -> None:
        """Keep a rectangle clear of later names."""
        for cell in _cells(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        """Whether a rectangle touches nothing taken."""
        return not any(box.overlaps(taken) for cell in _cells(box) for taken in self._cells.get(cell, ()))


@dataclass(frozen=True)
class Label:
    """A name to be placed.

    Parameters
    ----------
    x, y
        Centre of the symbol.
    reach
        From the centre to where a name may begin.
    sizes
        (width, height) of the ways to write it, the preferred first.
    leader
        Whether it may stand apart, with a line to its symbol, where no position beside the symbol is free.
    """

    x: float
    y: float
    reach: float
    sizes: tuple[tuple[float, float], ...]
    leader: bool = False


@dataclass(frozen=True)
class Placed:
    """A label's place: which of its `sizes`, where, and the ends of its leader line, None beside its symbol."""

    size: int
    box: Box
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None


def place(labels: Sequence[Label], room: Room, frame: Box) -> list[Placed | None]:
    """Where each label stands, None where there is no room for it; parallel to `labels`.

    Parameters
    ----------
    labels
        The most important first.
    room
        Holds what must not be covered; gains what is placed.
    frame
        No name leaves it.
    """
    placed: list[Placed | None] = []
    for label in labels:
        found = _beside(label, room, frame) or (_apart(label, room, frame) if label.leader else None)
        if found:
            room.take(found.box)
            for box in _along(found.leader):
                room.take(box)
        placed.append(found)
    return placed


def positions(label: Label, width: float, height: float) -> Iterator[Box]:
    """Yield the eight positions: right, left, above, below, then the corners, right before left."""
    x, y, near, far = label.x, label.y, label.reach * 0.72, label.reach
    yield Box(x + far, y - height / 2, x + far + width, y + height / 2)
    yield Box(x - far - width, y - height / 2, x - far, y + height / 2)
    yield Box(x - width / 2, y - far - height, x + width / 2, y - far)
    yield Box(x - width / 2, y + far, x + width / 2, y + far + height)
    yield Box(x + near, y - near - height, x + near + width, y - near)
    yield Box(x + near, y + near, x + near + width, y + near + height)
    yield Box(x - near - width, y - near - height, x - near, y - near)
    yield Box(x - near - width, y + near, x - near, y + near + height)


def _beside(label: Label, room: Room, frame: Box) -> Placed | None:
    for size, (width, height) in enumerate(label.sizes):
        for box in positions(label, width, height):
            if box.within(frame) and room.is_free(box):
                return Placed(size, box)
    return None


def _apart(label: Label, room: Room, frame: Box) -> Placed | None:
    for step in range(1, LEADER_STEPS + 1):
        for size, (width, height) in enumerate(label.sizes):
            away = 1.5 * label.reach + step * 0.6 * height
            for k in range(LEADER_DIRECTIONS):
                # To the sides first: a line that leaves level reads best.
                turn = (k + 1) // 2 * (1 if k % 2 else -1) * 2 * math.pi / LEADER_DIRECTIONS
                dx, dy = math.cos(turn), math.sin(turn)
                end_x, end_y = label.x + dx * away, label.y + dy * away
                box = Box.around(end_x + dx * width / 2, end_y + dy * height / 2, width, height)
                if not box.within(frame) or not room.is_free(box):
                    continue
                leave = label.reach / max(abs(dx), abs(dy))  # where the line leaves the symbol's own square
                start = label.x + dx * leave, label.y + dy * leave
                leader = start, _nearest(box, *start)
                if all(room.is_free(part) for part in _along(leader)):
                    return Placed(size, box, leader)
    return None


def _nearest(box: Box, x: float, y: float) -> tuple[float, float]:
    return min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)


def _along(line: tuple[tuple[float, float], tuple[float, float]] | None) -> Iterator[Box]:
    if line is None:
        return
    (x0, y0), (x1, y1) = line
    parts = max(1, round(math.hypot(x1 - x0, y1 - y0) / 3))
    for k in range(parts + 1):
        yield Box.around(x0 + (x1 - x0) * k / parts, y0 + (y1 - y0) * k / parts, 2, 2)


def _cells(box: Box) -> Iterable[tuple[int, int]]:
    columns = range(math.floor(box.left / CELL_PX), math.floor(box.right / CELL_PX) + 1)
    rows = range(math.floor(box.top / CELL_PX), math.floor(box.bottom / CELL_PX) + 1)
    return [(column, row) for column in columns for row in rows]
