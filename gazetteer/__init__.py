"""Names in, places out: resolves toponyms in Latin and Arabic script to places with a position and a confidence."""

from gazetteer.errors import AmbiguousToponymError, GazetteerError, HintError, SchemaError, UnknownPlaceError
from gazetteer.place import Answer, Candidate, Place, Query
from gazetteer.resolve.gazetteer import Gazetteer

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
