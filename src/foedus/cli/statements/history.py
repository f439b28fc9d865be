"""``foedus statements DIR history``."""

from __future__ import annotations

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder, MaxMarking, opened
from foedus.cli.statements.options import in_words


@answering()
def history(folder: DossierFolder, max_marking: MaxMarking = None) -> Reply:
    """Show what was decided, by whom and when, the latest last."""
    from foedus.base.answers import recorded
    from foedus.coding.journal import journal_of, recover

    dossier = opened(folder, max_marking)
    told = recover(folder)
    journal = journal_of(dossier)
    entries = [
        recorded(one) | {"undone": one.number in journal.undone, "skipped": one.number in journal.skipped}
        for one in journal.entries
    ]
    answer = {"edited_elsewhere": journal.edited_elsewhere, "entries": entries}

    def show() -> None:
        from foedus.cli.tables import console, counted, show

        show(
            console(),
            counted(len(journal.entries), "decision"),
            ["entry", "what", "by", "day", "reason", "undone"],
            [
                [
                    str(one.number),
                    in_words(one),
                    one.by,
                    str(one.on or ""),
                    one.why,
                    "yes" if one.number in journal.undone else "skipped" if one.number in journal.skipped else "",
                ]
                for one in journal.entries
            ],
            numbers=[0],
        )
        if told and max_marking is None:
            typer.echo(told)
        if journal.edited_elsewhere:
            typer.echo("statements.csv has been edited elsewhere since the last of these; undo keeps such edits")

    return Reply(answer, show)
