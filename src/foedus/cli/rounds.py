"""``foedus rounds``: how positions move before a meeting, round by round."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import AsJson, AsOf, DossierFolder, IssueId

_MEDIANS = 10
"""Rounds whose medians are printed; --json lists all."""


def rounds(
    folder: DossierFolder,
    issue: IssueId = None,
    as_of: AsOf = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="MEETING", help="A meeting by name or day; by default the next."),
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            "--model", metavar="NAME", help="An influence model; one that trades across issues takes all issues."
        ),
    ] = "challenge",
    json: AsJson = False,
) -> None:
    """Show how positions move round by round, with every input at its likeliest value."""
    import foedus
    from foedus.base.answers import as_json
    from foedus.forecasts import rounds as run

    answer = run(foedus.read_dossier(folder), issue, as_of, on, model)
    if json:
        typer.echo(as_json(answer.as_answer()))
        return
    from foedus.cli.tables import console, show

    out = console()
    names = {member.actor: member.name for case in answer.cases for member in case.members}
    show(
        out,
        answer.model,
        ["round", "issue", "actor", "from", "to", "why", "by", "risk"],
        [
            [
                str(one.round),
                one.issue,
                names[one.actor],
                f"{one.start:.4g}",
                f"{one.end:.4g}",
                one.kind,
                "" if one.other is None else names[one.other],
                "" if one.risk is None else f"{one.risk:.2f}",
            ]
            for one in answer.moves
        ],
        numbers=[0, 3, 4, 7],
    )
    for one in answer.shifts:
        out.print(f"{one.issue}: weighted mean {one.before:.4g} before, {one.after:.4g} after")
        shown = one.medians[: _MEDIANS + 1]
        medians = " ".join(f"{median:.5g}" for median in shown) + (" ..." if len(one.medians) > len(shown) else "")
        out.print(f"{one.issue}: weighted median before, and after each round: {medians}")
    out.print(f"{len(answer.moves)} moves; {answer.ended}.")
