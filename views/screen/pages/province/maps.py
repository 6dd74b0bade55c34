"""Small maps of the province, one a month, quarter or year."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from functools import partial

import streamlit as st

from geodata import GeodataError
from views.language import N_, _, language, speaking
from views.screen.escape import in_markdown
from views.screen.frame.fields import segmented, select
from views.screen.pages.province.figures import Subject, small_maps

AUTOMATIC = ""
"""Stands among the years for those in which most changed."""

BY = {"month": N_("month"), "quarter": N_("quarter"), "year": N_("year")}
WIDTH_PX, NARROW_PX = 1920, 720
COLUMNS, NARROW_COLUMNS = 4, 2
NARROW_SCALE = 1.9


@st.fragment
def show(about: Subject, *, narrow: bool) -> None:
    """Draw choices, picture and downloads."""
    years = [str(year) for year in range(about.atlas.span[0].year, about.atlas.span[1].year + 1)]
    with st.container(key="maps_choice", horizontal=True, vertical_alignment="bottom"):
        by = segmented(_("One map a"), {name: _(word) for name, word in BY.items()}, key="maps_by", usual="quarter")
        start = select(_("From"), [AUTOMATIC, *years], _year, key=f"maps_from_{about.code}", width=190)
        end = select(_("To"), [AUTOMATIC, *years], _year, key=f"maps_to_{about.code}", width=190)
    first = None if start == AUTOMATIC else dt.date(int(start), 1, 1)
    last = None if end == AUTOMATIC else dt.date(int(end), 12, 31)
    try:
        picture, words = _picture(about, by, first, last, narrow=narrow, key=about.words_key, code=about.code)
    except (GeodataError, ValueError) as problem:
        st.info(in_markdown(str(problem)))
        return
    # In the page itself: a file of Streamlit's is gone while the browser may still ask for it, once another province is opened.
    st.image(f"data:image/png;base64,{b64encode(picture).decode()}", width="stretch", alt=words)
    with st.container(key="maps_downloads", horizontal=True):
        name = f"{about.atlas.provinces[about.code]}-by-{by}".lower().replace(" ", "-")
        for kind, mime in (("png", "image/png"), ("svg", "image/svg+xml")):
            st.download_button(
                _("These maps as {kind}", kind=kind.upper()),
                partial(_file, about, by, first, last, kind, language().code),
                file_name=f"{name}.{kind}",
                mime=mime,
                on_click="ignore",
                key=f"maps_{kind}",
            )


@st.cache_data(show_spinner=False, max_entries=32)
def _picture(
    _about: Subject, by: str, first: dt.date | None, last: dt.date | None, *, narrow: bool, key: tuple[str, ...], code: str
) -> tuple[bytes, str]:
    """Return the picture as PNG, and what it shows in words."""
    from views.paper import png_bytes  # matplotlib takes a third of a second to import, which the first picture need not wait for
    from views.paper.sheets.multiples import description, drawn

    said = small_maps(_about, by, first, last)
    if narrow:
        figure = drawn(said, viewpoint=_about.viewpoint, columns=NARROW_COLUMNS, width_px=NARROW_PX, scale=NARROW_SCALE)
    else:
        figure = drawn(said, viewpoint=_about.viewpoint, columns=COLUMNS, width_px=WIDTH_PX)
    return png_bytes(figure), description(said)


def _file(about: Subject, by: str, first: dt.date | None, last: dt.date | None, kind: str, code: str) -> bytes:
    from views.paper.output import figure_bytes
    from views.paper.sheets.multiples import drawn

    said = small_maps(about, by, first, last)
    with speaking(code):  # a download is made outside any session
        return figure_bytes(drawn(said, viewpoint=about.viewpoint, columns=COLUMNS, width_px=WIDTH_PX), kind)


def _year(year: str) -> str:
    return year or _("when most changed")
