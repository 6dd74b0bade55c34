"""What axe-core finds wrong on a page, but for what Streamlit and folium draw by themselves."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

# Rule, and a selector inside what somebody else draws. Each is as narrow as it can be: a finding of ours beside it still counts.
OTHERS = (
    # Streamlit's st.markdown gives a Markdown table whose first cell is empty an empty heading.
    ("empty-table-header", "[data-testid=stMarkdownContainer] th"),
    # A container of fixed height scrolls, and Streamlit gives it no tabindex.
    ("scrollable-region-focusable", "[data-testid=stVerticalBlock], [data-testid=stLayoutWrapper]"),
    # The field for files is called presentational, and is named all the same.
    ("presentation-role-conflict", "[data-testid=stFileUploaderDropzone]"),
    # The parts of a date field are smaller than 24 px.
    ("target-size", "[data-testid=stDateInput] [role=spinbutton]"),
    # folium's template forbids zooming in the map's frame.
    ("meta-viewport", "meta[name=viewport]"),
    # The map's frame is a document of its own, and stands in a landmark of the page.
    ("region", ".leaflet-container *"),
)

_IS_THEIRS = """([path, selector]) => {
  // Every part of the path but the last is a host of a shadow root.
  let root = document;
  for (const part of [path].flat().slice(0, -1)) root = root.querySelector(part).shadowRoot;
  return root.querySelector([path].flat().at(-1)).matches(selector);
}"""


def findings(page: Page) -> list[str]:
    """One line a finding of our own, in the page and all of its frames: rule, element, what is wrong; none is as it should be."""
    return [line for frame in page.frames for line in _findings(frame)]


def _findings(frame: Frame) -> list[str]:
    # A frame is asked by itself: the map's has no axe for the page's to talk to.
    found = Axe().run(frame, options={"resultTypes": ["violations"], "iframes": False})
    lines = []
    for violation in found.response["violations"]:
        for node in violation["nodes"]:
            [target] = node["target"]
            theirs = [selector for rule, selector in OTHERS if rule == violation["id"]]
            if not any(frame.evaluate(_IS_THEIRS, [target, selector]) for selector in theirs):
                lines.append(f"{violation['id']}: {node['html'][:200]} ({violation['help']})")
    return lines
