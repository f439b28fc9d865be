"""``foedus disagree``: what each model makes of one case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.asked import unanswered
from foedus.cli.options import AsOf, DossierFolder, Draws, IssueId, MaxMarking, OnMeeting, Seed, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reports.sections import Section


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

    def sections() -> Iterator[Section]:
        from foedus.reports.disagreement import disagreement_sections

        return disagreement_sections(answer)

    return Reply(answer, sections=sections)
