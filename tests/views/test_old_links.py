"""Links that people have kept, since there were links: each is read as on the day when it was written down here."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from views.screen.permalink.pair import read_pair
from views.screen.permalink.permalink import read_permalink
from views.screen.permalink.reading import Existing

KEPT = json.loads(Path(__file__).with_name("old_links.json").read_text(encoding="utf-8"))
THERE_IS = {name: value for name, value in KEPT["there is"].items() if name != "span"}
FIRST, LAST = (dt.date.fromisoformat(day) for day in KEPT["there is"]["span"])
EXISTS = Existing(**THERE_IS, span=(FIRST, LAST))
READ = {"map": read_permalink, "compare": read_pair}
UNSAID = {"map": {}, "compare": {"view": "claimed", "view2": "claimed", "split": "50"}}
"""What a link means that does not say it: whether it does is of no account."""


@pytest.mark.parametrize("kept", KEPT["links"], ids=lambda kept: f"{kept['page']}: {kept['about']}")
def test_an_old_link_is_read_as_ever(kept):
    state, notes = READ[kept["page"]](dict(parse_qsl(kept["link"].removeprefix("?"), keep_blank_values=True)), EXISTS)
    assert UNSAID[kept["page"]] | state.query() == UNSAID[kept["page"]] | kept["read"]
    assert sorted(notes) == kept["notes"]
