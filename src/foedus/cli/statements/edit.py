"""``foedus statements DIR edit``."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder
from foedus.cli.statements.options import By, Day, SourceWording, Why, told, who_decides


@answering()
def edit(
    folder: DossierFolder,
    id_: Annotated[str, typer.Argument(metavar="ID", help="Id of the statement.")],
    actor: Annotated[str | None, typer.Option("--actor", metavar="ID", help="Whose stance it is.")] = None,
    concept: Annotated[str | None, typer.Option("--concept", metavar="ID", help="On which concept.")] = None,
    stance: Annotated[str | None, typer.Option("--stance", metavar="N", help="-1, 0 or 1.")] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="How directly the words come from the actor.")
    ] = None,
    venue: Annotated[str | None, typer.Option("--venue", metavar="VENUE", help="public or private.")] = None,
    quote: Annotated[str | None, typer.Option("--quote", metavar="TEXT", help="The words of the source.")] = None,
    cells: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="COLUMN=TEXT", help="Any column of the table; may be repeated."),
    ] = None,
    use_source_wording: SourceWording = False,
    by: By = "",
    day: Day = None,
    reason: Why = "",
) -> Reply:
    """Change cells of one statement; every other byte of the table stays as it is."""
    from foedus.base.errors import FoedusError
    from foedus.coding.deciding import edit as edit_cells

    given = {"actor": actor, "concept": concept, "stance": stance, "kind": kind, "venue": venue, "quote": quote}
    values = {name: value for name, value in given.items() if value is not None}
    for one in cells or ():
        name, mark, value = one.partition("=")
        if not mark:
            raise FoedusError(f"--set {one!r}: expected COLUMN=TEXT, such as --set until=2024-01-01")
        values[name.strip()] = value
    if not values and not use_source_wording:
        raise FoedusError("nothing to change; give a cell, such as --stance -1 or --set until=2024-01-01")
    entry = edit_cells(folder, id_, values, who_decides(by, day, reason), use_source_wording=use_source_wording)
    return told(entry, "nothing to do: the cells have these values already")
