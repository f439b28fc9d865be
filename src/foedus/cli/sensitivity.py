"""``foedus sensitivity``: which inputs make the outcome uncertain."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import (
    AsOf,
    DossierFolder,
    Draws,
    IssueId,
    MaxMarking,
    OneModel,
    OnMeeting,
    Seed,
    opened,
)


@answering()
def sensitivity(
    folder: DossierFolder,
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    model: OneModel = None,
    draws: Draws = 10_000,
    base_draws: Annotated[
        int, typer.Option("--base-draws", metavar="N", help="Base draws of the total indices, at least 1,024.")
    ] = 1_024,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
) -> Reply:
    """Share out the outcome's variance among inputs: first-order and total Sobol indices."""
    import foedus

    models = (model,) if model else ()
    answer = foedus.forecast(opened(folder, max_marking), issue, as_of, on, models=models, draws=draws, seed=seed)
    found = foedus.sensitivity(answer, base_draws)

    def show() -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console
        from foedus.reports.content import heading
        from foedus.reports.explanations import sensitivity_sections

        show_sections(console(), [heading(answer), *sensitivity_sections(found)])

    return Reply(found, show)
