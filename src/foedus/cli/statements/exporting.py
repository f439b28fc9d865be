"""``foedus statements DIR export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.options import DossierFolder, MaxMarking, opened


def export(
    folder: DossierFolder,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="FILE",
            help="FILE.csv, the event list of Discourse Network Analyzer; FILE.qdpx or .qdc, a project or the claims "
            "by the REFI-QDA standard; by default the event list on standard output.",
        ),
    ] = None,
    status: Annotated[
        str, typer.Option("--status", metavar="STATUS", help="accepted, candidate or rejected.")
    ] = "accepted",
    max_marking: MaxMarking = None,
) -> None:
    """Write statements for rDNA users, or for programs for qualitative analysis."""
    import foedus
    from foedus.base.files import write_atomically
    from foedus.base.wording import counted
    from foedus.coding.exchange import export_dna
    from foedus.coding.qualitative import export_qdc, export_qdpx

    if status not in {"accepted", "candidate", "rejected"}:
        raise foedus.FoedusError(f"--status {status!r}: expected accepted, candidate or rejected")
    dossier = opened(folder, max_marking)
    if to is not None and not to.absolute().parent.is_dir():
        raise foedus.FoedusError(f"--to {to}: expected a file in a folder that exists; {to.parent} does not")
    ending, left_out = "" if to is None else to.suffix.casefold(), 0
    if to is None:
        table, left_out = export_dna(dossier, status)
        typer.echo(table, nl=False)
    elif ending == ".qdpx":
        data, number = export_qdpx(dossier, status)
        write_atomically(to, data)
        typer.echo(f"{counted(number, 'statement')} written to {to}")
    elif ending == ".qdc":
        write_atomically(to, export_qdc(dossier))
        typer.echo(f"{counted(len({concept.id for concept in dossier.concepts}), 'claim')} written to {to}")
    else:
        table, left_out = export_dna(dossier, status)
        write_atomically(to, table)
        typer.echo(f"{counted(len(table.splitlines()) - 1, 'statement')} written to {to}")
    if left_out:
        typer.echo(f"left out because they take no stance: {counted(left_out, 'statement')}", err=True)
