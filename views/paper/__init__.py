"""Pictures for slides and print, drawn by matplotlib on the server: no browser, no Streamlit, no pyplot."""

from views.paper.multiples import multiples_sheet
from views.paper.output import png_bytes, save
from views.paper.sheet import map_sheet

__all__ = ["map_sheet", "multiples_sheet", "png_bytes", "save"]
