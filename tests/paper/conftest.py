"""A small dataset made of files, so that names can be as hostile as they like."""

import csv
from pathlib import Path

import pytest

TABLES = {
    "parties.csv": [
        ["party_id", "name", "name_ar", "allies", "active_from", "active_to"],
        ["government", "Government $x_1$", "", "", "", ""],
        ["opposition", "Opposition", "", "", "", ""],
        ["reds", "A party without a conventional colour and with a name that is much too long for its row", "", "", "", ""],
    ],
    "claimants.csv": [["claimant_id", "name", "side", "reliability"], ["agency", "Agency", "", "B"], ["paper", "Paper", "", "B"]],
    "documents.csv": [
        ["document_id", "publisher", "agency", "published_on", "url", "description"],
        ["doc", "Publisher", "", "2016-01-01", "", ""],
    ],
    "provinces.csv": [["iso_3166_2", "name", "longitude", "latitude", "radius_km"], ["SY-HI", "Homs", 38.38, 34.47, 210]],
}
PLACES = ["place_id", "name", "name_ar", "admin1", "longitude", "latitude", "feature_class", "feature_code", "rank"]
CLAIMS = ["claim_id", "document_id", "locator", "kind", "place_id", "place_as_written", "gaining", "losing", "claimant_id", "modality"]
CLAIMS += ["date_earliest", "date_latest", "date_precision", "where_precision", "reported_on", "credibility", "statement", "note"]
SAID = ["government", "opposition", "agency", "asserted", "2016-01-01", "2016-01-01", 1, 1, "2016-01-01", 2, "It is said.", ""]
REGION = '[syria]\nname = "Syria"\nname_ar = "سوريا"\ncountry = "SY"\nhome = "SY-HI"\nopening_date = 2016-01-01\n'


@pytest.fixture
def make_dataset(tmp_path):
    """A folder with the given places, (name, rank, longitude, latitude) each, all held by the government since 1 January 2016."""

    def make(places) -> Path:
        rows = [[f"p{k}", name, name, "SY-HI", lon, lat, "P", "PPL", rank] for k, (name, rank, lon, lat) in enumerate(places)]
        claims = [[f"c{k}", "doc", "p1", "control_change", f"p{k}", "x", *SAID] for k in range(len(rows))]
        for name, table in (TABLES | {"places.csv": [PLACES, *rows], "claims.csv": [CLAIMS, *claims]}).items():
            with (tmp_path / name).open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(table)
        (tmp_path / "regions.toml").write_text(REGION, encoding="utf-8")
        return tmp_path

    return make
