"""``foedus statements DIR import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder
from foedus.cli.statements.options import By, Day, Why, who_decides

if TYPE_CHECKING:
    from foedus.coding.exchange import Imported


@answering()
def import_(
    folder: DossierFolder,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A table, .csv or .xlsx, or a project of Discourse Network Analyzer, .dna."
        ),
    ],
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=HEADING", help="What a table calls a column; may be repeated."),
    ] = None,
    stances: Annotated[
        list[str] | None,
        typer.Option(
            "--stance",
            metavar="WORD=STANCE",
            help="What a word of a table means: for, against, neither, abstains or consents; may be repeated.",
        ),
    ] = None,
    actors: Annotated[
        list[str] | None,
        typer.Option("--actor", metavar="NAME=ID", help="Who a name in the file is; may be repeated."),
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="How directly the statements come from their actors.")
    ] = "indirect",
    name: Annotated[
        str, typer.Option("--as", metavar="NAME", help="By which a table is known when it comes again.")
    ] = "",
    by: By = "",
    day: Day = None,
    reason: Why = "",
) -> Reply:
    """Import statements as candidates, from a table or Discourse Network Analyzer; again, to take over corrections."""
    from foedus.base.errors import FoedusError
    from foedus.coding.exchange import import_dna
    from foedus.coding.tabled import import_table

    named, who = _pairs("--actor", actors, "NAME=ID"), who_decides(by, day, reason)
    mapped, meant = _pairs("--map", columns, "COLUMN=HEADING"), _pairs("--stance", stances, "WORD=STANCE")
    table = file.suffix.casefold() != ".dna"
    if table:
        done = import_table(folder, file, who, columns=mapped, actors=named, stances=meant, kind=kind, name=name)
    elif mapped or meant or name:
        raise FoedusError("--map, --stance and --as are for tables; a project of Discourse Network Analyzer needs none")
    else:
        done = import_dna(folder, file, who, actors=named, kind=kind)
    failed = not (done.statements or done.present or done.corrected or done.kept)
    return Reply(done, lambda: _show(done, table=table), failed=failed)


def _pairs(option: str, given: list[str] | None, form: str) -> dict[str, str]:
    from foedus.base.errors import FoedusError

    pairs = {}
    for one in given or ():
        # of --map the heading may hold an equals sign, elsewhere the word of the file may
        left, mark, right = one.partition("=") if option == "--map" else one.rpartition("=")
        if not mark or not left or not right:
            raise FoedusError(f"{option} {one!r}: expected {form}")
        pairs[left.strip()] = right.strip()
    return pairs


def _show(done: Imported, *, table: bool) -> None:
    from foedus.base.wording import counted

    added = [counted(len(done.statements), "candidate"), counted(len(done.concepts), "concept")]
    if done.statements:
        typer.echo(f"{', '.join(added)} and {counted(len(done.sources), 'source')} added")
    elif not done.corrected:
        typer.echo("nothing was imported")
    if done.corrected:
        typer.echo(f"{counted(len(done.corrected), 'statement')} corrected: {', '.join(done.corrected)}")
    if done.kept:
        typer.echo(f"cells that were changed here by hand stay as they are: {', '.join(done.kept)}")
    if done.present:
        how = "unchanged" if table else "left as they are there: edit them to change them"
        typer.echo(f"{counted(len(done.present), 'statement')} of it in statements.csv already, {how}")
    if done.concepts:
        typer.echo("the concepts bear on no issue yet: give them issue, at_support and at_oppose in concepts.csv")
    if done.cut:
        typer.echo(f"{len(done.cut)} span several paragraphs: the quote is of the first")
    if done.others:
        typer.echo(f"{counted(done.others, 'statement')} of other types left out")
    for name, count in done.unknown.items():
        typer.echo(f'left out, {counted(count, "statement")} of {name!r}: name the actor, --actor "{name}=ID"')
    for problem in done.refused:
        typer.echo(f"left out: {problem}")
    if done.gone:
        typer.echo(f"here from an earlier import, and not among the sound rows now: {', '.join(done.gone)}")
