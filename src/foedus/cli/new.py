"""``foedus new``: a dossier to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    body: Annotated[str, typer.Option("--body", metavar="BODY", help="The body that decides, such as nac.")],
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day on which it meets (YYYY-MM-DD).")],
) -> None:
    """Make a dossier with the roster filled in and comments that teach the format."""
    import foedus
    from foedus.base.days import parse_day

    try:
        day = parse_day(on)
    except ValueError as error:
        raise foedus.FoedusError(f"--on: {error}") from None
    members = foedus.new_dossier(folder, body, day)
    typer.echo(
        f"made {folder} with {len(members)} members; write your question into dossier.yaml, then: foedus check {folder}"
    )
