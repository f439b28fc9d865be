"""A forecast on the terminal."""

from __future__ import annotations

from foedus.cli.tables import bar, console, counted, show, tree
from foedus.forecasts import Forecast
from foedus.forecasts.entered import steps
from foedus.reports import content, ensemble
from foedus.reports.judgement import judge
from foedus.reports.numbers import percent
from foedus.reports.votes import votes


def show_unanswered(forecast: Forecast) -> None:
    """Say that nothing has been entered, and what to do."""
    out = console()
    out.print(forecast.case.issue.question, style="bold")
    out.print("Nothing has been entered yet: no member's position and no accepted statement. What to do:\n")
    for number, step in enumerate(steps(forecast.case), 1):
        out.print(f"{number}. {step}")


def show_forecast(forecast: Forecast, without: Forecast | None = None, *, why: bool = False) -> None:
    """Print the judgement, the options with bars, who objects, and the break-even values.

    Parameters
    ----------
    forecast
        What is shown.
    without
        Where something is supposed: the forecast without it, to stand beside.
    why
        Whether to print what stands behind the answer, too.
    """
    out, case = console(), forecast.case
    judgement = judge(forecast)
    kind = "RECONSTRUCTION, uses what was known later" if case.reconstruction else "forecast"
    kind = "SUPPOSITION" if case.dossier.supposed else kind
    out.print(case.issue.question, style="bold")
    out.print(
        f"{case.body.name}, {case.meeting.name} ({case.meeting.on}), {len(case.seats)} seats, "
        f"rule: {content.rule_words(forecast)}\n"
        f"{kind} as of {case.as_of}, {forecast.model} model, {counted(forecast.draws, 'draw')}, "
        f"seed {forecast.seed}\n"
    )
    if case.dossier.supposed:
        out.print(f"Supposed: {content.supposed_words(case)}.", style="bold")
    count = votes(forecast)
    told = [judgement.sentence, count.expects if count else "", ensemble.answer_words(forecast)]
    for line in (*told, ensemble.year_words(forecast)):
        if line:
            out.print(line)
    out.print(f"Confidence {judgement.confidence}: {judgement.confidence_reason}\n")
    show(
        out,
        "",
        ["option", "at", "probability", "", *(["without --set"] if without else [])],
        [
            *(
                [
                    o.label,
                    f"{o.at:g}",
                    percent(o.probability),
                    bar(o.probability),
                    *([percent(without.options[k].probability)] if without else []),
                ]
                for k, o in enumerate(forecast.options)
            ),
            *([*row, *content.year_share(without)] for row in content.year_rows(forecast)),
        ],
        numbers=[1, 2, 4],
    )
    if count is not None:
        out.print("")
        show(out, count.title, list(count.headings), [list(row) for row in count.rows], numbers=[1, 2, 3])
        for line in count.lines:
            out.print(line)
    _show_models(forecast, "What other models make of the same inputs")
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
            f"The answer would change if statement {one['id']} ({one['words']}) were wrong: without it the most likely "
            f"answer is {one['after']!r} ({one['share']}).",
            markup=False,
        )
    out.print(f"\n{'Tested' if ensemble.is_tested(forecast) else 'Not tested'}: {ensemble.tested_words(forecast)}")
    if why:
        _show_why(forecast)


def _show_models(forecast: Forecast, title: str, *, worse: bool = False) -> None:
    """Print the other models in one table, each with its score in words."""
    out, found = console(), ensemble.rows(forecast, worse=worse)
    if found:
        headings = ["model", *(option.label for option in forecast.options), "its own score"]
        out.print("")
        rows = [[row["model"], *row["shares"], row["score"]] for row in found]
        show(out, title, headings, rows, numbers=range(1, len(headings) - 1))
    if not worse:
        for line in (ensemble.left_out(forecast), content.other_models(forecast)):
            if line:
                out.print(line)


def _show_why(forecast: Forecast) -> None:
    """Print what stands behind the answer: calibration, the ensemble's weights, and the models that scored badly."""
    out = console()
    called = ensemble.called_words(forecast)
    if called:
        out.print(f"\n{called}")
    _show_models(forecast, "Models whose own score is worse than what is hard to beat: no answers", worse=True)
    out.print(f"{ensemble.learned_words(forecast)} {ensemble.weights_words(forecast)}")
    out.print(ensemble.distance_words(forecast))
    tree(out, ["", *forecast.why().lines()])
