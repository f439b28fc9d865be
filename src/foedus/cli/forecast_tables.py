"""A forecast on the terminal."""

from __future__ import annotations

from foedus.cli.tables import bar, console, percent, show
from foedus.forecasts import BreakEven, Forecast
from foedus.reports.judgement import judge

_SHOWN = 6


def show_forecast(forecast: Forecast) -> None:
    """Print the judgement, the options with bars, who objects, and the break-even values."""
    out, case = console(), forecast.case
    judgement = judge(forecast)
    kind = "RECONSTRUCTION, uses what was known later" if case.reconstruction else "forecast"
    out.print(f"[bold]{case.issue.question}[/bold]")
    out.print(
        f"{case.body.name}, {case.meeting.name} ({case.meeting.on}), {len(case.seats)} seats, "
        f"rule: {case.rule.words()}\n"
        f"{kind} as of {case.as_of}, {forecast.model} model, {forecast.draws:,} draws, seed {forecast.seed}\n"
    )
    out.print(judgement.sentence)
    out.print(f"Confidence {judgement.confidence}: {judgement.confidence_reason}\n")
    others = forecast.others
    show(
        out,
        "",
        ["option", "at", "probability", "", *(other.name for other in others)],
        [
            [
                o.label,
                f"{o.at:g}",
                percent(o.probability),
                bar(o.probability),
                *(percent(x.options[k].probability) for x in others),
            ]
            for k, o in enumerate(forecast.options)
        ],
        numbers=[1, 2, *range(4, 4 + len(others))],
    )
    if forecast.objectors:
        out.print("")
        show(
            out,
            f"Who stands in the way of {case.issue.proposal!r}",
            ["member", "objects", "alone", "reluctant but silent", "position rests on"],
            [
                [
                    case.member(o.actor).name,
                    percent(o.probability),
                    percent(o.sole),
                    percent(o.reluctant_but_silent),
                    case.member(o.actor).stand.basis,
                ]
                for o in forecast.objectors[:_SHOWN]
            ],
            numbers=[1, 2, 3],
        )
    if forecast.break_even:
        out.print("")
        show(
            out,
            "Where the most likely answer changes, each input moved alone",
            ["input", "break-even", "answer beyond it"],
            [[one.assumption, break_even_in_words(one), one.after or ""] for one in forecast.break_even],
        )
    out.print(f"\nTested: {forecast.tested_on['note']}")


def break_even_in_words(one: BreakEven) -> str:
    """Return a break-even value, or where it was looked for in vain."""
    if one.value is None:
        return "none" if one.low is None else f"none from {one.low:g} to {one.high:g}"
    return one.value if isinstance(one.value, str) else f"{one.value:.3g}"
