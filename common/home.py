"""Where the product keeps what its users bring."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

HOME_VARIABLE = "CONTROL_ATLAS_HOME"


def home_directory() -> Path:
    """Return the folder that CONTROL_ATLAS_HOME names, else where this system keeps the data of a user's applications."""
    return Path(os.environ.get(HOME_VARIABLE) or user_data_path("control-atlas"))
