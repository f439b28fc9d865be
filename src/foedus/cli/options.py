"""Arguments and options that several commands share, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from foedus.base.workers import Workers
    from foedus.dossiers import Dossier

DossierFolder = Annotated[Path, typer.Argument(metavar="DIR", help="The dossier's folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="Use only what was known by this day (YYYY-MM-DD)."),
]
IssueId = Annotated[
    str | None,
    typer.Option("--issue", metavar="ID", help="The issue; by default that of the dossier's first page."),
]
OnDay = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day (YYYY-MM-DD); by default today.")]
WithReasons = Annotated[bool, typer.Option("--why", help="Show the reasons, each with its reference.")]
OnMeeting = Annotated[
    str | None,
    typer.Option("--on", metavar="MEETING", help="A meeting by name or day; by default the next."),
]


def _explains(name: str | None) -> str | None:
    """Refuse the ensemble where a model has to explain itself."""
    if name == "ensemble":
        from foedus.base.errors import FoedusError

        raise FoedusError(
            "the ensemble mixes models and explains nothing itself; leave out --model for the model made for the rule, "
            "or ask 'foedus forecast' for the ensemble"
        )
    return name


OneModel = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="A model; by default the rule's own.", callback=_explains),
]
Draws = Annotated[int, typer.Option("--draws", metavar="N", help="How many draws.")]
HeadlineDraws = Annotated[
    int | None,
    typer.Option(
        "--draws", metavar="N", help="How many draws; by default 10,000, or 1,000 where positions move first."
    ),
]
Seed = Annotated[int, typer.Option("--seed", metavar="S", help="The same seed gives the same answer.")]
Reports = Annotated[
    list[Path] | None,
    typer.Option("--report", metavar="FILE", help="Also write a report: FILE.html, .docx or .pdf; may be repeated."),
]
Since = Annotated[
    Path | None,
    typer.Option(
        "--since", metavar="FILE", help="Say what has changed since an earlier answer: its --json, or a ledger."
    ),
]
Author = Annotated[str, typer.Option("--by", metavar="NAME", help="Who writes the report.")]
MaxMarking = Annotated[
    str | None,
    typer.Option(
        "--max-marking",
        metavar="MARKING",
        help="Leave out whatever is marked above this, as if it were not in the dossier.",
    ),
]

WorkersCount = Annotated[
    int, typer.Option("--workers", metavar="N", help="Processes that work side by side; it changes no number.")
]
Scheduler = Annotated[
    str,
    typer.Option(
        "--scheduler", metavar="ADDRESS", help="Work on this Dask cluster instead, such as tcp://10.0.0.5:8786."
    ),
]


def workers_of(count: int, scheduler: str) -> Workers:
    """Return where units of work run, as asked for."""
    from foedus.base.workers import Workers

    return Workers(count, scheduler)


def workers_for(count: int, scheduler: str, dossier: Dossier, max_marking: str | None) -> Workers:
    """Return where units of work on a dossier run; see `refuse_to_send`."""
    if scheduler:
        refuse_to_send(dossier, max_marking)
    return workers_of(count, scheduler)


def refuse_to_send(dossier: Dossier, max_marking: str | None) -> None:
    """Refuse to send a dossier to a cluster that holds what is marked above public, unless a marking was named.

    Raises
    ------
    FoedusError
        With the option that says up to where.
    """
    from foedus.base.errors import FoedusError
    from foedus.evidence import highest

    by_hand = [row.marking for row in dossier.stakeholders] + [row.marking for row in dossier.preferences]
    sources = [source.marking for source in dossier.sources.values()]
    marked = highest([*dossier.markings_of(dossier.statements), *by_hand, *sources])
    if max_marking is None and marked != "public":
        raise FoedusError(
            f"--scheduler sends the whole dossier to the cluster, and {dossier.folder.name} holds what is marked "
            f"{marked}: --max-marking {marked} sends all of it, --max-marking public only what is public"
        )


def opened(folder: Path, max_marking: str | None) -> Dossier:
    """Return a dossier, and say on standard error which of its files no command reads.

    Parameters
    ----------
    folder, max_marking
        As for `foedus.read_dossier`.
    """
    import foedus
    from foedus.dossiers.unread import unread

    dossier = foedus.read_dossier(folder, max_marking)
    if left := unread(dossier):
        typer.echo(f"not read: {', '.join(left)}", err=True)
    return dossier


def headline_draws(draws: int | None, model: str | None) -> int:
    """Return how many draws a forecast takes: as many as ``foedus forecast`` does, so that the numbers are the same.

    Examples
    --------
    >>> headline_draws(None, None), headline_draws(None, "challenge+consensus"), headline_draws(200, None)
    (10000, 1000, 200)
    """
    return draws or (1_000 if "+" in (model or "") else 10_000)
