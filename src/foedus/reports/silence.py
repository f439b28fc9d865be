"""Whether the answer rests on what is assumed of silent members, in words."""

from __future__ import annotations

from foedus.cases.options import OptionForecast
from foedus.forecasts import Forecast
from foedus.forecasts.silence import even_prior
from foedus.reports.numbers import percent


def if_neither_way(forecast: Forecast) -> OptionForecast | None:
    """Return what would be the likeliest answer if silent members leaned neither way; None where it is the same."""
    if forecast.silence is None or not forecast.silence.neither_way:
        return None
    other = max(forecast.silence.neither_way, key=lambda one: one.probability)
    return None if other.label == forecast.likeliest.label else other


def rests_on_silence(forecast: Forecast) -> str:
    """Return that another answer would be the likeliest if silent members leaned neither way, and how to set it.

    Empty where the answer would be the same, and under consensus and unanimity.
    """
    other, issue = if_neither_way(forecast), forecast.case.issue
    if other is None:
        return ""
    even, stated = even_prior(forecast.case.dossier, issue), forecast.case.dossier.prior(issue.id).position
    number = len(forecast.case.silent)
    who = f"the {number} members that have said nothing" if number > 1 else "the one member that has said nothing"
    line = f"position: {{low: {even.low:g}, mode: {even.mode:g}, high: {even.high:g}}}"
    return (
        f"This rests on what is assumed of {who}, put at {stated.mode:g} ({stated.low:g} to {stated.high:g}): leaning "
        f"neither way, halfway between {issue.status_quo!r} and {issue.proposal!r}, the likeliest would be "
        f"{other.label!r} ({percent(other.probability)}). To ask that, write '{line}' under 'priors' in dossier.yaml."
    )
