"""``foedus allocate``: limited means and more than one theatre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, DossierFolder, Draws, MaxMarking, Reports, Seed, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.reports.answers import Told
    from foedus.reports.sections import Section


@answering(why=True)
def allocate(
    folder: DossierFolder,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="OWNER",
            help="Take an owner's units away, such as USA; USA@THEATRE keeps them out of one theatre only.",
        ),
    ] = None,
    balance: Annotated[
        bool, typer.Option("--balance", help="Also list pledges, aid, spending and deployments on record, by day.")
    ] = False,
    as_of: AsOf = None,
    draws: Draws = 1_000,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
    report: Reports = None,
) -> Reply:
    """Tell what each theatre lacks when contingencies come, and what one more unit is worth."""
    from foedus.base.answers import recorded
    from foedus.base.days import parse_day
    from foedus.partnership import allocate as allocated
    from foedus.partnership.balance import balance as on_record
    from foedus.partnership.enablers import enablers

    dossier = opened(folder, max_marking)
    until = parse_day(as_of) if as_of else None
    answer = allocated(dossier, without or (), draws, seed)
    entries = on_record(dossier.world, until) if balance else None
    day = until or max((row.record.as_of for row in answer.means), default=dossier.latest_known())

    def sections() -> Sequence[Section | None]:
        from foedus.reports.allocation import allocation_sections

        return allocation_sections(answer, dossier.world, entries)

    def told() -> Told:
        from foedus.reports.allocation import told_allocation

        return told_allocation(answer, dossier.world, day, entries)

    public = enablers() if answer.to_fill_in else ()
    document = {**recorded(answer), "public_numbers": public, "balance": entries}
    return Reply(document, sections=sections, reasons=answer.why, reports=report, told=told)
