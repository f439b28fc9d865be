"""``foedus statements DIR import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder, MaxMarking, opened
from foedus.cli.statements.options import By, Day, Why, who_decides

if TYPE_CHECKING:
    from foedus.reports.sections import Section


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
    elif ending in _ENDINGS:
        done = import_table(folder, file, who, columns=mapped, meant=meant, name=name)
    else:
        known = ", ".join(_ENDINGS)
        raise FoedusError(f"{file.name}: expected {known}, or a dossier; 'foedus read' takes documents")
    taken = done.statements or done.present or done.corrected or done.kept
    failed = not taken and ending != ".qdc"

    def sections() -> list[Section]:
        from foedus.reports.entered import imported_section

        return [imported_section(done)]

    return Reply(done, sections=sections, failed=failed)


_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".dna", ".qdpx", ".qdc")


def _pairs(option: str, given: list[str] | None, form: str) -> dict[str, str]:
    from foedus.base.errors import FoedusError

    pairs = {}
    for pair in given or ():
        # of --map the heading may hold an equals sign, elsewhere the word of the file may
        left, mark, right = pair.partition("=") if option == "--map" else pair.rpartition("=")
        if not mark or not left or not right:
            raise FoedusError(f"{option} {pair!r}: expected {form}")
        pairs[left.strip()] = right.strip()
    return pairs
