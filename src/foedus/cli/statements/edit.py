"""``foedus statements DIR edit``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder
from foedus.cli.statements.options import By, Day, SourceWording, Why, told, who_decides

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.reports.sections import Section


@answering()
def edit(
    folder: DossierFolder,
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="The statement by number or id, or the id of a source or a claim.")
    ],
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
    """Change cells of a statement, a source or a claim; every other byte of the table stays as it is."""
    from foedus.base.errors import FoedusError
    from foedus.coding.changing import named
    from foedus.coding.deciding import edit as edit_cells
    from foedus.dossiers.filtering import ids_named
    from foedus.dossiers.read import read_dossier

    given = {"actor": actor, "concept": concept, "stance": stance, "kind": kind, "venue": venue, "quote": quote}
    values = {name: value for name, value in given.items() if value is not None}
    for cell in cells or ():
        name, mark, value = cell.partition("=")
        if not mark:
            raise FoedusError(f"--set {cell!r}: expected COLUMN=TEXT, such as --set until=2024-01-01")
        values[name.strip()] = value
    if not values and not use_source_wording:
        raise FoedusError("nothing to change; give a cell, such as --stance -1 or --set until=2024-01-01")
    if named(read_dossier(folder), id_) is not None:
        return _of_a_row(folder, id_, values)
    [id_] = ids_named(read_dossier(folder), [id_])[:1]
    entry = edit_cells(folder, id_, values, who_decides(by, day, reason), use_source_wording=use_source_wording)
    return told(entry, "nothing to do: the cells have these values already")


def _of_a_row(folder: Path, id_: str, values: dict[str, str]) -> Reply:
    """Change a source or a claim, of which there is no journal: the answer holds the line that takes it back."""
    from foedus.coding.changing import change_row

    changed = change_row(folder, id_, values)

    def sections() -> list[Section]:
        from foedus.reports.entered import changed_section

        return [changed_section(changed, folder)]

    return Reply(changed, sections=sections)
