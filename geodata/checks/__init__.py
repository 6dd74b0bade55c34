"""Quantity claims checked: against our own measures, against the parts they are made of, beside what others publish.

A check says *supported*, *refuted* or *cannot tell*, and why, by these rules (docs/methods.md tells them in plain words):

1. **By its parts.** A share is refuted if it is only what a rival in the same document leaves of the whole, although others held land
   (`parts`). An area and a share of one party in one document that do not agree are not judged.
2. **Land.** Our range for a party goes from the least that it held in any reading to all that is nobody's besides (`land`). Below
   `COVERAGE_ENOUGH` of the land within reach of a place with a known holder nothing is judged. Refuted: the claim, widened by `MARGIN`,
   and our range have nothing in common. Supported: one lies within the other, and our range is no wider than `NARROW`.
3. **Distances.** From the places that the claim names to the road or place it names, with the error of the line that stands for a road
   (`lengths`). Of several places one may be meant: where they differ there is no verdict.

Figures that others publish are set beside, with what they count. They decide nothing, and nothing is ever averaged.
"""

from geodata.checks.check import Checker
from geodata.checks.land import COVERAGE_ENOUGH, MARGIN, NARROW, Land
from geodata.checks.model import CANNOT_TELL, DAYS_BESIDE, REFUTED, SUPPORTED, UNITS, VERDICTS, Check, Interval, Ours

__all__ = [
    "CANNOT_TELL",
    "COVERAGE_ENOUGH",
    "DAYS_BESIDE",
    "MARGIN",
    "NARROW",
    "REFUTED",
    "SUPPORTED",
    "UNITS",
    "VERDICTS",
    "Check",
    "Checker",
    "Interval",
    "Land",
    "Ours",
]
