"""A language in which every message is its English text in ⟦brackets⟧: what a page says outside of them is in no catalogue."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po, write_po
from playwright.sync_api import Frame, Page

from views.language import ARABIC
from views.language.__main__ import TEMPLATE

# What others draw: Streamlit's fields and toolbars, and cells of its tables, whose headings count.
OTHERS = ", ".join(
    (
        "[data-testid=stFileUploaderDropzone]",
        "[data-testid=stElementToolbar]",
        "[data-testid=InputInstructions]",
        "[data-testid=stDateInput] [role=group]",
        "[data-testid=stIconMaterial]",
        "[data-testid=stStatusWidget]",
        "[role=gridcell]",
        ".st-key-methods_text",
        "[lang=en]",
        "code",
    )
)

THEIRS = re.compile(
    "Skip to main content|placeholder: Choose an option|aria-label: (Open|Link to heading|Choose date|Copy to clipboard|Help for.*)"
)
"""Words of Streamlit that stand beside ours."""

_OUTSIDE = """([others, switches]) => {
  const said = [], attributes = ["title", "aria-label", "placeholder", "alt", "aria-valuetext"];
  let depth = 0;
  const outside = (text) => {
    let left = "";
    for (const sign of text) {
      if (sign === "\\u27e6") depth++;
      else if (sign === "\\u27e7") depth--;
      else if (depth === 0) left += sign;
    }
    return left;
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const left = outside(node.data);
      if (left.trim()) said.push(left.trim());
      return;
    }
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (["SCRIPT", "STYLE", "NOSCRIPT", "IFRAME"].includes(node.tagName) || node.matches(others) || node.closest(switches)) return;
      // Vega describes every mark of a chart in English; the chart as a whole is described by us.
      for (const name of node.closest("[data-testid=stVegaLiteChart] svg") ? [] : attributes) {
        const before = depth;
        depth = 0;
        const left = outside(node.getAttribute(name) ?? "");
        if (left.trim()) said.push(`${name}: ${left.trim()}`);
        depth = before;
      }
    }
    for (const child of node.shadowRoot?.childNodes ?? []) walk(child);
    for (const child of node.childNodes) walk(child);
  };
  walk(document.body);
  if (depth) said.push(`${depth} brackets left open`);
  return said;
}"""

_ATTRIBUTE = re.compile(r"^(title|aria-label|placeholder|alt|aria-valuetext): ")
_WORD = re.compile(r"[A-Za-z]{2,}")


def pseudo_catalogue(folder: Path) -> Path:
    """The folder, with a catalogue in the place of the Arabic one."""
    with TEMPLATE.open("rb") as file:
        catalogue = read_po(file, locale=ARABIC)
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.id, str):
            message.string = _bracketed(message.id)
        else:
            message.string = tuple(_bracketed(message.id[1]) for _ in range(catalogue.num_plurals))
    path = folder / ARABIC / "LC_MESSAGES" / "atlas.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalogue)
    return folder


def _bracketed(text: str) -> str:
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"


def unsaid(page: Page, data: list[str]) -> list[str]:
    """What the page and its frames say in Latin letters outside of the brackets, but for words of the data."""
    known = re.compile("|".join(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])" for word in sorted(data, key=len, reverse=True)))
    said = dict.fromkeys(text for frame in page.frames for text in _outside(frame))
    return [text for text in said if not THEIRS.fullmatch(text) and _WORD.search(known.sub("", _ATTRIBUTE.sub("", text)))]


def _outside(frame: Frame) -> list[str]:
    said: list[str] = frame.evaluate(_OUTSIDE, [OTHERS, "[class*=st-key-language_]"])
    return said
