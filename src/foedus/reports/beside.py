"""Forecasts side by side as sections: of one dossier through time, and of two dossiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foedus.base.days import day_in_words
from foedus.base.wording import and_, percent
from foedus.dossiers import Dossier
from foedus.dossiers.said import in_a_line, of_whoever, what_was_said
from foedus.explain import Comparison, Timeline
from foedus.explain.timeline import News, Point
from foedus.forecasts.sweeps import SWEEP_DRAWS
from foedus.reports.numbers import Number, change, count, error_of, share
from foedus.reports.sections import (
    Block,
    Cell,
    Figure,
    Link,
    Part,
    Section,
    bullets,
    cell,
    muted,
    table,
    text,
)

_NEWS = 3
_PAIR = 2

_HARDLY = 0.005
"""News that moves the forecast by less than this is told with why."""


def line_section(line: Timeline, dossier: Dossier, *, every_option: bool = False) -> Section:
    """Return the forecast as of each day on which something became known, numbered as on the chart.

    Parameters
    ----------
    line
        What `foedus.timeline` returned.
    dossier
        Whose statements it tells.
    every_option
        Whether a table tells how likely each option was; a report has a figure of them.
    """
    place = line.options.index(line.option)
    rows = [
        (
            Number(number, "order"),
            cell(str(point.on), below=("after the meeting",) if point.reconstruction else ()),
            share(point.probabilities[place]),
            *_moves(point),
            _news(point, dossier),
        )
        for number, point in enumerate(line.points, 1)
    ]
    words = muted(
        "Each row is the forecast of this meeting that could have been made on that day; it uses nothing "
        "that became known later{}. Changes are percentage points of {}: by news, and by age, as statements "
        "grow older. Each piece of news shows what it adds to those before it, so that the pieces of a day "
        "sum to its change by news. The first day has no change: before it, a forecast would rest on "
        "assumptions alone. {} draws a day, the same for all, a standard error of at most {} points{}.",
        _announced(line),
        line.option,
        count(line.draws),
        error_of(line.draws),
        _few_draws(line),
    )
    still = [_hardly(number, point, dossier) for number, point in enumerate(line.points, 1)]
    headings = ("", "day", line.option, "moved", "by news", "by age", "what became known")
    kept = table(headings, rows, (0, 2, 3, 4, 5), (0.4, 1.8, 1.3, 1.1, 0.9, 0.9, 7.2))
    notes = [*(why for why in still if why), *_where_it_went(line)]
    told = [bullets(notes)] if notes else []
    return Section(
        "line",
        "How the forecast moved",
        (Figure("line"), *(_all_options(line, dossier) if every_option else ()), kept, *told, words),
    )


def _announced(line: Timeline) -> str:
    """Return since when there could be a forecast of the meeting; empty where that is not the first row's day."""
    known = line.meeting.known_on
    if known is None or not line.points or line.points[0].on != known:
        return ""
    return f", and begins on {known}, when the meeting became known; what was known before counts from there on"


def _few_draws(line: Timeline) -> str:
    """Return over how many draws news is measured; empty where over all."""
    return "" if line.draws <= SWEEP_DRAWS else f"; what each piece of news adds is measured over {SWEEP_DRAWS:,}"


def _where_it_went(line: Timeline) -> Iterator[str]:
    """Yield where the chance of an option went that left the table."""
    for number, point in enumerate(line.points, 1):
        for gone in point.withdrawn:
            lost = -gone.moved[gone.option]
            if lost < _HARDLY or number == 1:
                continue
            before = line.points[number - 2].probabilities[line.options.index(gone.option)]
            went = [  # as parts of what the row before shows, for statements have grown older since
                f"{label!r} ({before * moved / lost * 100:+.0f} points)"
                for label, moved in gone.moved.items()
                if label != gone.option and abs(moved) >= _HARDLY
            ]
            if not went:
                continue
            votes = (
                ""
                if gone.enough is None
                else f" Those in favour of {gone.proposal!r} are enough in {percent(gone.enough)} of the draws."
            )
            yield (
                f"Row {number}: {gone.option!r} was put at {percent(before)}; without it that goes "
                f"to {and_(went)}. No position changes when an option leaves: each member then counts for or against "
                f"what is left, by where it stands.{votes}"
            )


def _all_options(line: Timeline, dossier: Dossier) -> tuple[Block, ...]:
    """Return how likely each option was on each day, where there are more than the one asked about and its opposite."""
    if len(line.options) <= _PAIR:
        return ()
    issue = dossier.issue(line.issue)
    rows = [
        (
            str(point.on),
            *(
                share(probability) if issue.option(label).on_the_table(point.on) else "-"
                for label, probability in zip(line.options, point.probabilities, strict=True)
            ),
        )
        for point in line.points
    ]
    return (table(("day", *line.options), rows, numbers=tuple(range(1, len(line.options) + 1))),)


def _hardly(number: int, point: Point, dossier: Dossier) -> str:
    """Return why news that turns a vote hardly moves the forecast; empty where it moves it, or turns none."""
    turned = point.turned
    if turned is None or point.moved is None or point.aged is None or abs(point.moved - point.aged) >= _HARDLY:
        return ""
    who = and_([dossier.world.name(actor) for actor in turned.actors])
    have = "has" if len(turned.actors) == 1 else "have"
    before, after = percent(turned.before), percent(turned.after)
    if before != after:
        why = f"those in favour of it were enough in {before} of the draws before and are in {after} now"
    else:
        why = f"with or without this news, those in favour of it are enough in {after} of the draws"
    return (
        f"Row {number}: {who} {have} changed sides on {turned.option!r}, or named one for the first time; the forecast "
        f"hardly moves: {why}."
    )


def _moves(point: Point) -> tuple[Part, Part, Part]:
    """Return by how much the option moved, by news and by age; blank for the first day."""
    if point.moved is None or point.aged is None:
        return "", "", ""
    return change(point.moved), change(_tenth(point.moved) - _tenth(point.aged)), change(point.aged)


def _tenth(moved: float) -> float:
    """Return a change rounded as it is printed, so that the parts of a printed row add up."""
    return round(moved, 3)


def _news(point: Point, dossier: Dossier) -> Cell:
    told: dict[str, list[News]] = {}
    for item in point.news:
        statement = next((s for s in dossier.statements if s.id == item.id), None) if item.kind == "statement" else None
        words = f"{item.kind} {item.id}" if statement is None else of_whoever(dossier, statement)
        told.setdefault(words, []).append(item)
    groups = list(told.values())
    parts: list[Part] = []
    for same in groups[:_NEWS]:
        parts += ["; "] if parts else []
        parts += _told(same, dossier)
        parts += _together(same)
    left = [item for same in groups[_NEWS:] for item in same]
    if left:
        parts += [f"; and {len(left)} more", *_together(left)]
    return cell(*parts)


def _together(same: Sequence[News]) -> list[Part]:
    """Return in brackets what some pieces of news add together; nothing where they move nothing."""
    effects = [item.effect for item in same if item.effect is not None]
    if not effects:
        return []
    return [" (", change(sum(effects)), " together)" if len(effects) > 1 else ")"]


def _told(same: Sequence[News], dossier: Dossier) -> list[Part]:
    """Return pieces of news of the same words, told once for all whose they are."""
    first = same[0]
    if first.kind == "statement":
        statement, anchor = next(s for s in dossier.statements if s.id == first.id), f"statement-{first.id}"
        names = tuple(dossier.world.name(item.actor) for item in same if item.actor is not None)
        alone = len(set(names)) == 1
        words = what_was_said(dossier, statement) if alone else of_whoever(dossier, statement)
        line = in_a_line(names, words)
        return [Link(words, anchor)] if line == words else [Link(line.removesuffix(f": {words}"), anchor), f": {words}"]
    if first.kind == "by hand":
        return [f"{dossier.world.name(str(first.actor))}'s position, set by hand"]
    return [_KINDS[first.kind].format(first.id, repr(first.id))]


_KINDS = {
    "option entered": "the option {1} is on the table",
    "option withdrawn": "the option {1} is off the table",
    "proposal": "{1} is what is proposed now",
    "meeting announced": "that there would be this meeting, {0}",
    "meeting": "the day of the meeting, {0}",
}
"""What became known on a day, beside statements and rows set by hand."""

_SHOWN = 5
"""Statements of one dossier that are told."""


def _differing(comparison: Comparison, first: Dossier, second: Dossier) -> Iterator[Section]:
    """Yield the statements that count in one dossier alone."""
    for which, dossier, only in (("first", first, comparison.only_first), ("second", second, comparison.only_second)):
        told = {statement.id: statement for statement in dossier.statements}
        items = [f"{what_was_said(dossier, told[id_])} ({day_in_words(told[id_].said_on)})" for id_ in only[:_SHOWN]]
        if len(only) > _SHOWN:
            items.append(f"and {len(only) - _SHOWN} more")
        if items:
            yield Section(f"only-{which}", f"Said only in the {which} dossier", (bullets(items),), 3)


def comparison_sections(
    comparison: Comparison, first: Dossier | None = None, second: Dossier | None = None
) -> tuple[Section, ...]:
    """Return two forecasts beside each other, which inputs explain the difference, and which statements differ.

    Parameters
    ----------
    comparison
        The comparison.
    first, second
        The dossiers, for the words of the statements that count in one of them alone; without them these are left out.
    """
    both = zip(comparison.options, comparison.first, comparison.second, strict=True)
    beside = table(("option", "first", "second"), [(label, share(a), share(b)) for label, a, b in both], (1, 2))
    rows: list[Sequence[Part]] = [
        (group.group, change(group.alone), change(group.shapley), Number(group.error, "error"))
        for group in comparison.groups
    ]
    rows.append(("all else", "", change(comparison.rest), ""))
    headings = ("inputs", "swapped alone", "share of the difference (Shapley)", "error")
    words = text(
        "The second dossier changes the probability of {} by {} percentage points.",
        comparison.option,
        change(comparison.difference),
    )
    names = [f"{new!r} is called {old!r} in the first dossier" for new, old in comparison.renamed]
    renamed = (muted(f"{and_(names)}."),) if names else ()
    if comparison.same:
        alike = text("The two dossiers hold the same on this question, and so they give the same answer.")
        return (Section("beside", "Both forecasts", (beside, alike, *renamed)),)
    return (
        Section("beside", "Both forecasts", (beside, words, *renamed)),
        *(_differing(comparison, first, second) if first is not None and second is not None else ()),
        Section("groups", "Which inputs explain the difference", (table(headings, rows, (1, 2, 3)),)),
    )
