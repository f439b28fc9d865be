"""``foedus timeline``: the forecast as of every day on which something became known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import (
    DossierFolder,
    HeadlineDraws,
    IssueId,
    MaxMarking,
    OneModel,
    OnMeeting,
    Seed,
    headline_draws,
    opened,
)

if TYPE_CHECKING:
    from foedus.dossiers import Dossier

Want = Annotated[
    str | None, typer.Option("--want", metavar="OPTION", help="The option asked about; by default the status quo.")
]


@answering()
def timeline(
    folder: DossierFolder,
    issue: IssueId = None,
    on: OnMeeting = None,
    want: Want = None,
    model: OneModel = None,
    draws: HeadlineDraws = None,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
) -> Reply:
    """Follow a forecast through time: as of every day on which something became known, and what moved it."""
    import foedus

    dossier = opened(folder, max_marking)
    if not dossier.issue(issue).ordered:
        return _choice(dossier, issue, on, draws or CHOICE_POINTS, seed)
    found = foedus.timeline(dossier, issue, on, want, model, headline_draws(draws, model), seed)

    def show() -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console
        from foedus.reports.explanations import line_section

        show_sections(console(), [line_section(found, dossier)])

    return Reply(found, show)


CHOICE_POINTS = 1_024
"""Draws for each day of a choice among options without an order."""


def _choice(dossier: Dossier, issue: str | None, on: str | None, draws: int, seed: int) -> Reply:
    """Follow a choice among options without an order."""
    from foedus.forecasts.choice_line import choice_timeline

    points = choice_timeline(dossier, issue, on, draws, seed)
    first = points[0].choice
    about = {"issue": first.choosing.issue.id, "on": first.choosing.meeting.on, "model": "choice", "seed": seed}

    def show() -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console
        from foedus.reports.choice import timeline_section

        show_sections(console(), [timeline_section(points)])

    return Reply(about | {"draws": draws, "points": [one.as_record() for one in points]}, show)
