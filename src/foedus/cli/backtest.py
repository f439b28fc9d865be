"""``foedus backtest``: how well each model foretells decisions whose outcome is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.options import AsJson

if TYPE_CHECKING:
    from foedus.backtests import Backtest


def backtest(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="A file or folder of decisions with outcomes; 'consensus': the packaged ones."
        ),
    ],
    model: Annotated[
        list[str] | None, typer.Option("--model", metavar="NAME", help="A model of the board; by default all.")
    ] = None,
    no_fit: Annotated[
        bool, typer.Option("--no-fit", help="Fit nothing: score the shipped parameters as they are.")
    ] = False,
    folds: Annotated[int, typer.Option("--folds", metavar="N", help="Parts of the cross-validation.")] = 10,
    repeats: Annotated[int, typer.Option("--repeats", metavar="N", help="How often the parts are dealt anew.")] = 5,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="The same seed gives the same answer.")] = 1,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Also write a report: FILE.html.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Score models on decisions with known outcomes."""
    from foedus.backtests import run_backtest, run_consensus
    from foedus.base.answers import as_json

    packaged = file == "consensus" and not Path(file).exists()
    if packaged or Path(file).is_dir():
        folder = None if packaged else Path(file)
        found = run_consensus(tuple(model or ()), fit=not no_fit, seed=seed, folder=folder)
    else:
        found = run_backtest(Path(file), tuple(model or ()), fit=not no_fit, folds=folds, repeats=repeats, seed=seed)
    if report is not None:
        from foedus.reports.backtest import save_backtest

        save_backtest(found, report)
    if json:
        typer.echo(as_json(found.as_answer()))
        return
    _show(found)
    if report is not None:
        typer.echo(f"\nreport written to {report}")


def _show(found: Backtest) -> None:
    from foedus.cli.tables import console, show
    from foedus.ensembles.tested import reliability_words

    out = console()
    rules = ", ".join(f"{label} {count}" for label, count in found.rules.items())
    out.print(
        f"{found.data}: {len(found.table)} issues of {len(set(found.table.proposals))} {found.unit}s ({rules}); "
        f"{len(found.left_out)} left out. {found.how}\n"
    )
    for warning in found.warnings:
        out.print(f"[bold]Warning:[/bold] {warning}.")
    headings = ["model", "issues", "failed", "CRPS", "log", "3-way log", "Brier", "error", "of median", "hits"]
    headings += ["50 %", "80 %", "95 %"]
    rows = []
    for row in (one.summarised() for one in found.scored):
        mark = "* " if row["default"] else ""
        coverage = row["coverage"]
        rows.append(
            [
                mark + row["model"],
                str(row["issues"]),
                str(row["failed"]),
                _number(row["crps"], 2),
                _number(row["log_score"], 2),
                _number(row["three_way"]["log"], 3),
                _number(row["three_way"]["brier"], 3),
                _number(row["mae"], 2),
                _number(row["mae_of_median"], 2),
                _number(row["hits_within_5"], 3),
                *(_number(coverage[key], 3) for key in ("50", "80", "95")),
            ]
        )
    show(out, "", headings, rows, numbers=range(1, 13))
    against = [
        [name, _number(one.mean, 2), one.interval, str(one.issues)]
        for name, one in found.differences().items()
        if one.issues
    ]
    if against:
        out.print("")
        title = f"CRPS of {found.default.model!r} less that of each other model on the issues both answered"
        show(out, title, ["against", "difference", "95 % interval", "issues"], against, numbers=[1, 3])
    if found.unit == "dispute" and (rows := found.default.summarised()["calibration"]):
        out.print(f"\n{found.default.model}, the likeliest of nothing, something less and as proposed:")
        out.print(reliability_words(rows))
    _show_reasons(found)
    mark = f"* {found.use}. " if found.marked else ""
    out.print(
        f"\n{mark}CRPS and errors in points of the scale 0 to 100, lower is better; coverage by randomised transforms."
    )


def _show_reasons(found: Backtest) -> None:
    """Print a line for each model that failed: its first reason, how often, and how many others there are."""
    from foedus.cli.tables import console

    out = console()
    failed = [one for one in found.scored if one.reasons]
    if failed:
        out.print("\nWhy models gave no answer:")
    for one in failed:
        (reason, count), others = one.reasons[0], len(one.reasons) - 1
        more = f"; {others} other reason{'' if others == 1 else 's'}, see --json" if others else ""
        out.print(f"{one.model}: {reason} ({count} of {one.failed} issues){more}", markup=False)


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"
