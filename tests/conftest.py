"""What several test folders share: Hypothesis settings, the packaged dossier, the folder of seeds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from foedus.dossiers import Dossier, packaged_dossiers, read_dossier

# No example is timed, and the same ones are tried on every machine; 'pytest --hypothesis-profile=wide' looks further.
settings.register_profile("foedus", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("wide", deadline=None, max_examples=1_000)
settings.load_profile("foedus")

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def tokyo() -> Dossier:
    """The packaged dossier, as read."""
    return read_dossier(packaged_dossiers()["tokyo-office"])


@pytest.fixture
def tokyo_copy(tmp_path: Path) -> Path:
    """A copy of the packaged dossier's folder, to be spoilt."""
    return Path(shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "tokyo-office"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of seeds, gold and data beside the checkout."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the folder ../shared, which is not part of the repository")
    return folder
