"""What is lacking in each theatre when contingencies come: the answer of ``allocate``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.base.answers import Recorded
from foedus.base.tables import Row
from foedus.base.traces import Trace
from foedus.base.wording import percent
from foedus.partnership.inputs import CONTINGENCIES, DEMANDS, MEANS, Coming, Demand, Means, range_of

Numbers = NDArray[np.float64]

_LEVELS = (0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Spread:
    """A number over the draws: its mean, and the values below which 10 and 90 % of the draws lie."""

    mean: float
    q10: float
    q90: float

    @classmethod
    def of(cls, values: Numbers) -> Spread:
        """Return the spread of draws; shape (draws,)."""
        low, high = np.quantile(values, _LEVELS)
        return cls(float(values.mean()) + 0.0, float(low) + 0.0, float(high) + 0.0)


@dataclass(frozen=True, slots=True)
class Share:
    """Units of an owner that stand in a theatre before anything comes."""

    owner: str
    kind: str
    theatre: str
    number: Spread


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is lacking in a theatre when some contingencies come together.

    Attributes
    ----------
    comes
        Ids of the contingencies.
    any
        Share of draws in which at least a twentieth of a unit is lacking.
    without
        What is lacking once some units are gone; None where nobody asked.
    """

    KEYS = "comes theatre kind need short any without"
    comes: tuple[str, ...]
    theatre: str
    kind: str
    need: Spread
    short: Spread
    any: float
    without: Spread | None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of means as a whole.

    Attributes
    ----------
    ready
        Ready units.
    expected
        Units lacking, on the average over what may come.
    one_more
        By how much that falls for one more ready unit that may go where it is worth most.
    suppliers
        Owners whose units may go there.
    foresight, average
        What knowing beforehand what comes would save, and what planning for the average need would cost, in units.
    without
        ``expected`` once some units are gone.
    """

    KEYS = "kind ready expected one_more suppliers evpi=foresight vss=average without"
    kind: str
    ready: Spread
    expected: Spread
    one_more: Spread
    suppliers: tuple[str, ...]
    foresight: Spread
    average: Spread
    without: Spread | None


@dataclass(frozen=True, slots=True)
class Adversary:
    """The placing against an enemy who sees it and strikes, in one theatre, where most is lacking.

    Attributes
    ----------
    placed
        Units by theatre.
    short
        What is lacking then, wherever the enemy strikes.
    short_of_plan
        What the enemy makes lacking where means stand as the probabilities advise.
    """

    KEYS = "kind placed{theatre number} short short_of_plan"
    kind: str
    placed: Mapping[str, float]
    short: float
    short_of_plan: float


@dataclass(frozen=True, slots=True)
class Regret:
    """The placing that is least regretted whatever comes, for whoever does not believe the probabilities.

    Attributes
    ----------
    placed
        Units by theatre.
    regret
        Units lacking beyond those that would lack had it been known what comes, at most.
    regret_of_plan
        The same where means stand as the probabilities advise.
    worst
        What comes where the plan is regretted most.
    """

    KEYS = "kind placed{theatre number} regret regret_of_plan worst"
    kind: str
    placed: Mapping[str, float]
    regret: float
    regret_of_plan: float
    worst: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely it is that some contingencies come together, and no other."""

    comes: tuple[str, ...]
    probability: Spread


@dataclass(frozen=True, slots=True)
class Following:
    """How likely a contingency is once another has come, beside how likely it is at all."""

    contingency: str
    once: str
    probability: float
    alone: float


@dataclass(frozen=True, slots=True)
class Allocation(Recorded):
    """What is lacking where.

    Attributes
    ----------
    to_fill_in
        The tables that the dossier lacks; with any, the rest is empty.
    without
        Whose units are gone, as asked.
    marking
        The highest marking of the rows used.
    """

    KEYS = (
        "dossier theatres kinds contingencies=chances follows=following plan=shares shortfall=shortfalls "
        "totals=kinds_found adversary regret=regrets without=gone to_fill_in draws seed inputs_sha256"
    )
    dossier: str
    theatres: tuple[str, ...]
    kinds: tuple[str, ...]
    chances: tuple[Chance, ...]
    following: tuple[Following, ...]
    shares: tuple[Share, ...]
    shortfalls: tuple[Shortfall, ...]
    kinds_found: tuple[Kind, ...]
    adversary: tuple[Adversary, ...]
    regrets: tuple[Regret, ...]
    gone: tuple[str, ...]
    to_fill_in: tuple[str, ...]
    draws: int
    seed: int
    inputs_sha256: str
    marking: str
    means: tuple[Row[Means], ...]
    demands: tuple[Row[Demand], ...]
    coming: tuple[Row[Coming], ...]

    def why(self) -> Trace:
        """Return where each number comes from, and how the answer was made."""
        return Trace(
            "Units lacking",
            "the least expected number, placed before and moved after it is known what comes",
            "Birge and Louveaux (2011), chapter 1",
            (
                Trace("means", MEANS, "", tuple(_means_trace(row) for row in self.means)),
                Trace("demands", DEMANDS, "", tuple(_demand_trace(row) for row in self.demands)),
                Trace("what may come", CONTINGENCIES, "", tuple(_coming_trace(row) for row in self.coming)),
            ),
        )


def _means_trace(row: Row[Means]) -> Trace:
    means = row.record
    where = ", ".join(means.theatres) or "any theatre"
    ready, late = range_of(means, "ready"), percent(means.late)
    return Trace(
        f"{row.where}: {means.owner}, {means.kind}",
        f"{means.number:g} on {means.as_of}, ready {ready}, to {where}, {late} lost if late",
        means.source,
    )


def _demand_trace(row: Row[Demand]) -> Trace:
    demand = row.record
    return Trace(
        f"{row.where}: {demand.contingency}, {demand.theatre}, {demand.kind}",
        str(range_of(demand, "need")),
        demand.source,
    )


def _coming_trace(row: Row[Coming]) -> Trace:
    coming = row.record
    return Trace(
        f"{row.where}: {' and '.join(coming.comes)} alone", str(range_of(coming, "probability")), coming.source
    )
