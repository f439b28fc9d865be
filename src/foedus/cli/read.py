"""``foedus read``: documents to candidate statements."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering

if TYPE_CHECKING:
    from foedus.coding.intake import Intake
    from foedus.reports.sections import Section


@answering()
def read(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Text, HTML, PDF, Word, odt, rtf, xlsx, eml; folders, zips; clippings."),
    ],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="The dossier's folder.")],
    coder: Annotated[
        str,
        typer.Option(
            "--coder", metavar="NAME", help="rules, lm (a language model, with the extra 'lm'), or an installed one."
        ),
    ] = "rules",
    accept_above: Annotated[
        float | None,
        typer.Option("--accept-above", metavar="P", help="Accept candidates with at least this certainty, 0 to 1."),
    ] = None,
    least: Annotated[
        float, typer.Option("--least", metavar="P", help="Leave out candidates with less than this certainty.")
    ] = 0.1,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DAY", help="When undated documents were published.")
    ] = None,
    known: Annotated[
        str | None,
        typer.Option("--known", metavar="DAY", help="When undated documents count as known; by default today."),
    ] = None,
    marking: Annotated[
        str, typer.Option("--marking", metavar="MARKING", help="Who may read what the new documents say.")
    ] = "public",
    max_marking: Annotated[
        str,
        typer.Option(
            "--max-marking", metavar="MARKING", help="With --coder lm: send no text that is marked above this."
        ),
    ] = "public",
    jobs: Annotated[
        int,
        typer.Option(
            "--workers", "--jobs", metavar="N", help="How many processes read side by side; 0: as many as help."
        ),
    ] = 0,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding", metavar="NAME", help="The encoding of text files that are not UTF-8, such as cp1250."
        ),
    ] = None,
) -> Reply:
    """Read documents into a dossier and propose statements; none counts before somebody accepts it."""
    from foedus.base.days import maybe_day
    from foedus.coding.intake import Wishes, coder_for_other_languages, coder_named, jobs_for, read_into

    wishes = Wishes(
        coder_named(coder),
        accept_above,
        least,
        maybe_day(published or None, "--published"),
        maybe_day(known or None, "--known"),
        encoding or "",
        coder_for_other_languages(),
        marking=marking,
        max_marking=max_marking,
    )
    intake = _with_progress(lambda tell: read_into(into, files, wishes, jobs=jobs or jobs_for(files), progress=tell))

    def sections() -> list[Section | None]:
        from foedus.reports.intake import intake_sections

        return intake_sections(intake, unbidden=accept_above is None)

    return Reply(intake, sections=sections, failed=bool(intake.refused) and not intake.documents)


def _with_progress(work: Callable[[Callable[[int, int], None] | None], Intake]) -> Intake:
    """Run with progress on standard error where that is a terminal; an interrupt says how much is kept."""
    from foedus.cli.progress import steps

    done = 0
    with steps() as step:

        def tell(number: int, total: int) -> None:
            nonlocal done
            done = number
            if step is not None:
                step("reading", number, total)

        try:
            return work(tell)
        except KeyboardInterrupt as stop:
            kept = "1 document is" if done == 1 else f"{done} documents are"
            stop.add_note(f"{kept} kept; the same command goes on with the rest")
            raise
