"""``foedus rounds``: how positions move before a meeting, round by round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, IssueId, MaxMarking, OnMeeting, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reports.sections import Section
    from foedus.rounds import Rounds


@answering()
def rounds(
    source: Annotated[
        Path,
        typer.Argument(metavar="SOURCE", help="A dossier's folder, or a table of actors (plain, KTAB, decide)."),
    ],
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="NAME",
            help="An influence model; one that trades across issues takes all issues. By default challenge, or what a "
            "table was made for.",
        ),
    ] = None,
    scale: Annotated[
        tuple[float, float] | None,
        typer.Option("--scale", metavar="LOW HIGH", help="Ends of the scale, for a table that does not say."),
    ] = None,
    max_marking: MaxMarking = None,
) -> Reply:
    """Show how positions move round by round, with every input at its likeliest value."""
    from foedus.base.errors import FoedusError
    from foedus.rounds import read_actor_table, rounds_of_table
    from foedus.rounds import rounds as run

    answer: Rounds
    if source.is_file():
        if issue or as_of or on:
            raise FoedusError("--issue, --as-of and --on are for a dossier; a table of actors has no days")
        answer = rounds_of_table(read_actor_table(source, scale), model)
    else:
        if scale is not None:
            raise FoedusError("--scale is for a table of actors; a dossier says its scale in dossier.yaml")
        answer = run(opened(source, max_marking), issue, as_of, on, model or "challenge")

    def sections() -> Iterator[Section]:
        from foedus.reports.rounds import rounds_sections

        return rounds_sections(answer)

    return Reply(answer, sections=sections)
