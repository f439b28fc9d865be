"""What each model makes of one case, side by side: the outcome on the scale, and the likeliest option."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foedus.base.answers import Recorded
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.cases.case import Case, case_of, declared
from foedus.cases.draws import draw
from foedus.dossiers import Dossier
from foedus.forecasts.compose import find, sharing_movements
from foedus.forecasts.tally import Tally
from foedus.influence import INFLUENCES
from foedus.issues import SettlementModel
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
    note
        What to know of the answer, such as that nothing was traded; empty where there is nothing.
    """

    model: str
    mean: float | None
    q10: float | None
    q90: float | None
    option: str | None
    probability: float | None
    why_not: str = ""
    note: str = ""

    @property
    def outcome(self) -> Verdict | None:
        """Itself where it has an outcome."""
        return None if self.mean is None else self


@dataclass(frozen=True, slots=True)
class Disagreement(Recorded):
    """What all models say of one case."""

    KEYS = (
        "issue=case.issue.id as_of=case.as_of on=case.meeting.on draws seed models=verdicts(model "
        "outcome(mean q10 q90) option probability why_not? note?)"
    )

    case: Case
    draws: int
    seed: int
    verdicts: tuple[Verdict, ...]


def disagree(
    dossier: Dossier,
    issue: str | None = None,
    as_of: str | None = None,
    on: str | None = None,
    models: Sequence[str] = (),
    draws: int = 1_000,
    seed: int = 1,
    progress: Callable[[str, int, int], None] | None = None,
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
    progress
        Called before each model with its name, how many are done, and how many there are.

    Raises
    ------
    FoedusError
        When the issue, the meeting or a model is unknown.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["emissions-1994"])
    >>> answer = disagree(dossier, models=["mean", "compromise", "challenge:dyadic+weighted-median"], draws=1)
    >>> [round(verdict.mean, 3) for verdict in answer.verdicts]
    [6.7, 7.39, 9.53]
    """
    if draws < 1:
        raise FoedusError(f"draws must be at least 1; got {draws}")
    case = case_of(dossier, issue, as_of, on)
    names = tuple(models) or MODELS_COMPARED
    verdicts = []
    for done, (name, model) in enumerate(zip(names, sharing_movements(map(find, names)), strict=True)):
        if progress is not None:
            progress(name, done, len(names))
        verdicts.append(_verdict(case, name, model, draws, seed))
    return Disagreement(case, draws, seed, tuple(verdicts))


def _verdict(case: Case, name: str, model: SettlementModel, draws: int, seed: int) -> Verdict:
    streams, tally = Streams(seed), Tally(case.agenda, model)
    try:
        for start in range(0, draws, _CHUNK):
            sitting = draw(case, declared(case.dossier, model), streams, start, min(start + _CHUNK, draws))
            tally.add(sitting, model.settle(sitting))
    except FoedusError as error:
        return Verdict(name, None, None, None, None, None, str(error))
    places, best = tally.places(), int(tally.chosen.argmax())
    return Verdict(
        name,
        places.mean,
        places.quantile(0.1),
        places.quantile(0.9),
        case.issue.options[best].label,
        float(tally.chosen[best] / draws),
        note=tally.note(),
    )
