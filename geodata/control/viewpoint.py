"""From where one looks at the conflict: which claims count, before they are adjudicated.

A viewpoint has two parts. A *view* says whose claims count and how strictly: `claimed`, `corroborated` or `according-to:WHO`. *Known on*
says when one looks: claims reported later do not count, so that a map can be drawn as it would have been drawn on that day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from geodata.adjudication.events import events_of, places_of
from geodata.control.control import VIEWS, Control
from geodata.dataset.claims import Claim, Dataset, Document
from geodata.errors import UnknownNameError

ACCORDING_TO = "according-to:"
"""Beginning of a view that follows one voice."""

OUTLET = "outlet:"
"""Beginning of a name that means the outlet, where a claimant has the same name: AP reports what many say, and says little itself."""


@dataclass(frozen=True)
class Voice:
    """Somebody to look at the conflict with. `who` is what `claims_according_to` takes, `claims` how many it then gives."""

    who: str
    name: str
    claims: int


def claims_known_on(dataset: Dataset, date: dt.date) -> tuple[Claim, ...]:
    """Return the claims that had been reported by the end of a day, in the order of the dataset.

    Parameters
    ----------
    date
        Inclusive, compared with `reported_on`: a claim of this day was known. What it is about may have happened long before.
    """
    return tuple(claim for claim in dataset.claims if claim.reported_on <= date)


def claims_according_to(dataset: Dataset, who: str) -> tuple[Claim, ...]:
    """Return the claims of one claimant, whoever printed them, or all that one outlet printed, whoever made them, in order.

    Parameters
    ----------
    who
        A claimant_id or the name of a claimant; else a publisher or agency of documents. Any case, and any other signs between the words:
        'RFE/RL' and 'rfe-rl' are one. Where a claimant and an outlet share a name the claimant is meant; 'outlet:ap' means the outlet.

    Raises
    ------
    UnknownNameError
        No claimant and no outlet is called so; names those that come near.
    """
    name = slug(who.removeprefix(OUTLET))
    claimants = set() if who.startswith(OUTLET) else _claimants(dataset, name)
    if claimants:
        return tuple(claim for claim in dataset.claims if claim.claimant.claimant_id in claimants)
    documents = {key for key, document in dataset.documents.items() if name in _outlets(document)}
    if not documents:
        raise _unknown(dataset, who)
    return tuple(claim for claim in dataset.claims if claim.document_id in documents)


def seen(dataset: Dataset, view: str = "claimed", known_on: dt.date | None = None) -> Dataset:
    """Return the dataset with those claims only that count from a viewpoint; its places, documents and claimants stay.

    Parameters
    ----------
    view
        One of `VIEWS`, or 'according-to:WHO' as for `claims_according_to`. The *corroborated* view leaves out events, not claims.
    known_on
        Inclusive day, as for `claims_known_on`. Default: everything is known.

    Raises
    ------
    UnknownNameError
        There is no such view, claimant or outlet.
    """
    if view.startswith(ACCORDING_TO):
        dataset = replace(dataset, claims=claims_according_to(dataset, view.removeprefix(ACCORDING_TO)))
    elif view not in VIEWS:
        raise UnknownNameError(f"'{view}' is not a view; there are {', '.join(VIEWS)} and {ACCORDING_TO}WHO.")
    return dataset if known_on is None else replace(dataset, claims=claims_known_on(dataset, known_on))


def control_seen(dataset: Dataset, view: str = "claimed", known_on: dt.date | None = None) -> Control:
    """Return control as it looks from a viewpoint; parameters and errors as of `seen`.

    It lists every place that any claim of the whole dataset is about, so that two viewpoints can be laid side by side. Where the claims
    that count say nothing of a place, its holder is None and its status 'unknown'. One voice is taken at its word.
    """
    events = events_of(seen(dataset, view, known_on))
    return Control(events, view if view in VIEWS else "claimed", places_of(dataset))


def claimants_heard(dataset: Dataset) -> list[Voice]:
    """Return the claimants of a dataset who claim anything, those with most claims first."""
    number = Counter(claim.claimant.claimant_id for claim in dataset.claims)
    return _ranked(Voice(key, dataset.claimants[key].name, claims) for key, claims in number.items())


def outlets_read(dataset: Dataset) -> list[Voice]:
    """Return the publishers and agencies in whose documents anything is claimed, those with most claims first.

    A document of an agency that somebody else published counts for both, so that the numbers add up to more than all claims.
    """
    number: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for claim in dataset.claims:
        for name, spelling in _outlets(dataset.documents[claim.document_id]).items():
            number[name] += 1
            spellings.setdefault(name, Counter())[spelling] += 1
    keys = {name: f"{OUTLET}{name}" if _claimants(dataset, name) else name for name in number}
    return _ranked(Voice(keys[name], spellings[name].most_common(1)[0][0], claims) for name, claims in number.items())


def slug(name: str) -> str:
    """Return a name in small letters with one hyphen for all that is neither letter nor digit; names of signs only stay as they are."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or name.casefold().strip()


def _claimants(dataset: Dataset, name: str) -> set[str]:
    by_key = {key for key in dataset.claimants if slug(key) == name}
    return by_key or {key for key, claimant in dataset.claimants.items() if slug(claimant.name) == name}


def _outlets(document: Document) -> dict[str, str]:
    """Return the names under which a document came out, each with its spelling."""
    return {slug(name): name for name in (document.agency, document.publisher) if name}


def _ranked(voices: Iterable[Voice]) -> list[Voice]:
    return sorted(voices, key=lambda voice: (-voice.claims, voice.who))


def _unknown(dataset: Dataset, who: str) -> UnknownNameError:
    known = {name: spelling for document in dataset.documents.values() for name, spelling in _outlets(document).items()}
    if not who.startswith(OUTLET):
        known |= {slug(claimant.name): key for key, claimant in dataset.claimants.items()}
        known |= {slug(key): key for key in dataset.claimants}
    near = dict.fromkeys(known[name] for name in get_close_matches(slug(who.removeprefix(OUTLET)), known))
    hint = f"; near are {', '.join(near)}" if near else ""
    return UnknownNameError(f"'{who}' is neither a claimant nor an outlet of the dataset{hint}.")
