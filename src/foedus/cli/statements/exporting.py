"""``foedus statements DIR export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply
from foedus.cli.options import DossierFolder, MaxMarking, opened

if TYPE_CHECKING:
    from foedus.dossiers import Dossier


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
    from foedus.base.wording import counted
    from foedus.coding.exchange import export_dna

    if status not in {"accepted", "candidate", "rejected"}:
        raise foedus.FoedusError(f"--status {status!r}: expected accepted, candidate or rejected")
    dossier = opened(folder, max_marking)
    if to is None:
        table, left_out = export_dna(dossier, status)
        typer.echo(table, nl=False)
    elif not to.absolute().parent.is_dir():
        raise foedus.FoedusError(f"--to {to}: expected a file in a folder that exists; {to.parent} does not")
    else:
        left_out = _to_file(dossier, status, to)
    if left_out:
        typer.echo(f"left out because they take no stance: {counted(left_out, 'statement')}", err=True)


def _to_file(dossier: Dossier, status: str, to: Path) -> int:
    """Write the file whose kind its ending tells, say how much it holds, and return how many were left out."""
    from foedus.base.files import write_atomically
    from foedus.coding.exchange import export_dna
    from foedus.coding.qualitative import export_qdc, export_qdpx
    from foedus.reports.entered import exported_section

    ending, what, left_out = to.suffix.casefold(), "statement", 0
    data: str | bytes
    if ending == ".qdpx":
        data, number = export_qdpx(dossier, status)
    elif ending == ".qdc":
        data, number, what = export_qdc(dossier), len({concept.id for concept in dossier.concepts}), "claim"
    else:
        data, left_out = export_dna(dossier, status)
        number = len(data.splitlines()) - 1
    write_atomically(to, data)
    Reply(None, sections=lambda: [exported_section(number, what, to)]).tell()
    return left_out
