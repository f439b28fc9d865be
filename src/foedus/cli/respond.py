"""``foedus respond``: how others answer, and whether it deters or provokes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, DossierFolder, IssueId, MaxMarking, OnMeeting, Reports, Seed, opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.reports.answers import Told
    from foedus.reports.sections import Section


@answering(why=True)
def respond(
    folder: DossierFolder,
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="ACTOR", help="Who answers; by default whom response.yaml names.")
    ] = None,
    target: Annotated[
        str | None, typer.Option("--target", metavar="ACTOR", help="Whom a challenge would meet, such as the host.")
    ] = None,
    option: Annotated[
        str | None, typer.Option("--option", metavar="OPTION", help="The option to look at; by default the proposal.")
    ] = None,
    like: Annotated[
        str | None,
        typer.Option("--like", metavar="CLASS", help="What kind of act it is, such as office or exercise/territory."),
    ] = None,
    horizon: Annotated[
        int, typer.Option("--horizon", metavar="DAYS", help="Days in which an answer or a challenge counts.")
    ] = 365,
    coincident: Annotated[
        bool, typer.Option("--coincident", help="Also count answers linked to an act only by date.")
    ] = False,
    lacking: Annotated[
        str | None,
        typer.Option(
            "--lacking",
            metavar="THEATRE",
            help="Count the shortfall that 'foedus allocate' finds there when all comes at once.",
        ),
    ] = None,
    model: Annotated[
        list[str] | None, typer.Option("--model", metavar="NAME", help="A game, repeatable; by default all.")
    ] = None,
    draws: Annotated[int, typer.Option("--draws", metavar="N", help="How many draws.")] = 1_000,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
    report: Reports = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who writes the report.")] = "",
) -> Reply:
    """Tell how a rival answers what may be decided, from its record, and whether that deters or provokes."""
    import foedus

    lack = None
    dossier = opened(folder, max_marking)
    if lacking:
        from foedus.partnership.leftover import lack_of

        lack = lack_of(foedus.allocate(dossier), lacking)
    responded = foedus.respond(
        dossier,
        issue,
        as_of,
        on,
        to=to,
        target=target,
        option=option,
        like=like,
        horizon=horizon,
        coincident=coincident,
        models=tuple(model or ()),
        draws=draws,
        seed=seed,
        lack=lack,
    )

    def sections() -> Iterable[Section | None]:
        from foedus.reports.responses import response_sections

        return response_sections(responded)

    def told() -> Told:
        from foedus.reports.response_page import told_response

        return told_response(responded)

    return Reply(responded, sections=sections, reasons=lambda: responded.why, reports=report, told=told, by=by)
