"""The command `add`: a gazetteer that somebody brings, whose kind is told from the file."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

from common.atomic import locked
from common.home import BUNDLED
from gazetteer.commands.options import DONE, Commands, add_command
from gazetteer.errors import SchemaError, StoreError
from gazetteer.place import Record
from gazetteer.sources.download import GEONAMES_URL, download_geonames
from gazetteer.sources.readers import anything, geonames_dump, ocha, whosonfirst
from gazetteer.sources.readers.admin1 import Provinces
from gazetteer.sources.readers.kinds import KINDS, kind_of
from gazetteer.sources.readers.provinces import read_provinces
from gazetteer.sources.store import Store, file_sha256, home_directory
from gazetteer.sources.tables.rows import Report

# A file with more of them is not what it is taken for, and listing them all would fill the memory.
_MOST_PROBLEMS = 100_000

_ADD_HELP = """\
examples:
  python -m gazetteer add syr_populatedplaces.xlsx
  python -m gazetteer add --geonames SY
  python -m gazetteer add --ocha syr_populatedplaces.csv
  python -m gazetteer add --whosonfirst localities.csv
  python -m gazetteer add --table field_notes.xlsx --name field-notes --name-column Village --country SY

Adding a newer edition of a source: the same with --replace.

"""

_Read = Callable[[Provinces, Report], Iterator[Record]]

_OPTION_OF = {"geonames": "geonames_file", "ocha": "ocha", "whosonfirst": "whosonfirst", "table": "table"}
"""The option that names a file of this kind."""


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command, with `run`, a function from its arguments to an exit status."""
    add = add_command(commands, "add", "add a gazetteer", _add, "Adds a gazetteer to those in which names are looked up.", _ADD_HELP)
    kind = add.add_mutually_exclusive_group(required=True)
    kind.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a file of any of these kinds, which is told from what is in it")
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
    if options.file:
        kind = kind_of(options.file)
        print(f"{options.file.name}: {KINDS[kind]}")
        setattr(options, _OPTION_OF[kind], options.file)
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
