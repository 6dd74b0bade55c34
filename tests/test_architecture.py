"""The house stands as docs/architecture.md draws it: who may import whom, read from the syntax trees, and where data come from."""

import ast
import hashlib
import json
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORES = ("geodata", "gazetteer")
PACKAGES = ("common", *CORES, "views")
SCREEN = {"streamlit", "folium", "branca", "streamlit_folium"}
DRAWING = SCREEN | {"matplotlib", "pptx"}
LEVELS = {"app": 0, "pages": 0, "views": 1, "geodata": 2, "gazetteer": 2, "common": 3}
"""A module may import its own package and those of higher levels; the two cores do not know each other."""

ROOMS = {
    "geodata": """
        errors sentences
        dataset
        adjudication ledger
        control
        land files
        checks
        intake
        loading
        commands
        __main__
    """,
    "geodata.land": "boundary_store / boundaries / territory boundary_files / measures basemap districts",
    "geodata.files": "text guard / formats / flat",
    "gazetteer": "place / errors spelling / index / sources / decisions online / resolve / batch / commands / __main__",
    "gazetteer.sources": "tables store merge / readers download / library",
    "views": "language style / payload vocabulary wording citation / paper / screen",
    "views.paper": "land output / drawing / facts / sheets / __main__",
    "views.screen": "escape permalink / assets / loading / session / components control_map / frame / pages",
    "views.screen.pages": "control compare ledger methods places sources / province",
}
"""The rooms of a package, from those that everybody may use to those that nobody else in it may: a level a line or between slashes.
Rooms of one level do not know each other."""

MODULES = sorted([ROOT / "app.py", *(path for folder in ("pages", *PACKAGES) for path in (ROOT / folder).rglob("*.py"))])
SCRIPTS = sorted([*(ROOT / "benchmarks").rglob("*.py"), *(ROOT / "data").rglob("*.py")])
DATA_FILES = sorted(path for path in (ROOT / "data").rglob("*") if path.suffix in (".csv", ".geojson"))


def named(path: Path) -> str:
    """Dotted name of a module of the product."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(source: str, module: str = "", is_package: bool = False) -> set[str]:
    """Dotted names that a source text imports anywhere in it, relative ones resolved against `module`."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            here = module.split(".")
            above = here[: len(here) - node.level + is_package] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            names |= {base} | {f"{base}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("import_module", "__import__"):
            names |= {str(argument.value) for argument in node.args[:1] if isinstance(argument, ast.Constant)}
    return names


def imports(path: Path) -> set[str]:
    return imported(path.read_text(encoding="utf-8"), named(path), path.name == "__init__.py")


def roots(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)}


def modules_of(package: str) -> list[Path]:
    return [path for path in MODULES if named(path).partition(".")[0] == package]


def importing(names: set[str]) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in MODULES if roots(path) & names}


def test_the_reader_of_imports_finds_every_form_of_them():
    source = """
import a.b as x, c
from d import e
def late():
    from . import f
    from ..g import h
    importlib.import_module("i.j")
"""
    assert imported(source, "views.screen.page") >= {"a.b", "c", "d", "d.e", "views.screen.f", "views.g", "views.g.h", "i.j"}
    assert "views.screen.f" in imported("from . import f", "views.screen", is_package=True)


def test_there_is_something_to_read():
    assert {"app", "geodata.control.control", "gazetteer.resolve.gazetteer", "views.screen.control_map"} <= {
        named(path) for path in MODULES
    }


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_go_one_way_from_pages_to_views_to_the_cores(path):
    own = named(path).partition(".")[0]
    wrong = {other for other in roots(path) & set(LEVELS) if other != own and LEVELS[other] <= LEVELS[own]}
    assert wrong == set()


def room_levels(package: str) -> dict[str, int]:
    """Level of each room of a package, 0 is the one that all may use."""
    levels = ROOMS[package].strip().replace("\n", "/").split("/")
    return {room: level for level, rooms in enumerate(levels) for room in rooms.split()}


def arrows() -> set[tuple[str, str]]:
    """Who imports whom among the modules of the product, wherever in a module the import stands."""
    known = {named(path) for path in MODULES}
    found = set()
    for path in MODULES:
        # `from package import name` names a module or what its __init__ holds; of two names for one thing the longer is meant.
        names = imports(path) & known
        meant = {name for name in names if not any(other.startswith(f"{name}.") for other in names)}
        found |= {(named(path), other) for other in meant if other != named(path)}
    return found


@pytest.mark.parametrize("package", ROOMS)
def test_every_room_of_a_package_has_a_level(package):
    folder = ROOT / package.replace(".", "/")
    rooms = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()} - {"__init__"}
    assert set(room_levels(package)) == rooms


@pytest.mark.parametrize("package", ROOMS)
def test_imports_go_one_way_inside_a_package(package):
    levels, depth = room_levels(package), package.count(".") + 1
    inside = [(one, other) for one, other in arrows() if one.startswith(f"{package}.") and other.startswith(f"{package}.")]
    wrong = [
        f"{one} imports {other}"
        for one, other in sorted(inside)
        for room, used in [(one.split(".")[depth], other.split(".")[depth])]
        if room != used and levels[used] >= levels[room]
    ]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle():
    used = {}
    for one, other in arrows():
        used.setdefault(one, set()).add(other)
    graph = TopologicalSorter(used)
    graph.prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("path", [path for core in CORES for path in modules_of(core)], ids=named)
def test_the_cores_do_not_draw(path):
    assert roots(path) & DRAWING == set()


@pytest.mark.parametrize("path", [p for p in modules_of("views") if "paper" in p.parts], ids=named)
def test_paper_does_not_know_the_screen(path):
    assert roots(path) & SCREEN == set()
    assert not any(name.startswith("views.screen") for name in imports(path))


def test_folium_is_imported_in_one_module():
    assert importing({"folium", "streamlit_folium"}) == {"views/screen/control_map.py"}


def test_geopy_is_imported_by_the_online_geocoders_only():
    assert {path for path in importing({"geopy"}) if not path.startswith("gazetteer/online/")} == set()


def test_sqlalchemy_is_imported_by_the_ledger_only():
    assert {path for path in importing({"sqlalchemy"}) if not path.startswith("geodata/ledger/")} == set()


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS, *sorted((ROOT / "tests").rglob("*.py"))], ids=str)
def test_nothing_imports_a_page(path):
    assert not {"app", "pages"} & roots(path)


def test_pages_share_no_name_with_packages():
    taken = {path.name for path in ROOT.iterdir() if path.is_dir()} | {"app"} | {name for path in MODULES for name in roots(path)}
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} & taken == set()


def test_tests_do_not_shadow_the_packages():
    assert [path for path in (ROOT / "tests").rglob("__init__.py") if path.parent.name in PACKAGES] == []


def sidecar(path: Path) -> Path:
    # A base map layer is described in NAME.meta.json, a table in NAME.csv.meta.json.
    return path.with_suffix(".meta.json") if path.suffix == ".geojson" else path.with_name(f"{path.name}.meta.json")


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: path.name)
def test_every_data_file_says_who_made_it_from_what_when_and_under_which_licence(path):
    described = json.loads(sidecar(path).read_text(encoding="utf-8"))
    assert all(described[key] for key in ("title", "description", "made_by", "made_on", "derived_from", "licence"))
    assert described["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_sidecar_describes_a_file():
    described = {sidecar(path) for path in DATA_FILES}
    assert set((ROOT / "data").rglob("*.meta.json")) - described == set()
