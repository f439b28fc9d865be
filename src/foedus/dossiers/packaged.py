"""The dossiers that come with Foedus, and copying them out without touching what a user has edited."""

from __future__ import annotations

import re
from collections.abc import Set
from pathlib import Path

from foedus.base.errors import refuse
from foedus.base.files import write_atomically
from foedus.base.locks import PACKAGED, writing

_SETTINGS = "dossier.yaml"
_TEMPORARY = re.compile(r"\.(.{1,200})\.(?:foedus-part|[a-z0-9_]{8})")
"""What a copy that was killed may leave, of this version and of earlier ones, and the file it was to become."""


def packaged_dossiers() -> dict[str, Path]:
    """Return the folders of the packaged dossiers by name.

    Examples
    --------
    >>> "tokyo-office" in packaged_dossiers()
    True
    """
    return {path.name: path for path in sorted(PACKAGED.iterdir()) if (path / "dossier.yaml").is_file()}


def copy_packaged(name: str, folder: Path) -> list[str]:
    """Copy a packaged dossier into a folder; a folder that has a dossier already stays as it is.

    Parameters
    ----------
    name
        One of `packaged_dossiers`.
    folder
        Where to; made if missing.

    Returns
    -------
    list of str
        The files kept because they differ from the packaged ones: a user's edits.

    Raises
    ------
    InputError
        When no packaged dossier has the name; when the folder is a file, or holds other things and no dossier, or
        cannot be written.
    """
    source = packaged_dossiers().get(name)
    if source is None:
        raise refuse(name, f"is not a dossier that comes with Foedus; there are {', '.join(packaged_dossiers())}")
    files = {path.relative_to(source): path for path in sorted(source.rglob("*")) if path.is_file()}
    if folder.exists() and not folder.is_dir():
        raise refuse(str(folder), "is a file; name a folder for the dossier")
    if (folder / _SETTINGS).exists():
        present = {relative: folder / relative for relative in files if (folder / relative).is_file()}
        return [r.as_posix() for r, path in present.items() if path.read_bytes() != files[r].read_bytes()]
    _left_behind(folder, set(files))
    made_here(folder)
    with writing(folder):
        for path in _left_behind(folder, set(files)):
            path.unlink()
        for relative in sorted(files, key=lambda r: r == Path(_SETTINGS)):  # last of all, so that it tells a whole copy
            write_atomically(folder / relative, files[relative].read_bytes())
    return []


def made_here(folder: Path) -> None:
    """Make a folder for a dossier.

    Raises
    ------
    InputError
        When it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(str(folder), f"cannot be made: {error.strerror or error}") from None


def _left_behind(folder: Path, files: Set[Path]) -> list[Path]:
    """Return the temporary files of a copy that was killed; a folder with files of somebody else's is refused."""
    left = []
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if not path.is_file() or relative in files or path.name == ".foedus.lock":
            continue
        of = _TEMPORARY.fullmatch(path.name)
        if of is None or relative.with_name(of.group(1)) not in files:
            raise refuse(str(folder), "holds other files and no dossier; name a new folder")
        left.append(path)
    return left
