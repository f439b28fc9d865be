"""Cross-validation over whole proposals: no proposal is on both sides of a split."""

from __future__ import annotations

import numpy as np

from foedus.backtests.case import CaseTable, Rows
from foedus.backtests.predictions import Model, Prediction
from foedus.base.randomness import Streams


def folds(table: CaseTable, count: int, repeat: int, seed: int) -> Rows:
    """Return the fold of each case.

    Each proposal has a random number of its own; proposals are dealt out to the folds in its order. The order of the
    rows in a file plays no part.

    Parameters
    ----------
    table
        The cases.
    count
        Number of folds, from 2 to the number of proposals.
    repeat
        Which deal.
    seed
        A whole number, not negative.

    Returns
    -------
    Rows
        From 0 to count - 1; shape (N,).

    Raises
    ------
    ValueError
        When there are fewer proposals than folds, or fewer than two folds.
    """
    names = sorted(set(table.proposals))
    if not 2 <= count <= len(names):
        raise ValueError(f"cross-validation needs from 2 to {len(names)} folds, as many as proposals; got {count}")
    streams = Streams(seed)
    number = [streams.uniforms("folds", name, start=repeat, stop=repeat + 1)[0] for name in names]
    dealt = np.empty(len(names), dtype=np.intp)
    dealt[np.argsort(number, kind="stable")] = np.arange(len(names)) % count
    return dealt[table.proposal]


def cross_validate(model: Model, table: CaseTable, count: int, repeat: int, seed: int) -> Prediction:
    """Return answers in which each case was predicted by parameters fitted without its proposal.

    Parameters
    ----------
    model
        The model; one with nothing to fit is asked once.
    table, count, repeat, seed
        See `folds`.
    """
    everything = np.arange(len(table))
    if not model.fitted:
        return model.predict(table, everything, {})
    deal = folds(table, count, repeat, seed)
    point = np.full(len(table), np.nan)
    distribution = np.full((len(table), 101), np.nan)
    smooth = False
    reasons = [""] * len(table)
    for fold in range(count):
        held = np.flatnonzero(deal == fold)
        part = model.predict(table, held, model.fit(table, np.flatnonzero(deal != fold)))
        point[held] = part.point
        for row, reason in zip(held, part.reasons, strict=False):
            reasons[row] = reason
        if part.distribution is not None:
            distribution[held], smooth = part.distribution, True
    return Prediction(point, distribution if smooth else None, tuple(reasons))
