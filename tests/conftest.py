"""What all tests share."""

import shlex
from collections.abc import Iterator

import pytest

from tests.trials import load_profiles

load_profiles()


@pytest.fixture(scope="session", autouse=True)
def own_homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Indexes, added sources and ledgers of whoever runs the tests are left alone, and do not change what comes out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTROL_ATLAS_HOME", str(tmp_path_factory.mktemp("control-atlas-home")))
        patch.setenv("GAZETTEER_HOME", str(tmp_path_factory.mktemp("gazetteer-home")))
        yield


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Say last how to run again just what failed."""
    yield
    failed = [report.nodeid for outcome in ("failed", "error") for report in terminalreporter.stats.get(outcome, [])]
    if failed:
        terminalreporter.section("to run again what failed")
    for test in dict.fromkeys(failed):
        terminalreporter.write_line(f".venv/bin/python -m pytest {shlex.quote(test)}")
