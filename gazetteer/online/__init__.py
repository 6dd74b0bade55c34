"""Online geocoders, off until they are named: one module a service, each with `connect`, found by `enabled`."""

from __future__ import annotations

from gazetteer.online.base import OnlineAnswer, OnlineGeocoder, Settings
from gazetteer.online.registry import enabled, services

__all__ = ["OnlineAnswer", "OnlineGeocoder", "Settings", "enabled", "services"]
