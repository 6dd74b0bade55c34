"""The page of sources: every document and claimant of the dataset."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from views.language import N_, _, name_of, number
from views.screen.frame.frame import header, load_or_stop
from views.screen.loading import Atlas
from views.screen.session import speech
from views.screen.session.visit import opening_permalink

HOW = N_("""
**Claims are not facts.** A *claim* is what one claimant asserts about one place in one document. Claims of one change are weighed
together:

- **corroborated**: two independent originating sources say so, or the side that lost the place does. Outlets of one side count as one.
- **claimed**: one originating source only. If that is the side that gains, the symbol is hollow.
- **disputed**: claimed by one source, and another says otherwise. The place goes to the better graded claim, or stays with its former
  holder; both are on the card.
- **divided**: each of two sides holds a part.
- **date window**: where sources give “in May” or differ by days, the place is pale while the date lies in the window.
- **no claim**: nobody we read says who holds the place on that date. It stays grey; we do not guess.

Letters and figures such as **B2** are the Admiralty code: reliability of the source (A to E, F cannot be judged) and credibility of
the statement (1 confirmed to 5 improbable, 6 cannot be judged).
""")


def sources_page(page: str) -> None:
    """Draw the page."""
    atlas = load_or_stop()
    opening_permalink(atlas, page)
    header(_("Sources"), page, atlas, exports=None)
    dataset = atlas.dataset
    spoken_of = len({claim.place_id for claim in dataset.claims})
    st.markdown(
        _(
            "{claims} claims from {documents} documents about {spoken_of} of {places} places.",
            claims=number(len(dataset.claims)),
            documents=number(len(dataset.documents)),
            spoken_of=number(spoken_of),
            places=number(len(dataset.locations)),
        )
    )
    how, documents, claimants = st.tabs([_("How to read the map"), _("Documents"), _("Claimants")])
    with how:
        st.markdown(_(HOW))
    with documents:
        st.dataframe(_documents(atlas), hide_index=True, height=560, column_config=_document_columns())
    with claimants:
        st.dataframe(_claimants(atlas), hide_index=True, height=560)
    st.page_link(
        "pages/methods.py",
        label=_("Figures that were claimed, checked, and how ours are made"),
        query_params=speech.query(),
        icon=":material/straighten:",
    )


def _document_columns() -> dict[str, Any]:
    return {
        _("Published"): st.column_config.DateColumn(format="YYYY-MM-DD", width="small"),
        _("Claims"): st.column_config.NumberColumn(width="small"),
        _("Source"): st.column_config.LinkColumn(display_text=_("open"), width="small"),
    }


def _documents(atlas: Atlas) -> pd.DataFrame:
    counts = pd.Series([claim.document_id for claim in atlas.dataset.claims]).value_counts()
    rows = [
        {
            _("Published"): document.published_on,
            _("Publisher"): document.publisher,
            _("Agency"): document.agency,
            _("What it reports"): document.description,
            _("Claims"): int(counts.get(document.document_id, 0)),
            _("Source"): document.url,
        }
        for document in sorted(atlas.dataset.documents.values(), key=lambda d: d.published_on)
    ]
    return pd.DataFrame(rows)


def _claimants(atlas: Atlas) -> pd.DataFrame:
    counts = pd.Series([claim.claimant.claimant_id for claim in atlas.dataset.claims]).value_counts()
    rows = [
        {
            _("Claimant"): name_of(claimant),
            _("Speaks for"): name_of(atlas.dataset.parties[claimant.side]) if claimant.side else _("no side"),
            _("Reliability"): claimant.reliability,
            _("Claims"): int(counts.get(claimant.claimant_id, 0)),
        }
        for claimant in atlas.dataset.claimants.values()
    ]
    return pd.DataFrame(rows).sort_values(_("Claims"), ascending=False)
