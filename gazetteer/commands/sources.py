"""Commands on the sources that are there: `remove`, `sources`, `rebuild`."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from gazetteer.commands.options import DONE, NOTHING_TO_DO, Commands, add_command
from gazetteer.resolve.gazetteer import Gazetteer
from gazetteer.sources.store import SourceInfo, Store


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands, each with `run`, a function from its arguments to an exit status."""
    remove = add_command(
        commands, "remove", "take a source away", _remove, "Takes a source away; answers are again what they were without it."
    )
    remove.add_argument("name", metavar="NAME", help="name of the source, as `sources` lists it")

    sources = add_command(commands, "sources", "list the added sources", _list, "Lists the added sources with their licences.")
    sources.add_argument("--json", action="store_true", help="print them as JSON")

    rebuild = add_command(
        commands, "rebuild", "build the index anew", _rebuild, "Deletes the built indexes and builds that of one country anew."
    )
    rebuild.add_argument("--country", default="SY", metavar="CC", help="ISO 3166-1 code of the country (default: SY)")


def _remove(options: argparse.Namespace) -> int:
    store = Store.open(options.home)
    if options.name not in {info.name for info in store.sources()}:
        print(f"gazetteer: no source is called {options.name!r}", file=sys.stderr)
        return NOTHING_TO_DO
    info = store.remove(options.name)
    print(f"{info.name}: {info.records} places taken away")
    return DONE


def _list(options: argparse.Namespace) -> int:
    infos = Store.open(options.home).sources()
    if options.json:
        print(json.dumps([asdict(info) for info in infos], ensure_ascii=False, indent=2))
    elif not infos:
        print("no source has been added; `add --help` says how")
    for info in [] if options.json else infos:
        print(_described(info))
    return DONE


def _described(info: SourceInfo) -> str:
    refused = f", {info.bad_rows} rows refused" if info.bad_rows else ""
    return (
        f"{info.name}  ({info.kind})  {info.records} places in {', '.join(info.countries)}{refused}\n"
        f"  from {info.file_name}, added {info.added_on}\n  sha256 {info.sha256}\n  licence: {info.licence or 'not said'}"
    )


def _rebuild(options: argparse.Namespace) -> int:
    store = Store.open(options.home)
    deleted = store.delete_indexes()
    Gazetteer.open(country=options.country, home=store.home)
    print(f"{deleted} files of indexes deleted; built anew for {options.country.upper()}")
    return DONE
