"""Scripts of the browser that need no browser are tested in Node, by files beside this one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.scripts.node import node

FILES = sorted(Path(__file__).parent.glob("*.test.js"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_script_does_what_its_tests_in_node_say(path):
    run = subprocess.run([node(), "--test", "--test-reporter=tap", path], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout
    assert "\n# tests 0\n" not in run.stdout


def test_there_is_something_to_run():
    assert FILES
