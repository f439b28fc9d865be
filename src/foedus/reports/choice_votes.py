"""Who is for an option without an order, for others and for nobody yet, and how many it still needs."""

from __future__ import annotations

from collections.abc import Mapping

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
        None for the status quo, for which nobody comes out.
    """
    made = choice.choosing
    if want == made.issue.status_quo:
        return None
    names = {seat.actor: seat.name for seat in made.table.seats}
    camps = {label: [names[who] for who in backing if who in names] for label, backing in backers(made).items()}
    out = {name for backing in camps.values() for name in backing}
    own = camps.get(want, [])
    elsewhere = {label: [name for name in backing if name not in own] for label, backing in camps.items()}
    others = {label: backing for label, backing in elsewhere.items() if label != want and backing}
    none = [name for name in names.values() if name not in out]
    told = _counted_votes(choice, want, camps, names, none) if choice.votes else _sounded(want, camps, names)
    items = [f"now for {label!r} ({len(backing)}): {_named(backing)}" for label, backing in others.items()]
    if none:
        items.append(f"not yet for anybody ({len(none)}): {_named(none)}")
    more = "Votes" if choice.votes else "Voices"
    head = text("{}", f"{told} {more} could come from:" if items else told)
    return Section(
        "votes-needed", f"Whose {more.lower()} {want!r} needs", (head, *([bullets(items)] if items else [])), 3
    )


def _counted_votes(
    choice: Choice, want: str, camps: Mapping[str, list[str]], names: Mapping[str, str], none: list[str]
) -> str:
    """Return how many have come out for an option, what the rule takes, and how many votes are missing."""
    case = choice.choosing.cases.get(want, choice.choosing.table)
    counts = arithmetic(case).counts
    alone = len(counts) == 1 and counts[0].weights == MEMBERS
    rule = f"{case.rule.words()}{f', {counts[0].needed} of {len(names)}' if alone else ''}"
    backed = len(camps.get(want, []))
    told = f"{_have_come_out(camps.get(want, []), names)}; the rule takes {rule}."
    if alone and (missing := counts[0].needed - backed) > 0:
        told += f" {_missing(missing, len(none))}"
    return told


def _sounded(want: str, camps: Mapping[str, list[str]], names: Mapping[str, str]) -> str:
    """Return how many have come out for an option where nobody may object, and how many more would put it ahead."""
    own = camps.get(want, [])
    rivals = {label: len(backing) for label, backing in camps.items() if label != want}
    told = f"{_have_come_out(own, names)}. No number of voices is enough by consensus: nobody may object, and the "
    told += "front-runner is put forward first."
    ahead = max(rivals, key=lambda label: rivals[label], default="")
    if ahead and (lacking := rivals[ahead] - len(own) + 1) > 0:
        return f"{told} {counted(lacking, 'more voice')} would put {want} ahead of {ahead}, whom {rivals[ahead]} back."
    return f"{told} By voices {want} is the front-runner." if own else told


def _have_come_out(own: list[str], names: Mapping[str, str]) -> str:
    who = f" ({_named(own)})" if own else ""
    return f"{len(own)} of {counted(len(names), 'member')} {'has' if len(own) == 1 else 'have'} come out for it{who}"


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
