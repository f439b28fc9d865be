"""Arguments and options that several commands share, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
Seed = Annotated[int, typer.Option("--seed", metavar="S", help="The same seed gives the same answer.")]
MaxMarking = Annotated[
    str | None,
    typer.Option(
        "--max-marking",
        metavar="MARKING",
        help="Leave out whatever is marked above this, as if it were not in the dossier.",
    ),
]
