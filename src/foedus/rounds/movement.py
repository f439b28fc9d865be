"""How an influence model moves positions before a meeting, round by round, with every input at its likeliest value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.estimates import Estimate
from foedus.base.randomness import Streams
from foedus.cases.case import Case, Member, case_of, declared
from foedus.cases.draws import draw
from foedus.dossiers import Dossier, Range
from foedus.influence import find_influence
from foedus.influence.exchange import Exchange
from foedus.influence.exchange_decide import Decide
from foedus.issues import InfluenceModel, Sitting
from foedus.issues.models import CYCLES, SETTLED, Movement
from foedus.issues.one_table import at_one_table
from foedus.issues.sitting import Floats
from foedus.settlement.weighted_median import weighted_median

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Move:
    """One actor's move in one round.

    Attributes
    ----------
    round
        From 1.
    issue, actor
        Their ids.
    start, end
        Its position before and after.
    kind
        What moved it, where the model says so.
    other
        Id of the actor that moved it, or None.
    risk
        Its risk exponent or attitude in that round, or None.
    """

    KEYS = "round issue actor from=start to=end kind other risk"

    round: int
    issue: str
    actor: str
    start: float
    end: float
    kind: str
    other: str | None
    risk: float | None


@dataclass(frozen=True, slots=True)
class Shift:
    """What the moves do to one issue: the mean weighted by capability times salience, before and after.

    ``medians`` holds the weighted median before the first round and after each.
    """

    issue: str
    before: float
    after: float
    medians: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds(Recorded):
    """What an influence model does to a case.

    Attributes
    ----------
    cases, model
        One for each issue, none for a table of actors; and the model.
    moves
        In order of rounds, then of issues, then as the members stand at the table.
    shifts
        One for each issue.
    ended
        In words: how it ended.
    movement
        All numbers.
    notes
        What to know of the answer, such as that nothing was traded on one issue.
    """

    KEYS = (
        "as_of=case.as_of on=case.meeting.on model ended period issues=shifts(issue before after "
        "weighted_medians=medians) moves notes"
    )

    model: str
    moves: tuple[Move, ...]
    shifts: tuple[Shift, ...]
    ended: str
    movement: Movement
    notes: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def case(self) -> Case:
        """The first issue's."""
        return self.cases[0]

    @property
    def period(self) -> int:
        """Of the cycle in which positions ended, in rounds."""
        return int(self.movement.period.max())


def moved_by(influence: InfluenceModel, before: Sitting, issues: Sequence[str]) -> Rounds:
    """Return what an influence model does to one draw, round by round.

    Parameters
    ----------
    influence, before
        The model, and everyone before it.
    issues
        Their ids; length I.
    """
    movement = influence.move(before, record=True)
    notes = nothing_to_trade(influence, len(issues)), no_ties(influence, before)
    return Rounds(
        model=influence.card.name,
        moves=tuple(moves_of(movement, before.actors, issues)),
        shifts=shifts_of(before, movement, issues),
        ended=ended_in_words(movement),
        movement=movement,
        notes=tuple(note for note in notes if note),
    )


def rounds(
    dossier: Dossier,
    issue: str | None = None,
    as_of: Day | str | None = None,
    on: str | None = None,
    model: str = "challenge",
) -> Rounds:
    """Return how an influence model moves everyone before a meeting.

    Parameters
    ----------
    dossier, as_of, on
        As for `foedus.forecast`.
    issue
        By default that of the dossier's first page; for a model that trades across issues, all issues of the dossier.
    model
        An influence model.

    Raises
    ------
    FoedusError
        When the issue, the meeting or the model is unknown, or a day cannot be read.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> answer = rounds(dossier, as_of="2023-07-10", model="friedkin-johnsen")
    >>> answer.moves[0].round
    1
    """
    influence = find_influence(model)
    together = issue is None and "issue by issue" in influence.card.refuted
    names = [listed.id for listed in dossier.issues if listed.ordered] if together else [issue]
    cases = [case_of(dossier, name, as_of, on) for name in names]
    return likeliest_moves(cases, influence)


def likeliest_moves(cases: Sequence[Case], influence: InfluenceModel) -> Rounds:
    """Return how a model moves everyone on several issues at once, with every input at its likeliest value.

    Parameters
    ----------
    cases
        One for each issue, of one dossier.
    influence
        The model.
    """
    stated = {name: _likeliest(value) for name, value in declared(cases[0].dossier, influence).items()}
    certain = [replace(case, members=tuple(_certain(member) for member in case.members)) for case in cases]
    before = joined(at_one_table([draw(case, stated, Streams(1), 0, 1) for case in certain]))
    return replace(moved_by(influence, before, [case.issue.id for case in cases]), cases=tuple(cases))


def shifts_of(sitting: Sitting, movement: Movement, issues: Sequence[str]) -> tuple[Shift, ...]:
    """Return what the moves of the first draw do to each issue; no number where nobody has any weight.

    Parameters
    ----------
    sitting, movement
        Before, and what an influence model made of it.
    issues
        Their ids; length I.
    """
    return tuple(
        Shift(
            name,
            _expected(sitting, sitting.private, k),
            _expected(sitting, movement.private, k),
            () if weightless(sitting, k) else _medians(sitting, movement, k),
        )
        for k, name in enumerate(issues)
    )


def weightless(sitting: Sitting, issue: int) -> bool:
    """Tell whether nobody has any capability times salience on an issue, so that no mean or median is defined."""
    return not (sitting.capability[0] * sitting.salience[0, :, issue]).any()


def no_ties(influence: InfluenceModel, sitting: Sitting) -> str:
    """Say so where a model moves actors along ties and there are none; empty otherwise."""
    if "ties" not in influence.card.inputs or (sitting.ties is not None and np.any(sitting.ties)):
        return ""
    return f"{influence.card.name} moves actors along ties, of which none is given: nobody moves"


def nothing_to_trade(influence: InfluenceModel, issues: int) -> str:
    """Say so where a model trades across issues and is given one; empty otherwise."""
    if issues > 1 or not isinstance(influence, Exchange | Decide):
        return ""
    return "one issue: nothing is traded, and nobody moves"


def joined(sittings: list[Sitting]) -> Sitting:
    """Return several sittings of the same actors as one sitting on all their issues.

    Raises
    ------
    FoedusError
        When the actors are not the same.
    """
    first = sittings[0]
    if any(sitting.actors != first.actors for sitting in sittings):
        raise FoedusError(
            "issues can be looked at together where the same actors have a seat or a voice on all of them"
        )
    return replace(
        first,
        agendas=tuple(agenda for sitting in sittings for agenda in sitting.agendas),
        private=np.concatenate([sitting.private for sitting in sittings], axis=2),
        public=np.concatenate([sitting.public for sitting in sittings], axis=2),
        salience=np.concatenate([sitting.salience for sitting in sittings], axis=2),
        committed=np.concatenate([sitting.committed for sitting in sittings], axis=1),
        red_low=np.concatenate([sitting.red_low for sitting in sittings], axis=1),
        red_high=np.concatenate([sitting.red_high for sitting in sittings], axis=1),
        outsiders=tuple(asked for sitting in sittings for asked in sitting.outsiders),
        setter=np.concatenate([sitting.setter for sitting in sittings], axis=1),
        setting_actors=tuple(actor for sitting in sittings for actor in sitting.setting_actors),
        away=frozenset.intersection(*(sitting.away for sitting in sittings)),
        away_on=(),
        declared_for=(),
        declared_against=(),
        held_out=(),
    )


def _expected(sitting: Sitting, private: Floats, issue: int) -> float:
    """Return the mean weighted by capability times salience, of everybody."""
    weight = sitting.capability[0] * sitting.salience[0, :, issue]
    total = float(weight.sum())
    return float((weight * private[0, :, issue]).sum() / total) if total > 0 else float(private[0, :, issue].mean())


def _medians(sitting: Sitting, movement: Movement, issue: int) -> tuple[float, ...]:
    """Return the weighted median of everybody before the first round and after each."""
    if movement.trajectory is None:
        return ()
    weight = (sitting.capability[0] * sitting.salience[0, :, issue])[None]
    agenda = sitting.agendas[issue]
    toward = float(agenda.options[agenda.status_quo])
    paths = movement.trajectory.positions[:, 0, :, issue]
    return tuple(float(weighted_median(row[None], weight, toward)[0]) for row in paths)


def ended_in_words(movement: Movement) -> str:
    """Say how the draws of a movement ended."""
    if (movement.ended == SETTLED).all():
        return "nobody moves any more"
    if (movement.ended == CYCLES).any():
        return f"positions recur every {movement.period.max()} rounds"
    return "not settled when the limit of rounds was reached"


def _likeliest(value: Range | dict[str, float]) -> Range | dict[str, float]:
    if isinstance(value, Range):
        return Range(low=value.mode, mode=value.mode, high=value.mode)
    best = max(value, key=lambda name: value[name])
    return {name: float(name == best) for name in value}


def _certain(member: Member) -> Member:
    def at_mode(estimate: Estimate) -> Estimate:
        return Estimate.exact(estimate.mode, estimate.rests_on)

    stand = member.stand
    public = None if stand.public is None else at_mode(stand.public)
    exact = replace(stand, private=at_mode(stand.private), public=public, salience=at_mode(stand.salience))
    return replace(member, stand=exact, capability=at_mode(member.capability))


def moves_of(movement: Movement, actors: Sequence[str], issues: Sequence[str]) -> Iterator[Move]:
    """Return the moves of the first draw, in order of rounds, then of issues, then of actors.

    Parameters
    ----------
    movement
        With its trajectory; without one nothing is returned.
    actors, issues
        Their ids; length A and I.
    """
    path = movement.trajectory
    if path is None:
        return
    for turn in range(len(path.positions) - 1):
        for issue, name in enumerate(issues):
            positions = path.positions[:, 0, :, issue]
            still = _SAME * max(1.0, float(np.abs(positions).max()))
            for place, actor in enumerate(actors):
                start, end = (float(positions[turn + k, place]) for k in (0, 1))
                if abs(end - start) <= still:
                    continue
                kind = -1 if path.kind is None else int(path.kind[turn, 0, place, issue])
                other = -1 if path.other is None else int(path.other[turn, 0, place, issue])
                risk = float("nan") if path.risk is None else float(path.risk[turn, 0, place, issue])
                by = actors[other] if other >= 0 else None
                why = path.kinds[kind] if kind >= 0 else ""
                known = None if np.isnan(risk) else risk
                yield Move(turn + 1, name, actor, start, end, why, by, known)
