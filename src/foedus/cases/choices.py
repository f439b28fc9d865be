"""A choice before a meeting: one of several options without an order, each a case of its own at the same table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.cases.case import Case, Member, day_and_meeting, declared, prepare
from foedus.cases.draws import draw
from foedus.cases.leaning import HEARD, of_whom_the_number_is_told
from foedus.cases.signals import NO, anybody_heard
from foedus.dossiers import Dossier
from foedus.dossiers.approvals import (
    FIRST,
    came_out_for,
    dossier_on,
    question_of,
    rather_than_nothing,
    unwilling,
)
from foedus.dossiers.stands import SILENT
from foedus.institutions import is_consensus
from foedus.issues import Issue, Meeting, SettlementModel, Sitting
from foedus.issues.sitting import Floats


@dataclass(frozen=True, slots=True)
class Choosing:
    """What a choice is made from.

    Attributes
    ----------
    dossier, issue, meeting, as_of
        As in a case; the issue holds the options that are on the table.
    cases
        For each option that changes something, by label: whether it is chosen, as a case of its own. They seat the same
        members in the same order.
    """

    dossier: Dossier
    issue: Issue
    meeting: Meeting
    as_of: Day
    cases: Mapping[str, Case]

    @property
    def table(self) -> Case:
        """The case that has what they share: of an option that is decided by the issue's own rule, if there is any."""
        return self.cases[self.labels[self.usual]]

    @property
    def usual(self) -> int:
        """The place of that option."""
        own = [self.issue.option(label).procedure is not None for label in self.labels]
        return own.index(False) if False in own else 0

    @property
    def labels(self) -> tuple[str, ...]:
        """The options that change something."""
        return tuple(self.cases)

    @property
    def reconstruction(self) -> bool:
        """Whether it uses knowledge from after the meeting."""
        return self.as_of > self.meeting.on

    def spoke(self, actor: str) -> bool:
        """Tell whether anything is known of an actor on any option."""
        stands = (case.member(actor).stand.basis for case in self.cases.values())
        return any(basis not in SILENT for basis in stands)

    def heard(self, actor: str) -> bool:
        """Tell whether anything is known of an actor on any option, by its own words or those of a group of its own.

        What is said of members at large is heard of nobody in particular.
        """
        large = self.at_large
        told = (contribution for case in self.cases.values() for contribution in case.member(actor).stand.contributions)
        return self.spoke(actor) or any(contribution.statement.actor != large for contribution in told)

    @property
    def at_large(self) -> str:
        """The id of members at large, of whom a statement may speak."""
        return f"{self.table.body.organisation}-members"

    @property
    def heard_share(self) -> float:
        """The share of the seats of which something is known."""
        seats = self.table.seats
        return sum(self.heard(seat.actor) for seat in seats) / max(1, len(seats))


def choosing(dossier: Dossier, issue: str | None, as_of: Day | str | None, on: str | None) -> Choosing:
    """Seat everyone for a choice among options without an order, by what was known on a day.

    Raises
    ------
    FoedusError
        When the issue or meeting is unknown, its options have an order, or fewer than two are on the table.
    """
    asked = dossier.issue(issue)
    if asked.ordered:
        raise FoedusError(f"the options of {asked.id!r} have an order, so it is not a choice among persons or places")
    if not dossier.evidence_stands:
        raise FoedusError("the evidence is not in its sources")
    day, meeting = day_and_meeting(dossier, asked, as_of, on)
    open_ = asked.on_the_table(day)
    labels = [option.label for option in open_.options if option.label != open_.status_quo]
    if not labels:
        raise FoedusError(f"no option of issue {asked.id!r} but the status quo is on the table on {day}")
    backing = came_out_for(dossier, open_, day)
    cases = {label: _case(dossier, open_, label, day, meeting, backing) for label in labels}
    return Choosing(dossier, open_, meeting, day, cases)


def _case(
    dossier: Dossier,
    issue: Issue,
    label: str,
    day: Day,
    meeting: Meeting,
    backing: Mapping[str, set[str]],
) -> Case:
    question = question_of(issue, label)
    case = _willing(dossier, issue, prepare(dossier_on(dossier, issue, label, day), question, day, meeting))
    if dossier.prior(issue.id).rival is None:
        return case
    other = prepare(dossier_on(dossier, issue, label, day, rival=True), question, day, meeting)
    other = _willing(dossier, issue, other)
    elsewhere = {actor for actor, options in backing.items() if options - {label}}

    def member(usual: Member, against: Member) -> Member:
        silent = usual.stand.basis in SILENT
        if not (silent and usual.actor in elsewhere):
            return usual
        return replace(usual, stand=replace(against.stand, basis=FROM_RIVAL))

    return replace(case, members=tuple(map(member, case.members, other.members)))


def _willing(dossier: Dossier, issue: Issue, case: Case) -> Case:
    """Return the case of an option in which whoever does not want the status quo would rather have the option."""
    refusals = unwilling(dossier, issue, case.as_of)

    def member(usual: Member) -> Member:
        stand = usual.stand
        if usual.actor not in refusals or stand.basis not in SILENT:
            return usual
        said = refusals[usual.actor]
        note = f"would rather have it than {issue.status_quo!r}: {said.paraphrase or said.quote}"
        return replace(usual, stand=replace(stand, private=rather_than_nothing(stand.private), note=note))

    return replace(case, members=tuple(map(member, case.members))) if refusals else case


AT_LARGE = 10
"""For how many voices a statement about members at large stands when silent members are split: assumed."""
FROM_RIVAL = "prior of a member that has come out for another"


def sittings(choosing: Choosing, model: SettlementModel, seed: int, start: int, stop: int) -> list[Sitting]:
    """Return draws of each option's case: approvals each from streams of their own, everything else shared.

    Parameters
    ----------
    choosing
        What `choosing` returned.
    model
        It names the assumptions.
    seed, start, stop
        As in `foedus.cases.draws.draw`.
    """
    tables = []
    for label, case in choosing.cases.items():
        needed = declared(case.dossier, model)
        tables.append(draw(case, needed, Streams(_seed(seed, label)), start, stop))
    tables = _following(choosing, tables, Streams(seed), start, stop)
    salience = _salience(choosing, tables)
    first = tables[0]
    coded = next((table.signals[0] for table in tables if anybody_heard(table.signals[0])), {})
    none = (dict.fromkeys(coded, NO),)  # signals were coded on the choice, and none on the option
    return [
        replace(
            table,
            salience=salience,
            capability=first.capability,
            assumptions=first.assumptions,
            signals=table.signals if anybody_heard(table.signals[0]) else none,
        )
        for table in tables
    ]


def _salience(choosing: Choosing, tables: list[Sitting]) -> Floats:
    """Return how much each actor cares: as drawn where it has spoken of an option, else as for the first."""
    salience = tables[0].salience.copy()
    for sitting, case in zip(tables, choosing.cases.values(), strict=True):
        for place, member in enumerate(case.members):
            own = member.stand.basis not in SILENT | {FROM_RIVAL}
            if own:
                salience[:, place] = np.maximum(salience[:, place], sitting.salience[:, place])
    return salience


def backers(choosing: Choosing) -> dict[str, tuple[str, ...]]:
    """Return who has come out for each option on the table: states, groups that speak for others, members at large."""
    options_of = came_out_for(choosing.dossier, choosing.issue, choosing.as_of)
    return {label: tuple(who for who, all_ in options_of.items() if label in all_) for label in choosing.labels}


def backing(choosing: Choosing) -> dict[str, int]:
    """Return how many voices back each option on the table; members at large, where named, count as `AT_LARGE`."""
    weigh = {choosing.at_large: AT_LARGE}
    return {label: sum(weigh.get(who, 1) for who in backer) for label, backer in backers(choosing).items()}


def _following(choosing: Choosing, tables: list[Sitting], streams: Streams, start: int, stop: int) -> list[Sitting]:
    """Return sittings in which silent members put first whom others back, all of them alike in a draw.

    How they would split is one draw for all of them, from a Dirichlet distribution: one for each option, and one more
    for each that has come out for it. Each then has its first choice by that split, and its approvals change places so
    that the highest is that of its first choice: what a silent member approves of at all stays as assumed. Where votes
    are counted each voice weighs as `HEARD` says, so that the silent lean together, and further from those that spoke:
    it is the same share by which a member that has named a side tells of the silent on a line. Where it is
    told how many members back an option, those that are drawn to do so put it first, and the others something else.
    """
    members, labels = choosing.table.members, choosing.labels
    silent = [n for n, member in enumerate(members) if member.seated and not choosing.heard(member.actor)]
    if len(labels) < 2 or not silent:
        return tables
    from scipy.special import gammaincinv  # noqa: PLC0415 - a tenth of a second to import, and only a choice needs it

    issue, backed = choosing.issue.id, backing(choosing)
    levels = (streams.uniforms(issue, "silent", label, "first choice", start=start, stop=stop) for label in labels)
    told_by_one = 1.0 if is_consensus(choosing.table.rule) else HEARD
    sizes = [gammaincinv(1.0 + told_by_one * backed[label], level) for label, level in zip(labels, levels, strict=True)]
    split = np.cumsum(np.stack(sizes, axis=1), axis=1)
    split /= split[:, -1:]
    private, public = (
        np.stack([getattr(sitting, name)[:, :, 0] for sitting in tables]) for name in ("private", "public")
    )
    draws = np.arange(stop - start)
    told = [of_whom_the_number_is_told(case) for case in choosing.cases.values()]
    for place in silent:
        level = streams.uniforms(issue, members[place].actor, "first choice", start=start, stop=stop)
        first = np.minimum((level[:, None] >= split).sum(axis=1), len(labels) - 1)
        first = _by_number(first, members[place].actor, told, private[:, :, place], np.stack(sizes, axis=1), level)
        highest = private[:, :, place].argmax(axis=0)
        for values in (private, public):
            top, other = values[highest, draws, place], values[first, draws, place]
            values[highest, draws, place], values[first, draws, place] = other, top
    return [
        replace(sitting, private=private[n][:, :, None], public=public[n][:, :, None])
        for n, sitting in enumerate(tables)
    ]


def _by_number(
    first: NDArray[np.intp],
    actor: str,
    told: Sequence[tuple[str, ...]],
    approvals: Floats,
    sizes: Floats,
    level: Floats,
) -> NDArray[np.intp]:
    """Return a silent member's first choice in each draw, where it is told how many members back an option.

    Parameters
    ----------
    first
        By the split alone; shape (D,).
    actor
        The member.
    told
        For each of K options, the members of which the number is told.
    approvals
        Of each option; shape (K, D). Whoever is drawn to back the option stands at its end.
    sizes
        In what ratio silent members put each option first; shape (D, K).
    level
        Uniform in [0, 1), for the options of which no number is told; shape (D,).
    """
    counted = np.array([actor in members for members in told])
    if not counted.any():
        return first
    backs = counted[:, None] & (approvals >= FIRST)
    left = np.where(counted, 0.0, sizes)
    if counted.all():
        left = np.where(backs.T, 0.0, sizes)  # no option is left but those of others, of which it is none
    heaped = np.cumsum(left, axis=1)
    other = np.minimum((level[:, None] * heaped[:, -1:] >= heaped).sum(axis=1), len(counted) - 1)
    return np.asarray(
        np.where(backs.any(axis=0), np.where(backs, approvals, -1.0).argmax(axis=0), other), dtype=np.intp
    )


def _seed(seed: int, label: str) -> int:
    """Return a seed for one option, so that approvals of two options are drawn apart."""
    return int.from_bytes(hashlib.sha256(f"{seed}\0{label}".encode()).digest()[:6])
