"""Explanations on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.cli.tables import console, number, show
from foedus.evidence import Statement
from foedus.explain import Comparison, EvidenceInfluence, Scenarios, Sensitivity, Timeline
from foedus.explain.levers import Lever
from foedus.explain.paths import Value
from foedus.forecasts import Forecast
from foedus.ledgers.scoring import Scores
from foedus.reports.judgement import percent

_LISTED = 12
_QUOTED = 120


def value(one: Value) -> str:
    """Return a place, a label or nothing as text."""
    return "none" if one is None else one if isinstance(one, str) else number(one, 3)


def show_levers(forecast: Forecast, want: str, threshold: float, found: Sequence[Lever]) -> None:
    """Print the levers, those that reach the threshold first."""
    out, case = console(), forecast.case
    out.print(f"{case.issue.question}\n{case.meeting.name} ({case.meeting.on}), as of {case.as_of}\n")
    if forecast.probability(want) >= threshold and not found:
        out.print(f"{want!r} is at {percent(forecast.probability(want))} already.")
        return
    rows = [
        [
            "" if one.actor is None else case.member(one.actor).name,
            one.input,
            value(one.start),
            value(one.end),
            one.option,
            f"{percent(one.probability_before)} to {percent(one.probability_after)}",
            f"{one.size:.2f}",
            "yes" if one.reached else "no",
        ]
        for one in found[:_LISTED]
    ]
    headings = ["actor", "input", "from", "to", "option", "probability", "size", "reached"]
    show(out, f"What would lift {want!r} to {percent(threshold)}", headings, rows, numbers=[2, 3, 6])
    if len(found) > _LISTED:
        out.print(f"{len(found) - _LISTED} weaker ones are left out; --json lists all.")


def _in_short(one: Statement) -> str:
    """Return actor, stance, concept and the source's words of a statement that nobody has put in words."""
    stance = {1: "for", -1: "against", 0: "neither for nor against"}[one.stance]
    quote = one.quote if len(one.quote) <= _QUOTED else one.quote[: _QUOTED - 3] + "..."
    return f"{one.actor} {stance} {one.concept}" + (f": \u201c{quote}\u201d" if quote else "")


def show_evidence(found: EvidenceInfluence) -> None:
    """Print what moves the forecast most, what flips it, and what is worth learning."""
    out, case = console(), found.forecast.case
    words = {one.id: one.paraphrase or _in_short(one) for one in case.dossier.statements}
    names = {member.actor: member.name for member in case.members}
    rows = [
        [
            one.statement,
            one.change,
            f"{percent(one.before)} to {percent(one.after)}",
            one.likeliest if one.flips else "",
            words[one.statement],
        ]
        for one in found.effects[:_LISTED]
    ]
    headings = ["id", "change", found.option, "flips to", "statement"]
    show(out, f"What moves the forecast most, as of {case.as_of}", headings, rows)
    flipping = sorted({one.statement for one in found.flipping})
    out.print(f"Flips the answer by itself: {', '.join(flipping) or 'none'}.\n")
    worth = [one for one in found.learning if one.brier > found.noise][:5]
    rows = [[names[one.actor], one.input, f"{one.hits:.3f}", f"{one.brier:.4f}"] for one in worth]
    show(out, "Most worth learning better", ["actor", "input", "hits gained", "Brier gained"], rows, numbers=[2, 3])
    out.print(f"Below {found.noise:.4f} of Brier score nothing can be told from chance.")


def show_timeline(line: Timeline) -> None:
    """Print the line, one day a row, with what moved it."""
    out = console()
    place = line.options.index(line.option)
    rows = []
    for point in line.points:
        first = ", ".join(one.id for one in point.news[:3])
        more = f" and {len(point.news) - 3} more" if len(point.news) > 3 else ""
        rows.append(
            [
                point.on.isoformat(),
                "yes" if point.reconstruction else "",
                *(percent(share) for share in point.probabilities),
                f"{point.moved:+.3f}",
                f"{point.aged:+.3f}",
                first + more,
            ]
        )
    headings = ["day", "later", *line.options, "moved", "aged", "news"]
    numbers = range(2, 4 + len(line.options))
    show(out, f"{line.meeting.name} ({line.meeting.on}), as of each day", headings, rows, numbers=list(numbers))
    out.print(f"'moved' and 'aged' are changes of {line.options[place]!r}; 'later' marks reconstructions.")


def show_scenarios(found: Scenarios) -> None:
    """Print the scenarios beside the forecast."""
    out, case = console(), found.forecast.case
    rows = [["forecast", *(percent(share) for share in found.base)]]
    rows += [
        [
            one.title,
            *(
                f"{percent(share)} ({100 * apart:+.1f} ± {100 * error:.1f})"
                for share, apart, error in zip(one.probabilities, one.differences, one.errors, strict=True)
            ),
        ]
        for one in found.scenarios
    ]
    show(out, f"{case.meeting.name}, as of {case.as_of}", ["scenario", *found.options], rows)
    out.print(
        "In brackets the difference from the forecast in percentage points and its standard error "
        f"({found.draws:,} draws)."
    )


def show_sensitivity(found: Sensitivity) -> None:
    """Print the largest indices of both kinds."""
    out = console()
    felt = tuple(one for one in found.first if one.value > found.noise)
    for title, indices in (
        (f"First order, by itself ({found.first_draws:,} draws of the forecast)", felt),
        (f"Total, with whatever it interacts with ({found.base_draws:,} base draws, {found.runs:,} runs)", found.total),
    ):
        rows = [[one.name, f"{one.value:.3f}", f"{one.low:.3f} to {one.high:.3f}"] for one in indices[:8]]
        show(out, title, ["input", "share of variance", "90 % interval"], rows, numbers=[1])
        out.print("")
    out.print(
        f"A first-order index below {found.noise:.4f} cannot be told from chance; "
        f"{len(found.first) - len(felt)} of {len(found.first)} inputs are below it and left out."
    )


def show_comparison(found: Comparison) -> None:
    """Print both forecasts and what explains the difference."""
    out = console()
    rows = [
        [label, percent(one), percent(other)]
        for label, one, other in zip(found.options, found.first, found.second, strict=True)
    ]
    show(out, "", ["option", "first", "second"], rows, numbers=[1, 2])
    out.print(f"\nDifference of {found.option!r}: {100 * found.difference:+.1f} points")
    rows = [
        [one.group, f"{100 * one.alone:+.1f}", f"{100 * one.shapley:+.1f}", f"{100 * one.error:.1f}"]
        for one in found.groups
    ]
    rows.append(["all else", "", f"{100 * found.rest:+.1f}", ""])
    show(out, "", ["inputs", "swapped alone", "share (Shapley)", "error"], rows, numbers=[1, 2, 3])


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
        out.print(f"No entry is about {issue} on {on}, for which there is an outcome.", markup=False)
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
            f"{one.crps:.2f}",
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
        [str(row["by"]), str(row["forecasts"]), *(f"{float(str(row[k])):.3f}" for k in ("log_score", "brier", "crps"))]
        for row in means
    ]
    show(console(), title, ["by", counted, "log score", "Brier", "CRPS"], rows, numbers=[1, 2, 3, 4])
