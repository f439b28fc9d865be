"""``foedus forum``: where a question is put, and who stops it where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, DossierFolder, IssueId, MaxMarking, OnMeeting, Reports, Seed, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.reports.answers import Told
    from foedus.reports.sections import Section


@answering(why=True)
def forum(
    folder: DossierFolder,
    for_actor: Annotated[str, typer.Option("--for", metavar="ACTOR", help="Whose choice it is.")],
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--forum", metavar="ID", help="Look at this forum; may be repeated. By default all in the table."),
    ] = None,
    aspiration: Annotated[
        float | None,
        typer.Option(
            "--aspiration",
            metavar="U",
            help="What is good enough, 0 to 1; by default halfway from the status quo to the best.",
            min=0.0,
            max=1.0,
        ),
    ] = None,
    draws: Annotated[int, typer.Option("--draws", metavar="N", help="How many draws.", min=1)] = 1_000,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
    report: Reports = None,
) -> Reply:
    """Tell in which forum an actor would act on a question, and in which it would stop others."""
    from foedus.partnership import forum as chosen

    dossier = opened(folder, max_marking)
    answer = chosen(dossier, for_actor, issue, as_of, on, only or (), aspiration, draws, seed)

    def sections() -> Sequence[Section | None]:
        from foedus.reports.forums import forum_sections

        return forum_sections(answer)

    def told() -> Told:
        from foedus.reports.forums import told_forums

        return told_forums(answer)

    return Reply(answer, sections=sections, reasons=answer.why, reports=report, told=told)
