"""Who says so: the documents, the claimants, and the figures that contradict each other."""

from views.screen.frame import open_page
from views.screen.sources_page import sources_page

open_page("Sources")
sources_page("pages/sources.py")
