"""What the linter says of the dataset: each finding with a link to what it is about."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import streamlit as st

from geodata.checks.findings import RULES, Finding, Severity
from geodata.checks.lint import lint
from geodata.dataset.quantities import read_quantities
from views.language import N_, _, ngettext, said
from views.screen.escape import in_markdown
from views.screen.loading import Atlas

FEW = 8
"""So many findings are all shown open."""
MOST_LINKS = 4

SEVERITY = {"error": N_("error"), "warning": N_("warning"), "note": N_("note")}
_COUNTED = {
    "error": lambda n: ngettext("{n} error", "{n} errors", n),
    "warning": lambda n: ngettext("{n} warning", "{n} warnings", n),
    "note": lambda n: ngettext("{n} note", "{n} notes", n),
}
_COLOURS = {"error": "red", "warning": "orange", "note": "gray"}


def show(atlas: Atlas, follow: Callable[[dict[str, str]], None]) -> None:
    """Draw the section; `follow` is called with the query of the link that is clicked."""
    found = _findings(atlas, str(atlas.ledger.head()))
    counts = {severity: sum(finding.severity == severity for finding in found) for severity in Severity}
    st.markdown(" ".join(f":{_COLOURS[s]}-badge[{_COUNTED[s](n)}]" for s, n in counts.items()))
    st.caption(
        _("An error is surely wrong. A warning wants a look: sources err, and rival claims are kept. Nothing is put right by itself.")
    )
    for rule, findings in groupby(found, key=lambda finding: finding.rule):
        group = list(findings)
        colour = _COLOURS[group[0].severity]
        with st.expander(
            f":{colour}-badge[{_(SEVERITY[group[0].severity])}] {_(RULES[rule])} · {len(group)}",
            expanded=group[0].severity == "error" or len(found) <= FEW,
        ):
            for number, finding in enumerate(group):
                _finding(finding, f"{rule}_{number}", follow)


@st.cache_data(show_spinner=False, max_entries=2)
def _findings(_atlas: Atlas, head: str) -> list[Finding]:
    return lint(_atlas.dataset, read_quantities(_atlas.ledger, _atlas.dataset), _atlas.events)


def _finding(finding: Finding, key: str, follow: Callable[[dict[str, str]], None]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"finding_{key}"):
        st.markdown(in_markdown(said(finding.sentence)))
        links = [{"event": claim_id} for claim_id in finding.claim_ids[:MOST_LINKS]]
        links = links or ([{"place": finding.place_id}] if finding.place_id else [])
        for link in links:
            [name] = link.values()
            st.button(in_markdown(name), key=f"follow_{key}_{name}", type="tertiary", on_click=follow, args=(link,))
