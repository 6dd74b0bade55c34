"""Claims and events in, control out."""

from geodata.claims import Claim, Dataset, Document, read_dataset
from geodata.control import VIEWS, Control, control_at
from geodata.errors import GeodataError, SchemaError, UnknownNameError
from geodata.events import events_of, load_events
from geodata.parties import Claimant, Party
from geodata.places import Locate, Location
from geodata.schema import BUNDLED

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
    "control_at",
    "events_of",
    "load_events",
    "read_dataset",
]
