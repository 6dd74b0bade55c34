"""The page of places: names in, places out, with the reason; doubts are settled by people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serving

NAME = "Name, as a report writes it"


@pytest.fixture(scope="module")
def places_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with a gazetteer of its own, so that decisions taken here meet nobody else."""
    home = tmp_path_factory.mktemp("places")
    with serving(home / "log", GAZETTEER_HOME=str(home / "home")) as address:
        yield f"{address}/places"


def looked_up(page: Page, address: str, name: str) -> Page:
    page.goto(address)
    page.get_by_label(NAME).fill(name)
    return page


def test_any_spelling_gives_the_place_the_reason_and_what_the_dataset_says(page: Page, places_app: str) -> None:
    page.goto(places_app)
    for name in ("Mheen", "مهين", "Mahin"):
        page.get_by_label(NAME).fill("")
        page.keyboard.press("Enter")
        expect(page.get_by_text("resolved", exact=True)).to_have_count(0)
        page.get_by_label(NAME).fill(name)
        page.keyboard.press("Enter")
        expect(page.get_by_text("resolved", exact=True)).to_be_visible()
        expect(page.get_by_text("1. Mahin")).to_be_visible()
        expect(page.get_by_text("matched").first).to_be_visible()
        expect(page.get_by_text("What the dataset says about Mahin")).to_be_visible()
        expect(page.locator(".ribbons li button")).to_have_text(["Mahin"])


def test_the_candidates_are_on_the_map_and_the_place_leads_to_its_timeline(page: Page, places_app: str) -> None:
    looked_up(page, places_app, "Mheen")
    expect(page.get_by_text("1. Mahin")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(1)  # the map of the former answer has gone
    expect(page.frame_locator("iframe").locator(".leaflet-tooltip").first).to_contain_text("Mahin")
    page.get_by_role("link", name="Show Mahin on the map").click()
    page.wait_for_function("() => window.controlAtlas?.payload && controlAtlas.payload.places.id[controlAtlas.place] === 'mahin'")


def test_a_province_hint_that_contradicts_makes_the_answer_doubtful(page: Page, places_app: str) -> None:
    looked_up(page, places_app, "Mheen")
    expect(page.get_by_text("resolved", exact=True)).to_be_visible()
    page.get_by_label("Province, if known").click()
    page.get_by_role("option", name="Latakia").click()
    expect(page.get_by_text("resolved", exact=True)).to_have_count(0)


def test_hostile_names_are_only_names(page: Page, places_app: str) -> None:
    hostile = "<img src=x onerror=window.pwned=1> {{7*7}} ${window.pwned=1}"
    looked_up(page, places_app, hostile)
    expect(page.get_by_text("not found", exact=True)).to_be_visible()
    assert page.evaluate("window.pwned") is None
    assert page.locator("img[src='x']").count() == 0


def test_a_list_is_looked_up_and_a_decision_wins_from_then_on(page: Page, places_app: str) -> None:
    page.goto(places_app)
    page.get_by_role("tab", name="A list of names").click()
    page.get_by_label("Paste names, one a line").fill("Mheen\nBurayj\nxyzzy")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Doubtful names.")).to_be_visible()
    page.get_by_label("Your name").fill("Rima")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Doubtful names.")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the table").click()
    lines = Path(download.value.path()).read_text("utf-8").splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == ["resolved", "resolved", "not found"]
    assert "Rima" in lines[2]
    page.get_by_text("Decisions about names").click()
    page.get_by_label("Your name").fill("Omar")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Decisions about names")).to_have_count(0)
    expect(page.get_by_text("Doubtful names.")).to_be_visible()


def test_a_file_without_the_column_is_refused_in_one_sentence(page: Page, places_app: str, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("town\nMheen\n", "utf-8")
    page.goto(places_app)
    page.get_by_role("tab", name="A list of names").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "names.csv")
    expect(page.get_by_text("has no column 'query'")).to_be_visible()
