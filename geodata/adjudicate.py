"""From claims to events: which changes of control we draw, when, how sure, and why.

Pure functions. The rules, in docs/methods.md in plain words:

- Claims that one party gained one place at about one time are one event. The last credible claim wins.
- Two originating sources, or one that speaks against its own side's interest, make it *corroborated*; one alone leaves it *claimed*;
  a denial, or a claim that somebody else still held the place, makes an uncorroborated event *disputed*.
- A disputed event *prevails* only if its best claim is better graded than the best of those against it; else the place stays with its
  former holder. Both sides are shown either way.
- An event that only the gaining side asserts, that is disputed or that is inferred is *flagged*: drawn hollow.
- A date window stays a window; the event's own date is the last day of the window that most sources share.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

from geodata.claims import Claim
from geodata.parties import DIVIDED

ONE_DAY = dt.timedelta(days=1)

BEGINNING = dt.date.min
"""Date of a holding that reaches back before the dataset."""

SAME_EVENT_DAYS = 14
"""Claims of one gain this many days apart or less are one event: the widest honest disagreement in the bundled data is 7 days."""

MOST_NAMES = 4
"""How many claimants a reason names; the others are counted."""

EXACT_PRECISION = 2
"""UCDP date precision up to which a claim can widen an event's window; coarser ones ("in May") only have to agree with it."""


@dataclass(frozen=True)
class Event:
    """A holder from a date on. `date` None: since before the dataset begins. Dates inclusive."""

    event_id: str
    place_id: str
    party: str
    previous: str
    date: dt.date | None
    date_earliest: dt.date | None
    date_latest: dt.date | None
    basis: str
    """change: claimed as a change; state: first known holder; before: named as the loser of the first change;
    implied: somebody else was found to hold the place later on, no claim says since when."""
    status: str
    prevails: bool
    """False for a disputed event that is not better evidenced than what speaks against it: the former holder stays."""
    settled: dt.date | None
    """Of an event that does not prevail: last day before a later claim against it settled the matter, None if none did."""
    flagged: bool
    confidence: str
    reason: str
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]


@dataclass(frozen=True)
class Layer:
    """Something beside the holder: `kind` contested or siege, first and last day inclusive; `end` None is open."""

    layer_id: str
    place_id: str
    kind: str
    sides: tuple[str, ...]
    start: dt.date
    earliest: dt.date
    latest: dt.date
    """Window of the start: one day, or the span that the sources give."""
    end: dt.date | None
    reason: str
    supporting: tuple[str, ...]


@dataclass
class _Cluster:
    """Claims of one gain, before they are weighed."""

    party: str
    basis: str
    asserted: list[Claim] = field(default_factory=list)
    denied: list[Claim] = field(default_factory=list)
    confirmed: list[Claim] = field(default_factory=list)
    contradicted: list[Claim] = field(default_factory=list)
    previous: str = ""
    window: tuple[dt.date, dt.date, dt.date] = (BEGINNING, BEGINNING, BEGINNING)
    """Earliest, own and latest date."""

    @property
    def standing(self) -> list[Claim]:
        """Asserting claims that the gaining side itself has not taken back; another side's denial is only a claim against them."""
        taken_back = [claim.date_latest for claim in self.denied if claim.claimant.side == self.party]
        return [claim for claim in self.asserted if not taken_back or claim.date_latest > max(taken_back)]

    @property
    def core(self) -> tuple[dt.date, dt.date]:
        """Hull of the windows of the most precise claims."""
        exact = [c for c in self.asserted if c.date_precision <= EXACT_PRECISION] or self.asserted[:1]
        return min(c.date_earliest for c in exact), max(c.date_latest for c in exact)


def adjudicate(claims: Iterable[Claim], incumbents: Sequence[str] = ()) -> tuple[list[Event], list[Layer]]:
    """Events and layers that follow from claims.

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
    layers : list of Layer
        By place_id, then kind and start. Layers of one kind at one place do not overlap.
    """
    by_place: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: (c.date_earliest, c.date_latest, c.claim_id)):
        by_place[claim.place_id].append(claim)
    events: list[Event] = []
    layers: list[Layer] = []
    for place_id in sorted(by_place):
        here = _events(place_id, by_place[place_id], incumbents)
        events += here
        layers += _layers(place_id, by_place[place_id], here)
    return events, layers


def _events(place_id: str, claims: list[Claim], incumbents: Sequence[str]) -> list[Event]:
    clusters = _clusters([c for c in claims if c.kind == "control_change" and c.modality != "repelled"])
    for cluster in clusters:
        cluster.window = _date(cluster)
    clusters.sort(key=_order)
    for claim in claims:
        if holder := _holder_said(claim):
            _place_state(clusters, holder, claim)
            clusters.sort(key=_order)
    if clusters and clusters[0].basis == "change" and (before := _before(clusters[0], incumbents)):
        clusters.insert(0, before)
    clusters = _merge_repeats(clusters)
    for now, following in pairwise(clusters):
        if now.basis == "state" and following.basis == "change" and _prevails(following):
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


def _holder_said(claim: Claim) -> str:
    """Who holds the place by a claim that speaks of a state, '' for a claim of another kind."""
    if claim.kind == "divided":
        return DIVIDED.party_id
    if claim.kind == "siege_start" or claim.modality == "repelled":
        return claim.losing  # who is besieged, or repels an attack, holds the place
    return claim.gaining if claim.kind == "control_state" else ""


def _since(cluster: _Cluster) -> dt.date:
    return cluster.window[1]


def _order(cluster: _Cluster) -> tuple[dt.date, dt.date]:
    # Of two changes on one day the one that may have begun earlier came first.
    return cluster.window[1], cluster.window[0]


def _clusters(changes: list[Claim]) -> list[_Cluster]:
    """Group claims of one gain; the most precise ones found the groups, coarser ones join them."""
    clusters: list[_Cluster] = []
    asserted = sorted((c for c in changes if c.modality == "asserted"), key=lambda c: (c.days, c.date_earliest, c.claim_id))
    for claim in asserted:
        near = _nearest(clusters, claim, asserted)
        if near is None:
            clusters.append(near := _Cluster(claim.gaining, "change"))
        near.asserted.append(claim)
    for claim in changes:
        if claim.modality == "denied" and (near := _nearest(clusters, claim, asserted)):
            near.denied.append(claim)
    return clusters


def _nearest(clusters: list[_Cluster], claim: Claim, asserted: list[Claim]) -> _Cluster | None:
    best: tuple[int, _Cluster] | None = None
    for cluster in clusters:
        if cluster.party != claim.gaining:
            continue
        start, end = cluster.core
        gap = max((claim.date_earliest - end).days, (start - claim.date_latest).days, 0)
        # All days that joining would bridge, to the far end of the claim's own window: no precise loss may lie in them.
        bridged = (end, claim.date_latest) if claim.date_earliest > end else (claim.date_earliest, start)
        reversed_between = any(
            c.gaining != claim.gaining
            and c.date_precision <= EXACT_PRECISION
            and bridged[0] < c.date_earliest
            and c.date_latest < bridged[1]
            for c in asserted
        )
        if gap <= SAME_EVENT_DAYS and not (gap and reversed_between) and (best is None or gap < best[0]):
            best = gap, cluster
    return best[1] if best else None


def _date(cluster: _Cluster) -> tuple[dt.date, dt.date, dt.date]:
    """Earliest, own and latest date of a gain.

    The window is the hull of the precise claims. The own date is the last day of the span that most originating sources share.
    """
    standing = cluster.standing or cluster.asserted
    precise = [c for c in cluster.asserted if c.date_precision <= EXACT_PRECISION]
    narrowest = min(standing, key=lambda c: (c.days, c.credibility, c.claim_id))
    if narrowest.date_precision > EXACT_PRECISION:
        # Only coarse dates: what all that overlap the narrowest one have in common.
        agreeing = [c for c in standing if c.date_earliest <= narrowest.date_latest and narrowest.date_earliest <= c.date_latest]
        start, end = max(c.date_earliest for c in agreeing), min(c.date_latest for c in agreeing)
        if start > end:
            start, end = narrowest.date_earliest, narrowest.date_latest
        return start, end, end
    candidates = [c for c in standing if c.date_precision <= EXACT_PRECISION]

    def votes(day: dt.date) -> tuple[int, int, dt.date]:
        sharing = {c.origin for c in candidates if c.date_earliest <= day <= c.date_latest}
        exact = {c.origin for c in candidates if c.date_earliest == c.date_latest == day}
        return len(sharing), len(exact), day

    own = max((c.date_latest for c in candidates), key=votes)
    return min(c.date_earliest for c in precise), own, max(c.date_latest for c in precise)


def _place_state(clusters: list[_Cluster], party: str, claim: Claim) -> None:
    """Let a claim that somebody holds the place confirm, contradict or add to what is known so far."""
    day = claim.date_earliest
    for cluster in clusters:
        # Somebody held the place all through a change that nothing corroborates: so it may not have happened.
        if (
            cluster.basis == "change"
            and cluster.party != party
            and day < _since(cluster) <= claim.date_latest
            and not _corroborated(cluster)
        ):
            cluster.contradicted.append(claim)
    current = next((c for c in reversed(clusters) if _since(c) <= day), None)
    following = next((c for c in clusters if _since(c) > day), None)
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
        if not _corroborated(current):
            current.contradicted.append(claim)
    elif current is None:
        clusters.insert(0, _Cluster(party, "state", asserted=[claim], window=(day, day, day)))
    elif current.party == party and (_prevails(current) or (day - current.window[2]).days <= SAME_EVENT_DAYS):
        current.confirmed.append(claim)
    elif current.party == party:  # a gain that had not happened, as others said, has happened since
        last = max(c.date_latest for c in current.denied + current.contradicted)
        clusters.append(_Cluster(party, "implied", asserted=[claim], window=(min(last + ONE_DAY, day), day, day)))
    elif current.party == DIVIDED.party_id and day <= max(c.date_latest for c in current.asserted + current.confirmed):
        pass  # while a place is divided, a claim about one side's part says nothing new
    else:
        if current.basis == "change" and not _corroborated(current):
            current.contradicted.append(claim)
        before = clusters.index(current) - 1
        if not _prevails(current) and before >= 0 and clusters[before].party == party:
            clusters[before].confirmed.append(claim)  # the place had never left its former holder
        elif not _never_accepted(clusters, current, party, claim):
            # A place can change hands unseen for long; that it is being fought over is seen.
            start = day if party == DIVIDED.party_id else current.window[2] + ONE_DAY
            clusters.append(_Cluster(party, "implied", asserted=[claim], window=(start, day, day)))


def _never_accepted(clusters: list[_Cluster], current: _Cluster, party: str, claim: Claim) -> bool:
    """Whether the source has all along kept to the holder before: then it disagrees, and reports no new change."""
    earlier = [c for cluster in clusters if cluster.party == party for c in cluster.asserted + cluster.confirmed]
    return any(c.origin == claim.origin and c.date_earliest < _since(current) < c.date_latest for c in earlier)


def _merge_repeats(clusters: list[_Cluster]) -> list[_Cluster]:
    """A gain by a party that already held the place confirms it.

    But where the first gain was uncorroborated, a second one from the same loser says that it had not happened or had not lasted: then
    both stay events of their own.
    """
    merged: list[_Cluster] = []
    for cluster in clusters:
        before = merged[-1] if merged and merged[-1].party == cluster.party else None
        holding = next((c for c in reversed(merged) if _prevails(c)), None)
        named = any(c.losing and c.losing != cluster.party for c in cluster.asserted)
        if before and before.basis == cluster.basis == "change" and named and not _corroborated(before):
            before.contradicted += [c for c in cluster.asserted if c.losing]
            merged.append(cluster)
        elif holding and holding.party == cluster.party and (before is holding or cluster.basis != "change"):
            holding.confirmed += cluster.asserted + cluster.confirmed
            holding.denied += cluster.denied
            holding.contradicted += cluster.contradicted
        else:
            merged.append(cluster)
    return merged


def _before(first: _Cluster, incumbents: Sequence[str]) -> _Cluster | None:
    """Who held the place before its first change, as the claims of that change name the loser."""
    losers = Counter(c.losing for c in first.asserted if c.losing)
    if not losers:
        return None
    party = min(losers, key=lambda p: (-losers[p], p))
    day = BEGINNING if party in incumbents else first.window[0] - ONE_DAY
    return _Cluster(party, "before", asserted=[c for c in first.asserted if c.losing == party], window=(day, day, day))


def _supporters(cluster: _Cluster) -> list[Claim]:
    return cluster.asserted + cluster.confirmed


def _conceding(cluster: _Cluster) -> list[Claim]:
    """Claims by the very side that lost the place: against its own interest."""
    if cluster.party == DIVIDED.party_id:
        return []
    losers = {c.losing for c in cluster.asserted if c.losing} | {cluster.previous} - {""}
    return [c for c in _supporters(cluster) if c.claimant.side in losers - {cluster.party}]


def _corroborated(cluster: _Cluster) -> bool:
    # Once the gaining side has taken everything back, nothing but later evidence counts.
    support = _supporters(cluster) if cluster.standing else cluster.confirmed
    return len({c.origin for c in support}) > 1 or any(c in support for c in _conceding(cluster))


def _prevails(cluster: _Cluster) -> bool:
    """Whether a gain holds against what speaks against it: corroborated, unopposed, or better graded than the best of the others."""
    opposing = cluster.denied + cluster.contradicted
    return not opposing or _corroborated(cluster) or min(map(_grade, _supporters(cluster))) < min(map(_grade, opposing))


def _settled(cluster: _Cluster) -> dt.date | None:
    later = [c.date_earliest for c in cluster.denied + cluster.contradicted if c.date_earliest > _since(cluster)]
    return None if _prevails(cluster) or not later else max(min(later) - ONE_DAY, _since(cluster))


def _grade(claim: Claim) -> tuple[int, str]:
    """Credibility of the statement, then reliability of the source; the smaller the better."""
    return claim.credibility, claim.claimant.reliability


def _event(event_id: str, place_id: str, cluster: _Cluster) -> Event:
    support = _supporters(cluster)
    earliest, own, latest = cluster.window
    opposing = cluster.denied + cluster.contradicted
    if cluster.basis == "before":
        status = "claimed"  # nobody says it of those days: it follows from what is said of a later one
    elif _corroborated(cluster):
        status = "corroborated"
    else:
        status = "disputed" if opposing else "claimed"
    lone_winner = status == "claimed" and all(c.claimant.side == cluster.party for c in support)
    doubtful = status == "claimed" and min(c.credibility for c in support) >= 4
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
        prevails=_prevails(cluster),
        settled=_settled(cluster),
        flagged=status == "disputed" or lone_winner or doubtful or cluster.basis == "before",
        confidence=_confidence(support, status),
        reason=_reason(cluster, support, status, lone_winner),
        supporting=_ids(support),
        opposing=_ids(opposing),
    )


def _ids(claims: list[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.claim_id for c in claims))


def _confidence(support: list[Claim], status: str) -> str:
    """Admiralty code: reliability of the best source, credibility of the statement."""
    letter = min(c.claimant.reliability for c in support)
    best = min(c.credibility for c in support)
    figure = {"corroborated": min(best, 2), "claimed": max(best, 2), "disputed": max(best, 4)}[status]
    return f"{letter}{figure}"


def _reason(cluster: _Cluster, support: list[Claim], status: str, lone_winner: bool) -> str:
    names, conceding = _names(support), _names(_conceding(cluster))
    opposing = _names(cluster.denied + cluster.contradicted)
    if cluster.basis == "before":
        return (
            f"Inferred: {_join(names)} {_say(names)} that this side lost the place in the next change; nobody says since when it held it."
        )
    if status == "corroborated" and len({c.origin for c in support}) > 1:
        text = f"{_join(names)} say so independently"
        text += f"; {_join(conceding)} against their own side's interest" if conceding else ""
    elif status == "corroborated":
        text = f"{_join(conceding)} {_say(conceding)} so against the interest of the side that lost it"
    elif lone_winner:
        text = f"only {_join(names)} {_say(names)} so, speaking for the side that gains"
    else:
        text = f"only {_join(names)} {_say(names)} so"
    if opposing:
        text += f"; {_join(opposing)} {_say(opposing)} otherwise"
    if cluster.basis == "implied":
        text = f"no claim says when the place changed hands: {text}"
    return text[0].upper() + text[1:] + "."


def _say(names: list[str]) -> str:
    return "says" if len(names) == 1 else "say"


def _names(claims: list[Claim]) -> list[str]:
    return list(dict.fromkeys(c.claimant.name for c in claims))


def _join(names: Sequence[str]) -> str:
    if len(names) > MOST_NAMES:
        names = [*names[: MOST_NAMES - 1], f"{len(names) - MOST_NAMES + 1} others"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


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


def _layers(place_id: str, claims: list[Claim], events: list[Event]) -> list[Layer]:
    contested = [c for c in claims if c.kind in ("contested", "divided") or c.modality == "repelled"]
    fighting = [layer for found in _merged(place_id, contested) if (layer := _until_decided(found, events))]
    disputes = [_dispute(event, following) for event, following in zip_longest(events, events[1:])]
    return _without_overlap(fighting + [layer for layer in disputes if layer]) + _sieges(place_id, claims)


def _until_decided(layer: Layer, events: list[Event]) -> Layer | None:
    """The part of a stretch of fighting before a corroborated change decided it; None if the change came on its first day."""
    for event in events:
        if event.status != "corroborated" or event.basis != "change" or event.date is None or layer.end is None:
            continue
        if layer.start <= event.date <= layer.end and event.party in layer.sides:
            if layer.start == event.date:
                return None
            eve = event.date - ONE_DAY
            layer = replace(layer, end=eve, latest=min(layer.latest, eve))
    return layer


def _dispute(event: Event, following: Event | None) -> Layer | None:
    """While an event is disputed: from its day until the next event, or until a later claim against it settles the matter."""
    if event.status != "disputed" or event.date is None:
        return None
    ends = [event.settled] if event.settled else []
    if following and following.date:
        ends.append(max(following.date - ONE_DAY, event.date))
    return Layer(
        layer_id=f"{event.event_id}-disputed",
        place_id=event.place_id,
        kind="contested",
        sides=tuple(p for p in (event.party, event.previous) if p),
        start=event.date,
        earliest=event.date,
        latest=event.date,
        end=min(ends) if ends else None,
        reason=event.reason,
        supporting=event.supporting + event.opposing,
    )


def _merged(place_id: str, claims: list[Claim]) -> list[Layer]:
    """Reports of fighting that touch or overlap are one stretch of fighting."""
    layers: list[Layer] = []
    for claim in sorted(claims, key=lambda c: (c.date_earliest, c.date_latest, c.claim_id)):
        start, end = claim.date_earliest, claim.date_latest
        sides = tuple(p for p in (claim.gaining, claim.losing) if p)
        if layers and layers[-1].end and start <= layers[-1].end + ONE_DAY:
            last = layers[-1]
            layers[-1] = replace(
                last,
                end=max(end, last.end or end),
                sides=tuple(dict.fromkeys(last.sides + sides)),
                supporting=(*last.supporting, claim.claim_id),
            )
            continue
        word = "Divided" if claim.kind == "divided" else "Attack failed" if claim.modality == "repelled" else "Fighting reported"
        vague = claim.kind == "contested" and claim.date_precision > EXACT_PRECISION
        layer_id = f"{place_id}-contested-{len(layers) + 1}"
        latest = end if vague else start
        layers.append(Layer(layer_id, place_id, "contested", sides, start, start, latest, end, f"{word}.", (claim.claim_id,)))
    return layers


def _without_overlap(layers: list[Layer]) -> list[Layer]:
    """Cut a layer short where the next of its kind begins, so that a day has one answer."""
    ordered = sorted(layers, key=lambda layer: (layer.start, layer.layer_id))
    cut: list[Layer] = []
    for layer in ordered:
        if cut and (cut[-1].end is None or cut[-1].end >= layer.start):
            last = cut.pop()
            end = None if last.end is None or layer.end is None else max(last.end, layer.end)
            sides = tuple(dict.fromkeys(last.sides + layer.sides))
            reason = last.reason if last.reason == layer.reason else f"{last.reason} {layer.reason}"
            supporting = tuple(dict.fromkeys(last.supporting + layer.supporting))
            layer = replace(last, end=end, sides=sides, reason=reason, supporting=supporting)
        cut.append(layer)
    return cut


def _sieges(place_id: str, claims: list[Claim]) -> list[Layer]:
    """Pair each report that a siege ended with the reports that it began; an end without a beginning gives its eve only."""
    starts, ends = _clusters_of("siege_start", claims), _clusters_of("siege_end", claims)
    layers: list[Layer] = []
    for ended in ends:
        day = _date(ended)[1]
        begun = next((s for s in starts if s.party == ended.party and _date(s)[1] < day), None)
        if begun:
            starts.remove(begun)
        layers.append(_siege(f"{place_id}-siege-{len(layers) + 1}", begun, ended))
    for begun in starts:
        layers.append(_siege(f"{place_id}-siege-{len(layers) + 1}", begun, None))
    return _without_overlap(layers)


def _siege(layer_id: str, begun: _Cluster | None, ended: _Cluster | None) -> Layer:
    claims = (begun.asserted if begun else []) + (ended.asserted if ended else [])
    end = _date(ended)[1] - ONE_DAY if ended else None
    eve = end or BEGINNING
    earliest, start, latest = _date(begun) if begun else (eve, eve, eve)
    lacking = "" if begun and ended else " No claim says that it ended." if begun else " No claim says when it began."
    first = claims[0]
    return Layer(
        layer_id=layer_id,
        place_id=first.place_id,
        kind="siege",
        sides=(first.gaining, first.losing),
        start=start,
        earliest=earliest,
        latest=latest,
        end=end,
        reason=f"Siege reported by {_join(_names(claims))}.{lacking}",
        supporting=_ids(claims),
    )


def _clusters_of(kind: str, claims: list[Claim]) -> list[_Cluster]:
    """One cluster a siege: its reports differ by months ("nearly three years"), so any two of one besieger belong together."""
    clusters: dict[str, _Cluster] = {}
    for claim in sorted((c for c in claims if c.kind == kind), key=lambda c: (c.days, c.date_earliest, c.claim_id)):
        clusters.setdefault(claim.gaining, _Cluster(claim.gaining, "change")).asserted.append(claim)
    return list(clusters.values())
