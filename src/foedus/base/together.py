"""Several files changed as one: after a crash all of them are new or all are old."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from foedus.base.files import place_of, read_text, write_atomically
from foedus.base.hashes import sha256

CHANGES = ".foedus-changes.json"
"""Names the files that are to be changed, from the moment on that all of them are on the disk beside the old ones."""

_NEXT = ".foedus-next"


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files of a folder so that a crash leaves all or none of them changed, once `finish` has run.

    Parameters
    ----------
    folder
        Under whose lock this runs, see `foedus.base.locks.writing`.
    files
        New content, by path inside the folder.

    Raises
    ------
    InputError
        When a file cannot be written; none is changed then.

    Examples
    --------
    >>> import tempfile
    >>> home = Path(tempfile.mkdtemp())
    >>> write_together(home, {"a.csv": b"id", "b.csv": b"id"})
    >>> sorted(path.name for path in home.iterdir())
    ['a.csv', 'b.csv']
    """
    try:
        for name, data in files.items():
            write_atomically(_next(folder / name), data, like=folder / name)
        plan = {name: sha256(data) for name, data in files.items()}
        write_atomically(folder / CHANGES, json.dumps(plan))
    except BaseException:
        for name in files:
            _next(folder / name).unlink(missing_ok=True)
        raise
    _move(folder, list(files))


def finish(folder: Path) -> bool:
    """Finish a change of several files that a crash cut short, or take away what it had begun; tell which it was.

    A plan that names anything outside of the folder, or files that are not those it was made for, is thrown away.
    """
    plan = _plan(folder) if (folder / CHANGES).is_file() else {}
    whole = [name for name, digest in plan.items() if _is(_next(folder / name), digest)]
    moved = [name for name, digest in plan.items() if _is(folder / name, digest)]
    sound = bool(plan) and {*whole, *moved} == plan.keys()
    if sound:
        _move(folder, whole)
    (folder / CHANGES).unlink(missing_ok=True)
    for left in folder.rglob(f".*{_NEXT}"):
        left.unlink()
    return sound


def _move(folder: Path, names: list[str]) -> None:
    for name in names:
        _next(folder / name).replace(place_of(folder / name))
    (folder / CHANGES).unlink()


def _plan(folder: Path) -> dict[str, str]:
    try:
        plan = json.loads(read_text(folder / CHANGES))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(plan, dict) or not all(isinstance(value, str) for value in plan.values()):
        return {}
    paths = [PurePosixPath(name) for name in plan]
    if any(path.is_absolute() or ".." in path.parts for path in paths):
        return {}
    home = folder.resolve()
    return plan if all((folder / load).resolve().is_relative_to(home) for load in plan) else {}


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and not path.is_symlink() and sha256(path.read_bytes()) == digest


def _next(path: Path) -> Path:
    return path.with_name(f".{path.name}{_NEXT}")
