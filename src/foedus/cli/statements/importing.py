"""``foedus statements DIR import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder, MaxMarking, opened
from foedus.cli.statements.options import By, Day, Why, who_decides

if TYPE_CHECKING:
    from foedus.coding.offers import Imported


@answering()
def import_(
    folder: DossierFolder,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A table, .csv or .xlsx; a project of Discourse Network Analyzer, .dna; a REFI-QDA project or code "
            "book, .qdpx or .qdc; or a colleague's dossier.",
        ),
    ],
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN=NAME", help="What a file calls a column, a variable or a code; may be repeated."
        ),
    ] = None,
    stances: Annotated[
        list[str] | None,
        typer.Option(
            "--stance",
            metavar="WORD=STANCE",
            help="What a word, number or code means: for, against, neither, abstains or consents; * for all others; "
            "may be repeated.",
        ),
    ] = None,
    actors: Annotated[
        list[str] | None,
        typer.Option("--actor", metavar="NAME=ID", help="Who a name in the file is; may be repeated."),
    ] = None,
    new_actors: Annotated[
        bool, typer.Option("--new-actors", help="Add actors that the world does not know to the dossier's own world.")
    ] = False,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="How directly the statements come from their actors.")
    ] = "indirect",
    name: Annotated[
        str, typer.Option("--as", metavar="NAME", help="By which a file is known when it comes again.")
    ] = "",
    by: By = "",
    day: Day = None,
    reason: Why = "",
    max_marking: MaxMarking = None,
) -> Reply:
    """Import statements as candidates, from tables and other programs, or merge a colleague's; again, to correct."""
    from foedus.base.errors import FoedusError
    from foedus.coding.exchange import import_dna, import_dossier
    from foedus.coding.offers import Meant
    from foedus.coding.qualitative import import_qdc, import_qdpx
    from foedus.coding.tabled import import_table

    who = who_decides(by, day, reason)
    mapped = _pairs("--map", columns, "COLUMN=NAME")
    meant = Meant(
        _pairs("--actor", actors, "NAME=ID"), _pairs("--stance", stances, "WORD=STANCE"), kind, new_actors=new_actors
    )
    ending = file.suffix.casefold()
    if max_marking is not None and not file.is_dir():
        raise FoedusError("--max-marking is for a colleague's dossier; other files have no markings")
    if (file.is_dir() or ending == ".qdc") and (mapped or meant != Meant()):
        raise FoedusError(f"{file.name} says what its statements are: leave out --map, --stance, --actor and --kind")
    if file.is_dir():
        done = import_dossier(folder, opened(file, max_marking), who, name=name)
    elif ending == ".dna":
        done = import_dna(folder, file, who, mapping=mapped, meant=meant, name=name)
    elif ending == ".qdpx":
        done = import_qdpx(folder, file, who, mapping=mapped, meant=meant, name=name)
    elif ending == ".qdc":
        done = import_qdc(folder, file)
    else:
        done = import_table(folder, file, who, columns=mapped, meant=meant, name=name)
    taken = done.statements or done.present or done.corrected or done.kept
    failed = not taken and ending != ".qdc"
    return Reply(done, lambda: _show(done), failed=failed)


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


_SHOWN = 12
"""How many rows that were left out are named on the screen."""


def _show(done: Imported) -> None:
    from foedus.base.wording import and_, counted

    added = [counted(len(done.statements) - len(done.alike), "candidate"), counted(len(done.concepts), "concept")]
    added += [counted(len(done.sources), "source"), *([counted(len(done.actors), "actor")] if done.actors else [])]
    if done.statements or done.concepts:
        typer.echo(f"{and_(added)} added")
    elif not done.corrected:
        typer.echo("nothing new was found" if done.present else "nothing was imported")
    told = (
        (done.corrected, f"{counted(len(done.corrected), 'statement')} corrected: {', '.join(done.corrected)}"),
        (done.kept, f"cells that were changed here by hand stay as they are: {', '.join(done.kept)}"),
        (done.present, f"{counted(len(done.present), 'statement')} of it in statements.csv already, unchanged"),
        (done.alike, f"{counted(len(done.alike), 'statement')} coded alike here, added as rejected"),
        (done.concepts, "new concepts bear on no issue yet: give them issue, at_support and at_oppose in concepts.csv"),
        (done.cut, f"{counted(len(done.cut), 'quote')} cut to the beginning: the span is longer than a quote may be"),
        (done.others, f"{done.others} of other types, notes and the like left out: no statement can be made of them"),
    )
    for there, words in told:
        if there:
            typer.echo(words)
    if done.conflicts:
        _show_conflicts(done)
    for name, count in done.unknown.items():
        typer.echo(f'left out, {counted(count, "statement")} of {name!r}: name the actor, --actor "{name}=ID"')
    if done.unknown:
        typer.echo("or add these as actors of the dossier's own world, rows of world/actors.csv: --new-actors")
    for problem in done.refused[:_SHOWN]:
        typer.echo(f"left out: {problem}")
    if len(done.refused) > _SHOWN:
        typer.echo(f"left out: {len(done.refused) - _SHOWN} more, which --json lists")
    if done.gone:
        typer.echo(f"here from an earlier import, and not among the sound rows now: {', '.join(done.gone)}")


def _show_conflicts(done: Imported) -> None:
    from foedus.cli.tables import console, show

    rows = [
        [
            conflict.ours,
            conflict.theirs,
            f"{conflict.source} {conflict.passage}" if at == 0 else "",
            variable,
            ours,
            theirs,
        ]
        for conflict in done.conflicts
        for at, (variable, ours, theirs) in enumerate(conflict.differs)
    ]
    show(console(), "coded differently", ["here", "merged", "source", "variable", "here", "merged"], rows)
