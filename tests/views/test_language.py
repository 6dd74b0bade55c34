"""The present language: messages, plural forms, numbers, dates and names."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from gettext import c2py
from types import SimpleNamespace

import pytest
from babel import Locale
from babel.plural import to_python
from hypothesis import given
from hypothesis import strategies as st

from geodata.sentences import Names, Sentence
from views.language import (
    LANGUAGES,
    _,
    ask,
    browser_messages,
    language,
    left_to_right,
    long_date,
    name_of,
    ngettext,
    number,
    read_catalogue,
    said,
    short_date,
    speaking,
)

DAY = dt.date(2015, 11, 1)


def test_english_is_spoken_where_nobody_says_otherwise():
    assert language().code == "en"
    assert _("The link's “{key}” is not known here and was left out.", key="x") == "The link's “x” is not known here and was left out."
    assert ngettext("{n} place", "{n} places", 1) == "1 place"
    assert ngettext("{n} place", "{n} places", 1200) == "1,200 places"
    assert (short_date(DAY), long_date(DAY)) == ("1 Nov 2015", "1 November 2015")


def test_arabic_is_spoken_inside_and_english_again_afterwards():
    with speaking("ar"):
        assert _("Map") == "الخريطة"
        assert long_date(DAY) == "1 تشرين الثاني 2015"
        assert short_date(DAY) == "1/11/2015"
        assert language().direction == "rtl"
    assert _("Map") == "Map"


def test_who_speaks_first_asks_where_the_language_comes_from(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("views.language._asked", [])
    ask(lambda: "ar")
    assert language().code == "ar"
    with speaking(""):
        assert language().code == "en"


def test_a_name_is_arabic_where_there_is_one():
    place, nameless = SimpleNamespace(name="Homs", name_ar="حمص"), SimpleNamespace(name="Mahin", name_ar="")
    assert name_of(place) == "Homs"
    with speaking("ar"):
        assert (name_of(place), name_of(nameless)) == ("حمص", "Mahin")


def test_figures_keep_their_order_in_a_line_from_right_to_left():
    assert left_to_right("+5") == "+5"
    with speaking("ar"):
        assert left_to_right("+5") == "\u2066+5\u2069"
        assert left_to_right("") == ""


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_numbers_are_written_in_latin_digits_in_every_language(value: float, decimals: int):
    english = number(value, decimals)
    for code in LANGUAGES:
        with speaking(code):
            assert float(number(value, decimals).replace(",", "").strip("\u200e")) == float(english.replace(",", ""))


def test_plural_forms_are_in_the_order_of_the_cldr_as_the_browser_takes_them():
    order = ("zero", "one", "two", "few", "many", "other")
    for code, spoken in LANGUAGES.items():
        if code == "en":
            continue
        rule = to_python(Locale.parse(spoken.locale).plural_form)
        catalogue = read_catalogue(code)
        forms = [name for name in order if name in Locale.parse(spoken.locale).plural_form.tags | {"other"}]
        assert catalogue.num_plurals == len(forms)
        chosen = c2py(catalogue.plural_expr)
        assert [forms[chosen(n)] for n in range(1000)] == [rule(n) for n in range(1000)]


def test_the_browser_gets_the_messages_of_its_own_modules_alone():
    said = browser_messages("ar")
    assert "The dataset cannot be shown." not in said
    assert browser_messages("en") == {}


def test_babel_is_not_imported_in_english():
    calls = "l._('Map'), l.number(1234.5, 1), l.long_date(datetime.date(2015, 1, 1))"
    script = f"import datetime, sys, views.language as l; {calls}; assert 'babel' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_sentence_of_the_core_is_said_with_its_parts():
    claimants = tuple(SimpleNamespace(name=name, name_ar=arabic) for name, arabic in (("AP", "أسوشيتد برس"), ("Amaq", "أعماق")))
    only = Sentence.plural("only {names} says so", "only {names} say so", 2, names=Names(claimants))
    sentence = Sentence("{said}.", said=only).capital()
    assert said(sentence) == "Only AP and Amaq say so."
    with speaking("ar"):
        assert said(sentence) == "لم يقل بذلك إلا أسوشيتد برس وأعماق."
        assert said("A text of somebody") == "A text of somebody"


def test_values_with_other_letters_are_set_apart_in_a_line_from_right_to_left():
    with speaking("ar"):
        assert _("According to {voice}", voice="SANA") == "بحسب \u2068SANA\u2069"
        assert _("According to {voice}", voice="سانا") == "بحسب سانا"
    assert _("According to {voice}", voice="SANA") == "According to SANA"
