"""The one border that text crosses on its way into folium and HTML."""

from __future__ import annotations

import html
import json
from typing import Any

from views.language import ENGLISH, language

# folium compiles rendered text as a Jinja template once more, and JavaScript template literals know ` and ${}.
_MARKDOWN = set("\\`*_{}[]()<>#+-.!|~:$^=&")

_BEYOND_HTML = str.maketrans({character: f"&#{ord(character)};" for character in "{}`$\\"})


def markup(text: str) -> str:
    """Text as it may stand in HTML, inside or outside attributes, through Jinja and template literals, and be read verbatim."""
    return html.escape(text, quote=True).translate(_BEYOND_HTML)


def in_markdown(text: str) -> str:
    """Text as it may stand in Streamlit's Markdown and be read verbatim."""
    return "".join(f"\\{character}" if character in _MARKDOWN else character for character in text)


def verbatim(text: str) -> str:
    """Text of the data, which is English whatever the page is, for Streamlit's Markdown with HTML allowed."""
    return in_markdown(text) if language().code == ENGLISH else f'<span lang="en" dir="ltr">{in_markdown(text)}</span>'


def english(text: str) -> str:
    """Return the same as HTML."""
    return markup(text) if language().code == ENGLISH else f'<span lang="en" dir="ltr">{markup(text)}</span>'


def script_json(value: Any) -> str:
    """Return a value as JSON that may stand in a folium script: no character in it can end a script, a string or open a template.

    Every character of a string that HTML, Jinja or a template literal would read becomes an escape of JSON; the structure keeps its
    own brackets and braces, apart from each other by a space, so that no two of them look like a Jinja tag.
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False)
    parts, inside, escaped = [], False, False
    for character in text:
        if inside and not escaped and character not in '\\"' and character in "{}`$<>&%#'":
            parts.append(f"\\u{ord(character):04x}")
            continue
        if character == '"' and not escaped:
            inside = not inside
        parts.append(character if inside or character not in "{}" else f" {character} ")
        escaped = inside and character == "\\" and not escaped
    return "".join(parts)
