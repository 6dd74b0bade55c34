"""The search of GeoNames, which needs a user name of one's own."""

from __future__ import annotations

from geopy.geocoders import GeoNames
from geopy.location import Location

from gazetteer.errors import OnlineError
from gazetteer.online.base import OnlineGeocoder, Service, Settings

_ATTRIBUTION = "GeoNames (https://www.geonames.org), CC BY 4.0"
# Source: https://www.geonames.org/export/ (1,000 credits an hour for one user name).
_PAUSE_S = 3.6


def connect(settings: Settings) -> OnlineGeocoder:
    """GeoNames as the settings have it; the public server by default.

    Raises
    ------
    OnlineError
        When no user name is set.
    """
    username = settings.keys.get("geonames", "")
    if not username:
        raise OnlineError("geonames needs a user name: set GEONAMES_USERNAME")
    geocoder = GeoNames(
        username,
        user_agent=settings.user_agent,
        domain=settings.domains.get("geonames", "secure.geonames.org"),
        scheme=settings.scheme,
        timeout=settings.timeout_s,
    )

    def ask(name: str, country: str, limit: int) -> list[Location] | None:
        found: list[Location] | None = geocoder.geocode(name, exactly_one=False, country=country)
        return found

    return Service("geonames", _ATTRIBUTION, ask, _PAUSE_S, settings)
