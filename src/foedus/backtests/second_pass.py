"""The second pass over a third of the packaged decisions and over unseen ones, and how far it agrees with the first.

Both passes were automated, by one coder. In the second, the coder saw of each decision the proposal, the options and
the notes on what was said before the day: no outcome, no body, no day, no member's code and none of the first codes;
names in the notes were struck out, as far as a rule finds them. It measures whether the words are applied alike, and
not whether somebody else would have read the same pages in the same way.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from foedus.backtests.consensus_set import ConsensusSet, packaged_folder, read_consensus_set
from foedus.base import cells
from foedus.base.errors import Problems
from foedus.base.tables import Row, column, read_table
from foedus.evidence.agreement import krippendorffs_alpha

_FLAG = cells.one_or_zero()
_R = TypeVar("_R", "SecondSignals", "SecondPosition")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondSignals:
    """What the second pass says of a decision."""

    decision: str = column(cells.identifier(), "id of the decision")
    amendable: bool | None = column(_FLAG, "whether it can be had in part", blank=None)
    threat: bool | None = column(_FLAG, "whether a member said that it would stop it", blank=None)
    link: bool | None = column(_FLAG, "whether a member tied its consent to another matter", blank=None)
    offer: bool | None = column(_FLAG, "whether something was on offer to a resister", blank=None)
    softening: bool | None = column(_FLAG, "whether a resister came nearer", blank=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPosition:
    """What the second pass says of a member."""

    decision: str = column(cells.identifier(), "id of the decision")
    actor: str = column(cells.identifier(), "the member")
    position_words: str = column(cells.text(), "the word coded")
    position_mode: float = column(cells.number(0, 100), "likeliest place")
    salience_mode: float = column(cells.number(0, 1), "likeliest salience")


@dataclass(frozen=True, slots=True)
class PassAgreement:
    """How far two passes agree on one variable.

    Attributes
    ----------
    variable, level
        Its name, and ``nominal`` or ``interval``.
    units
        Coded in both passes.
    agreed
        In which both are equal.
    alpha
        Krippendorff's alpha; None where nothing varies.
    """

    variable: str
    level: str
    units: int
    agreed: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class SecondPass:
    """The second pass as read.

    Attributes
    ----------
    signals, positions
        The rows of the tables, in their order.
    """

    signals: tuple[SecondSignals, ...]
    positions: tuple[SecondPosition, ...]


def read_second_pass(folder: Path, first: ConsensusSet) -> SecondPass:
    """Read the tables of a second pass and check them against the first.

    Parameters
    ----------
    folder
        Holds ``signals.csv`` and ``positions.csv``.
    first
        The set as first coded.

    Raises
    ------
    InputError
        When a row is of a decision or a member that the first pass does not have.

    Examples
    --------
    >>> second_pass = read_second_pass(packaged_second_pass(), read_consensus_set(packaged_folder()))
    >>> len(second_pass.signals), len(second_pass.positions)
    (63, 251)
    """
    decisions = {decision.id for decision in first.decisions}
    members = {(position.decision, position.actor) for position in first.positions}
    signals = _read(folder / "signals.csv", SecondSignals, lambda position: position.decision in decisions)
    positions = _read(
        folder / "positions.csv", SecondPosition, lambda position: (position.decision, position.actor) in members
    )
    return SecondPass(signals, positions)


def _read(path: Path, record: type[_R], known: Callable[[_R], bool]) -> tuple[_R, ...]:
    rows: tuple[Row[_R], ...] = read_table(path, record)
    problems = Problems(str(path))
    for row in rows:
        if not known(row.record):
            problems.add(
                "a decision, or a member of one, of the first pass",
                where=row.where,
                field="decision",
                value=row.record.decision,
            )
    problems.raise_if_any()
    return tuple(row.record for row in rows)


def packaged_second_pass(name: str = "consensus") -> Path:
    """Return where the second pass over a packaged set lies: ``consensus``, or ``unseen``."""
    return packaged_folder(name) / "second_pass"


def second_pass_agreement(first: ConsensusSet, second: SecondPass) -> tuple[PassAgreement, ...]:
    """Compare two passes, variable by variable.

    Parameters
    ----------
    first
        The set as first coded.
    second
        The second pass.

    Returns
    -------
    tuple of PassAgreement
        Word, place and salience of positions, then each signal.

    Examples
    --------
    >>> first = read_consensus_set(packaged_folder())
    >>> answer = second_pass_agreement(first, read_second_pass(packaged_second_pass(), first))
    >>> [compared.variable for compared in answer][:3]
    ['position_words', 'position_mode', 'salience_mode']
    """
    stood = {(position.decision, position.actor): position for position in first.positions}
    decided = {decision.id: decision for decision in first.decisions}
    agreements = []
    for name, level in (("position_words", "nominal"), ("position_mode", "interval"), ("salience_mode", "interval")):
        pairs = [
            (getattr(stood[position.decision, position.actor], name), getattr(position, name))
            for position in second.positions
        ]
        agreements.append(_compared(name, level, pairs))
    for name in ("amendable", "threat", "link", "offer", "softening"):
        pairs = [(getattr(decided[signal.decision], name), getattr(signal, name)) for signal in second.signals]
        agreements.append(_compared(name, "nominal", pairs))
    return tuple(agreements)


def _compared(name: str, level: str, pairs: Sequence[tuple[Hashable, Hashable]]) -> PassAgreement:
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    agreed = sum(a == b for a, b in both)
    return PassAgreement(name, level, len(both), agreed, krippendorffs_alpha(list(zip(*both, strict=True)), level))


def write_agreement(name: str = "consensus") -> None:
    """Print how far the second pass over a packaged set, ``consensus`` or ``unseen``, agrees with the first."""
    first = read_consensus_set(packaged_folder(name))
    second = read_second_pass(packaged_second_pass(name), first)
    counts = f"{len(second.signals)} of {len(first.decisions)} decisions, {len(second.positions)} positions coded twice"
    who = "Both passes were automated, by one coder; the second without outcome, body, day and names."
    lines = [f"{counts}. {who}", f"{'variable':16} {'level':9} {'units':>5} {'equal':>5} {'alpha':>6}"]
    for agreement in second_pass_agreement(first, second):
        alpha = "" if agreement.alpha is None else f"{agreement.alpha:.2f}"
        lines.append(f"{agreement.variable:16} {agreement.level:9} {agreement.units:5} {agreement.agreed:5} {alpha:>6}")
    sys.stdout.write("\n".join(lines) + "\n")
