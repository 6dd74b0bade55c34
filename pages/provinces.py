"""The provinces: all of them side by side, or one with its map at the date, its maps through time, figures, places and events."""

from views.screen.frame.frame import open_page
from views.screen.pages.province.page import provinces_page

open_page("Provinces")
provinces_page("pages/provinces.py")
