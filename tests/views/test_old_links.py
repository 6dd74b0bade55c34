"""Links that people have kept, since there were links: each is read as on the day when it was written down here."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from views.screen.permalink.pair import read_pair
from views.screen.permalink.permalink import read_address

KEPT = json.loads(Path(__file__).with_name("old_links.json").read_text(encoding="utf-8"))
THERE_IS = KEPT["there is"]
FIRST, LAST = (dt.date.fromisoformat(day) for day in THERE_IS["span"])
UNSAID = {"map": {}, "compare": {"view": "claimed", "view2": "claimed", "split": "50"}}
"""What a link means that does not say it: whether it does is of no account."""


def read(page, query):
    lists = [THERE_IS[name] for name in ("places", "views", "provinces", "voices")]
    if page == "compare":
        return read_pair(query, *lists, (FIRST, LAST))
    return read_address(query, *lists, (FIRST, LAST), parties=THERE_IS["parties"], claimants=THERE_IS["claimants"])


@pytest.mark.parametrize("kept", KEPT["links"], ids=lambda kept: f"{kept['page']}: {kept['about']}")
def test_an_old_link_is_read_as_ever(kept):
    state, notes = read(kept["page"], dict(parse_qsl(kept["link"].removeprefix("?"), keep_blank_values=True)))
    assert UNSAID[kept["page"]] | state.query() == UNSAID[kept["page"]] | kept["read"]
    assert sorted(notes) == kept["notes"]
