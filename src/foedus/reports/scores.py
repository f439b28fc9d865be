"""A backtest as sections: what was scored, the board of models, why some gave no answer, differences, breakdowns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from foedus._version import __version__
from foedus.backtests import Backtest
from foedus.base.wording import counted
from foedus.ensembles.tested import reliability_words
from foedus.reports.numbers import Number, count
from foedus.reports.sections import (
    CODE,
    ON_PAPER,
    PAGE,
    STRONG,
    Block,
    Figure,
    Part,
    Section,
    bullets,
    muted,
    table,
    text,
)


def template_section(folder: Path, written: Sequence[Path]) -> Section:
    """Return which empty tables were written, and what to do when they are filled in."""
    lines = [f"{path} was written: 'foedus schema {path.name}' explains its columns" for path in written]
    last = f"when they are filled in: foedus backtest {folder}"
    return Section("template", "", tuple(text(line, tone=CODE) for line in (*lines, last)))


def backtest_sections(backtest: Backtest, shown: Collection[str]) -> tuple[Section | None, ...]:
    """Return a backtest as a terminal and a page show it.

    Parameters
    ----------
    backtest
        What was scored.
    shown
        The models that breakdowns compare.
    """
    return (
        _about(backtest),
        _board(backtest),
        _calibration(backtest),
        Section("crps", "", (Figure("crps"),), media=ON_PAPER),
        Section("reliability", "", (Figure("reliability"),), media=ON_PAPER),
        _differences(backtest),
        _breakdowns(backtest, shown),
        Section(
            "colophon",
            "",
            (muted("Foedus {}. SHA-256 of the data: {}.", __version__, backtest.data_sha256 or "not from a file"),),
            media=(PAGE,),
        ),
    )


def _calibration(backtest: Backtest) -> Section | None:
    """Return how often what the marked model called so likely came; None where the three classes mean nothing."""
    rows = backtest.default.summarised()["calibration"] if backtest.unit == "dispute" else None
    if not rows:
        return None
    what = f"{backtest.default.model}, the likeliest of nothing, something less and as proposed"
    return Section("calibration", what, (text("{}", reliability_words(rows)),), 3)


def _about(backtest: Backtest) -> Section:
    rules = ", ".join(f"{label} {number}" for label, number in backtest.rules.items())
    told = text(
        "{} issues of {} {}s (rules: {}); {} left out for want of an outcome or of three positions. {}",
        count(len(backtest.table)),
        count(len(set(backtest.table.proposals))),
        backtest.unit,
        rules,
        count(len(backtest.left_out)),
        backtest.how,
    )
    warnings = [text("Warning: {}.", warning, tone=STRONG) for warning in backtest.warnings]
    return Section("about", f"Backtest of {backtest.data}", (told, *warnings), 1)


def _number(value: float | None, unit: str) -> Part:
    return "" if value is None else Number(value, unit)


def _board(backtest: Backtest) -> Section:
    """Return the models with their scores, the best first, and why some of them gave no answer."""
    headings = ("model", "issues", "failed", "CRPS", "log", "3-way log", "Brier", "error", "of median", "hits")
    rows = [_scores(scored.summarised()) for scored in backtest.scored]
    kept = table((*headings, "50 %", "80 %", "95 %"), rows, range(1, 13))
    blocks: list[Block] = [kept]
    if backtest.marked:
        blocks.append(text("* {}.", backtest.use))
    blocks.append(
        muted(
            "CRPS and errors are in points of the scale 0 to 100; lower is better. Hits lie within 5 points. The last "
            "columns tell how much of what happened lay in the central interval of each width. A model without an "
            "answer on an issue is scored on the others."
        )
    )
    failed = [scored for scored in backtest.scored if scored.reasons]
    if failed:
        blocks.append(text("Why models gave no answer:"))
        blocks.append(bullets(_reason(scored.model, scored.failed, scored.reasons) for scored in failed))
    return Section("board", "Leader board", tuple(blocks))


def _scores(row: dict[str, Any]) -> tuple[Part, ...]:
    return (
        ("* " if row["default"] else "") + row["model"],
        count(row["issues"]),
        count(row["failed"]),
        _number(row["crps"], "crps"),
        _number(row["log_score"], "crps"),
        _number(row["three_way"]["log"], "score"),
        _number(row["three_way"]["brier"], "score"),
        _number(row["mae"], "crps"),
        _number(row["mae_of_median"], "crps"),
        _number(row["hits_within_5"], "score"),
        *(_number(row["coverage"][key], "score") for key in ("50", "80", "95")),
    )


def _reason(model: str, failed: int, reasons: Any) -> str:
    (reason, issues), others = reasons[0], len(reasons) - 1
    more = f"; {counted(others, 'other reason')}, see --json" if others else ""
    return f"{model}: {reason} ({issues} of {failed} issues){more}"


def _differences(backtest: Backtest) -> Section | None:
    rows = [
        (name, _number(difference.mean, "crps"), difference.interval, count(difference.issues))
        for name, difference in backtest.differences().items()
        if difference.issues
    ]
    if not rows:
        return None
    words = muted(
        "CRPS of {} less that of each other model, on the issues that both answered, with 95 % intervals of a paired "
        "bootstrap over whole {}s.",
        repr(backtest.default.model),
        backtest.unit,
    )
    kept = table(("against", "difference", "95 % interval", "issues"), rows, (1, 3))
    return Section("differences", "Differences", (words, kept))


def _breakdowns(backtest: Backtest, shown: Collection[str]) -> Section:
    models = [scored for scored in backtest.scored if scored.model in shown]
    rows = [
        (by, label, count(int(picked.sum())), *(_number(model.summarised(picked)["crps"], "crps") for model in models))
        for by, label, picked in backtest.breakdowns()
    ]
    kept = table(("by", "group", "issues", *(model.model for model in models)), rows, range(2, 3 + len(models)))
    words = muted("CRPS on the issues of each group. Small groups say little.")
    return Section("breakdowns", "Breakdowns", (words, kept), media=(PAGE,))
