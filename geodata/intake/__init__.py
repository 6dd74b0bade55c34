"""Files of claims in: read by layout, compared with what is there, and entered all or nothing."""

from geodata.intake.actors import Actors, read_actors
from geodata.intake.draw import Drawn, Unresolved
from geodata.intake.layouts import LAYOUTS, drawn_from, layout_of
from geodata.intake.plan import Difference, IntakeError, Plan, plan
from geodata.intake.resolve import SAME_KM, Candidate, Resolution, Resolve, own_places

__all__ = [
    "LAYOUTS",
    "SAME_KM",
    "Actors",
    "Candidate",
    "Difference",
    "Drawn",
    "IntakeError",
    "Plan",
    "Resolution",
    "Resolve",
    "Unresolved",
    "drawn_from",
    "layout_of",
    "own_places",
    "plan",
    "read_actors",
]
