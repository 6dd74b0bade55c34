"""One province: its map at the date, its places by holder over time, its events."""

from views.screen.control_page import province_page
from views.screen.frame import open_page

open_page("Provinces")
province_page("pages/provinces.py")
