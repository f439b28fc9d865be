"""Decisions on statements: one of them, and all that a journal holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from foedus.base.days import Day

SKIP = "skip"
"""The action of an entry that marks another as passed over."""

EDITED, ADDED, REMOVED = "edited elsewhere", "added elsewhere", "removed elsewhere"
"""The actions of entries on what another hand did to the table; undo takes them back only by their numbers."""

_ELSEWHERE = frozenset({EDITED, ADDED, REMOVED})


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of one statement.

    Attributes
    ----------
    id
        Of the statement.
    before, after
        Cells by column, as text: as they stood in the file, and as Foedus writes them. Of a row that another hand took
        out, all that stood in it, and nothing.
    quoted
        Columns whose cell stood in quotation marks before.
    """

    id: str
    before: dict[str, str]
    after: dict[str, str]
    quoted: tuple[str, ...] = ()

    @property
    def removed(self) -> bool:
        """Whether the row went."""
        return bool(self.before) and not self.after


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    Attributes
    ----------
    number
        Its place in the journal, from 1.
    action
        ``accept``, ``reject``, ``edit``, ``merge``, ``add``, ``import``, ``undo`` or ``skip``; ``edited``, ``added`` or
        ``removed elsewhere`` of what another hand did.
    changes
        One for each statement.
    by, on, why
        Who decided, on which day and why, as far as they said.
    undoes
        The entry that this one takes back, or passes over.
    sha256_before, sha256_after
        Of the table's bytes.
    """

    number: int
    action: str
    changes: tuple[Edited, ...]
    by: str = ""
    on: Day | None = None
    why: str = ""
    undoes: int | None = None
    sha256_before: str = ""
    sha256_after: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One decision, with whether it was taken back and whether undo passes it over."""

    KEYS = (
        "number=entry.number action=entry.action changes=entry.changes by=entry.by on=entry.on why=entry.why "
        "undoes=entry.undoes sha256_before=entry.sha256_before sha256_after=entry.sha256_after undone skipped"
    )

    entry: Decision
    undone: bool
    skipped: bool


@dataclass(frozen=True, slots=True)
class Journal:
    """All entries, and whether the table has been changed by other hands since the last.

    ``undone`` are the numbers of entries that were taken back, ``skipped`` of those that undo passes over.
    """

    KEYS = "edited_elsewhere entries=listed"

    entries: tuple[Decision, ...]
    edited_elsewhere: bool
    undone: frozenset[int] = field(default=frozenset())
    skipped: frozenset[int] = field(default=frozenset())

    @property
    def listed(self) -> tuple[Listed, ...]:
        """Every entry, with whether it was taken back or passed over."""
        return tuple(Listed(entry, entry.number in self.undone, entry.number in self.skipped) for entry in self.entries)

    @property
    def last_to_undo(self) -> Decision | None:
        """The latest decision that was neither taken back nor passed over, and is no such entry itself."""
        gone = self.undone | self.skipped
        standing = [entry for entry in self._decided if entry.undoes is None and entry.number not in gone]
        return standing[-1] if standing else None

    @property
    def last_to_redo(self) -> Decision | None:
        """The undo that ends the journal; None where something was decided after it, or it was taken back itself."""
        standing = [entry for entry in self._decided if entry.number not in self.undone and not self._takes_up(entry)]
        last = standing[-1] if standing else None
        return last if last is not None and last.undoes is not None and last.action != SKIP else None

    @property
    def _decided(self) -> tuple[Decision, ...]:
        """The entries without those on what another hand did."""
        return tuple(entry for entry in self.entries if entry.action not in _ELSEWHERE)

    def entry(self, number: int) -> Decision | None:
        """Return the entry of a number, if there is one."""
        return next((entry for entry in self.entries if entry.number == number), None)

    def later(self, entry: Decision) -> tuple[Decision, ...]:
        """Return the later decisions that stand and changed a cell that an entry changed: they rest on it.

        Parameters
        ----------
        entry
            One of the journal's, other than a skip.
        """
        cells = {(change.id, name) for change in entry.changes for name in change.after}
        gone = self.undone | self.skipped
        return tuple(
            later
            for later in self.entries
            if later.number > entry.number
            and later.undoes is None
            and later.number not in gone
            and any((change.id, name) in cells for change in later.changes for name in change.after)
        )

    def _takes_up(self, entry: Decision) -> bool:
        """Tell whether an entry takes back an undo: what that had taken back stands again."""
        undone = None if entry.undoes is None else self.entry(entry.undoes)
        return undone is not None and undone.undoes is not None
