"""What the words of the tables are called for readers: each is handed to `views.language._` where it is shown."""

from __future__ import annotations

from views.language import N_

STATUSES = {
    "corroborated": N_("corroborated"),
    "claimed": N_("claimed"),
    "disputed": N_("disputed"),
    "retracted": N_("retracted"),
}

EVENT_KINDS = {
    "control": N_("change of control"),
    "contested": N_("fighting or dispute"),
    "siege": N_("siege"),
}

CLAIM_KINDS = {
    "control_change": N_("control change"),
    "control_state": N_("control state"),
    "contested": N_("contested"),
    "divided": N_("divided"),
    "siege_start": N_("siege start"),
    "siege_end": N_("siege end"),
}

MODALITIES = {
    "asserted": N_("asserted"),
    "denied": N_("denied"),
    "repelled": N_("repelled"),
}
