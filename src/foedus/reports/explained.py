"""Why a forecast came out so and what would change it, computed once for a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foedus.explain import (
    EvidenceInfluence,
    Index,
    Lever,
    Scenarios,
    Timeline,
    first_indices,
    influence_of_evidence,
    levers,
    scenarios,
    timeline,
)
from foedus.explain.acts import Act, acts
from foedus.forecasts import Forecast
from foedus.forecasts.sweeps import SWEEP_DRAWS
from foedus.strategy import Responded, respond_to

PAST_DRAWS = 500
"""Draws for each statement of a reconstruction, which has more of them."""

SCENARIO_DRAWS = 1_000
INDEX_DRAWS = 4_096

EVIDENCE_CHANGES = ("dropped", "reversed")

INDICES = 6
"""How many inputs a report names."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a report tells beside the forecast.

    Attributes
    ----------
    levers, mover
        The smallest changes of one known objector, or of the options, and its id; none for a past decision.
    acts
        What diplomacy could do for the proposal; none for a past decision.
    evidence, line, scenarios, indices
        None, or empty, where the model takes too long to be asked so often, or there is nothing to tell.
    response
        How others answer; None where the dossier's ``response.yaml`` says nothing of the issue.
    """

    levers: tuple[Lever, ...]
    acts: tuple[Act, ...]
    mover: str | None
    evidence: EvidenceInfluence | None
    line: Timeline | None
    scenarios: Scenarios | None
    indices: tuple[Index, ...]
    response: Responded | None = None


Explained = Explanation | Callable[[], Explanation] | None
"""What explains a forecast, or a function that works it out, so that charts are drawn meanwhile."""


def explain_for_report(forecast: Forecast, *, whole: bool = True) -> Explanation:
    """Return what a report tells beside the forecast, within seconds for a model of one stage.

    Parameters
    ----------
    whole
        Whether to ask for evidence, the line through time, scenarios, indices and others' answers, too; a page beside
        the main one does not.
    """
    standing = [objector.actor for objector in forecast.known_objectors if objector.probability > 0]
    if not forecast.objections:  # under a majority nobody objects: whoever is against and nearest would have to move
        standing = [actor for actor in forecast.arithmetic.would_move if actor in forecast.arithmetic.against]
    mover = standing[0] if standing and not forecast.case.reconstruction else None  # nobody can move what is decided
    moves = () if mover is None else levers(forecast, for_actor=mover)
    at_once = forecast.explainer.card.stage == "settlement"
    done = acts(forecast) if at_once and not forecast.case.reconstruction else ()
    response = respond_to(forecast) if whole else None
    if not whole or not at_once:
        return Explanation(moves, done, mover, None, None, None, (), response)
    evidence = influence_of_evidence(
        forecast,
        draws=PAST_DRAWS if forecast.case.reconstruction else SWEEP_DRAWS,
        changes=EVIDENCE_CHANGES,
        learning=not forecast.case.reconstruction,  # what is past can no longer be asked about
    )
    return Explanation(
        moves,
        done,
        mover,
        evidence if evidence.effects else None,
        _line(forecast),
        scenarios(forecast, SCENARIO_DRAWS) if forecast.case.dossier.settings.scenarios else None,
        first_indices(forecast, INDEX_DRAWS, most=INDICES),
        response,
    )


def explanation_of(forecast: Forecast, explained: Explained, *, whole: bool = True) -> Explanation:
    """Return what explains a forecast: what is known, what a function works out now, or what is asked for now."""
    if explained is None:
        return explain_for_report(forecast, whole=whole)
    return explained() if callable(explained) else explained


def _line(forecast: Forecast) -> Timeline | None:
    """Return the forecast as of each day up to its own; None where nothing became known by then, or no meeting was."""
    case, model = forecast.case, forecast.explainer
    if not case.dossier.statements_on(case.issue.id, case.as_of):
        return None
    if case.meeting.known_on is not None and case.as_of < case.meeting.known_on:
        return None  # nobody knew of the meeting yet
    return timeline(
        case.dossier,
        case.issue.id,
        case.meeting.name,
        None,  # the option that `foedus timeline` follows too
        model,
        forecast.draws,
        forecast.seed,
        case.as_of,
    )
