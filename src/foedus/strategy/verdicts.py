"""What each game says of an act, side by side: games vote on the sign and are never averaged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from foedus.base.errors import FoedusError
from foedus.base.wording import percent
from foedus.strategy.deterrence import AGREED, DETERS, EITHER, HARDLY, PROVOKES, Baseline, Deterrence, Shift, break_even
from foedus.strategy.games import conflict_spiral, crisis_signalling, preventive_shift, trust, unilateral_deterrence
from foedus.strategy.games.card import GameCard
from foedus.strategy.games.crisis_signalling import normal_density
from foedus.strategy.parameters import Drawn
from foedus.strategy.settings import Assumptions

Floats = NDArray[np.float64]

CARDS: dict[str, GameCard] = {
    game.CARD.name: game.CARD
    for game in (crisis_signalling, unilateral_deterrence, conflict_spiral, preventive_shift, trust)
}
"""The games by name, the one that gives the size first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one game says of an act.

    Attributes
    ----------
    model
        Its name in `CARDS`.
    reading
        In words.
    verdict
        `DETERS`, `PROVOKES`, `EITHER` or `HARDLY`.
    decided_by
        The parameter on which the verdict hangs, with its value at which the verdict turns.
    residual
        The largest residual of any solution that counts; None where the condition is a closed form.
    """

    KEYS = "model reading verdict decided_by residual"

    model: str
    reading: str
    verdict: str
    decided_by: str
    residual: float | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A value at which a verdict turns.

    Attributes
    ----------
    assumption
        In words, with its unit.
    value
        The median over draws; None where no value turns it.
    verdict_below, verdict_above
        On either side of it.
    drawn
        The median of what was drawn, to compare with; None where it is not drawn.
    """

    KEYS = "assumption value verdict_below verdict_above drawn"

    assumption: str
    value: float | None
    verdict_below: str
    verdict_above: str
    drawn: float | None


def chosen_cards(models: tuple[str, ...]) -> tuple[str, ...]:
    """Return the games asked for, all of them without any.

    Raises
    ------
    FoedusError
        For a name that none has; the message lists those there are.
    """
    for name in models:
        if name not in CARDS:
            raise FoedusError(f"no game {name!r}; there are {', '.join(CARDS)}")
    return models or tuple(CARDS)


def readings(
    base: Baseline,
    shift: Shift,
    deterrence: Deterrence,
    assumptions: Assumptions,
    drawn: Drawn,
    models: tuple[str, ...] = (),
) -> tuple[Reading, ...]:
    """Return what each game says of one act."""
    made = {
        "crisis-signalling": lambda: _crisis(base, shift, deterrence),
        "unilateral-deterrence": lambda: _unilateral(base, shift),
        "conflict-spiral": lambda: _spiral(assumptions, drawn),
        "preventive-shift": lambda: _preventive(assumptions, drawn),
        "trust": lambda: _trust(shift, assumptions, drawn),
    }
    return tuple(made[name]() for name in chosen_cards(models))


def turns(base: Baseline, shift: Shift, assumptions: Assumptions, drawn: Drawn) -> tuple[Turn, ...]:
    """Return the values of assumptions at which the sign turns."""
    line = break_even(base, shift.company, shift.fear)
    bias, spread = _bias(assumptions, drawn), _loss_less_gain(assumptions, drawn)
    reached = bool(np.isfinite(np.median(bias)))
    return (
        Turn(
            "discontent of the rival that the act causes, in stakes",
            float(np.median(line)),
            DETERS,
            PROVOKES,
            float(np.median(shift.discontent)),
        ),
        Turn(
            "loss from yielding to a firm side, less the gain from being firm against one that yields",
            0.0,
            DETERS,
            PROVOKES,
            float(np.median(spread)),
        ),
        Turn(
            "share by which the rival overrates its decline",
            float(np.median(bias)) if reached else None,
            HARDLY,
            PROVOKES,
            None,
        ),
    )


def _crisis(base: Baseline, shift: Shift, deterrence: Deterrence) -> Reading:
    line = float(np.median(break_even(base, shift.company, shift.fear)))
    deters, provokes, neither = map(percent, (deterrence.deters, deterrence.provokes, deterrence.neither))
    words = f"deters in {deters} of draws, provokes in {provokes}, does nothing in {neither}"
    drawn = float(np.median(shift.discontent))
    decided = f"the rival's discontent: {drawn:.2g} of the stake was drawn, the sign turns at {line:.2g} (medians)"
    return Reading("crisis-signalling", words, deterrence.verdict, decided, deterrence.residual)


def _signs(deters: float, provokes: float) -> str:
    """Return the word for shares of draws that agree on a sign."""
    if deters >= AGREED:
        return DETERS
    if provokes >= AGREED:
        return PROVOKES
    return HARDLY if deters + provokes < 1 - AGREED else EITHER


def _unilateral(base: Baseline, shift: Shift) -> Reading:
    """Return the reading of the game of two types, its numbers taken from the crisis game's payoffs."""
    before, after = _regions(base, None), _regions(base, shift)
    moved = np.array([_attack(b) - _attack(a) for b, a in zip(before, after, strict=True)])
    deters, provokes = float(np.mean(moved > 1e-9)), float(np.mean(moved < -1e-9))
    names = [case[1].equilibrium for case in after]
    most = max(dict.fromkeys(names), key=names.count)
    border = float(np.median([abs(case[1].to_border or 0.0) for case in after]))
    words = f"{most} in {percent(names.count(most) / len(names))} of draws"
    decided = f"the credibility of the defender's threat, {border:.2g} from the nearest border (median)"
    return Reading(
        "unilateral-deterrence",
        words,
        _signs(deters, provokes),
        decided,
        max(case[1].residual for case in before + after),
    )


def _regions(base: Baseline, shift: Shift | None) -> list[tuple[float, unilateral_deterrence.Region]]:
    """Return the credibility of the challenger and the region, draw by draw.

    A side is hard where it would rather fight than give in; what war is worth to a hard challenger, and to a soft
    defender, is the mean of the crisis game's payoff over those types.
    """
    payoffs = base.payoffs if shift is None else shift.on(base.payoffs)
    s_a, v_a, c_b, w_a, w_b, v_b, a = payoffs.arrays()
    lead, gap = (w_a - a) / np.sqrt(2), w_b - c_b
    p_ch, p_def = ndtr(lead), ndtr(gap)
    c_dd = np.minimum(a + (w_a - a) + np.sqrt(2) * normal_density(lead) / p_ch, v_a - 1e-9)
    d_dd = w_b - normal_density(gap) / ndtr(-gap)
    regions = []
    for place in range(p_ch.size):
        sq = min(max(s_a[place], a[place] + 1e-9), v_a[place] - 1e-9)
        preferences = unilateral_deterrence.Preferences(
            sq, v_a[place], a[place], c_dd[place], v_b[place], c_b[place], d_dd[place]
        )
        region = unilateral_deterrence.solve(float(p_ch[place]), float(p_def[place]), preferences)
        regions.append((float(p_ch[place]), region))
    return regions


def _attack(case: tuple[float, unilateral_deterrence.Region]) -> float:
    p_ch, region = case
    return p_ch * region.hard_attacks + (1 - p_ch) * region.soft_attacks


def _loss_less_gain(assumptions: Assumptions, drawn: Drawn) -> Floats:
    return drawn.of("spiral.loss", assumptions.spiral.loss) - drawn.of("spiral.gain", assumptions.spiral.gain)


def _spiral(assumptions: Assumptions, drawn: Drawn) -> Reading:
    gain, loss = drawn.of("spiral.gain", assumptions.spiral.gain), drawn.of("spiral.loss", assumptions.spiral.loss)
    spiral = conflict_spiral.solve(gain, loss)
    breeds = float(spiral.provokes)
    words = (
        f"firmness breeds firmness in {percent(breeds)} of draws and checks it in the others; in the first a hawk's "
        "public words can raise the danger and a dove's cannot, in the second the reverse"
    )
    decided = "whether yielding to a firm side loses more than firmness gains against one that yields (turns at 0)"
    verdict = PROVOKES if breeds >= AGREED else DETERS if breeds <= 1 - AGREED else EITHER
    return Reading("conflict-spiral", words, verdict, decided, float(np.max(spiral.residual)))


def _preventive(assumptions: Assumptions, drawn: Drawn) -> Reading:
    terms = assumptions.preventive
    chance, decline, cost, patience = (
        drawn.of(f"preventive.{name}", getattr(terms, name)) for name in ("chance", "decline", "cost", "patience")
    )
    strikes = float(np.mean(preventive_shift.pays(chance, chance - decline, cost, patience) > 0))
    bias = float(np.median(_bias(assumptions, drawn)))
    words = f"striking early pays in {percent(strikes)} of draws if the decline is seen as it is"
    decided = "how far the rival overrates its decline: " + (
        f"striking early pays from {1 + bias:.1f} times the true one (median)"
        if np.isfinite(bias)
        else "no bias is enough"
    )
    verdict = PROVOKES if strikes >= AGREED else HARDLY if strikes < 1 - AGREED else EITHER
    return Reading("preventive-shift", words, verdict, decided, None)


def _trust(shift: Shift, assumptions: Assumptions, drawn: Drawn) -> Reading:
    """Return the reading of the game of trust: an act takes trust away, and none gives any."""
    terms = assumptions.trust
    before, lost, gain, loss = (
        drawn.of(f"trust.{name}", getattr(terms, name)) for name in ("before", "lost", "gain", "loss")
    )
    needed = trust.threshold(gain, loss)
    after = before - np.minimum(lost * 100 * shift.discontent, before)
    ends, absent = float(np.mean((before >= needed) & (after < needed))), float(np.mean(before < needed))
    words = f"the act ends holding back in {percent(ends)} of draws; in {percent(absent)} there is none to end"
    decided = (
        f"the rival's trust: {np.median(before):.2g} was drawn, the act costs {np.median(before - after):.1g}, and "
        f"holding back needs {np.median(needed):.2g} (medians)"
    )
    return Reading("trust", words, _signs(0.0, ends), decided, None)


def _bias(assumptions: Assumptions, drawn: Drawn) -> Floats:
    terms = assumptions.preventive
    chance, decline, cost, patience = (
        drawn.of(f"preventive.{name}", getattr(terms, name)) for name in ("chance", "decline", "cost", "patience")
    )
    return preventive_shift.break_even_bias(chance, decline, cost, patience)
