"""Filters of the feed: what passes them is listed, marked and stepped through; the map shows every place all the same."""

from __future__ import annotations

import re

import pandas as pd
from playwright.sync_api import Page, expect

from geodata import events_of, read_dataset
from tests.browser.conftest import DRAWN, lasting, opened, shown_date

# What is listed, as place, kind, party or sides, and day.
LISTED = """() => Array.from(controlAtlas.feed.numbers, (k) => {
  const { place, kind, party, sides, day } = controlAtlas.events.at(k), { places, parties } = controlAtlas.payload;
  const who = (kind === 'control' ? [party] : sides).map((one) => parties[one].id);
  return [places.id[place], kind, who.join('|'), new Date(day * 86400000).toISOString().slice(0, 10)].join(' ');
}).sort()"""
ONLY = "(said) => controlAtlas.setFilters({ party: '', kind: '', status: '', by: '', area: '', q: '', ...said })"
MAP = "() => frames[0].document.querySelector('.atlas-places').toDataURL()"
SIDES = ["previous", "party"]


def expected(events: pd.DataFrame, passes: pd.Series) -> list[str]:
    who = events["party"].where(events["kind"] == "control", events["sides"].map("|".join))
    rows = events["place_id"] + " " + events["kind"] + " " + who + " " + events["date"].dt.strftime("%Y-%m-%d")
    return sorted(rows[passes])


def test_filters_list_what_the_core_says_passes(page: Page, app: str) -> None:
    dataset = read_dataset()
    events = pd.DataFrame(events_of(dataset).drop(columns="geometry"))
    events = events[events["date"].notna() & ~events["event_id"].str.endswith("-disputed")]
    events = events[(events["kind"] != "control") | events["basis"].isin(["change", "implied"])]
    sides = events["sides"]
    sohr = {claim.claim_id for claim in dataset.claims if claim.claimant.claimant_id == "sohr"}
    is_state = (events[SIDES] == "islamic-state").any(axis=1) | sides.map(lambda all_of: "islamic-state" in all_of)
    by_sohr = events["supporting"].map(lambda ids: not sohr.isdisjoint(ids))
    cases = {
        "party=islamic-state": is_state,
        "kind=contested": events["kind"] == "contested",
        "kind=control&status=corroborated": (events["kind"] == "control") & (events["status"] == "corroborated"),
        "by=sohr": by_sohr,
        "area=SY-HM": events["admin1"] == "SY-HM",
        "party=islamic-state&by=sohr&area=SY-HI&status=claimed": is_state
        & by_sohr
        & (events["admin1"] == "SY-HI")
        & (events["status"] == "claimed"),
    }
    opened(page, f"{app}/?date=2015-11-23")
    whole = page.evaluate(MAP)
    assert page.evaluate(LISTED) == expected(events, events["kind"] != "")
    for query, passes in cases.items():
        assert 0 < passes.sum() < len(events), query
        page.evaluate(ONLY, dict(part.split("=") for part in query.split("&")))
        assert page.evaluate(LISTED) == expected(events, passes), query
    for spelling in ("Mheen", "Muhin", "مهين", "MAHĪN"):
        page.evaluate(ONLY, {"q": spelling})
        page.wait_for_function("(n) => controlAtlas.feed.numbers.length > 0 && controlAtlas.feed.numbers.length < n", arg=len(events) / 2)
        assert "mahin" in {row.split()[0] for row in page.evaluate(LISTED)}, spelling
    page.evaluate(ONLY, {"q": "withdrew"})
    said = {claim.claim_id for claim in dataset.claims if "withdrew" in f"{claim.statement} {claim.note}"}
    cited = events["supporting"] + events["opposing"]
    told = cited.map(lambda ids: not said.isdisjoint(ids)) | events["reason"].str.contains("withdrew")
    assert page.evaluate(LISTED) == expected(events, told)
    assert page.evaluate(MAP) == whole, "no place is hidden"


def test_filters_are_chosen_beside_the_feed_and_stay_in_the_address(page: Page, app: str) -> None:
    opened(lasting(page), f"{app}/?date=2015-11-01&kind=fight")
    expect(page.get_by_test_id("stToast")).to_contain_text("kind “fight”")
    page.locator(".rail .filters summary").click()
    page.get_by_label("Party").select_option("Islamic State")
    page.get_by_label("Status").select_option("corroborated")
    page.get_by_label("Text").fill("mheen")
    expect(page.locator(".rail h2 small")).to_have_text(re.compile(r"^3 of \d+$"))
    expect(page.locator(".rail .feed button")).to_have_count(3)
    expect(page.locator(".timeline .caption")).to_contain_text("ticks: 3 of")
    page.wait_for_url(re.compile("party=islamic-state&status=corroborated&q=mheen"))
    page.get_by_role("button", name="Next change").click()
    assert shown_date(page) == "2015-11-23", "13 November is not about Mahin"
    page.wait_for_url("**date=2015-11-23**")
    page.reload()
    page.wait_for_function(DRAWN)
    expect(page.locator(".rail .feed button")).to_have_count(3)
    page.get_by_role("button", name="Take away: “mheen”").click()
    expect(page.locator(".rail .chip")).to_have_count(2)
    page.get_by_role("button", name="clear all").click()
    expect(page.locator(".rail .chip")).to_have_count(0)
    page.wait_for_url(lambda url: "party" not in url)
    expect(page.locator(".rail .filters summary")).to_be_focused()
