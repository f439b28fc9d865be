"""A choice among options without an order, as of each day of news."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier
from foedus.forecasts.choice import Choice, choice


@dataclass(frozen=True, slots=True)
class ChoicePoint:
    """A choice as of one day of news.

    Attributes
    ----------
    day
        The day.
    statements, entered, withdrawn
        Ids of statements that became known on it, and labels of options that entered the race or left it.
    choice
        What was likely then.
    """

    KEYS = "day statements entered withdrawn candidates=choice.candidates(label probability)"

    day: Day
    statements: tuple[str, ...]
    entered: tuple[str, ...]
    withdrawn: tuple[str, ...]
    choice: Choice


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A choice as of each day of news.

    Attributes
    ----------
    issue, on
        The issue, and the day of the meeting.
    points
        One for each day.
    draws, seed
        Draws for each day, and the seed.
    """

    KEYS = "issue on model seed draws points"

    issue: str
    on: Day
    points: tuple[ChoicePoint, ...]
    draws: int
    seed: int
    model: str = "choice"


def choice_line(
    dossier: Dossier, issue: str | None = None, on: str | None = None, draws: int = 1_024, seed: int = 1
) -> ChoiceLine:
    """Return what `choice_timeline` finds, with what was asked."""
    points = choice_timeline(dossier, issue, on, draws, seed)
    made = points[0].choice.choosing
    return ChoiceLine(made.issue.id, made.meeting.on, points, draws, seed)


def choice_timeline(
    dossier: Dossier,
    issue: str | None = None,
    on: str | None = None,
    draws: int = 1_024,
    seed: int = 1,
) -> tuple[ChoicePoint, ...]:
    """Return a choice as of each day on which a statement became known, or an option entered or was withdrawn.

    Parameters
    ----------
    dossier, issue, on, draws, seed
        As in `choice`; by default the meeting is the last one.

    Raises
    ------
    FoedusError
        As in `choice`, or when there is no day of news up to the meeting.
    """
    asked = dossier.issue(issue)
    meeting = asked.meeting(on) if on else asked.meetings[-1]
    known: dict[Day, list[str]] = {}
    for statement in dossier.statements_on(asked.id, meeting.on):
        known.setdefault(dossier.known_on(statement), []).append(statement.id)
    for option in asked.options:
        for day in (option.since, option.until):
            if day is not None and day <= meeting.on:
                known.setdefault(day, [])
    points = []
    for day in sorted(known):
        try:
            answer = choice(dossier, asked.id, day, meeting.name, draws, seed)
        except FoedusError:
            if not any(option.on_the_table(day) for option in asked.options if option.label != asked.status_quo):
                continue  # nobody had entered yet
            raise
        points.append(
            ChoicePoint(
                day,
                tuple(known[day]),
                tuple(option.label for option in asked.options if option.since == day),
                tuple(option.label for option in asked.options if option.until == day),
                answer,
            )
        )
    if not points:
        raise FoedusError(f"nothing became known of issue {asked.id!r} by {meeting.on}")
    return tuple(points)
