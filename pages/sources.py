"""Who says so: the documents and the claimants."""

from views.screen.frame import open_page
from views.screen.sources_page import sources_page

open_page("Sources")
sources_page("pages/sources.py")
