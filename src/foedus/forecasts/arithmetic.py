"""The rule's own count: who is for an option, whether that is enough, who could turn it, who would have to move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from foedus.base.randomness import Streams
from foedus.cases.draws import draw
from foedus.dossiers.stands import SILENT
from foedus.ensembles.model import swings
from foedus.institutions.rules import MEMBERS, stopped_by
from foedus.institutions.rules.protocol import every_part
from foedus.institutions.rules.simple import Quota
from foedus.issues.deciding import at_table, in_favour, within_reach
from foedus.issues.sitting import Decides, Flags, Floats, Sitting

if TYPE_CHECKING:
    from foedus.cases.case import Case, Member

DRAWS = 2_048
"""Draws in which votes are counted: the first of the forecast's."""

MOST_AGAINST = 14
"""With more members against, their blocking minorities are too many to list."""


@dataclass(frozen=True, slots=True)
class Count:
    """One number that the rule asks for.

    Attributes
    ----------
    weights
        What is counted, ``members`` or the name of weights.
    in_favour, needed
        What those in favour have, and the least that is enough; where a share of the votes cast is asked, all but those
        that abstain are taken to vote.
    of
        What a share is asked of: ``all`` members, or the votes ``cast``.
    """

    weights: str
    in_favour: int
    needed: int
    of: str = "all"

    @property
    def margin(self) -> int:
        """What those in favour have beyond what is needed; negative where it is missing."""
        return self.in_favour - self.needed


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """An option under the body's rule, with everyone where the most likely reading of the record puts it.

    Attributes
    ----------
    option
        Its label.
    in_favour, against, unknown, abstaining
        Who is for it by its words on this option, or else stands nearer to it than to the status quo; who is not; who
        has named no side; and who abstains on it.
    enough
        Whether those in favour can adopt it against all others but those that abstain; under a rule that only votes
        against stop, whether all that are not against can.
    blocked
        Whether those against can stop it though all others that do not abstain are in favour.
    swings
        Who alone would turn it by changing sides; among those that abstain or of whom nothing is known, by joining
        those in favour.
    counts
        One for each number that the rule asks for; empty where it asks for none, as consensus does.
    blocking
        The smallest groups of those against that can stop it though all others are in favour: groups that no longer
        could without any one of theirs. ``None`` where more than ``MOST_AGAINST`` are against; empty where those that
        abstain stop it without them.
    must_move
        Without whom nothing passes, of those not in favour.
    would_move
        The nearest of those not in favour that would make it enough by joining, none of them to spare; members of whom
        nothing is known come first. Empty where those in favour are enough, or nothing makes it so.
    by_position
        Who of those in favour and against has said nothing of this option: its words on another one, or in general,
        place it nearer to the one or the other.
    """

    KEYS = (
        "option in_favour against unknown abstaining enough blocked swings counts(weights in_favour needed margin of) "
        "blocking must_move would_move by_position"
    )

    option: str
    in_favour: tuple[str, ...]
    against: tuple[str, ...]
    unknown: tuple[str, ...]
    enough: bool
    blocked: bool
    swings: tuple[str, ...]
    counts: tuple[Count, ...]
    blocking: tuple[tuple[str, ...], ...] | None
    must_move: tuple[str, ...]
    would_move: tuple[str, ...]
    abstaining: tuple[str, ...] = ()
    by_position: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountInDraws:
    """One number that the rule asks for, over draws: the median of what those in favour have, and its 80 % interval."""

    weights: str
    median: int
    low: int
    high: int
    needed: int


@dataclass(frozen=True, slots=True)
class VoteInDraws:
    """Share of draws in which one actor is against the option, and in which its vote alone turns it.

    Who abstains is not against, and turns nothing.
    """

    actor: str
    against: float
    swings: float


@dataclass(frozen=True, slots=True)
class ArithmeticInDraws:
    """The same count where each draw puts everyone.

    Attributes
    ----------
    draws
        How many.
    enough, blocked
        Share of draws in which those in favour can adopt it, or those against can stop it: with everybody on a side
        the two sum to 1.
    counts, votes
        One for each number that the rule asks for; one for each actor with a part, those most often against first.
    """

    KEYS = "draws enough blocked counts(weights median low high needed) votes(actor against swings)"

    draws: int
    enough: float
    blocked: float
    counts: tuple[CountInDraws, ...]
    votes: tuple[VoteInDraws, ...]


def arithmetic(case: Case, option: str | None = None) -> Arithmetic:
    """Count who stands for an option, and ask the rule whether that is enough.

    Parameters
    ----------
    case
        Who sits, where they stand, and the rule.
    option
        Label of an option other than the status quo; by default the proposal.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> answer = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=100)
    >>> result = arithmetic(answer.case)
    >>> result.against, result.blocked, len(result.unknown), "FRA" in result.must_move
    (('FRA',), True, 29, True)
    """
    label = case.issue.option(option or case.issue.proposal).label
    place = [listed.label for listed in case.issue.options].index(label)
    case = case.deciding_on(label)
    parts = sorted(case.seating.voters | case.rule.outsiders())
    taking = [member for member in case.members if member.actor in parts]
    sides: dict[str, list[str]] = {"for": [], "against": [], "unknown": [], "abstaining": []}
    for member in taking:
        sides[_side(case, member, place)].append(member.actor)
    favour, against = frozenset(sides["for"]), frozenset(sides["against"])
    wins = _wins(case, parts)
    passing = favour if stopped_by(case.rule) is None else _not_stopping(case, favour, against)
    enough = wins(passing)
    others = sorted(
        (member for member in taking if member.actor not in passing), key=lambda member: _way(case, member, place)
    )
    return Arithmetic(
        option=label,
        in_favour=tuple(sorted(favour)),
        against=tuple(sorted(against)),
        unknown=tuple(sorted(sides["unknown"])),
        enough=enough,
        blocked=not wins(frozenset(parts) - against - case.abstaining),
        swings=tuple(a for a in parts if wins(passing ^ {a}) != enough and (a in passing) == enough),
        counts=_counts(case, favour),
        blocking=_blocking(case, parts, sorted(against)),
        must_move=() if enough else tuple(a for a in parts if a not in passing and not wins(set(parts) - {a})),
        would_move=() if enough else _movers(wins, passing, [other.actor for other in others]),
        abstaining=tuple(sorted(sides["abstaining"])),
        by_position=tuple(
            sorted(m.actor for m in taking if m.actor in favour | against and _words_on(case, m, place) is None)
        ),
    )


def _not_stopping(case: Case, favour: frozenset[str], against: frozenset[str]) -> frozenset[str]:
    """Return who lets an option pass that only votes against stop; consents from outside are asked all the same."""
    return (case.seating.voters - against) | (case.rule.outsiders() & favour)


@dataclass(frozen=True, slots=True)
class Declared:
    """What declared votes and abstentions settle, whatever others do.

    Attributes
    ----------
    stop, carry
        Whether they stop an option, and whether they carry it.
    few
        Whether it would pass if one or two of those who declared themselves against it, or abstain, changed sides.
    """

    stop: bool
    carry: bool
    few: bool


def heaviest_against(case: Case, count: Arithmetic) -> list[str]:
    """Return who is against, as stated: where votes are weighed, those with the most weight first.

    Whoever has no vote, such as a host whose consent is asked, comes last.
    """
    ballot, weighed = case.seating.ballot(), [part.weights for part in count.counts if part.weights != MEMBERS]
    return sorted(count.against, key=lambda who: [-ballot.weigh(actor, ballot.seats & {who}) for actor in weighed])


def declared(case: Case, option: str | None = None) -> Declared:
    """Return what declared votes and abstentions make of an option.

    Parameters
    ----------
    case, option
        As in `arithmetic`.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["nature-law-2024"])
    >>> declared(foedus.forecast(dossier, as_of="2024-06-16", draws=20).case)
    Declared(stop=True, carry=False, few=True)
    """
    label = case.issue.option(option or case.issue.proposal).label
    place, case = [listed.label for listed in case.issue.options].index(label), case.deciding_on(label)
    parts = sorted(case.seating.voters | case.rule.outsiders())
    at = case.issue.options[place].at
    taking = [member for member in case.members if member.actor in parts]
    nearer = {m.actor for m in taking if _way(case, m, place)[1] < 0 and at not in m.stand.holds_out}
    favour = {member.actor for member in taking if at in member.stand.declared_for} & nearer
    opposed = {member.actor for member in taking if at in member.stand.declared_against} - nearer
    refusing = {member.actor for member in taking if at in member.stand.unclear}
    against = frozenset(opposed | refusing) | case.abstaining
    wins = _wins(case, parts)
    return Declared(not wins(set(parts) - against), wins(favour), _few(case, parts, against))


def few_missing(case: Case, count: Arithmetic) -> bool:
    """Return whether one or two of those against or abstaining would be enough by joining, with all that are unknown.

    Parameters
    ----------
    case, count
        A case, and what `arithmetic` counted of it.
    """
    parts = sorted(case.seating.voters | case.rule.outsiders())
    return _few(case, parts, frozenset((*count.against, *count.abstaining)))


def _few(case: Case, parts: Sequence[str], against: frozenset[str]) -> bool:
    movable = np.array([actor in against for actor in parts])
    return bool(within_reach(at_table(case.seating, parts), ~movable[None], movable)[0])


def arithmetic_in_draws(case: Case, seed: int, draws: int, option: str | None = None) -> ArithmeticInDraws:
    """Count who stands for an option in each draw, by private positions.

    Parameters
    ----------
    case, option
        As in `arithmetic`.
    seed, draws
        Those of the forecast; at most ``DRAWS`` are looked at.
    """
    case, sitting, support = _drawn(case, seed, draws, option)
    decides = at_table(case.seating, sitting.actors, case.abstaining)
    turns = swings(sitting, support).mean(axis=0)
    passes = float(np.asarray(decides(support)).mean())
    parts = case.seating.voters | case.rule.outsiders()
    votes = [
        VoteInDraws(actor, float(1 - support[:, at].mean()) if sitting.voting[at] else 0.0, float(turns[at]))
        for at, actor in enumerate(sitting.actors)
        if actor in parts
    ]
    return ArithmeticInDraws(
        draws=sitting.draws,
        enough=passes,
        blocked=1 - passes,
        counts=tuple(_counts_in_draws(case, sitting.actors, support)),
        votes=tuple(sorted(votes, key=lambda vote: (-vote.against, -vote.swings, vote.actor))),
    )


def within_few_in_draws(case: Case, seed: int, draws: int, option: str | None = None) -> float:
    """Return the share of draws in which those in favour are enough, or would be if one or two more joined them.

    Parameters
    ----------
    case, seed, draws, option
        As in `arithmetic_in_draws`.
    """
    case, sitting, support = _drawn(case, seed, draws, option)
    anybody = np.ones(len(sitting.actors), dtype=np.bool_)
    return float(within_reach(at_table(case.seating, sitting.actors), support, anybody).mean())


def _drawn(case: Case, seed: int, draws: int, option: str | None) -> tuple[Case, Sitting, Flags]:
    """Return the case deciding on an option, draws of it, and who is in favour in each; the last of shape (D, A)."""
    label = case.issue.option(option or case.issue.proposal).label
    place, case = [listed.label for listed in case.issue.options].index(label), case.deciding_on(label)
    sitting = draw(case, {}, Streams(seed), 0, min(draws, DRAWS))
    return case, sitting, in_favour(sitting, 0, place)


def _wins(case: Case, parts: Sequence[str]) -> Callable[[frozenset[str] | set[str]], bool]:
    """Return whether a coalition can adopt against all others; who abstains does so unless it is of the coalition."""

    @cache
    def rule(away: frozenset[str]) -> Decides:
        return at_table(case.seating, parts, away)

    def wins(coalition: frozenset[str] | set[str]) -> bool:
        return bool(rule(case.abstaining - coalition)(np.array([actor in coalition for actor in parts])))

    return wins


def _side(case: Case, member: Member, place: int) -> str:
    if member.actor in case.abstaining:
        return "abstaining"
    if member.stand.basis in SILENT:
        return "unknown"
    if member.stand.unclear:
        return "against" if case.issue.options[place].at in member.stand.unclear else "unknown"
    words, gap = _words_on(case, member, place), _way(case, member, place)[1]
    if words:
        return "for" if words > 0 else "against"
    if words is None and abs(gap) < 2 * case.dossier.evidence_rule.spread * case.issue.scale.length:
        return "unknown"  # its words on another option leave it about halfway
    return "for" if gap < 0 else "against"


def _words_on(case: Case, member: Member, place: int) -> int | None:
    return member.stand.side_on(case.issue.options[place].at)


def _way(case: Case, member: Member, place: int) -> tuple[bool, float, str]:
    """Return whether a member has named a side or abstains, and how much nearer than an option the status quo is."""
    known = member.stand.basis not in SILENT or member.actor in case.abstaining
    at, agenda = (member.stand.public or member.stand.private).mode, case.agenda
    gap = abs(at - agenda.options[place]) - abs(at - agenda.options[agenda.status_quo])
    return known, float(gap), member.actor


def _movers(
    wins: Callable[[frozenset[str] | set[str]], bool], favour: frozenset[str], nearest: Sequence[str]
) -> tuple[str, ...]:
    """Return the nearest that would make it enough by joining, none of them to spare."""
    joined: list[str] = []
    for actor in nearest:
        joined.append(actor)
        if wins(favour | set(joined)):
            for partner in nearest:  # who came first may no longer be needed once a heavier one has joined
                if partner in joined and wins(favour | (set(joined) - {partner})):
                    joined.remove(partner)
            return tuple(joined)
    return ()


def _blocking(case: Case, parts: Sequence[str], against: Sequence[str]) -> tuple[tuple[str, ...], ...] | None:
    """Return the minimal groups of those against without which nothing passes, the smallest first."""
    if len(against) > MOST_AGAINST:
        return None
    decides = at_table(case.seating, parts, case.abstaining)
    if not decides(np.ones((1, len(parts)), dtype=np.bool_))[0]:
        return ()
    places = [parts.index(actor) for actor in against]
    coalitions: list[frozenset[int]] = []
    for size in range(1, len(places) + 1):
        groups = [frozenset(group) for group in combinations(places, size)]
        groups = [group for group in groups if not any(coalition <= group for coalition in coalitions)]
        if not groups:
            break
        support = np.ones((len(groups), len(parts)), dtype=np.bool_)
        for row, group in enumerate(groups):
            support[row, list(group)] = False
        passes = np.asarray(decides(support))
        coalitions += [group for group, passed in zip(groups, passes, strict=True) if not passed]
    return tuple(tuple(sorted(parts[place] for place in group)) for group in coalitions)


def _quotas(case: Case) -> list[Quota]:
    """Return the numbers that the rule asks for; those of a chamber are not the body's."""
    if case.seating.chambers:
        return []
    return [part for part in every_part(case.rule) if isinstance(part, Quota)]


def _counts(case: Case, favour: frozenset[str]) -> tuple[Count, ...]:
    ballot, seats = case.seating.ballot(), frozenset(case.seating.members)
    counts = []
    for part in _quotas(case):
        base = seats if part.of == "all" else seats - case.abstaining
        needed = part.needed(ballot.weigh(part.weights, base))
        counts.append(Count(part.weights, ballot.weigh(part.weights, favour & seats), needed, part.of))
    return tuple(dict.fromkeys(counts))


def _counts_in_draws(case: Case, actors: Sequence[str], support: Flags) -> list[CountInDraws]:
    ballot, seats = case.seating.ballot(), frozenset(case.seating.members)
    counts = []
    for part in _quotas(case):
        weight: Floats = np.array([float(ballot.weigh(part.weights, seats & {actor})) for actor in actors])
        have = np.quantile(support @ weight, [0.1, 0.5, 0.9], method="inverted_cdf")
        base = seats if part.of == "all" else seats - case.abstaining
        needed = part.needed(ballot.weigh(part.weights, base))
        counts.append(CountInDraws(part.weights, int(have[1]), int(have[0]), int(have[2]), needed))
    return list(dict.fromkeys(counts))
