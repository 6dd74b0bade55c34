"""Choices among things that have names: what is chosen stays chosen when the page is spoken in another language.

Streamlit's browser tells a choice by the words on the screen. Under the same key, words of the language before would come back as a choice
that there is not; so a field has a key of its own in every language, and opens with what was chosen in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from views.language import LANGUAGES, language

T = TypeVar("T")


def spoken(key: str) -> str:
    """Return the key of a field in the present language."""
    return f"{key}_{language().code}"


def select(
    label: str, options: Sequence[T], shown: Callable[[T], str], *, key: str, usual: T | None = None, on: Any = st, **more: Any
) -> T:
    """Return a list to choose one of.

    Parameters
    ----------
    shown
        What an option is called, in the present language.
    usual
        What is chosen at first; None for the first option.
    on
        Where the list is drawn.
    more
        As for `st.selectbox`.
    """
    first = _carried(key, options, usual)
    index = options.index(first) if first in options else 0
    chosen: T = on.selectbox(label, options, index=index, format_func=shown, key=spoken(key), **more)
    return chosen


def segmented(label: str, names: Mapping[str, str], *, key: str, usual: str, **more: Any) -> str:
    """Buttons to choose one of, side by side; one is always chosen.

    Parameters
    ----------
    names
        What an option is called, in the present language.
    usual
        What is chosen at first.
    more
        As for `st.segmented_control`.
    """
    own = spoken(key)
    if own not in st.session_state:
        st.session_state[own] = _carried(key, list(names), usual)
    chosen = st.segmented_control(label, list(names), format_func=names.__getitem__, key=own, required=True, **more)
    return str(chosen or usual)


def _carried(key: str, options: Sequence[T], usual: T | None) -> T | None:
    """Return what is chosen in another language, of which the state is there until the page has been drawn in this one."""
    for code in LANGUAGES:
        before = st.session_state.get(f"{key}_{code}")
        if code != language().code and before in options:
            return before
    return usual
