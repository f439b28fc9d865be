"""What silent members carry: where they are put, and what would be decided if they leaned neither way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from foedus.base.randomness import Streams
from foedus.cases.case import Case, declared, prepare
from foedus.cases.draws import draw
from foedus.cases.options import OptionForecast
from foedus.dossiers import Dossier, Range
from foedus.forecasts.tally import Tally
from foedus.issues import Issue, SettlementModel

_CHUNK = 2_048


@dataclass(frozen=True, slots=True)
class Silence:
    """Members about whom nothing was known, and how far the answer hangs on what is assumed of them.

    Attributes
    ----------
    members
        Their ids.
    each_objects, any_objects, each_reluctant
        As in `Silent`; None for a model that knows no objections.
    prior
        Where they are put, unless votes place them.
    neither_way
        How likely each option would be if they leaned neither way; None under consensus and unanimity.
    """

    KEYS = "members each_objects any_objects each_reluctant prior(low mode high) neither_way"

    members: tuple[str, ...]
    each_objects: float | None
    any_objects: float | None
    each_reluctant: float | None
    prior: Range
    neither_way: tuple[OptionForecast, ...] | None


def even_prior(dossier: Dossier, issue: Issue) -> Range:
    """Return a prior as wide as that of silent members, halfway between the status quo and the proposal.

    Examples
    --------
    >>> from foedus.dossiers import read_dossier
    >>> dossier = read_dossier("tokyo-office")
    >>> range = even_prior(dossier, dossier.issue("office"))
    >>> range.low, range.mode, range.high
    (15.0, 50.0, 85.0)
    """
    stated = dossier.prior(issue.id).position
    middle = (issue.option(issue.status_quo).at + issue.option(issue.proposal).at) / 2
    half = min((stated.high - stated.low) / 2, middle - issue.scale.low, issue.scale.high - middle)
    return Range(low=middle - half, mode=middle, high=middle + half)


def leaning_neither_way(case: Case, model: SettlementModel, draws: int, seed: int) -> tuple[OptionForecast, ...]:
    """Return how likely each option would be if silent members leaned neither way, over the forecast's own draws.

    Parameters
    ----------
    case, model, draws, seed
        Those of the forecast.
    """
    return _chosen(_with_prior(case, even_prior(case.dossier, case.issue)), model, draws, seed)


def _with_prior(case: Case, place: Range) -> Case:
    settings, issue = case.dossier.settings, case.issue.id
    moved = case.dossier.prior(issue).model_copy(update={"position": place})
    issues = [
        listed.model_copy(update={"priors": moved}) if listed.id == issue else listed for listed in settings.issues
    ]
    dossier = replace(case.dossier, settings=settings.model_copy(update={"issues": issues}))
    return prepare(dossier, dossier.issue(issue), case.as_of, case.meeting)


def _chosen(case: Case, model: SettlementModel, draws: int, seed: int) -> tuple[OptionForecast, ...]:
    tally, streams, needed = Tally(case.agenda, model), Streams(seed), declared(case.dossier, model)
    for start in range(0, draws, _CHUNK):
        tally.add_choice(draw(case, needed, streams, start, min(start + _CHUNK, draws)))
    return tuple(
        OptionForecast(option.label, option.at, float(n / draws))
        for option, n in zip(case.issue.options, tally.chosen, strict=True)
    )
