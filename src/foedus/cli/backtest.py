"""``foedus backtest``: how well each model foretells decisions whose outcome is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import Scheduler, Seed, WorkersCount, workers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.reports.sections import Section


@answering()
def backtest(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A file or folder of decisions with outcomes, or of UNBench; packaged: 'consensus', 'unseen', and "
            "'answers': how rivals answered what others did.",
        ),
    ],
    model: Annotated[
        list[str] | None, typer.Option("--model", metavar="NAME", help="A model of the board; by default all.")
    ] = None,
    no_fit: Annotated[
        bool, typer.Option("--no-fit", help="Fit nothing: score the shipped parameters as they are.")
    ] = False,
    folds: Annotated[int, typer.Option("--folds", metavar="N", help="How many parts the cross-validation has.")] = 10,
    repeats: Annotated[
        int, typer.Option("--repeats", metavar="N", help="How often the issues are dealt into parts anew.")
    ] = 5,
    seed: Seed = 1,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Also write a report: FILE.html.")
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="Write the four tables of such a folder into FILE, empty, and stop.")
    ] = False,
    workers: WorkersCount = 1,
    scheduler: Scheduler = "",
) -> Reply:
    """Score models on decisions with known outcomes."""
    if template:
        return _template(Path(file))
    from foedus.backtests import run_backtest, run_consensus
    from foedus.backtests.consensus_set import packaged_folder
    from foedus.backtests.security_council import is_unbench

    where = workers_of(workers, scheduler)
    if file == "answers" and not Path(file).exists():
        return _answers(report)
    if is_unbench(Path(file)):
        return _votes_in_the_council(file, report)
    packaged = file in ("consensus", "unseen") and not Path(file).exists()
    if packaged or Path(file).is_dir():
        folder = None if packaged and file == "consensus" else packaged_folder(file) if packaged else Path(file)
        tested = run_consensus(tuple(model or ()), fit=not no_fit, seed=seed, folder=folder, workers=where)
    else:
        tested = run_backtest(
            Path(file), tuple(model or ()), fit=not no_fit, folds=folds, repeats=repeats, seed=seed, workers=where
        )

    def write(path: Path) -> None:
        from foedus.reports.backtest import save_backtest

        save_backtest(tested, path)

    def sections() -> Sequence[Section | None]:
        from foedus.reports.scores import backtest_sections

        return backtest_sections(tested, ())

    return Reply(tested, sections=sections, reports=[] if report is None else [report], writes=write)


def _template(folder: Path) -> Reply:
    """Write empty tables, and say where their columns are explained."""
    from foedus.backtests.consensus_set import write_template

    written = write_template(folder)

    def sections() -> list[Section]:
        from foedus.reports.scores import template_section

        return [template_section(folder, written)]

    return Reply({"written": [path.name for path in written]}, sections=sections)


def _votes_in_the_council(folder: str, report: Path | None) -> Reply:
    from foedus.backtests.security_council import run_security_council

    checked = run_security_council(folder)

    def write(path: Path) -> None:
        from foedus.reports.council_check import save_council_check

        save_council_check(checked, path)

    def sections() -> Sequence[Section | None]:
        from foedus.reports.council_check import council_check_sections

        return council_check_sections(checked)

    return Reply(checked, sections=sections, reports=[] if report is None else [report], writes=write)


def _answers(report: Path | None) -> Reply:
    """Score the record of answers on its own acts."""
    from foedus.base.errors import FoedusError
    from foedus.strategy.record.backtest import backtest_answers
    from foedus.world import packaged_world

    if report is not None:
        raise FoedusError("--report: the record of answers has no page of its own; leave it out")
    tested = backtest_answers(packaged_world())

    def sections() -> Sequence[Section | None]:
        from foedus.reports.record import tested_sections

        return tested_sections(tested)

    return Reply(tested, sections=sections)
