"""``foedus compare``: whose inputs explain the difference between two forecasts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.asked import Asked, asking

if TYPE_CHECKING:
    from foedus.reports.sections import Section

Want = Annotated[
    str | None,
    typer.Option("--want", metavar="OPTION", help="The option asked about; by default the one that differs most."),
]


@answering()
@asking()
def compare(
    first: Annotated[Path, typer.Argument(metavar="DIR", help="One analyst's dossier.")],
    second: Annotated[Path, typer.Argument(metavar="DIR2", help="The other analyst's.")],
    asked: Asked,
    want: Want = None,
) -> Reply:
    """Forecast one question by two dossiers, and tell which inputs explain the difference."""
    import foedus

    first_dossier, other = (asked.opened(folder) for folder in (first, second))
    comparison = foedus.compare(
        first_dossier, other, asked.issue, asked.as_of, asked.on, want, asked.model, asked.count, asked.seed
    )

    def sections() -> tuple[Section, ...]:
        from foedus.reports.beside import comparison_sections

        return comparison_sections(comparison, first_dossier, other)

    return Reply(comparison, sections=sections)
