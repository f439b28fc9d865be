"""Two replays beside each other: which steps come out otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.procedures.events import Happening
from foedus.procedures.items import NOT_ARISEN
from foedus.procedures.replaying import Replay

_SMALLEST = 0.001


@dataclass(frozen=True, slots=True)
class Shift:
    """One answer to a step in two replays.

    Attributes
    ----------
    answer
        ``not-arisen`` among them.
    before, after
        Its share of the histories in the first and in the second.
    """

    answer: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Difference:
    """A step that two replays have otherwise.

    Attributes
    ----------
    on, matter, step
        The step.
    before, after
        Its result in each.
    shifts
        The answers whose share moved, the largest difference first.
    """

    KEYS = "on matter step before after shifts(answer before after)"

    on: Day
    matter: str
    step: str
    before: str
    after: str
    shifts: tuple[Shift, ...]

    @property
    def turned(self) -> bool:
        """Whether the result is another."""
        return self.before != self.after


def compare_replays(first: Replay, second: Replay, smallest: float = _SMALLEST) -> tuple[Difference, ...]:
    """Return the steps at which an answer's share differs.

    Parameters
    ----------
    first, second
        Of one docket. With the same seed they share their random numbers, so that a difference is not noise.
    smallest
        The least difference of shares that is told.

    Returns
    -------
    tuple
        By date.

    Raises
    ------
    FoedusError
        When the two do not have the same steps.

    Examples
    --------
    >>> import foedus
    >>> from foedus.procedures import replay
    >>> dossier = foedus.read_dossier("tokyo-office")
    >>> as_it_was = replay(dossier, histories=200)
    >>> otherwise = replay(dossier, histories=200, changes=["FRA.office=100@2023-05-01"])
    >>> [(difference.matter, difference.turned) for difference in compare_replays(as_it_was, otherwise)][0]
    ('tokyo-office', True)
    """
    steps = [[(event.on, event.matter, event.step) for event in compared.events] for compared in (first, second)]
    if steps[0] != steps[1]:
        raise FoedusError(
            "the two replays do not have the same steps; compare replays of one docket over the same days"
        )
    differences = []
    for before, after in zip(first.events, second.events, strict=True):
        shifts = _shifts(before, after, smallest)
        if shifts or before.result != after.result:
            differences.append(Difference(before.on, before.matter, before.step, before.result, after.result, shifts))
    return tuple(differences)


def _shifts(before: Happening, after: Happening, smallest: float) -> tuple[Shift, ...]:
    shifts = [
        Shift(outcome.answer, outcome.share, other.share)
        for outcome, other in zip(before.outcomes, after.outcomes, strict=True)
    ]
    shifts.append(Shift(NOT_ARISEN, 1 - before.arises, 1 - after.arises))
    moved: Sequence[Shift] = [shift for shift in shifts if abs(shift.difference) >= smallest]
    return tuple(sorted(moved, key=lambda shift: (-abs(shift.difference), shift.answer)))
