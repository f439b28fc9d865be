"""Sensitivity: which uncertain inputs make the outcome uncertain.

The output is the place on the scale of the option that each draw ends at. First-order indices come from the forecast's
own draws; total indices from runs in which all inputs of one group are taken from other, independent draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.cases import Case
from foedus.explain.evidence import void_inputs
from foedus.explain.indices import bootstrap_first, bootstrap_total, explained, first_order, total_order
from foedus.forecasts import Forecast
from foedus.forecasts.sweeps import sample
from foedus.issues import SettlementModel, Sitting, chances_of
from foedus.issues.sitting import Floats, part_of

LEAST_DRAWS = 1_024
FIRST_DRAWS = 10_000
_BINS = 32
_RESAMPLES = 100
_CHUNK = 2_048

SILENT = "members of whom nothing is known"
BODY = "assumptions"


@dataclass(frozen=True, slots=True)
class Index:
    """One Sobol index, as a share of the outcome's variance, with its 90 per cent bootstrap interval.

    ``name`` is ``ACTOR.position``, ``ACTOR.salience`` or an assumption for a first-order index, and an actor, the
    silent members together, or all assumptions together for a total one.
    """

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """First-order and total indices.

    Attributes
    ----------
    first, total
        The largest first.
    variance
        Of the outcome, in the scale's unit squared.
    first_draws
        Draws behind the first-order indices.
    noise
        The largest first-order index that a hundred inputs without any influence show: less is told from nothing by
        nobody.
    base_draws, runs
        Base draws behind the total indices, and how many draws were settled for them in all.
    """

    KEYS = (
        "issue=forecast.case.issue.id as_of=forecast.case.as_of on=forecast.case.meeting.on "
        "model=forecast.model seed=forecast.seed variance first_draws base_draws runs noise first_order=first "
        "total"
    )

    forecast: Forecast
    first: tuple[Index, ...]
    total: tuple[Index, ...]
    variance: float
    first_draws: int
    base_draws: int
    runs: int
    noise: float


def sensitivity(forecast: Forecast, base_draws: int = LEAST_DRAWS) -> Sensitivity:
    """Find which inputs make the outcome uncertain.

    Parameters
    ----------
    forecast
        What `foedus.forecast` returned; its own draws, at most 10,000, give the first-order indices.
    base_draws
        For the total indices, at least 1,024: each group costs as many runs.

    Raises
    ------
    FoedusError
        When the base draws are too few.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> found = sensitivity(foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=1_000))
    >>> {one.name for one in found.total[:2]} == {"FRA", "assumptions"}
    True
    """
    if base_draws < LEAST_DRAWS:
        raise FoedusError(f"total indices need at least {LEAST_DRAWS:,} base draws; got {base_draws:,}")
    case, model = forecast.case, forecast.explainer
    draws = min(forecast.draws, FIRST_DRAWS)
    sitting = sample(case, model, forecast.seed, draws)
    output = _outcome(model, sitting)
    rng = Streams(forecast.seed).generator(case.issue.id, "bootstrap")
    bias, noise = _noise(forecast, output)
    first = []
    for name, values in _inputs(case, sitting):
        interval = bootstrap_first(values, output, _BINS, _RESAMPLES, rng)
        first.append(_less_bias(Index(name, first_order(values, output, _BINS), *interval), bias))
    total, groups = [], _groups(case)
    both = sample(case, model, forecast.seed, 2 * base_draws)
    base, other = part_of(both, slice(0, base_draws)), part_of(both, slice(base_draws, None))
    usual = _outcome(model, base)
    for name, places in groups.items():
        again = _outcome(model, _mixed(base, other, places))
        total.append(Index(name, total_order(usual, again), *bootstrap_total(usual, again, _RESAMPLES, rng)))
    caps = {one.name: one.high for one in total}
    first = [_capped(one, caps[_group_of(case, one.name)]) for one in first]
    return Sensitivity(
        forecast,
        tuple(sorted(first, key=lambda one: (-one.value, one.name))),
        tuple(sorted(total, key=lambda one: (-one.value, one.name))),
        float(output.var()),
        draws,
        base_draws,
        base_draws * (1 + len(groups)),
        noise,
    )


def _noise(forecast: Forecast, output: Floats) -> tuple[float, float]:
    """Return the mean and the largest first-order index of inputs that the outcome does not depend on."""
    variance = float(output.var())
    if variance == 0:
        return 0.0, 0.0
    void = void_inputs(forecast.seed, forecast.case.issue.id, len(output))
    found = [explained(places, output) / variance for places in void]
    return float(np.mean(found)), max(found)


def _less_bias(one: Index, bias: float) -> Index:
    """Take off what an input without influence shows on average."""
    value, low, high = (max(0.0, share - bias) for share in (one.value, one.low, one.high))
    return Index(one.name, value, low, high)


def _capped(one: Index, cap: float) -> Index:
    """Keep what an input explains by itself within the total index of its group, error included."""
    value = min(one.value, cap)
    return Index(one.name, value, min(one.low, value), one.high)


def _group_of(case: Case, name: str) -> str:
    actor, dot, _ = name.rpartition(".")
    if not dot:
        return BODY
    return SILENT if any(member.actor == actor for member in case.silent) else actor


def first_indices(forecast: Forecast, draws: int = FIRST_DRAWS, most: int | None = None) -> tuple[Index, ...]:
    """Return first-order indices above noise, from the forecast's own first draws, the largest first.

    Parameters
    ----------
    forecast
        What `foedus.forecast` returned.
    draws
        How many of its draws.
    most
        How many indices; only these are bootstrapped, which takes most of the time. By default all.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> forecast = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=1_000)
    >>> [one.name for one in first_indices(forecast, most=1)]
    ['kappa']
    """
    case, model = forecast.case, forecast.explainer
    sitting = sample(case, model, forecast.seed, min(draws, forecast.draws))
    output = _outcome(model, sitting)
    rng = Streams(forecast.seed).generator(case.issue.id, "bootstrap")
    bias, noise = _noise(forecast, output)
    found = [(first_order(values, output, _BINS), name, values) for name, values in _inputs(case, sitting)]
    found = [one for one in found if one[0] - bias > noise]
    found.sort(key=lambda one: (-one[0], one[1]))
    return tuple(
        _less_bias(Index(name, value, *bootstrap_first(values, output, _BINS, _RESAMPLES, rng)), bias)
        for value, name, values in found[:most]
    )


def _inputs(case: Case, sitting: Sitting) -> Iterator[tuple[str, Floats]]:
    """Yield every input that varies over draws; one level draws an actor's private and public position."""
    for place, member in enumerate(case.members):
        for name, values in (("position", sitting.private), ("salience", sitting.salience)):
            if np.ptp(values[:, place, 0]) > 0:
                yield f"{member.actor}.{name}", values[:, place, 0]
        if np.ptp(sitting.capability[:, place]) > 0:
            yield f"{member.actor}.capability", sitting.capability[:, place]
    for name, drawn in sitting.assumptions.items():
        if np.ptp(drawn) > 0:
            yield name, drawn


def _groups(case: Case) -> dict[str, list[int] | None]:
    """Return the actors of each group by place; None stands for the assumptions."""
    silent = {member.actor for member in case.silent}
    groups: dict[str, list[int] | None] = {
        member.actor: [place] for place, member in enumerate(case.members) if member.actor not in silent
    }
    if silent:
        groups[SILENT] = [place for place, member in enumerate(case.members) if member.actor in silent]
    groups[BODY] = None
    return groups


def _outcome(model: SettlementModel, sitting: Sitting) -> Floats:
    """Return where each draw ends on average; in chunks, since some models take much memory for each draw."""
    chances = [
        chances_of(model, part_of(sitting, slice(start, start + _CHUNK)))[0]
        for start in range(0, sitting.draws, _CHUNK)
    ]
    return np.asarray(np.concatenate(chances) @ sitting.agendas[0].options)


def _mixed(base: Sitting, other: Sitting, places: list[int] | None) -> Sitting:
    """Return the base draws with one group's inputs from the other draws."""
    if places is None:
        return replace(base, assumptions=other.assumptions)
    arrays = {}
    for name in ("private", "public", "salience", "capability"):
        values = getattr(base, name).copy()
        values[:, places] = getattr(other, name)[:, places]
        arrays[name] = values
    setter = base.setter.copy()
    mine = [issue for issue, actor in enumerate(base.setting_actors) if actor in places]
    setter[:, mine] = other.setter[:, mine]
    return replace(base, setter=setter, **arrays)
