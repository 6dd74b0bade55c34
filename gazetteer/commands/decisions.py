"""Commands on what analysts decide: `confirm`, `undo`, `decisions`."""

from __future__ import annotations

import argparse
from pathlib import Path

from gazetteer.commands.options import DONE, Commands, add_command
from gazetteer.decisions import Decisions
from gazetteer.resolve.gazetteer import Gazetteer


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands, each with `run`, a function from its arguments to an exit status."""
    confirm = add_command(
        commands, "confirm", "say which place a name means", _confirm, "Keeps your decision: it is the answer until it is undone."
    )
    confirm.add_argument("query", metavar="NAME", help="the toponym, as reports write it")
    confirm.add_argument("place_id", metavar="PLACE_ID", help="the place it means, as `resolve --json` names it")
    confirm.add_argument("--by", required=True, metavar="WHO", help="who decides")
    confirm.add_argument("--admin1", default="", metavar="CODE", help="only with this province, ISO 3166-2")
    confirm.add_argument("--country", default="SY", metavar="CC", help="ISO 3166-1 code (default: SY)")
    confirm.add_argument("--note", default="", metavar="WHY", help="why")

    undo = add_command(commands, "undo", "take a decision back", _undo, "Takes a decision back; what was the answer before is so again.")
    undo.add_argument("id", type=int, metavar="ID", help="number of the decision, as `decisions` lists it")
    undo.add_argument("--by", required=True, metavar="WHO", help="who takes it back")

    decisions = add_command(commands, "decisions", "export all decisions", _decisions, "Writes all decisions, undone ones too, as CSV.")
    decisions.add_argument("file", type=Path, metavar="OUT.csv", help="file to write")


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
