"""Pelias, on a server that the settings name: there is no public one."""

from __future__ import annotations

from geopy.geocoders import Pelias
from geopy.location import Location

from gazetteer.errors import OnlineError
from gazetteer.online.base import OnlineGeocoder, Service, Settings

_ATTRIBUTION = "Pelias, with OpenStreetMap (ODbL), Who's On First and GeoNames (CC BY 4.0)"
# Hosted servers allow more; it is a pause that none of them minds.
_PAUSE_S = 0.5


def connect(settings: Settings) -> OnlineGeocoder:
    """Pelias as the settings have it.

    Raises
    ------
    OnlineError
        When no server is set.
    """
    domain = settings.domains.get("pelias", "")
    if not domain:
        raise OnlineError("pelias needs a server: set PELIAS_DOMAIN")
    geocoder = Pelias(
        domain,
        api_key=settings.keys.get("pelias") or None,
        user_agent=settings.user_agent,
        scheme=settings.scheme,
        timeout=settings.timeout_s,
    )

    def ask(name: str, country: str, limit: int) -> list[Location] | None:
        found: list[Location] | None = geocoder.geocode(name, exactly_one=False, countries=[country])
        return found

    return Service("pelias", _ATTRIBUTION, ask, _PAUSE_S, settings)
