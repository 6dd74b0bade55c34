"""Claims and events in, control out."""

from common.home import BUNDLED
from geodata.adjudication.events import events_of, places_of
from geodata.control.changes import changes_between
from geodata.control.control import VIEWS, Control
from geodata.control.viewpoint import Voice, claimants_heard, claims_according_to, claims_known_on, control_seen, outlets_read, seen
from geodata.dataset.claims import Claim, Dataset, Document, read_dataset
from geodata.dataset.parties import Claimant, Party
from geodata.dataset.places import Locate, Location
from geodata.errors import GeodataError, SchemaError, UnknownNameError, WrongPeriodError
from geodata.loading import control_at, load_events

__all__ = [
    "BUNDLED",
    "VIEWS",
    "Claim",
    "Claimant",
    "Control",
    "Dataset",
    "Document",
    "GeodataError",
    "Locate",
    "Location",
    "Party",
    "SchemaError",
    "UnknownNameError",
    "Voice",
    "WrongPeriodError",
    "changes_between",
    "claimants_heard",
    "claims_according_to",
    "claims_known_on",
    "control_at",
    "control_seen",
    "events_of",
    "load_events",
    "outlets_read",
    "places_of",
    "read_dataset",
    "seen",
]
