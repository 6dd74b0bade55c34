"""The control map with its timeline: the first page."""

from views.screen.control_page import control_page
from views.screen.frame import open_page

open_page("Map")
control_page("app.py")
