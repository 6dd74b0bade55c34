"""Citations: what a view rests on, in words that stay true, and in BibTeX that can be read."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from geodata import Control, events_of, read_dataset
from views.citation import NAMED_SOURCES, Basis, Citation, basis

HEAD = "3f" * 32


@pytest.fixture(scope="module")
def dataset():
    return read_dataset()


@pytest.fixture(scope="module")
def events(dataset):
    return events_of(dataset)


def citation(**other):
    said = {
        "about": "Syria",
        "date": dt.date(2015, 11, 23),
        "start": None,
        "view": "claimed",
        "viewpoint": "",
        "basis": Basis(7, 3, 5, ("AFP", "SANA")),
        "head": HEAD,
        "link": "http://localhost/?date=2015-11-23&view=claimed",
        "accessed": dt.date(2026, 11, 22),
    }
    return Citation(**said | other)


@pytest.mark.parametrize("view", ["claimed", "corroborated"])
@pytest.mark.parametrize("date", [dt.date(2012, 1, 1), dt.date(2015, 11, 23), dt.date(2018, 5, 22)])
def test_a_view_rests_on_the_claims_for_and_against_each_holder_and_on_the_fighting(dataset, events, view, date):
    claims = {claim.claim_id: claim for claim in dataset.claims}
    cited = set()
    held = set(Control(events, view).at(date)["event_id"])
    for event in events.itertuples():
        began = event.date.date() if event.date == event.date else dt.date.min
        ended = event.until.date() if event.until == event.until else dt.date.max
        if event.event_id in held or (event.kind != "control" and began <= date <= ended):
            cited |= {*event.supporting, *event.opposing}
    cited.discard("")
    found = basis(dataset, events, view, date)
    assert found.claims == len(cited)
    assert found.documents == len({claims[one].document_id for one in cited})
    assert found.claimants == len({claims[one].claimant.claimant_id for one in cited})
    assert set(found.publishers) == {dataset.documents[claims[one].document_id].publisher for one in cited}


def test_a_range_adds_the_claims_about_its_changes_and_a_province_leaves_the_others_out(dataset, events):
    whole = basis(dataset, events, "claimed", dt.date(2015, 12, 31))
    ranged = basis(dataset, events, "claimed", dt.date(2015, 12, 31), dt.date(2015, 11, 1))
    province = basis(dataset, events, "claimed", dt.date(2015, 12, 31), province="SY-HM")
    assert ranged.claims > whole.claims > province.claims > 0
    assert basis(dataset, events, "claimed", dt.date(2015, 12, 31), province="SY-DR") == Basis(0, 0, 0, ())


def test_the_text_says_what_when_how_on_whose_word_of_which_data_and_where():
    assert citation(viewpoint="As known on 2015-12-01").text() == (
        "Control Atlas. “Syria: who controls which town, 23 November 2015”. As claimed. As known on 2015-12-01. "
        f"It rests on 7 claims in 5 documents, by AFP and SANA. Data {HEAD}. Accessed 22 November 2026. "
        "http://localhost/?date=2015-11-23&view=claimed"
    )
    assert "1 November 2015 to 23 November 2015" in citation(start=dt.date(2015, 11, 1)).text()
    assert "It rests on no claim." in citation(basis=Basis(0, 0, 0, ())).text()


def test_of_many_publishers_those_with_most_claims_are_named_and_the_rest_counted():
    publishers = tuple(f"P{number:02}" for number in range(NAMED_SOURCES + 3))
    told = citation(basis=Basis(90, 9, 40, publishers)).rests_on()
    assert f"P{NAMED_SOURCES - 1:02} and 3 more" in told
    assert f"P{NAMED_SOURCES:02}" not in told


def test_bibtex_has_balanced_braces_and_escapes_what_tex_would_run():
    entry = citation(about="100% {Syria} & \\co_1", basis=Basis(1, 1, 1, ("A&B #1 $~^",))).bibtex()
    assert re.match(r"@misc\{control-atlas-100-syria-co-1-2015-11-23-claimed,\n", entry)
    assert r"100\% \{Syria\} \& \textbackslash{}co\_1" in entry
    assert r"A\&B \#1 \$\~{}\^{}" in entry
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")
    assert "  url = {http://localhost/?date=2015-11-23&view=claimed}," in entry
    assert f"Data {HEAD}" in entry
    assert "  urldate = {2026-11-22}," in entry
