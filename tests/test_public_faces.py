"""What the two cores give to notebooks and scripts: nothing is added, renamed or taken away by the way."""

import gazetteer
import geodata

GEODATA = {
    *("BUNDLED", "VIEWS", "Claim", "Claimant", "Control", "Dataset", "Document", "GeodataError", "Locate", "Location", "Party"),
    *("SchemaError", "UnknownNameError", "Voice", "WrongPeriodError", "changes_between", "claimants_heard", "claims_according_to"),
    *("claims_known_on", "control_at", "control_seen", "events_of", "load_events", "outlets_read", "places_of", "read_dataset", "seen"),
}
GAZETTEER = {
    *("AmbiguousToponymError", "Answer", "Candidate", "Gazetteer", "GazetteerError", "HintError", "Place", "Query", "SchemaError"),
    "UnknownPlaceError",
}


def test_geodata_gives_what_its_users_know():
    assert set(geodata.__all__) == GEODATA
    assert geodata.__all__ == sorted(geodata.__all__, key=lambda name: (not name.isupper(), name.islower(), name))


def test_the_gazetteer_gives_what_its_users_know():
    assert set(gazetteer.__all__) == GAZETTEER
    assert gazetteer.__all__ == sorted(gazetteer.__all__, key=lambda name: (not name.isupper(), name.islower(), name))


def test_every_name_that_is_given_is_there():
    for face in (geodata, gazetteer):
        assert [name for name in face.__all__ if not hasattr(face, name)] == []
