"""Who says so: the documents and the claimants."""

from views.screen.frame.frame import open_page
from views.screen.pages.sources import sources_page

open_page("Sources")
sources_page("pages/sources.py")
