"""Which coalitions win: any rule of the institutions room, turned into a function on arrays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from foedus.base.errors import FoedusError
from foedus.institutions import Seating
from foedus.institutions.power import Game, Weighted
from foedus.institutions.rules import passes
from foedus.issues.sitting import Away, Decides, Flags, Floats, Sitting
from foedus.issues.sums import total as summed


def on_option(sitting: Sitting, place: int, option: int) -> Sitting:
    """Return a sitting under the rule by which the body decides on one option, without who abstains on it."""
    rule, away = sitting.decides_on(place, option), sitting.absent(place, option)
    if rule is sitting.decides and away == sitting.away:
        return sitting
    return replace(sitting, decides=rule, away=away, away_on=())


def in_favour(sitting: Sitting, place: int, option: int) -> Flags:
    """Return who stands nearer to an option than to the status quo in each draw, and votes; shape (D, A).

    Whoever holds out for more than the option is not in favour of it.
    """
    return nearer_to(sitting, place, option, sitting.private) & sitting.voting_on(place, option)


def nearer_to(sitting: Sitting, place: int, option: int, positions: Floats) -> Flags:
    """Return whose position is nearer to an option than to the status quo, unless it holds out; shape (D, A).

    Parameters
    ----------
    sitting, place, option
        An option of one issue of a sitting.
    positions
        The private or the public ones; shape (D, A, I).
    """
    agenda, at = sitting.agendas[place], positions[:, :, place]
    nearer = np.abs(agenda.options[option] - at) < np.abs(agenda.options[agenda.status_quo] - at)
    held = sitting.held_out[place].get(option, np.False_) if sitting.held_out else np.False_
    return np.asarray(nearer & ~held)


def winning(sitting: Sitting, support: Flags) -> Flags:
    """Return which coalitions win at a sitting.

    Parameters
    ----------
    sitting
        Its ``decides`` tells; without one, more than half of the seated capability of the draw does.
    support
        Who is in favour; shape (D, ..., A).

    Returns
    -------
    Flags
        Shape (D, ...).
    """
    if sitting.decides is not None:
        return np.asarray(sitting.decides(support))
    capability = np.where(sitting.seated, sitting.capability, 0.0)
    spread = capability.reshape(capability.shape[0], *(1,) * (support.ndim - 2), capability.shape[1])
    # Sums of the same numbers in another order or unit differ in the last digit: half is no majority in any of them.
    return np.asarray(summed(support * spread, -1) > summed(spread, -1) * (0.5 + 1e-12))


def unanimity(members: Flags) -> Decides:
    """Return a rule under which all of some actors must be in favour.

    Parameters
    ----------
    members
        Who; shape (A,).

    Examples
    --------
    >>> unanimity(np.array([True, True, False]))(np.array([[True, True, False], [True, False, True]])).tolist()
    [True, False]
    """
    asked = np.asarray(members, dtype=np.bool_)

    def decides(support: Flags) -> Flags:
        return np.asarray((support | ~asked).all(axis=-1))

    return decides


def quota(weights: Sequence[float], needed: float) -> Decides:
    """Return a rule under which the weights of those in favour must reach a quota.

    Parameters
    ----------
    weights
        Of each actor, 0 for who has no vote.
    needed
        What their sum must reach.

    Examples
    --------
    >>> quota([4, 4, 4, 2, 2, 1], 12)(np.array([[True, True, True, False, False, False]])).tolist()
    [True]
    """
    given = np.asarray(weights, dtype=np.float64)

    def decides(support: Flags) -> Flags:
        return np.asarray(summed(support * given, -1) >= needed)

    return decides


def by_game(game: Game, actors: Sequence[str]) -> Decides:
    """Return any voting game, and so any rule of the institutions room, as a function on arrays.

    Parameters
    ----------
    game
        Such as ``seating.game()``; its members are among the actors.
    actors
        Ids of the actors, in the order of the arrays' last axis; length A.

    Examples
    --------
    >>> from foedus.institutions import AllOf, Ballot, Consensus, ConsentOf
    >>> from foedus.institutions.rules import game_of
    >>> game = game_of(AllOf((Consensus(), ConsentOf("JPN"))), Ballot(frozenset({"FRA", "USA"})))
    >>> rule = by_game(game, ["FRA", "USA", "JPN"])
    >>> rule(np.array([[True, True, True], [True, True, False]])).tolist()
    [True, False]
    """
    places = np.array([list(actors).index(member) for member in game.members])

    def decides(support: Flags) -> Flags:
        return _wins(game, support[..., places])

    return decides


def within_reach(decides: Decides, support: Flags, movable: Flags) -> Flags:
    """Return which coalitions win, or would if one or two others changed sides.

    Parameters
    ----------
    decides
        The rule.
    support
        Who is in favour; shape (N, A).
    movable
        Who may change sides, the same in all rows; shape (A,).

    Returns
    -------
    Flags
        Shape (N,).

    Examples
    --------
    >>> rule = quota([1, 1, 1, 1, 1], 4)
    >>> support = np.array([[True, True, False, False, False], [True, False, False, False, False]])
    >>> within_reach(rule, support, np.ones(5, dtype=np.bool_)).tolist()
    [True, False]
    """
    places = np.flatnonzero(movable)
    pairs = np.eye(support.shape[1], dtype=np.bool_)[places]
    joined = (pairs[:, None] | pairs[None]).reshape(-1, support.shape[1])  # of one with itself: one alone
    decided = np.asarray(decides(support), dtype=np.bool_)
    if not len(joined):
        return decided
    rows, back = np.unique(support, axis=0, return_inverse=True)  # most draws are alike
    reached = np.array([bool(np.asarray(decides(row | joined)).any()) for row in rows])
    return np.asarray(decided | reached[back.reshape(-1)])


def at_table(seating: Seating, actors: Sequence[str], abstaining: Collection[str] = ()) -> Decides:
    """Return the rule of a body as it sits, with some of its members abstaining, as a function on arrays.

    Parameters
    ----------
    seating
        The body under its rule.
    actors
        Ids of the actors, in the order of the arrays' last axis; length A.
    abstaining
        Ids of those that abstain, whatever the arrays say of them: under votes cast they leave both sides, where all
        members are counted they are not in favour, and under consensus they stop nothing.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.institutions import packaged_institutions, seat
    >>> from foedus.world import packaged_world
    >>> unsc = seat(packaged_institutions().body("unsc"), packaged_world(), parse_day("2023-07-11"))
    >>> votes = np.array([[actor not in {"RUS", "CHN"} for actor in unsc.members]])
    >>> [bool(at_table(unsc, unsc.members, away)(votes)[0]) for away in ((), ("CHN", "RUS"))]
    [False, True]
    """
    away = frozenset(abstaining) & seating.voters
    if away and away >= seating.voters:  # nobody is left to vote: all that is open is whether outsiders consent
        passed = passes(seating.rule, seating.ballot(abstaining=away))
        asked = np.array([actor in seating.rule.outsiders() for actor in actors])
        return AtTable(lambda support: np.asarray((support | ~asked).all(axis=-1) & passed), seating, actors, away)
    standing = np.array([actor not in away for actor in actors])
    try:
        rule = by_game(seating.game(away), actors)
    except FoedusError:
        if not away:
            raise
        rule = _always  # those that are left cannot stop it
    return AtTable(lambda support: rule(support & standing), seating, actors, away)


@dataclass(frozen=True, slots=True)
class AtTable:
    """A body's rule on arrays, with some of its members abstaining; see `at_table`."""

    rule: Decides
    seating: Seating
    actors: Sequence[str]
    away: frozenset[str]

    def __call__(self, support: Flags) -> Flags:
        """Return which coalitions win; from shape (..., A) to (...)."""
        return self.rule(support)

    def __reduce__(self) -> tuple[Any, ...]:
        """Be sent to another process as what it was made from."""
        return at_table, (self.seating, self.actors, self.away)


def taking_sides(sitting: Sitting, actors: Collection[str]) -> Sitting:
    """Return a sitting in which some actors abstain on nothing and hold out for nothing: positions tell their votes."""
    away, turned = sitting.away - set(actors), np.array([actor in actors for actor in sitting.actors])
    absent = any(one.actors & set(actors) for own in sitting.away_on for one in own.values())
    if away == sitting.away and not absent and not _holding(sitting, turned):
        return sitting
    apart = tuple({option: _without(rule, away) for option, rule in own.items()} for own in sitting.apart)
    away_on = tuple(
        {
            option: Away(one.actors - set(actors), _without(one.decides, one.actors - set(actors)))
            for option, one in own.items()
        }
        for own in sitting.away_on
    )
    held_out = tuple({option: held & ~turned for option, held in own.items()} for own in sitting.held_out)
    decides = _without(sitting.decides, away)
    return replace(sitting, away=away, decides=decides, apart=apart, away_on=away_on, held_out=held_out)


def released(sitting: Sitting, actors: Collection[str]) -> Sitting:
    """Return a sitting in which no words bind some actors: neither a commitment nor a declared vote."""
    let_go = np.array([actor in actors for actor in sitting.actors])
    declared_for, declared_against = (
        tuple({option: said & ~let_go for option, said in own.items()} for own in every)
        for every in (sitting.declared_for, sitting.declared_against)
    )
    committed = sitting.committed & ~let_go[:, None]
    return replace(sitting, committed=committed, declared_for=declared_for, declared_against=declared_against)


def _holding(sitting: Sitting, who: Flags) -> bool:
    return any(held[:, who].any() for own in sitting.held_out for held in own.values())


_Rule = TypeVar("_Rule", Decides, Decides | None)


def _without(rule: _Rule, away: frozenset[str]) -> _Rule:
    return at_table(rule.seating, rule.actors, away) if isinstance(rule, AtTable) else rule


def _always(support: Flags) -> Flags:
    return np.ones(support.shape[:-1], dtype=np.bool_)


def _wins(game: Game, support: Flags) -> Flags:
    """Return which coalitions win; ``support`` has the game's members on its last axis."""
    if isinstance(game, Weighted):
        weights = np.asarray(game.weights, dtype=np.int64)
        return np.asarray((support * weights).sum(axis=-1) >= game.quota)
    parts = [_wins(part, support) for part in game.parts]
    return np.asarray(np.logical_and.reduce(parts) if game.every else np.logical_or.reduce(parts))
