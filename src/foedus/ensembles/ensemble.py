"""The ensemble for a case: what each part makes of the same draws, its weight, and how far the data are.

`foedus.ensembles.mixing` defines the mixture and `foedus.ensembles.distance` the distance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.base.randomness import Streams
from foedus.cases.case import Case, declared
from foedus.cases.draws import draw
from foedus.cases.options import OptionForecast
from foedus.dossiers import Range
from foedus.ensembles.distance import Distance, distance_of, measures
from foedus.ensembles.learned import packaged_parameters
from foedus.ensembles.mixing import (
    BINDING,
    PARTS,
    SETTLING,
    Weights,
    learned_shares,
    mixed,
    packaged_weights,
    settled_shares,
)
from foedus.ensembles.model import NAME, EnsembleModel, carried, let_pass
from foedus.ensembles.tested import tested_on
from foedus.institutions import EU_COUNCIL, is_consensus
from foedus.institutions.rules import stopped_by
from foedus.issues.sitting import Floats, Sitting
from foedus.settlement import MODELS

DRAWS = 2_048
"""Draws that the parts are asked about, at most: the first of the forecast's."""


CONSENSUS = SETTLING[0]
"""The part that knows objections."""


@dataclass(frozen=True, slots=True)
class Component:
    """One part of the mixture.

    Attributes
    ----------
    model
        Its name.
    weight
        Its share of the mixture; 0 where it gives no answer.
    options
        What it says, bound where the rule binds; empty where it gives no answer.
    """

    model: str
    weight: float
    options: tuple[OptionForecast, ...]


@dataclass(frozen=True, slots=True)
class Ensemble:
    """A mixture of models.

    Attributes
    ----------
    options
        By place on the scale; their probabilities sum to 1.
    mean, median, q10, q90
        Of the outcome's place on the scale.
    components
        In the order of `foedus.ensembles.mixing.PARTS`.
    rule
        The kind of rule: ``consensus``, ``unanimity``, ``qualified majority`` or ``another rule``.
    binds
        Whether the feasible set binds.
    weights
        As learned, and on what.
    distance
        How far the case lies from the decisions that taught them.
    tested_on
        How the ensemble has been scored.
    """

    KEYS = (
        "options outcome=(mean median q10 q90) components rule feasible_set_binds=binds "
        "learned_on=weights(data rule? decisions pooled_decisions=pooled) distance(value percentile decisions "
        "outside reasons) tested_on"
    )

    options: tuple[OptionForecast, ...]
    mean: float
    median: float
    q10: float
    q90: float
    components: tuple[Component, ...]
    rule: str
    binds: bool
    weights: Weights
    distance: Distance
    tested_on: dict[str, object]


def counted(case: Case) -> bool:
    """Return whether what lacks the votes in a draw comes down to what has them; see `foedus.ensembles.model`."""
    return case.body.id != EU_COUNCIL or bool(case.seating.can_block_alone()) or stopped_by(case.rule) is not None


def has_record(case: Case) -> bool:
    """Return whether the record of moves is of the body itself, and of a rule that asks for votes in favour.

    Of no body but the Council has one been counted.
    """
    return case.body.id == EU_COUNCIL and not is_consensus(case.rule) and stopped_by(case.rule) is None


def combine(case: Case, draws: int, seed: int, known: Mapping[str, Sequence[float]] | None = None) -> Ensemble:
    """Return the ensemble for a case.

    Parameters
    ----------
    case
        Who sits, where they stand, and the rule.
    draws, seed
        The draws are the first ``DRAWS`` of any other forecast with the same seed.
    known
        Shares of options of a part that have been worked out over more draws, by its name.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> from foedus.cases.case import case_of
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> ensemble = combine(case_of(dossier, "office", "2023-07-10", None), 1_000, 1)
    >>> ensemble.rule, ensemble.binds, round(sum(option.probability for option in ensemble.options), 9)
    ('consensus', True, 1.0)
    """
    kind = case.rule.kind
    sitting, shares, measured = _shares(case, kind, min(draws, DRAWS), seed)
    for name, known_shares in (known or {}).items():
        shares[PARTS.index(name)] = known_shares
    weights = packaged_weights(kind)
    mixture = mixed(weights.values, shares)
    if kind not in BINDING and not counted(case):  # declared votes are kept to draw by draw, over all parts
        mixture = EnsembleModel(kind, case.issue.scale.low).chances(sitting)[0].mean(axis=0)
    there = np.asarray(~np.isnan(shares).any(axis=1))
    used = np.where(there, weights.values, 0.0)
    used = used / used.sum()
    training = packaged_parameters()["models"][NAME]["sets"][weights.data]["training"]
    at = case.agenda.options
    return Ensemble(
        _options(case, mixture),
        float(mixture @ at),
        _quantile(mixture, at, 0.5),
        _quantile(mixture, at, 0.1),
        _quantile(mixture, at, 0.9),
        tuple(
            Component(name, float(share), _options(case, row) if known else ())
            for name, share, row, known in zip(PARTS, used, shares, there, strict=True)
        ),
        kind,
        kind in BINDING or counted(case),
        weights,
        distance_of(measured, training, seen=bool(weights.rule), rule=kind),
        tested_on(case, NAME, kind),
    )


def _shares(case: Case, kind: str, draws: int, seed: int) -> tuple[Sitting, Floats, Floats]:
    """Return the draws, what the parts say, shape (P, K), and what distances are taken from, shape (F,)."""
    assumptions: dict[str, Range | dict[str, float]] = {}
    for name in SETTLING:
        assumptions |= declared(case.dossier, MODELS[name])
    sitting = draw(case, assumptions, Streams(seed), 0, draws)
    allowed = let_pass(kind, counted(case), sitting, 0)
    narrows, has_votes = kind not in BINDING, carried(kind, sitting, 0)
    learned = learned_shares(sitting, 0, allowed, case.issue.scale.low, has_votes, narrows=narrows)
    settled = settled_shares(sitting, 0, allowed, narrows=narrows)
    return sitting, np.concatenate([settled, learned[None]]), measures(sitting, 0)


def _options(case: Case, shares: Floats) -> tuple[OptionForecast, ...]:
    return tuple(
        OptionForecast(option.label, option.at, float(share))
        for option, share in zip(case.issue.options, shares, strict=True)
    )


def _quantile(mixture: Floats, at: Floats, level: float) -> float:
    order = np.argsort(at, kind="stable")
    return float(at[order][np.argmax(np.cumsum(mixture[order]) >= level - 1e-12)])
