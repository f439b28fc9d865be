"""Taking back the last change of what is set by hand: positions and approvals."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.base.locks import one_writer
from foedus.dossiers.setting import PREFERENCES, TABLE
from foedus.dossiers.table_journal import noted, read_entries, standing_entries, take_back


def undoable(folder: Path) -> AbstractContextManager[None]:
    """Note what `undo_by_hand` needs to take back whatever is set or cleared by hand in the block.

    Parameters
    ----------
    folder
        The dossier's.
    """
    return noted(folder, "set by hand")


@one_writer
def undo_by_hand(folder: Path, by: str = "") -> None:
    """Take back the last change of what is set by hand that still stands.

    Raises
    ------
    FoedusError
        When there is none, or its lines have been changed otherwise since then.
    """
    entries = standing_entries(read_entries(folder))
    by_hand = [
        entry
        for entry in entries
        if entry.undoes is None and {each.file for each in entry.altered} <= {TABLE, PREFERENCES}
    ]
    if not by_hand:
        raise FoedusError(f"nothing to take back: no value that is set by hand in {folder} stands in the journal")
    try:
        take_back(folder, by_hand[-1].number, by)
    except FoedusError as error:
        raise FoedusError(
            f"{error}; foedus position {folder} ACTOR --clear takes back what is set for one actor"
        ) from None
