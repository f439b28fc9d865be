"""The chance within a year: what holds twelve months after the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foedus.base.randomness import Streams
from foedus.cases.case import Case, declared
from foedus.cases.draws import draw
from foedus.cases.options import OptionForecast
from foedus.forecasts.tally import Tally
from foedus.issues import SettlementModel
from foedus.issues.sitting import Floats
from foedus.settlement.track_record import NOTHING, OTHER, PROPOSED, TRACK_RECORD, TrackRecord, class_of


def within_a_year(
    case: Case, model: SettlementModel, options: Sequence[OptionForecast], draws: int, seed: int, chunk: int
) -> tuple[OptionForecast, ...]:
    """Return how likely each option is to hold twelve months after the meeting.

    Parameters
    ----------
    case, model, options, draws, seed, chunk
        As of the forecast of the meeting.

    Returns
    -------
    tuple of OptionForecast
        Empty unless the track-record model answers: only its numbers are fitted to what came within a year.
    """
    if model is not TRACK_RECORD:
        return ()
    tally, streams, needed = (
        Tally(case.agenda, TrackRecord(horizon="year")),
        Streams(seed),
        declared(case.dossier, model),
    )
    for start in range(0, draws, chunk):
        tally.add_choice(draw(case, needed, streams, start, min(start + chunk, draws)))
    meeting = np.array([option.probability for option in options])
    held = no_way_back(meeting, tally.chosen / draws, class_of(case.agenda))
    return tuple(replace(option, probability=float(share)) for option, share in zip(options, held, strict=True))


def no_way_back(meeting: Floats, year: Floats, classes: Sequence[int] | NDArray[np.intp]) -> Floats:
    """Return the year's shares, with no less of the proposal and no more of nothing than at the meeting.

    The two horizons are fitted apart. Of the decisions that taught them none fell back within the year, so that a fit
    which says otherwise is off by chance.

    Parameters
    ----------
    meeting, year
        Shares of the options; shape (K,).
    classes
        Of each option: nothing, another option, the proposal; shape (K,).

    Examples
    --------
    >>> no_way_back(np.array([0.5, 0.3, 0.2]), np.array([0.6, 0.1, 0.3]), [0, 1, 2]).round(3).tolist()
    [0.5, 0.2, 0.3]
    """
    kind = np.asarray(classes)
    held = year.copy()
    held[kind == NOTHING] = np.minimum(meeting, year)[kind == NOTHING]
    held[kind == PROPOSED] = np.maximum(meeting, year)[kind == PROPOSED]
    between = kind == OTHER
    rest = 1 - held[~between].sum()
    if between.any():
        shares = year[between] if year[between].sum() > 0 else np.ones(int(between.sum()))
        held[between] = rest * shares / shares.sum()
    return np.asarray(held)
