"""A rule as a simple voting game: who wins when everybody votes for or against."""

from __future__ import annotations

from foedus.base.errors import FoedusError
from foedus.institutions.power import Game
from foedus.institutions.rules.ballot import Ballot
from foedus.institutions.rules.protocol import Rule


def game_of(rule: Rule, ballot: Ballot) -> Game:
    """Return the game that a rule makes of those who are asked, in the order of their ids.

    Abstention has no place in a simple game: who does not vote for, votes against. So those that the ballot has
    abstaining are players without a choice: they have no weight where votes cast are counted or nobody may object, and
    are not to be put among those in favour where all members are counted. Members of chambers and outsiders whose
    consent is asked are players beside those with a seat.

    Parameters
    ----------
    rule
        The rule.
    ballot
        Who has a seat, with what weights, and who abstains; how the others vote is left aside.

    Raises
    ------
    FoedusError
        When the rule adopts whatever happens, or cannot adopt at all.

    Examples
    --------
    >>> from foedus.institutions.power import blockers
    >>> from foedus.institutions.rules import AllOf, ConsentOf, Quota
    >>> game = game_of(AllOf((Quota(at_least=2), ConsentOf("JPN"))), Ballot(frozenset({"AAA", "BBB", "CCC"})))
    >>> game.members, sorted(blockers(game))
    (('AAA', 'BBB', 'CCC', 'JPN'), ['JPN'])
    """
    voters = ballot.seats.union(*ballot.chambers.values()) | rule.outsiders()
    game = rule.game(ballot, sorted(voters))
    if game is None:
        raise FoedusError(f"{rule.words()}: adopts whatever the members do, so nobody has power")
    return game
