"""Exports of ACLED: transfers of territory become claims, everything else stays an incident.

Columns and codes are those of the ACLED codebook as of 2024 (`event_id_cnty`, `sub_event_type`, ...) and of exports before 2023, which have
`data_id` and `event_id_no_cnty` beside them, dates such as "16 February 2023", and before 2019 the kind of battle in `event_type`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from common.spelling import folded
from geodata.checks.findings import Finding, Severity
from geodata.dataset.cells import number as within
from geodata.dataset.cells import optional, required
from geodata.dataset.claims import Dataset
from geodata.dataset.tables import CLAIMANTS, CLAIMS, DOCUMENTS, INCIDENTS
from geodata.files.guard import RawTable
from geodata.intake.actors import Actors
from geodata.intake.draw import Drawn, Position
from geodata.intake.resolve import Resolve

AGENCY = "ACLED"
NEEDED = ("event_id_cnty", "event_date", "event_type", "actor1", "location", "latitude", "longitude", "source")

REGAINS = "government regains territory"
OVERTAKES = "non-state actor overtakes territory"
TRANSFER = "non-violent transfer of territory"

CREDIBILITY = 3
"""Admiralty code of a claim that was read as a coded row, not as a text: possibly true."""
DIRECTION_UNKNOWN = 6
"""The same where the row does not say which of two parties gained: cannot be judged. An event that rests on it alone is drawn hollow."""

_DATE_PRECISION = {"1": 1, "2": 3, "3": 4}
"""ACLED's time precision (day, week, month) as UCDP's, which our tables use."""
_WHERE_PRECISION = {"1": 1, "2": 2, "3": 4}
"""ACLED's geographic precision (the place, near it, a region) as UCDP's."""
_POSITION = {"longitude": optional(within(-180, 180)), "latitude": optional(within(-90, 90))}
_DATE_FORMS = ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%d-%b-%Y", "%d/%m/%Y", "%d-%m-%Y")
"""How exports have written dates; always the day before the month."""


def draw(raw: RawTable, dataset: Dataset, actors: Actors, resolve: Resolve) -> Drawn:
    """Return for each row of an export a claim of a control change with what it refers to, or an incident with the reason."""
    drawn = Drawn()
    reader = _Reader(dataset, actors, resolve, drawn)
    names = {name: name.lower() for name in raw.columns}
    rows = [(number, {names[name]: cell for name, cell in cells.items()}) for number, cells in zip(raw.numbers, raw.rows, strict=True)]
    for number, row in rows:
        reader.read(row, number)
    drawn.warn_of_namesakes((number, row["location"], row.get("admin1", ""), row["longitude"], row["latitude"]) for number, row in rows)
    return drawn


@dataclass(frozen=True)
class _Change:
    """Who gained from whom; `note` says what was inferred."""

    gaining: str
    losing: str
    credibility: int = CREDIBILITY
    note: str = ""


class _Reader:
    def __init__(self, dataset: Dataset, actors: Actors, resolve: Resolve, drawn: Drawn) -> None:
        self._parties, self._actors, self._resolve, self._drawn = dataset.parties, actors, resolve, drawn
        self._incumbents = {party.party_id for party in dataset.parties.values() if party.active_from is None}
        self._claimants: dict[str, str] = {}
        for claimant in dataset.claimants.values():
            for name in (claimant.claimant_id, claimant.name, claimant.name_ar):
                if name:
                    self._claimants.setdefault(folded(name), claimant.claimant_id)

    def read(self, row: Mapping[str, str], number: int) -> None:
        """Nothing; adds what a row gives."""
        parsed: dict[str, Any] = {}
        for column, parse in {"event_id_cnty": required, "event_date": lambda _: _window(row), **_POSITION}.items():
            try:
                parsed[column] = parse(row[column])
            except ValueError as problem:
                self._drawn.findings.append(Finding("cell", Severity.ERROR, f"{problem}.", row=number, column=column))
        if len(parsed) == 4:
            self._take(row, number, parsed["event_date"], (parsed["longitude"], parsed["latitude"]))

    def _take(self, row: Mapping[str, str], number: int, window: tuple[dt.date, dt.date], position: Position) -> None:
        key, what, (first, last) = row["event_id_cnty"], _kind(row), window
        parties = [self._actors.party_of(row.get(actor, ""), first, last) for actor in ("actor1", "actor2")]
        change = self._change(row, what, parties)
        if isinstance(change, _Change):
            place = self._drawn.resolved(self._resolve, row["location"], row.get("admin1", ""), position, number)
            if place.status == "resolved":
                self._claim(row, number, change, place.place_id, first, last)
                self._drawn.gone.append((INCIDENTS.name, _key(key), number))
                return
            change = f"the place is {place.status}"
        self._incident(row, number, change, parties, first, last)
        self._drawn.gone.append((CLAIMS.name, _key(key), number))

    def _change(self, row: Mapping[str, str], what: str, parties: list[str]) -> _Change | str:
        """Who gained from whom, or why that cannot be said."""
        if what not in (REGAINS, OVERTAKES, TRANSFER):
            return "no change of control"
        if row.get("geo_precision", "1") not in ("", "1"):
            return "the location stands for its surroundings or for a region"
        alone = what == TRANSFER and not row.get("actor2")
        for actor, party in zip(("actor1", "actor2"), parties, strict=True):
            if not party and not (alone and actor == "actor2"):
                name = row.get(actor, "")
                return f"'{name}' counts to no party on that day" if name else f"no {actor} is named"
        if alone:
            return _Change(parties[0], "")
        if parties[0] == parties[1]:
            return "both actors count to one party"
        state = next((party for party in parties if party in self._incumbents), "")
        if what == REGAINS and not state:
            return "neither actor counts to the government"
        if what == REGAINS or (what == OVERTAKES and state):
            gaining = state if what == REGAINS else next(party for party in parties if party != state)
            return _Change(gaining, next(party for party in parties if party != gaining))
        # The codebook: the order of actors has no meaning. In practice who gains is named first.
        note = "ACLED does not code which actor gained; the first is taken to have."
        return _Change(parties[0], parties[1], DIRECTION_UNKNOWN, note)

    def _claim(self, row: Mapping[str, str], number: int, change: _Change, place_id: str, first: dt.date, last: dt.date) -> None:
        source, place = row["source"] or AGENCY, row["location"]
        document_id = f"acled-{_slug(source)}-{_digest(source)}-{last}"
        loser = f" from {self._parties[change.losing].name}" if change.losing else ""
        others = f"Sources as listed: {source}." if ";" in source else ""
        self._drawn.wish(
            CLAIMS.name,
            {
                "claim_id": _key(row["event_id_cnty"]),
                "document_id": document_id,
                "locator": row["event_id_cnty"],
                "kind": "control_change",
                "place_id": place_id,
                "place_as_written": place,
                "gaining": change.gaining,
                "losing": change.losing,
                "claimant_id": self._claimant(source, number),
                "modality": "asserted",
                "date_earliest": first.isoformat(),
                "date_latest": last.isoformat(),
                "date_precision": str(_DATE_PRECISION[row.get("time_precision") or "1"]),
                "where_precision": "1",
                "reported_on": last.isoformat(),
                "credibility": str(change.credibility),
                "statement": f"{self._parties[change.gaining].name} takes {place}{loser}, as coded by ACLED.",
                "note": " ".join(filter(None, (change.note, others))),
            },
            number,
        )
        self._drawn.wish(
            DOCUMENTS.name,
            {
                "document_id": document_id,
                "publisher": source,
                "agency": AGENCY,
                "published_on": last.isoformat(),
                "url": "",
                "description": "What ACLED coded from this source; the text itself was not read.",
                "language": "",
                "sha256": "",
                "note": "ACLED gives no day of publication: the day of the event is used.",
            },
            number,
        )

    def _claimant(self, source: str, number: int) -> str:
        """Key of the source that is taken to say so: the first listed that is known, else the first."""
        names = [name.strip() for name in source.split(";") if name.strip()] or [source]
        if known := next((self._claimants[folded(name)] for name in names if folded(name) in self._claimants), ""):
            return known
        claimant_id = _slug(names[0]) or f"source-{_digest(names[0])}"
        cells = {"claimant_id": claimant_id, "name": names[0], "name_ar": "", "side": "", "reliability": "F"}
        self._drawn.wish(CLAIMANTS.name, cells | {"note": "Known through ACLED only."}, number)
        return claimant_id

    def _incident(self, row: Mapping[str, str], number: int, why: str, parties: list[str], first: dt.date, last: dt.date) -> None:
        kinds = dict.fromkeys(filter(None, (row["event_type"], row.get("sub_event_type", ""))))
        self._drawn.wish(
            INCIDENTS.name,
            {
                "incident_id": _key(row["event_id_cnty"]),
                "source": AGENCY,
                "kind": ": ".join(kinds),
                "place_as_written": row["location"],
                "admin1_as_written": row.get("admin1", ""),
                "longitude": row["longitude"],
                "latitude": row["latitude"],
                "date_earliest": first.isoformat(),
                "date_latest": last.isoformat(),
                "date_precision": str(_DATE_PRECISION[row.get("time_precision") or "1"]),
                "where_precision": str(_WHERE_PRECISION.get(row.get("geo_precision", ""), "")),
                "actor_1": row["actor1"],
                "party_1": parties[0],
                "actor_2": row.get("actor2", ""),
                "party_2": parties[1],
                "reported_by": row["source"],
                "reported_on": "",
                "note": f"Not taken for a claim of control: {why}.",
            },
            number,
        )


def _window(row: Mapping[str, str]) -> tuple[dt.date, dt.date]:
    """First and last day of an event: the day, the week around its middle, or the month."""
    precision = row.get("time_precision") or "1"
    if precision not in _DATE_PRECISION:
        raise ValueError(f"time_precision '{precision}' is none of 1, 2 and 3")
    day = _date(row["event_date"])
    if precision == "2":
        return day - dt.timedelta(days=3), day + dt.timedelta(days=3)
    if precision == "3":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day, day


def _date(text: str) -> dt.date:
    for form in _DATE_FORMS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar date has no time zone
        except ValueError:
            continue
    raise ValueError(f"'{text}' is not a date as ACLED writes it, such as 2023-02-16 or 16 February 2023")


def _kind(row: Mapping[str, str]) -> str:
    kind = row.get("sub_event_type") or row["event_type"]
    return kind.casefold().removeprefix("battle-").strip()


def _key(event_id: str) -> str:
    return f"acled-{event_id}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:40].rstrip("-")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
