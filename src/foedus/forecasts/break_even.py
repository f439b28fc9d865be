"""Break-even values: where the most likely answer changes as one input moves alone.

One outcome does not tell pressure, its threshold and the cost of a red line apart, so each is asked by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.cases.case import Case, declared
from foedus.dossiers import Range
from foedus.forecasts.alterations import bears_on, shares_after
from foedus.forecasts.sweeps import POSITION, SALIENCE, Anchor, Sweep, hold, option_shares, sweep
from foedus.issues import Assumption, SettlementModel, Sitting
from foedus.issues.sitting import Floats

Answers = Callable[[Sitting], int]
"""From draws to the index of the most likely option."""

_POINTS = 9
_HALVINGS = 7


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where the most likely answer changes as one input moves alone.

    Attributes
    ----------
    assumption
        Its name, or ``ACTOR.position``, or ``ACTOR.salience``.
    value
        The value nearest to its mode at which another answer becomes the most likely; the names of choices, for
        a choice; None where there is none.
    before, after
        The most likely option on the mode's side and on the other.
    low, high
        Between which values it was looked for; None for a choice.
    within_range
        Whether the value lies in the range that is declared, or estimated.
    """

    assumption: str
    value: float | str | None
    before: str
    after: str | None
    low: float | None
    high: float | None
    within_range: bool


@dataclass(frozen=True, slots=True)
class Decisive:
    """A statement without which another answer would be the most likely.

    Attributes
    ----------
    statement
        Its id.
    after, probability
        The most likely option without it, and how likely.
    """

    statement: str
    after: str
    probability: float


def decisive_statements(
    case: Case, model: SettlementModel, sitting: Sitting, seed: int, actor: str | None, anchor: Anchor
) -> tuple[Decisive, ...]:
    """Leave out each statement that an actor's position rests on, one at a time, and see whether the answer turns.

    Parameters
    ----------
    sitting
        The first draws of the case from the seed's streams.
    anchor
        Brings shares over these draws to those of the forecast.
    """
    if actor is None:
        return ()
    labels = [option.label for option in case.issue.options]
    usual = _likeliest(anchor(option_shares(model, sitting)))
    decisive = []
    for contribution in case.member(actor).stand.contributions:
        statement = contribution.statement
        shares = anchor(shares_after(case, model, sitting, seed, statement, "dropped", bears_on(case, statement.id)))
        if _likeliest(shares) != usual:
            best = _likeliest(shares)
            decisive.append(Decisive(statement.id, labels[best], float(shares[best])))
    return tuple(decisive)


def explore(
    case: Case,
    model: SettlementModel,
    sitting: Sitting,
    assumptions: Sequence[Assumption],
    objector: str | None,
    anchor: Anchor,
) -> tuple[tuple[BreakEven, ...], tuple[Sweep, ...]]:
    """Move assumptions of a model, and the likeliest objector's inputs, one at a time.

    Parameters
    ----------
    sitting
        Draws to vary.
    assumptions
        Those of the model that are moved.
    objector
        Id of an actor whose position and salience are moved too.
    anchor
        Brings shares over these draws to those of the forecast.

    Returns
    -------
    tuple
        A break-even value for each input, and the sweep of each that is a number.
    """

    def answers(varied: Sitting) -> int:
        return _likeliest(anchor(option_shares(model, varied)))

    inputs: dict[str, tuple[Range, tuple[float, float]]] = {}
    thresholds: list[BreakEven] = []
    sweeps: list[Sweep] = []
    for needed in assumptions:
        stated = declared(case.dossier, model)[needed.name]
        if isinstance(stated, Range):
            low, high = needed.domain
            inputs[needed.name] = (stated, (low, high - 0.01 * (high - low) if needed.top_excluded else high))
        else:
            thresholds.append(_of_choice(case, answers, sitting, needed.name, needed.choices))
    if objector is not None:
        stand, scale = case.member(objector).stand, case.issue.scale
        for field, estimate, bounds in (
            (POSITION, stand.private, (scale.low, scale.high)),
            (SALIENCE, stand.salience, (0.0, 1.0)),
        ):
            stated = Range(low=estimate.low, mode=estimate.mode, high=estimate.high)
            inputs[f"{objector}.{field}"] = (stated, bounds)
    for name, (stated, bounds) in inputs.items():
        values = np.unique(np.append(np.linspace(*bounds, _POINTS), np.clip(stated.mode, *bounds)))
        swept = sweep(sitting, model, name, values, (stated.low, stated.high), anchor)
        sweeps.append(swept)
        thresholds.append(_of_number(case, answers, sitting, swept, stated))
    return tuple(thresholds), tuple(sweeps)


def _of_choice(case: Case, answers: Answers, sitting: Sitting, name: str, choices: tuple[str, ...]) -> BreakEven:
    """Name the choices under which another answer is the most likely."""
    labels = [option.label for option in case.issue.options]
    usual = answers(sitting)
    given = {c: answers(hold(sitting, name, float(k))) for k, c in enumerate(choices)}
    others = [choice for choice, answer in given.items() if answer != usual]
    after = labels[given[others[0]]] if others else None
    return BreakEven(name, " or ".join(others) or None, labels[usual], after, None, None, bool(others))


def _of_number(case: Case, answers: Answers, sitting: Sitting, swept: Sweep, stated: Range) -> BreakEven:
    """Find the step of a sweep, nearest to the mode, in which the likeliest answer changes, and halve it."""
    labels = [option.label for option in case.issue.options]
    values, likeliest = swept.values, swept.probabilities.argmax(axis=1)
    middle = int(np.argmin(np.abs(values - stated.mode)))
    usual = int(likeliest[middle])
    crossings = []
    for direction in (-1, 1):
        place = middle
        while 0 <= place + direction < len(values):
            if likeliest[place + direction] != usual:
                crossings.append((float(values[place]), float(values[place + direction])))
                break
            place += direction
    bounds = float(values[0]), float(values[-1])
    if not crossings:
        return BreakEven(swept.name, None, labels[usual], None, *bounds, within_range=False)
    halved = [_halve(answers, sitting, swept.name, same, other, usual) for same, other in crossings]
    value, after = min(halved, key=lambda crossing: abs(crossing[0] - stated.mode))
    return BreakEven(
        swept.name,
        value,
        labels[usual],
        labels[after],
        *bounds,
        within_range=stated.low <= value <= stated.high,
    )


def _halve(answers: Answers, sitting: Sitting, name: str, same: float, other: float, usual: int) -> tuple[float, int]:
    """Return the first value found beyond the change, and the likeliest option there."""
    after = answers(hold(sitting, name, other))
    for _ in range(_HALVINGS):
        middle = (same + other) / 2
        answer = answers(hold(sitting, name, middle))
        if answer == usual:
            same = middle
        else:
            other, after = middle, answer
    return other, after


def _likeliest(shares: Floats) -> int:
    return int(np.argmax(shares))
