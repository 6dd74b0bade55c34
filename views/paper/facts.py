"""What a sheet says: the places on its date, their counts, the latest changes. Nothing here draws."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata import Control, Location, UnknownNameError, places_of, read_dataset
from geodata.dataset.parties import DIVIDED, read_parties
from geodata.dataset.places import read_locations
from geodata.dataset.provinces import Province, Provinces, read_provinces
from geodata.dataset.regions import Region, read_region
from geodata.dataset.tables import Source
from geodata.land.boundaries import boundaries
from views.language import ARABIC, ENGLISH, N_, _, language, name_of, short_date
from views.paper.drawing.basemap import BaseMap, base_map
from views.paper.land import LandOnDate, Lands
from views.payload.territory import LandMethod
from views.style import UNKNOWN, PartyStyle, party_style, patterned
from views.vocabulary import STATUSES

VIEW_NAMES = {"claimed": N_("As claimed"), "corroborated": N_("Corroborated only")}
VIEW_HELP = {"claimed": N_("the last claim taken at its word"), "corroborated": N_("not on one source's word alone")}

LAND_NOTES = {
    "nearest": N_(
        "Land is drawn with whoever holds the nearest known place, up to {limit} km away: an estimate, no survey. Outlines {origin}."
    ),
    "weighted": N_(
        "Land is drawn with whoever has most weight among the eight nearest known places, up to {limit} km away: an estimate, no survey. "
        "Outlines {origin}."
    ),
}

OPEN = N_("date open")
"""Said in the place of a status."""
WIDE_WINDOW_DAYS = 20
"""A change with a longer window is dated 'by' its last day. The feed on screen, with more room, says so from three days on."""


@dataclass(frozen=True)
class Place:
    """A place on the date. `easting`, `northing` in metres; `included` in the chosen province, or in the region if none was chosen."""

    name: str
    name_ar: str
    rank: int
    easting: float
    northing: float
    included: bool
    holder: str
    contested: bool
    besieged: bool
    flagged: bool
    in_transition: bool


@dataclass(frozen=True)
class Counts:
    """Places by party, and how many have no known holder, are contested or besieged; `total` is all."""

    by_party: Mapping[str, int]
    unknown: int
    contested: int
    besieged: int
    total: int


@dataclass(frozen=True)
class Change:
    """A row of the latest changes.

    `kind` is 'control', 'contested' or 'siege'; `before` and `after` are party_ids, '' for not known;
    of a condition they are the two sides.
    """

    date: str
    kind: str
    before: str
    after: str
    flagged: bool
    name: str
    status: str


@dataclass(frozen=True)
class Facts:
    """Everything that a sheet says.

    `base` is what it is drawn on; `province` is an ISO 3166-2 code, None for the whole region; `parties`
    are those that hold a place of the scope on any date; `land` is None where none is drawn, and `land_note` says how it was.
    """

    date: dt.date
    view: str
    region: Region
    base: BaseMap
    province: str | None
    province_name: str
    province_name_ar: str
    styles: Mapping[str, PartyStyle]
    names: Mapping[str, str]
    parties: Sequence[str]
    places: Sequence[Place]
    counts: Counts
    changes: Sequence[Change]
    land: LandOnDate | None
    land_note: str

    def style(self, party: str) -> PartyStyle:
        """How a party is drawn, '' for nobody known."""
        return self.styles.get(party, UNKNOWN)


def facts(
    events: gpd.GeoDataFrame,
    date: dt.date,
    view: str,
    province: str | None,
    source: Source,
    land: LandMethod | None = None,
    *,
    patterns: bool = False,
) -> Facts:
    """Return what stands on a date; the parameters are those of `views.paper.map_sheet`."""
    control = Control(events, view)
    region = read_region(source.folder)
    styles, names = party_looks(source, region)
    base = base_map(region.basemap)
    named = provinces_of(source.folder, base).called(province) if province else None
    code = named.code if named else None
    places = _places(control.at(date), read_locations(source), code, base)
    held = control.events if code is None else control.events[control.events["admin1"] == code]
    drawn, note = _land(with_every_place(events, view, source), region, base, code, date, land) if land else (None, "")
    return Facts(
        date=date,
        view=view,
        region=region,
        base=base,
        province=code,
        province_name=named.name if named else "",
        province_name_ar=named.name_ar if named else "",
        styles={party_id: patterned(style) for party_id, style in styles.items()} if patterns else styles,
        names=names,
        parties=[party_id for party_id in names if party_id in set(held["party"])],
        places=places,
        counts=_count([place for place in places if place.included], names),
        changes=_changes(events, date, view, code),
        land=drawn,
        land_note=note,
    )


def party_looks(source: Source, region: Region) -> tuple[dict[str, PartyStyle], dict[str, str]]:
    """Return how the parties of a source are drawn and what they are called, by party_id, in the order of their table."""
    parties = read_parties(source) | {DIVIDED.party_id: DIVIDED}
    styles = {party_id: party_style(party_id, position, region) for position, party_id in enumerate(parties)}
    return styles, {party_id: name_of(party) for party_id, party in parties.items()}


def with_every_place(events: gpd.GeoDataFrame, view: str, source: Source) -> Control:
    """Control with the places of the whole dataset, also where the events, of one voice perhaps, say nothing of them.

    Land is that of the nearest place: were places left out, their land would fall to their neighbours.
    """
    places = places_of(read_dataset(source))
    return Control(events, view, places if set(events["place_id"]) <= set(places["place_id"]) else None)


def _land(
    control: Control, region: Region, base: BaseMap, province: str | None, date: dt.date, land: LandMethod
) -> tuple[LandOnDate | None, str]:
    """Return the land of the scope and how it is drawn; none where there is no place, or no outline."""
    try:
        outlines = boundaries(1, region)
    except UnknownNameError:
        return None, ""
    if control.places.empty or (province and province not in set(outlines["code"])):
        return None, ""
    number = int(np.flatnonzero(outlines["code"] == province)[0]) if province else None
    method, limit_km = land
    found = Lands(control, outlines, base.crs, number, method, limit_km).on(date)
    return found, _(LAND_NOTES[method], limit=limit_km, origin=outlines.attrs["origin"])


def provinces_of(folder: Path, base: BaseMap) -> Provinces:
    """Return the provinces of the dataset, else those of the base map."""
    named = base.provinces[["iso_3166_2", "name", "name_ar"]].astype(str).itertuples(index=False)
    return read_provinces(folder) or Provinces(Province(code, name, name_ar) for code, name, name_ar in named)


def _places(now: gpd.GeoDataFrame, locations: Mapping[str, Location], province: str | None, base: BaseMap) -> list[Place]:
    rows = {row.place_id: row for row in now.itertuples()}
    # Places without any claim are drawn too, as on screen; the events may come with places that this folder does not have.
    ids = [*locations, *(place_id for place_id in rows if place_id not in locations)]
    degrees = [(at.longitude, at.latitude) if (at := locations.get(i)) else (rows[i].geometry.x, rows[i].geometry.y) for i in ids]
    longitude, latitude = np.array(degrees, dtype=float).reshape(-1, 2).T
    points = gpd.GeoSeries(gpd.points_from_xy(longitude, latitude, crs="EPSG:4326")).to_crs(base.crs)
    found = []
    for place_id, point in zip(ids, points, strict=True):
        where, row = locations.get(place_id) or rows[place_id], rows.get(place_id)
        found.append(
            Place(
                name=name_of(where),
                name_ar=where.name_ar if language().code == ENGLISH else "",
                rank=locations[place_id].rank if place_id in locations else 3,
                easting=point.x,
                northing=point.y,
                included=province is None or where.admin1 == province,
                holder=row.holder if row is not None and isinstance(row.holder, str) else "",
                contested=row is not None and bool(row.contested),
                besieged=row is not None and bool(row.besieged),
                flagged=row is not None and bool(row.flagged),
                in_transition=row is not None and bool(row.in_transition),
            )
        )
    return found


def _count(places: Sequence[Place], parties: Iterable[str]) -> Counts:
    held = Counter(place.holder for place in places)
    return Counts(
        by_party={party_id: held[party_id] for party_id in parties},
        unknown=held[""],
        contested=sum(place.contested for place in places),
        besieged=sum(place.besieged for place in places),
        total=len(places),
    )


def _changes(events: gpd.GeoDataFrame, date: dt.date, view: str, province: str | None) -> list[Change]:
    """Newest first; the events that the feed on screen shows (`shows` in its script)."""
    shown = events[events["date"].notna() & (events["date"] <= pd.Timestamp(date))]
    if province:
        shown = shown[shown["admin1"] == province]
    change = (shown["kind"] == "control") & shown["basis"].isin(["change", "implied"])
    if view == "corroborated":
        change &= shown["status"] == "corroborated"
    condition = (shown["kind"] != "control") & ~shown["event_id"].str.endswith("-disputed")
    # A fight on the very day on which the place changes hands says nothing more.
    decided = pd.MultiIndex.from_frame(shown.loc[change, ["place_id", "date"]])
    condition &= ~pd.MultiIndex.from_frame(shown[["place_id", "date"]]).isin(decided)
    newest = shown[change | condition].sort_values("date", kind="stable").iloc[::-1]
    return [_change(row) for _k, row in newest.head(40).iterrows()]


def day_of(event: pd.Series) -> str:
    """Return the date of an event in words; "by" where the sources leave more than a few days open."""
    earliest, latest = event["date_earliest"], event["date_latest"]
    window = (latest - earliest).days if pd.notna(earliest) and pd.notna(latest) else 0
    day = short_date(event["date"].date())
    return _("by {day}", day=day) if event["kind"] == "control" and window > WIDE_WINDOW_DAYS else day


def _change(row: pd.Series) -> Change:
    before, after = row["previous"], row["party"]
    status = _(OPEN) if row["basis"] == "implied" else _(STATUSES.get(row["status"], ""))
    if row["kind"] != "control":
        before, after = [*row["sides"], ""][:2]
        status = _("besieged") if row["kind"] == "siege" else _("contested")
    name = row["name_ar"] if language().code == ARABIC and row["name_ar"] else row["name"]
    return Change(day_of(row), row["kind"], before, after, bool(row["flagged"]), name, status)
