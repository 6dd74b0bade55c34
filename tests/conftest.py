"""What all tests share."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Indexes, added sources and ledgers of whoever runs the tests are left alone, and do not change what comes out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTROL_ATLAS_HOME", str(tmp_path_factory.mktemp("control-atlas-home")))
        patch.setenv("GAZETTEER_HOME", str(tmp_path_factory.mktemp("gazetteer-home")))
        yield
