"""``foedus study``: one question over dossiers, days, models and assumptions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import MaxMarking, Scheduler, WorkersCount, refuse_to_send, workers_of

if TYPE_CHECKING:
    from foedus.reports.sections import Section


@answering()
def study(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The study, in YAML; packaged: 'silence'.")],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where results and finished cells are kept.")],
    workers: WorkersCount = 1,
    scheduler: Scheduler = "",
    max_marking: MaxMarking = None,
) -> Reply:
    """Forecast every combination of what a study file varies; a rerun goes on where the last one stopped."""
    from foedus.cli.progress import steps
    from foedus.studies import read_study, run_study

    where = workers_of(workers, scheduler)
    asked = read_study(file, max_marking)
    for dossier in asked.dossiers if scheduler else ():
        refuse_to_send(dossier, max_marking)
    with steps() as step:
        found = run_study(asked, out, where, step)

    def sections() -> list[Section | None]:
        from foedus.reports.study import study_sections

        return study_sections(found, out)

    return Reply(found, sections=sections)
