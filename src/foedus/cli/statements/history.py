"""``foedus statements DIR history``."""

from __future__ import annotations

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder, MaxMarking, opened
from foedus.cli.statements.options import in_words


@answering()
def history(folder: DossierFolder, max_marking: MaxMarking = None) -> Reply:
    """Show what was decided, by whom and when, the latest last."""
    from foedus.coding.journal import journal_of, recover

    dossier = opened(folder, max_marking)
    told = recover(folder)
    journal = journal_of(dossier)

    def show() -> None:
        from foedus.base.wording import counted
        from foedus.cli.tables import console, show

        show(
            console(),
            counted(len(journal.entries), "decision"),
            ["entry", "what", "by", "day", "reason", "undone"],
            [
                [
                    str(one.entry.number),
                    in_words(one.entry),
                    one.entry.by,
                    str(one.entry.on or ""),
                    one.entry.why,
                    "yes" if one.undone else "skipped" if one.skipped else "",
                ]
                for one in journal.listed
            ],
            numbers=[0],
        )
        if told and max_marking is None:
            typer.echo(told)
        if journal.edited_elsewhere:
            typer.echo("statements.csv has been edited elsewhere since the last of these; undo keeps such edits")

    return Reply(journal, show)
