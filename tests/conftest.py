"""What all tests share."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What whoever runs the tests has added is left alone, and does not change what comes out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAZETTEER_HOME", str(tmp_path_factory.mktemp("gazetteer-home")))
        patch.setenv("CONTROL_ATLAS_HOME", str(tmp_path_factory.mktemp("atlas-home")))
        yield
