"""A rule as a simple voting game: who wins when everybody votes for or against."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.base.errors import FoedusError
from foedus.institutions.power import Game, Weighted, all_of, any_of
from foedus.institutions.rules.ballot import MEMBERS, Ballot
from foedus.institutions.rules.composed import AllOf, AnyOf, Chamber, ConcernedAbstain, ConsentOf, WithoutConcerned
from foedus.institutions.rules.protocol import Rule
from foedus.institutions.rules.simple import Consensus, FewDeclare, FewerAgainst, NoVeto, Quota, Unanimity


def game_of(rule: Rule, ballot: Ballot) -> Game:
    """Return the game that a rule makes of those who are asked, in the order of their ids.

    Abstention has no place in a simple game: who does not vote for, votes against. Members of chambers and outsiders
    whose consent is asked are players beside those with a seat.

    Parameters
    ----------
    rule
        The rule.
    ballot
        Who has a seat, with what weights; how they vote is left aside.

    Raises
    ------
    FoedusError
        When the rule adopts whatever happens, or cannot adopt at all.

    Examples
    --------
    >>> from foedus.institutions.power import blockers
    >>> game = game_of(AllOf((Quota(at_least=2), ConsentOf("JPN"))), Ballot(frozenset({"AAA", "BBB", "CCC"})))
    >>> game.members, sorted(blockers(game))
    (('AAA', 'BBB', 'CCC', 'JPN'), ['JPN'])
    """
    voters = ballot.seats.union(*ballot.chambers.values()) | rule.outsiders()
    game = _game(rule, ballot, sorted(voters))
    if game is None:
        raise FoedusError(f"{rule.words()}: adopts whatever the members do, so that nobody has power")
    return game


def _game(rule: Rule, ballot: Ballot, players: Sequence[str]) -> Game | None:  # noqa: PLR0911 - one line a kind
    """Return the game of a rule; None where it adopts whatever the players do."""
    match rule:
        case Consensus() | Unanimity():
            return _count(ballot.seats, len(ballot.seats), players)
        case Quota():
            return _quota(rule, ballot, players)
        case FewerAgainst():
            return _count(ballot.seats, len(ballot.seats) - rule.number + 1, players)
        case NoVeto():
            group = ballot.groups[rule.group]
            return _count(group, len(group), players)
        case FewDeclare():
            return None
        case ConsentOf():
            return _count(frozenset({rule.actor}), 1, players)
        case ConcernedAbstain() | WithoutConcerned():
            return _game(rule.rule, ballot, players)
        case Chamber():
            return _game(rule.rule, ballot.change(seats=ballot.chambers[rule.name]), players)
        case AllOf():
            games = [game for part in rule.parts if (game := _game(part, ballot, players)) is not None]
            return None if not games else games[0] if len(games) == 1 else all_of(*games)
        case AnyOf():
            found = [_game(part, ballot, players) for part in rule.parts]
            games = [game for game in found if game is not None]
            return None if len(games) < len(found) else games[0] if len(games) == 1 else any_of(*games)
    raise FoedusError(f"{rule.words()}: no game is known for this kind of rule")


def _count(group: frozenset[str], needed: int, players: Sequence[str]) -> Game | None:
    if needed <= 0:
        return None
    return Weighted(tuple(int(player in group) for player in players), needed, tuple(players))


def _quota(rule: Quota, ballot: Ballot, players: Sequence[str]) -> Game:
    table = dict.fromkeys(ballot.seats, 1) if rule.weights == MEMBERS else ballot.weights[rule.weights]
    weights = tuple(table[player] if player in ballot.seats else 0 for player in players)
    return Weighted(weights, rule.needed(sum(weights)), tuple(players))
