"""Taking back the last change of what is set by hand: positions and approvals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.base.locks import one_writer
from foedus.base.together import write_together
from foedus.dossiers.setting import PREFERENCES, TABLE

KEPT = ".set-by-hand.json"
"""The tables as they were before the last change by hand, beside them; no reader of a dossier looks at it."""


@contextmanager
def undoable(folder: Path) -> Iterator[None]:
    """Keep what `undo_by_hand` needs to take back whatever is set or cleared by hand in the block.

    Parameters
    ----------
    folder
        The dossier's.
    """
    before = _tables(folder)
    try:
        yield
    finally:
        after = _tables(folder)
        if after != before:
            kept = {
                "after": {name: _digest(content) for name, content in after.items()},
                "before": {name: content.decode("utf-8", "surrogateescape") for name, content in before.items()},
            }
            write_atomically(folder / KEPT, json.dumps(kept, ensure_ascii=True))


@one_writer
def undo_by_hand(folder: Path) -> None:
    """Take back the last change of what is set by hand.

    Raises
    ------
    FoedusError
        When there is none, or a table has been changed otherwise since then.
    """
    try:
        kept = json.loads((folder / KEPT).read_text("utf-8"))
    except FileNotFoundError:
        raise FoedusError(f"nothing to take back: no value was set by hand in {folder} since the last undo") from None
    if kept["after"] != {name: _digest(content) for name, content in _tables(folder).items()}:
        raise FoedusError(
            f"{TABLE} or {PREFERENCES} has been changed otherwise since then, so that nothing was taken back; "
            f"foedus position {folder} ACTOR --clear takes back what is set for one actor"
        )
    before = {name: words.encode("utf-8", "surrogateescape") for name, words in kept["before"].items()}
    write_together(folder, before)
    for name in kept["after"].keys() - before.keys():  # a table that the change had made
        (folder / name).unlink()
    (folder / KEPT).unlink()


def _tables(folder: Path) -> dict[str, bytes]:
    """Return the bytes of the tables that hold what is set by hand."""
    return {name: (folder / name).read_bytes() for name in (TABLE, PREFERENCES) if (folder / name).is_file()}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
