"""``foedus check``: is the dossier sound, and what is still open."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsJson, AsOf, DossierFolder, MaxMarking


@answering(exit_code="Exit with status 1 when anything is open.")
def check(
    folder: DossierFolder,
    as_of: AsOf = None,
    max_marking: MaxMarking = None,
    fill: Annotated[
        bool, typer.Option("--fill", help="First write places that claims leave blank: the proposal, the status quo.")
    ] = False,
    migrate: Annotated[
        bool, typer.Option("--migrate", help="First rewrite a dossier of an older version in today's format.")
    ] = False,
    json: AsJson = False,
) -> Reply:
    """Validate a dossier and list every gap that an analyst should close."""
    import foedus
    from foedus.coding.journal import journal_of
    from foedus.dossiers import SCHEMA
    from foedus.dossiers.evidence import guard_dossier
    from foedus.dossiers.formats import how_to_migrate
    from foedus.dossiers.silence import silence_changed, silence_leans
    from foedus.forecasts import find_gaps
    from foedus.forecasts.gaps_of_words import Gap
    from foedus.partnership.programmes import areas
    from foedus.partnership.tables import read_offers, read_programme, read_supply
    from foedus.procedures.docket import check_replayed
    from foedus.strategy.settings import absent_statements, read_response

    if migrate:
        from foedus.dossiers.formats import migrate as rewrite

        rewritten = ", ".join(rewrite(folder)) or "nothing: it is in today's format"
        typer.echo(f"rewritten in today's format: {rewritten}", err=json)
    if fill:
        from foedus.dossiers.filling import fill_places

        for one in fill_places(folder):
            typer.echo(one, err=json)
    dossier = foedus.read_dossier(folder, max_marking)
    guard_dossier(dossier)
    check_replayed(dossier)
    response = read_response(dossier)
    journal_of(dossier)
    read_supply(dossier)
    read_offers(dossier)
    read_programme(dossier, areas())
    gaps = find_gaps(dossier, as_of)
    if response is not None and (absent := absent_statements(dossier, response)):
        what = f"names {', '.join(absent)}, which the dossier does not have; what rests on them is left out"
        gaps.append(Gap("response", what, "response.yaml"))
    answer = {"dossier": dossier.title, "gaps": [{"kind": g.kind, "what": g.what, "where": g.where} for g in gaps]}

    def show_gaps() -> None:
        from foedus.cli.tables import console, counted, show

        out = console()
        out.print(
            f"{dossier.title}: sound. {counted(len(dossier.statements), 'statement')} from "
            f"{counted(len(dossier.sources), 'source')} on {counted(len(dossier.issues), 'issue')}.\n"
        )
        for issue in dossier.issues:
            out.print(
                f"Assumed on {issue.id}: {silence_leans(issue, dossier.prior(issue.id))}; {silence_changed(issue)}."
            )
        out.print()
        if gaps:
            show(out, counted(len(gaps), "gap"), ["kind", "what", "where"], [[g.kind, g.what, g.where] for g in gaps])
        else:
            out.print("no gaps found")
        if dossier.version < SCHEMA:
            out.print(f"\nThis dossier is {how_to_migrate(folder, dossier.version)}")

    return Reply(answer, show_gaps, passes=not gaps)
