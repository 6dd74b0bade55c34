"""English and Arabic: the switch, every text of every page in the catalogue, and pages in Arabic that everybody can use."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from common.home import BUNDLED
from geodata import read_dataset
from geodata.dataset.parties import DIVIDED
from tests.browser.accessibility import findings
from tests.browser.conftest import DRAWN, opened, quiet, serving
from tests.browser.pseudo import pseudo_catalogue, unsaid
from views.language import _, speaking


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with the pseudo-language in the place of Arabic."""
    folder = tmp_path_factory.mktemp("pseudo")
    with serving(folder / "log", CONTROL_ATLAS_LOCALE=str(pseudo_catalogue(folder / "locale"))) as address:
        yield address


@pytest.fixture(scope="module")
def data() -> list[str]:
    """Words of the data, which stand as they are in every language."""
    dataset = read_dataset(BUNDLED)
    words = {thing.name for kind in (dataset.claimants, dataset.parties, dataset.locations) for thing in kind.values()}
    for document in dataset.documents.values():
        words |= {document.publisher, document.agency, f"{document.publisher} ({document.agency})"}
    words |= set(dataset.claimants) | {claim.claim_id for claim in dataset.claims} | set(dataset.locations)
    words |= {DIVIDED.name, "CSV", "XLSX", "GeoJSON", "GeoPackage", "GeoParquet", "Name", "https"}
    examples = {"Mheen", "al-Qaryatain", "Deir el-Zour", "Kweiras air base"}
    return [word for word in words | examples if word]


def everything_open(page: Page) -> None:
    """Open whatever is folded in."""
    page.evaluate(
        """() => {
          const open = (root) => {
            root.querySelectorAll("details").forEach((folded) => (folded.open = true));
            root.querySelectorAll("*").forEach((node) => node.shadowRoot && open(node.shadowRoot));
          };
          open(document);
        }"""
    )


PAGES = {
    "/?lang=ar&date=2015-11-01": ".rail .feed li",
    "/?lang=ar&date=2015-11-01&from=2015-10-01&place=mahin": ".rail .claims li",
    "/compare?lang=ar&date=2015-10-15&to=2016-03-28&place=mahin": ".difference .feed li",
    "/provinces?lang=ar": ".cards article",
    "/provinces?lang=ar&province=SY-HI": "[data-testid=stVegaLiteChart] svg",
    "/ledger?lang=ar&place=mahin": "[data-testid=stDataFrame]",
    "/ledger?lang=ar&section=claim": ".st-key-ledger_preview",
    "/ledger?lang=ar&section=import": "[data-testid=stFileUploader]",
    "/ledger?lang=ar&section=findings": "[data-testid=stExpander]",
    "/ledger?lang=ar&section=journal": "[data-testid=stDataFrame]",
    "/places?lang=ar": ".st-key-places_map iframe",
    "/sources?lang=ar": "[data-testid=stMarkdownContainer] ul",
    "/methods?lang=ar": ".claim",
}
"""Pages, and what is there once they are drawn."""


def test_every_text_of_every_page_is_in_the_catalogue(new_page: Callable[..., Page], pseudo: str, data: list[str]) -> None:
    page = new_page()
    found = {}
    first = next(claim.claim_id for claim in read_dataset(BUNDLED).claims if claim.place_id == "mahin")
    for address, drawn in {**PAGES, f"/ledger?lang=ar&event={first}": "[class*=st-key-claim_]"}.items():
        page.goto(f"{pseudo}{address}")
        page.locator(drawn).first.wait_for()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        if address.startswith("/?"):
            page.wait_for_function(DRAWN)  # the map says nothing of its own before
        quiet(page)
        everything_open(page)
        found[address] = unsaid(page, data)
        for tab in page.get_by_role("tab").all()[1:]:
            tab.click()
            quiet(page)
            found[address] += unsaid(page, data)
    assert {address: texts for address, texts in found.items() if texts} == {}


def test_a_text_past_the_catalogue_is_seen(page: Page) -> None:
    page.set_content(
        '<p>⟦Places⟧ 12 Mahin</p><p>Not <b>⟦known⟧</b></p><span lang="en">As it was said</span><button title="Save it">⟦x⟧</button>'
    )
    assert unsaid(page, ["Mahin"]) == ["Not", "title: Save it"]


def test_the_language_is_switched_where_one_stands_and_stays_from_page_to_page(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2016-03-28&place=palmyra")
    page.get_by_role("button", name="العربية").click()
    page.wait_for_url("**lang=ar**")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator(".rail header h2")).to_contain_text("تدمر")
    expect(page.get_by_role("heading", name="سوريا: من يسيطر على أي بلدة")).to_be_visible()
    page.wait_for_function(DRAWN)
    expect(page.get_by_role("button", name="تشغيل (مسافة)")).to_have_count(1)
    expect(page.locator(".timeline")).to_have_count(1)  # for a moment there are the old and the new
    assert page.evaluate("[controlAtlas.payload.places.id[controlAtlas.place], controlAtlas.permalink().date]") == ["palmyra", "2016-03-28"]
    expect(page.locator(".timeline .marker")).to_be_visible()
    slider = page.locator(".timeline .range").bounding_box()
    marker = page.locator(".timeline .marker").bounding_box()
    late = page.evaluate("controlAtlas.day > (controlAtlas.payload.first + controlAtlas.payload.last) / 2")
    assert late is (marker["x"] > slider["x"] + slider["width"] / 2), "time runs from left to right"
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**date=2016-03-29**")
    assert "lang=ar" in page.url
    page.get_by_role("link", name="المصادر").click()
    page.wait_for_url("**/sources**lang=ar**")
    expect(page.get_by_text("الادعاءات ليست حقائق.")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("Claims are not facts.")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    assert "lang" not in page.url


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/?date=2016-03-28&place=palmyra&view=claimed&lang=ar", "سوريا: من يسيطر على أي بلدة"),
        ("/provinces?date=2016-03-28&view=claimed&province=SY-HI&lang=ar", "المحافظة"),
        ("/compare?date=2015-06-01&to=2015-11-20&view2=corroborated&lang=ar", "المقارنة"),
    ],
)
def test_a_link_that_was_copied_in_arabic_opens_in_arabic(page: Page, app: str, address: str, title: str) -> None:
    page.goto(app + address)
    expect(page.locator("h1")).to_have_text(title)
    expect(page.get_by_role("button", name="English")).to_be_visible()


def test_what_is_chosen_stays_chosen_in_another_language(page: Page, app: str) -> None:
    page.goto(f"{app}/ledger?section=claim")
    for label, option in (("How", "denied"), ("Against whom", "Islamic State")):
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=option).click()
        quiet(page)
    page.get_by_role("button", name="العربية").click()
    page.wait_for_url("**lang=ar**")
    quiet(page)
    values = page.locator("[data-testid=stSelectbox] input").evaluate_all("(fields) => fields.map((field) => field.value)")
    with speaking("ar"):
        assert {_("denied"), "تنظيم الدولة الإسلامية"} <= set(values)
    assert not [value for value in values if value in ("denied", "Islamic State", "any", "control change")], "none is left in English"
    page.goto(f"{app}/provinces?province=SY-HI&date=2015-11-23")
    page.locator(".st-key-province_below .stImage img").wait_for()
    page.get_by_role("button", name="العربية").click()
    page.evaluate("controlAtlas.setDay(controlAtlas.day + 1)")  # told by what is about to be replaced
    page.wait_for_url("**date=2015-11-24**lang=ar**")
    expect(page.locator(".st-key-province input")).to_have_value("حمص")
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("المحافظة")
    quiet(page)
    assert "date=2015-11-24" in page.url, "what the server wrote of an older address is not followed"


def test_a_range_of_dates_can_be_typed_as_arabic_writes_it(page: Page, app: str) -> None:
    opened(page, f"{app}/?lang=ar&date=2015-11-01")
    page.keyboard.press("d")
    page.locator(".timeline .date-field input").fill("١٥/١٠/٢٠١٥ إلى 23/11/2015")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=2015-10-15**")
    assert "date=2015-11-23" in page.url


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_pages_in_arabic_are_open_to_everybody_and_never_scroll_sideways(
    new_page: Callable[..., Page], app: str, scheme: str, width: int
) -> None:
    page = new_page(width, 844, color_scheme=scheme)
    for address, drawn in PAGES.items():
        page.goto(f"{app}{address}")
        page.locator(drawn).first.wait_for(state="attached")
        quiet(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert findings(page) == [], address
