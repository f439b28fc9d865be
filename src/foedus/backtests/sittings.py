"""From decisions with known outcomes to sittings, so that the models of the models room can be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from foedus.backtests.case import PastCase, Standing
from foedus.backtests.council import qualified_share
from foedus.base.estimates import Estimate
from foedus.base.randomness import Streams
from foedus.ensembles.features import GRID, filled_salience
from foedus.issues import Agenda, Sitting
from foedus.issues.deciding import quota, unanimity
from foedus.issues.sitting import Decides, Floats

SILENT = ((30.0, 70.0, 100.0), (0.02, 0.1, 0.4))
"""Position from 0 to 100 and salience from 0 to 1 of a member of whom nothing is known: low, mode, high."""
_SILENT_PLACES = Estimate(*SILENT[0]).equally_likely()

RULES = ("unanimity", "qualified majority", "simple majority", "unknown")
"""What the label of a voting rule is read as."""


def rule_of(label: str) -> str:
    """Return which rule a label names, by how it begins, in any case of letters.

    Examples
    --------
    >>> [rule_of(label) for label in ("Unan", "consensus", "QMV(10)", "majority", "lot", "consensus minus one")]
    ['unanimity', 'unanimity', 'qualified majority', 'simple majority', 'unknown', 'unknown']
    """
    small = label.lower()
    if "minus" in small:
        return RULES[3]
    if small.startswith(("unan", "consensus")):
        return RULES[0]
    if small.startswith(("qmv", "qualified")):
        return RULES[1]
    return RULES[2] if small.startswith(("majority", "simple")) else RULES[3]


def family(label: str) -> str:
    """Return the rule that a label names, consensus apart from unanimity.

    Examples
    --------
    >>> [family(label) for label in ("consensus with host consent", "Unan", "QMV(10)", "lot")]
    ['consensus', 'unanimity', 'qualified majority', 'unknown']
    """
    rule = rule_of(label)
    return "consensus" if rule == "unanimity" and label.lower().startswith("consensus") else rule


def decides_of(case: PastCase) -> tuple[bool, Decides | None]:
    """Return whether a case's rule is known, and the rule; ``None`` is more than half of the capability.

    Under a qualified majority the same share of the votes of the members with a position is asked as of all votes,
    and more than half of these members.

    Examples
    --------
    >>> from foedus.backtests.case import Standing
    >>> case = PastCase("p", "i", (Standing("fr", "member", 0.0, None, 10), Standing("com", "proposer", 9.0)), "Unan")
    >>> known, decides = decides_of(case)
    >>> known, decides(np.array([[False, False], [False, True]])).tolist()
    (True, [False, True])
    """
    ordered = everybody(case)
    seated = np.array([standing.role == "member" for standing in ordered])
    rule = rule_of(case.rule)
    if rule == "unanimity":
        return True, unanimity(seated)
    if rule != "qualified majority":
        return rule == "simple majority", None
    share = qualified_share([standing.actor for standing in ordered if standing.role == "member"])
    if share is None:
        return False, None
    votes = np.where(seated, [1.0 if standing.weight is None else standing.weight for standing in ordered], 0.0)
    enough = quota(votes.tolist(), share * votes.sum() - 1e-9)
    most = quota(seated.astype(np.float64).tolist(), seated.sum() / 2 + 0.5 - 1e-9)
    return True, lambda support: enough(support) & most(support)


def group(cases: Sequence[PastCase]) -> list[list[int]]:
    """Return the places of cases that can share a sitting: one proposal, one rule, the same actors.

    Models that trade over several issues do so within such a group.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, case in enumerate(cases):
        actors = tuple((standing.actor, standing.role, standing.weight) for standing in everybody(case))
        groups.setdefault((case.proposal, case.rule, str(actors)), []).append(place)
    return list(groups.values())


def sitting_of(
    cases: Sequence[PastCase],
    assumptions: Mapping[str, Floats],
    draws: int,
    *,
    reference: Floats,
    setter: Floats,
    everywhere: bool,
) -> Sitting:
    """Return cases that share proposal, rule and actors as one sitting.

    Members have a seat and their voting weight as capability. Proposer and chamber have a voice, and as much
    capability as the member with most. Exact inputs are the same in all draws; estimates are drawn from random
    streams of their issue and actor.

    Parameters
    ----------
    cases
        I of them, as `group` puts them together.
    assumptions
        What a model needs beside the data, by name; each of shape (D,).
    draws
        D.
    reference, setter
        The status quo and what the agenda setter wants; shape (I,).
    everywhere
        Whether all points from 0 to 100 are options (every tenth where inputs are estimates), or only where an actor
        or the status quo stands; where a case knows the options on the table, these and no others are.
    """
    ordered = [everybody(case) for case in cases]
    first = ordered[0]
    position = np.array([[standing.position for standing in row] for row in ordered])
    private = np.stack([_positions(case, row, draws) for case, row in zip(cases, ordered, strict=True)], axis=2)
    seated = np.array([standing.role == "member" for standing in first])
    weight = np.array([1.0 if standing.weight is None else standing.weight for standing in first])
    weight[~seated] = weight[seated].max(initial=1.0 if not seated.any() else 0.0)
    step = 0 if not everywhere else 10 if cases[0].estimated else 1
    agendas = tuple(
        _agenda(at, start, wish, step, case.options)
        for case, at, start, wish in zip(cases, position, reference, setter, strict=True)
    )
    shape = private.shape
    return Sitting(
        actors=tuple(standing.actor for standing in first),
        agendas=agendas,
        seated=seated,
        private=private,
        public=private.copy(),
        salience=np.stack([_saliences(case, row, draws) for case, row in zip(cases, ordered, strict=True)], axis=2),
        capability=np.broadcast_to(weight, shape[:2]).copy(),
        committed=np.zeros(shape[1:], dtype=np.bool_),
        red_low=np.full(shape[1:], -np.inf),
        red_high=np.full(shape[1:], np.inf),
        outsiders=((),) * len(cases),
        setter=np.broadcast_to(setter, (draws, len(cases))).copy(),
        assumptions=dict(assumptions),
        decides=decides_of(cases[0])[1],
        roles={_PARTS[standing.role]: place for place, standing in enumerate(first) if standing.role in _PARTS},
        spoken=np.array([float(standing.actor not in cases[0].silent) for standing in first]),
        assumed=np.stack([_SILENT_PLACES] * len(cases), axis=1) if cases[0].silent else None,
        signals=tuple(dict(case.signals) for case in cases),
    )


_PARTS = {"proposer": "commission", "chamber": "parliament"}


def everybody(case: PastCase) -> list[Standing]:
    """Return those with a position and those who are silent, by id."""
    (low, mode, high), (least, likely, most) = SILENT
    silent = [
        Standing(actor, "member", mode, 100 * likely, 1.0, (low, high), (100 * least, 100 * most))
        for actor in case.silent
    ]
    return sorted((*case.standings, *silent), key=lambda standing: standing.actor)


def _positions(case: PastCase, standings: Sequence[Standing], draws: int) -> Floats:
    """Return shape (D, A)."""
    drawn = [
        _drawn(case, standing, "position", standing.position, standing.position_range, draws) for standing in standings
    ]
    return np.stack(drawn, axis=1)


def _saliences(case: PastCase, standings: Sequence[Standing], draws: int) -> Floats:
    """Return saliences in [0, 1]; an unknown one counts as the mean of those known; shape (D, A)."""
    given = np.array([[np.nan if standing.salience is None else standing.salience for standing in standings]])
    mode = filled_salience(given, np.ones(given.shape, dtype=np.bool_))[0]
    known = np.nan_to_num(given)
    unit = 100.0 if max(known.max(initial=0.0), mode.max(initial=0.0)) > 1 else 1.0
    drawn = [
        _drawn(case, standing, "salience", float(at), standing.salience_range, draws)
        for standing, at in zip(standings, mode, strict=True)
    ]
    return np.stack(drawn, axis=1) / unit


def _drawn(
    case: PastCase, standing: Standing, name: str, mode: float, ends: tuple[float, float] | None, draws: int
) -> Floats:
    if ends is None:
        return np.full(draws, mode)
    levels = Streams(0).uniforms(case.issue, standing.actor, name, start=0, stop=draws)
    return Estimate(ends[0], mode, ends[1]).quantiles(levels)


def _agenda(position: Floats, reference: float, setter: float, step: int, table: Sequence[float]) -> Agenda:
    places = table or [*(GRID[::step] if step else ()), *position]
    options = np.unique([*places, reference, setter])
    status_quo, proposal = (int(np.searchsorted(options, place)) for place in (reference, setter))
    return Agenda(options, status_quo, proposal, 100.0)
