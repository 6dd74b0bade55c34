"""What every package may use loads nothing heavy, so that the process that reads files from outside may use it too."""

import subprocess
import sys
from pathlib import Path

import pytest

from common import home

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(f"common.{path.stem}" for path in (ROOT / "common").glob("*.py") if path.stem != "__init__")


def test_nothing_in_common_loads_pandas_or_numpy():
    script = f"import sys, {', '.join(MODULES)}; print({{'pandas', 'numpy'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_data_that_come_with_the_product_are_there():
    assert (home.BUNDLED / "claims.csv").is_file()


@pytest.mark.parametrize("variable", [home.HOME_VARIABLE, home.GAZETTEER_VARIABLE])
def test_a_variable_names_the_folder_of_what_users_bring(tmp_path, monkeypatch, variable):
    monkeypatch.setenv(variable, str(tmp_path))
    assert home.home_directory(variable) == tmp_path
    monkeypatch.setenv(variable, " ")
    assert home.home_directory(variable).name == "control-atlas"


def test_a_variable_names_the_dataset_that_is_shown(tmp_path, monkeypatch):
    monkeypatch.setenv(home.DATA_VARIABLE, str(tmp_path))
    assert home.data_folder() == tmp_path.resolve()
    monkeypatch.delenv(home.DATA_VARIABLE)
    assert home.data_folder() == home.BUNDLED
