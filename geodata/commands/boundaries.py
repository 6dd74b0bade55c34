"""The command `boundaries`: outlines of provinces and districts that the user brings."""

from __future__ import annotations

import argparse
from pathlib import Path

from geodata.commands.options import DATA_WRONG, OK, Commands, add_command
from geodata.commands.output import complain, counted, for_terminal, say
from geodata.land.boundaries import areas_km2, boundaries
from geodata.land.boundary_files import add_boundaries
from geodata.land.boundary_store import LEVELS, added, remove

_HELP = """\
examples:
  python -m geodata boundaries add syr_admbnda_adm1.shp --level 1 --code-column ADM1_PCODE --name-column ADM1_EN \\
      --source "OCHA COD-AB Syria, 2020-12-17" --licence "CC BY-IGO"
  python -m geodata boundaries list
  python -m geodata boundaries remove --level 1

They are kept in the folder that CONTROL_ATLAS_HOME names, else in the user's data folder. There is one set a level; adding another
replaces it. Read are shapefiles (.shp, with .shx, .dbf and .prj beside it), GeoJSON and GeoPackage.

exit status:
  0  done
  1  the file is not fit: the message says why; or there was nothing to remove
  2  wrong usage
"""


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Nothing; adds the command."""
    what = "Outlines of provinces (level 1) and districts (level 2): the bundled ones are Natural Earth's, better ones can be added."
    actions = add_command(commands, "boundaries", "whose outlines are drawn and measured", _list, what, _HELP).add_subparsers(required=True)

    add = add_command(actions, "add", "add the outlines of a file", _add, "Adds the outlines of a file.", _HELP)
    add.add_argument("file", type=Path, metavar="FILE", help="shapefile, GeoJSON or GeoPackage")
    _add_level(add)
    add.add_argument("--code-column", required=True, metavar="C", help="column with the code of each outline")
    add.add_argument("--name-column", required=True, metavar="C", help="column with its name")
    add.add_argument("--source", required=True, metavar="TEXT", help="whose outlines they are")
    add.add_argument("--licence", required=True, metavar="TEXT", help="under which licence")
    add.add_argument("--layer", metavar="NAME", help="layer of a GeoPackage with several")

    add_command(actions, "list", "what is in force", _list, "Lists the outlines in force.", _HELP)
    _add_level(add_command(actions, "remove", "back to the bundled ones", _remove, "Removes the added outlines of a level.", _HELP))


def _add_level(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--level", type=int, choices=LEVELS, required=True, help="1 provinces, 2 districts")


def _add(options: argparse.Namespace) -> int:
    outlines = add_boundaries(
        options.file, options.level, options.code_column, options.name_column, options.source, options.licence, options.layer
    )
    for row, area in zip(outlines.itertuples(), areas_km2(outlines), strict=True):
        say(for_terminal(f"{row.code:12} {row.parent:6} {row.source_code:12} {row.name:24} {area:10,.0f} km2") + "\n")
    return OK


def _list(options: argparse.Namespace) -> int:
    for level, name in LEVELS.items():
        origin = added(level)
        if origin is None and level != 1:
            say(f"level {level}, {name}: none\n")
            continue
        outlines = boundaries(level)
        whose = outlines.attrs["origin"] + (f", added {origin.added_on} from {origin.file_name}" if origin else ", bundled")
        say(for_terminal(f"level {level}, {name}: {counted(outlines, 'outline')}, {areas_km2(outlines).sum():,.0f} km2: {whose}") + "\n")
    return OK


def _remove(options: argparse.Namespace) -> int:
    if remove(options.level):
        return OK
    return complain(f"no {LEVELS[options.level]} were added.", DATA_WRONG)
