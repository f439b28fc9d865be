"""Arguments and options of the commands that decide on statements."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.answering import Reply, answering, with_options

if TYPE_CHECKING:
    from foedus.coding.deciding import Who
    from foedus.coding.decisions import Decision
    from foedus.dossiers import Dossier
    from foedus.reports.sections import Section

Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help="Statements by number or id, such as 1 3 5-7; or use the filters."),
]
Above = Annotated[
    float | None, typer.Option("--above", metavar="P", help="Candidates with at least this certainty, 0 to 1.")
]
Actor = Annotated[str | None, typer.Option("--actor", metavar="ID", help="Only of this actor.")]
Concept = Annotated[str | None, typer.Option("--concept", metavar="ID", help="Only on this concept.")]
Source = Annotated[str | None, typer.Option("--source", metavar="ID", help="Only from this source.")]
Coder = Annotated[str | None, typer.Option("--coder", metavar="NAME", help="Only of this coder.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides, for the journal.")]
Day = Annotated[str | None, typer.Option("--day", metavar="DAY", help="The day of the decision, for the journal.")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the journal.")]
SourceWording = Annotated[
    bool,
    typer.Option("--use-source-wording", help="Take the source's own words for a quote that nearly matches them."),
]


def who_decides(by: str, day: str | None, why: str) -> Who:
    """Return who decides, when and why.

    Raises
    ------
    FoedusError
        When the day is none.
    """
    from foedus.base.days import maybe_day
    from foedus.coding.deciding import Who

    return Who(by, maybe_day(day or None, "--day"), why)


def deciding(command: Callable[..., Reply]) -> Callable[..., None]:
    """Make a command out of a function that decides: from a folder, ids of its statements, and who decides."""
    filters = {"ids": Ids, "above": Above, "actor": Actor, "concept": Concept, "source": Source, "coder": Coder}

    @functools.wraps(command)
    def run(folder: Path, *, by: str, day: str | None, reason: str, **options: Any) -> Reply:
        import foedus

        wanted = chosen(foedus.read_dossier(folder), **{name: options.pop(name) for name in filters})
        return command(folder, wanted, who_decides(by, day, reason), **options)

    signed = {"by": (By, ""), "day": (Day, None), "reason": (Why, "")}
    added = {**{name: (option, None) for name, option in filters.items()}, **signed}
    with_options(run, command, added, without=("wanted", "who"))
    return answering()(run)


def chosen(
    dossier: Dossier,
    ids: list[str] | None,
    above: float | None,
    actor: str | None,
    concept: str | None,
    source: str | None,
    coder: str | None,
) -> list[str]:
    """Return the ids that are named, or else those of the candidates that pass every filter.

    Raises
    ------
    FoedusError
        When ids and filters are mixed, neither is given, or no candidate passes.
    """
    from foedus.base.errors import FoedusError
    from foedus.dossiers.filtering import Filters, filtered, ids_named

    filters = Filters(actor, concept, source, coder, "candidate", above)
    if ids and not filters.asks_nothing:
        raise FoedusError("name ids or give filters, not both")
    if ids:
        return ids_named(dossier, ids)
    if filters.asks_nothing:
        raise FoedusError("no statement is named; give ids, or filters such as --above 0.7 --actor FRA")
    ids_kept = [statement.id for statement in filtered(dossier, filters)]
    if not ids_kept:
        raise FoedusError("no candidate passes these filters; 'foedus statements DIR --status candidate' lists them")
    return ids_kept


def told(entry: Decision | None, nothing: str = "") -> Reply:
    """Return what was decided, or what to say where nothing was."""

    def sections() -> list[Section]:
        from foedus.reports.statements import decided_section

        return [decided_section(entry, nothing)]

    return Reply({"entry": entry}, sections=sections)
