"""What means that are lacking do to the crisis game: a declared input, such as what ``allocate`` leaves uncovered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.base.estimates import Estimate
from foedus.strategy.deterrence import Baseline, Shift, effect
from foedus.strategy.parameters import Drawn
from foedus.strategy.settings import Errors


@dataclass(frozen=True, slots=True)
class Lack:
    """What share of the means that the defender's side needs is lacking, as declared.

    Attributes
    ----------
    theatre, kind, comes
        Where, of what, and in which contingencies together.
    share
        From 0 to 1, as an uncertain number.
    """

    theatre: str
    kind: str
    comes: tuple[str, ...]
    share: Estimate


@dataclass(frozen=True, slots=True)
class Lacked:
    """What a lack of means does to the chance of a challenge without the act.

    Attributes
    ----------
    share
        Median of what is lacking.
    before, after
        Median chances of a challenge with all means and without those that are lacking.
    change, q05, q95
        Of the chance: median, and the middle nine tenths of draws.
    tips
        Share of draws in which the peaceful equilibrium is gone.
    """

    KEYS = "theatre kind comes share before after change q05 q95 tips"

    theatre: str
    kind: str
    comes: tuple[str, ...]
    share: float
    before: float
    after: float
    change: float
    q05: float
    q95: float
    tips: float


def lacked(lack: Lack, base: Baseline, errors: Errors, drawn: Drawn) -> Lacked:
    """Return what a lack of means does.

    The defender's war is worth less by the share that is lacking of what all help together is worth in it
    (``supporter``), a judgement; a lack of nothing changes nothing.
    """
    levels = drawn.levels("lacking")
    share = lack.share.quantiles(levels)
    none = np.zeros_like(share)
    answer = effect(base, Shift(none, -share * drawn.of("supporter", errors.supporter), none))
    low, middle, high = (float(value) for value in np.quantile(answer.change, [0.05, 0.5, 0.95]))
    kept = answer.solved
    return Lacked(
        theatre=lack.theatre,
        kind=lack.kind,
        comes=lack.comes,
        share=float(np.median(share)),
        before=float(np.median(answer.before[kept])),
        after=float(np.median(answer.after[kept])),
        change=middle,
        q05=low,
        q95=high,
        tips=float(np.mean(answer.tips[kept])),
    )
