"""`python -m views.language extract`: the messages of the product into the template; `update`: that, and the catalogues follow it."""

from __future__ import annotations

import argparse
import datetime as dt
import io
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from views.language import ENGLISH, LANGUAGES, catalogue_path, forms_of, read_catalogue

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "views" / "locale" / "atlas.pot"
FOLDERS = ("views", "geodata")
OPTIONS = {"**.js": {"parse_template_string": True}}
METHODS = [("**.py", "python"), ("**.js", "javascript")]
ONE_FORM, PLURAL = ("_", "N_", "t", "Sentence", "message"), ("ngettext", "tn", "plural")
KEYWORDS: dict[str, tuple[int, ...] | None] = {**dict.fromkeys(ONE_FORM), **dict.fromkeys(PLURAL, (1, 2))}
WIDTH = 140
_HEADER: dict[str, Any] = {
    "header_comment": "# Messages of Control Atlas. docs/languages.md says how they are kept.",
    "project": "Control Atlas",
    "version": "1",
    "charset": "utf-8",
    "fuzzy": False,
    "creation_date": dt.datetime(2026, 11, 22, tzinfo=dt.UTC),  # else it would differ in every file
}


def extracted() -> Catalog:
    """Every message of the product, with the files it stands in."""
    found = Catalog(**_HEADER)
    for folder in FOLDERS:
        for path, _line, message, _comments, _context in extract_from_dir(ROOT / folder, METHODS, OPTIONS, KEYWORDS):
            found.add(message, locations=[(f"{folder}/{path}", 0)])
    return found


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as its file: in the order of messages, with their files and without lines, so that little moves."""
    text = io.BytesIO()
    write_po(text, catalogue, width=WIDTH, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return text.getvalue()


def extract() -> Catalog:
    """Return the template anew; its file is left alone where it says the same already."""
    found = extracted()
    if not TEMPLATE.exists() or messages_of(read_po(TEMPLATE.open("rb"))) != messages_of(found):
        TEMPLATE.parent.mkdir(exist_ok=True)
        TEMPLATE.write_bytes(written(found))
    return found


def update(code: str, template: Catalog) -> Catalog:
    """Return the catalogue of a language with the messages of the template: the new ones empty, those that are gone left out."""
    path = catalogue_path(code)
    catalogue = read_catalogue(code) if path.exists() else Catalog(locale=code, **_HEADER)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(catalogue))
    return catalogue


def messages_of(catalogue: Catalog) -> set[tuple[object, frozenset[str]]]:
    """Return what a template says: its messages, and the files each stands in."""
    return {(message.id, frozenset(path for path, _line in message.locations)) for message in catalogue if message.id}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m views.language", description=__doc__)
    parser.add_argument("command", choices=("extract", "update"))
    command = parser.parse_args().command
    template = extract()
    print(f"{TEMPLATE.relative_to(ROOT)}: {len(template)} messages")
    if command == "update":
        for code in LANGUAGES:
            if code != ENGLISH:
                empty = [message.id for message in update(code, template) if message.id and not all(forms_of(message))]
                print(f"{code}: {len(empty)} to translate")


if __name__ == "__main__":
    main()
