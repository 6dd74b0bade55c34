"""The border of text into folium and HTML."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template

from views.screen.escape import in_markdown, markup, script_json

HOSTILE = ["{{ 7*7 }}", "<img src=x onerror=alert(1)>", "${alert(1)}", "</script>", "`", "\\u12", "50 {% of", "x{# y #}z", "a'b\"c"]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_comes_through_jinja_as_the_same_text(text):
    escaped = markup(text)
    assert html.unescape(Template(escaped).render()) == text
    assert not set("<>{}`$\\\"'") & set(escaped)


@pytest.mark.parametrize("text", HOSTILE)
def test_script_json_comes_through_jinja_as_the_same_value(text):
    value = {"name": text, "deep": [{"a": {"b": text}}], text: 1}
    assert json.loads(Template(script_json(value)).render()) == value


@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_script_json_holds_any_value_and_no_tag(value):
    text = script_json(value)
    assert json.loads(text) == value
    assert not any(mark in text for mark in ("{{", "}}", "{%", "{#", "</", "`", "${"))


def test_plain_leaves_nothing_that_markdown_reads():
    assert in_markdown("**b** [x](http://y) `c` <i> $1$ :red[x]") == (
        "\\*\\*b\\*\\* \\[x\\]\\(http\\://y\\) \\`c\\` \\<i\\> \\$1\\$ \\:red\\[x\\]"
    )
