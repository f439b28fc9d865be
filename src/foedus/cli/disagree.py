"""``foedus disagree``: what each model makes of one case."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, DossierFolder, Draws, IssueId, MaxMarking, OnMeeting, Seed, opened


@answering()
def disagree(
    folder: DossierFolder,
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    model: Annotated[
        list[str] | None,
        typer.Option("--model", metavar="NAME", help="A model, alone or after an influence model; by default all."),
    ] = None,
    draws: Draws = 1_000,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
) -> Reply:
    """Put a case to every model, side by side."""
    from foedus.cli.progress import steps
    from foedus.forecasts import disagree as compare

    dossier = opened(folder, max_marking)
    with steps() as step:
        answer = compare(dossier, issue, as_of, on, tuple(model or ()), draws, seed, step)

    def show() -> None:
        from foedus.cli.tables import console, show
        from foedus.reports.numbers import percent

        out, scale = console(), answer.case.issue.scale
        rows = [
            [one.model, "", "", one.why_not.partition(";")[0], ""]
            if one.mean is None or one.q10 is None or one.q90 is None or one.probability is None
            else [
                one.model,
                f"{one.mean:.3f}",
                f"{one.q10:.4g} to {one.q90:.4g}",
                one.option or "",
                percent(one.probability),
            ]
            for one in answer.verdicts
        ]
        out.print(
            f"{answer.case.issue.question} ({scale.low:g} to {scale.high:g} {scale.unit}, {answer.draws:,} draws)\n"
        )
        show(out, "", ["model", "outcome", "10 to 90 %", "likeliest option", "probability"], rows, numbers=[1, 4])
        for note in dict.fromkeys(one.note for one in answer.verdicts if one.note):
            out.print(f"\n{', '.join(one.model for one in answer.verdicts if one.note == note)}: {note}.")

    return Reply(answer, show)
