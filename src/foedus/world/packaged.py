"""The world that comes with Foedus, and a folder's tables laid over it."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from foedus.base.errors import refuse
from foedus.world.loading import TABLES_FOLDER, has_tables, read_tables
from foedus.world.world import World


@functools.cache
def packaged_world() -> World:
    """Return the facts that come with Foedus, read once."""
    return _assemble([TABLES_FOLDER])


def read_world(folder: Path | str) -> World:
    """Return the packaged world with the tables of a folder laid over it.

    Parameters
    ----------
    folder
        A folder with any of the packaged table files, or a dossier with such a folder ``world``. Its rows are added;
        ``withdrawn.csv`` takes packaged rows away.

    Raises
    ------
    FoedusError
        When there is no such folder, or no table in it.
    InputError
        When a row is malformed, repeats an id that exists, contradicts a fact that is known, or names an actor,
        place, treaty, event or source that neither the folder nor the package has.
    """
    path = Path(folder)
    if not path.is_dir():
        raise refuse(str(folder), "is no folder; expected one with tables such as memberships.csv")
    if (path / "world").is_dir():
        path = path / "world"
    elif not has_tables(path):
        raise refuse(str(folder), "holds no table such as memberships.csv, and no folder world/ with one")
    return _laid_over(path, tuple((file.name, _bytes(file)) for file in sorted(path.iterdir())))


@functools.lru_cache(maxsize=4)
def _laid_over(folder: Path, contents: tuple[tuple[str, bytes], ...]) -> World:  # noqa: ARG001 - a change is a new key
    """Return the packaged world with a folder's tables laid over it; the same one as long as no file changes."""
    return _assemble([TABLES_FOLDER, folder])


def _bytes(file: Path) -> bytes:
    """Return what a table holds; nothing for another file, and for one that cannot be read, which reading tells."""
    try:
        return file.read_bytes() if file.suffix.lower() == ".csv" else b""
    except OSError:
        return b""


_BY_ID = {"sources", "actors", "places", "treaties", "events", "acts"}


def _assemble(folders: Iterable[Path]) -> World:
    fields: dict[str, Any] = {file.removesuffix(".csv"): rows for file, rows in read_tables(folders).items()}
    for name in _BY_ID:
        fields[name] = {record.id: record for record in fields[name]}
    return World(**fields)
