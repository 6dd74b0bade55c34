"""Where things are on a map sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from views.paper.drawing.drawing import Drawing
from views.paper.drawing.labels import Box

LINE_PX = 17.0  # of the sources
BAND_PX = 32.0


@dataclass(frozen=True)
class Layout:
    """Where things are, in pixels. `scale` is 1 on a sheet of 1920x1080 and on one of 1080x1080."""

    scale: float
    beside: bool
    margin: float
    band: float
    map: Box
    legend: Box
    changes: Box
    locator: Box
    sources: Sequence[str]
    sources_top: float
    row: float

    def px(self, length: float) -> float:
        """Return a length of the design, given at scale 1."""
        return length * self.scale


def sheet_layout(drawing: Drawing, parties: int, sources: str, marked: bool) -> Layout:
    """Return the layout of a sheet with a legend of so many parties; `marked` leaves room for bands."""
    width, height = drawing.box.right, drawing.box.bottom
    beside = width / height >= 1.3
    scale = min(width / 1920, height / 1080) if beside else min(width / 1080, height / 1000)
    margin, band = (28 if beside else 24) * scale, BAND_PX * scale if marked else 0
    lines = drawing.wrap(sources, 12 * scale, width - 2 * margin)
    sources_top = height - band - margin * 0.6 - len(lines) * LINE_PX * scale
    row = (34 if beside else 27) * scale
    legend_height = (30 + 50) * scale + (parties + 3) * row
    top = band + (92 if beside else 100) * scale
    if beside:
        rail = Box(width - margin - 436 * scale, band + margin * 0.75, width - margin, sources_top - 12 * scale)
        area = Box(margin, top, rail.left - 28 * scale, rail.bottom)
        legend = Box(rail.left, top + 10 * scale, rail.right, top + legend_height + 34 * scale)
        changes = Box(rail.left, legend.bottom + 24 * scale, rail.right, rail.bottom)
        locator = changes
    else:
        bottom = sources_top - 14 * scale
        tall = max(legend_height + 24 * scale, 220 * scale)
        area = Box(margin, top, width - margin, bottom - tall - 18 * scale)
        third = (width - 2 * margin) / 100
        legend = Box(margin, area.bottom + 18 * scale, margin + 36 * third, bottom)
        changes = Box(margin + 39 * third, legend.top, margin + 80 * third, bottom)
        locator = Box(margin + 83 * third, legend.top, width - margin, bottom)
    return Layout(scale, beside, margin, band, area, legend, changes, locator, lines, sources_top, row)
