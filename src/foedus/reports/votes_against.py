"""The count in words under a rule that only votes against stop: who is against, of how many that would stop it."""

from __future__ import annotations

from foedus.base.wording import and_, percent
from foedus.ensembles.model import NAME
from foedus.forecasts import Arithmetic, Forecast
from foedus.institutions.rules import Rule, held_against, needed_against, stopped_by

_MOST = 6
"""Members and groups that are named."""

_DECIDES = 0.05
"""From which share of draws on a vote that alone decides is named."""

_APART = 0.01
"""From this difference on a reader asks why the proposal is less likely than that too few are against."""


def takes_votes_against(forecast: Forecast) -> bool:
    """Return whether only votes against stop the proposal."""
    return _stopping(forecast, forecast.case.issue.proposal) is not None


def stands_against(forecast: Forecast) -> str:
    """Return whether those against stop the most likely change as stated, with what they have and what it takes."""
    count = forecast.arithmetic_of_headline or forecast.arithmetic
    stopping = _stopping(forecast, count.option)
    if stopping is None:
        return ""
    if not count.enough and not count.blocked:  # a consent from outside is open
        return f"Votes against do not stop {count.option!r} as stated: {_of_needed(forecast, count, stopping)}."
    if count.enough:
        return f"Nothing stops {count.option!r} as stated: {_of_needed(forecast, count, stopping)}."
    letting = (
        f" It would pass if {_few(forecast, count.would_move)} did not vote against it." if count.would_move else ""
    )
    return f"Those against stop {count.option!r} as stated: {_of_needed(forecast, count, stopping)}.{letting}"


def lines_against(forecast: Forecast, count: Arithmetic) -> tuple[str, ...]:
    """Return who is on which side, what lets it pass, and who alone could turn it.

    Parameters
    ----------
    forecast, count
        The answer, and what was counted for one of its options.
    """
    verdict = "not enough to stop it" if not count.blocked else "enough to stop it"
    sides = [f"for it: {_few(forecast, count.in_favour) or 'nobody'}"]
    sides += [f"no side named by {_few(forecast, count.unknown)}"] if count.unknown else []
    sides += [f"abstaining: {_few(forecast, count.abstaining)}"] if count.abstaining else []
    told = [
        f"Against, {verdict}: {_few(forecast, count.against) or 'nobody'}; {'; '.join(sides)}.",
        "It needs no votes in favour: members that abstain or do not vote let it pass.",
    ]
    if count.swings:
        how = "not voting against it" if count.blocked else "voting against it"
        told.append(f"As stated, each of these can turn it alone by {how}: {and_(_names(forecast, count.swings))}.")
    elif not count.blocked:
        told.append("As stated, nobody alone can stop it by turning against it.")
    if count.blocking:
        groups = [and_(_names(forecast, group)) for group in count.blocking]
        more = f"; and {len(groups) - _MOST} more" if len(groups) > _MOST else ""
        told.append(f"The smallest groups of those against that stop it: {'; '.join(groups[:_MOST])}{more}.")
    return tuple(told)


def drawn_against(forecast: Forecast) -> str:
    """Return in how many draws those against stop the proposal, and what else its chance holds."""
    drawn = forecast.arithmetic_in_draws
    if drawn is None:
        return ""
    proposal = forecast.case.issue.proposal
    turning = sorted((v for v in drawn.votes if v.swings >= _DECIDES), key=lambda vote: (-vote.swings, vote.actor))
    names = [f"{forecast.case.member(vote.actor).name} in {percent(vote.swings)}" for vote in turning[:_MOST]]
    alone = f"; by share of draws, a single vote decides it: {', '.join(names)}" if names else ""
    told = (
        "Over the draws, each of which puts every member that does not abstain on a side, those against are enough to "
        f"stop it in {percent(drawn.blocked)}{alone}."
    )
    chance = forecast.probability(proposal)
    if forecast.model != NAME or drawn.enough - chance < _APART:
        return told
    return (
        f"{told} Still, {proposal!r} is put at {percent(chance)}, not {percent(drawn.enough)}: the forecast also "
        "learned from other rules, under which proposals that could pass came to nothing or were changed. Whether that "
        "holds under this one is not known."
    )


def _stopping(forecast: Forecast, option: str) -> Rule | None:
    if option == forecast.case.issue.status_quo:
        return None
    return stopped_by(forecast.case.deciding_on(option).rule)


def _of_needed(forecast: Forecast, count: Arithmetic, stopping: Rule) -> str:
    ballot = forecast.case.deciding_on(count.option).seating.ballot()
    verb = "is" if len(count.against) == 1 else "are"
    held = held_against(stopping, ballot, count.against) if count.against else "nobody"
    if not count.against:
        verb = "is"
    return f"{held} {verb} against, and to stop it takes {needed_against(stopping, ballot)}"


def _few(forecast: Forecast, actors: tuple[str, ...]) -> str:
    names = _names(forecast, actors)
    return f"{len(names)} members" if len(names) > _MOST else and_(names)


def _names(forecast: Forecast, actors: tuple[str, ...]) -> list[str]:
    return [forecast.case.dossier.world.name(actor) for actor in actors]
