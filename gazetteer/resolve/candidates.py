"""Which names a toponym may be: those with one of its keys and, where none of these will do, similar ones."""

from __future__ import annotations

from gazetteer.index import TRUSTED, Hit, Index
from gazetteer.place import Place
from gazetteer.resolve.evidence import lies_in
from gazetteer.spelling.toponym import Toponym


def find_hits(index: Index, toponym: Toponym, province: Place | None) -> list[Hit]:
    """Names that the toponym may be, each place once; similar names only where no trusted one lies in the province."""
    hits = index.lookup(toponym)
    if any(hit.tier in TRUSTED and (province is None or lies_in(hit.place, province)) for hit in hits):
        return hits
    found = {hit.place.place_id for hit in hits}
    return hits + [hit for hit in index.similar(toponym) if hit.place.place_id not in found]
