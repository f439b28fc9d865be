"""``foedus tailor``: a programme fitted to one partner, or to several together."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import AsOf, DossierFolder, MaxMarking, Reports, Seed, opened


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
    as_of: AsOf = None,
    draws: Annotated[int, typer.Option("--draws", metavar="N", help="How many draws of weights.", min=1)] = 200,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
    report: Reports = None,
) -> Reply:
    """Fit a programme of cooperation to a partner: which areas, how deep, and on which weights that hangs."""
    from foedus.partnership import tailor as tailored
    from foedus.partnership.tables import PROGRAMME

    dossier = opened(folder, max_marking, (PROGRAMME,))
    answer = tailored(dossier, partner or (), as_of, budget, priority or (), keep, acceptability, draws, seed)
    if report:
        from foedus.reports.answers import save_told
        from foedus.reports.tailoring import told_programme

        for path in report:
            save_told(told_programme(answer, dossier.world), path)

    def show(why: bool) -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console, tree
        from foedus.reports.tailoring import programme_sections

        out = console()
        show_sections(out, programme_sections(answer, dossier.world))
        if why:
            out.print("")
            tree(out, answer.why().lines())
        for path in report or ():
            typer.echo(f"\nreport written to {path}")

    return Reply(answer, show, reasons=answer.why)
