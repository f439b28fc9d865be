"""Where a dossier's files may stand: inside its folder, as regular files, whatever links say."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from foedus.base.errors import Problem

FILES = (
    *("dossier.yaml", "concepts.csv", "stakeholders.csv", "sources.csv", "statements.csv", "docket.csv"),
    *("preferences.csv", "means.csv", "demands.csv", "contingencies.csv", "programme.csv", "forums.csv"),
    "response.yaml",
    *("statements-journal.jsonl", "tables-journal.jsonl", ".statements-next.csv", ".foedus.lock"),
)
DOCUMENTS = "documents"
"""Where the files of sources lie."""
FOLDERS = (DOCUMENTS, "world", "institutions", "procedures")
"""What Foedus reads and writes in a dossier; everything else in its folder is left alone."""

_TABLES = {".csv", ".yaml"}
_READ_WHOLE = ("world", "institutions", "procedures")
_NO_FILE = {stat.S_ISDIR: "a folder", stat.S_ISFIFO: "a pipe", stat.S_ISSOCK: "a socket"}


def misplaced(home: Path, path: Path) -> str:
    """Return why a file is not read, in words; empty text where it is a regular file inside a folder.

    Parameters
    ----------
    home
        The dossier's folder.
    path
        A file in it, perhaps by a link.

    Examples
    --------
    >>> import tempfile
    >>> home = Path(tempfile.mkdtemp())
    >>> (home / "out").symlink_to("/etc/hostname"), (home / "loop").symlink_to("loop"), (home / "in").mkdir()
    (None, None, None)
    >>> misplaced(home, home / "out"), misplaced(home, home / "loop")
    ('its link leads out of the dossier', 'its links loop')
    >>> misplaced(home, home / "in"), misplaced(home, home / "none")
    ('it is a folder', 'it is missing')
    """
    real, wrong = _real(home, path)
    if real is None:
        return wrong
    mode = real.stat().st_mode
    if stat.S_ISREG(mode):
        return ""
    return f"it is {next((words for is_so, words in _NO_FILE.items() if is_so(mode)), 'a device')}"


def wrong_places(folder: Path) -> list[Problem]:
    """Return each file and folder of a dossier that leads out of it or is none; documents are checked by their rows."""
    problems = []
    for name in FILES:
        if os.path.lexists(folder / name) and (wrong := misplaced(folder, folder / name)):
            problems.append(Problem(name, f"expected a file inside the dossier: {wrong}"))
    for name in FOLDERS:
        if not os.path.lexists(folder / name):
            continue
        real, wrong = _real(folder, folder / name)
        if real is None or not real.is_dir():
            problems.append(Problem(name, f"expected a folder inside the dossier: {wrong or 'it is none'}"))
        elif name in _READ_WHOLE:
            problems += _wrong_below(folder, folder / name)
    return problems


def _wrong_below(home: Path, folder: Path) -> Iterator[Problem]:
    """Yield what is wrong with the entries of a folder that is read as a whole."""
    for root, folders, files in os.walk(folder):
        for name in sorted([*files, *folders]):
            path = Path(root, name)
            wrong = misplaced(home, path)
            if wrong and (wrong != "it is a folder" or path.suffix in _TABLES):
                yield Problem(path.relative_to(home).as_posix(), f"expected a file inside the dossier: {wrong}")


def _real(home: Path, path: Path) -> tuple[Path | None, str]:
    """Return where a path leads inside a folder, or None and why it leads nowhere there."""
    if not Path(os.path.abspath(path)).is_relative_to(os.path.abspath(home)):  # noqa: PTH100 - as written, links unread
        return None, "it lies outside"
    try:
        real = Path(os.path.realpath(path, strict=True))
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ELOOP:
            return None, "its links loop"
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return None, "its link leads to no file" if os.path.lexists(path) else "it is missing"
        return None, f"it cannot be read ({getattr(error, 'strerror', '') or error})"
    if not real.is_relative_to(os.path.realpath(home)):
        return None, "its link leads out of the dossier"
    return real, ""
