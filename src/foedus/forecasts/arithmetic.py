"""The rule on positions as they stand: whether those in favour are enough, and who alone could turn it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.dossiers.positions import FROM_PRIOR, PRIOR_AND_GROUP
from foedus.institutions.rules.protocol import every_part
from foedus.institutions.rules.simple import Quota

if TYPE_CHECKING:
    from foedus.cases.case import Case, Member


@dataclass(frozen=True, slots=True)
class Count:
    """One number that the rule asks for.

    Attributes
    ----------
    weights
        What is counted, ``members`` or the name of weights.
    in_favour, needed
        What those in favour have, and the least that is enough; where a share of the votes cast is asked, those of
        whom nothing is known count as not voting.
    """

    weights: str
    in_favour: int
    needed: int

    @property
    def margin(self) -> int:
        """What those in favour have beyond what is needed; negative where it is missing."""
        return self.in_favour - self.needed


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The proposal under the body's rule, with everyone where the most likely reading of the record puts it.

    Attributes
    ----------
    in_favour, against, unknown
        Who stands nearer to the proposal than to the status quo, who does not, and of whom nothing is known.
    enough
        Whether those in favour can adopt it against all others.
    blocked
        Whether those against can stop it though all others are in favour.
    swings
        Who alone would turn it by changing sides; among those of whom nothing is known, by joining those in favour.
    counts
        One for each number that the rule asks for; empty where it asks for none, as consensus does.
    """

    KEYS = "in_favour against unknown enough blocked swings counts(weights in_favour needed margin)"

    in_favour: tuple[str, ...]
    against: tuple[str, ...]
    unknown: tuple[str, ...]
    enough: bool
    blocked: bool
    swings: tuple[str, ...]
    counts: tuple[Count, ...]


def arithmetic(case: Case) -> Arithmetic:
    """Count who stands for the proposal, and ask the rule whether that is enough.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> answer = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=100)
    >>> found = arithmetic(answer.case)
    >>> found.against, found.blocked
    (('FRA',), True)
    """
    parts = case.seating.voters | case.rule.outsiders()
    sides: dict[str, list[str]] = {"for": [], "against": [], "unknown": []}
    for member in case.members:
        if member.actor in parts:
            sides[_side(case, member)].append(member.actor)
    favour, against = frozenset(sides["for"]), frozenset(sides["against"])

    def wins(coalition: Collection[str]) -> bool:
        return case.seating.wins(coalition).value == "yes"

    enough = wins(favour)
    return Arithmetic(
        in_favour=tuple(sorted(favour)),
        against=tuple(sorted(against)),
        unknown=tuple(sorted(sides["unknown"])),
        enough=enough,
        blocked=not wins(parts - against),
        swings=tuple(
            sorted(actor for actor in parts if wins(favour ^ {actor}) != enough and (actor in favour) == enough)
        ),
        counts=_counts(case, favour, against),
    )


def _side(case: Case, member: Member) -> str:
    if member.stand.basis in {FROM_PRIOR, PRIOR_AND_GROUP}:
        return "unknown"
    place = (member.stand.public or member.stand.private).mode
    agenda = case.agenda
    to_proposal, to_status_quo = (abs(place - agenda.options[k]) for k in (agenda.proposal, agenda.status_quo))
    return "for" if to_proposal < to_status_quo else "against"


def _counts(case: Case, favour: frozenset[str], against: frozenset[str]) -> tuple[Count, ...]:
    if case.seating.chambers:  # numbers of a chamber are not the body's: `enough` asks the whole rule
        return ()
    ballot, seats = case.seating.ballot(), frozenset(case.seating.members)
    found = []
    for part in every_part(case.rule):
        if isinstance(part, Quota):
            base = seats if part.of == "all" else seats & (favour | against)
            needed = part.needed(ballot.weigh(part.weights, base))
            found.append(Count(part.weights, ballot.weigh(part.weights, favour & seats), needed))
    return tuple(dict.fromkeys(found))
