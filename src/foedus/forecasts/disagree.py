"""What each model makes of one case, side by side: the outcome on the scale, and the likeliest option."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.dossiers import Dossier
from foedus.forecasts.case import Case, case_of, declared
from foedus.forecasts.compose import find, sharing_movements
from foedus.forecasts.draws import draw
from foedus.influence import INFLUENCES
from foedus.issues import SettlementModel
from foedus.issues.sitting import Floats
from foedus.settlement import MODELS

_CHUNK = 2_048

MODELS_COMPARED: tuple[str, ...] = (
    *MODELS,
    *(f"{influence}+{last}" for influence in INFLUENCES for last in ("weighted-median", "compromise")),
)
"""Every settlement model alone, and every influence model before the two that need no rule."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one model says.

    Attributes
    ----------
    model
        Its name.
    mean, q10, q90
        Of the outcome on the scale over draws; None where the model cannot work on the case.
    option, probability
        The likeliest option, and how likely.
    why_not
        Why the model cannot work on the case; empty where it can.
    """

    model: str
    mean: float | None
    q10: float | None
    q90: float | None
    option: str | None
    probability: float | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What all models say of one case."""

    case: Case
    draws: int
    seed: int
    verdicts: tuple[Verdict, ...]

    def as_answer(self) -> dict[str, object]:
        """Return the JSON document."""
        return {
            "schema": 1,
            "issue": self.case.issue.id,
            "as_of": self.case.as_of.isoformat(),
            "on": self.case.meeting.on.isoformat(),
            "draws": self.draws,
            "seed": self.seed,
            "models": [
                {
                    "model": one.model,
                    "outcome": None if one.mean is None else {"mean": one.mean, "q10": one.q10, "q90": one.q90},
                    "option": one.option,
                    "probability": one.probability,
                    "why_not": one.why_not or None,
                }
                for one in self.verdicts
            ],
        }


def disagree(
    dossier: Dossier,
    issue: str | None = None,
    as_of: str | None = None,
    on: str | None = None,
    models: Sequence[str] = (),
    draws: int = 1_000,
    seed: int = 1,
) -> Disagreement:
    """Put a case to every model.

    Parameters
    ----------
    dossier, issue, as_of, on
        As for `foedus.forecast`.
    models
        Which; by default ``MODELS_COMPARED``.
    draws, seed
        The same draws for all.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["emissions-1994"])
    >>> found = disagree(dossier, models=["mean", "compromise", "challenge:dyadic+weighted-median"], draws=1)
    >>> [round(one.mean, 3) for one in found.verdicts]
    [6.7, 7.39, 9.53]
    """
    if draws < 1:
        raise FoedusError(f"draws must be at least 1; got {draws}")
    case = case_of(dossier, issue, as_of, on)
    names = tuple(models) or MODELS_COMPARED
    models_found = zip(names, sharing_movements(find(name) for name in names), strict=True)
    return Disagreement(case, draws, seed, tuple(_verdict(case, *one, draws, seed) for one in models_found))


def _verdict(case: Case, name: str, model: SettlementModel, draws: int, seed: int) -> Verdict:
    streams = Streams(seed)
    outcomes: list[Floats] = []
    counts = np.zeros(len(case.issue.options))
    try:
        for start in range(0, draws, _CHUNK):
            sitting = draw(case, declared(case.dossier, model), streams, start, min(start + _CHUNK, draws))
            settled = model.settle(sitting)
            outcomes.append(settled.outcome[:, 0])
            counts += np.bincount(settled.choice[:, 0], minlength=len(counts))
    except FoedusError as error:
        return Verdict(name, None, None, None, None, None, str(error))
    all_of_them = np.concatenate(outcomes)
    low, high = (float(np.quantile(all_of_them, level, method="inverted_cdf")) for level in (0.1, 0.9))
    best = int(counts.argmax())
    return Verdict(
        name, float(all_of_them.mean()), low, high, case.issue.options[best].label, float(counts[best] / draws)
    )
