"""Names in, places out: resolves toponyms in Latin and Arabic script to places with a position and a confidence."""

from gazetteer.errors import AmbiguousToponymError, GazetteerError, HintError, SchemaError, UnknownPlaceError
from gazetteer.gazetteer import Gazetteer
from gazetteer.place import Answer, Candidate, Place, Query

__all__ = [
    "AmbiguousToponymError",
    "Answer",
    "Candidate",
    "Gazetteer",
    "GazetteerError",
    "HintError",
    "Place",
    "Query",
    "SchemaError",
    "UnknownPlaceError",
]
