"""What is run to tell which inputs matter: draws with their outcome, and the same with one group of inputs drawn anew.

Along a line the outcome of a draw is the place on the scale where it ends on average. Where the options have no order
it is how likely each option is, and variances are summed over the options. What a model leaves to chance is no input,
and is averaged out in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from foedus.base.workers import Workers, in_order
from foedus.cases import Case
from foedus.cases.choices import Choosing
from foedus.forecasts import Forecast
from foedus.forecasts.choice import Choice, Draws
from foedus.forecasts.sweeps import sample
from foedus.issues import SettlementModel, Sitting, chances_of
from foedus.issues.sitting import Floats, part_of

SILENT = "members with no known position"
BODY = "assumptions"
_CHUNK = 2_048


class Experiment(Protocol):
    """Runs of one answer whose inputs vary."""

    @property
    def groups(self) -> tuple[str, ...]:
        """Groups of inputs that are drawn anew together."""

    def drawn(self, draws: int) -> tuple[list[tuple[str, Floats]], Floats]:
        """Return the inputs that vary over the first draws, by name, each of shape (D,), and the outcome."""

    def redrawn(self, draws: int, workers: Workers) -> tuple[Floats, dict[str, Floats]]:
        """Return the outcome of some draws, and with each group of inputs taken from other, independent draws."""

    def group_of(self, name: str) -> str:
        """Return the group of an input."""


def experiment_of(answer: Forecast | Choice) -> Experiment:
    """Return the runs of a forecast, or of a choice among options without an order."""
    if isinstance(answer, Choice):
        return _Chosen(answer)
    return _Line(answer, answer.case, answer.explainer)


@dataclass(frozen=True, slots=True)
class _Line:
    forecast: Forecast
    case: Case
    model: SettlementModel

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(_groups(self.case, {member.actor for member in self.case.silent}))

    def drawn(self, draws: int) -> tuple[list[tuple[str, Floats]], Floats]:
        sitting = sample(self.case, self.model, self.forecast.seed, draws)
        return list(_inputs(self.case, sitting)), self.outcome(sitting)

    def redrawn(self, draws: int, workers: Workers) -> tuple[Floats, dict[str, Floats]]:
        both = sample(self.case, self.model, self.forecast.seed, 2 * draws)
        base, other = part_of(both, slice(0, draws)), part_of(both, slice(draws, None))
        places = _groups(self.case, {member.actor for member in self.case.silent})
        again = in_order(_redrawn_line, (self, base, other), list(places.values()), workers)
        return self.outcome(base), dict(zip(places, again, strict=True))

    def group_of(self, name: str) -> str:
        actor, dot, _ = name.rpartition(".")
        if not dot:
            return BODY
        return SILENT if any(member.actor == actor for member in self.case.silent) else actor

    def outcome(self, sitting: Sitting) -> Floats:
        """Return where each draw ends on average; in chunks, since some models take much memory for each draw."""
        chances = [
            chances_of(self.model, part_of(sitting, slice(start, start + _CHUNK)))[0]
            for start in range(0, sitting.draws, _CHUNK)
        ]
        return np.asarray(np.concatenate(chances) @ sitting.agendas[0].options)


@dataclass(frozen=True, slots=True)
class _Chosen:
    choice: Choice

    @property
    def made(self) -> Choosing:
        return self.choice.choosing

    @property
    def silent(self) -> set[str]:
        return {member.actor for member in self.made.table.members if not self.made.spoke(member.actor)}

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(_groups(self.made.table, self.silent))

    def drawn(self, draws: int) -> tuple[list[tuple[str, Floats]], Floats]:
        runs = Draws.of(self.made, self.choice.seed, draws)
        return list(self._inputs(runs)), runs.expected()

    def redrawn(self, draws: int, workers: Workers) -> tuple[Floats, dict[str, Floats]]:
        both = Draws.of(self.made, self.choice.seed, 2 * draws)
        base, other = both.part(slice(0, draws)), both.part(slice(draws, None))
        places = _groups(self.made.table, self.silent)
        again = in_order(_redrawn_choice, (base, other), list(places.values()), workers)
        return base.expected(), dict(zip(places, again, strict=True))

    def group_of(self, name: str) -> str:
        actor, dot, _ = name.partition(".")
        if not dot:
            return BODY
        return SILENT if actor in self.silent else actor

    def _inputs(self, runs: Draws) -> Iterator[tuple[str, Floats]]:
        for place, member in enumerate(self.made.table.members):
            for label, sitting in zip(self.made.labels, runs.tables, strict=True):
                yield from _varying(f"{member.actor}.{label}", sitting.private[:, place, 0])
        first, *_ = runs.tables
        yield from (named for named in _inputs(self.made.table, first) if not named[0].endswith(".position"))


Places = Sequence[int] | None
"""Whose inputs are drawn anew, by place; None stands for the assumptions."""


def _redrawn_line(shared: tuple[_Line, Sitting, Sitting], mine: Places) -> Floats:
    line, base, other = shared
    return line.outcome(_mixed(base, other, mine))


def _redrawn_choice(shared: tuple[Draws, Draws], mine: Places) -> Floats:
    base, other = shared
    return base.at([_mixed(*pair, mine) for pair in zip(base.tables, other.tables, strict=True)]).expected()


def _varying(name: str, values: Floats) -> Iterator[tuple[str, Floats]]:
    if np.ptp(values) > 0:
        yield name, values


def _inputs(case: Case, sitting: Sitting) -> Iterator[tuple[str, Floats]]:
    """Yield every input that varies over draws; one level draws an actor's private and public position."""
    for place, member in enumerate(case.members):
        yield from _varying(f"{member.actor}.position", sitting.private[:, place, 0])
        yield from _varying(f"{member.actor}.salience", sitting.salience[:, place, 0])
        yield from _varying(f"{member.actor}.capability", sitting.capability[:, place])
    for name, drawn in sitting.assumptions.items():
        yield from _varying(name, drawn)


def _groups(case: Case, silent: set[str]) -> dict[str, list[int] | None]:
    """Return the actors of each group by place; None stands for the assumptions."""
    groups: dict[str, list[int] | None] = {
        member.actor: [place] for place, member in enumerate(case.members) if member.actor not in silent
    }
    if silent:
        groups[SILENT] = [place for place, member in enumerate(case.members) if member.actor in silent]
    groups[BODY] = None
    return groups


def _mixed(base: Sitting, other: Sitting, places: Sequence[int] | None) -> Sitting:
    """Return the base draws with one group's inputs from the other draws."""
    if places is None:
        return replace(base, assumptions=other.assumptions)
    arrays = {}
    for name in ("private", "public", "salience", "capability"):
        values = getattr(base, name).copy()
        values[:, places] = getattr(other, name)[:, places]
        arrays[name] = values
    setter = base.setter.copy()
    mine = [issue for issue, actor in enumerate(base.setting_actors) if actor in places]
    setter[:, mine] = other.setter[:, mine]
    return replace(base, setter=setter, **arrays)
