"""``foedus levers``: the smallest change that lifts a wanted option past a threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import (
    AsOf,
    DossierFolder,
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


@answering()
def levers(
    folder: DossierFolder,
    for_actor: Annotated[
        str | None, typer.Option("--for", metavar="ACTOR", help="Whose inputs are moved; by default everybody's.")
    ] = None,
    want: Annotated[
        str | None, typer.Option("--want", metavar="OPTION", help="The option to be lifted; by default the proposal.")
    ] = None,
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="P", help="The probability that it is to reach.")
    ] = 0.5,
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    model: OneModel = None,
    draws: Annotated[
        int | None,
        typer.Option(
            "--draws", metavar="N", help="How many draws; by default 1,000, or 100 where positions move first."
        ),
    ] = None,
    minutes: Annotated[
        float, typer.Option("--minutes", metavar="M", help="Refuse a search that would take longer.", min=0.0)
    ] = 5.0,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
) -> Reply:
    """Find the smallest changes, each of one input, that lift a wanted option past a threshold."""
    import foedus
    from foedus.cli.progress import steps
    from foedus.explain.acts import acts
    from foedus.explain.levers import actor_of
    from foedus.forecasts.sweeps import sweep_draws

    dossier = opened(folder, max_marking)
    if not dossier.issue(issue).ordered:
        return _choice(dossier, issue, as_of, on, want, for_actor, threshold, draws, seed)
    count = headline_draws(draws, model)
    models = (model,) if model else ()
    with steps() as step:
        if step is not None:
            step("the forecast", 0, 1)
        answer = foedus.forecast(dossier, issue, as_of, on, models=models, draws=count, seed=seed)
        searched = draws or min(count, sweep_draws(answer.explainer))
        found = foedus.levers(answer, want, for_actor, threshold, searched, 60 * minutes, step)
        done = acts(answer, want, threshold, searched)
    option = answer.case.issue.option(want or answer.case.issue.proposal)
    actor = None if for_actor is None else actor_of(answer.case, for_actor)
    answered = {
        "issue": answer.issue,
        "as_of": answer.as_of,
        "on": answer.case.meeting.on,
        "for": actor,
        "want": option.label,
        "threshold": threshold,
        "probability": answer.probability(option.label),
        "levers": found,
        "acts": done,
    }

    def show() -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console
        from foedus.reports.acts import acts_section
        from foedus.reports.content import heading
        from foedus.reports.explanations import levers_section

        whose = "one input" if actor is None else f"one input of {answer.case.member(actor).name} or of an option"
        lifted = levers_section(answer, option.label, threshold, found, searched, whose)
        show_sections(console(), [heading(answer), acts_section(answer.case, option.label, done), lifted])

    return Reply(answered, show)


def _choice(
    dossier: Dossier,
    issue: str | None,
    as_of: str | None,
    on: str | None,
    want: str | None,
    for_actor: str | None,
    threshold: float,
    draws: int | None,
    seed: int,
) -> Reply:
    """Tell what would bring about one of several options without an order."""
    from foedus.explain.acts import IDEAS
    from foedus.explain.choice import choice_acts, wanted
    from foedus.explain.levers import actor_of
    from foedus.forecasts.choice import CHOICE_DRAWS, choice

    answer = choice(dossier, issue, as_of, on, draws or CHOICE_DRAWS, seed)
    option, made = wanted(answer, want), answer.choosing
    actor = None if for_actor is None else actor_of(made.table, for_actor)
    done = [one for one in choice_acts(answer, option, threshold) if actor is None or actor in one.actors]
    answered = {
        "issue": made.issue.id,
        "as_of": made.as_of,
        "on": made.meeting.on,
        "for": actor,
        "want": option,
        "threshold": threshold,
        "probability": answer.probability(option),
        "levers": [],
        "acts": done,
    }

    def show() -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console
        from foedus.reports.acts import acts_section
        from foedus.reports.choice import choice_heading

        show_sections(console(), [choice_heading(answer), acts_section(made.table, option, done)])
        if all(one.kind in IDEAS for one in done):
            typer.echo(f"nobody who has spoken stands in the way of {option!r}, and nobody has named a condition")

    return Reply(answered, show)
