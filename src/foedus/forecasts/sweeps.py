"""How the answer moves when one assumption, or one actor's input, is held at a value.

All other inputs keep their draws (common random numbers), so differences are not noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.cases.case import Case, declared
from foedus.cases.draws import draw
from foedus.dossiers import Change, Range
from foedus.dossiers.changes import ASSUMPTIONS
from foedus.dossiers.words import ABSTAINS
from foedus.issues import SettlementModel, Sitting, chances_of
from foedus.issues.deciding import taking_sides
from foedus.issues.sitting import Floats

SWEEP_DRAWS = 1_000
"""Draws for each point of a sweep: a standard error of at most 1.6 percentage points."""

SWEEP_DRAWS_OF_TWO_STAGES = 100
"""The same where positions move first, which takes a thousand times as long: a standard error of at most 5 points."""

_SAME = 1e-12
"""Sums of the same numbers in another order differ by less."""

POSITION, SALIENCE = "position", "salience"


@dataclass(frozen=True, slots=True)
class Sweep:
    """The probability of each option as one input moves.

    Attributes
    ----------
    name
        An assumption, or ``ACTOR.position``, or ``ACTOR.salience``.
    values
        Where it was held; shape (V,).
    probabilities
        Of each option; shape (V, K).
    stated
        The range that is declared for it, or estimated.
    """

    name: str
    values: Floats
    probabilities: Floats
    stated: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Anchor:
    """What brings shares over few draws to the forecast's: every what-if starts at the one number of the headline.

    With the same draws before and after, the difference is what a change does, and the forecast over all its draws is
    the better estimate of where it starts (a control variate).

    Attributes
    ----------
    shift
        The forecast less the shares of the same case over the few draws; shape (K,).
    """

    shift: Floats

    @classmethod
    def of(cls, usual: Floats, forecast: Sequence[float] | Floats) -> Anchor:
        """Return what brings the usual shares to those of the forecast."""
        shift = np.asarray(forecast, np.float64) - usual
        return cls(np.where(np.abs(shift) < _SAME, 0.0, shift))

    def __call__(self, shares: Floats) -> Floats:
        """Return shares after the shift, none below 0, summing to 1; options added at the end are not shifted.

        Parameters
        ----------
        shares
            Shape (..., K), or with more options.

        Examples
        --------
        >>> anchor = Anchor.of(np.array([0.5, 0.5]), [0.52, 0.48])
        >>> anchor(np.array([0.5, 0.5])).round(9).tolist(), anchor(np.array([0.99, 0.01])).round(9).tolist()
        ([0.52, 0.48], [1.0, 0.0])
        """
        if not self.shift.any():
            return shares
        moved = shares.copy()
        moved[..., : len(self.shift)] += self.shift
        moved = np.maximum(moved, 0.0)
        return np.asarray(moved / moved.sum(axis=-1, keepdims=True))


def sweep_draws(model: SettlementModel) -> int:
    """Return how many draws each point of a model's sweeps takes."""
    return SWEEP_DRAWS if model.card.stage == "settlement" else SWEEP_DRAWS_OF_TWO_STAGES


def sample(case: Case, model: SettlementModel, seed: int, draws: int | None = None) -> Sitting:
    """Return the first draws of a forecast, to be varied; by default as many as a sweep takes."""
    count = sweep_draws(model) if draws is None else draws
    return draw(case, declared(case.dossier, model), Streams(seed), 0, count)


def hold(sitting: Sitting, name: str, value: float) -> Sitting:
    """Return a sitting with one input held at a value in every draw.

    Parameters
    ----------
    name
        An assumption, ``ACTOR.position`` (what it wants and says), or ``ACTOR.salience``.
    """
    exact = Range(low=value, mode=value, high=value)
    if name in sitting.assumptions:
        return held(sitting, Change(ASSUMPTIONS, "", name, exact))
    actor, _, field = name.rpartition(".")
    return held(sitting, Change(actor, "", SALIENCE if field == SALIENCE else "", exact))


def held(sitting: Sitting, change: Change, share: float = 1.0) -> Sitting:
    """Return a sitting of one issue with a change in every draw, at its likeliest value; nothing is drawn anew.

    Parameters
    ----------
    sitting
        Draws.
    change
        Of an assumption, of a position (wanted, said, or both), a salience or a capability.
    share
        How far each draw goes towards the value, from 0 to 1; below 1 what is uncertain stays so, but less.

    Raises
    ------
    FoedusError
        For a red line, which is no number of a draw.

    Examples
    --------
    >>> from foedus.testing import sitting_of
    >>> there = Range(low=40, mode=40, high=40)
    >>> sitting = held(sitting_of(position=[20.0, 80.0], salience=[1.0, 1.0]), Change("a1", "", "position", there))
    >>> sitting.private[0, :, 0].tolist(), sitting.public[0, :, 0].tolist()
    ([20.0, 40.0], [20.0, 80.0])
    >>> held(sitting, Change("a0", "", "position", there), 0.5).private[0, :, 0].tolist()
    [30.0, 40.0]
    """

    def pulled(values: Floats) -> Floats:
        return np.full_like(values, value) if share == 1 else values + share * (value - values)

    def with_actor(values: Floats) -> Floats:
        changed = values.copy()
        changed[:, place] = pulled(changed[:, place])
        return changed

    value = change.numbers.mode
    if change.actor == ASSUMPTIONS:
        drawn = sitting.assumptions.get(change.field, np.full(sitting.draws, value))
        return replace(sitting, assumptions={**sitting.assumptions, change.field: pulled(drawn)})
    place = sitting.actors.index(change.actor)
    if change.field == SALIENCE:
        return replace(sitting, salience=with_actor(sitting.salience))
    if change.field == "capability":
        return replace(sitting, capability=with_actor(sitting.capability))
    if change.field == "red_line":
        raise FoedusError(f"{change}: a red line is not drawn at random; change it in the dossier")
    wants, says = change.field in {"", POSITION}, change.field in {"", "public_position"}
    setter = sitting.setter.copy()
    if wants:
        own = [issue for issue, actor in enumerate(sitting.setting_actors) if actor == place]
        setter[:, own] = pulled(setter[:, own])
    if wants and change.words != ABSTAINS:
        sitting = taking_sides(sitting, {change.actor})
    return replace(
        sitting,
        private=with_actor(sitting.private) if wants else sitting.private,
        public=with_actor(sitting.public) if says else sitting.public,
        setter=setter,
    )


def option_shares(model: SettlementModel, sitting: Sitting) -> Floats:
    """Return how likely each option of the first issue is over all draws; shape (K,)."""
    return np.asarray(chances_of(model, sitting)[0].mean(axis=0))


def sweep(
    sitting: Sitting,
    model: SettlementModel,
    name: str,
    values: Floats,
    stated: tuple[float, float],
    anchor: Anchor,
) -> Sweep:
    """Return the probability of each option with one input held at each of some values."""
    shares = np.stack([option_shares(model, hold(sitting, name, float(value))) for value in values])
    return Sweep(name, values, anchor(shares), stated)


def grid(sitting: Sitting, model: SettlementModel, *axes: tuple[str, Floats]) -> Floats:
    """Return the probability of each option over several inputs held together.

    Parameters
    ----------
    axes
        For each input its name and values, V, W and so on of them.

    Returns
    -------
    Floats
        Shape (1 + V, 1 + W, ..., K); index 0 of an axis leaves that input as estimated.
    """
    if not axes:
        return option_shares(model, sitting)
    (name, values), *rest = axes
    held = [sitting, *(hold(sitting, name, float(value)) for value in values)]
    return np.array([grid(slice_, model, *rest) for slice_ in held])
