"""Help in plain words: how to read the page of a province."""

from __future__ import annotations

import streamlit as st

from geodata.dataset.parties import DIVIDED
from views.language import N_, _
from views.screen.escape import in_markdown
from views.screen.loading import Atlas
from views.screen.pages.province.figures import party_names, party_styles

SIGNS = {
    "circle": "●",
    "triangle": "▲",
    "triangle-down": "▼",
    "square": "■",
    "diamond": "◆",
    "pentagon": "⬟",
    "cross": "✖",
}

QUESTIONS = {
    N_("What are colours and symbols?"): N_("""
Each party has a colour and a shape, so that nobody has to tell colours apart: {parties}. A small grey dot is a place of which no claim
says who holds it. A **cross** stands for a divided place, of which each of two sides holds a part.
"""),
    N_("What is contested, what is a siege?"): N_("""
**Contested** is a place that is fought for, divided, or claimed by two sides at once: a dashed ring around its symbol, stripes on its
land and in its ribbon. It still has a holder, as far as anybody says so.

**Besieged** is a place that is surrounded: a solid ring, a dark line around its land, a white line in its ribbon. A siege says nothing
about who holds the inside; that is told by the colour.
"""),
    N_("Why are some things pale?"): N_("""
Sources often say “in May”, or one says the 3rd and another the 5th. Then the change has a **date window**, from the first to the last day
that is possible. On days inside it the place is pale, and figures are given as a range.
"""),
    N_("How sure is it?"): N_("""
Nothing here is a fact that we checked: it is what named sources said. **Corroborated** means that two independent sources say so, or that
the side that lost the place does. **Claimed** means that one source says so. **Disputed** means that another says otherwise. A **hollow
symbol** and **faint land** are weak: only the side that gains says so, it is disputed, or it was concluded from something later. Codes
such as B2 grade the source (A reliable to E unreliable) and the statement (1 confirmed to 5 improbable).

The switch *As claimed / Corroborated only* beside the map shows how much hangs on weak claims. It changes every part of this page but the
table of events.
"""),
    N_("Why are areas estimates?"): N_("""
Sources name towns, not lines. So every spot of land is given to whoever holds the **nearest place** that we know of, if that is at most
20 km away; land farther off is left blank. No one surveyed these borders. With a few more towns, or with 10 or 30 km instead of 20, the
figures would change. That is why each has a range, why it is wide where few places are known, and why a change that is smaller than its
range is not told as a change.
"""),
    N_("What does “no claim” mean?"): N_("""
That nobody we read says who holds the place on that day. It does not mean that nobody held it, or that nothing happened. We do not guess
from the neighbours or from what came later, except where a later claim names who lost the place: then it was theirs until then, and is
drawn hollow.
"""),
    N_("How do I work with this page?"): N_("""
Drag the slider under the map, or press ← and → for days, Shift with them for changes, ↑ and ↓ for changes of the chosen place. Click a
ribbon, or the chart, to go to a day. *Small maps* shows the same province at the end of each month, quarter or year, for a handout: there
are buttons to save it. In the tables, *events* and *claims* lead to the sentences that all of this rests on. The address of the page
always leads back to what you see: send it to others.
"""),
}


def show(atlas: Atlas) -> None:
    """Draw the questions, each with its answer folded in."""
    names, styles = party_names(atlas), party_styles(atlas)
    parties = _(", ").join(
        f"{SIGNS[styles[party].symbol]} {in_markdown(name)}" for party, name in names.items() if party != DIVIDED.party_id
    )
    for question, answer in QUESTIONS.items():
        with st.expander(_(question)):
            st.markdown(_(answer).replace("{parties}", parties))
