"""Names in, places out: search, candidates with reasons, what the dataset says of a place, and whole lists at once."""

from views.screen.frame.frame import open_page
from views.screen.pages.places import places_page

open_page("Places")
places_page("pages/places.py")
