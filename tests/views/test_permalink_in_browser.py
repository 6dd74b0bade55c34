"""The browser reads and writes a link as the server does: the scripts run in Node, beside the Python."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scripts.node import node
from tests.trials import examples
from views.screen.permalink import SCRIPT
from views.screen.permalink.reading import Existing, read
from views.screen.permalink.schema import CHOICE, COMPARE, DATE, FLAG, MAP, NUMBER, PERCENT, POSITION, TEXT, script

READER = Path(__file__).resolve().parents[1] / "scripts" / "read_links.js"
FIRST, LAST = dt.date(2012, 1, 1), dt.date(2018, 5, 22)
EXISTS = Existing(
    places=["mahin", "القصير"],
    views=["claimed", "corroborated"],
    provinces=["SY-HI"],
    voices=["sana", "outlet:Al-Watan (Syria)"],
    parties=["sdf"],
    claimants=["sohr"],
    span=(FIRST, LAST),
)
KEYS = {"map": MAP, "compare": COMPARE}
LISTS = {name: names for name, names in asdict(EXISTS).items() if name != "span"}

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cn"])  # which letters there are yet, Node and Python may see differently
DEGREES = st.decimals(-200, 200, places=3).map(str)
VALUES = {
    DATE: st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)).map(dt.date.isoformat),
    CHOICE: st.sampled_from(
        ["mahin", "القصير", "claimed", "SY-HI", "sana", "sdf", "sohr", "en", "ar", "dark", "off", "siege", "side", "swipe"]
    ),
    NUMBER: st.sampled_from(["0.5", "1", "2", "4", "8"]),
    FLAG: st.sampled_from(["1", "0"]),
    POSITION: st.builds("{}_{}_{}".format, st.decimals(0, 17, places=2).map(str), DEGREES, DEGREES),
    PERCENT: st.integers(-5, 200).map(str) | st.integers(0, 9).map("{:03}".format),
    TEXT: st.text(LETTERS, max_size=70),
}


def links(page):
    """Names of a page, each with a value of its kind, a text of any, or one with a date that is none."""
    names = {key.name: VALUES[key.kind] | st.text(LETTERS) | st.sampled_from(["2015-02-30", "20151123", "2015-1123"]) for key in KEYS[page]}
    return st.tuples(st.just(page), st.fixed_dictionaries({}, optional=names))


@pytest.fixture(scope="module")
def browser():
    """Return what asks the scripts how they read a link of a page and write it again."""
    with subprocess.Popen(
        [node(), READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as running:

        def ask(page, said):
            question = {"page": page, "said": said, "lists": LISTS, "span": [FIRST.isoformat(), LAST.isoformat()]}
            print(json.dumps(question), file=running.stdin, flush=True)
            return json.loads(running.stdout.readline())

        yield ask
        running.stdin.close()


def test_the_browser_has_the_schema_of_the_server():
    assert SCRIPT.read_text(encoding="utf-8") == script(), "run `python -m views.screen.permalink`"


@examples(300, 3000)
@given(st.sampled_from(list(KEYS)).flatmap(links))
def test_whatever_a_link_says_both_read_the_same_and_write_it_the_same(browser, link):
    page, said = link
    server, _notes = read(said, KEYS[page], EXISTS)
    assert {name: text for name, text in browser(page, said).items() if text} == server
