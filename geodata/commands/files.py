"""The commands that move files: `import` into the ledger, `export` from it."""

from __future__ import annotations

import argparse
from pathlib import Path

from geodata.commands.options import Commands, add_command, add_data, add_ledger, date
from geodata.files.guard.kinds import ENDINGS

FORMATS = ("csv", "xlsx", "geojson", "gpkg", "geoparquet")
"""Those of `geodata.files.formats`, which is slow to import."""

_IMPORT_HELP = f"""\
FILE ends in {", ".join(ENDINGS)}. Its layout is told by its columns:
  flat      every claim in one row, as `export --what claims` writes it
  claims    the columns of claims.csv; documents and claimants have to be known
  ACLED     an export of ACLED; transfers of territory become claims
  UCDP GED  a file of UCDP GED; all its rows are incidents

Everything is entered, or nothing. What is there already is left alone; a record that is there with other cells is listed, and corrected
with --update. Names of places are looked up among the places of the dataset only, by name or within 2 km of a position; resolve others
first with `python -m gazetteer resolve`, or import the file on the page of the ledger, which asks the gazetteer. Rows of event data that
are no change of control stay incidents, each with the reason.

examples:
  python -m geodata import claims.xlsx --dry-run
  python -m geodata import acled.csv --by Nadia --reason "ACLED, Homs, 2015"

exit status:
  0  entered, or nothing to enter
  1  the file is wrong, and nothing was entered: each wrong cell is named by row and column
  2  wrong usage
"""
_EXPORT_HELP = """\
what:
  claims   every claim in one row, with its document, claimant, place, and the event it speaks for; can be imported again
  figures  every figure that was claimed about areas and distances, with its document; rival ones share their topic
  events   dated events, adjudicated from the claims
  control  who holds each place on a date (--as-of)

Licence, sources and the head of the ledger are in every file. CSV: a text that a spreadsheet would run as a formula stands behind an
apostrophe. GeoJSON, GeoPackage and GeoParquet hold points in EPSG:4326, longitude first.

examples:
  python -m geodata export --what claims --format xlsx --out claims.xlsx
  python -m geodata export --what control --as-of 2015-11-23 --format gpkg --out control.gpkg

exit status:
  0  written
  1  the data are wrong
  2  wrong usage, or a file that cannot be written
"""


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Nothing; adds the commands."""
    what = "Takes a file of claims into the ledger."
    taking = add_command(commands, "import", "a file of claims into the ledger", _import, what, _IMPORT_HELP)
    taking.add_argument("file", type=Path, metavar="FILE")
    taking.add_argument("--dry-run", action="store_true", help="say what would be entered, and enter nothing")
    taking.add_argument("--update", action="store_true", help="also correct records that are there with other cells")
    taking.add_argument("--by", metavar="NAME", help="who enters it; needed unless --dry-run")
    taking.add_argument("--reason", default="", metavar="TEXT", help="why, for the journal (default: the name of the file)")
    taking.add_argument("--format", choices=("table", "json"), default="table", help="for people (default), or for programs")
    add_data(taking)
    add_ledger(taking)

    giving = add_command(commands, "export", "claims, events or control as a file", _export, "Writes what the ledger holds.", _EXPORT_HELP)
    giving.add_argument("--what", choices=("claims", "figures", "events", "control"), required=True)
    giving.add_argument("--format", choices=FORMATS, required=True)
    giving.add_argument("--out", type=Path, required=True, metavar="FILE", help="written at once or not at all")
    giving.add_argument("--as-of", type=date, metavar="DATE", help="day of --what control, YYYY-MM-DD, inclusive")
    add_data(giving)
    add_ledger(giving)


def _import(options: argparse.Namespace) -> int:
    from geodata.commands.transfer import take_in

    return take_in(options)


def _export(options: argparse.Namespace) -> int:
    from geodata.commands.transfer import give_out

    return give_out(options)
