"""Gaps that the words of an issue give away: names on a line, cues that are names; and what a choice leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.wording import and_
from foedus.cases.choices import choosing
from foedus.dossiers import Dossier
from foedus.dossiers.leaving import leaving
from foedus.dossiers.proposing import like_names
from foedus.dossiers.said import in_marks
from foedus.issues import Issue
from foedus.world.resolver import is_known
from foedus.world.resolving import resolve

_LISTED = 8


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing left open: its kind, what it is, and where to close it."""

    kind: str
    what: str
    where: str


def gaps_of_words(dossier: Dossier, issue: Issue) -> Iterator[Gap]:
    """Yield a gap where options on a line look like names, and one for each cue that is the name of an actor."""
    names = like_names([option.label for option in issue.options if option.label != issue.status_quo])
    if issue.ordered and names:
        yield Gap(
            "order",
            f"{' and '.join(names[:2])} look like names: they stand on a line and have no order; write 'ordered: "
            "false' in place of scale and places",
            f"dossier.yaml, issue {issue.id}",
        )
    for concept in dossier.concepts:
        if concept.issue != issue.id:
            continue
        for cue in (cue.strip().removeprefix("-").strip() for cue in concept.cues.split(";")):
            if cue and _is_actor(dossier, cue):
                other = (
                    f"write more of it, such as {concept.option!r}"
                    if concept.option
                    else "name the matter, such as 'aid to NAME'"
                )
                yield Gap(
                    "cue",
                    f"{cue!r} is the name of an actor, so every sentence about it seems to be about the claim; {other}",
                    f"concepts.csv, {concept.id}",
                )


def _is_actor(dossier: Dossier, cue: str) -> bool:
    """Tell whether a cue names a state and no more; a person or an organisation may be what the claim is about."""
    shorter = cue.rpartition(" ")[0]
    if shorter and _is_actor(dossier, shorter):
        return False  # "Austria chair" names a matter beside the state
    if not is_known(cue, dossier.world):
        return False
    try:
        resolution = resolve(cue, world=dossier.world)
    except FoedusError:
        return False
    kinds = zip(resolution.candidates, resolution.actors, strict=True)
    return any(candidate.office is None and actor.kind == "state" for candidate, actor in kinds)


def unsourced_days(dossier: Dossier, issue: Issue) -> Iterator[Gap]:
    """Yield each option that enters or ends on a day of which nothing is said to show it."""
    for option in issue.options:
        if (option.since or option.until or option.proposed_from) and not option.source:
            days = (
                f"enters on {option.since}" if option.since else "",
                f"is proposed from {option.proposed_from} on" if option.proposed_from else "",
                f"ends on {option.until}" if option.until else "",
            )
            what = and_([words for words in days if words])
            yield Gap(
                "option",
                f"{option.label} {what}, and nothing says what that rests on",
                f'foedus option {dossier.folder.name} "{option.label}" --source "who said so, and when"',
            )


def choice_gaps(dossier: Dossier, issue: Issue, day: Day) -> Iterator[Gap]:
    """Yield what a choice leaves open: who may have left it, members that are silent, options of which nobody spoke."""
    try:
        meeting = issue.next_meeting(day)
    except FoedusError:
        meeting = issue.meetings[-1]
    try:
        made = choosing(dossier, issue.id, day, meeting.name)
    except FoedusError as error:
        yield Gap("option", str(error), f"dossier.yaml, issue {issue.id}")
        return
    for left in leaving(dossier, issue, day):
        yield Gap(
            "withdrawn",
            f"{left.option} is on the table, though {left.title!r} speaks of a withdrawal: {in_marks(left.words)}",
            f'foedus option {dossier.folder.name} "{left.option}" --until {left.day or "DAY"} --source "{left.title}"',
        )
    silent = [member.name for member in made.table.seats if not made.heard(member.actor)]
    if silent:
        shown = ", ".join(silent[:_LISTED]) + (f" and {len(silent) - _LISTED} more" if len(silent) > _LISTED else "")
        yield Gap(
            "approval",
            f"{len(silent)} of {len(made.table.seats)} members have said nothing about any option: {shown}",
            f"preferences.csv or statements.csv, issue {issue.id}",
        )
    for label, case in made.cases.items():
        if not any(member.stand.contributions for member in case.members):
            yield Gap("approval", f"nobody is known to have spoken about {label}", f"statements.csv, issue {issue.id}")
    if dossier.prior(issue.id).rival is None:
        yield Gap(
            "prior",
            "no 'rival' is declared: a member that backs one option is assumed to be as open to the others "
            "as a silent one",
            f"dossier.yaml, issue {issue.id}, priors",
        )
