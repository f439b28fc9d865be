"""Influence of evidence: how a forecast changes when one statement is dropped, reversed or aged.

The actors that a statement bears on are drawn anew from their own streams, and all else keeps its draws: differences
are not noise, and a hundred statements take seconds. What it is worth to learn an actor's position is read off the
forecast's own draws, cut into bins of equal size along that position (Strong, Oakley and Brennan 2014 call the like the
partial value of perfect information, doi:10.1177/0272989X13505910).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.base.answers import Recorded
from foedus.base.randomness import Streams
from foedus.base.workers import ALONE, Workers, in_order
from foedus.cases import Case
from foedus.evidence import Statement
from foedus.explain.indices import Places, bins_of, explained
from foedus.forecasts import Forecast
from foedus.forecasts.alterations import CHANGES, shares_after_all, weighed
from foedus.forecasts.sweeps import POSITION, SALIENCE, SWEEP_DRAWS, Anchor, option_shares, sample
from foedus.issues import SettlementModel, Sitting
from foedus.issues.sitting import Floats

TOGETHER = ("dropped", "reversed")
"""What is tried of all statements of one passage at once."""

Altered = tuple[tuple[Statement, tuple[str, ...]], ...]
"""Statements that are changed at once, each with those on whom it bears."""

LEARNING_DRAWS = 4_096
_BINS = 16
_VOID = 100


@dataclass(frozen=True, slots=True)
class Effect:
    """What one change of one statement does.

    Attributes
    ----------
    statement, actor
        Its id, and whose stance it is.
    change
        One of `CHANGES`.
    before, after
        Probability of the option asked about.
    moved
        Half the sum of the absolute changes of all options' probabilities: what share of the forecast moves.
    likeliest
        The most likely option after the change.
    flips
        Whether that is another one than before.
    """

    statement: str
    actor: str
    change: str
    before: float
    after: float
    moved: float
    likeliest: str
    flips: bool


@dataclass(frozen=True, slots=True)
class Together:
    """What one change of all statements of one passage does: what one sentence says of several may be wrong of all.

    Attributes
    ----------
    statements, actors
        Ids of the statements, and whose stances they are.
    change, before, after, moved, likeliest, flips
        As of `Effect`.
    """

    statements: tuple[str, ...]
    actors: tuple[str, ...]
    change: str
    before: float
    after: float
    moved: float
    likeliest: str
    flips: bool


@dataclass(frozen=True, slots=True)
class Learning:
    """What it is worth to know one actor's position, or salience, for certain.

    Attributes
    ----------
    actor, input
        Its id, and ``position`` or ``salience``.
    hits
        By how much the probability of naming the outcome would rise, on average.
    brier
        By how much the Brier score, summed over options, would fall, on average.
    """

    actor: str
    input: str
    hits: float
    brier: float


@dataclass(frozen=True, slots=True)
class EvidenceInfluence(Recorded):
    """The influence of each statement, and the worth of each position.

    Attributes
    ----------
    option
        The option asked about.
    draws
        How many were used for each change.
    effects
        Those that move most first.
    learning
        Those most worth learning first.
    noise
        The largest fall of the Brier score that a hundred inputs without any influence show: below it nothing is told.
    together
        The statements of one passage changed at once, where it gives several; those that move most first.
    """

    KEYS = (
        "issue=forecast.case.issue.id as_of=forecast.case.as_of on=forecast.case.meeting.on want=option draws "
        "noise statements=effects together learning"
    )

    forecast: Forecast
    option: str
    draws: int
    effects: tuple[Effect, ...]
    learning: tuple[Learning, ...]
    noise: float
    together: tuple[Together, ...] = ()

    @property
    def flipping(self) -> tuple[Effect, ...]:
        """The single changes after each of which another answer is the most likely."""
        return tuple(effect for effect in self.effects if effect.flips)


def influence_of_evidence(
    forecast: Forecast,
    want: str | None = None,
    draws: int = SWEEP_DRAWS,
    changes: tuple[str, ...] = CHANGES,
    *,
    learning: bool = True,
    workers: Workers = ALONE,
) -> EvidenceInfluence:
    """Drop, reverse and age each statement by itself, and ask whose position is most worth learning.

    Parameters
    ----------
    forecast
        What `foedus.forecast` returned; its first draws are used again.
    want
        The option asked about; by default the most likely one.
    draws
        How many of the draws for each change.
    changes
        Some of ``CHANGES``.
    learning
        Whether to ask whose position is worth learning, too.
    workers
        Where each change is settled anew; it changes no number.

    Returns
    -------
    EvidenceInfluence
        One effect for each statement that places somebody, and each change.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> forecast = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=200)
    >>> influence_of_evidence(forecast, draws=200).effects[0].actor
    'FRA'
    """
    case, model = forecast.case, forecast.explainer
    option = case.issue.option(want or forecast.likeliest.label).label
    index = [listed.label for listed in case.issue.options].index(option)
    sitting = sample(case, model, forecast.seed, min(draws, forecast.draws))
    usual = np.array([forecast_option.probability for forecast_option in forecast.options])
    anchor = Anchor.of(option_shares(model, sitting), usual)
    single = [((pair,), change) for pair in weighed(case) for change in changes]
    several = [(tuple(passage), change) for passage in _passages(case) for change in changes if change in TOGETHER]
    shares = in_order(_shares_after, (case, model, sitting, forecast.seed), [*single, *several], workers)
    effects = []
    for (((statement, _),), change), shares_without in zip(single, shares, strict=False):
        moved = _moved(case, usual, anchor(shares_without), index)
        effects.append(Effect(statement=statement.id, actor=statement.actor, change=change, **moved))
    effects.sort(key=lambda effect: (-effect.moved, effect.statement, effect.change))
    worth_learning, noise = _learning(case, model, forecast.seed, LEARNING_DRAWS) if learning else ((), 0.0)
    together = []
    for (passage, change), shares_without in zip(several, shares[len(single) :], strict=True):
        said = tuple(statement.id for statement, _ in passage)
        actors = tuple(dict.fromkeys(statement.actor for statement, _ in passage))
        moved = _moved(case, usual, anchor(shares_without), index)
        together.append(Together(statements=said, actors=actors, change=change, **moved))
    together.sort(key=lambda pair: (-pair.moved, pair.statements, pair.change))
    return EvidenceInfluence(forecast, option, sitting.draws, tuple(effects), worth_learning, noise, tuple(together))


def _moved(case: Case, usual: Floats, shares: Floats, index: int) -> dict[str, Any]:
    """Return what a change does to the option asked about and to the whole, by the names of the answer."""
    best = int(shares.argmax())
    return {
        "before": float(usual[index]),
        "after": float(shares[index]),
        "moved": float(np.abs(shares - usual).sum() / 2),
        "likeliest": case.issue.options[best].label,
        "flips": best != int(usual.argmax()),
    }


def _passages(case: Case) -> list[list[tuple[Statement, tuple[str, ...]]]]:
    """Return the statements that rest on the same words of one passage, where these give more than one."""
    by_words: dict[tuple[str, str, str], list[tuple[Statement, tuple[str, ...]]]] = {}
    for statement, actors in weighed(case):
        if words := statement.quote or statement.paraphrase:
            key = statement.source, statement.passage, words
            by_words.setdefault(key, []).append((statement, actors))
    return [passage for passage in by_words.values() if len(passage) > 1]


def _shares_after(shared: tuple[Case, SettlementModel, Sitting, int], altering: tuple[Altered, str]) -> Floats:
    case, model, sitting, seed = shared
    return shares_after_all(case, model, sitting, seed, *altering)


def _learning(case: Case, model: SettlementModel, seed: int, draws: int) -> tuple[tuple[Learning, ...], float]:
    sitting = sample(case, model, seed, draws)
    chosen, options = model.choose(sitting)[:, 0], len(case.issue.options)
    learnings = []
    for place, member in enumerate(case.members):
        for name, estimate, values in (
            (POSITION, member.stand.private, sitting.private),
            (SALIENCE, member.stand.salience, sitting.salience),
        ):
            if not estimate.is_exact:
                learnings.append(Learning(member.actor, name, *worth(values[:, place, 0], chosen, options)))
    void = [_worth(places, chosen, options)[1] for places in void_inputs(seed, case.issue.id, draws)]
    ranked = sorted(learnings, key=lambda learning: (-learning.brier, -learning.hits, learning.actor, learning.input))
    return tuple(ranked), max(void)


def worth(values: Floats, chosen: NDArray[np.intp], options: int) -> tuple[float, float]:
    """Return what it is worth to know an input, in hits and in Brier score.

    Parameters
    ----------
    values
        Draws of the input; shape (D,).
    chosen
        Which option each draw ends at; shape (D,).
    options
        K.

    Returns
    -------
    tuple of float
        The rise of the expected largest probability, and the fall of the expected Brier score summed over options.
        The second is corrected for what bins show by chance; the first is not, and cannot fall below 0.

    Examples
    --------
    >>> levels = (np.arange(10_000) + 0.5) / 10_000
    >>> hits, brier = worth(levels, (levels > 0.25).astype(int), 2)
    >>> round(hits, 3), round(brier, 3)
    (0.25, 0.375)
    """
    return _worth(bins_of(values, _BINS), chosen, options)


def _worth(places: Places, chosen: NDArray[np.intp], options: int) -> tuple[float, float]:
    counts = np.bincount(places * options + chosen, minlength=(int(places.max()) + 1) * options)
    table = counts.reshape(-1, options)
    hits = float(table.max(axis=1).sum() / len(places) - table.sum(axis=0).max() / len(places))
    flags = (chosen[:, None] == np.arange(options)).astype(np.float64)
    return hits, float(sum(explained(places, flags[:, k]) for k in range(options)))


@functools.lru_cache(maxsize=4)
def void_inputs(seed: int, issue: str, draws: int) -> tuple[Places, ...]:
    """Return the bins of inputs that the outcome does not depend on: the same for every forecast of an issue."""
    streams = Streams(seed)
    return tuple(bins_of(streams.uniforms(issue, "no input", str(k), start=0, stop=draws), _BINS) for k in range(_VOID))
