"""What lies in a dossier's folder and no command reads, so that a slip in a name is never taken for soundness."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from foedus.dossiers.dossier import Dossier
from foedus.dossiers.packaged import packaged_dossiers
from foedus.dossiers.places import DOCUMENTS, FILES

_TABLES = (".csv", ".yaml", ".yml")


def unread(dossier: Dossier) -> tuple[str, ...]:
    """Return tables and settings in a dossier's folder that no command reads, each in a few words.

    What other commands read, such as ``docket.csv``, is theirs to check; ``foedus check`` reads all of it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from foedus.dossiers import copy_packaged, read_dossier
    >>> home = Path(tempfile.mkdtemp(), "office")
    >>> _ = copy_packaged("tokyo-office", home)
    >>> unread(read_dossier(home))
    ()
    """
    if dossier.folder in packaged_dossiers().values():
        return ()  # checked before it is packaged
    return tuple(f"{name} ({what})" for name, what in strangers(dossier))


def strangers(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Yield tables and settings in the folder that no dossier has, each with what it may have been meant to be."""
    known = [file for file in FILES if file.endswith(_TABLES)]
    for path in sorted(dossier.folder.iterdir()):
        if path.name.lower().endswith(_TABLES) and path.name not in known and not path.name.startswith("."):
            near = difflib.get_close_matches(path.name.lower(), known, n=1, cutoff=0.75)
            yield path.name, f"did you mean {near[0]}?" if near else "no file of a dossier"


def missing_documents(dossier: Dossier) -> tuple[str, ...]:
    """Return the ids of sources whose declared file is not in ``documents/``."""
    return tuple(
        id_
        for id_, source in dossier.sources.items()
        if source.file and not (dossier.folder / DOCUMENTS / source.file).exists()
    )


def unnamed_documents(dossier: Dossier) -> tuple[str, ...]:
    """Return the files in ``documents/`` that no source names; none where a limit hides sources."""
    home = dossier.folder / DOCUMENTS
    if dossier.max_marking is not None or not home.is_dir():
        return ()
    named = {source.file for source in dossier.sources.values()} | {
        f"{source.file}.txt" for source in dossier.sources.values()
    }
    files = (path.relative_to(home).as_posix() for path in sorted(home.rglob("*")) if path.is_file())
    return tuple(file for file in files if file not in named and not file.startswith("."))
