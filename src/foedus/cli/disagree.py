"""``foedus disagree``: what each model makes of one case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.asked import unanswered
from foedus.cli.options import AsOf, DossierFolder, Draws, IssueId, MaxMarking, OnMeeting, Seed, opened

if TYPE_CHECKING:
    from foedus.forecasts.disagree import Disagreement


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
    if (empty := unanswered(dossier, issue, as_of, on)) is not None:
        return empty
    with steps() as step:
        answer = compare(dossier, issue, as_of, on, tuple(model or ()), draws, seed, step)

    def show() -> None:
        _show(answer)

    return Reply(answer, show)


def _show(answer: Disagreement) -> None:
    """Print what most models say, then each answer once with the models that give it."""
    from collections import Counter

    from foedus.cli.tables import console, show
    from foedus.forecasts.answering import answering
    from foedus.reports.numbers import percent, short_number

    out, scale = console(), answer.case.issue.scale
    exact = answer.draws == 1
    told: dict[tuple[str, ...], list[str]] = {}
    for one in answer.verdicts:
        if one.mean is not None and one.q10 is not None and one.q90 is not None and one.probability is not None:
            mean = f"{one.mean:.3f}" if exact else short_number(one.mean)
            between = "" if exact else f"{short_number(one.q10)} to {short_number(one.q90)}"
            told.setdefault((mean, between, one.option or "", percent(one.probability)), []).append(one.model)
    unit = f" {scale.unit}" if scale.unit else ""
    draws = "1 draw" if exact else f"{answer.draws:,} draws"
    out.print(f"{answer.case.issue.question} ({scale.low:g} to {scale.high:g}{unit}, {draws})\n")
    counted = Counter(option for (_, _, option, _), models in told.items() for _ in models)
    answers = sum(counted.values())
    if answers:
        most = "; ".join(f"{option!r} in {number}" for option, number in counted.most_common())
        out.print(
            f"Of {answers} models, the likeliest option is {most}. A model here is one account of how such a body"
        )
        out.print(
            "decides; none of them is the forecast by itself: 'foedus forecast' answers with the "
            f"{answering(answer.case).card.name} model and says how each has scored.\n"
        )
    rows = [
        [", ".join(models), *cells]
        for cells, models in sorted(told.items(), key=lambda pair: -float(_plain(pair[0][0])))
    ]
    headings = ["models", "outcome", "10 to 90 %", "likeliest option", "probability"]
    if exact:
        rows, headings = [[*row[:2], *row[3:]] for row in rows], [*headings[:2], *headings[3:]]
    show(out, "", headings, rows, numbers=[1, len(headings) - 1])
    why: dict[str, list[str]] = {}
    for one in answer.verdicts:
        for note in filter(None, (one.why_not.partition(";")[0], one.note)):
            why.setdefault(note, []).append(one.model)
    for note, models in why.items():
        out.print(f"\n{', '.join(models)}: {note}.")


def _plain(number: str) -> str:
    return number.replace(",", "")
