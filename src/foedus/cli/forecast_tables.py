"""A forecast on the terminal."""

from __future__ import annotations

from foedus.cli.tables import bar, console, counted, show
from foedus.ensembles.council_scores import council_words
from foedus.forecasts import Forecast
from foedus.reports import content, ensemble
from foedus.reports.judgement import judge
from foedus.reports.numbers import percent


def show_forecast(forecast: Forecast, without: Forecast | None = None) -> None:
    """Print the judgement, the options with bars, who objects, and the break-even values.

    Parameters
    ----------
    forecast
        What is shown.
    without
        Where something is supposed: the forecast without it, to stand beside.
    """
    out, case = console(), forecast.case
    judgement = judge(forecast)
    kind = "RECONSTRUCTION, uses what was known later" if case.reconstruction else "forecast"
    kind = "SUPPOSITION" if case.dossier.supposed else kind
    out.print(f"[bold]{case.issue.question}[/bold]")
    out.print(
        f"{case.body.name}, {case.meeting.name} ({case.meeting.on}), {len(case.seats)} seats, "
        f"rule: {content.rule_words(forecast)}\n"
        f"{kind} as of {case.as_of}, {forecast.answered_by} model, {counted(forecast.draws, 'draw')}, "
        f"seed {forecast.seed}\n"
    )
    if case.dossier.supposed:
        out.print(f"[bold]Supposed: {content.supposed_words(case)}.[/bold]")
    out.print(judgement.sentence)
    out.print(ensemble.answer_words(forecast))
    out.print(f"Confidence {judgement.confidence}: {judgement.confidence_reason}\n")
    others = forecast.others
    show(
        out,
        "",
        [
            "option",
            "at",
            "probability",
            "",
            *(other.name for other in others),
            *(["without --set"] if without else []),
        ],
        [
            [
                o.label,
                f"{o.at:g}",
                percent(o.probability),
                bar(o.probability),
                *(percent(x.options[k].probability) for x in others),
                *([percent(without.options[k].probability)] if without else []),
            ]
            for k, o in enumerate(forecast.options)
        ],
        numbers=[1, 2, *range(4, 5 + len(others))],
    )
    if others:
        out.print(f"[dim]{content.other_models(forecast)}[/dim]")
    elif forecast.notes:
        out.print(content.other_models(forecast))
    out.print("")
    headings = ["model", "weight", *(option.label for option in forecast.options)]
    show(
        out,
        "Models mixed by weights learned from backtests",
        headings,
        [[row["model"], row["weight"], *row["shares"]] for row in ensemble.rows(forecast)],
        numbers=range(1, len(headings)),
    )
    out.print(ensemble.learned_words(forecast))
    out.print(ensemble.distance_words(forecast))
    if forecast.ensemble_leads and (forecast.objectors or forecast.break_even):
        out.print(f"\n{ensemble.explained_words(forecast)}")
    if forecast.objectors:
        out.print("")
        rows = [
            [
                case.member(o.actor).name + ("" if case.member(o.actor).seated else " (consent needed)"),
                percent(o.probability),
                percent(o.sole),
                percent(o.reluctant_but_silent),
                content.basis_in_words(case.member(o.actor)),
            ]
            for o in forecast.known_objectors
        ]
        if forecast.silent is not None:
            each, reluctant = percent(forecast.silent.each_objects), percent(forecast.silent.each_reluctant)
            rows.append([content.silent_name(forecast), each, "", reluctant, case.silent[0].stand.basis])
            rows.append(["at least one of them", percent(forecast.silent.any_objects), "", "", ""])
        headings = ["member", "objects", "alone", "reluctant but silent", "position rests on"]
        show(out, f"Who stands in the way of {case.issue.proposal!r}", headings, rows, numbers=[1, 2, 3])
        pivots = content.pivot_words(forecast)
        out.print(f"The decision turns on: {pivots}." if pivots else "The decision turns on nobody alone.")
    if forecast.break_even:
        out.print("")
        show(
            out,
            "Where the most likely answer changes, each input moved alone",
            ["input", "declared or estimated", "answer turns"],
            [[row["name"], row["stated"], row["value"] + row["after"]] for row in content.break_even_rows(forecast)],
        )
    for one in content.decisive_rows(forecast):
        out.print(
            f"It hangs on statement {one['id']} ({one['words']}): without it the most likely answer is "
            f"{one['after']!r} ({one['share']})."
        )
    label = "Tested" if ensemble.scored(forecast) or council_words(case, forecast.model) else "Not tested"
    out.print(f"\n{label}: {ensemble.tested_words(forecast)}")
