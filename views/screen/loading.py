"""The one place where the app keeps what the cores give it, for all sessions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import streamlit as st

from geodata import Control, Dataset, events_of
from geodata.boundary_store import added
from geodata.ledger import Ledger, open_ledger
from geodata.places import read_province_names
from geodata.regions import Region, read_region
from views.payload import control_files, timeline_span
from views.screen.address import OFF, USUAL_LAND
from views.screen.assets import base_map, data_folder, publish, publish_json, publish_scripts

if TYPE_CHECKING:
    from gazetteer import Gazetteer


@dataclass(frozen=True)
class Atlas:
    """Everything a page needs; read-only, shared by all sessions."""

    region: Region
    ledger: Ledger
    dataset: Dataset
    events: gpd.GeoDataFrame
    provinces: dict[str, str]
    span: tuple[dt.date, dt.date]
    scripts_url: str
    base_url: str
    data_url: str


def load() -> Atlas:
    """The atlas of the chosen dataset; read anew when a file of it has changed, or anybody has entered something in its ledger."""
    folder = data_folder()
    signature = _signature(folder)
    ledger = _ledger(folder, signature)
    return _load(ledger, str(ledger.head()), signature)


def territory_url(atlas: Atlas, land: str) -> str:
    """Address of the shapes of a territory, made when it is first asked for; '' for none.

    Parameters
    ----------
    land
        One of `address.LANDS`, or '' for the usual territory.
    """
    if land == OFF or atlas.events.empty:
        return ""
    method, _, limit = (land or USUAL_LAND).partition("-")
    return _territory(atlas, method, int(limit), atlas.data_url, repr(added(1)))


@st.cache_resource(show_spinner=False, max_entries=12)
def _territory(_atlas: Atlas, method: str, limit_km: int, data_url: str, outlines: str) -> str:
    from views.territory import territory_payload  # the first picture does without it

    places = Control(_atlas.events).places
    return publish_json("territory", territory_payload(places, list(_atlas.dataset.locations), method, limit_km))


def gazetteer() -> Gazetteer:
    """The gazetteer; opened at the first search, since the map does not need it."""
    folder = data_folder()
    return _gazetteer(folder, _signature(folder))


def _signature(folder: Path) -> tuple[tuple[str, int], ...]:
    tables = sorted(path for path in folder.glob("*") if path.suffix in (".csv", ".toml"))
    return tuple((path.name, path.stat().st_mtime_ns) for path in tables)


@st.cache_resource(show_spinner=False, max_entries=2)
def _ledger(folder: Path, signature: tuple[tuple[str, int], ...]) -> Ledger:
    return open_ledger(folder)


@st.cache_resource(show_spinner=False, max_entries=2)
def _load(_ledger: Ledger, head: str, signature: tuple[tuple[str, int], ...]) -> Atlas:
    folder = _ledger.folder
    dataset = _ledger.dataset()
    region = read_region(folder)
    events = events_of(dataset)
    provinces = read_province_names(folder)
    return Atlas(
        region=region,
        ledger=_ledger,
        dataset=dataset,
        events=events,
        provinces=provinces,
        span=timeline_span(events),
        scripts_url=publish_scripts(),
        base_url=publish_json("base", base_map(Path(__file__).resolve().parents[2] / "data" / "basemap", region.country)),
        data_url=publish(control_files(dataset, events, provinces)),
    )


@st.cache_resource(show_spinner=False, max_entries=2)
def _gazetteer(folder: Path, signature: tuple[tuple[str, int], ...]) -> Gazetteer:
    from gazetteer import Gazetteer  # takes a sixth of a second, which the first picture need not wait for

    return Gazetteer.open(folder)
