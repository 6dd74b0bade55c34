"""What all online geocoders share: one question, one form of answer, a pause between requests, a cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from geopy.exc import GeocoderQuotaExceeded, GeocoderRateLimited, GeocoderTimedOut, GeocoderUnavailable, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location

from gazetteer.errors import OnlineError, OnlineQuotaError, OnlineRateLimitError, OnlineTimeoutError
from gazetteer.online.cache import Cache
from gazetteer.sources.store import home_directory

_MOST_ANSWERS = 20
_LONGEST_QUERY = 200
_RETRIES = 2
_LONGEST_LABEL = 300


@dataclass(frozen=True, slots=True)
class OnlineAnswer:
    """A place that an online geocoder proposes; it belongs to its provider and is no place of the gazetteer.

    Attributes
    ----------
    provider, attribution
        Who answered, and the line that has to be shown with the answer.
    label
        The place as the provider describes it.
    longitude, latitude
        Decimal degrees, EPSG:4326.
    """

    provider: str
    attribution: str
    label: str
    longitude: float
    latitude: float


class OnlineGeocoder(Protocol):
    """A service that is asked for places by name."""

    @property
    def name(self) -> str:
        """The provider's short name."""

    @property
    def attribution(self) -> str:
        """The line that has to be shown with its answers."""

    def geocode(self, name: str, country: str, limit: int) -> list[OnlineAnswer]:
        """Places with this name in a country (ISO 3166-1 alpha-2), best first; empty when there is none.

        Raises
        ------
        OnlineTimeoutError, OnlineRateLimitError, OnlineQuotaError
            When the service does not answer in time, is asked too often, or allows no more requests.
        OnlineError
            When it does not answer for another reason.
        """


@dataclass(frozen=True, slots=True)
class Settings:
    """Which services are asked, and how; by default none.

    Attributes
    ----------
    services
        Names of services, in the order in which they are asked.
    home
        Data directory for the cache; None means the usual one.
    contact
        Address for the operators of the services, sent as part of the User-Agent.
    domains
        Other servers than the public ones, by service, each a host with perhaps a port and a path. Pelias has none by itself.
    scheme
        http only for a server of one's own.
    keys
        User name (geonames) or API key (pelias) by service.
    timeout_s
        Seconds until a request is given up.
    pause_s
        Seconds between two requests, for a server of one's own; None means what the public service asks for.
    """

    services: tuple[str, ...] = ()
    home: Path | None = None
    contact: str = ""
    domains: Mapping[str, str] = field(default_factory=dict)
    scheme: str = "https"
    keys: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float = 10.0
    pause_s: float | None = None

    @classmethod
    def from_environment(cls) -> Settings:
        """Return the settings of the environment.

        ONLINE_GEOCODERS (names with commas between), ONLINE_CONTACT, GEONAMES_USERNAME, PELIAS_DOMAIN and PELIAS_API_KEY.
        """
        keys = {"geonames": os.environ.get("GEONAMES_USERNAME", ""), "pelias": os.environ.get("PELIAS_API_KEY", "")}
        domain = os.environ.get("PELIAS_DOMAIN", "")
        return cls(
            services=tuple(name.strip().lower() for name in os.environ.get("ONLINE_GEOCODERS", "").split(",") if name.strip()),
            contact=os.environ.get("ONLINE_CONTACT", ""),
            domains={"pelias": domain} if domain else {},
            keys={name: key for name, key in keys.items() if key},
        )

    @property
    def user_agent(self) -> str:
        """What requests are signed with: services refuse those of nobody."""
        return f"control-atlas-gazetteer ({self.contact})" if self.contact else "control-atlas-gazetteer"


Connect = Callable[[Settings], OnlineGeocoder]
Ask = Callable[[str, str, int], Sequence[Location | None] | None]
"""Locations for a toponym, a country and how many at most; raises GeopyError."""


# One for all geocoders of a server in this process: a page that is run again makes new ones and has to keep the pace.
@lru_cache(maxsize=64)
def _limiter(name: str, domain: str, pause_s: float) -> RateLimiter:
    return RateLimiter(_asked, min_delay_seconds=pause_s, max_retries=_RETRIES, error_wait_seconds=2 * pause_s, swallow_exceptions=False)


def _asked(ask: Ask, name: str, country: str, limit: int) -> Sequence[Location | None] | None:
    return ask(name, country, limit)


# The most particular first: geopy takes a limit of the rate for a kind of quota.
_KINDS: tuple[tuple[type[Exception], type[OnlineError], str], ...] = (
    (GeocoderRateLimited, OnlineRateLimitError, "is asked too often and wants a pause"),
    (GeocoderQuotaExceeded, OnlineQuotaError, "answers no more, for the requests that it allows are used up"),
    (GeocoderTimedOut, OnlineTimeoutError, "did not answer in time"),
    (Exception, OnlineError, "did not answer"),
)


def _said(name: str, error: Exception) -> OnlineError:
    # After retries of its own, geopy tells of a read that took too long as of a service that cannot be reached.
    if isinstance(error, GeocoderUnavailable) and "timed out" in str(error):
        error = GeocoderTimedOut(str(error))
    kind, sentence = next((kind, sentence) for theirs, kind, sentence in _KINDS if isinstance(error, theirs))
    return kind(f"{name} {sentence}: {str(error)[:200] or type(error).__name__}")


class Service:
    """An `OnlineGeocoder` over a geocoder of geopy.

    Parameters
    ----------
    name, attribution
        As in `OnlineGeocoder`.
    ask
        Sends one request.
    pause_s
        Seconds between two requests that the service asks for.
    settings
        How it is asked.
    """

    def __init__(self, name: str, attribution: str, ask: Ask, pause_s: float, settings: Settings) -> None:
        self._name, self._attribution = name, attribution
        # A public server sets its own pace.
        pause = settings.pause_s if settings.pause_s is not None and name in settings.domains else pause_s
        self._ask = ask
        self._limiter = _limiter(name, settings.domains.get(name, ""), pause)
        self._cache = Cache(home_directory(settings.home) / "online.sqlite")
        self._cached_as = f"{name} {settings.domains.get(name, '')}".strip()

    @property
    def name(self) -> str:
        """The provider's short name."""
        return self._name

    @property
    def attribution(self) -> str:
        """The line that has to be shown with its answers."""
        return self._attribution

    def geocode(self, name: str, country: str, limit: int) -> list[OnlineAnswer]:
        """Places with this name in a country, best first, as `OnlineGeocoder.geocode` has it; from the cache where it can be."""
        query, code, most = " ".join(name.split()), country.strip().upper(), max(1, min(limit, _MOST_ANSWERS))
        if not query or len(query) > _LONGEST_QUERY:
            return []
        kept = self._cache.get(self._cached_as, query, code, most)
        if kept is not None:
            return [OnlineAnswer(**cells) for cells in kept]
        try:
            locations = self._limiter(self._ask, query, code, most) or []
        except (GeopyError, LookupError, AttributeError, TypeError, ValueError) as error:
            # All but the first are what geopy raises when an answer has another form than the service's own.
            raise _said(self._name, error) from error
        answers = [self._answer(location) for location in locations if location is not None][:most]
        self._cache.put(self._cached_as, query, code, most, [asdict(answer) for answer in answers])
        return answers

    def _answer(self, location: Location) -> OnlineAnswer:
        return OnlineAnswer(self._name, self._attribution, str(location.address)[:_LONGEST_LABEL], location.longitude, location.latitude)
