"""The control map with its timeline: the first page."""

from views.screen.frame.frame import open_page
from views.screen.pages.control import control_page

open_page("Map")
control_page("app.py")
