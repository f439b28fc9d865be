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
    return Section("template", "", tuple(text(one, tone=CODE) for one in (*lines, last)))


def backtest_sections(found: Backtest, shown: Collection[str]) -> tuple[Section | None, ...]:
    """Return a backtest as a terminal and a page show it.

    Parameters
    ----------
    found
        What was scored.
    shown
        The models that breakdowns compare.
    """
    return (
        _about(found),
        _board(found),
        _calibration(found),
        Section("crps", "", (Figure("crps"),), media=ON_PAPER),
        Section("reliability", "", (Figure("reliability"),), media=ON_PAPER),
        _differences(found),
        _breakdowns(found, shown),
        Section(
            "colophon",
            "",
            (muted("Foedus {}. SHA-256 of the data: {}.", __version__, found.data_sha256 or "not from a file"),),
            media=(PAGE,),
        ),
    )


def _calibration(found: Backtest) -> Section | None:
    """Return how often what the marked model called so likely came; None where the three classes mean nothing."""
    rows = found.default.summarised()["calibration"] if found.unit == "dispute" else None
    if not rows:
        return None
    what = f"{found.default.model}, the likeliest of nothing, something less and as proposed"
    return Section("calibration", what, (text("{}", reliability_words(rows)),), 3)


def _about(found: Backtest) -> Section:
    rules = ", ".join(f"{label} {number}" for label, number in found.rules.items())
    told = text(
        "{} issues of {} {}s (rules: {}); {} left out for want of an outcome or of three positions. {}",
        count(len(found.table)),
        count(len(set(found.table.proposals))),
        found.unit,
        rules,
        count(len(found.left_out)),
        found.how,
    )
    warnings = [text("Warning: {}.", warning, tone=STRONG) for warning in found.warnings]
    return Section("about", f"Backtest of {found.data}", (told, *warnings), 1)


def _number(value: float | None, unit: str) -> Part:
    return "" if value is None else Number(value, unit)


def _board(found: Backtest) -> Section:
    """Return the models with their scores, the best first, and why some of them gave no answer."""
    headings = ("model", "issues", "failed", "CRPS", "log", "3-way log", "Brier", "error", "of median", "hits")
    rows = [_scores(one.summarised()) for one in found.scored]
    kept = table((*headings, "50 %", "80 %", "95 %"), rows, range(1, 13))
    blocks: list[Block] = [kept]
    if found.marked:
        blocks.append(text("* {}.", found.use))
    blocks.append(
        muted(
            "CRPS and errors are in points of the scale 0 to 100; lower is better. Hits lie within 5 points. The last "
            "columns tell how much of what happened lay in the central interval of each width. A model without an "
            "answer on an issue is scored on the others."
        )
    )
    failed = [one for one in found.scored if one.reasons]
    if failed:
        blocks.append(text("Why models gave no answer:"))
        blocks.append(bullets(_reason(one.model, one.failed, one.reasons) for one in failed))
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


def _differences(found: Backtest) -> Section | None:
    rows = [
        (name, _number(difference.mean, "crps"), difference.interval, count(difference.issues))
        for name, difference in found.differences().items()
        if difference.issues
    ]
    if not rows:
        return None
    words = muted(
        "CRPS of {} less that of each other model, on the issues that both answered, with 95 % intervals of a paired "
        "bootstrap over whole {}s.",
        repr(found.default.model),
        found.unit,
    )
    kept = table(("against", "difference", "95 % interval", "issues"), rows, (1, 3))
    return Section("differences", "Differences", (words, kept))


def _breakdowns(found: Backtest, shown: Collection[str]) -> Section:
    models = [one for one in found.scored if one.model in shown]
    rows = [
        (by, label, count(int(picked.sum())), *(_number(model.summarised(picked)["crps"], "crps") for model in models))
        for by, label, picked in found.breakdowns()
    ]
    kept = table(("by", "group", "issues", *(model.model for model in models)), rows, range(2, 3 + len(models)))
    words = muted("CRPS on the issues of each group. Small groups say little.")
    return Section("breakdowns", "Breakdowns", (words, kept), media=(PAGE,))
