"""Whether the answer rests on what is assumed of silent members, in words."""

from __future__ import annotations

from foedus.base.wording import and_, percent, ranged
from foedus.cases import Case
from foedus.cases.options import OptionForecast
from foedus.dossiers.stands import SILENT
from foedus.forecasts import Forecast
from foedus.reports.likelihood import likelihood_word


def if_neither_way(forecast: Forecast) -> OptionForecast | None:
    """Return what would be the likeliest answer if silent members leaned neither way, and how likely.

    None where it is the same answer in the same likelihood word.
    """
    if forecast.silence is None or not forecast.silence.neither_way:
        return None
    other, best = (
        max(forecast.silence.neither_way, key=lambda option_forecast: option_forecast.probability),
        forecast.likeliest,
    )
    same = other.label == best.label and likelihood_word(other.probability) == likelihood_word(best.probability)
    return None if same else other


def rests_on_silence(forecast: Forecast) -> str:
    """Return what would be the likeliest if silent members leaned neither way.

    Empty where the answer and its likelihood word would be the same, and under consensus and unanimity.
    """
    other, issue = if_neither_way(forecast), forecast.case.issue
    if other is None:
        return ""
    stated = forecast.case.dossier.prior(issue.id).position
    number = len(forecast.case.silent)
    who = f"the {number} members that have not spoken" if number > 1 else "the one member that has not spoken"
    chance = percent(other.probability)
    if other.label == forecast.likeliest.label:
        would = f"{other.label!r} would be at {chance}"
    else:
        would = f"the likeliest outcome would be {other.label!r} ({chance})"
    return (
        f"This rests on the position assumed for {who}: {ranged(stated.mode, stated.low, stated.high)}. "
        f"With a position halfway between {issue.status_quo!r} and {issue.proposal!r}, {would}."
    )


def no_side_words(case: Case) -> str:
    """Return who has spoken and named no side, as a clause; empty where nobody has.

    They are counted beside those who have said nothing, so that the two numbers of a page explain each other.
    """
    silent = {member.actor for member in case.silent}
    spoke = [member for member in case.seats if member.stand.basis in SILENT and member.actor not in silent]
    waver = [member.name for member in spoke if not member.stand.abstains]
    away = [member.name for member in spoke if member.stand.abstains and member.actor not in case.abstaining]
    parts = [] if not waver else [f"{and_(waver)} {'has' if len(waver) == 1 else 'have'} spoken and named no side"]
    if away:
        single = len(away) == 1
        parts.append(
            f"{and_(away)}, which {'abstains' if single else 'abstain'} on one option, {'has' if single else 'have'} "
            "said nothing of the others"
        )
    return "; ".join(parts)
