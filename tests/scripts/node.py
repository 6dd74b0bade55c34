"""Node, in which the scripts of the browser run for their tests: that of the development requirements, else that of the machine."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


def node() -> str:
    """Return the path of Node."""
    beside = Path(sys.prefix) / "bin" / "node"
    found = str(beside) if beside.exists() else shutil.which("node")
    assert found, "the tests of the scripts need Node"
    return found
