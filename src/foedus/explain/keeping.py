"""Where an option is likely already: whom to hold, and who is still needed."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.explain.levers import most_pivotal, searched_draws
from foedus.forecasts import Forecast
from foedus.forecasts.arithmetic import arithmetic, arithmetic_in_draws
from foedus.forecasts.supposing import coming_round, supposing
from foedus.forecasts.sweeps import Anchor, option_shares, sample
from foedus.institutions import is_consensus

FOR, AGAINST, NO_SIDE, ABSTAINS = "for", "against", "no side named", "abstains"
"""Where a member stands on the option by the most likely reading of the record."""

_MOST = 8
_FELT = 0.005
"""Who moves the option by less is not listed."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What one member's side does to an option that is likely already.

    Attributes
    ----------
    actor
        Its id.
    side
        Where it stands now: ``for``, ``against``, ``no side named`` or ``abstains``.
    if_against, if_for
        How likely the option is where it wants no change and says so, and where it wants the option and says so.
    """

    KEYS = "actor side if_against if_for"

    actor: str
    side: str
    if_against: float
    if_for: float


def keeping(forecast: Forecast, want: str | None = None, draws: int | None = None) -> tuple[Hold, ...]:
    """Return whom an option rests on: how likely it is with each of them against it, and with each for it.

    Parameters
    ----------
    forecast, want, draws
        As in `foedus.levers`.

    Returns
    -------
    tuple of Hold
        At most eight of those whose vote alone most often turns it, or who object most; whose turning against it costs
        most first. Empty for the status quo.

    Examples
    --------
    >>> import foedus
    >>> answer = foedus.forecast(foedus.read_dossier("nature-law-2024"), as_of="2024-06-16", draws=100)
    >>> all(hold.if_against <= hold.if_for for hold in keeping(answer, draws=100))
    True
    """
    case, model = forecast.case, forecast.explainer
    wanted = case.issue.option(want or case.issue.proposal)
    if wanted.label == case.issue.status_quo:
        return ()
    still = case.issue.option(case.issue.status_quo).at
    sitting = sample(case, model, forecast.seed, searched_draws(forecast, draws))
    anchor = Anchor.of(option_shares(model, sitting), [option.probability for option in forecast.options])
    index = [option.label for option in case.issue.options].index(wanted.label)

    def standing(actor: str, at: float) -> float:
        changes = [coming_round(actor, case.issue.id, at)]
        return float(anchor(option_shares(model, supposing(case, sitting, forecast.seed, changes)))[index])

    sides = _sides(forecast, wanted.label)
    holds = [
        Hold(actor, sides.get(actor, NO_SIDE), standing(actor, still), standing(actor, wanted.at))
        for actor in _candidates(forecast, wanted.label)
    ]
    felt = [hold for hold in holds if hold.if_for - hold.if_against >= _FELT]
    return tuple(sorted(felt, key=lambda hold: (hold.if_against, -hold.if_for, hold.actor)))


def _candidates(forecast: Forecast, option: str) -> list[str]:
    """Return whose side is tried: under votes those whose own vote turns it most often, else the most pivotal."""
    case = forecast.case
    if is_consensus(case.rule):
        return most_pivotal(forecast, option)[:_MOST]
    votes = arithmetic_in_draws(case, forecast.seed, forecast.draws, option).votes
    return [vote.actor for vote in sorted(votes, key=lambda vote: (-vote.swings, vote.actor))[:_MOST]]


def _sides(forecast: Forecast, option: str) -> dict[str, str]:
    count = arithmetic(forecast.case, option)
    groups = {FOR: count.in_favour, AGAINST: count.against, ABSTAINS: count.abstaining}
    return {actor: side for side, actors in groups.items() for actor in actors}
