"""The host's ledger: what the rival's answer may cost, against what the act brings, as a break-even."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from foedus.base.days import Day
from foedus.strategy.deterrence import Baseline, Effect, Shift, effect
from foedus.strategy.games.crisis_signalling import Payoffs, normal_density
from foedus.strategy.parameters import Drawn
from foedus.strategy.record import RecordAnswer
from foedus.strategy.settings import Loss
from foedus.world import World

Floats = NDArray[np.float64]

ECONOMIC = "economic"


@dataclass(frozen=True, slots=True)
class Spread:
    """The quantiles of 5, 50 and 95 % of a number over draws."""

    KEYS = "low median high"

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Abandonment:
    """How the chance of a challenge moves if others stand by the host less.

    Attributes
    ----------
    low, median, high
        Quantiles of the change, 5, 50 and 95 %.
    tips
        In what share of draws the peaceful equilibrium is gone.
    """

    KEYS = "low median high tips"

    low: float
    median: float
    high: float
    tips: float


@dataclass(frozen=True, slots=True)
class Entrapment:
    """The mean chance of war if the defender's side stands firm, without the act and with it."""

    KEYS = "before after"

    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Exposed:
    """How much of a flow of an actor depends on the rival.

    Attributes
    ----------
    flow, share, of, year, source, verified
        As in the table; the share from 0 to 1.
    """

    KEYS = "flow share of year source verified"

    flow: str
    share: float
    of: str
    year: int
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Cost:
    """What an economic answer is expected to cost in one flow in its first year.

    Attributes
    ----------
    flow
        Such as exports.
    months
        In months of that flow with the rival.
    of_all
        As a share of that flow with everybody.
    at_most
        Whether the chance of such an answer is only a bound, for none was ever seen after a comparable act: the numbers
        are then upper limits.
    cases
        On which the share lost rests.
    """

    KEYS = "flow months of_all at_most cases"

    flow: str
    months: Spread
    of_all: Spread
    at_most: bool
    cases: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What an act may cost a host or partner, and what it must bring to be worth that; no recommendation.

    Attributes
    ----------
    actor, name
        Whose.
    exposure, costs
        Row by row, and what an economic answer is expected to cost.
    chance
        The chance of an economic answer, in the record's words.
    gain
        What the act adds to the actor's expected payoff in the crisis game, in stakes; None for whoever is not the
        target.
    refuse_below
        The stake, in months of exports to the rival, below which the cost is more than the gain, where there is a gain;
        None without exposure or without such a gain.
    gains
        In what share of draws the gain is above 0; None for whoever is not the target.
    abandonment
        By how much the chance of a challenge rises if the actor refuses and others then stand by it less, by as much as
        the act would have added; None for whoever is not the target.
    entrapment
        The chance of war if the defender's side stands firm, without the act and with it; None likewise.
    """

    KEYS = "actor name chance exposure cost=costs gain gains gain_needed=refuse_below abandonment entrapment"

    actor: str
    name: str
    exposure: tuple[Exposed, ...]
    costs: tuple[Cost, ...]
    chance: str
    gain: Spread | None
    gains: float | None
    refuse_below: Spread | None
    abandonment: Abandonment | None
    entrapment: Entrapment | None


def spread(values: Floats) -> Spread:
    """Return three quantiles of draws."""
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return Spread(float(low), float(middle), float(high))


def exposure_of(world: World, actor: str, rival: str, as_of: Day) -> tuple[Exposed, ...]:
    """Return the latest known row of each flow of an actor that depends on the rival."""
    rows = [
        exposure
        for exposure in world.exposure
        if exposure.actor == actor and exposure.counterpart == rival and exposure.known_on <= as_of
    ]
    latest = {exposure.flow: exposure for exposure in sorted(rows, key=lambda row: (row.year, row.known_on))}
    return tuple(
        Exposed(
            exposure.flow,
            exposure.share / 100,
            exposure.of,
            exposure.year,
            world.sources[exposure.source].title,
            exposure.verified,
        )
        for exposure in latest.values()
    )


def costs_of(
    exposure: tuple[Exposed, ...], record: RecordAnswer | None, losses: tuple[Loss, ...], drawn: Drawn
) -> tuple[Cost, ...]:
    """Return what an economic answer is expected to cost in each exposed flow for which a loss is declared."""
    if record is None:
        return ()
    chance, bound = _chance(record, drawn)
    costs = []
    for loss in losses:
        row = next((exposed for exposed in exposure if exposed.flow == loss.flow), None)
        if row is not None:
            lost = chance * drawn.of(f"loss.{loss.flow}", loss.share)
            costs.append(
                Cost(loss.flow, spread(12 * lost), spread(row.share * lost), bound, " ".join(loss.cases.split()))
            )
    return tuple(costs)


def _chance(record: RecordAnswer, drawn: Drawn) -> tuple[Floats, bool]:
    """Return draws of the chance of an economic answer, or its bound where none was seen; and which it is."""
    share = record.share(ECONOMIC)
    if share.share is None:
        return np.full(drawn.draws, share.bound if share.bound is not None else 1.0), True
    rng = np.random.default_rng([drawn.seed, len(drawn.issue)])
    kinds = list(record.posterior)
    return record.draw(rng, drawn.draws)[:, kinds.index(ECONOMIC)], False


def worth_to_defender(payoffs: Payoffs, challenge: Floats, resist: Floats, fight: Floats) -> Floats:
    """Return the defender's expected payoff: the stake kept, conceded, fought for, or kept as the rival backs down.

    Examples
    --------
    >>> game = Payoffs(0.0, 1.0, 0.0, -1.9, -2.4, 1.0, -1.2)
    >>> worth_to_defender(game, np.array([0.151114094]), np.array([0.959706693]), np.array([0.194276894])).round(6)
    array([0.900661])
    """
    _, _, c_b, _, w_b, v_b, _ = payoffs.arrays()
    # who never meets a fight resists whatever its shock: the threshold is then far out, and never infinite
    threshold = (c_b - (1 - fight) * v_b) / np.maximum(fight, 1e-300) - w_b
    density = normal_density(np.clip(threshold, -40, 40))
    stands = resist * (fight * w_b + (1 - fight) * v_b) + fight * density
    return np.asarray((1 - challenge) * v_b + challenge * (c_b * ndtr(threshold) + stands))


def ledger_of_target(
    world: World,
    actor: str,
    rival: str,
    as_of: Day,
    record: RecordAnswer | None,
    losses: tuple[Loss, ...],
    drawn: Drawn,
    base: Baseline,
    shift: Shift,
    solution: Effect,
) -> Ledger:
    """Return the ledger of the one whom a challenge would meet."""
    rows = exposure_of(world, actor, rival, as_of)
    costs = costs_of(rows, record, losses, drawn)
    solved = solution.solved
    before = worth_to_defender(base.payoffs, base.challenge, ndtr(base.probit), base.fight)
    after = worth_to_defender(shift.on(base.payoffs), solution.after, solution.resist, solution.fight)
    gain = (after - before)[solved]
    none = np.zeros_like(shift.company)
    alone = effect(base, Shift(none, -shift.company, none))
    exports = next((cost for cost in costs if cost.flow == "exports"), None)
    return Ledger(
        actor=actor,
        name=world.name(actor),
        exposure=rows,
        costs=costs,
        chance=_share_in_words(record),
        gain=spread(gain),
        gains=float(np.mean(gain > 0)),
        refuse_below=_refused_below(gain, exports),
        abandonment=_abandonment(alone),
        entrapment=Entrapment(
            float(np.mean((base.challenge * base.fight)[solved])),
            float(np.mean((solution.after * solution.fight)[solved])),
        ),
    )


def _share_in_words(record: RecordAnswer | None) -> str:
    return record.share(ECONOMIC).words if record is not None else "no comparable act is on record"


def _abandonment(alone: Effect) -> Abandonment:
    moved = spread(alone.change)
    return Abandonment(moved.low, moved.median, moved.high, float(np.mean(alone.tips[alone.solved])))


def _refused_below(gain: Floats, exports: Cost | None) -> Spread | None:
    """Return the stake at which the median cost is what the act brings, in draws in which it brings anything."""
    brings = gain[gain > 0]
    if exports is None or not brings.size:
        return None
    return spread(exports.months.median / brings)


def ledger_of_partner(
    world: World,
    actor: str,
    rival: str,
    as_of: Day,
    record: RecordAnswer | None,
    losses: tuple[Loss, ...],
    drawn: Drawn,
) -> Ledger:
    """Return the ledger of a would-be partner: what an act of the same class may cost it."""
    rows = exposure_of(world, actor, rival, as_of)
    costs = costs_of(rows, record, losses, drawn)
    return Ledger(actor, world.name(actor), rows, costs, _share_in_words(record), None, None, None, None, None)
