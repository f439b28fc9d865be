"""A table of a dossier, spoilt in one place."""

from __future__ import annotations

from pathlib import Path


def spoilt(folder: Path, file: str, old: str, new: str) -> Path:
    """Return a dossier's folder in one of whose tables the first occurrence of some text is another."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return folder
