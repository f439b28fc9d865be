"""``foedus package``: issues decided together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, Author, DossierFolder, Draws, MaxMarking, OnMeeting, Reports, Seed, Since, opened

if TYPE_CHECKING:
    from foedus.reports.sections import Section


@answering()
def package(
    folder: DossierFolder,
    parts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PART]...",
            help="A package by its id, or issues, ISSUE=OPTION each; by default the first package, or all issues.",
        ),
    ] = None,
    link: Annotated[
        list[str] | None,
        typer.Option(
            "--link", metavar="ACTOR.ISSUE=OTHER", help="It agrees on ISSUE if OTHER (or OTHER:OPTION) is decided."
        ),
    ] = None,
    save: Annotated[str | None, typer.Option("--save", metavar="ID", help="Write it into dossier.yaml.")] = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    draws: Draws = 4_096,
    seed: Seed = 1,
    report: Reports = None,
    by: Author = "",
    since: Since = None,
    max_marking: MaxMarking = None,
) -> Reply:
    """Forecast issues that are decided together: as a whole, one by one, and with trades between them."""
    from foedus.dossiers.packages import package_asked
    from foedus.explain.packages import package as answer_to
    from foedus.reports.package import earlier_package, package_sections, saved_section, told_package

    dossier = opened(folder, max_marking)
    asked = package_asked(dossier, parts or (), link or (), save or "")
    answer = answer_to(dossier, asked, as_of, on, draws, seed)
    if save:
        from foedus.dossiers.packages import add_package

        add_package(folder, asked)
    earlier = None if since is None else earlier_package(since, answer)

    def sections() -> list[Section | None]:
        return [*package_sections(answer, earlier), saved_section(folder, save) if save else None]

    return Reply(answer, sections=sections, reports=report, told=lambda: told_package(answer, earlier), by=by)
