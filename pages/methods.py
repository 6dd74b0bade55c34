"""How our figures are made, what was claimed and what others publish: checked, side by side, never averaged."""

from views.screen.frame.frame import open_page
from views.screen.pages.methods.page import methods_page

open_page("Methods")
methods_page("pages/methods.py")
