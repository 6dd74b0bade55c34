"""What holds for every name and every gazetteer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Answer, Gazetteer, GazetteerError
from gazetteer.index import Index
from gazetteer.place import Name, Place, Record
from gazetteer.resolve.candidates import find_hits
from gazetteer.resolve.evidence import Hints
from gazetteer.resolve.rank import answer
from gazetteer.sources.merge import merge
from gazetteer.spelling.toponym import Toponym
from tests.trials import examples

LATIN = st.text(alphabet="abdefhijklmnqrstuwyz '-", min_size=4, max_size=12)
ARABIC = st.text(alphabet="ابتجحدرزسصعفقكلمنهوية ", min_size=3, max_size=10)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "", "a" * 10_000, "ا" * 10_000, "\x00\x01\x7f", "🏙️🕌", "\u202eHoms\u202c", "\u200f\u200e", "'; DROP TABLE name; --", "%_*?[",
            "Homs\nHama\r\n", "NULL", "\ud800", "(((", " - ", "al-al-al", "q" * 199, "Homs (", "\u0651" * 50,
        ]
    ),
)  # fmt: skip


def record(source: str, number: int, name: str, longitude: float, latitude: float) -> Record:
    place = Place(
        f"{source}-{number}", name, "", (name,), "P", "PPL", "SY", "SY-HM", "Hama", longitude, latitude, sources=(source,)
    )  # fmt: skip
    return Record(place, (Name(name, "a name", source, str(number)),))


@st.composite
def gazetteers(draw: st.DrawFn, source: str) -> list[Record]:
    names = draw(st.lists(st.one_of(LATIN, ARABIC).filter(lambda name: Toponym(name).plain != ""), min_size=1, max_size=8))
    return [
        record(source, number, name, draw(st.floats(36, 41)), draw(st.floats(33, 37))) for number, name in enumerate(names)
    ]  # fmt: skip


def resolve(records: list[Record], name: str) -> Answer:
    index = Index(records)
    toponym = Toponym(name)
    return answer(toponym, find_hits(index, toponym, None), Hints("SY", None, toponym.feature, places_known=index.size))


BUILDS_INDEXES = examples(25, 1000)


@given(records=gazetteers("OCHA"))
def test_a_name_that_one_place_bears_leads_to_it_first(records: list[Record]):
    for one in records:
        if sum(Toponym(other.place.name).plain == Toponym(one.place.name).plain for other in records) == 1:
            assert resolve(records, one.place.name).place_id == one.place.place_id


@BUILDS_INDEXES
@given(records=gazetteers("OCHA"), data=st.data())
def test_the_order_of_places_does_not_matter(records: list[Record], data: st.DataObject):
    other = data.draw(st.permutations(records))
    for one in records:
        assert resolve(records, one.place.name) == resolve(list(other), one.place.name)


@BUILDS_INDEXES
@given(one=gazetteers("OCHA"), other=gazetteers("Who's On First"))
def test_the_order_of_sources_does_not_matter(one: list[Record], other: list[Record]):
    for sought in one:
        assert resolve(merge([], [], [*one, *other]), sought.place.name) == resolve(merge([], [], [*other, *one]), sought.place.name)


@BUILDS_INDEXES
@given(one=gazetteers("OCHA"), other=gazetteers("Who's On First"))
def test_another_source_does_not_replace_an_exact_answer_by_a_weaker_match(one: list[Record], other: list[Record]):
    for sought in one:
        before, after = resolve(one, sought.place.name), resolve(merge([], [], [*one, *other]), sought.place.name)
        if before.tier == "exact":
            assert after.tier == "exact"


@given(records=gazetteers("OCHA"), name=st.one_of(LATIN, ARABIC))
def test_confidences_are_shares_and_the_best_comes_first(records: list[Record], name: str):
    confidences = [candidate.confidence for candidate in resolve(records, name).candidates]
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert not confidences or confidences[0] == max(confidences)


@given(records=gazetteers("OCHA"), name=st.one_of(LATIN, ARABIC))
def test_a_similar_name_never_resolves(records: list[Record], name: str):
    found = resolve(records, name)
    assert not (found.tier == "fuzzy" and found.status == "resolved")


@given(text=TEXTS, admin1=st.one_of(st.none(), TEXTS))
def test_no_text_raises_anything_but_our_own_error(gazetteer: Gazetteer, text: str, admin1: str | None):
    gazetteer.search(text)
    try:
        found = gazetteer.resolve(text, admin1)
    except GazetteerError:
        assert admin1
    else:
        assert found.query == text
        assert found.reason.isprintable()


@pytest.mark.parametrize("name", ["Mheen", "Homs", "al-Mughir", "Deir ez-Zor"])
def test_the_best_candidate_is_the_answer(gazetteer: Gazetteer, name: str):
    found = gazetteer.resolve(name)
    assert found.best is not None
    assert found.best.confidence == found.confidence == max(candidate.confidence for candidate in found.candidates)
    assert replace(found, candidates=found.candidates[:1]).place_id == found.place_id
