"""What would change a choice among options without an order, and on which statements it rests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.base.answers import Recorded
from foedus.base.wording import and_
from foedus.cases.choices import backers
from foedus.dossiers import Dossier
from foedus.dossiers.bearing import opposite
from foedus.dossiers.said import what_it_asks
from foedus.evidence import Statement
from foedus.explain.acts import CONDITION, FELT, PROCEDURE, TOGETHER, Act, ideas, past, smallest_sets
from foedus.explain.evidence import Effect
from foedus.forecasts.arithmetic import arithmetic
from foedus.forecasts.choice import Choice, Draws, known_of, redone
from foedus.institutions.rules import MEMBERS

CHANGES = ("dropped", "reversed")
"""Left out; taken for its opposite."""

CHOICE_SWEEP = 1_024
_MOST = 5
_SUCH_AS = 3


@dataclass(frozen=True, slots=True)
class ChoiceEvidence(Recorded):
    """What each statement does to a choice.

    Attributes
    ----------
    choice, option
        The choice, and the option asked about.
    draws
        How many were used for each change.
    effects
        Those that move most first.
    """

    KEYS = (
        "issue=choice.choosing.issue.id as_of=choice.choosing.as_of on=choice.choosing.meeting.on want=option draws "
        "statements=effects learning noise"
    )

    choice: Choice
    option: str
    draws: int
    effects: tuple[Effect, ...]
    learning: tuple[()] = ()
    noise: None = None


def choice_evidence(
    choice: Choice, want: str | None = None, draws: int = CHOICE_SWEEP, changes: tuple[str, ...] = CHANGES
) -> ChoiceEvidence:
    """Drop, and reverse, each statement by itself; all else keeps its draws.

    Parameters
    ----------
    choice
        What `foedus.forecasts.choice.choice` returned.
    want
        The option asked about; by default the most likely one.
    draws
        How many draws for each change.
    changes
        Some of `CHANGES`.

    Raises
    ------
    FoedusError
        When there is no such option.

    Examples
    --------
    >>> import foedus
    >>> from foedus.forecasts.choice import choice
    >>> race = choice(foedus.read_dossier("secretary-general-2024"), as_of="2024-03-06", draws=200)
    >>> choice_evidence(race, "Mark Rutte", draws=200).effects[0].actor
    'HUN'
    """
    made = choice.choosing
    option = made.dossier.issue(made.issue.id).option(want or choice.likeliest.label).label
    count = min(draws, choice.draws)
    usual = redone(choice, made.dossier, count)
    best, shift = max(usual, key=lambda label: usual[label]), choice.probability(option) - usual.get(option, 0.0)
    effects = []
    for statement in _weighed(choice):
        for change in changes:
            after = redone(choice, _altered(made.dossier, statement, change), count)
            likeliest = max(after, key=lambda label: after[label])
            effects.append(
                Effect(
                    statement=statement.id,
                    actor=statement.actor,
                    change=change,
                    before=choice.probability(option),
                    after=float(np.clip(after.get(option, 0.0) + shift, 0.0, 1.0)),
                    moved=sum(abs(after[label] - usual[label]) for label in usual) / 2,
                    likeliest=likeliest,
                    flips=likeliest != best,
                )
            )
    effects.sort(key=lambda effect: (-effect.moved, effect.statement, effect.change))
    return ChoiceEvidence(choice, option, count, tuple(effects))


def _weighed(choice: Choice) -> list[Statement]:
    """Return each statement that moves an approval, in the dossier's order."""
    cases = choice.choosing.cases.values()
    ids = {
        contribution.statement.id
        for case in cases
        for member in case.members
        for contribution in member.stand.contributions
        if contribution.target is not None and contribution.weight > 0
    }
    return [statement for statement in choice.choosing.dossier.statements if statement.id in ids]


def _altered(dossier: Dossier, statement: Statement, change: str) -> Dossier:
    """Return a dossier in which a statement was not made, or said the opposite."""
    other = opposite(statement, statement.stance) if change == "reversed" else replace(statement, status="rejected")
    return replace(
        dossier, statements=tuple(other if known.id == statement.id else known for known in dossier.statements)
    )


def choice_acts(choice: Choice, want: str | None = None, threshold: float = 0.5) -> tuple[Act, ...]:
    """Return what could be done for an option: conditions first, then the smallest sets to win over, then ideas.

    Parameters
    ----------
    choice
        What `foedus.forecasts.choice.choice` returned.
    want
        The option; by default the most likely one that changes something.
    threshold
        The probability that it is to reach.

    Raises
    ------
    FoedusError
        When there is no such option, or it is not on the table.
    """
    option = wanted(choice, want)
    drawn = Draws.of(choice.choosing, choice.seed, min(choice.draws, CHOICE_SWEEP))
    place = choice.choosing.labels.index(option)
    start = float(drawn.shares()[place])
    shift, before = choice.probability(option) - start, choice.probability(option)

    def won(actors: Sequence[str]) -> float:
        return float(np.clip(drawn.shares(drawn.without(place, actors))[place] + shift, 0.0, 1.0))

    acts_found, against = [], {objection.actor for objection in choice.against if objection.option == option}
    for actor, words, statement in _conditions(choice, option):
        after = won((actor,))
        if after - before >= FELT or actor in against:
            acts_found.append(Act(CONDITION, (actor,), words, statement, before, after, past(after, threshold)))
    acts_found.sort(key=lambda act: (-(act.probability_after or 0.0), act.actors))
    if before < threshold:
        every = [objection.actor for objection in choice.against if objection.option == option]
        objectors = [actor for actor in every if known_of(choice.choosing, option, actor)][:_MOST]
        acts_found += smallest_sets(objectors, before, threshold, won)
        if choice.votes and not any(act.reached for act in acts_found):
            acts_found += _votes_won(choice, option, before, threshold, won)
    made = choice.choosing
    others = ideas(made.table, made.dossier.issue(made.issue.id))
    return (*acts_found, *(other for other in others if other.kind != PROCEDURE))  # the other procedures appoint nobody


def _votes_won(
    choice: Choice, option: str, before: float, threshold: float, won: Callable[[Sequence[str]], float]
) -> Iterator[Act]:
    """Yield the fewest members whose votes lift an option past a threshold: the undeclared first, then rivals' backers.

    Those of the rival with the fewest backers come first; members of one camp are alike, so that any as many would do,
    which the act's words say.
    """
    table, camps = choice.choosing.table, backers(choice.choosing)
    voters = [seat.actor for seat in table.seats if seat.actor in table.seating.voters]
    spoken = {who for backing in camps.values() for who in backing}
    rivals = sorted((backing for label, backing in camps.items() if label != option), key=len)
    order = [who for who in voters if who not in spoken]
    order += [who for backing in rivals for who in backing if who in voters and who not in camps.get(option, ())]
    if not order or not past(won(order), threshold):
        return
    few, enough = 0, len(order)
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if past(won(order[:middle]), threshold) else (middle, enough)
    who = tuple(dict.fromkeys(order[:enough]))
    words = _any_of(choice, option, order, enough, sum(voter not in spoken for voter in voters))
    yield Act(TOGETHER, who, words, "", before, won(who), reached=True)


def _any_of(choice: Choice, option: str, order: Sequence[str], enough: int, undeclared: int) -> str:
    """Return how many of whom would do: any so many, where each has one vote; else with some of them by name."""
    case = choice.choosing.cases[option]
    counts = arithmetic(case).counts
    alike = len(counts) == 1 and counts[0].weights == MEMBERS
    if enough < undeclared:
        named = and_([case.member(actor).name for actor in order[: min(enough, _SUCH_AS)]])
        return f"{'any ' if alike else ''}{enough} of the {undeclared} that are for nobody yet" + (
            "" if alike else f", such as {named}"
        )
    told = [f"all {undeclared} that are for nobody yet"] if undeclared else []
    if taken := enough - undeclared:
        told.append(f"{taken} of the {len(order) - undeclared} that are for another")
    return and_(told)


def wanted(choice: Choice, want: str | None) -> str:
    """Return the option that is to be lifted.

    Raises
    ------
    FoedusError
        When there is no such option; the message lists those on the table.
    """
    if want is not None:
        return choice.choosing.issue.option(want).label
    return max(
        (candidate for candidate in choice.candidates if candidate.approve is not None),
        key=lambda candidate: candidate.probability,
    ).label


def _conditions(choice: Choice, option: str) -> Iterator[tuple[str, str, str]]:
    """Yield each condition that an actor has named for an option and that still stands."""
    for member in choice.choosing.cases[option].members:
        seen: set[str] = set()
        for contribution in member.stand.contributions:
            statement = contribution.statement
            words = what_it_asks(statement)
            if statement.actor == member.actor and words and words not in seen and not contribution.superseded_by:
                seen.add(words)
                yield member.actor, words, statement.id
