"""How often the tests try what they try at random: as often as a gate needs, or, with TRIALS=deep, as often as there is time for."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

DEEP = os.environ.get("TRIALS", "") == "deep"
"""Whether the tests run for `make bench`, which waits for them."""
# How fast a machine makes up examples says nothing about the product.
UNTIMED = (HealthCheck.too_slow,)


def times(gate: int, deep: int) -> int:
    """How often something is tried in a gate and in `make bench`."""
    return deep if DEEP else gate


def examples(gate: int, deep: int, *unchecked: HealthCheck, **options: int) -> settings:
    """Settings of a test whose examples are dear; `unchecked` is what of Hypothesis's checks of its health does not apply to it."""
    return settings(max_examples=times(gate, deep), suppress_health_check=[*UNTIMED, *unchecked], **options)


def load_profiles() -> None:
    """Settings of all other tests: no deadline, since a busy machine is no failure, and what fails can be tried again as it was."""
    settings.register_profile("gate", deadline=None, print_blob=True, suppress_health_check=UNTIMED)
    settings.register_profile("deep", settings.get_profile("gate"), max_examples=1000)
    settings.load_profile("deep" if DEEP else "gate")
