"""The scripts of the browser import one way, without circles, and what is asked for at once is all that is needed, and nothing else."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from views.screen.components import _LOADER

BROWSER = Path(__file__).resolve().parents[1] / "views" / "screen" / "browser"
SCRIPTS = sorted(BROWSER.rglob("*.js"))
LEVELS = ("language dates gzip keys drawing", "state", "bridge", "widgets", "map", "parts")
"""From what every script may use to what none may: a room imports its own scripts and those of rooms before it."""

_IMPORT = re.compile(r"""(?:^(?:import|export)\b[^"'`;]*?\bfrom\s*|^import\s*|\bimport\(\s*)(["'])(\.[^"']+)\1""", re.MULTILINE)


def imported(source: str) -> list[str]:
    """Relative addresses that a script imports, at its top or later."""
    return [address for _quote, address in _IMPORT.findall(source)]


def named(script: Path) -> str:
    return script.relative_to(BROWSER).with_suffix("").as_posix()


def used_by(script: Path) -> set[str]:
    return {named((script.parent / address).resolve()) for address in imported(script.read_text("utf-8"))}


def level(name: str) -> int:
    room = name.partition("/")[0]
    return next(k for k, rooms in enumerate(LEVELS) if room in rooms.split())


def closure(*names: str) -> set[str]:
    """Those scripts and all that they import, however far."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += used_by(BROWSER / f"{name}.js")
    return found


def asked_for(source: str, folder: Path = BROWSER) -> set[str]:
    """Names in the lists of a loader, with the folder that a list is mapped into: ["a", "b"].map((name) => `state/${name}`)."""
    names = set()
    mapped = re.compile(r"\[([^\[\]]*)\]\.map\(\(name\) => `([^`]*)\$\{name\}`\)")
    for listed, into in mapped.findall(source):
        names |= {f"{into}{name}" for name in re.findall(r'"([^"]+)"', listed)}
    names |= set(re.findall(r'"([^"]+)"', mapped.sub("", source)))
    return {named((folder / f"{name}.js").resolve()) for name in names}


def test_the_reader_of_imports_finds_every_form_of_them():
    source = """
import { a } from "./a.js";
import {
  b,
} from "../b.js";
import "./c.js";
export { d } from "./d.js";
const e = await import("./e.js");
// from "./not.js"
"""
    assert imported(source) == ["./a.js", "../b.js", "./c.js", "./d.js", "./e.js"]


def test_there_is_something_to_read():
    assert {"state/atlas", "map/layers/places", "parts/rail/legend"} <= {named(script) for script in SCRIPTS}
    assert "state/track" in used_by(BROWSER / "state" / "atlas.js")


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_scripts_import_what_there_is_from_their_own_room_and_those_before_it(script: Path):
    assert {name for name in used_by(script) if not (BROWSER / f"{name}.js").exists()} == set()
    assert {name for name in used_by(script) if level(name) > level(named(script))} == set()


def test_no_scripts_import_each_other_in_a_circle():
    used = {named(script): used_by(script) for script in SCRIPTS}
    TopologicalSorter(used).prepare()  # raises CycleError, which names the circle


def test_the_frame_of_the_map_asks_at_once_for_all_that_it_will_need():
    source = (BROWSER / "map" / "control_layer.js").read_text("utf-8")
    listed = re.search(r"const MODULES = \[(.*?)\n  \];", source, re.DOTALL)
    assert listed
    assert asked_for(listed[1], BROWSER / "map") == closure("map/attach", "map/points")


def test_a_component_asks_at_once_for_all_that_every_component_needs():
    listed = re.search(r"const SHARED = \[(.*?)\n\];", _LOADER, re.DOTALL)
    assert listed
    assert asked_for(listed[1]) == closure("state/atlas", "bridge/polite", "drawing/symbols")


def test_a_script_has_at_most_350_lines():
    assert {named(script) for script in SCRIPTS if len(script.read_text("utf-8").splitlines()) > 350} == set()
