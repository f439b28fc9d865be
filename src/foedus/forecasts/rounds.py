"""How an influence model moves positions before a meeting, round by round, with every input at its likeliest value."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.base.estimates import Estimate
from foedus.base.randomness import Streams
from foedus.dossiers import Dossier, Range
from foedus.forecasts.case import Case, Member, declared, prepare
from foedus.forecasts.draws import draw
from foedus.influence import find_influence
from foedus.issues.models import CYCLES, SETTLED, Movement

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Move:
    """One actor's move in one round.

    Attributes
    ----------
    round
        From 1.
    actor
        Its id.
    start, end
        Its position before and after.
    kind
        What moved it, where the model says so.
    other
        Id of the actor that moved it, or None.
    risk
        Its risk exponent or attitude in that round, or None.
    """

    round: int
    actor: str
    start: float
    end: float
    kind: str
    other: str | None
    risk: float | None


@dataclass(frozen=True, slots=True)
class Rounds:
    """What an influence model does to a case.

    Attributes
    ----------
    case, model
        Whose, and by which model.
    moves
        In order of rounds, then as the members stand at the table.
    ended
        In words: how it ended.
    period
        Rounds after which positions recur; 0 where they do not.
    movement
        All numbers.
    """

    case: Case
    model: str
    moves: tuple[Move, ...]
    ended: str
    period: int
    movement: Movement

    def as_answer(self) -> dict[str, object]:
        """Return the JSON document."""
        return {
            "schema": 1,
            "issue": self.case.issue.id,
            "as_of": self.case.as_of.isoformat(),
            "on": self.case.meeting.on.isoformat(),
            "model": self.model,
            "ended": self.ended,
            "period": self.period,
            "moves": [
                {
                    "round": one.round,
                    "actor": one.actor,
                    "from": one.start,
                    "to": one.end,
                    "kind": one.kind,
                    "other": one.other,
                    "risk": one.risk,
                }
                for one in self.moves
            ],
        }


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
    dossier, issue, as_of, on
        As for `foedus.forecast`.
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
    >>> found = rounds(dossier, as_of="2023-07-10", model="friedkin-johnsen")
    >>> found.moves[0].round
    1
    """
    asked = dossier.issue(issue)
    if isinstance(as_of, str):
        try:
            as_of = parse_day(as_of)
        except ValueError as error:
            raise FoedusError(f"as of: {error}") from None
    day = as_of or dossier.latest_known()
    case = prepare(dossier, asked, day, asked.meeting(on) if on else asked.next_meeting(day))
    influence = find_influence(model)
    stated = {name: _likeliest(value) for name, value in declared(dossier, influence).items()}
    certain = replace(case, members=tuple(_certain(member) for member in case.members))
    movement = influence.move(draw(certain, stated, Streams(1), 0, 1), record=True)
    ended = {SETTLED: "nobody moves any more", CYCLES: f"positions recur every {movement.period[0, 0]} rounds"}
    words = ended.get(int(movement.ended[0, 0]), "not settled when the limit of rounds was reached")
    return Rounds(case, influence.card.name, _moves(certain, movement), words, int(movement.period[0, 0]), movement)


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


def _moves(case: Case, movement: Movement) -> tuple[Move, ...]:
    path = movement.trajectory
    if path is None:
        return ()
    found = []
    positions = path.positions[:, 0, :, 0]
    still = _SAME * max(1.0, float(np.abs(positions).max()))
    for turn in range(len(positions) - 1):
        for place, member in enumerate(case.members):
            start, end = (float(positions[turn + k, place]) for k in (0, 1))
            if abs(end - start) <= still:
                continue
            kind = -1 if path.kind is None else int(path.kind[turn, 0, place, 0])
            other = -1 if path.other is None else int(path.other[turn, 0, place, 0])
            risk = None if path.risk is None else float(path.risk[turn, 0, place, 0])
            found.append(
                Move(
                    turn + 1,
                    member.actor,
                    start,
                    end,
                    path.kinds[kind] if kind >= 0 else "",
                    case.members[other].actor if other >= 0 else None,
                    None if risk is None or np.isnan(risk) else risk,
                )
            )
    return tuple(found)
