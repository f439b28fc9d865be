"""Levers as diplomatic acts: conditions that were stated, objectors won over together, and ideas without a number.

An act has a probability only where the model has the input that it moves: an actor that is won over wants and says the
wanted option, as ``foedus forecast --set`` would have it, and threatens no longer. Whether the act wins it over is not
said. What moves no input, such as a later meeting or another procedure, is an idea.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from foedus.cases import Case
from foedus.cases.asking import what_it_asks_for
from foedus.dossiers.proposing import content_words
from foedus.explain.levers import searched_draws
from foedus.forecasts import Forecast
from foedus.forecasts.arithmetic import arithmetic
from foedus.forecasts.supposing import coming_round, supposing
from foedus.forecasts.sweeps import Anchor, option_shares, sample
from foedus.institutions.rules import MEMBERS, every_part, passes
from foedus.issues import Issue, SettlementModel, Sitting

CONDITION, ABSTAIN, TOGETHER = "meet a condition", "abstain", "win over"
ANOTHER, LATER, PROCEDURE, LESS = "settle for what it asks", "a later meeting", "another procedure", "a step short"
"""Kinds of acts; the last four are ideas without a number."""

IDEAS = {ANOTHER, LATER, PROCEDURE, LESS}
"""Kinds of acts to which no model gives a number."""

_MOST, _LARGEST, _TRIED = 5, 3, 12
_FEW = 3
"""Other procedures that are named one by one; which of many applies is a question of law."""
FELT = 0.005
"""What lifts an option by less does not change its percentage and is left out."""

_LEAST = 0.05
"""An objection in fewer draws than this share is not worth an act of its own."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that diplomacy could do.

    Attributes
    ----------
    kind
        One of the kinds above.
    actors
        Ids of those to whom it is addressed; empty for an idea.
    words
        A condition as stated, the option that an actor asks for, a meeting, or a procedure with its rule.
    statement
        Id of the statement that names the condition; blank otherwise.
    probability_before, probability_after
        Of the wanted option, on the same draws; None for an idea.
    reached
        Whether the option gets past the threshold.
    instead
        Where it does not: what is then likeliest of all else, by its label, and how likely; blank and None otherwise.
    against_then
        Where it does not: ids of those who then stand in its way most often, the first few; empty under votes.
    """

    KEYS = (
        "kind actors words statement probability_before probability_after reached instead probability_instead "
        "against_then"
    )

    kind: str
    actors: tuple[str, ...]
    words: str
    statement: str
    probability_before: float | None
    probability_after: float | None
    reached: bool
    instead: str = ""
    probability_instead: float | None = None
    against_then: tuple[str, ...] = ()


def acts(
    forecast: Forecast, want: str | None = None, threshold: float = 0.5, draws: int | None = None
) -> tuple[Act, ...]:
    """Return what could be done for an option: stated conditions first, then the smallest sets to win over, then ideas.

    Parameters
    ----------
    forecast, want, threshold, draws
        As in `foedus.levers`.

    Returns
    -------
    tuple of Act
        A condition is left out where meeting it changes nothing and whoever named it does not stand in the way; one
        that asks for another option lifts that one, and is an idea. An abstention is named where the rule lets the
        option pass with it.

    Raises
    ------
    FoedusError
        When there is no such option.

    Examples
    --------
    >>> import foedus
    >>> dossier = foedus.read_dossier("harbour-compact")
    >>> answer = foedus.forecast(dossier, issue="port", as_of="2031-05-01", draws=200)
    >>> [(act.actors, act.words) for act in acts(answer) if act.kind == CONDITION]
    [(('ELN',), 'shares follow trade')]
    """
    case, model = forecast.case, forecast.explainer
    wanted = case.issue.option(want or case.issue.proposal).label
    count = searched_draws(forecast, draws)
    sitting = sample(case, model, forecast.seed, count)
    index = [option.label for option in case.issue.options].index(wanted)
    at = case.issue.option(wanted).at
    usual = option_shares(model, sitting)
    anchor = Anchor.of(usual, [option.probability for option in forecast.options])
    before = float(anchor(usual)[index])

    def came_round(actors: Sequence[str]) -> Sitting:
        changes = [coming_round(actor, case.issue.id, at) for actor in actors]
        return supposing(case, sitting, forecast.seed, changes)

    def won(actors: Sequence[str]) -> float:
        return float(anchor(option_shares(model, came_round(actors)))[index])

    def told(act: Act) -> Act:
        """Add what comes of an act that does not suffice."""
        if act.reached or act.probability_after is None:
            return act
        changed = came_round(act.actors)
        shares = anchor(option_shares(model, changed))
        other = int(np.delete(np.arange(len(shares)), index)[np.delete(shares, index).argmax()])
        return replace(
            act,
            instead=case.issue.options[other].label,
            probability_instead=float(shares[other]),
            against_then=_still_against(case, model, changed, index),
        )

    acts_found, instead, in_the_way = [], [], _in_the_way(forecast, wanted, won)
    for member in case.members:
        for asked in what_it_asks_for(case, member, wanted):
            if asked.option:
                instead.append(Act(ANOTHER, (member.actor,), asked.option, asked.statement, None, None, reached=False))
                continue
            after = won((member.actor,))
            if after - before >= FELT or member.actor in in_the_way:
                granted = past(after, threshold)
                acts_found.append(Act(CONDITION, (member.actor,), asked.words, asked.statement, before, after, granted))
    acts_found.sort(key=lambda act: (-(act.probability_after or 0.0), act.actors))
    for actor in _may_abstain(forecast, wanted):
        after = won((actor,))
        if after - before < FELT:
            continue
        acts_found.append(Act(ABSTAIN, (actor,), "", "", before, after, past(after, threshold)))
    if before < threshold:
        acts_found += smallest_sets(in_the_way, before, threshold, won)
    others = ideas(case, case.issue)
    helpful = (act for act in others if act.kind != PROCEDURE or _eases(case, wanted, act, in_the_way))
    return (*map(told, acts_found), *instead, *helpful, *_less(case, wanted))


def _eases(case: Case, wanted: str, act: Act, against: Sequence[str]) -> bool:
    """Tell whether another procedure passes an option that those in the way stop here, were all others for it.

    One that asks for as much or more, such as unanimity in place of a majority, is no help.
    """
    name = act.words.partition(" (")[0]
    rules = case.body.procedures.get(name)
    if rules is None:  # several, told by their number
        return True
    seating = case.seating_for(wanted)
    ballot = seating.ballot(against=seating.voters & set(against))
    rule = next(each.rule for each in rules if case.meeting.on in each.interval and each.rule is not None)
    weights = {getattr(part, "weights", MEMBERS) for part in every_part(rule)}
    if not weights <= {MEMBERS, *ballot.weights}:  # it counts what is not known here
        return True
    return bool(against) and not passes(seating.rule, ballot) and passes(rule, ballot)


def _still_against(case: Case, model: SettlementModel, sitting: Sitting, option: int) -> tuple[str, ...]:
    """Return who most often objects to an option in some draws; empty for a model that knows no objections."""
    flags = model.settle(sitting).objects
    if flags is None:
        return ()
    shares = flags[0][:, :, option].mean(axis=0)
    ranked = sorted(zip(case.members, shares, strict=True), key=lambda pair: (-pair[1], pair[0].actor))
    return tuple(member.actor for member, share in ranked[:_FEW] if share >= _LEAST)


def _less(case: Case, wanted: str) -> Iterator[Act]:
    """Yield the idea of a step short of an option, where the dossier names none between it and the status quo."""
    at, still = case.issue.option(wanted).at, case.issue.option(case.issue.status_quo).at
    if at != still and not any(min(at, still) < option.at < max(at, still) for option in case.issue.options):
        yield Act(LESS, (), wanted, "", None, None, reached=False)


def _may_abstain(forecast: Forecast, wanted: str) -> list[str]:
    """Return whose abstention alone lets the option pass, by the rule and as everybody stands."""
    if forecast.arithmetic_in_draws is None:
        return []
    count, case = arithmetic(forecast.case, wanted), forecast.case
    seating = case.seating_for(wanted)
    voters = seating.voters
    if count.enough or len(count.unknown) > len(voters) / 2:  # what most will do is not known
        return []

    def carried(actor: str) -> bool:
        against, away = voters & set(count.against) - {actor}, voters & {*count.unknown, *count.abstaining, actor}
        return passes(seating.rule, seating.ballot(against=against, abstaining=away))

    return [actor for actor in count.against if actor in voters and carried(actor)]


def past(share: float, threshold: float) -> bool:
    """Tell whether a probability reaches a threshold, rounding apart."""
    return share >= threshold or math.isclose(share, threshold)


def _in_the_way(forecast: Forecast, wanted: str, won: Callable[[Sequence[str]], float]) -> list[str]:
    """Return who most often stands in the way, a few; under votes those whose coming round lifts the option most."""
    known = {member.actor for member in forecast.case.silent}
    objectors = [
        objector.actor
        for objector in forecast.objections.get(wanted, ())
        if objector.probability >= _LEAST and objector.actor not in known
    ]
    if objectors:
        return objectors[:_MOST]
    case = forecast.case
    places = {option.label: option.at for option in case.issue.options}
    at = places[wanted]
    other = places[case.issue.proposal if wanted == case.issue.status_quo else case.issue.status_quo]
    against = [
        member
        for place, member in enumerate(case.members)
        if (member.seated or place in case.outsiders)
        and member.actor not in known
        and abs(member.stand.private.mode - at) >= abs(member.stand.private.mode - other)
    ]
    turns = {pivot.actor: pivot.probability for pivot in forecast.pivots}
    ranked = sorted(
        (member.actor for member in against),
        key=lambda actor: (-turns.get(actor, 0.0), -case.member(actor).capability.mode, actor),
    )
    alone = {actor: won((actor,)) for actor in ranked[:_TRIED]}
    return sorted(alone, key=lambda actor: (-alone[actor], actor))[:_MOST]


def smallest_sets(
    objectors: Sequence[str], before: float, threshold: float, won: Callable[[Sequence[str]], float]
) -> Iterable[Act]:
    """Return the smallest sets of objectors that lift the option past the threshold, or else the best one.

    Parameters
    ----------
    objectors
        Ids, a few.
    before, threshold
        The option's probability, and the one that it is to reach.
    won
        Tells its probability once some of them are won over.
    """
    best: Act | None = None
    for size in range(1, min(_LARGEST, len(objectors)) + 1):
        tried = []
        for who in combinations(objectors, size):
            after = won(who)
            tried.append(Act(TOGETHER, who, "", "", before, after, past(after, threshold)))
        reaching = [act for act in tried if act.reached]
        if reaching:
            return sorted(reaching, key=lambda act: (-(act.probability_after or 0.0), act.actors))
        best = max([*tried, *([best] if best else [])], key=lambda act: act.probability_after or 0.0)
    return [best] if best is not None and (best.probability_after or 0.0) - before >= FELT else []


def ideas(case: Case, issue: Issue) -> Iterator[Act]:
    """Yield later meetings of an issue, and the body's other procedures, which no model's input stands for."""
    for meeting in issue.meetings:
        public = meeting.known_on is None or meeting.known_on <= case.as_of
        if meeting.on > case.meeting.on and public:
            yield Act(LATER, (), f"{meeting.name} ({meeting.on})", "", None, None, reached=False)
    here = case.body.procedure(issue.procedure)
    concerned = content_words(f"{issue.question} {issue.proposal}") if issue.ordered else content_words(issue.question)
    others = []
    for name, rules in case.body.procedures.items():
        rule = next(
            (dated.rule for dated in rules if case.meeting.on in dated.interval and dated.rule is not None), None
        )
        if name == here or rule is None or rule.words() == case.rule.words():
            continue
        if any("concerned" in part.hears for part in every_part(rule)):
            continue  # a rule that asks whose own case it is, is for nothing else
        if not fits(name, concerned):
            continue
        others.append(f"{name} ({rule.words()})")
    if len(others) > _FEW:
        others = [f"another of its {len(others)} procedures"]
    for words in others:
        yield Act(PROCEDURE, (), words, "", None, None, reached=False)


_WAYS = {
    "consensus", "unanimity", "majority", "qualified", "simple", "absolute", "special", "double", "reinforced", "vote",
    "votes", "two", "thirds", "three", "quarters", "fifths", "four", "minus", "one", "percent", "seventy", "eighty",
    "five", "eighty-five", "substance", "important", "other", "questions", "decision", "decisions", "ordinary", "of",
    "the", "members",
}  # fmt: skip
"""Words of procedures that are named by how votes are counted, or are for whatever matters, and not by one matter."""


def fits(name: str, concerned: frozenset[str] | set[str]) -> bool:
    """Tell whether a procedure may be open to a matter: it is a way of counting, or is named after the matter.

    A waiver and an accession are no ways to appoint somebody, nor is a procedural vote for what is of substance.

    Examples
    --------
    >>> fits("two-thirds", {"appoint", "director"}), fits("accession", {"appoint", "director"})
    (True, False)
    >>> fits("accession", {"accession", "ukraine"})
    True
    """
    words = name.casefold().replace("-", " ").split()
    return all(word in _WAYS for word in words) or bool(content_words(" ".join(words)) & concerned)
