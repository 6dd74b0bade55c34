"""The language of a visit: what the link asks for, kept from page to page, with a switch in the title line."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from views.language import ENGLISH, LANGUAGES, Language, ask, browser_messages, catalogue_path, language
from views.screen.assets import publish_json
from views.screen.permalink.schema import LANGUAGE
from views.screen.session.fragments import renew_page
from views.screen.session.visit import present


def _of_the_visit() -> str:
    return present().get(LANGUAGE, "") if get_script_run_ctx(suppress_warning=True) else ""


ask(_of_the_visit)


def follow_permalink() -> None:
    """Take the language that the link names; where it names none, let it name the one that the visit has. First on every page."""
    asked = st.query_params.get(LANGUAGE)
    if asked in LANGUAGES:
        _choose(asked)
    elif asked is None and language().code != ENGLISH:
        st.query_params[LANGUAGE] = language().code


def switch() -> None:
    """Draw a button for every other language, called as its speakers call it."""
    for other in LANGUAGES.values():
        if other != language():
            st.button(other.name, key=f"language_{other.code}", type="tertiary", on_click=_switch, args=(other,))


def _switch(chosen: Language) -> None:
    renew_page()
    _choose(chosen.code)
    if chosen.code == ENGLISH:
        st.query_params.pop(LANGUAGE, None)
    else:
        st.query_params[LANGUAGE] = chosen.code


def _choose(code: str) -> None:
    now = present()
    now.pop(LANGUAGE, None)
    if code != ENGLISH:
        now[LANGUAGE] = code


def query() -> dict[str, str]:
    """Return what a link to another page must say of the language."""
    spoken = language()
    return {} if spoken.code == ENGLISH else {LANGUAGE: spoken.code}


def query_without() -> dict[str, str]:
    """Return what the link says of anything but the language."""
    return {name: value for name, value in st.query_params.to_dict().items() if name != LANGUAGE}


def for_browser() -> dict[str, Any]:
    """Return what the browser needs to speak the present language: name, locale, direction, address of its messages ('' for English)."""
    spoken = language()
    messages = "" if spoken.code == ENGLISH else _messages(spoken.code, catalogue_path(spoken.code).stat().st_mtime_ns)
    return {"name": spoken.code, "locale": spoken.locale.replace("_", "-"), "direction": spoken.direction, "messages": messages}


@st.cache_resource(show_spinner=False)
def _messages(code: str, changed: int) -> str:
    return publish_json(f"messages-{code}", browser_messages(code))
