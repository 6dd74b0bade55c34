"""Strategies of Hypothesis: claims of any kind about two places, and datasets of them."""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

from hypothesis import strategies as st

from geodata import Claim, Dataset, Document, Location, Party

IS, GOV, REBELS = "islamic-state", "government", "opposition"
SPEAKERS = ["sohr", "afp", "sana", "state-tv", "amaq", "rebels"]
KINDS = [("control_change", "asserted")] * 4 + [
    *[("control_change", "denied"), ("control_change", "repelled")],
    *[(kind, "asserted") for kind in ("control_state", "contested", "divided", "siege_start", "siege_end")],
]


@st.composite
def drafts(draw) -> tuple:
    """What the fixture `claim` needs to build a claim: fixtures cannot be used while drawing."""
    gaining, losing = draw(st.permutations([GOV, IS, REBELS]))[:2]
    kind, modality = draw(st.sampled_from(KINDS))
    if kind in ("control_change", "control_state") and modality == "asserted":
        losing = draw(st.sampled_from([losing, ""]))
    start = dt.date(2015, 1, 1) + dt.timedelta(days=draw(st.integers(0, 60)))
    end = start + dt.timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 5, 6, 30, 60])))
    reported = end + dt.timedelta(days=draw(st.sampled_from([0, 0, 1, 40])))
    claimant = draw(st.sampled_from(SPEAKERS))
    place, credibility = draw(st.sampled_from(["a", "b"])), draw(st.integers(1, 6))
    return claimant, gaining, start.isoformat(), end.isoformat(), losing, kind, modality, place, credibility, reported


def built(claim: Callable[..., Claim], drafted: Iterable[tuple]) -> list[Claim]:
    """The claims of drafts."""
    names = ("kind", "modality", "place_id", "credibility", "reported_on")
    return [claim(*draft[:5], **dict(zip(names, draft[5:], strict=True))) for draft in drafted]


def dataset_of(claims: Iterable[Claim], documents: Iterable[Document] = ()) -> Dataset:
    """A dataset of claims, without tables."""
    claims = tuple(claims)
    parties = {party: Party(party, party, "", "", None if party == GOV else dt.date(2011, 7, 29), None) for party in (GOV, IS, REBELS)}
    locations = {place: Location(place, place.title(), "", "SY-HI", 38.0, 34.5) for place in {"a", "b"} | {c.place_id for c in claims}}
    claimants = {claim.claimant.claimant_id: claim.claimant for claim in claims}
    papers = {document.document_id: document for document in documents}
    return Dataset(Path("no-such-folder"), parties, claimants, papers, locations, claims)
