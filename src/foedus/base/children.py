"""Child processes that run Foedus's own code and nothing of the folder in which somebody happens to work."""

from __future__ import annotations

import contextlib
import os
import runpy
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

_HOME = str(Path(__file__).resolve().parents[2])
_START = "import sys; sys.path[:] = sys.argv[3:]; from foedus.base.children import run; run(sys.argv[1], sys.argv[2])"
_LOOK = 1.0
_KNOWN = ("PATH", "HOME", "LANG", "LC_", "TZ", "TMP", "TEMP", "SYSTEMROOT", "WINDIR", "XDG_", "FONTCONFIG", "LD_LIB")
"""What the names of variables begin with that such a process is given."""


def safe_path() -> list[str]:
    """Return where modules are looked for, without the current folder.

    A `json.py` beside somebody's documents is data. Where Foedus itself stands in the current folder, that comes last,
    after the standard library and the installed packages.

    Examples
    --------
    >>> "" in safe_path()
    False
    """
    here = os.path.realpath(Path.cwd()) if _has_folder() else ""
    kept = [folder for folder in sys.path if folder and Path(folder).is_absolute() and os.path.realpath(folder) != here]
    return kept if _HOME in kept else [*kept, _HOME]


def _has_folder() -> bool:
    try:
        Path.cwd()
    except OSError:  # deleted while somebody stands in it
        return False
    return True


def command(script: Path) -> list[str]:
    """Return the command line that runs a script of Foedus in a process of its own, isolated.

    Examples
    --------
    >>> command(Path("renderer.py"))[1]
    '-I'
    """
    return [sys.executable, "-I", "-B", "-c", _START, str(script), str(os.getpid()), *safe_path()]


def bare_environment() -> dict[str, str]:
    """Return what a process that only computes needs to know of its surroundings: no keys, no settings of Python.

    Examples
    --------
    >>> os.environ["SOME_API_KEY"] = "secret"
    >>> "SOME_API_KEY" in bare_environment(), "PATH" in bare_environment()
    (False, True)
    """
    return {name: value for name, value in os.environ.items() if name.upper().startswith(_KNOWN)}


def start(script: Path, **settings: str) -> subprocess.Popen[bytes]:
    """Start a script of Foedus in a process of its own, isolated, with pipes for its input and output.

    It ends when its input is closed, and at the latest a second after this process has ended, however that was.

    Parameters
    ----------
    script
        The file; it runs as ``__main__``.
    settings
        Variables of its environment, beside those that `bare_environment` gives it.
    """
    return subprocess.Popen(
        command(script),
        env=bare_environment() | settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def run(script: str, parent: str) -> None:
    """Run a script in the process that `start` made for it."""
    end_with(int(parent))
    runpy.run_path(script, run_name="__main__")


def end_with(parent: int) -> None:
    """End this process soon after its parent has ended, even when that was killed."""
    if not hasattr(os, "getppid") or os.name == "nt":
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextlib.contextmanager
def isolated() -> Iterator[None]:
    """Let processes that `multiprocessing` starts within look for modules as `safe_path` says.

    Examples
    --------
    >>> with isolated():
    ...     print(os.environ["PYTHONSAFEPATH"])
    1
    """
    path, before = list(sys.path), os.environ.get("PYTHONSAFEPATH")
    sys.path[:] = safe_path()
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        sys.path[:] = path
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before
