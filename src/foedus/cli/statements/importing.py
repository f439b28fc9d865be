"""``foedus statements DIR import``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder
from foedus.cli.statements.options import By, Day, Why, who_decides


@answering()
def import_(
    folder: DossierFolder,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A project of Discourse Network Analyzer, .dna.")],
    actors: Annotated[
        list[str] | None,
        typer.Option("--actor", metavar="NAME=ID", help="Who an organisation is; may be repeated."),
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="How directly the statements come from their actors.")
    ] = "indirect",
    by: By = "",
    day: Day = None,
    reason: Why = "",
) -> Reply:
    """Import documents, concepts and statements from Discourse Network Analyzer, as candidates."""
    from foedus.base.errors import FoedusError
    from foedus.cli.tables import counted
    from foedus.coding.exchange import import_dna

    named = {}
    for one in actors or ():
        name, mark, id_ = one.rpartition("=")
        if not mark or not name:
            raise FoedusError(f"--actor {one!r}: expected NAME=ID")
        named[name] = id_
    done = import_dna(folder, file, who_decides(by, day, reason), actors=named, kind=kind)

    def show() -> None:
        added = [counted(len(done.statements), "candidate"), counted(len(done.concepts), "concept")]
        if done.statements:
            typer.echo(f"{', '.join(added)} and {counted(len(done.sources), 'source')} added")
        else:
            typer.echo("nothing was imported")
        if done.present:
            typer.echo(
                f"{counted(len(done.present), 'statement')} of it in statements.csv already, left as they are there: "
                "edit them to change them"
            )
        if done.concepts:
            typer.echo("the concepts bear on no issue yet: give them issue, at_support and at_oppose in concepts.csv")
        if done.cut:
            typer.echo(f"{len(done.cut)} span several paragraphs: the quote is of the first")
        if done.others:
            typer.echo(f"{counted(done.others, 'statement')} of other types left out")
        for name, count in done.unknown.items():
            typer.echo(f'left out, {counted(count, "statement")} of {name!r}: name the actor, --actor "{name}=ID"')

    return Reply(done, show, failed=not done.statements and not done.present)
