"""``foedus tailor``: a programme fitted to one partner, or to several together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, DossierFolder, MaxMarking, Reports, Seed, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.reports.answers import Told
    from foedus.reports.sections import Section


@answering(why=True)
def tailor(
    folder: DossierFolder,
    partner: Annotated[
        list[str] | None,
        typer.Option("--partner", metavar="ACTOR", help="For whom; may be repeated. By default all in the table."),
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option(
            "--budget", metavar="N", help="Bandwidth: of one partner its own, of several what they share.", min=0.0
        ),
    ] = None,
    priority: Annotated[
        list[str] | None,
        typer.Option(
            "--priority",
            metavar="NAME",
            help="What weighs most: need, interest, alliance, restraint; repeated, in order. By default any weights.",
        ),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep every area of the former programme that is in the table.")
    ] = False,
    acceptability: Annotated[
        str | None,
        typer.Option(
            "--acceptability",
            metavar="ISSUE",
            help="An issue whose forecast, that something is decided, counts for areas without a chance of their own.",
        ),
    ] = None,
    rival: Annotated[
        str | None,
        typer.Option(
            "--rival", metavar="ACTOR", help="Judge how much an area provokes by what this rival answered before."
        ),
    ] = None,
    as_of: AsOf = None,
    draws: Annotated[int, typer.Option("--draws", metavar="N", help="How many draws of weights.", min=1)] = 200,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
    report: Reports = None,
) -> Reply:
    """Fit a programme of cooperation to a partner: which areas, how deep, and on which weights that hangs."""
    from foedus.partnership import tailor as tailored

    dossier = opened(folder, max_marking)
    before = None
    if rival is not None:
        from foedus.partnership.provoking import answered_before

        before = answered_before(dossier, rival, as_of or None)
    answer = tailored(dossier, partner or (), as_of, budget, priority or (), keep, acceptability, draws, seed, before)

    def sections() -> Sequence[Section | None]:
        from foedus.reports.tailoring import programme_sections

        return programme_sections(answer, dossier.world)

    def told() -> Told:
        from foedus.reports.tailoring import told_programme

        return told_programme(answer, dossier.world)

    return Reply(answer, sections=sections, reasons=answer.why, reports=report, told=told)
