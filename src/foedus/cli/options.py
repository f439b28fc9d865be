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
