"""Claims about areas and distances: refuted by their own parts, judged where places are close together, left alone where they are not."""

import dataclasses
import datetime as dt
import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from geodata import BUNDLED, Control, events_of, read_dataset
from geodata.checks import CANNOT_TELL, COVERAGE_ENOUGH, MARGIN, NARROW, REFUTED, SUPPORTED, Checker, Interval, Land
from geodata.checks.model import compared
from geodata.dataset.published import read_published
from geodata.dataset.quantities import read_quantities
from geodata.dataset.regions import read_region
from geodata.land.boundaries import boundaries

DAY = dt.date(2016, 6, 1)
LAND = gpd.GeoDataFrame(
    {"code": ["SY-HI", "SY-HM"], "name": ["Homs", "Hama"]}, geometry=[box(36, 34, 37, 35), box(37, 34, 38, 35)], crs="EPSG:4326"
)
"""Two provinces side by side, 92 x 111 km each, 10,230 km2 each."""
DENSE = [(36 + (i % 20 + 0.5) / 10, 34 + (i // 20 + 0.5) / 10) for i in range(200)]
"""A place in every square of 9 x 11 km."""
CORNER = [(36 + 2 * (i % 4 + 0.5) / 12, 34 + (i // 4 + 0.5) / 6) for i in range(16)]
"""A place in every square of 15 x 18 km of a third of the land."""

QUANTITY = {
    "quantity_id": "q1",
    "document_id": "report",
    "locator": "p1",
    "claimant_id": "sohr",
    "reported_on": "2016-06-01",
    "topic": "Share held",
    "subject": "government",
    "metric": "share_percent",
    "value_low": 50,
    "value_high": 50,
    "denominator": "area of Syria",
    "as_of_earliest": DAY.isoformat(),
    "as_of_latest": DAY.isoformat(),
    "statement": "It holds so much.",
    "note": "",
}
REGION = '[syria]\nname = "Syria"\ncountry = "SY"\nhome = "SY-HI"\nopening_date = 2016-06-01\n'


@pytest.fixture
def check(tables, usual):
    """Checks claims about a dataset of some places and who holds each: the usual figure with the given changes, one claim each."""

    def run(*changes, places=DENSE, holders=None, figures=None):
        holders = holders or ["islamic-state" if longitude > 37 else "government" for longitude, _ in places]
        places = [
            usual["places"][0] | {"place_id": f"p{k}", "name": f"P{k}", "admin1": "SY-HI", "longitude": x, "latitude": y}
            for k, (x, y) in enumerate(places)
        ]
        claims = [
            usual["claims"][0]
            | {"claim_id": f"c{k}", "place_id": f"p{k}", "kind": "control_state", "gaining": holder, "losing": ""}
            | {"date_earliest": "2016-01-01", "date_latest": "2016-01-01", "reported_on": "2016-01-01"}
            for k, holder in enumerate(holders)
        ]
        quantities = [QUANTITY | {"quantity_id": f"q{n}"} | change for n, change in enumerate(changes)]
        provinces = [row | {"radius_km": 900} for row in usual["provinces"]]
        documents = [*usual["documents"], usual["documents"][0] | {"document_id": "another"}]
        claimed = {"claims": claims, "quantity_claims": quantities, "documents": documents}
        folder = tables(**claimed, places=places, provinces=provinces, published_figures=figures)
        (folder / "regions.toml").write_text(REGION)
        dataset = read_dataset(folder)
        control = Control(events_of(dataset))
        return Checker(dataset, read_quantities(folder, dataset), read_published(dataset), control, LAND, read_region(folder)).checks

    return run


def test_a_share_that_fits_the_measures_is_supported_and_one_far_off_refuted(check):
    fitting, wrong = check({}, {"value_low": 80, "value_high": 80})
    assert (fitting.verdict, wrong.verdict) == (SUPPORTED, REFUTED)
    assert fitting.ours.coverage > COVERAGE_ENOUGH
    assert fitting.ours.range.low < 50 < fitting.ours.range.high
    assert fitting.ours.range.width < NARROW


def test_an_area_is_judged_like_its_share(check):
    fitting, wrong = check(
        {"metric": "area_km2", "value_low": 10_230, "value_high": 10_230}, {"metric": "area_km2", "value_low": 16_000, "value_high": 16_000}
    )
    assert (fitting.verdict, wrong.verdict) == (SUPPORTED, REFUTED)


def test_a_claim_about_a_province_is_checked_within_its_outline(check):
    everything, half = check(
        {"denominator": "area of Homs Province", "value_low": 100, "value_high": 100}, {"denominator": "area of Homs Province"}
    )
    assert (everything.verdict, half.verdict) == (SUPPORTED, REFUTED)


def test_a_whole_without_an_outline_is_not_measured(check):
    [found] = check({"denominator": "area between two cities"})
    assert (found.verdict, found.ours) == (CANNOT_TELL, None)
    assert found.reason == "We have no outline of what is meant: area between two cities."


def test_who_is_no_party_of_the_measures_is_not_judged(check):
    [found] = check({"subject": "the desert"})
    assert (found.verdict, found.ours) == (CANNOT_TELL, None)


def test_few_places_decide_nothing_however_far_the_claim_is_off(check):
    few = DENSE[:3]
    for value in (1, 50, 99):
        [found] = check({"value_low": value, "value_high": value}, places=few, holders=["government"] * 3)
        assert found.verdict == CANNOT_TELL
        assert found.ours.coverage < COVERAGE_ENOUGH
        assert "lies within 20 km of a place whose holder we know" in found.reason


def test_places_without_a_known_holder_cover_nothing(check):
    west_only = ["government"] * len(DENSE)
    [known] = check({"value_low": 100, "value_high": 100}, holders=west_only)
    assert known.verdict == SUPPORTED
    [divided] = check({"as_of_earliest": "2015-06-01", "as_of_latest": "2015-06-01"}, holders=west_only)
    assert divided.ours.coverage == pytest.approx(0, abs=1e-9)  # before the first claim nobody is known to hold anything
    assert divided.verdict == CANNOT_TELL


EIGHTY_FIVE = {"value_low": 85, "value_high": 85}
RIVAL = {"subject": "islamic-state", "metric": "area_km2", "value_low": 3000, "value_high": 3000}


def test_a_share_that_is_only_what_a_rival_leaves_is_refuted_by_its_own_document(check):
    share, area = check(EIGHTY_FIVE, RIVAL, places=CORNER, holders=["opposition"] * 8 + ["government"] * 8)
    assert share.ours.coverage < COVERAGE_ENOUGH, "the document decides without our measures of the government"
    assert share.verdict == REFUTED
    assert share.reason.startswith("The document gives IS 3,000 km², and 85 % is all that this leaves of the whole")
    assert area.verdict == CANNOT_TELL, "the rival's own area is not touched"


@pytest.mark.parametrize(
    ("share", "rival", "why"),
    [
        ({"value_low": 60, "value_high": 60}, RIVAL, "less than the rest is no rest"),
        (EIGHTY_FIVE, RIVAL | {"metric": "share_percent", "value_low": 15, "value_high": 15}, "of two shares either may be the rest"),
        (EIGHTY_FIVE, RIVAL | {"document_id": "another"}, "another document speaks for itself"),
        (EIGHTY_FIVE, RIVAL | {"as_of_earliest": "2016-03-01", "as_of_latest": "2016-03-01"}, "another day"),
        (EIGHTY_FIVE, RIVAL | {"denominator": "area of Homs Province"}, "another whole"),
    ],
)
def test_what_does_not_add_up_to_the_whole_refutes_nothing(check, share, rival, why):
    found = check(share, rival, places=CORNER, holders=["opposition"] * 8 + ["government"] * 8)
    assert found[0].verdict == CANNOT_TELL, why


def test_where_nobody_else_holds_land_the_rest_is_a_share_like_any_other(check):
    share, _ = check(EIGHTY_FIVE, RIVAL, places=CORNER, holders=["islamic-state"] * 8 + ["government"] * 8)
    assert share.verdict == CANNOT_TELL
    assert "lies within 20 km" in share.reason


def test_the_whole_is_what_the_document_says_it_is(check):
    # 3,000 of 6,000 km2 is half, so that 85 percent are not what is left.
    stated = {"denominator": "area of Syria, 6,000 km2 as they count it"}
    share, _ = check(EIGHTY_FIVE | stated, RIVAL | stated, places=CORNER, holders=["opposition"] * 8 + ["government"] * 8)
    assert share.verdict == CANNOT_TELL


def test_an_area_and_a_share_that_disagree_are_told_and_not_judged(check):
    found = check({}, {"metric": "area_km2", "value_low": 3000, "value_high": 3000})
    assert {one.verdict for one in found} == {CANNOT_TELL}
    assert found[0].reason == "The document gives Government 50 % and 3,000 km², which do not agree."


def test_published_figures_stand_beside_their_party_scope_and_time_only(check):
    figure = {
        "figure_id": "f",
        "publisher": "AFP",
        "claimant_id": "afp",
        "scope": "Syria",
        "party_id": "government",
        "counted": "held",
        "km2": "",
        "percent_low": 40,
        "percent_high": 40,
        "as_of": "2016-06-20",
        "url": "",
        "definition": "Not stated.",
        "note": "",
    }
    others = [
        {"party_id": "opposition"},
        {"scope": "Iraq+Syria"},
        {"as_of": "2016-07-03"},
        {"claimant_id": "sohr", "percent_low": 50, "percent_high": 50},  # the very figure that is claimed
    ]
    elsewhere = {"figure_id": "freed", "claimant_id": "sohr", "party_id": "", "percent_low": 50, "percent_high": 50, "counted": "freed"}
    rows = [figure, figure | elsewhere, *(figure | {"figure_id": f"f{k}"} | change for k, change in enumerate(others))]
    [found] = check({}, figures=rows)
    assert [one.figure_id for one in found.published] == ["f", "freed"]
    assert found.verdict == SUPPORTED, "40 percent beside it decides nothing"


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 60), st.floats(0, 60))
def test_verdicts_of_intervals(claimed_low, ours_low, claimed_width, ours_width):
    claimed, ours = Interval(claimed_low, claimed_low + claimed_width), Interval(ours_low, ours_low + ours_width)
    verdict, _ = compared(claimed, claimed.widened(MARGIN), ours, NARROW, "%")
    apart = max(claimed.low - ours.high, ours.low - claimed.high)
    assert (verdict == REFUTED) == (not claimed.widened(MARGIN).meets(ours))
    if verdict == SUPPORTED:
        assert ours.width <= NARROW
        assert claimed.within(ours) or ours.within(claimed)
    if math.isclose(apart, MARGIN) or apart < 0:
        assert verdict != REFUTED or math.isclose(apart, MARGIN)


def test_land_holds_each_reading_of_a_window(check):
    control = Control(events_of(read_dataset(BUNDLED)))
    land = Land(control, boundaries())
    first, last = dt.date(2015, 10, 1), dt.date(2015, 12, 31)
    whole = land.within(first, last)
    for day in pd.date_range(first, last, freq="15D"):
        one = land.within(day.date(), day.date())
        assert (whole.least <= one.least + 1e-6).all()
        assert (one.most <= whole.most + 1e-6).all()
        assert (one.possible <= whole.possible + 1e-6).all()
        assert whole.coverage <= one.coverage + 1e-9
        assert (one.least <= one.usual + 1e-6).all()
        assert (one.usual <= one.most + 1e-6).all()
        assert (one.most <= one.possible + 1e-6).all()
    assert np.all(whole.possible <= land.total() + 1e-6)


@pytest.fixture(scope="module")
def bundled():
    dataset = read_dataset(BUNDLED)
    figures, region = read_published(dataset), read_region()
    checker = Checker(dataset, read_quantities(BUNDLED, dataset), figures, Control(events_of(dataset)), boundaries(1, region), region)
    return {check.claim.quantity_id: check for check in checker.checks}


@pytest.mark.parametrize("document", ["ap-russia-85-percent-2017-09-12", "reuters-russia-85-percent-2017-09-12"])
def test_85_percent_is_refuted_and_27000_square_kilometres_are_not(bundled, document):
    assert bundled[f"q-{document}-1"].verdict == REFUTED
    assert "it counts what Islamic State did not hold" in bundled[f"q-{document}-1"].reason
    assert bundled[f"q-{document}-2"].verdict == CANNOT_TELL
    freed = [figure for figure in bundled[f"q-{document}-1"].published if not figure.party_id]
    assert [figure.percent_low for figure in freed] == [85]


def test_without_its_rival_in_the_document_85_percent_is_not_refuted():
    dataset = read_dataset(BUNDLED)
    alone = [claim for claim in read_quantities(BUNDLED, dataset) if claim.quantity_id == "q-ap-russia-85-percent-2017-09-12-1"]
    [found] = Checker(dataset, alone, [], Control(events_of(dataset)), boundaries(), read_region()).checks
    assert found.verdict == CANNOT_TELL


def test_other_areas_of_the_bundled_dataset_cannot_be_told_for_want_of_places(bundled):
    areas = [check for check in bundled.values() if check.claim.metric != "distance_km" and check.verdict != REFUTED]
    assert {check.verdict for check in areas} == {CANNOT_TELL}
    assert all(check.ours is None or check.ours.coverage < 0.2 for check in areas)
    half = bundled["q-ap-russia-85-percent-2017-09-12-4"]
    assert half.claimed == Interval(45, 50)
    assert [figure.publisher for figure in half.published] == ["Syrian Observatory for Human Rights"]


@pytest.mark.parametrize(
    ("quantity", "verdict", "low", "high"),
    [
        ("q-bbc-mahin-2015-11-02-1", CANNOT_TELL, 11.6, 29.5),
        ("q-ap-mahin-2015-11-01-1", SUPPORTED, 23.5, 29.5),
        ("q-dalje-mahin-2015-11-23-1", REFUTED, 23.5, 29.5),
        ("q-tasnim-al-hadath-2015-11-17-1", SUPPORTED, 26.8, 32.8),
    ],
)
def test_distances_to_the_highway_are_measured_with_the_error_of_its_line(bundled, quantity, verdict, low, high):
    check = bundled[quantity]
    assert check.verdict == verdict
    assert (check.ours.range.low, check.ours.range.high) == pytest.approx((low, high), abs=0.1)


def test_within_20_km_holds_for_the_town_that_was_fought_for_but_not_for_the_one_that_was_held(bundled):
    reason = bundled["q-bbc-mahin-2015-11-02-1"].reason
    assert "refuted for Mahin (26.5 km, held by Islamic State)" in reason
    assert "supported for Sadad (14.6 km, held by Government and allies, fought for)" in reason


def test_a_distance_to_an_unknown_road_is_not_judged():
    dataset = read_dataset(BUNDLED)
    [claim] = [claim for claim in read_quantities(BUNDLED, dataset) if claim.quantity_id == "q-ap-mahin-2015-11-01-1"]
    elsewhere = dataclasses.replace(claim, denominator="distance to the river")
    [found] = Checker(dataset, [elsewhere], [], Control(events_of(dataset)), boundaries(), read_region()).checks
    assert (found.verdict, found.ours) == (CANNOT_TELL, None)
