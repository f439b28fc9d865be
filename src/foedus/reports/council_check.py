"""The check of votes in the Security Council as sections: the scores, beside a constant and language models."""

from __future__ import annotations

from pathlib import Path

from foedus._version import __version__
from foedus.backtests.security_council import PUBLISHED, Check, CouncilCheck
from foedus.base.files import write_atomically
from foedus.base.wording import tenth
from foedus.reports.backtest import page_of_backtest
from foedus.reports.html import sections_page
from foedus.reports.numbers import Number, count
from foedus.reports.sections import PAGE, STRONG, Part, Section, Text, muted, table, text

_FEW = 200
"""Fewer forecasts than this tell models apart only where they are far apart."""
_TASKS = {"votes": "single votes", "adoption": "fate of drafts"}
_WHAT = {"votes": "voted yes", "adoption": "were adopted"}


def council_check_sections(council_check: CouncilCheck) -> tuple[Section, ...]:
    """Return the check as a terminal and a page show it."""
    return (
        _about(council_check),
        _scores(council_check),
        _published(),
        Section(
            "colophon",
            "",
            (muted("Foedus {}. SHA-256 of the data: {}.", __version__, council_check.data_sha256),),
            media=(PAGE,),
        ),
    )


def save_council_check(council_check: CouncilCheck, path: Path | str) -> None:
    """Write the check as a page, ``FILE.html``."""
    target = page_of_backtest(path)
    title = f"Votes in the Security Council: {council_check.data}"
    write_atomically(target, sections_page(title, council_check_sections(council_check)))


def _about(council_check: CouncilCheck) -> Section:
    told = [_told(check) for check in council_check.checks]
    few = text("Warning: these are too few to tune on, or to tell good models apart.", tone=STRONG)
    how = text(
        "Nothing is fitted to votes in the Council. Foedus infers who withholds a yes from votes in the "
        "General Assembly up to {}, how the Council decides from its rule, and how often it is unanimous "
        "from a published share.",
        str(council_check.votes_end),
    )
    warnings = [few] if any(check.issues < _FEW for check in council_check.checks) else []
    return Section("about", f"Votes in the Security Council: {council_check.data}", (*told, how, *warnings), 1)


def _told(check: Check) -> Text:
    left = f"; {check.left_out} left out because its text gives no year" if check.left_out else ""
    return text(
        "{}: {} of {} {}{}.",
        _TASKS[check.task].capitalize(),
        count(check.positives),
        count(check.issues),
        _WHAT[check.task],
        left,
    )


def _number(value: float | None) -> Part:
    return "" if value is None else Number(value, "score")


def _scores(council_check: CouncilCheck) -> Section:
    headings = ("task", "forecast", "accuracy", "balanced", "AUC", "Brier", "log")
    rows: list[tuple[Part, ...]] = []
    for check in council_check.checks:
        own = (check.accuracy, check.balanced_accuracy, check.auc, check.brier, check.log_score)
        rows.append((_TASKS[check.task], "Foedus", *map(_number, own)))
        always = check.positives / check.issues
        flat = (
            always,
            check.balanced_accuracy and 0.5,
            check.auc and 0.5,
            check.brier_of_constant,
            check.log_score_of_constant,
        )
        rows.append((_TASKS[check.task], f"always {tenth(check.base)} yes", *map(_number, flat)))
    words = muted(
        "Accuracy counts the likelier answer as the forecast; balanced accuracy gives both outcomes the "
        "same weight; AUC is how often what happened was called likelier than what did not. For Brier and "
        "log scores, lower is better."
    )
    return Section("scores", "Scores", (table(headings, rows, range(2, 7)), words))


def _published() -> Section:
    rows = [
        (_TASKS[task], model, _number(accuracy), _number(balanced), source)
        for task, model, accuracy, balanced, source in PUBLISHED
    ]
    words = muted(
        "The benchmark is UNBench: Liang et al. (2026), AAAI, arXiv:2502.14122. Its own table of models was not seen; "
        "these are public reruns of its tasks, most of them on other samples than this."
    )
    return Section(
        "published",
        "Language models on the same tasks",
        (table(("task", "model", "accuracy", "balanced", "source"), rows, (2, 3)), words),
    )
