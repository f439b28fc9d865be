"""Arguments and options of the commands that decide on statements."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.answering import Reply, answering, with_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from foedus.coding.deciding import Who
    from foedus.coding.journal import Decision
    from foedus.dossiers import Dossier

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Ids of statements; or use the filters.")]
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

    filters = {"actor": dossier.world.find(actor) if actor else None, "concept": concept, "source": source}
    filters["coder"] = coder
    filtered = above is not None or any(value is not None for value in filters.values())
    if ids and filtered:
        raise FoedusError("name ids or give filters, not both")
    if ids:
        return ids
    if not filtered:
        raise FoedusError("no statement is named; give ids, or filters such as --above 0.7 --actor FRA")
    check_filters(dossier, filters, above)
    found = [
        one.id
        for one in dossier.statements
        if one.status == "candidate"
        and (above is None or one.certainty >= above)
        and all(value is None or getattr(one, key) == value for key, value in filters.items())
    ]
    if not found:
        raise FoedusError("no candidate passes these filters; 'foedus statements DIR --status candidate' lists them")
    return found


def check_filters(dossier: Dossier, filters: Mapping[str, str | None], above: float | None) -> None:
    """Refuse a filter that could never pass: a share out of range, or a name that the dossier does not have.

    Raises
    ------
    FoedusError
        The message lists the names there are.
    """
    from foedus.base.errors import FoedusError

    if above is not None and not 0 <= above <= 1:
        raise FoedusError(f"--above {above:g}: expected a certainty from 0 to 1")
    named = {key: {getattr(one, key) for one in dossier.statements} for key in filters}
    named.get("concept", set()).update(one.id for one in dossier.concepts)
    named.get("source", set()).update(dossier.sources)
    named.get("status", set()).update(("candidate", "accepted", "rejected"))
    for key, value in filters.items():
        if value is not None and value not in named[key] and key != "actor":
            there = ", ".join(sorted(one or "no name" for one in named[key])) or "none"
            raise FoedusError(f"--{key} {value!r}: the dossier has no such {key}; there are {there}")


def told(entry: Decision | None, nothing: str = "") -> Reply:
    """Return what was decided, or what to say where nothing was."""
    words = nothing if entry is None else f"entry {entry.number}: {in_words(entry)}"
    return Reply({"entry": entry}, lambda: typer.echo(words))


def in_words(entry: Decision) -> str:
    """Return an entry as a line for people."""
    listed = ", ".join(one.id for one in entry.changes[:6])
    if len(entry.changes) > 6:
        listed += f" and {len(entry.changes) - 6} more"
    if entry.action == "skip":
        return f"skip entry {entry.undoes}: the table stays as it is"
    what = f"{entry.action} {listed}" if entry.undoes is None else f"undo entry {entry.undoes}: {listed}"
    if entry.action in {"edit", "undo"} and len(entry.changes) == 1:
        [change] = entry.changes
        cells = ", ".join(f"{name} {change.before[name]!r} to {value!r}" for name, value in change.after.items())
        what += f" ({cells})"
    return what
