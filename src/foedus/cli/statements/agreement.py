"""``foedus statements DIR agreement``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder, MaxMarking, opened

if TYPE_CHECKING:
    from foedus.reports.sections import Section


@answering()
def agreement(
    folder: DossierFolder,
    other: Annotated[
        Path | None, typer.Option("--with", metavar="DIR", help="Another dossier, coded from the same sources.")
    ] = None,
    coder: Annotated[
        list[str] | None,
        typer.Option("--coder", metavar="NAME", help="Only these coders; may be repeated. By default all."),
    ] = None,
    max_marking: MaxMarking = None,
) -> Reply:
    """Tell how far coders agree, by Krippendorff's alpha and Cohen's kappa, and where they differ."""
    from foedus.coding.coders import between_coders, between_dossiers

    dossier = opened(folder, max_marking)
    agreed = between_coders(dossier, coder) if other is None else between_dossiers(dossier, opened(other, max_marking))

    def sections() -> list[Section]:
        from foedus.reports.statements import agreement_sections, nothing_shared_section

        if not any(variable.units for variable in agreed.variables):
            return [nothing_shared_section(agreed, dossier, compared=other is not None)]
        return agreement_sections(agreed)

    return Reply(agreed, sections=sections)
