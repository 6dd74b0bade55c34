"""Commands on what people bring: sources (`add`, `remove`, `sources`, `rebuild`), decisions (`confirm`, `undo`, `decisions`)."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import asdict
from functools import wraps
from pathlib import Path

from common.atomic import locked
from common.home import BUNDLED
from gazetteer.decisions import Decisions
from gazetteer.errors import GazetteerError, SchemaError, StoreError
from gazetteer.place import Record
from gazetteer.resolve.gazetteer import Gazetteer
from gazetteer.sources.download import GEONAMES_URL, download_geonames
from gazetteer.sources.readers import anything, geonames_dump, ocha, whosonfirst
from gazetteer.sources.readers.admin1 import Provinces
from gazetteer.sources.readers.provinces import read_provinces
from gazetteer.sources.store import SourceInfo, Store, file_sha256, home_directory
from gazetteer.sources.tables.rows import Report

DONE, NOTHING_TO_DO, REFUSED = 0, 1, 2

# A file with more of them is not what it is taken for, and listing them all would fill the memory.
_MOST_PROBLEMS = 100_000

_EXIT_HELP = """\
exit status:
  0  done; rows that could not be read are listed in reports/NAME.csv of the data directory
  1  nothing to do: no source of this name (remove)
  2  refused: wrong usage, or a file that cannot be read, fetched or written
"""
_ADD_HELP = """\
examples:
  python -m gazetteer add --geonames SY
  python -m gazetteer add --ocha syr_populatedplaces.csv
  python -m gazetteer add --whosonfirst localities.csv
  python -m gazetteer add --table field_notes.xlsx --name field-notes --name-column Village --country SY

Adding a newer edition of a source: the same with --replace.

"""

_Read = Callable[[Provinces, Report], Iterator[Record]]
_Subparsers = argparse._SubParsersAction  # argparse has no public name for it


def register(subparsers: _Subparsers[argparse.ArgumentParser]) -> None:
    """Nothing; adds the commands, each with `run`, a function from its arguments to an exit status."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--home", type=Path, metavar="DIR", help="directory of added sources (default: GAZETTEER_HOME, else the user's data directory)"
    )
    _register_add(subparsers, shared)

    remove = _command(
        subparsers, shared, "remove", "take a source away", "Takes a source away; answers are again what they were without it."
    )
    remove.add_argument("name", metavar="NAME", help="name of the source, as `sources` lists it")
    remove.set_defaults(run=_refusing(_remove))

    sources = _command(subparsers, shared, "sources", "list the added sources", "Lists the added sources with their licences.")
    sources.add_argument("--json", action="store_true", help="print them as JSON")
    sources.set_defaults(run=_refusing(_list))

    rebuild = _command(
        subparsers, shared, "rebuild", "build the index anew", "Deletes the built indexes and builds that of one country anew."
    )
    rebuild.add_argument("--country", default="SY", metavar="CC", help="ISO 3166-1 code of the country (default: SY)")
    rebuild.set_defaults(run=_refusing(_rebuild))

    confirm = _command(
        subparsers,
        shared,
        "confirm",
        "say which place a name means",
        "Keeps your decision: it is the answer until it is undone.",
    )
    confirm.add_argument("query", metavar="NAME", help="the toponym, as reports write it")
    confirm.add_argument("place_id", metavar="PLACE_ID", help="the place it means, as `resolve --json` names it")
    confirm.add_argument("--by", required=True, metavar="WHO", help="who decides")
    confirm.add_argument("--admin1", default="", metavar="CODE", help="only with this province, ISO 3166-2")
    confirm.add_argument("--country", default="SY", metavar="CC", help="ISO 3166-1 code (default: SY)")
    confirm.add_argument("--note", default="", metavar="WHY", help="why")
    confirm.set_defaults(run=_refusing(_confirm))

    undo = _command(subparsers, shared, "undo", "take a decision back", "Takes a decision back; what was the answer before is so again.")
    undo.add_argument("id", type=int, metavar="ID", help="number of the decision, as `decisions` lists it")
    undo.add_argument("--by", required=True, metavar="WHO", help="who takes it back")
    undo.set_defaults(run=_refusing(_undo))

    decisions = _command(subparsers, shared, "decisions", "export all decisions", "Writes all decisions, undone ones too, as CSV.")
    decisions.add_argument("file", type=Path, metavar="OUT.csv", help="file to write")
    decisions.set_defaults(run=_refusing(_decisions))


def _confirm(arguments: argparse.Namespace) -> int:
    place = Gazetteer.open(country=arguments.country, home=arguments.home).place(arguments.place_id)
    decisions = Decisions.open(arguments.home)
    number = decisions.add(arguments.query, arguments.admin1, arguments.country, place.place_id, arguments.by, arguments.note)
    print(f"decision {number}: {arguments.query} is {place.name} ({place.place_id})")
    return DONE


def _undo(arguments: argparse.Namespace) -> int:
    Decisions.open(arguments.home).undo(arguments.id, arguments.by)
    print(f"decision {arguments.id} no longer holds")
    return DONE


def _decisions(arguments: argparse.Namespace) -> int:
    print(f"{Decisions.open(arguments.home).export(arguments.file)} decisions in {arguments.file}")
    return DONE


def _command(
    subparsers: _Subparsers[argparse.ArgumentParser],
    shared: argparse.ArgumentParser,
    name: str,
    summary: str,
    text: str,
    examples: str = "",
) -> argparse.ArgumentParser:
    return subparsers.add_parser(
        name,
        parents=[shared],
        help=summary,
        description=text,
        epilog=examples + _EXIT_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _register_add(subparsers: _Subparsers[argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    add = _command(subparsers, shared, "add", "add a gazetteer", "Adds a gazetteer to those in which names are looked up.", _ADD_HELP)
    kind = add.add_mutually_exclusive_group(required=True)
    kind.add_argument("--geonames", metavar="CC", help="fetch the GeoNames dump of a country (the only command that uses the network)")
    kind.add_argument("--geonames-file", type=Path, metavar="FILE", help="a GeoNames dump: SY.zip or SY.txt")
    kind.add_argument("--ocha", type=Path, metavar="FILE", help="populated places of OCHA (CSV, XLSX)")
    kind.add_argument("--whosonfirst", type=Path, metavar="FILE", help="localities of Who's On First (CSV, GeoJSON)")
    kind.add_argument("--table", type=Path, metavar="FILE", help="any CSV, XLSX or GeoJSON with names and positions (EPSG:4326)")
    add.add_argument("--name", metavar="N", help="how to call the source (default: after the kind or the file)")
    add.add_argument("--country", default="SY", metavar="CC", help="ISO 3166-1 code of rows that do not say theirs (default: SY)")
    add.add_argument("--replace", action="store_true", help="replace the source of this name that was read from another file")
    add.add_argument("--alternate-names", type=Path, metavar="FILE", help="with GeoNames: alternateNamesV2, plain or zipped")
    add.add_argument("--base-url", default=GEONAMES_URL, metavar="URL", help="with --geonames: a mirror (default: %(default)s)")
    columns = add.add_argument_group("columns of --table, where they are not recognised")
    columns.add_argument("--name-column", metavar="COLUMN", help="names to print")
    columns.add_argument("--longitude-column", metavar="COLUMN", help="degrees east")
    columns.add_argument("--latitude-column", metavar="COLUMN", help="degrees north")
    columns.add_argument("--names-column", metavar="COLUMN", help="other names, separated by '|' or ';'")
    columns.add_argument("--admin1-column", metavar="COLUMN", help="province: ISO 3166-2 code, OCHA p-code or name")
    columns.add_argument("--licence", default="", metavar="TEXT", help="what to show with the places of the table")
    add.set_defaults(run=_refusing(_add))


def _refusing(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    @wraps(command)
    def run(options: argparse.Namespace) -> int:
        try:
            return command(options)
        except (GazetteerError, OSError) as error:
            print(f"gazetteer: {error}", file=sys.stderr)
            return REFUSED

    return run


def _add(options: argparse.Namespace) -> int:
    home = home_directory(options.home)
    # Two downloads at once would write into one file.
    with locked(home / "downloads" / ".lock") if options.geonames else nullcontext():
        return _add_to(home, options)


def _add_to(home: Path, options: argparse.Namespace) -> int:
    downloaded = None
    if options.geonames:
        downloaded = download_geonames(options.geonames.strip().upper(), home / "downloads", options.base_url)
        print(f"sha256 {file_sha256(downloaded)}  {downloaded.name}")
    kind, path, read = _source(options, downloaded)
    name = options.name or _default_name(kind, path)
    problems: list[SchemaError] = []
    provinces = Provinces(record.place for record in read_provinces(BUNDLED / "provinces.csv"))
    store = Store.open(home)
    info = store.add(
        name,
        kind,
        path,
        _licence(kind, options),
        read(provinces, _into(problems)),
        problems,
        replace_existing=options.replace or downloaded is not None,
    )
    if downloaded is not None:
        downloaded.unlink()  # its places are in the store
    print(f"{info.name}: {info.records} places of {info.rows} rows, in {', '.join(info.countries)}; licence: {info.licence or 'not said'}")
    if problems:
        print(f"{info.bad_rows} rows were refused, listed in {store.report_path(name)}; the first: {problems[0]}", file=sys.stderr)
    return DONE


def _into(problems: list[SchemaError]) -> Report:
    def report(error: SchemaError) -> None:
        if len(problems) == _MOST_PROBLEMS:
            raise StoreError(f"more than {_MOST_PROBLEMS:,} rows cannot be read; the first: {problems[0]}") from None
        problems.append(error)

    return report


def _source(options: argparse.Namespace, downloaded: Path | None) -> tuple[str, Path, _Read]:
    country = options.country.strip().upper()
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise StoreError(f"{options.country[:20]!r} is not an ISO 3166-1 country code of two letters, such as SY")
    dump: Path | None = downloaded or options.geonames_file
    if options.alternate_names and not dump:
        raise StoreError("--alternate-names goes with --geonames or --geonames-file only")
    if dump:
        return "geonames", dump, lambda known, report: geonames_dump.read_geonames_dump(dump, known, report, options.alternate_names)
    if options.ocha:
        return "ocha", options.ocha, lambda known, report: ocha.read_ocha(options.ocha, known, report, country)
    if options.whosonfirst:
        return (
            "whosonfirst",
            options.whosonfirst,
            lambda known, report: whosonfirst.read_whosonfirst(options.whosonfirst, known, report, country),
        )
    chosen = anything.Chosen(
        name=options.name_column,
        longitude=options.longitude_column,
        latitude=options.latitude_column,
        names=options.names_column,
        admin1=options.admin1_column,
    )
    name = options.name or _default_name("table", options.table)
    return "table", options.table, lambda known, report: anything.read_anything(options.table, name, known, report, chosen, country)


def _default_name(kind: str, path: Path) -> str:
    stem = re.sub("[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    if kind == "geonames":
        return f"geonames-{stem}"[:64]
    return (stem[:64].strip("-") or "table") if kind == "table" else kind


def _licence(kind: str, options: argparse.Namespace) -> str:
    fixed = {"geonames": geonames_dump.LICENCE, "ocha": ocha.LICENCE, "whosonfirst": whosonfirst.LICENCE}
    return str(options.licence) or fixed.get(kind, "")


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
