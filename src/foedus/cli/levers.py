"""``foedus levers``: the smallest change that lifts a wanted option past a threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.asked import Asked, asking
from foedus.cli.options import DossierFolder

if TYPE_CHECKING:
    from foedus.dossiers import Dossier
    from foedus.reports.sections import Section

LeverDraws = Annotated[
    int | None,
    typer.Option("--draws", metavar="N", help="How many draws; by default at most 1,000, fewer in a large body."),
]


@answering()
@asking(draws=LeverDraws)
def levers(
    folder: DossierFolder,
    asked: Asked,
    for_actor: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="ACTOR",
            help="Whose inputs are moved; by default everybody's, or the most pivotal members'.",
        ),
    ] = None,
    want: Annotated[
        str | None, typer.Option("--want", metavar="OPTION", help="The option to raise; by default the proposal.")
    ] = None,
    threshold: Annotated[float, typer.Option("--threshold", metavar="P", help="The probability to reach.")] = 0.5,
    minutes: Annotated[
        float, typer.Option("--minutes", metavar="M", help="Refuse a search that would take longer.", min=0.0)
    ] = 5.0,
) -> Reply:
    """Find the smallest changes, each of one input, that lift a wanted option past a threshold."""
    import foedus
    from foedus.cli.progress import steps
    from foedus.explain.acts import acts
    from foedus.explain.levers import actor_of, searched_draws

    dossier = asked.opened(folder)
    if asked.is_choice(dossier):
        return _choice(dossier, asked, want, for_actor, threshold)
    with steps() as step:
        if step is not None:
            step("the forecast", 0, 1)
        answer = asked.forecast(folder)
        searched = searched_draws(answer, asked.draws)
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

    def sections() -> list[Section | None]:
        from foedus.reports.acts import acts_section
        from foedus.reports.content import heading
        from foedus.reports.explanations import levers_section

        whose = "one input" if actor is None else f"one input of {answer.case.member(actor).name} or of an option"
        lifted = levers_section(answer, option.label, threshold, found, searched, whose)
        return [heading(answer), acts_section(answer.case, option.label, done), lifted]

    return Reply(answered, sections=sections)


def _choice(dossier: Dossier, asked: Asked, want: str | None, for_actor: str | None, threshold: float) -> Reply:
    """Tell what would bring about one of several options without an order."""
    from foedus.explain.acts import IDEAS
    from foedus.explain.choice import choice_acts, wanted
    from foedus.explain.levers import actor_of

    answer = asked.choice(dossier)
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

    def sections() -> list[Section | None]:
        from foedus.reports.acts import acts_section
        from foedus.reports.content import heading
        from foedus.reports.sections import Section, text

        nobody = f"Nobody who has spoken objects to {option!r}, and nobody has named a condition."
        none = Section("nobody", "", (text(nobody),)) if all(one.kind in IDEAS for one in done) else None
        return [heading(answer), acts_section(made.table, option, done), none]

    return Reply(answered, sections=sections)
