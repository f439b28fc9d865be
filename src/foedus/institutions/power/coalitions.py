"""Coalitions of a game: who blocks alone, who never matters, and which coalitions are just strong enough."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice

from foedus.base.errors import FoedusError
from foedus.institutions.power.exact import (
    MOST_ADDITIONS,
    MOST_CELLS,
    MOST_MEMBERS_IN_ONE_WEIGHT,
    count_by_size,
)
from foedus.institutions.power.forms import Form, form_of
from foedus.institutions.power.game import Game
from foedus.institutions.power.minimal import (
    count_by_halves,
    count_by_sizes,
    count_by_sums,
    count_of_table,
    list_in_one_weight,
    list_of_table,
    minimal_table,
)
from foedus.institutions.power.residues import moduli

LIMIT = 1000
"""Coalitions that are listed unless the caller asks for more or fewer; beyond that they are counted."""

MOST_MEMBERS_IN_A_TABLE = 28
"""Members of a game in several weights up to which every coalition is looked at."""

_MOST_BITS = 2**28  # sums told apart when looking for dummies


@dataclass(frozen=True, slots=True)
class Coalitions:
    """Coalitions of one kind.

    Parameters
    ----------
    count
        How many there are, exactly.
    listed
        All of them, smallest first, each in the order of the game's members; empty when they are too many.
    """

    count: int
    listed: tuple[tuple[str, ...], ...]

    @property
    def complete(self) -> bool:
        """Whether all are listed."""
        return len(self.listed) == self.count


def blockers(game: Game) -> tuple[str, ...]:
    """Return the members without whom no coalition wins.

    Examples
    --------
    >>> from foedus.institutions.power import Weighted
    >>> blockers(Weighted((7,) * 5 + (1,) * 10, 39))
    ('1', '2', '3', '4', '5')
    """
    everybody = set(game.members)
    return tuple(member for member in game.members if not game.wins(everybody - {member}))


def dummies(game: Game) -> tuple[str, ...]:
    """Return the members who never turn a losing coalition into a winning one.

    Raises
    ------
    FoedusError
        When the game is beyond the reach of exact counting.

    Examples
    --------
    >>> from foedus.institutions.power import Weighted
    >>> dummies(Weighted((4, 4, 4, 2, 2, 1), 12))
    ('6',)
    """
    form = form_of(game)
    quotas = form.quotas()
    if quotas is not None and form.vectors and len(set(quotas)) == 1 and sum(form.vectors[0]) <= _MOST_BITS:
        heaviest = _heaviest_dummy(form.vectors[0], quotas[0])
        return tuple(name for name, weight in zip(game.members, form.vectors[0], strict=True) if weight <= heaviest)
    counted = count_by_size(form)
    if counted is None:
        raise FoedusError(f"dummies cannot be told exactly among {form.n} members in {len(form.vectors)} weights")
    return tuple(name for name, number in zip(game.members, counted.swings, strict=True) if number == 0)


def _heaviest_dummy(weights: tuple[int, ...], quota: int) -> int:
    """Return the largest weight of a dummy, or -1: whoever weighs less than a dummy is one too."""
    different = sorted(set(weights))
    low, high = -1, len(different) - 1  # the heaviest weight of all swings somewhere
    while high - low > 1:
        middle = (low + high) // 2
        if _swings_somewhere(weights, quota, different[middle]):
            high = middle
        else:
            low = middle
    return different[low] if low >= 0 else -1


def _swings_somewhere(weights: tuple[int, ...], quota: int, weight: int) -> bool:
    """Tell whether some coalition of others weighs less than the quota by at most the weight; sums are bits."""
    others = list(weights)
    others.remove(weight)
    below = (1 << quota) - 1
    sums = 1
    for other in others:
        sums |= sums << other & below
    return sums >> max(quota - weight, 0) != 0


def minimal_winning(game: Game, *, limit: int = LIMIT) -> Coalitions:
    """Return the winning coalitions that lose when any member leaves.

    Parameters
    ----------
    game
        Weighted or compound.
    limit
        They are listed if they are at most so many, and counted in any case.

    Raises
    ------
    FoedusError
        When there are more than the limit and the game is beyond the reach of exact counting.

    Examples
    --------
    >>> from foedus.institutions.power import Weighted
    >>> minimal_winning(Weighted((4, 2, 2, 1), 6, ("A", "B", "C", "D"))).listed
    (('A', 'B'), ('A', 'C'))
    """
    form = form_of(game)
    quotas = form.quotas()
    if quotas is None:
        if form.n > MOST_MEMBERS_IN_A_TABLE:
            raise _out_of_reach(form)
        table = minimal_table(form)
        count = count_of_table(table)
        return _coalitions(game, count, list_of_table(table) if count <= limit else [])
    weights = form.vectors[0] if form.vectors else (0,) * form.n
    listed = list(islice(list_in_one_weight(weights, quotas), limit + 1))
    if len(listed) <= limit:
        return _coalitions(game, len(listed), listed)
    return Coalitions(_count_in_one_weight(form, weights, quotas), ())


def minimal_blocking(game: Game, *, limit: int = LIMIT) -> Coalitions:
    """Return the coalitions whose opposition is enough to block, but no longer once any member leaves.

    The parameters and errors are those of `minimal_winning`.

    Examples
    --------
    >>> from foedus.institutions.power import Weighted
    >>> minimal_blocking(Weighted((4, 2, 2, 1), 6, ("A", "B", "C", "D"))).listed
    (('A',), ('B', 'C'))
    """
    return minimal_winning(game.dual(), limit=limit)


def _coalitions(game: Game, count: int, places: list[tuple[int, ...]]) -> Coalitions:
    ordered = sorted(places, key=lambda inside: (len(inside), inside))
    return Coalitions(count, tuple(tuple(game.members[place] for place in inside) for inside in ordered))


def _count_in_one_weight(form: Form, weights: tuple[int, ...], quotas: tuple[int, ...]) -> int:
    if not form.vectors:
        return math.comb(form.n, quotas.index(0))
    width = max((quota for quota in quotas if quota <= sum(weights)), default=0) + 1
    passes = len(moduli(2**form.n))
    if len(set(quotas)) == 1 and width <= MOST_CELLS and form.n * width * passes <= MOST_ADDITIONS:
        return count_by_sums(weights, quotas[0])
    if form.n <= MOST_MEMBERS_IN_ONE_WEIGHT:
        return count_by_halves(weights, quotas)
    if form.n * width <= MOST_CELLS and form.n**2 * width * passes <= MOST_ADDITIONS:
        return count_by_sizes(weights, quotas)
    raise _out_of_reach(form)


def _out_of_reach(form: Form) -> FoedusError:
    return FoedusError(
        f"minimal coalitions among {form.n} members in {len(form.vectors)} weights are too many to list and cannot be "
        "counted exactly; a higher limit lists more of a game in one weight"
    )
