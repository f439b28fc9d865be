"""``foedus statements DIR export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.options import DossierFolder, MaxMarking, opened


def export(
    folder: DossierFolder,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="A CSV file; by default standard output.")
    ] = None,
    status: Annotated[
        str, typer.Option("--status", metavar="STATUS", help="accepted, candidate or rejected.")
    ] = "accepted",
    max_marking: MaxMarking = None,
) -> None:
    """Write statements as the event list of Discourse Network Analyzer, which rDNA users read."""
    import foedus
    from foedus.base.files import write_atomically
    from foedus.base.wording import counted
    from foedus.coding.exchange import export_dna

    if status not in {"accepted", "candidate", "rejected"}:
        raise foedus.FoedusError(f"--status {status!r}: expected accepted, candidate or rejected")
    table, left_out = export_dna(opened(folder, max_marking), status)
    if to is not None and not to.absolute().parent.is_dir():
        raise foedus.FoedusError(f"--to {to}: expected a file in a folder that exists; {to.parent} does not")
    if to is None:
        typer.echo(table, nl=False)
    else:
        write_atomically(to, table)
        typer.echo(f"{counted(len(table.splitlines()) - 1, 'statement')} written to {to}")
    if left_out:
        typer.echo(f"left out because they take no stance: {counted(left_out, 'statement')}", err=True)
