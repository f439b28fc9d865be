"""Rounds of an influence model on one issue after the other: until nobody moves, positions recur, or a limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.issues.models import CYCLES, SETTLED, UNFINISHED, Movement, Trajectory
from foedus.issues.sitting import Floats, Sitting

STILL = 1e-3
"""Positions that differ by less than this share of the first range are the same."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did.

    Attributes
    ----------
    position
        Where everyone stands after it; shape (A, D).
    kind, other
        What moved each actor, and the index of who did, or -1; shape (A, D).
    risk
        Risk exponents, or zeros; shape (A, D).
    """

    position: Floats
    kind: NDArray[np.int8]
    other: NDArray[np.intp]
    risk: Floats


Play = Callable[[Floats, Floats, Floats], Round]


@dataclass(slots=True)
class _Log:
    positions: list[Floats]
    kinds: list[NDArray[np.int8]]
    others: list[NDArray[np.intp]]
    risks: list[Floats]


def run_rounds(
    sitting: Sitting, play: Play, most: int, chunk: int, kinds: tuple[str, ...] = (), record: bool = False
) -> Movement:
    """Run each draw of each issue until it ends.

    Parameters
    ----------
    sitting
        Where everyone starts.
    play
        One round, from positions, capabilities and saliences of shape (A, D). It sees positions as shares of the first
        range, from the lowest up, capabilities as shares of the largest, and actors in the order of their positions:
        neither unit nor origin nor the order in which actors are given can then matter, not even in the last digit.
    most
        Rounds after which a draw is left unfinished.
    chunk
        Draws worked on at a time; it changes no answer.
    kinds
        Names of what moves an actor.
    record
        Whether to keep every round.

    Returns
    -------
    Movement
        Of a draw that cycles, the positions when they first recurred.
    """
    draws, _, issues = sitting.private.shape
    private = np.empty_like(sitting.private)
    rounds = np.zeros((draws, issues), dtype=np.intp)
    ended = np.full((draws, issues), UNFINISHED, dtype=np.int8)
    period = np.zeros((draws, issues), dtype=np.intp)
    logs: dict[tuple[int, int], _Log] = {}
    for issue in range(issues):
        for start in range(0, draws, chunk):
            part = slice(start, min(start + chunk, draws))
            position, salience, capability, low, length = _parts(sitting, issue, part)
            shares = (position - low) / np.where(length > 0, length, 1.0)
            played = _run(shares, capability, salience, play, most, record)
            private[part, :, issue] = _back(played[0], position, shares, low, length).T
            rounds[part, issue], ended[part, issue], period[part, issue] = played[1:4]
            if played[4] is not None:
                played[4].positions = [_back(moved, position, shares, low, length) for moved in played[4].positions]
                logs[issue, start] = played[4]
    trajectory = _trajectory(sitting, logs, kinds) if record else None
    return Movement(private, rounds, ended, period, trajectory)


def told(
    sitting: Sitting,
    histories: list[Floats],
    rounds: NDArray[np.intp],
    ended: NDArray[np.int8],
    play: Play,
    kinds: tuple[str, ...],
) -> Trajectory:
    """Tell what moved whom in rounds that were played before, from where everyone stood.

    Parameters
    ----------
    sitting
        Where everyone started.
    histories
        Of each issue, positions as shares of the first range after each round, those of the start first; shape
        (D, rounds + 1, A).
    rounds, ended
        As in the movement; shape (D, I).
    play
        As for `run_rounds`; it says what moves whom, and its positions are not looked at.
    kinds
        Names of what moves an actor.
    """
    logs = {}
    for issue, history in enumerate(histories):
        position, salience, capability, low, length = _parts(sitting, issue, slice(None))
        places = history.transpose(1, 2, 0)
        log = _Log([places[0]], [], [], [])
        for turn in range(1, int(np.max(rounds[:, issue] + (ended[:, issue] == SETTLED))) + 1):
            active = np.flatnonzero(turn <= rounds[:, issue] + (ended[:, issue] == SETTLED))
            done = _in_order(play, places[turn - 1][:, active], capability[:, active], salience[:, active])
            _note(log, done, places[turn], active, turn <= rounds[active, issue])
        log.positions = [_back(moved, position, places[0], low, length) for moved in log.positions]
        logs[issue, 0] = log
    return _trajectory(sitting, logs, kinds)


def _parts(sitting: Sitting, issue: int, part: slice) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Return positions, saliences and shares of the largest capability of some draws, and their first range."""
    salience = np.ascontiguousarray(sitting.salience[part, :, issue].T)
    capability = np.ascontiguousarray(sitting.capability[part].T)
    capability = capability / np.where(capability.max(axis=0) > 0, capability.max(axis=0), 1.0)
    position = np.ascontiguousarray(sitting.private[part, :, issue].T)
    return position, salience, capability, position.min(axis=0), np.ptp(position, axis=0)


def _run(
    position: Floats, capability: Floats, salience: Floats, play: Play, most: int, record: bool
) -> tuple[Floats, NDArray[np.intp], NDArray[np.int8], NDArray[np.intp], _Log | None]:
    """Run a chunk; draws that have ended leave it."""
    draws = position.shape[1]
    final, rounds = position.copy(), np.zeros(draws, dtype=np.intp)
    ended, period = np.full(draws, UNFINISHED, dtype=np.int8), np.zeros(draws, dtype=np.intp)
    active = np.arange(draws)
    seen = [position]
    log = _Log([position.copy()], [], [], []) if record else None
    for turn in range(1, most + 1):
        done = _in_order(play, seen[-1], capability[:, active], salience[:, active])
        still = (np.abs(done.position - seen[-1]) <= STILL).all(axis=0)
        back = np.zeros(len(active), dtype=np.intp)
        for age in range(len(seen) - 1, 0, -1):
            recurs = (np.abs(done.position - seen[-1 - age]) <= STILL).all(axis=0)
            back[recurs] = age + 1
        final[:, active] = np.where(still, seen[-1], done.position)
        rounds[active] = np.where(still, turn - 1, turn)
        ended[active[still]] = SETTLED
        cycles = ~still & (back > 0)
        ended[active[cycles]] = CYCLES
        period[active[cycles]] = back[cycles]
        if log is not None:
            _note(log, done, final, active, np.logical_not(still))
        stay = ~still & ~cycles
        active = active[stay]
        if not len(active):
            break
        seen = [positions[:, stay] for positions in seen] + [done.position[:, stay]]
    return final, rounds, ended, period, log


def _back(shares: Floats, first: Floats, first_shares: Floats, low: Floats, length: Floats) -> Floats:
    """Return positions in the scale's unit; who has not moved is exactly where it was."""
    return np.where(shares == first_shares, first, np.clip(low + shares * length, low, low + length))


def _in_order(play: Play, position: Floats, capability: Floats, salience: Floats) -> Round:
    """Play a round with actors in the order of position, capability and salience; undo the order in what it returns."""
    order = np.lexsort((salience, capability, position), axis=0)
    done = play(*(np.take_along_axis(values, order, axis=0) for values in (position, capability, salience)))
    other = np.where(done.other >= 0, np.take_along_axis(order, np.maximum(done.other, 0), axis=0), -1)
    back = np.argsort(order, axis=0)
    return Round(*(np.take_along_axis(array, back, axis=0) for array in (done.position, done.kind, other, done.risk)))


def _note(log: _Log, done: Round, final: Floats, active: NDArray[np.intp], moves: NDArray[np.bool_]) -> None:
    kind, other = np.full(final.shape, -1, dtype=np.int8), np.full(final.shape, -1, dtype=np.intp)
    risk = np.full(final.shape, np.nan)
    kind[:, active[moves]], other[:, active[moves]] = done.kind[:, moves], done.other[:, moves]
    risk[:, active] = done.risk
    log.positions.append(final.copy())
    log.kinds.append(kind)
    log.others.append(other)
    log.risks.append(risk)


def _trajectory(sitting: Sitting, logs: dict[tuple[int, int], _Log], kinds: tuple[str, ...]) -> Trajectory:
    """Put chunks and issues together; a draw that has ended stays where it is."""
    draws, actors, issues = sitting.private.shape
    turns = max(len(log.kinds) for log in logs.values())
    positions = np.empty((turns + 1, draws, actors, issues))
    kind = np.full((turns, draws, actors, issues), -1, dtype=np.int8)
    other = np.full((turns, draws, actors, issues), -1, dtype=np.intp)
    risk = np.full((turns, draws, actors, issues), np.nan)
    for (issue, start), log in logs.items():
        part, count = slice(start, start + log.positions[0].shape[1]), len(log.kinds)
        positions[: count + 1, part, :, issue] = np.stack(log.positions).transpose(0, 2, 1)
        positions[count + 1 :, part, :, issue] = log.positions[-1].T
        kind[:count, part, :, issue] = np.stack(log.kinds).transpose(0, 2, 1)
        other[:count, part, :, issue] = np.stack(log.others).transpose(0, 2, 1)
        risk[:count, part, :, issue] = np.stack(log.risks).transpose(0, 2, 1)
    return Trajectory(positions, kind, other, risk, kinds)
