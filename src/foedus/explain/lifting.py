"""What would lift a wanted option past a threshold: changes of one input, and acts, as one answer."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.workers import ALONE, Workers
from foedus.explain.acts import Act, acts
from foedus.explain.choice import choice_acts, wanted
from foedus.explain.keeping import Hold, keeping
from foedus.explain.levers import Lever, Progress, actor_of, levers, searched_draws
from foedus.forecasts import Forecast
from foedus.forecasts.choice import Choice


@dataclass(frozen=True, slots=True)
class Lifting(Recorded):
    """What would lift an option.

    Attributes
    ----------
    issue, as_of, on
        The issue, the day of knowledge and the day of the meeting.
    actor
        Whose inputs alone were moved; None for everybody's.
    want, threshold
        The option to be lifted, and the probability to reach.
    probability
        Of the option as things are.
    levers, acts
        The changes and the acts. Where the options have no order there are acts alone.
    draws
        How many were searched.
    held_by
        Where the option is past the threshold already: whom it rests on.
    """

    KEYS = "issue as_of on for=actor want threshold probability levers acts hold=held_by"

    issue: str
    as_of: Day
    on: Day
    actor: str | None
    want: str
    threshold: float
    probability: float
    levers: tuple[Lever, ...]
    acts: tuple[Act, ...]
    draws: int
    held_by: tuple[Hold, ...] = ()


def lifting(
    forecast: Forecast,
    want: str | None = None,
    for_actor: str | None = None,
    threshold: float = 0.5,
    draws: int | None = None,
    seconds: float = 300.0,
    progress: Progress | None = None,
    workers: Workers = ALONE,
) -> Lifting:
    """Return the changes of one input and the acts that lift an option past a threshold.

    Parameters
    ----------
    forecast, want, for_actor, threshold, draws, seconds, progress, workers
        As for `foedus.explain.levers`.

    Raises
    ------
    FoedusError
        As `foedus.explain.levers` does.
    """
    case, searched = forecast.case, searched_draws(forecast, draws)
    listed_levers = levers(forecast, want, for_actor, threshold, searched, seconds, progress, workers)
    option = case.issue.option(want or case.issue.proposal).label
    return Lifting(
        forecast.issue,
        forecast.as_of,
        case.meeting.on,
        None if for_actor is None else actor_of(case, for_actor),
        option,
        threshold,
        forecast.probability(option),
        listed_levers,
        acts(forecast, want, threshold, searched),
        searched,
        keeping(forecast, want, searched) if forecast.probability(option) >= threshold else (),
    )


def lifting_of_choice(
    choice: Choice, want: str | None = None, for_actor: str | None = None, threshold: float = 0.5
) -> Lifting:
    """Return the acts that lift one of several options without an order, or those of one actor among them.

    Raises
    ------
    FoedusError
        When the option or the actor is not known.
    """
    option, made = wanted(choice, want), choice.choosing
    actor = None if for_actor is None else actor_of(made.table, for_actor)
    done = tuple(act for act in choice_acts(choice, option, threshold) if actor is None or actor in act.actors)
    probability = choice.probability(option)
    return Lifting(
        made.issue.id, made.as_of, made.meeting.on, actor, option, threshold, probability, (), done, choice.draws
    )
