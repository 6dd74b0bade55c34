"""Two dates or two viewpoints side by side: both maps, where they differ, and every change in between."""

from views.screen.frame.frame import open_page
from views.screen.pages.compare.page import compare_page

open_page("Compare")
compare_page("pages/compare.py")
