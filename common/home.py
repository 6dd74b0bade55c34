"""Where data lie: those that come with the product, those that are shown, and those that its users bring."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

BUNDLED = Path(__file__).resolve().parents[1] / "data"
"""Folder of the dataset that comes with the product."""

HOME_VARIABLE = "CONTROL_ATLAS_HOME"
GAZETTEER_VARIABLE = "GAZETTEER_HOME"
DATA_VARIABLE = "CONTROL_ATLAS_DATA"


def home_directory(variable: str = HOME_VARIABLE) -> Path:
    """Return the folder that an environment variable names, else where this system keeps the data of a user's applications."""
    return _named(variable) or user_data_path("control-atlas")


def data_folder() -> Path:
    """Return the folder of the dataset that is shown: the one that CONTROL_ATLAS_DATA names, else the bundled one."""
    named = _named(DATA_VARIABLE)
    return named.resolve() if named else BUNDLED


def _named(variable: str) -> Path | None:
    named = os.environ.get(variable, "").strip()
    return Path(named).expanduser() if named else None
