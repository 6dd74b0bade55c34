"""What the list of events is narrowed to, kept in the address of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields

import pandas as pd
import streamlit as st

from geodata import Dataset, Party
from geodata.dataset.parties import DIVIDED
from views.language import _, name_of
from views.screen.frame.fields import select
from views.screen.loading import Atlas
from views.vocabulary import EVENT_KINDS, STATUSES

FIRST, LAST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
"""Days that a form takes, both inclusive."""


@dataclass(frozen=True)
class Filters:
    """Ids and words to keep, '' for any; `first` and `last` are ISO dates, both inclusive."""

    place: str = ""
    party: str = ""
    claimant: str = ""
    status: str = ""
    kind: str = ""
    province: str = ""
    first: str = ""
    last: str = ""
    text: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], atlas: Atlas) -> Filters:
        """From the names and values of a URL, by anybody; what the dataset does not have is left out."""
        known: dict[str, Collection[str]] = {
            "place": atlas.dataset.locations,
            "party": atlas.dataset.parties | {DIVIDED.party_id: DIVIDED},
            "claimant": atlas.dataset.claimants,
            "status": STATUSES,
            "kind": EVENT_KINDS,
            "province": atlas.provinces,
        }
        said = {name: query[name] for name, values in known.items() if query.get(name) in values}
        said |= {name: query[name] for name in ("first", "last") if _is_date(query.get(name, ""))}
        return cls(**said, text=query.get("text", "")[:200])

    def query(self) -> dict[str, str]:
        """Only what is said."""
        values = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        return {name: value for name, value in values.items() if value}

    def keep(self, events: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
        """Return the events that match; an event matches a claimant or a text if one of its claims does.

        Parameters
        ----------
        events
            Rows as `geodata.events_of` gives them.
        dataset
            Whose claims they are.
        """
        mask = pd.Series(data=True, index=events.index)
        for column, value in (("place_id", self.place), ("status", self.status), ("kind", self.kind), ("admin1", self.province)):
            if value:
                mask &= events[column] == value
        if self.party:
            named = events["sides"].map(lambda sides: self.party in sides)
            mask &= (events["party"] == self.party) | (events["previous"] == self.party) | named
        if self.first:
            ends = events["until"].where(events["kind"] != "control", events["date_latest"])
            mask &= (ends >= pd.Timestamp(self.first)) | (ends.isna() & (events["kind"] != "control"))
        if self.last:
            mask &= events["date_earliest"].isna() | (events["date_earliest"] <= pd.Timestamp(self.last))
        if self.claimant or self.text:
            matching = {claim_id for claim_id, words in _words(dataset).items() if self._said(claim_id, words, dataset)}
            ids = events["supporting"] + events["opposing"]
            mask &= ids.map(lambda these: not matching.isdisjoint(these))
        return events[mask]

    def _said(self, claim_id: str, words: tuple[str, str], dataset: Dataset) -> bool:
        claimant, text = words
        return (not self.claimant or claimant == self.claimant) and self.text.casefold() in text


def _words(dataset: Dataset) -> dict[str, tuple[str, str]]:
    """By claim_id its claimant, and everything written about it, folded."""
    found = {}
    for claim in dataset.claims:
        document, location = dataset.documents[claim.document_id], dataset.locations[claim.place_id]
        said = (claim.statement, claim.note, claim.place_as_written, claim.claimant.name, location.name, location.name_ar)
        read = (document.publisher, document.agency, document.description)
        found[claim.claim_id] = (claim.claimant.claimant_id, "\n".join((*said, *read)).casefold())
    return found


def choose(atlas: Atlas, present: Filters) -> Filters:
    """Draw the filters; returns what is chosen."""
    dataset = atlas.dataset
    parties: dict[str, Party] = dataset.parties | {DIVIDED.party_id: DIVIDED}

    def chosen(label: str, name: str, values: list[str], shown: Callable[[str], str]) -> str:
        options = ["", *values]
        picked: str = select(label, options, lambda v: shown(v) if v else _("any"), key=f"ledger_{name}", usual=getattr(present, name))
        return picked

    def day(label: str, name: str) -> str:
        value = getattr(present, name)
        usual = dt.date.fromisoformat(value) if value else None
        picked = st.date_input(label, usual, FIRST, LAST, format="YYYY-MM-DD", key=f"ledger_{name}")
        return picked.isoformat() if isinstance(picked, dt.date) else ""

    with st.container(key="ledger_filters", horizontal=True, vertical_alignment="bottom"):
        spoken = {claim.place_id for claim in dataset.claims}
        places = sorted(spoken, key=lambda place_id: dataset.locations[place_id].name)
        place = chosen(_("Place"), "place", places, lambda v: f"{dataset.locations[v].name} {dataset.locations[v].name_ar}")
        party = chosen(_("Party"), "party", list(parties), lambda v: name_of(parties[v]))
        claimants = sorted(dataset.claimants, key=lambda v: name_of(dataset.claimants[v]))
        claimant = chosen(_("Says so"), "claimant", claimants, lambda v: name_of(dataset.claimants[v]))
        status = chosen(_("Status"), "status", list(STATUSES), lambda v: _(STATUSES[v]))
        kind = chosen(_("Kind"), "kind", list(EVENT_KINDS), lambda v: _(EVENT_KINDS[v]))
        names = atlas.province_names
        province = chosen(_("Province"), "province", sorted(names, key=names.__getitem__), names.__getitem__)
        first, last = day(_("From"), "first"), day(_("To"), "last")
        text = st.text_input(_("Words"), present.text, key="ledger_text", max_chars=200, placeholder=_("in claims and documents"))
    return Filters(place, party, claimant, status, kind, province, first, last, text.strip())


def _is_date(value: str) -> bool:
    try:
        return bool(value) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
