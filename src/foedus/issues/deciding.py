"""Which coalitions win: any rule of the institutions room, turned into a function on arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.institutions import Assent, Rule
from foedus.issues.sitting import Decides, Flags, Sitting
from foedus.issues.sums import total as summed


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


def by_rule(rule: Rule, actors: Sequence[str], seated: Flags) -> Decides:
    """Return any rule of the institutions room as a function on arrays.

    Each distinct coalition is put to the rule once. A member that is not in favour counts as objecting; an outsider
    consents where it is in favour.

    Parameters
    ----------
    rule
        Such as ``body.rule(day)``.
    actors, seated
        Ids of the actors, and who of them has a seat; length A.

    Examples
    --------
    >>> from foedus.institutions import Consensus
    >>> rule = by_rule(Consensus(), ["FRA", "USA", "JPN"], np.array([True, True, False]))
    >>> rule(np.array([[True, True, False], [True, False, True]])).tolist()
    [True, False]
    """
    names = np.asarray(actors)
    seats = frozenset(names[seated].tolist())

    def decides(support: Flags) -> Flags:
        rows = support.reshape(-1, support.shape[-1])
        distinct, back = np.unique(np.packbits(rows, axis=1), axis=0, return_inverse=True)
        coalitions = np.unpackbits(distinct, axis=1, count=support.shape[-1]).astype(np.bool_)
        answers = np.array([_adopted(rule, names, seats, row) for row in coalitions], dtype=np.bool_)
        return np.asarray(answers[np.ravel(back)].reshape(support.shape[:-1]))

    return decides


def _adopted(rule: Rule, names: np.ndarray[tuple[int], np.dtype[np.str_]], seats: frozenset[str], row: Flags) -> bool:
    favour = frozenset(names[row].tolist())
    return rule.adopted(Assent(seats, seats - favour, favour - seats)).value == "yes"
