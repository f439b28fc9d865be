"""Several issues as one proposal, which is taken as a whole or not at all.

For actor i and issue k of a package, with x_ik its position, s_ik its salience, q_k the status quo, t_k the option in
the package and R_k the length of the scale:

- w_ik = s_ik |t_k - q_k| / R_k, how much i has at stake on k
- g_ik = (|q_k - x_ik| - |t_k - x_ik|) / |t_k - q_k|, from -1 to 1: how much nearer t_k lies to it than q_k
- the package is one proposal on a line from 0 to 1, on which i cares by S_i = sum of w_ik, and stands at
  X_i = 1/2 + sum of w_ik g_ik / (2 S_i)

so that what the package costs i is the sum of what its parts cost it, S_i (1 - 2 X_i) = - sum of w_ik g_ik: what it
gains on one issue pays for what it loses on another. Red lines and public commitments on any part still cost what they
cost. With a single issue of two options this is that issue itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import numpy as np

from foedus.issues import Agenda, Sitting
from foedus.issues.sitting import Flags, Floats
from foedus.settlement.consensus import crossings, public_preference


def composite(sittings: Sequence[Sitting], targets: Sequence[int]) -> Sitting:
    """Return several issues as one: the status quo on all, or an option on each.

    Parameters
    ----------
    sittings
        Draws of each issue, of the same actors.
    targets
        Index of the option on each.

    Returns
    -------
    Sitting
        One issue of two options, 0 and 1; what crosses a red line or a commitment on a part is a negative payment.
    """
    first = sittings[0]
    at_stake, position = _composed(
        [stake(sitting, k, sitting.private) for sitting, k in zip(sittings, targets, strict=True)]
    )
    _, public = _composed([stake(sitting, k, sitting.public) for sitting, k in zip(sittings, targets, strict=True)])
    crossed = reduce(np.logical_or, [_crossed(sitting, k) for sitting, k in zip(sittings, targets, strict=True)])
    spoken = [sitting.spoken for sitting in sittings if sitting.spoken is not None]
    return replace(
        first,
        agendas=(Agenda(np.array([0.0, 1.0]), 0, 1, 1.0),),
        private=position[:, :, None],
        public=public[:, :, None],
        salience=at_stake[:, :, None],
        committed=np.zeros((len(first.actors), 1), np.bool_),
        red_low=np.full((len(first.actors), 1), -np.inf),
        red_high=np.full((len(first.actors), 1), np.inf),
        outsiders=(tuple(sorted({place for sitting in sittings for place in sitting.outsiders[0]})),),
        setter=np.ones((first.draws, 1)),
        setting_actors=(None,),
        paid=(-1.0 * crossed * first.assumptions.get("red_line_cost", np.zeros(first.draws))[:, None])[:, :, None],
        spoken=np.max(spoken, axis=0) if spoken else None,
        assumed=_assumed(sittings, targets),
        signals=(_signals(sittings),),
        assumptions={name: drawn for sitting in reversed(sittings) for name, drawn in sitting.assumptions.items()},
    )


def _assumed(sittings: Sequence[Sitting], targets: Sequence[int]) -> Floats | None:
    """Return where those are taken to stand on the package who are silent on each part; shape (L, 1).

    They are taken to care as much about one part as about another. Nobody is silent on all where, on some part,
    nobody is.
    """
    weights, nearer = [], []
    for sitting, target in zip(sittings, targets, strict=True):
        if sitting.assumed is None:
            return None
        agenda = sitting.agendas[0]
        still, goal = agenda.options[agenda.status_quo], agenda.options[target]
        weights.append(abs(goal - still) / agenda.length)
        nearer.append((np.abs(still - sitting.assumed) - np.abs(goal - sitting.assumed)) / abs(goal - still))
    return np.asarray(0.5 + np.average(nearer, axis=0, weights=weights) / 2)


def stake(sitting: Sitting, target: int, position: Floats) -> tuple[Floats, Floats]:
    """Return w and g of one issue; each of shape (D, A)."""
    agenda = sitting.agendas[0]
    still, goal = agenda.options[agenda.status_quo], agenda.options[target]
    way = abs(goal - still)
    nearer = np.abs(still - position[:, :, 0]) - np.abs(goal - position[:, :, 0])
    return sitting.salience[:, :, 0] * way / agenda.length, nearer / way


def _composed(parts: Sequence[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Return S and X of `composite`; who has nothing at stake stands in the middle."""
    at_stake = np.sum([w for w, _ in parts], axis=0)
    gain = np.sum([w * g for w, g in parts], axis=0)
    return at_stake, 0.5 + 0.5 * np.divide(gain, at_stake, out=np.zeros_like(gain), where=at_stake > 0)


def _crossed(sitting: Sitting, target: int) -> Flags:
    """Tell whose red line or public commitment the option crosses; shape (D, A)."""
    agenda = sitting.agendas[0]
    slack = sitting.assumptions.get("red_line_slack", np.zeros(sitting.draws)) * agenda.length
    crossed = crossings(
        public_preference(np.ascontiguousarray(sitting.public[:, :, 0].T), agenda),
        sitting.committed[:, 0],
        sitting.red_low[:, 0],
        sitting.red_high[:, 0],
        slack,
        agenda,
    )
    return np.asarray(crossed[target].T)


def _signals(sittings: Sequence[Sitting]) -> dict[str, float]:
    """Return what was said on any part: the strongest sign of each name."""
    told = [sitting.signals[0] for sitting in sittings if sitting.signals and sitting.signals[0]]
    return {name: max(signs.get(name, -0.5) for signs in told) for name in {key for signs in told for key in signs}}
