"""``foedus statements DIR export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.options import DossierFolder


def export(
    folder: DossierFolder,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="A CSV file; by default standard output.")
    ] = None,
    status: Annotated[
        str, typer.Option("--status", metavar="STATUS", help="accepted, candidate or rejected.")
    ] = "accepted",
) -> None:
    """Write statements as the event list of Discourse Network Analyzer, which rDNA users read."""
    import foedus
    from foedus.base.files import write_atomically
    from foedus.dossiers.exchange import export_dna

    if status not in {"accepted", "candidate", "rejected"}:
        raise foedus.FoedusError(f"--status {status!r}: expected accepted, candidate or rejected")
    table, left_out = export_dna(foedus.read_dossier(folder), status)
    if to is None:
        typer.echo(table, nl=False)
    else:
        write_atomically(to, table)
        typer.echo(f"{len(table.splitlines()) - 1} statements written to {to}")
    if left_out:
        typer.echo(f"{left_out} statements take no stance and were left out", err=True)
