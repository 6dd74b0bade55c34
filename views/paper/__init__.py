"""Pictures for slides and print, drawn by matplotlib on the server: no browser, no Streamlit, no pyplot."""

from views.paper.output import png_bytes, save
from views.paper.sheets.multiples import multiples_sheet
from views.paper.sheets.pair import Side, pair_sheet
from views.paper.sheets.sheet import map_sheet

__all__ = ["Side", "map_sheet", "multiples_sheet", "pair_sheet", "png_bytes", "save"]
