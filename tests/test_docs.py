"""What the documents say is there: every path, every link, every command."""

import csv
import importlib
import importlib.util
import re
import shlex
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY", "CODE_OF_CONDUCT")),
]
FOLDERS = (".ci", ".github", ".streamlit", "benchmarks", "common", "data", "docs", "gazetteer", "geodata", "pages", "tests", "views")
ENDINGS = "py|js|css|md|csv|toml|json|geojson|txt|in|yml|yaml|cff"
ELSEWHERE = {"incidents.csv", "ukraine.toml"}
"""Files of users, which documents name as an example."""

FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
A_PATH = re.compile(rf"(?:[\w.-]+/)+(?:[\w-]+\.(?:{ENDINGS}))?|[\w-]+\.(?:{ENDINGS})")
IN_FENCE = re.compile(rf"(?<![\w./-])(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./-]*\w")
COMMAND = re.compile(r"python -m (?P<words>[^`\n#>]+)")


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def prose_of(document: Path) -> str:
    """Return a document without its fenced blocks."""
    return FENCE.sub("", text_of(document))


@cache
def everything() -> tuple[str, ...]:
    """Paths of all files and folders of the project, folders with a slash at the end, each behind a slash."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    found += [path for folder in FOLDERS for path in [ROOT / folder, *(ROOT / folder).rglob("*")]]
    return tuple(f"/{path.relative_to(ROOT).as_posix()}{'/' if path.is_dir() else ''}" for path in found)


def is_there(path: str) -> bool:
    """Whether a path, or its end, is that of a file or folder of the project."""
    return any(known.endswith(f"/{path}") for known in everything())


def is_ours(path: str) -> bool:
    """Whether a word that looks like a path means one of the project, and is no placeholder and no file of a user."""
    stem = path.rstrip("/").rpartition("/")[2].partition(".")[0]
    return path not in ELSEWHERE and not stem.isupper() and not path.startswith(("my-", "/"))


def paths_in(document: Path) -> Iterator[str]:
    """Paths that a document names in its code spans and blocks."""
    for span in SPAN.findall(prose_of(document)):
        yield from (word for word in span.split() if A_PATH.fullmatch(word) and is_ours(word))
    for fence in FENCE.finditer(text_of(document)):
        if fence["language"] not in ("console", "csv"):
            yield from (path for path in IN_FENCE.findall(fence["text"]) if is_ours(path))


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(document: Path) -> set[str]:
    return {anchor(heading) for heading in re.findall(r"^#+ (.+)$", prose_of(document), re.MULTILINE)}


def commands_in(document: Path) -> Iterator[str]:
    """What follows `python -m` in a document; of a choice (csv|json) the first."""
    joined = text_of(document).replace("\\\n", " ")
    for match in COMMAND.finditer(joined):
        yield re.sub(r"(\w)\|[\w|]+", r"\1", match["words"]).replace("...", " ").strip(" .,:;)")


def named(document: Path) -> str:
    return document.name


def test_the_reader_of_documents_finds_paths_links_and_commands(tmp_path):
    document = tmp_path / "sample.md"
    document.write_text(
        "See `geodata/land/` and `tables.py`, not `a|b` or `NAME.csv`; `python -m geodata check`.\n"
        "```sh\npython -m geodata events --from 2015-10-01 # why\nls docs/glossary.md\n```\n# A `b` c, d\n"
    )
    assert list(paths_in(document)) == ["geodata/land/", "tables.py", "docs/glossary.md"]
    assert list(commands_in(document)) == ["geodata check", "geodata events --from 2015-10-01"]
    assert anchors(document) == {"a-b-c-d"}
    assert is_there("land/measures.py")
    assert not is_there("and/measures.py")


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_path_that_a_document_names_is_there(document):
    assert [path for path in paths_in(document) if not is_there(path)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_inside_the_project_leads_somewhere(document):
    lost = []
    for target in LINK.findall(prose_of(document)):
        path, _, section = target.partition("#")
        if "://" not in target and not target.startswith("mailto:"):
            there = (document.parent / path).resolve() if path else document
            if not there.exists() or (section and section not in anchors(there)):
                lost.append(target)
    assert lost == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_command_that_a_document_names_is_there_with_all_its_options(document, capsys):
    wrong = []
    for command in commands_in(document):
        module, *words = shlex.split(command)
        if module.startswith(("benchmarks", "views.screen.permalink")):  # they take no arguments, or run long
            if importlib.util.find_spec(module) is None:
                wrong.append(command)
            continue
        if module not in ("geodata", "gazetteer", "views.paper", "views.language"):
            continue  # a tool of others
        shown = help_of(module, subcommand(words), capsys)
        options = [word for word in words if word.startswith("--")]
        if not shown or any(option not in shown for option in options):
            wrong.append(command)
    assert wrong == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_target_of_make_that_a_document_names_is_there(document):
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    code = [
        *SPAN.findall(prose_of(document)),
        *(line for fence in FENCE.finditer(text_of(document)) for line in fence["text"].splitlines()),
    ]
    assert {made[1] for line in code if (made := re.match(r"(?:\S+=\S+ )*make ([a-z]+)", line.strip()))} <= targets


@pytest.mark.parametrize("package", ["geodata", "gazetteer", "views"])
def test_the_picture_of_the_house_has_every_room(package):
    (picture,) = [fence for fence in FENCE.finditer(text_of(ROOT / "docs" / "architecture.md")) if fence["language"] == "mermaid"]
    part = picture["text"].partition(f"subgraph {package}[")[2].partition("end\n")[0]
    rooms = {path.parent.name for path in (ROOT / package).glob("*/__init__.py")}
    assert rooms == set(re.findall(r"(\w+)/", part))


def test_the_readme_in_python_runs():
    (fence,) = [fence for fence in FENCE.finditer(text_of(ROOT / "README.md")) if fence["language"] == "python"]
    names = {}
    exec(compile(fence["text"], "README.md", "exec"), names)  # noqa: S102 - our own text
    assert len(names["events"]) > 100


def test_the_readme_and_the_data_card_count_what_the_tables_hold():
    def rows(table: str) -> list[dict[str, str]]:
        with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    claims, places, documents = rows("claims"), rows("places"), rows("documents")
    figures, published = len(rows("quantity_claims")), len(rows("published_figures"))
    about = f"{len({claim['place_id'] for claim in claims})} of {len(places)} places"
    in_homs = sum(place["admin1"] == "SY-HI" for place in places)
    readme = " ".join(text_of(ROOT / "README.md").split())
    assert f"{len(claims)} claims about {about} and {figures} claims about areas and distances, from {len(documents)} documents" in readme
    assert f"; {published} areas that others publish" in readme
    assert f"{in_homs} of the {len(places)} places lie in Homs Province" in readme
    kinds = Counter(claim["kind"] for claim in claims)
    card = text_of(ROOT / "docs" / "data-model.md").partition("## The bundled dataset")[2]
    assert f"{len(claims)} claims ({kinds['control_change']} changes, {kinds['control_state']} states, {kinds['contested']} fights" in card
    assert f"from {len(documents)} documents" in " ".join(card.split())


def subcommand(words: list[str]) -> list[str]:
    """The words of a command line up to its first argument: `boundaries add`, `control`."""
    many = 2 if words[:1] == ["boundaries"] else 1
    return [word for word in words[:many] if re.fullmatch(r"[a-z-]+", word) and not word.startswith("-")]


def help_of(module: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What `--help` of a command shows; empty where there is no such command."""
    capsys.readouterr()
    main = importlib.import_module(f"{module}.__main__").main
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", [module, *words, "--help"])
        with pytest.raises(SystemExit) as leaving:
            main()
    return capsys.readouterr().out if leaving.value.code == 0 else ""


def test_the_page_of_public_names_says_what_the_docstrings_say():
    script = ROOT / "docs" / "make_api.py"
    spec = importlib.util.spec_from_file_location("make_api", script)
    make_api = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_api)
    assert make_api.PAGE.read_text(encoding="utf-8") == make_api.page(), "run `make docs`"


@pytest.mark.parametrize("package", ["geodata", "gazetteer"])
def test_every_public_name_is_on_the_page_of_public_names(package):
    titles = re.findall(r"^#### `(\w+)`$", text_of(ROOT / "docs" / "api.md"), re.MULTILINE)
    assert set(importlib.import_module(package).__all__) <= set(titles)
