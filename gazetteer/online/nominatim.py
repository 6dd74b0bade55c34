"""Nominatim, the geocoder of OpenStreetMap."""

from __future__ import annotations

from geopy.geocoders import Nominatim
from geopy.location import Location

from gazetteer.online.base import OnlineGeocoder, Service, Settings

_ATTRIBUTION = "© OpenStreetMap contributors (ODbL), through Nominatim"
# Source: https://operations.osmfoundation.org/policies/nominatim/ (at most one request a second, a User-Agent of one's own).
_PAUSE_S = 1.0


def connect(settings: Settings) -> OnlineGeocoder:
    """Nominatim as the settings have it; the public server by default."""
    geocoder = Nominatim(
        user_agent=settings.user_agent,
        domain=settings.domains.get("nominatim", "nominatim.openstreetmap.org"),
        scheme=settings.scheme,
        timeout=settings.timeout_s,
    )

    def ask(name: str, country: str, limit: int) -> list[Location] | None:
        found: list[Location] | None = geocoder.geocode(name, exactly_one=False, limit=limit, country_codes=country.lower())
        return found

    return Service("nominatim", _ATTRIBUTION, ask, _PAUSE_S, settings)
