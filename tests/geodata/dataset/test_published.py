"""Published figures: read as published, and as different as they are."""

import datetime as dt

import pytest

from geodata import BUNDLED, SchemaError, read_dataset
from geodata.dataset.published import read_published

SOHR_TOTAL_KM2 = 185_180  # Source: the page of the Observatory of July or August 2017

FIGURE = {
    "figure_id": "sohr-1",
    "publisher": "SOHR",
    "claimant_id": "sohr",
    "scope": "Syria",
    "party_id": "government",
    "counted": "held by the government",
    "km2": "71000",
    "percent_low": "38.14",
    "percent_high": "38.14",
    "as_of": "2017-07-31",
    "url": "https://example.org/figure",
    "definition": "Not stated.",
    "note": "",
}


@pytest.fixture
def read(tables):
    """Reads published figures: the usual one with the given changes, one row each."""

    def run(*changes):
        folder = tables(published_figures=[FIGURE | {"figure_id": f"sohr-{n}"} | change for n, change in enumerate(changes, 1)])
        return read_published(read_dataset(folder))

    return run


def test_a_figure_is_read_as_it_stands(read):
    [figure] = read({})
    assert (figure.km2, figure.percent_low, figure.percent_high, figure.as_of) == (71000, 38.14, 38.14, dt.date(2017, 7, 31))


def test_at_least_half_has_no_upper_end_and_no_party_is_an_empty_one(read):
    [figure] = read({"percent_low": "50", "percent_high": "", "party_id": "", "claimant_id": ""})
    assert (figure.percent_low, figure.percent_high, figure.party_id, figure.claimant_id) == (50, None, "", "")


def test_a_dataset_without_published_figures_has_none(tables):
    assert read_published(read_dataset(tables(published_figures=None))) == []


@pytest.mark.parametrize(
    ("change", "column", "problem"),
    [
        ({"party_id": "martians"}, "party_id", "'martians' is not a known party"),
        ({"claimant_id": "nobody"}, "claimant_id", "'nobody' is not a known claimant"),
        ({"url": "javascript:alert(1)"}, "url", "is not an http or https address"),
        ({"definition": ""}, "definition", "may not be empty"),
        ({"percent_low": "101"}, "percent_low", "101 is not between 0 and 100"),
        ({"percent_high": "30"}, "percent_high", "30 has no percent_low at or below it"),
        ({"percent_low": ""}, "percent_high", "38.14 has no percent_low at or below it"),
        ({"km2": "", "percent_low": "", "percent_high": ""}, "km2", "a figure has an area or a share"),
        ({"figure_id": "sohr-1"}, "figure_id", "'sohr-1' stands in an earlier row too"),
    ],
)
def test_a_wrong_cell_is_named_by_file_row_and_column(read, change, column, problem):
    with pytest.raises(SchemaError) as raised:
        read({}, change)
    assert str(raised.value).startswith(f"published_figures.csv, row 3, column '{column}': ")
    assert problem in str(raised.value)


@pytest.fixture(scope="module")
def bundled():
    return read_published(read_dataset(BUNDLED))


def test_every_bundled_figure_has_its_address_and_says_what_was_counted(bundled):
    assert len(bundled) == 39
    for figure in bundled:
        assert figure.url, figure.figure_id
        assert figure.counted, figure.figure_id


def test_area_and_share_of_one_figure_agree_on_the_observatorys_total(bundled):
    both = [f for f in bundled if f.scope == "Syria" and f.km2 and f.percent_low and f.percent_high]
    assert len(both) > 10
    for figure in both:
        assert 100 * figure.km2 / SOHR_TOTAL_KM2 == pytest.approx(figure.percent_low, abs=0.5), figure.figure_id


def test_shares_of_one_publisher_on_one_day_leave_no_more_than_the_whole(bundled):
    for publisher, day in {(f.publisher, f.as_of) for f in bundled}:
        shares = [f.percent_low or 0 for f in bundled if (f.publisher, f.as_of, f.scope) == (publisher, day, "Syria")]
        assert sum(shares) <= 100.5, (publisher, day)


def test_what_was_freed_is_no_partys_and_two_countries_are_not_one(bundled):
    [freed] = [f for f in bundled if not f.party_id]
    assert (freed.percent_low, freed.counted) == (85, "freed from illegal armed groups, whoever holds it")
    assert {f.scope for f in bundled if f.publisher.startswith("IHS")} == {"Iraq+Syria"}
    assert {f.scope for f in bundled if not f.publisher.startswith("IHS")} == {"Syria"}
