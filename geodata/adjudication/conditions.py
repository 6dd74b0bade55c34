"""What stands beside the holder of a place: fighting, division, rival claims, sieges."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from geodata.adjudication.corroboration import BEGINNING, EXACT_PRECISION, ONE_DAY, Cluster, date_of, ids_of, names_of
from geodata.adjudication.outcomes import Condition, Event
from geodata.dataset.claims import Claim
from geodata.dataset.vocabulary import Basis, ClaimKind, EventKind, Modality, Status
from geodata.sentences import Sentence


def conditions_of(place_id: str, claims: list[Claim], events: list[Event]) -> list[Condition]:
    """Return the stretches of fighting and the sieges of a place, none overlapping another of its kind."""
    contested = [c for c in claims if c.kind in (ClaimKind.CONTESTED, ClaimKind.DIVIDED) or c.modality == Modality.REPELLED]
    fighting = [condition for found in _merged(place_id, contested) if (condition := _until_decided(found, events))]
    disputes = [_dispute(event, following) for event, following in zip_longest(events, events[1:])]
    return _without_overlap(fighting + [condition for condition in disputes if condition]) + _sieges(place_id, claims)


def _until_decided(condition: Condition, events: list[Event]) -> Condition | None:
    """Return the part of a stretch of fighting before a corroborated change decided it; None if the change came on its first day."""
    for event in events:
        if event.status != Status.CORROBORATED or event.basis != Basis.CHANGE or event.date is None or condition.end is None:
            continue
        if condition.start <= event.date <= condition.end and event.party in condition.sides:
            if condition.start == event.date:
                return None
            eve = event.date - ONE_DAY
            condition = replace(condition, end=eve, latest=min(condition.latest, eve))
    return condition


def _dispute(event: Event, following: Event | None) -> Condition | None:
    """While an event is disputed: from its day until the next event, or until a later claim against it settles the matter."""
    if event.status != Status.DISPUTED or event.date is None:
        return None
    ends = [event.settled] if event.settled else []
    if following and following.date:
        ends.append(max(following.date - ONE_DAY, event.date))
    return Condition(
        condition_id=f"{event.event_id}-disputed",
        place_id=event.place_id,
        kind=EventKind.CONTESTED,
        sides=tuple(p for p in (event.party, event.previous) if p),
        start=event.date,
        earliest=event.date,
        latest=event.date,
        end=min(ends) if ends else None,
        reason=event.reason,
        supporting=event.supporting + event.opposing,
    )


def _merged(place_id: str, claims: list[Claim]) -> list[Condition]:
    """Join reports of fighting that touch or overlap into one stretch of fighting."""
    conditions: list[Condition] = []
    for claim in sorted(claims, key=lambda c: (c.date_earliest, c.date_latest, c.claim_id)):
        start, end = claim.date_earliest, claim.date_latest
        sides = tuple(p for p in (claim.gaining, claim.losing) if p)
        if conditions and conditions[-1].end and start <= conditions[-1].end + ONE_DAY:
            last = conditions[-1]
            conditions[-1] = replace(
                last,
                end=max(end, last.end or end),
                sides=tuple(dict.fromkeys(last.sides + sides)),
                supporting=(*last.supporting, claim.claim_id),
            )
            continue
        if claim.kind == ClaimKind.DIVIDED:
            reason = Sentence("Divided.")
        else:
            reason = Sentence("Attack failed.") if claim.modality == Modality.REPELLED else Sentence("Fighting reported.")
        vague = claim.kind == ClaimKind.CONTESTED and claim.date_precision > EXACT_PRECISION
        condition_id = f"{place_id}-contested-{len(conditions) + 1}"
        latest = end if vague else start
        conditions.append(
            Condition(condition_id, place_id, EventKind.CONTESTED, sides, start, start, latest, end, reason, (claim.claim_id,))
        )
    return conditions


def _without_overlap(conditions: list[Condition]) -> list[Condition]:
    """Cut a condition short where the next of its kind begins, so that a day has one answer."""
    ordered = sorted(conditions, key=lambda condition: (condition.start, condition.condition_id))
    cut: list[Condition] = []
    for condition in ordered:
        if cut and (cut[-1].end is None or cut[-1].end >= condition.start):
            last = cut.pop()
            end = None if last.end is None or condition.end is None else max(last.end, condition.end)
            sides = tuple(dict.fromkeys(last.sides + condition.sides))
            reason = last.reason if last.reason == condition.reason else Sentence("{one} {other}", one=last.reason, other=condition.reason)
            supporting = tuple(dict.fromkeys(last.supporting + condition.supporting))
            condition = replace(last, end=end, sides=sides, reason=reason, supporting=supporting)
        cut.append(condition)
    return cut


def _sieges(place_id: str, claims: list[Claim]) -> list[Condition]:
    """Pair each report that a siege ended with the reports that it began; an end without a beginning gives its eve only."""
    starts, ends = sieges_of(ClaimKind.SIEGE_START, claims), sieges_of(ClaimKind.SIEGE_END, claims)
    conditions: list[Condition] = []
    for ended in ends:
        day = date_of(ended)[1]
        begun = next((s for s in starts if s.party == ended.party and date_of(s)[1] < day), None)
        if begun:
            starts.remove(begun)
        conditions.append(_siege(f"{place_id}-siege-{len(conditions) + 1}", begun, ended))
    for begun in starts:
        conditions.append(_siege(f"{place_id}-siege-{len(conditions) + 1}", begun, None))
    return _without_overlap(conditions)


def _siege(condition_id: str, begun: Cluster | None, ended: Cluster | None) -> Condition:
    claims = (begun.asserted if begun else []) + (ended.asserted if ended else [])
    end = date_of(ended)[1] - ONE_DAY if ended else None
    eve = end or BEGINNING
    earliest, start, latest = date_of(begun) if begun else (eve, eve, eve)
    names, first = names_of(claims), claims[0]
    if begun and ended:
        reason = Sentence("Siege reported by {names}.", names=names)
    elif begun:
        reason = Sentence("Siege reported by {names}. No claim says that it ended.", names=names)
    else:
        reason = Sentence("Siege reported by {names}. No claim says when it began.", names=names)
    return Condition(
        condition_id=condition_id,
        place_id=first.place_id,
        kind=EventKind.SIEGE,
        sides=(first.gaining, first.losing),
        start=start,
        earliest=earliest,
        latest=latest,
        end=end,
        reason=reason,
        supporting=ids_of(claims),
    )


def sieges_of(kind: ClaimKind, claims: list[Claim]) -> list[Cluster]:
    """One cluster a siege: its reports differ by months ("nearly three years"), so any two of one besieger belong together."""
    clusters: dict[str, Cluster] = {}
    for claim in sorted((c for c in claims if c.kind == kind), key=lambda c: (c.days, c.date_earliest, c.claim_id)):
        clusters.setdefault(claim.gaining, Cluster(claim.gaining, Basis.CHANGE)).asserted.append(claim)
    return list(clusters.values())
