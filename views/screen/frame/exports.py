"""The export menu: a picture of what is shown, and the control behind it as a table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from geodata import VIEWS, Control, places_of
from geodata.files.text import CONTROL_COLUMNS, EVENT_COLUMNS, rows_of, written
from views.language import _, speaking
from views.payload.territory import LandMethod
from views.screen.loading import Atlas, Seen, seen_from, wants_land
from views.screen.permalink.permalink import Permalink
from views.screen.permalink.schema import USUAL_LAND
from views.screen.session.viewpoint import viewpoint
from views.screen.session.visit import permalink_of, present

PICTURE_PX = (1920, 1080)


def export_menu(atlas: Atlas, cite: Callable[[Atlas], None]) -> None:
    """Draw a menu of downloads of what is on the screen at the moment of the click; `cite` draws its last button."""
    now = present()
    with st.popover(_("Export")):
        st.download_button(
            _("Picture for a slide (PNG)"), partial(_picture, atlas, now), file_name="control-map.png", mime="image/png", on_click="ignore"
        )
        for form, mime in (("csv", "text/csv"), ("geojson", "application/geo+json")):
            st.download_button(
                _("Control on this date ({form})", form="CSV" if form == "csv" else "GeoJSON"),
                partial(_control, atlas, now, form),
                file_name=f"control.{form}",
                mime=mime,
                on_click="ignore",
            )
        st.download_button(
            _("All events (CSV)"), partial(_events, atlas, now), file_name="control-events.csv", mime="text/csv", on_click="ignore"
        )
        st.caption(_("Date, view and province as shown on the map."))
        cite(atlas)


def _picture(atlas: Atlas, now: dict[str, str]) -> bytes:
    # matplotlib takes a third of a second to import, which the first visitor should not wait for.
    from views.paper import map_sheet, png_bytes

    permalink = permalink_of(now)
    date, view = permalink.date or atlas.region.opening_date, permalink.view or VIEWS[0]
    province = permalink.province or None
    with speaking(permalink.lang):
        events, marking = _seen(atlas, now).events, viewpoint(atlas, permalink)
        sheet = map_sheet(
            events,
            date,
            view=view,
            province=province,
            source=atlas.ledger,
            marking=marking,
            land=land_of(atlas, permalink),
            patterns=bool(permalink.pattern),
            size_px=PICTURE_PX,
        )
        return png_bytes(sheet)


def land_of(atlas: Atlas, permalink: Permalink) -> LandMethod | None:
    """Return the territory of a link as `map_sheet` takes it; None for none."""
    if not wants_land(atlas, permalink.land):
        return None
    method, limit = (permalink.land or USUAL_LAND).split("-")
    return LandMethod(method, int(limit))


def _seen(atlas: Atlas, now: dict[str, str]) -> Seen:
    permalink = permalink_of(now)
    return seen_from(atlas, permalink.voice, permalink.known_on)


def _control(atlas: Atlas, now: dict[str, str], form: str) -> bytes:
    permalink = permalink_of(now)
    date, view = permalink.date or atlas.region.opening_date, permalink.view or VIEWS[0]
    frame = Control(_seen(atlas, now).events, view, places_of(atlas.dataset, unclaimed=True)).at(date)
    frame = frame[frame["admin1"] == permalink.province] if permalink.province else frame
    said = seen_at(atlas, permalink)
    columns = (*CONTROL_COLUMNS, *said)
    return written([row | said for row in rows_of(frame, CONTROL_COLUMNS)], columns, form).encode()


def seen_at(atlas: Atlas, permalink: Permalink, side: str = "") -> dict[str, object]:
    """Return what a file must say of the date and the viewpoint of its rows, by column; `side` ends the columns' names."""
    known_on = permalink.known_on
    return {
        f"as_of{side}": (permalink.date or atlas.region.opening_date).isoformat(),
        f"view{side}": permalink.view or VIEWS[0],
        f"according_to{side}": permalink.voice or None,
        f"known_on{side}": known_on.isoformat() if known_on else None,
    }


def _events(atlas: Atlas, now: dict[str, str]) -> bytes:
    permalink, events = permalink_of(now), _seen(atlas, now).events
    frame = events[events["admin1"] == permalink.province] if permalink.province else events
    frame = frame.sort_values(["date", "place_id"], kind="stable", na_position="first")
    # They are of every date and in both views.
    said = {column: value for column, value in seen_at(atlas, permalink).items() if column in ("according_to", "known_on")}
    return written([row | said for row in rows_of(frame, EVENT_COLUMNS)], (*EVENT_COLUMNS, *said), "csv").encode()
