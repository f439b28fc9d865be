"""The dossiers that come with Foedus, and copying them out without touching what a user has edited."""

from __future__ import annotations

from pathlib import Path

from foedus.base.errors import refuse
from foedus.base.files import write_atomically

_PACKAGED = Path(__file__).parent / "packaged"


def packaged_dossiers() -> dict[str, Path]:
    """Return the folders of the packaged dossiers by name.

    Examples
    --------
    >>> sorted(packaged_dossiers())
    ['tokyo-office']
    """
    return {path.name: path for path in sorted(_PACKAGED.iterdir()) if (path / "dossier.yaml").is_file()}


def copy_packaged(name: str, folder: Path) -> list[str]:
    """Copy a packaged dossier into a folder; a file that is there already stays as it is.

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
    if folder.exists() and not folder.is_dir():
        raise refuse(str(folder), "is a file; name a folder for the dossier")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "dossier.yaml").exists():
        raise refuse(str(folder), "holds other files and no dossier; name a new folder")
    kept = []
    for path in sorted(source.rglob("*")):
        if path.is_file():
            relative = path.relative_to(source)
            target = folder / relative
            if not target.exists():
                write_atomically(target, path.read_bytes())
            elif target.read_bytes() != path.read_bytes():
                kept.append(relative.as_posix())
    return kept
