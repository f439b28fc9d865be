"""``foedus levers``: the smallest change that lifts a wanted option past a threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.asked import Asked, asking
from foedus.cli.options import DossierFolder, Scheduler, WorkersCount, workers_for

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
    workers: WorkersCount = 1,
    scheduler: Scheduler = "",
) -> Reply:
    """Find the smallest changes, each of one input, that lift a wanted option past a threshold."""
    from foedus.cli.progress import steps
    from foedus.explain.lifting import lifting

    dossier = asked.opened(folder)
    where = workers_for(workers, scheduler, dossier, asked.max_marking)
    if asked.is_choice(dossier):
        return _choice(dossier, asked, want, for_actor, threshold)
    with steps() as step:
        if step is not None:
            step("the forecast", 0, 1)
        answer = asked.forecast(folder)
        lifting_found = lifting(answer, want, for_actor, threshold, asked.draws, 60 * minutes, step, where)

    def sections() -> list[Section | None]:
        from foedus.reports.acts import acts_section
        from foedus.reports.content import heading
        from foedus.reports.explanations import holds_section, levers_section

        whose = "one input"
        if lifting_found.actor is not None:
            whose = f"one input of {answer.case.member(lifting_found.actor).name} or of an option"
        lifted = levers_section(answer, lifting_found.want, threshold, lifting_found.levers, lifting_found.draws, whose)
        held = holds_section(answer, lifting_found.want, lifting_found.held_by, lifting_found.draws)
        return [heading(answer), acts_section(answer.case, lifting_found.want, lifting_found.acts), lifted, held]

    return Reply(lifting_found, sections=sections)


def _choice(dossier: Dossier, asked: Asked, want: str | None, for_actor: str | None, threshold: float) -> Reply:
    """Tell what would bring about one of several options without an order."""
    from foedus.explain.lifting import lifting_of_choice

    answer = asked.choice(dossier)
    lifting_found = lifting_of_choice(answer, want, for_actor, threshold)

    def sections() -> list[Section | None]:
        from foedus.reports.acts import acts_section, nobody_in_the_way
        from foedus.reports.choice_votes import votes_needed_section
        from foedus.reports.content import heading

        acts = acts_section(answer.choosing.table, lifting_found.want, lifting_found.acts)
        needed = votes_needed_section(answer, lifting_found.want)
        nobody = None if answer.votes else nobody_in_the_way(lifting_found.want, lifting_found.acts)
        return [heading(answer), acts, nobody, needed]

    return Reply(lifting_found, sections=sections)
