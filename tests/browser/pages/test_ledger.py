"""The page of the ledger: an event leads to its claims; corrections are previewed, kept with their authors, and never overwrite."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geodata.ledger import Change, Ledger
from tests.browser.conftest import DRAWN, opened, quiet, serving

CLAIM, STALE, RETRACTED = "ap-mahin-2015-11-23-mahin-1", "ap-mahin-2015-11-23-mahin-2", "ap-mahin-2015-11-23-huwwarin-1"
STATEMENT = "Statement, in your own words"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ledger")


@pytest.fixture(scope="module")
def ledger_app(home: Path) -> Iterator[str]:
    """The app with a ledger of its own."""
    with serving(home / "log") as address:
        yield f"{address}/ledger"


@pytest.fixture
def ledger(home: Path) -> Callable[[], Ledger]:
    """The same ledger as the app's, opened from outside."""
    return lambda: Ledger.open(next((home / "atlas-home").rglob("*.sqlite")))


def claim(page: Page, claim_id: str = CLAIM):
    return page.locator(f".st-key-claim_{claim_id}")


def settled(page: Page) -> None:
    """Wait for the rerun that an entry makes: during it former fields stand beside new ones for a moment."""
    quiet(page)


def field(page: Page, label: str, text: str, within: str = "body") -> None:
    box = page.locator(within).get_by_label(label, exact=True)
    box.fill(text)
    box.press("Enter")
    settled(page)


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=label)
    box.click()
    page.keyboard.type(option)
    page.get_by_role("option", name=re.compile(option)).first.click()
    settled(page)


def date(page: Page, label: str, *parts: str) -> None:
    segments = page.get_by_test_id("stDateInput").filter(has_text=label).get_by_role("spinbutton")
    for segment, part in zip(segments.all(), parts, strict=True):
        segment.click()
        page.keyboard.type(part)
    page.keyboard.press("Enter")
    settled(page)


def open_correction(page: Page, address: str, claim_id: str = CLAIM) -> None:
    page.goto(f"{address}?event={claim_id}")
    claim(page, claim_id).get_by_role("button", name="Correct").click()
    expect(page.get_by_text("Correcting", exact=True)).to_be_visible()


def correct(page: Page, statement: str, by: str = "Amal", reason: str = "typo") -> None:
    field(page, STATEMENT, statement)
    field(page, "Your name", by)
    field(page, "Reason", reason)
    page.get_by_role("button", name="Enter the correction").click()


def test_an_event_opens_from_its_address_with_claims_for_and_against(page: Page, app: str) -> None:
    page.goto(f"{app}/ledger?place=as-sukhnah")
    expect(page.locator(".st-key-ledger_event")).to_contain_text("Choose an event")
    page.goto(f"{app}/ledger?event={CLAIM}")
    card = page.locator(".st-key-ledger_event")
    expect(card).to_contain_text("Mahin")
    expect(card).to_contain_text("corroborated")
    expect(claim(page)).to_contain_text("Syrian Observatory for Human Rights asserts")
    expect(claim(page).get_by_role("link", name="Open the document")).to_have_attribute("href", re.compile("^https://"))


def test_an_unknown_event_and_unknown_filters_are_said_not_shown_as_a_traceback(page: Page, app: str) -> None:
    page.goto(f"{app}/ledger?event=%3Cb%3Enothing&place=atlantis&first=yesterday")
    expect(page.locator(".st-key-ledger_event")).to_contain_text("“<b>nothing” is not in this ledger")


def test_a_row_opens_its_own_event_and_the_look_stays_in_the_address(page: Page, app: str) -> None:
    page.goto(f"{app}/ledger?place=palmyra&theme=dark")
    table = page.get_by_test_id("stDataFrame").first
    table.locator("canvas").first.wait_for()
    seen = set()
    for row in range(5):
        table.click(position={"x": 15, "y": 47 + 31 * row})
        page.wait_for_function("(seen) => !seen.includes(location.search) && location.search.includes('event=')", arg=sorted(seen))
        seen.add(page.evaluate("location.search"))
        assert "theme=dark" in page.url
    heads = [address.split("~")[-1].split("&")[0] for address in sorted(seen)]
    assert sorted(heads) == ["government"] * 3 + ["islamic-state"] * 2, "five events of Palmyra, each with its own address"


def test_filters_narrow_the_list_and_stay_in_the_address(page: Page, app: str) -> None:
    page.goto(f"{app}/ledger?place=mahin&status=corroborated")
    expect(page.get_by_text(re.compile(r"^[1-9] events\."))).to_be_visible()
    field(page, "Words", "no such words anywhere")
    expect(page.get_by_text("0 events.")).to_be_visible()
    expect(page).to_have_url(re.compile("text=no"))


def test_a_correction_is_previewed_entered_and_kept_with_its_author(page: Page, ledger_app: str, ledger) -> None:
    open_correction(page, ledger_app)
    expect(page.get_by_text("Nothing is changed yet.")).to_be_visible()
    hostile = "<img src=x onerror=window.pwned=1> {{7*7}} **bold**"
    field(page, STATEMENT, hostile)
    expect(page.get_by_text("Nothing on the map: the claim supports")).to_be_visible()
    correct(page, hostile, by="Amal <b>", reason="`as written`")
    expect(page.get_by_text("Correcting", exact=True)).to_have_count(0)
    [seeded, corrected] = ledger().history("claims", CLAIM)
    assert (corrected.by, corrected.reason, corrected.supersedes) == ("Amal <b>", "`as written`", seeded.number)
    assert corrected.cells["statement"] == hostile
    page.goto(f"{ledger_app}?event={CLAIM}")
    expect(claim(page)).to_contain_text(hostile)
    assert page.evaluate("window.pwned") is None


def test_a_stale_correction_is_refused_and_shows_the_other_persons_change(new_page: Callable[..., Page], ledger_app: str, ledger) -> None:
    mine, theirs = new_page(), new_page()
    open_correction(mine, ledger_app, STALE)
    open_correction(theirs, ledger_app, STALE)
    correct(theirs, "Theirs.", by="Basim", reason="first")
    expect(theirs.get_by_text("Correcting", exact=True)).to_have_count(0)
    field(mine, STATEMENT, "Mine.")
    expect(mine.get_by_text("Meanwhile Basim has changed it: statement: ")).to_be_visible()
    expect(mine.locator(".st-key-ledger_preview")).to_contain_text("Nothing of yours was entered.")
    expect(mine.get_by_role("button", name="Enter the correction")).to_have_count(0)
    assert [entry.by for entry in ledger().history("claims", STALE)][1:] == ["Basim"]
    mine.get_by_role("button", name="Start again from theirs").click()
    settled(mine)
    expect(mine.get_by_label(STATEMENT, exact=True)).to_have_count(1)  # for a moment there are the old and the new
    expect(mine.get_by_label(STATEMENT, exact=True)).to_have_value("Theirs.")


def test_a_claim_is_retracted_with_a_reason_and_brought_back_by_an_undo(page: Page, ledger_app: str, ledger) -> None:
    page.goto(f"{ledger_app}?event={RETRACTED}")
    claim(page, RETRACTED).get_by_role("button", name="Retract").click()
    popover = "[data-testid=stPopoverBody]"
    field(page, "Your name", "Amal", popover)
    field(page, "Reason", "read again", popover)
    page.locator(popover).get_by_role("button", name="Retract the claim").click()
    expect(page.get_by_text("Entered as").first).to_be_visible()
    assert ledger().current("claims", RETRACTED).action == "retract"
    page.goto(f"{ledger_app}?event=ap-mahin-2015-11-23-huwwarin-2")
    expect(claim(page, RETRACTED)).to_have_count(0)
    ledger().undo(ledger().head().number, "Basim", "it was right")
    page.reload()
    expect(claim(page, RETRACTED)).to_have_count(1)
    assert ledger().verify() == []


def test_a_new_claim_is_found_by_the_gazetteer_and_drawn_on_the_map(page: Page, ledger_app: str, ledger) -> None:
    page.goto(f"{ledger_app}?section=claim")
    expect(page.get_by_text("Still needed: a document, a place,")).to_be_visible()
    choose(page, "Document", "Deccan Chronicle")
    field(page, "Place, as the document writes it", "Salamiyah")
    choose(page, "Who says so", "Syrian Observatory")
    for label in ("Happened on, or not before", "Said on"):
        date(page, label, "2015", "12", "10")
    field(page, "Where in the document", "p9")
    field(page, STATEMENT, "Government forces take the town.")
    preview = page.locator(".st-key-ledger_preview")
    expect(preview).to_contain_text("It supports an event of status claimed")
    field(page, "Your name", "Amal")
    page.get_by_role("button", name="Enter the claim").click()
    expect(page.get_by_text("Still needed: a document, a place,")).to_be_visible()
    [entered] = [c for c in ledger().dataset().claims if c.place_as_written == "Salamiyah"]
    assert (entered.statement, entered.date_precision, entered.claimant.claimant_id) == ("Government forces take the town.", 1, "sohr")
    place = ledger().current("places", entered.place_id)
    assert (place.by, place.cells["country"]) == ("Amal", "SY")
    page.goto(ledger_app.replace("/ledger", f"/?place={entered.place_id}&date=2015-12-11"))
    page.wait_for_function(DRAWN)
    assert page.evaluate("controlAtlas.payload.parties[controlAtlas.state(controlAtlas.place)[0]].id") == "government"


def test_a_citation_names_the_newest_entry_of_the_ledger(page: Page, ledger_app: str, ledger) -> None:
    for reason in ("for a citation", "for another one"):
        before = ledger().current("claims", CLAIM)
        cells = dict(before.cells) | {"note": reason}
        ledger().append([Change("claims", CLAIM, "correct", cells, before.number)], by="Amal", reason=reason)
        opened(page, ledger_app.replace("/ledger", "/"))
        page.get_by_role("button", name="Export").click()
        page.get_by_role("button", name="Cite this view").click()
        expect(page.get_by_role("dialog").locator("code").first).to_contain_text(f"Data {ledger().head().hash}.")


def test_the_journal_verifies_and_makes_a_backup(page: Page, ledger_app: str, tmp_path: Path) -> None:
    page.goto(f"{ledger_app}?section=journal")
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("Intact: every entry fits its hash")).to_be_visible()
    field(page, "A head that you kept (may be left empty)", "3:" + "0" * 64)
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("The ledger is not intact")).to_be_visible()
    page.get_by_role("button", name="Make a backup").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile(r"^Download \(")).click()
    waiting.value.save_as(tmp_path / "copy.sqlite")
    assert Ledger.open(tmp_path / "copy.sqlite").verify() == []


def test_findings_lead_to_the_claims_they_are_about(page: Page, app: str) -> None:
    page.goto(f"{app}/ledger?section=findings")
    link = page.locator("[class*=st-key-finding_] button").first
    name = link.inner_text().strip()
    link.click()
    expect(page).to_have_url(re.compile("event="))
    expect(page.locator(f".st-key-claim_{name}")).to_be_visible()


def upload(page: Page, address: str, name: str, content: bytes) -> None:
    page.goto(f"{address}?section=import")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    settled(page)


def figure(page: Page, name: str):
    return page.get_by_test_id("stMetric").filter(has=page.get_by_text(name, exact=True)).get_by_test_id("stMetricValue")


def test_an_export_that_is_imported_again_changes_nothing(page: Page, ledger_app: str) -> None:
    page.goto(f"{ledger_app}?section=import")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="XLSX", exact=True).click()
    upload(page, ledger_app, "claims.xlsx", waiting.value.path().read_bytes())
    expect(figure(page, "new")).to_have_text("0")
    expect(figure(page, "there, but different")).to_have_text("0")
    expect(page.get_by_text("Nothing to enter: everything in the file is there already.")).to_be_visible()


def test_event_data_are_taken_in_after_a_dry_run_and_a_choice_of_names(page: Page, ledger_app: str, ledger) -> None:
    columns = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,admin1,location,latitude,longitude"
    fought = "2017-08-20,1,Battles,Government regains territory,Military Forces of Syria (2000-2024),Islamic State (Syria),Syria,Homs"
    rows = [f"SYR1,{fought},As Sukhnah,34.88,38.87,1,Example,x,1", f"SYR2,{fought},Nowhere at all,33.9,38.9,1,Example,x,1"]
    head = ledger().head()
    upload(page, ledger_app, "acled.csv", "\n".join([f"{columns},geo_precision,source,notes,timestamp", *rows]).encode())
    expect(figure(page, "new incidents")).to_have_text("1")
    expect(figure(page, "names in doubt")).to_have_text("1")
    assert ledger().head() == head, "a dry run enters nothing"
    field(page, "Your name", "Amal")
    page.get_by_role("button", name="Enter all of it").click()
    expect(page.get_by_text("Nothing is entered before you have seen")).to_be_visible()
    entered = ledger().journal(after=head.number)
    assert {entry.table for entry in entered} >= {"claims", "documents", "incidents"}
    assert {entry.by for entry in entered} == {"Amal"}


def test_a_hostile_file_is_refused_with_a_sentence(page: Page, ledger_app: str, ledger) -> None:
    head = ledger().head()
    upload(page, ledger_app, "claims.csv", b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>")
    expect(page.get_by_test_id("stAlert")).to_contain_text("claims.csv")
    assert ledger().head() == head
