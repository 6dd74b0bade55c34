"""English and Arabic: the switch, every text of every page in the catalogue, and pages in Arabic that everybody can use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from geodata import read_dataset
from geodata.schema import BUNDLED
from geodata.sidecars import read_sidecars
from tests.browser.conftest import serving
from tests.browser.pseudo import pseudo_catalogue


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with the pseudo-language in the place of Arabic."""
    folder = tmp_path_factory.mktemp("pseudo")
    with serving(folder / "log", CONTROL_ATLAS_LOCALE=str(pseudo_catalogue(folder / "locale"))) as address:
        yield address


@pytest.fixture(scope="module")
def data() -> list[str]:
    """Words of the data, which stand as they are in every language."""
    dataset = read_dataset(BUNDLED)
    words = {thing.name for kind in (dataset.claimants, dataset.parties, dataset.locations) for thing in kind.values()}
    for document in dataset.documents.values():
        words |= {document.publisher, document.agency, f"{document.publisher} ({document.agency})"}
    words |= set(dataset.claimants) | {claim.claim_id for claim in dataset.claims} | set(dataset.locations)
    words |= {sidecar.title for sidecar in read_sidecars(BUNDLED)}
    return [word for word in words if word]
