"""``foedus check``: is the dossier sound, and what is still open."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import AsJson, AsOf, DossierFolder, MaxMarking


def check(
    folder: DossierFolder,
    as_of: AsOf = None,
    max_marking: MaxMarking = None,
    json: AsJson = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with status 1 when anything is open.")] = False,
) -> None:
    """Validate a dossier and list every gap that an analyst should close."""
    import foedus
    from foedus.base.answers import as_json
    from foedus.coding.journal import journal_of
    from foedus.dossiers.evidence import guard_dossier
    from foedus.forecasts import find_gaps
    from foedus.procedures.docket import check_replayed

    dossier = foedus.read_dossier(folder, max_marking)
    guard_dossier(dossier)
    check_replayed(dossier)
    journal_of(dossier)
    gaps = find_gaps(dossier, as_of)
    if json:
        typer.echo(
            as_json(
                {
                    "dossier": dossier.title,
                    "gaps": [{"kind": g.kind, "what": g.what, "where": g.where} for g in gaps],
                }
            )
        )
    else:
        from foedus.cli.tables import console, counted, show

        out = console()
        out.print(
            f"{dossier.title}: sound. {counted(len(dossier.statements), 'statement')} from "
            f"{counted(len(dossier.sources), 'source')} on {counted(len(dossier.issues), 'issue')}.\n"
        )
        if gaps:
            show(out, counted(len(gaps), "gap"), ["kind", "what", "where"], [[g.kind, g.what, g.where] for g in gaps])
        else:
            out.print("no gaps found")
    if exit_code and gaps:
        raise typer.Exit(1)
