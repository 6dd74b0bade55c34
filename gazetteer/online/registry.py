"""Which services there are, and which of them the settings switch on."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from gazetteer.errors import OnlineError
from gazetteer.online.base import Connect, OnlineGeocoder, Settings

_NOT_SERVICES = frozenset({"base", "cache", "registry"})


def services() -> Mapping[str, Connect]:
    """`connect` of each service by its name: every module of this package but those that all of them share."""
    names = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if module.name not in _NOT_SERVICES]
    return MappingProxyType({name: import_module(f"gazetteer.online.{name}").connect for name in sorted(names)})


def enabled(settings: Settings) -> list[OnlineGeocoder]:
    """Return the services that the settings name, in their order; none by default.

    Raises
    ------
    OnlineError
        When a service is not known, or lacks a setting such as a user name.
    """
    if not settings.services:
        return []
    known = services()
    for name in settings.services:
        if name not in known:
            raise OnlineError(f"{name!r} is no online geocoder: known are {', '.join(known)}")
    return [known[name](settings) for name in dict.fromkeys(settings.services)]
