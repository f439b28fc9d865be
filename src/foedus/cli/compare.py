"""``foedus compare``: whose inputs explain the difference between two forecasts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import (
    AsOf,
    HeadlineDraws,
    IssueId,
    MaxMarking,
    OneModel,
    OnMeeting,
    Seed,
    headline_draws,
    opened,
)

Want = Annotated[
    str | None, typer.Option("--want", metavar="OPTION", help="The option asked about; by default the proposal.")
]


@answering()
def compare(
    first: Annotated[Path, typer.Argument(metavar="DIR", help="One analyst's dossier.")],
    second: Annotated[Path, typer.Argument(metavar="DIR2", help="The other's.")],
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    want: Want = None,
    model: OneModel = None,
    draws: HeadlineDraws = None,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
) -> Reply:
    """Forecast one question by two dossiers, and tell which inputs explain the difference."""
    import foedus

    one, other = (opened(folder, max_marking) for folder in (first, second))
    found = foedus.compare(one, other, issue, as_of, on, want, model, headline_draws(draws, model), seed)

    def show() -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console
        from foedus.reports.explanations import comparison_sections

        show_sections(console(), comparison_sections(found))

    return Reply(found, show)
