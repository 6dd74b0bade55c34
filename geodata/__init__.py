"""Claims and events in, control out."""

from geodata.changes import changes_between
from geodata.claims import Claim, Dataset, Document, read_dataset
from geodata.control import VIEWS, Control, control_at
from geodata.errors import GeodataError, SchemaError, UnknownNameError, WrongPeriodError
from geodata.events import events_of, load_events, places_of
from geodata.parties import Claimant, Party
from geodata.places import Locate, Location
from geodata.schema import BUNDLED
from geodata.viewpoint import Voice, claimants_heard, claims_according_to, claims_known_on, control_seen, outlets_read, seen

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
