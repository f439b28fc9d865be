"""Scores of recorded forecasts on the terminal."""

from __future__ import annotations

from foedus.cli.tables import console, show
from foedus.ledgers.scoring import Scores

_STANDINGS = {
    "forecast": ("Forecasts, recorded by the day of the meeting", "forecasts"),
    "recorded late": ("Recorded after the meeting: no forecasts", "late entries"),
    "hindsight": ("Made with knowledge from after the meeting: hindsight, no forecasts", "in hindsight"),
}


def show_scores(found: Scores) -> None:
    """Print each scored entry and each forecaster's means, forecasts apart from what came later."""
    out = console()
    for standing, (title, counted) in _STANDINGS.items():
        if found.of(standing):
            _show_standing(found, standing, title, counted)
    for n, by in found.superseded.items():
        out.print(f"Entry {n} does not count: entry {by} is the same forecaster's last on that question.")
    for issue, on in found.unmatched:
        out.print(f"No entry is about {issue} on {on}, for which there is an outcome.")
    for n in found.backwards:
        out.print(f"Entry {n} is said to have been recorded before an entry above it; the later day counts.")
    if found.signed:
        how = "not checked: pip install 'foedus[sign]'" if found.unchecked else "each is its author's"
        out.print(f"Signed entries: {', '.join(map(str, found.signed))}; {how}.")
    waiting = f"; {len(found.waiting)} wait for their outcome" if found.waiting else ""
    out.print(f"The chain is whole{waiting}. Hash of the last entry: {found.head}")


def _show_standing(found: Scores, standing: str, title: str, counted: str) -> None:
    out = console()
    rows = [
        [
            str(one.entry.n),
            one.entry.by,
            one.entry.issue,
            one.entry.on.isoformat(),
            one.entry.as_of.isoformat(),
            one.entry.recorded_on.isoformat(),
            one.outcome if one.named else f"{one.outcome} (no option of theirs)",
            f"{one.log_score:.3f}",
            f"{one.brier:.3f}",
            "" if one.crps is None else f"{one.crps:.2f}",
        ]
        for one in found.of(standing)
    ]
    headings = ["entry", "by", "issue", "day", "as of", "recorded", "outcome", "log score", "Brier", "CRPS"]
    show(out, title, headings, rows, numbers=[0, 7, 8, 9])
    alike = found.comparable(standing)
    heading = "Means; smaller is better" if alike else "Means of each over its own questions"
    _show_means(f"\n{heading}", found.means(standing), counted)
    if not alike:
        common = found.common(standing)
        out.print("These means are over different questions or options and cannot be compared.")
        if common:
            _show_means(f"\nMeans on the {len(common)} with the same options", found.compared(standing), counted)
        else:
            out.print("All of them answered no question with the same options.")
    out.print("")


def _show_means(title: str, means: list[dict[str, object]], counted: str) -> None:
    rows = [
        [str(row["by"]), str(row["forecasts"]), *(_told(row[k]) for k in ("log_score", "brier", "crps"))]
        for row in means
    ]
    show(console(), title, ["by", counted, "log score", "Brier", "CRPS"], rows, numbers=[1, 2, 3, 4])


def _told(value: object) -> str:
    """Return a mean score; nothing where options have no order, so that there is no CRPS."""
    return "" if value is None else f"{float(str(value)):.3f}"
