"""The dossiers that come with Foedus, and copying them out without touching what a user has edited."""

from __future__ import annotations

from pathlib import Path

from foedus.base.errors import refuse
from foedus.base.files import write_atomically

_PACKAGED = Path(__file__).parent / "packaged"
_SETTINGS = "dossier.yaml"


def packaged_dossiers() -> dict[str, Path]:
    """Return the folders of the packaged dossiers by name.

    Examples
    --------
    >>> "tokyo-office" in packaged_dossiers()
    True
    """
    return {path.name: path for path in sorted(_PACKAGED.iterdir()) if (path / "dossier.yaml").is_file()}


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
        When the folder is a file, or holds other things and no dossier, or cannot be written.
    """
    source = packaged_dossiers()[name]
    files = {path.relative_to(source): path for path in sorted(source.rglob("*")) if path.is_file()}
    if folder.exists() and not folder.is_dir():
        raise refuse(str(folder), "is a file; name a folder for the dossier")
    if (folder / _SETTINGS).exists():
        present = {relative: folder / relative for relative in files if (folder / relative).is_file()}
        return [r.as_posix() for r, path in present.items() if path.read_bytes() != files[r].read_bytes()]
    if folder.is_dir() and any(p.is_file() and p.relative_to(folder) not in files for p in folder.rglob("*")):
        raise refuse(str(folder), "holds other files and no dossier; name a new folder")
    for relative in sorted(files, key=lambda r: r == Path(_SETTINGS)):  # last of all, so that it tells a whole copy
        write_atomically(folder / relative, files[relative].read_bytes())
    return []
