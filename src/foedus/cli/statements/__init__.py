"""``foedus statements``: who said what, and what a person makes of it."""

from __future__ import annotations

import typer
from typer.core import TyperGroup

from foedus.cli.pipes import until_the_reader_goes
from foedus.cli.statements import (
    accept,
    adding,
    agreement,
    edit,
    exporting,
    history,
    importing,
    listing,
    merge,
    reject,
    undo,
)


class _FolderFirst(TyperGroup):
    """Reads ``DIR accept s1`` as ``accept DIR s1``, and ``DIR`` alone as ``list DIR``."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        if len(args) > 1 and args[0] not in self.commands and args[1] in self.commands:
            args = [args[1], args[0], *args[2:]]
        elif args and args[0] not in self.commands and args[0] not in {"--help", "-h"}:
            args = ["list", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_FolderFirst,
    help="List a dossier's statements; add, accept, reject, edit, merge, undo; compare coders; exchange.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
for _name, _command in (
    ("list", listing.statements),
    ("add", adding.add),
    ("accept", accept.accept),
    ("reject", reject.reject),
    ("edit", edit.edit),
    ("merge", merge.merge),
    ("undo", undo.undo),
    ("history", history.history),
    ("agreement", agreement.agreement),
    ("import", importing.import_),
    ("export", exporting.export),
):
    app.command(_name)(until_the_reader_goes(_command))
