"""What all tests share."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_gazetteer_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Indexes and added sources of whoever runs the tests are left alone, and do not change what names come out as."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAZETTEER_HOME", str(tmp_path_factory.mktemp("gazetteer-home")))
        yield
