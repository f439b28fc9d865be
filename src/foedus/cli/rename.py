"""``foedus rename``: an issue, an option or a concept under another name, everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder

if TYPE_CHECKING:
    from foedus.reports.sections import Section


@answering()
def rename(
    folder: DossierFolder,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id of an issue or a concept, or an option's label.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="What it is to be called.")],
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="issue, option or concept, where it is not clear.")
    ] = None,
    issue: Annotated[str | None, typer.Option("--issue", metavar="ID", help="The issue of an option.")] = None,
) -> Reply:
    """Rename an issue, an option or a concept; everything that refers to it follows."""
    from foedus.base.errors import FoedusError
    from foedus.dossiers.renaming import KINDS
    from foedus.dossiers.renaming import rename as rename_everywhere

    if kind is not None and kind not in KINDS:
        raise FoedusError(f"--kind {kind!r}: expected one of {', '.join(KINDS)}")
    renamed = rename_everywhere(folder, old, new, kind, issue)

    def sections() -> list[Section]:
        from foedus.reports.entered import renamed_section

        return [renamed_section(renamed)]

    return Reply(renamed, sections=sections)
