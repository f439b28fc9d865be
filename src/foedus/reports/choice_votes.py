"""Whose votes an option without an order still needs, where votes are counted."""

from __future__ import annotations

from foedus.base.wording import and_, counted
from foedus.cases.choices import backers
from foedus.forecasts.arithmetic import arithmetic
from foedus.forecasts.choice import Choice
from foedus.institutions.rules import MEMBERS
from foedus.reports.sections import Section, bullets, text

_NAMED = 12
"""How many members are named; the rest are counted."""


def votes_needed_section(choice: Choice, want: str) -> Section | None:
    """Return who has come out for an option, for others and for none, beside what the rule takes.

    Parameters
    ----------
    choice
        The forecast of the choice.
    want
        The option whose votes are asked about.

    Returns
    -------
    Section or None
        None where no votes are counted, and for the status quo, for which nobody votes.
    """
    made = choice.choosing
    if not choice.votes or want == made.issue.status_quo:
        return None
    names = {seat.actor: seat.name for seat in made.table.seats}
    camps = {label: [names[who] for who in backing if who in names] for label, backing in backers(made).items()}
    out = {name for backing in camps.values() for name in backing}
    others = {label: backing for label, backing in camps.items() if label != want and backing}
    none = [name for name in names.values() if name not in out]
    case = made.cases.get(want, made.table)
    counts = arithmetic(case).counts
    alone = len(counts) == 1 and counts[0].weights == MEMBERS
    rule = f"{case.rule.words()}{f', {counts[0].needed} of {len(names)}' if alone else ''}"
    backed = len(camps.get(want, []))
    have = "has" if backed == 1 else "have"
    told = f"{backed} of {counted(len(names), 'member')} {have} come out for it; the rule takes {rule}."
    if alone and (missing := counts[0].needed - backed) > 0:
        told += f" {_missing(missing, len(none))}"
    items = [f"now for {label!r} ({len(backing)}): {_named(backing)}" for label, backing in others.items()]
    if none:
        items.append(f"not yet for anybody ({len(none)}): {_named(none)}")
    head = text("{}", f"{told} Votes could come from:" if items else told)
    return Section("votes-needed", f"Whose votes {want!r} needs", (head, *([bullets(items)] if items else [])), 3)


def _missing(missing: int, undeclared: int) -> str:
    """Return how many votes are wanting, and whether those that are for nobody yet would do."""
    more = f"{missing} more {'is' if missing == 1 else 'are'} needed"
    if missing <= undeclared:
        return f"{more}: any {missing} of the {undeclared} that are for nobody yet would do."
    if undeclared == 0:
        return f"{more}, all of them from those that are now for another."
    others = missing - undeclared
    return f"{more}: all {undeclared} that are for nobody yet, and {others} of those now for another."


def _named(names: list[str]) -> str:
    """Return names, and beyond a number of them how many more there are."""
    listed = sorted(names)
    more = [f"{len(listed) - _NAMED} more"] if len(listed) > _NAMED else []
    return and_([*listed[:_NAMED], *more])
