"""The one place where the app keeps what the cores give it, for all sessions."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import streamlit as st

from common.home import data_folder
from geodata import VIEWS, Control, Dataset, events_of
from geodata.control.viewpoint import ACCORDING_TO, Voice, claimants_heard, outlets_read, seen
from geodata.dataset.provinces import read_provinces
from geodata.dataset.quantities import read_quantities
from geodata.dataset.regions import Region, read_region
from geodata.land.boundaries import boundaries
from geodata.land.boundary_store import added
from geodata.ledger import Ledger, open_ledger
from views.language import ARABIC, _, language
from views.payload.payload import LAND_PLACES, control_files, timeline_span
from views.screen.assets import base_map, publish, publish_json, publish_scripts
from views.screen.permalink.schema import OFF, USUAL_LAND

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geodata.checks import Checker


@dataclass(frozen=True)
class Atlas:
    """Everything a page needs; read-only, shared by all sessions."""

    region: Region
    ledger: Ledger
    dataset: Dataset
    events: gpd.GeoDataFrame
    provinces: dict[str, str]
    provinces_ar: dict[str, str]
    span: tuple[dt.date, dt.date]
    voices: tuple[Voice, ...]
    """Claimants and outlets that one can look at the conflict with."""
    scripts_url: str
    base_url: str
    data_url: str

    @property
    def province_names(self) -> dict[str, str]:
        """Names of the provinces in the present language, by ISO 3166-2 code."""
        arabic = self.provinces_ar if language().code == ARABIC else {}
        return {code: arabic.get(code) or name for code, name in self.provinces.items()}


def load() -> Atlas:
    """Return the atlas of the chosen dataset; read anew when a file of it has changed, or anybody has entered something in its ledger."""
    region = read_region(data_folder())
    signature = _signature(region)
    ledger = _ledger(region.dataset, signature)
    return _load(ledger, region, str(ledger.head()), signature)


@dataclass(frozen=True)
class Seen:
    """A dataset from a viewpoint: the claims that count there, and what follows from them."""

    dataset: Dataset
    events: gpd.GeoDataFrame
    data_url: str


def seen_from(atlas: Atlas, voice: str, known_on: dt.date | None) -> Seen:
    """Return the atlas as one voice has it, or as it was known on a day; as it is for '' and None.

    Parameters
    ----------
    voice
        As `geodata.control.viewpoint.claims_according_to` takes it.
    known_on
        Inclusive: claims reported later do not count.
    """
    if not voice and known_on is None:
        return Seen(atlas.dataset, atlas.events, atlas.data_url)
    return _seen(atlas, voice, known_on, atlas.data_url)


@st.cache_resource(show_spinner=False, max_entries=32)
def _seen(_atlas: Atlas, voice: str, known_on: dt.date | None, data_url: str) -> Seen:
    dataset = seen(_atlas.dataset, f"{ACCORDING_TO}{voice}" if voice else VIEWS[0], known_on)
    events = events_of(dataset)
    return Seen(dataset, events, publish(control_files(dataset, events, _atlas.provinces, _atlas.span, _atlas.region)))


def wants_land(atlas: Atlas, land: str) -> bool:
    """Whether any land is to be drawn; `land` as for `territory_url`."""
    return land != OFF and not atlas.events.empty and len(atlas.dataset.locations) <= LAND_PLACES


def territory_url(atlas: Atlas, land: str, *, begin: bool) -> str:
    """Address of the shapes of a territory; '' for none, and while they are still being made, beside everything else.

    Parameters
    ----------
    land
        One of `schema.LANDS`, or '' for the usual territory.
    begin
        Whether to make them where nobody has asked for them yet: a page that is opened has better things to do at first.
    """
    if not wants_land(atlas, land):
        return ""
    method, limit = (land or USUAL_LAND).split("-")
    which = method, int(limit), atlas.data_url, repr(added(1))
    if not begin and which not in _begun():
        return ""
    making = _territory(atlas, *which)
    _begun().add(which)
    return making.result() if making.done() else ""


@st.cache_resource(show_spinner=False)
def _begun() -> set[tuple[str, int, str, str]]:
    """Which shapes were asked for."""
    return set()


@st.cache_resource(show_spinner=False, max_entries=12)
def _territory(_atlas: Atlas, method: str, limit_km: int, data_url: str, outlines: str) -> Future[str]:
    def make() -> str:
        from views.payload.territory import territory_payload  # the first picture does without it

        places = Control(_atlas.events).places
        return publish_json("territory", territory_payload(places, list(_atlas.dataset.locations), method, limit_km, _atlas.region))

    # A session does one thing at a time: the timeline must not wait for shapes.
    return _beside().submit(make)


@st.cache_resource(show_spinner=False)
def _beside() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="territory")


def checked_quantities(atlas: Atlas) -> Checker:
    """Return what was claimed about areas and distances, checked; made when it is first asked for."""
    with st.spinner(_("Measuring land")):
        return _checker(atlas, str(atlas.ledger.head()), atlas.data_url, repr(added(1)))


def monthly_land(atlas: Atlas, first: dt.date, last: dt.date) -> pd.DataFrame:
    """`monthly_shares` of the land that the figures are checked with."""
    with st.spinner(_("Measuring land month by month")):
        return _monthly(atlas, first, last, str(atlas.ledger.head()), atlas.data_url, repr(added(1)))


@st.cache_resource(show_spinner=False, max_entries=2)
def _checker(_atlas: Atlas, head: str, data_url: str, outlines: str) -> Checker:
    from geodata.checks import Checker  # the map does without it
    from geodata.dataset.published import read_published

    claims = read_quantities(_atlas.ledger, _atlas.dataset)
    regions = boundaries(1, _atlas.region)
    return Checker(_atlas.dataset, claims, read_published(_atlas.dataset), Control(_atlas.events), regions, _atlas.region)


@st.cache_resource(show_spinner=False, max_entries=2)
def _monthly(_atlas: Atlas, first: dt.date, last: dt.date, head: str, data_url: str, outlines: str) -> pd.DataFrame:
    from geodata.checks.land import monthly_shares

    return monthly_shares(checked_quantities(_atlas).land, first, last)


def gazetteer() -> Gazetteer:
    """Return the gazetteer; opened at the first search, since the map does not need it."""
    region = read_region(data_folder())
    return _gazetteer(region.dataset, region.country, _signature(region))


def _signature(region: Region) -> tuple[tuple[str, int], ...]:
    files = sorted([*region.dataset.glob("*.csv"), *region.dataset.glob("*.toml"), *region.basemap.glob("*.geojson")])
    return ((repr(region), 0), *((str(path), path.stat().st_mtime_ns) for path in files))


@st.cache_resource(show_spinner=False, max_entries=2)
def _ledger(folder: Path, signature: tuple[tuple[str, int], ...]) -> Ledger:
    return open_ledger(folder)


@st.cache_resource(show_spinner=False, max_entries=2)
def _load(_ledger: Ledger, _region: Region, head: str, signature: tuple[tuple[str, int], ...]) -> Atlas:
    dataset = _ledger.dataset()
    events = events_of(dataset)
    provinces = read_provinces(_ledger.folder, needed=True)
    names = {code: province.name for code, province in provinces.items()}
    return Atlas(
        region=_region,
        ledger=_ledger,
        dataset=dataset,
        events=events,
        provinces=names,
        provinces_ar={code: province.name_ar for code, province in provinces.items()},
        span=timeline_span(events),
        voices=(*claimants_heard(dataset), *outlets_read(dataset)),
        scripts_url=publish_scripts(),
        base_url=publish_json("base", base_map(_region.basemap, _region.country)),
        data_url=publish(control_files(dataset, events, names, region=_region)),
    )


@st.cache_resource(show_spinner=False, max_entries=2)
def _gazetteer(folder: Path, country: str, signature: tuple[tuple[str, int], ...]) -> Gazetteer:
    from gazetteer import Gazetteer  # takes a sixth of a second, which the first picture need not wait for

    return Gazetteer.open(folder, country)
