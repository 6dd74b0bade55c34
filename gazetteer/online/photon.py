"""Photon, komoot's search as you type over OpenStreetMap."""

from __future__ import annotations

from geopy.geocoders import Photon
from geopy.location import Location

from gazetteer.online.base import OnlineGeocoder, Service, Settings

_ATTRIBUTION = "© OpenStreetMap contributors (ODbL), through Photon by komoot"
# Source: https://photon.komoot.io asks to be fair and throttles extensive usage; held to Nominatim's figure.
_PAUSE_S = 1.0
# Photon cannot be asked for one country, so that more is asked for than is wanted.
_TIMES = 5


def connect(settings: Settings) -> OnlineGeocoder:
    """Photon as the settings have it; the public server by default."""
    geocoder = Photon(
        user_agent=settings.user_agent,
        domain=settings.domains.get("photon", "photon.komoot.io"),
        scheme=settings.scheme,
        timeout=settings.timeout_s,
    )

    def ask(name: str, country: str, limit: int) -> list[Location]:
        found = geocoder.geocode(name, exactly_one=False, limit=_TIMES * limit) or []
        return [one for one in found if one.raw.get("properties", {}).get("countrycode", "").upper() == country]

    return Service("photon", _ATTRIBUTION, ask, _PAUSE_S, settings)
