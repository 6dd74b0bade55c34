"""The export menu: a picture of what is shown, and the control behind it as a table."""

from __future__ import annotations

from functools import partial

import streamlit as st

from geodata import VIEWS, Control
from geodata.exchange import CONTROL_COLUMNS, EVENT_COLUMNS, rows_of, written
from views.screen.address import USUAL_LAND, Address
from views.screen.loading import Atlas, Seen, seen_from, wants_land
from views.screen.visit import address_of, present

PICTURE_PX = (1920, 1080)


def export_menu(atlas: Atlas) -> None:
    """A menu of downloads of what is on the screen at the moment of the click; nothing is drawn before."""
    now = present()
    with st.popover("Export"):
        st.download_button(
            "Picture for a slide (PNG)", partial(_picture, atlas, now), file_name="control-map.png", mime="image/png", on_click="ignore"
        )
        for form, mime in (("csv", "text/csv"), ("geojson", "application/geo+json")):
            st.download_button(
                f"Control on this date ({'CSV' if form == 'csv' else 'GeoJSON'})",
                partial(_control, atlas, now, form),
                file_name=f"control.{form}",
                mime=mime,
                on_click="ignore",
            )
        st.download_button(
            "All events (CSV)", partial(_events, atlas, now), file_name="control-events.csv", mime="text/csv", on_click="ignore"
        )
        st.caption("Date, view and province as shown on the map.")


def _picture(atlas: Atlas, now: dict[str, str]) -> bytes:
    # matplotlib takes a third of a second to import, which the first visitor should not wait for.
    from views.paper import map_sheet, png_bytes

    address = address_of(now)
    date, view = address.date or atlas.region.opening_date, address.view or VIEWS[0]
    province = address.province or None
    events, marking = _seen(atlas, now).events, viewpoint(atlas, address)
    method, _, limit = (address.land or USUAL_LAND).partition("-")
    land = (method, int(limit)) if wants_land(atlas, address.land) else None
    sheet = map_sheet(events, date, view=view, province=province, source=atlas.ledger, marking=marking, land=land, size_px=PICTURE_PX)
    return png_bytes(sheet)


def _seen(atlas: Atlas, now: dict[str, str]) -> Seen:
    address = address_of(now)
    return seen_from(atlas, address.voice, address.known_on)


def viewpoint(atlas: Atlas, address: Address) -> str | None:
    """What a picture must say of a viewpoint that leaves claims out, None where all count."""
    name = next((voice.name for voice in atlas.voices if voice.who == address.voice), "")
    parts = [f"According to {name}" if name else "", f"as known on {address.known_on}" if address.known_on else ""]
    said = ", ".join(part for part in parts if part)
    return said[0].upper() + said[1:] if said else None


def _control(atlas: Atlas, now: dict[str, str], form: str) -> bytes:
    address = address_of(now)
    frame = Control(_seen(atlas, now).events, address.view or VIEWS[0]).at(address.date or atlas.region.opening_date)
    frame = frame[frame["admin1"] == address.province] if address.province else frame
    return written(rows_of(frame, CONTROL_COLUMNS), CONTROL_COLUMNS, form).encode()


def _events(atlas: Atlas, now: dict[str, str]) -> bytes:
    province, events = address_of(now).province, _seen(atlas, now).events
    frame = events[events["admin1"] == province] if province else events
    frame = frame.sort_values(["date", "place_id"], kind="stable", na_position="first")
    return written(rows_of(frame, EVENT_COLUMNS), EVENT_COLUMNS, "csv").encode()
