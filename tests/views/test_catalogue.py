"""The catalogues: nothing of the product is missing in them, nothing is left untranslated, and no text goes past them."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from views.language import ARABIC, LANGUAGES, catalogue_path, forms_of, read_catalogue
from views.language.__main__ import TEMPLATE, extracted, messages_of

ROOT = Path(__file__).resolve().parents[2]
OTHERS = [code for code in LANGUAGES if code != "en"]
SCREEN = sorted((ROOT / "views" / "screen").rglob("*.py"))
BROWSER = sorted((ROOT / "views" / "screen" / "browser").rglob("*.js"))

DRAWN = {
    *("title", "header", "subheader", "markdown", "caption", "text", "info", "warning", "error", "success", "toast", "metric", "expander"),
    *("button", "download_button", "link_button", "checkbox", "toggle", "text_input", "text_area", "selectbox", "multiselect", "tabs"),
    *("segmented_control", "radio", "date_input", "file_uploader", "popover", "spinner", "progress", "number_input", "slider"),
}
"""Functions of Streamlit whose first argument is read by people."""
READ = {"label", "help", "placeholder", "alt", "title"}


def names_in(text: str) -> set[str]:
    return {name for _text, name, _form, _how in string.Formatter().parse(text) if name}


def test_the_template_says_what_the_product_says_now():
    with TEMPLATE.open("rb") as file:
        kept = messages_of(read_po(file))
    now = messages_of(extracted())
    assert len(now) > 600
    assert now - kept == set(), "run `make messages`"
    assert kept - now == set(), "run `make messages`"


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated(code: str):
    with TEMPLATE.open("rb") as file:
        wanted = {message.id for message in read_po(file) if message.id}
    catalogue = read_catalogue(code)
    translated = {message.id: message for message in catalogue if message.id}
    assert set(translated) == wanted
    assert [message.id for message in translated.values() if message.fuzzy] == []
    assert [message.id for message in translated.values() if not all(form.strip() for form in forms_of(message))] == []
    assert "fuzzy" not in catalogue_path(code).read_text("utf-8")


@pytest.mark.parametrize("code", OTHERS)
def test_every_form_has_the_names_of_the_message(code: str):
    catalogue = read_catalogue(code)
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        plural = isinstance(message.id, tuple)
        names = names_in(message.id[1]) if plural else names_in(str(message.id))
        forms = forms_of(message)
        assert len(forms) == (catalogue.num_plurals if plural else 1), message.id
        # Some languages have a word for one and for two.
        optional = {"n"} if plural else set()
        wrong += [form for form in forms if not names - optional <= names_in(form) <= names]
    assert wrong == []


def test_arabic_is_written_in_arabic():
    latin = [
        message.id
        for message in read_catalogue(ARABIC)
        if message.id and re.search(r"[A-Za-z]{3}", str(message.id)) and not re.search(r"[\u0600-\u06FF]", forms_of(message)[0])
    ]
    without_words = [text for text in latin if re.search(r"[A-Za-z]{3}", re.sub(r"\{\w+\}", "", str(text)))]
    assert without_words == []


def words_of(node: ast.expr) -> str:
    """The letters that stand in a text itself, without code of Markdown and HTML."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    text = "".join(part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))
    return re.sub(r"<[^>]*>|:[a-z/_-]+(?=\[|:)|-badge(?=\[)|https?://", "", text)


def literal_texts(path: Path) -> Iterator[str]:
    """Texts for people in a module that no catalogue knows."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        read = [*node.args[:1]] if name in DRAWN and isinstance(node.func, ast.Attribute) else []
        read += [
            keyword.value for keyword in node.keywords if keyword.arg in READ and (name in DRAWN | {"page_link"} or name.endswith("Column"))
        ]
        for argument in read:
            if isinstance(argument, ast.Constant | ast.JoinedStr) and re.search(r"[A-Za-z]{2}", words_of(argument)):
                yield f"{path.name}:{argument.lineno}: {ast.unparse(argument)[:80]}"


KNOWN = ("https://", "Mheen", "p3", "مهين", "CSV")
"""Examples of what one types, which are the same in every language."""


@pytest.mark.parametrize("path", SCREEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_text_is_drawn_past_the_catalogue(path: Path):
    assert [text for text in literal_texts(path) if not any(word in text for word in KNOWN)] == []


def test_a_text_past_the_catalogue_is_found(tmp_path: Path):
    path = tmp_path / "page.py"
    path.write_text(
        'st.button("Save it")\nst.markdown(f"**{n}** places")\nst.button(_("Save it"))\nst.markdown(f":red-badge[{n}]")\n', "utf-8"
    )
    assert [text.split(":")[1] for text in literal_texts(path)] == ["1", "2"]


@pytest.mark.parametrize("path", SCREEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_message_stands_inside_a_template_where_extraction_does_not_see_it(path: Path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            calls = [call for call in ast.walk(node) if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("_", "ngettext")]
            assert [ast.unparse(call) for call in calls if isinstance(call.args[0], ast.Constant)] == []


@pytest.mark.parametrize("path", BROWSER, ids=lambda path: path.name)
def test_the_browser_has_no_message_inside_a_template_and_none_at_the_top_of_a_module(path: Path):
    text = path.read_text("utf-8")
    assert re.findall(r"\$\{\s*tn?\(", text) == []
    top = [line for line in text.splitlines() if re.match(r"(export )?(const|let) ", line) and re.search(r"\btn?\(\"", line)]
    assert [line for line in top if "=>" not in line] == []
