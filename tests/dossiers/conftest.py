"""What tests of dossiers share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def empty(tokyo_copy: Path) -> Path:
    """The Tokyo dossier without sources and statements."""
    for name in ("sources.csv", "statements.csv"):
        path = tokyo_copy / name
        path.write_text(path.read_text().split("\n", 1)[0] + "\n")
    shutil.rmtree(tokyo_copy / "documents", ignore_errors=True)
    return tokyo_copy
