"""From claims to events: which changes of control we draw, when, how sure, and why.

Pure functions. The rules, in full in docs/data-model.md:

- Claims that one party gained one place at about one time are one event. The last credible claim wins.
- Two originating sources, or one that speaks against its own side's interest, make it *corroborated*; one alone leaves it *claimed*;
  a denial, or a claim that somebody else still held the place, makes an uncorroborated event *disputed*.
- A disputed event *prevails* only if its best claim is better graded than the best of those against it; else the place stays with its
  former holder. Both sides are shown either way.
- An event that only the gaining side asserts, that is disputed or that is inferred is *flagged*: drawn hollow.
- A date window stays a window; the event's own date is the last day of the window that most sources share.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from geodata.adjudication.conditions import conditions_of
from geodata.adjudication.corroboration import (
    BEGINNING,
    ONE_DAY,
    SAME_EVENT_DAYS,
    Cluster,
    conceding,
    corroborated,
    date_of,
    group,
    ids_of,
    names_of,
    order,
    prevails,
    settled,
    since,
    supporters,
)
from geodata.adjudication.outcomes import Condition, Event
from geodata.dataset.claims import Claim
from geodata.dataset.parties import DIVIDED
from geodata.dataset.vocabulary import Basis, ClaimKind, Modality, Status
from geodata.sentences import Sentence


def adjudicate(claims: Iterable[Claim], incumbents: Sequence[str] = ()) -> tuple[list[Event], list[Condition]]:
    """Events and conditions that follow from claims.

    Parameters
    ----------
    claims
        In any order; the result does not depend on it.
    incumbents
        Parties that held territory before the dataset begins: where one of them loses a place first, it is drawn there from the
        beginning. Any other party is drawn from the first day that a claim speaks of.

    Returns
    -------
    events : list of Event
        By place_id, then date, the open beginning first.
    conditions : list of Condition
        By place_id, then kind and start. Conditions of one kind at one place do not overlap.
    """
    by_place: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: (c.date_earliest, c.date_latest, c.claim_id)):
        by_place[claim.place_id].append(claim)
    events: list[Event] = []
    conditions: list[Condition] = []
    for place_id in sorted(by_place):
        here = _events(place_id, by_place[place_id], incumbents)
        events += here
        conditions += conditions_of(place_id, by_place[place_id], here)
    return events, conditions


def _events(place_id: str, claims: list[Claim], incumbents: Sequence[str]) -> list[Event]:
    clusters = group([c for c in claims if c.kind == ClaimKind.CONTROL_CHANGE and c.modality != Modality.REPELLED])
    for cluster in clusters:
        cluster.window = date_of(cluster)
    clusters.sort(key=order)
    for claim in claims:
        if holder := _holder_by(claim):
            _place_state(clusters, holder, claim)
            clusters.sort(key=order)
    if clusters and clusters[0].basis == Basis.CHANGE and (before := _before(clusters[0], incumbents)):
        clusters.insert(0, before)
    clusters = _merge_repeats(clusters)
    for now, following in pairwise(clusters):
        if now.basis == Basis.STATE and following.basis == Basis.CHANGE and prevails(following):
            now.confirmed += [c for c in following.asserted if c.losing == now.party and c not in now.asserted]
    events: list[Event] = []
    holder = ""
    for i, cluster in enumerate(clusters):
        # Where the party is said to hold the place already, the claims may still name who lost the rest of it.
        cluster.previous = holder if holder != cluster.party else next((c.losing for c in cluster.asserted if c.losing), "")
        event = _event(f"{place_id}-{i + 1}", place_id, cluster)
        holder = event.party if event.prevails else holder
        events.append(event)
    return _clip(events)


def _holder_by(claim: Claim) -> str:
    """Who holds the place by a claim that speaks of a state, '' for a claim of another kind."""
    if claim.kind == ClaimKind.DIVIDED:
        return DIVIDED.party_id
    if claim.kind == ClaimKind.SIEGE_START or claim.modality == Modality.REPELLED:
        return claim.losing  # who is besieged, or repels an attack, holds the place
    return claim.gaining if claim.kind == ClaimKind.CONTROL_STATE else ""


def _place_state(clusters: list[Cluster], party: str, claim: Claim) -> None:
    """Let a claim that somebody holds the place confirm, contradict or add to what is known so far."""
    day = claim.date_earliest
    for cluster in clusters:
        # Somebody held the place all through a change that nothing corroborates: so it may not have happened.
        if (
            cluster.basis == Basis.CHANGE
            and cluster.party != party
            and day < since(cluster) <= claim.date_latest
            and _disputes(claim, cluster)
        ):
            cluster.contradicted.append(claim)
    current = next((c for c in reversed(clusters) if since(c) <= day), None)
    following = next((c for c in clusters if since(c) > day), None)
    for near in (current, following):
        if near and near.window[0] <= day <= near.window[2] and near.party == party:
            near.confirmed.append(claim)  # within the window of the change, both answers are possible
            return
    if current and day <= current.window[2] and party == DIVIDED.party_id and claim.gaining == current.party:
        current.confirmed.append(claim)  # most of the place is as good as the place on the day that it falls
    elif current and day <= current.window[2] and current.party != party:
        # The day of the change itself: the former holder may still have been there, or the change may not have happened.
        before = clusters.index(current) - 1
        current.previous = clusters[before].party if before >= 0 else ""
        if before >= 0 and clusters[before].party == party:
            clusters[before].confirmed.append(claim)
        if _disputes(claim, current):
            current.contradicted.append(claim)
    elif current is None:
        clusters.insert(0, Cluster(party, Basis.STATE, asserted=[claim], window=(day, day, day)))
    elif current.party == party and (prevails(current) or (day - current.window[2]).days <= SAME_EVENT_DAYS):
        current.confirmed.append(claim)
    elif current.party == party:  # a gain that had not happened, as others said, has happened since
        last = max(c.date_latest for c in current.denied + current.contradicted)
        clusters.append(Cluster(party, Basis.IMPLIED, asserted=[claim], window=(min(last + ONE_DAY, day), day, day)))
    elif current.party == DIVIDED.party_id and day <= max(c.date_latest for c in current.asserted + current.confirmed):
        pass  # while a place is divided, a claim about one side's part says nothing new
    else:
        if current.basis == Basis.CHANGE and _disputes(claim, current):
            current.contradicted.append(claim)
        before = clusters.index(current) - 1
        if not prevails(current) and before >= 0 and clusters[before].party == party:
            clusters[before].confirmed.append(claim)  # the place had never left its former holder
        elif not _never_accepted(clusters, current, party, claim):
            # A place can change hands unseen for long; that it is being fought over is seen.
            start = day if party == DIVIDED.party_id else current.window[2] + ONE_DAY
            clusters.append(Cluster(party, Basis.IMPLIED, asserted=[claim], window=(start, day, day)))


def _disputes(claim: Claim, cluster: Cluster) -> bool:
    """Whether a claim that somebody else held the place speaks against a gain.

    Not if the same source reported that gain: by its account it was undone since.
    """
    return not corroborated(cluster) and claim.origin not in {c.origin for c in cluster.asserted}


def _never_accepted(clusters: list[Cluster], current: Cluster, party: str, claim: Claim) -> bool:
    """Whether the source has all along kept to the holder before: then it disagrees, and reports no new change."""
    earlier = [c for cluster in clusters if cluster.party == party for c in cluster.asserted + cluster.confirmed]
    return any(c.origin == claim.origin and c.date_earliest < since(current) < c.date_latest for c in earlier)


def _merge_repeats(clusters: list[Cluster]) -> list[Cluster]:
    """Return a gain by a party that already held the place confirms it.

    But where the first gain was uncorroborated, a second one from the same loser says that it had not happened or had not lasted: then
    both stay events of their own. Where only sources that report both say so, it had not lasted, and the loser came back in
    between.
    """
    merged: list[Cluster] = []
    for cluster in clusters:
        before = merged[-1] if merged and merged[-1].party == cluster.party else None
        holding = next((c for c in reversed(merged) if prevails(c)), None)
        named = any(c.losing and c.losing != cluster.party for c in cluster.asserted)
        if before and before.basis == cluster.basis == Basis.CHANGE and named and not corroborated(before):
            naming, day = [c for c in cluster.asserted if c.losing], cluster.window[0] - ONE_DAY
            if any(_disputes(c, before) for c in naming) or day <= before.window[2]:
                before.contradicted += naming
            else:
                merged.append(Cluster(naming[0].losing, Basis.IMPLIED, asserted=naming, window=(before.window[2] + ONE_DAY, day, day)))
            merged.append(cluster)
        elif holding and holding.party == cluster.party and (before is holding or cluster.basis != Basis.CHANGE):
            holding.confirmed += cluster.asserted + cluster.confirmed
            holding.denied += cluster.denied
            holding.contradicted += cluster.contradicted
        else:
            merged.append(cluster)
    return merged


def _before(first: Cluster, incumbents: Sequence[str]) -> Cluster | None:
    """Who held the place before its first change, as the claims of that change name the loser."""
    losers = Counter(c.losing for c in first.asserted if c.losing)
    if not losers:
        return None
    party = min(losers, key=lambda p: (-losers[p], p))
    day = BEGINNING if party in incumbents else first.window[0] - ONE_DAY
    return Cluster(party, Basis.BEFORE, asserted=[c for c in first.asserted if c.losing == party], window=(day, day, day))


def _event(event_id: str, place_id: str, cluster: Cluster) -> Event:
    support = supporters(cluster)
    earliest, own, latest = cluster.window
    opposing = cluster.denied + cluster.contradicted
    if cluster.basis == Basis.BEFORE:
        status = Status.CLAIMED  # nobody says it of those days: it follows from what is said of a later one
    elif corroborated(cluster):
        status = Status.CORROBORATED
    else:
        status = Status.DISPUTED if opposing else Status.CLAIMED
    lone_winner = status == Status.CLAIMED and all(c.claimant.side == cluster.party for c in support)
    doubtful = status == Status.CLAIMED and min(c.credibility for c in support) >= 4
    dated = own != BEGINNING
    return Event(
        event_id=event_id,
        place_id=place_id,
        party=cluster.party,
        previous=cluster.previous,
        date=own if dated else None,
        date_earliest=earliest if dated else None,
        date_latest=latest if dated else None,
        basis=cluster.basis,
        status=status,
        prevails=prevails(cluster),
        settled=settled(cluster),
        flagged=status == Status.DISPUTED or lone_winner or doubtful or cluster.basis == Basis.BEFORE,
        confidence=_confidence(support, status),
        reason=_reason(cluster, support, status, lone_winner),
        supporting=ids_of(support),
        opposing=ids_of(opposing),
    )


def _confidence(support: list[Claim], status: Status) -> str:
    """Admiralty code: reliability of the best source, credibility of the statement."""
    letter = min(c.claimant.reliability for c in support)
    best = min(c.credibility for c in support)
    digit = {Status.CORROBORATED: min(best, 2), Status.CLAIMED: max(best, 2), Status.DISPUTED: max(best, 4)}[status]
    return f"{letter}{digit}"


def _reason(cluster: Cluster, support: list[Claim], status: Status, lone_winner: bool) -> Sentence:
    names, against = names_of(support), names_of(conceding(cluster))
    opposing = names_of(cluster.denied + cluster.contradicted)
    if cluster.basis == Basis.BEFORE:
        return Sentence.plural(
            "Inferred: {names} says that this side lost the place in the next change; nobody says since when it held it.",
            "Inferred: {names} say that this side lost the place in the next change; nobody says since when it held it.",
            len(names),
            names=names,
        )
    if status == Status.CORROBORATED and len({c.origin for c in support}) > 1:
        text = Sentence("{names} say so independently", names=names)
        if against:
            text = Sentence("{names} say so independently; {against} against their own side's interest", names=names, against=against)
    elif status == Status.CORROBORATED:
        text = Sentence.plural(
            "{names} says so against the interest of the side that lost it",
            "{names} say so against the interest of the side that lost it",
            len(against),
            names=against,
        )
    elif lone_winner:
        text = Sentence.plural(
            "only {names} says so, speaking for the side that gains",
            "only {names} say so, speaking for the side that gains",
            len(names),
            names=names,
        )
    else:
        text = Sentence.plural("only {names} says so", "only {names} say so", len(names), names=names)
    if opposing:
        text = Sentence.plural("{said}; {names} says otherwise", "{said}; {names} say otherwise", len(opposing), said=text, names=opposing)
    if cluster.basis == Basis.IMPLIED:
        text = Sentence("no claim says when the place changed hands: {said}", said=text)
    return Sentence("{said}.", said=text).capital()


def _clip(events: list[Event]) -> list[Event]:
    """Keep windows from reaching over the neighbouring events, so that early and late readings keep the order."""
    clipped = list(events)
    for i, event in enumerate(events):
        if event.date is None or event.date_earliest is None or event.date_latest is None:
            continue
        before = events[i - 1].date if i else None
        after = events[i + 1].date if i + 1 < len(events) else None
        earliest = max(event.date_earliest, before + ONE_DAY) if before else event.date_earliest
        latest = min(event.date_latest, after - ONE_DAY) if after else event.date_latest
        clipped[i] = replace(event, date_earliest=min(earliest, event.date), date_latest=max(latest, event.date))
    return clipped
