"""What docs/tutorial.md tells a newcomer to type works, in its order, and gives what it says."""

import gc
import importlib
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
TUTORIAL = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(
    r"(?i:save this as) `(?P<file>[^`]+)`:\n\n```csv\n(?P<content>.*?)^```$|^```console\n(?P<session>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
LABEL = re.compile(r"\*\*(.+?)\*\*")


@pytest.fixture
def lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the lesson, in a home of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(ROOT)
    folder = tmp_path / "lesson"
    folder.mkdir()
    return folder


def steps(session: str) -> Iterator[tuple[str, str]]:
    """Commands of a block with what each is said to print."""
    for step in session.split("$ ")[1:]:
        command, _, printed = step.partition("\n")
        yield command, printed


def as_told(printed: str, told: str) -> bool:
    """Whether a command printed what the tutorial says, where `...` stands for anything, and spaces for any number of them."""
    parts = [re.escape(" ".join(part.split())) for part in told.split("...")]
    return re.fullmatch(".*".join(parts), " ".join(printed.split())) is not None


def test_the_comparison_knows_what_may_differ():
    assert as_told("465 entries\nhead 465:ab\n", "465 entries\nhead 465:...\n")
    assert not as_told("466 entries\nhead 465:ab\n", "465 entries\nhead 465:...\n")
    assert not as_told("465 entries\nand more\n", "465 entries\n")


def test_every_command_of_the_tutorial_gives_what_it_says(lesson, monkeypatch, capsys):
    typed = 0
    for block in BLOCK.finditer(TUTORIAL.read_text(encoding="utf-8")):
        if block["file"]:
            Path(block["file"]).expanduser().write_text(block["content"], encoding="utf-8")
            continue
        for command, told in steps(block["session"]):
            words = [str(Path(word).expanduser()) if word.startswith("~") else word for word in shlex.split(command)]
            typed += 1
            if words[0] == "export":
                name, _, value = words[1].partition("=")
                monkeypatch.setenv(name, str(Path(value).expanduser()))
                continue
            assert words[:2] == ["python", "-m"], command
            capsys.readouterr()
            gc.collect()  # closes the ledger of the command before, as the end of its process would
            monkeypatch.setattr(sys, "argv", words[2:])
            importlib.import_module(f"{words[2]}.__main__").main()
            printed, complaint = capsys.readouterr()
            assert complaint == "", command
            assert as_told(printed, told), f"{command}\nprinted\n{printed}\nnot\n{told}"
    assert typed > 15
    with Image.open(lesson / "homs.png") as picture:
        assert picture.size == (1920, 1080)
    assert (lesson / "control.csv").read_text(encoding="utf-8-sig").count("\n") > 21
    assert (lesson / "places.csv").read_text(encoding="utf-8").splitlines()[1].startswith("Mheen,resolved,mahin,")


def test_every_label_of_a_page_that_the_tutorial_names_is_one():
    with (ROOT / "views" / "locale" / "atlas.pot").open("rb") as template:
        messages = {str(message.id).strip("*") for message in read_po(template) if message.id}
    labels = LABEL.findall(TUTORIAL.read_text(encoding="utf-8"))
    assert len(labels) > 6
    assert [label for label in labels if label not in messages] == []
