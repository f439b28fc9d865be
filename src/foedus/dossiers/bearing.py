"""What a statement bears on: which option, under which condition, and until which later statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from foedus.base.days import surely_after
from foedus.dossiers.ranks import RANKS, rank_of
from foedus.dossiers.records import Concept
from foedus.evidence import ABSTENTION, CONSENT, OWN_WORDS, Statement
from foedus.issues import Issue
from foedus.world import World

CONSENTS = 0.6
"""How far towards the supporters somebody stands that will not stand in the way.

A statement reaches a tenth of the line to either side, so that it still rather has the option than no change.
"""

_SHORT_OF_SUPPORT = {(ABSTENTION, 0): 0.5, (CONSENT, 1): CONSENTS}


def on_option(concept: Concept, issue: Issue) -> bool:
    """Tell whether whoever supports a concept, or opposes it, names an option other than the status quo.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> [c.id for c in dossier.concepts if c.issue == "office" and on_option(c, dossier.issue("office"))]
    ['office', 'programme-office']
    """
    places = {option.at for option in issue.options} - {issue.option(issue.status_quo).at}
    return bool(places & {concept.at_support, concept.at_oppose})


def conditional(statement: Statement) -> bool:
    """Tell whether a statement is a branch: it says where its actor would stand if something held.

    A refusal until something is done is none: the actor refuses now.
    """
    return bool(statement.condition) and not (statement.stance < 0 and statement.signal == "threat")


def superseded(statements: Sequence[Statement], world: World) -> dict[str, str]:
    """Return which statements of one actor a later one replaces, with the id of the latest that does.

    Parameters
    ----------
    statements
        Of one actor, all that count.
    world
        The facts: who held which office.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> superseded([statement for statement in dossier.statements if statement.actor == "SWE"], dossier.world)
    {}
    """
    replaced: dict[str, str] = {}
    for earlier in statements:
        later = [
            statement
            for statement in statements
            if (statement.concept, statement.venue) == (earlier.concept, earlier.venue)
            and surely_after(statement.said_on, earlier.said_on)
            and statement.stance != earlier.stance
            and not conditional(statement)
            and _as_firm(statement, earlier)
            and statement.kind != "conjecture"
            and _as_high(statement, earlier, world)
        ]
        if later:
            replaced[earlier.id] = max(later, key=lambda statement: (statement.said_on, statement.id)).id
    return replaced


def _as_firm(later: Statement, earlier: Statement) -> bool:
    """Tell whether a statement is no weaker kind of evidence than an earlier one.

    A refusal that is told ends a yes that was only passed on by somebody else: neither is in the actor's own words, and
    whoever is said to refuse now must not count as a supporter on the strength of what it was said to want before.
    """
    if later.kind in OWN_WORDS or earlier.kind not in OWN_WORDS:
        return True
    return later.stance < 0 < earlier.stance and earlier.kind == "indirect"


def _as_high(later: Statement, earlier: Statement, world: World) -> bool:
    """Tell whether a statement comes from an office as high as an earlier one's.

    An act counts as from the highest office. Between a vote and an abstention it does not: each tells how the actor
    votes, whether by an account of the vote or by what it announces, and the later of them is how it votes now.
    """
    if ABSTENTION in {later.signal, earlier.signal} and "withdrawal" not in {later.signal, earlier.signal}:
        ranks = list(RANKS)
        return ranks.index(rank_of(later, world)) <= ranks.index(rank_of(earlier, world))
    return _height(later, world) <= _height(earlier, world)


def _height(statement: Statement, world: World) -> int:
    """Return how high the office is from which it comes, 0 for the highest."""
    if statement.kind == "act" or statement.signal == "withdrawal":
        return 0
    return list(RANKS).index(rank_of(statement, world))


def target_of(statement: Statement, concept: Concept, issue: Issue) -> float | None:
    """Return the place on the scale that a statement points to; None where it takes no side.

    Who abstains is taken to be indifferent, halfway between where a supporter and an opponent stand. Who will not stand
    in the way without being in favour stands at `CONSENTS` of the way: no nearer to the supporters than it must. Where
    an option goes further, it stands with the supporters of the lesser one: it has said nothing against more.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> no = next(said for said in dossier.statements if said.concept == "office" and said.stance < 0)
    >>> claim = next(said for said in dossier.concepts if said.id == "office" and said.issue == "office")
    >>> away, lets = replace(no, stance=0, signal="abstention"), replace(no, stance=1, signal="consent")
    >>> [target_of(said, claim, dossier.issue("office")) for said in (no, away, lets, replace(no, stance=1))]
    [0.0, 50.0, 60.0, 100.0]
    """
    share = _SHORT_OF_SUPPORT.get((statement.signal, statement.stance))
    if share is not None and concept.at_support is not None and concept.at_oppose is not None:
        way = concept.at_support - concept.at_oppose
        if statement.signal == CONSENT and any((option.at - concept.at_support) * way > 0 for option in issue.options):
            share = 1.0
        return concept.at_oppose + share * way
    if statement.stance == 0:
        return None
    return concept.at_support if statement.stance > 0 else concept.at_oppose


def points_up(statement: Statement, concept: Concept) -> bool:
    """Tell whether a statement points up the scale; one that takes no side, as the supporters of its concept do."""
    rising = (concept.at_support or 0.0) >= (concept.at_oppose or 0.0)
    return rising == (statement.stance >= 0)


def names(statement: Statement, concept: Concept, issue: Issue) -> tuple[float | None, float | None]:
    """Return the place of the option that a statement is for, and of the one that it refuses; None of a general remark.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> no = next(said for said in dossier.statements if said.concept == "office" and said.stance < 0)
    >>> claim = next(said for said in dossier.concepts if said.id == "office" and said.issue == "office")
    >>> names(no, claim, dossier.issue("office"))
    (None, 100.0)
    """
    target, still = target_of(statement, concept, issue), issue.option(issue.status_quo).at
    places = {option.at for option in issue.options} - {still}
    if (statement.signal, statement.stance) in _SHORT_OF_SUPPORT and target != concept.at_support:
        return None, None  # it stands short of an option, by chance where another one is
    if target in places:
        return target, None
    other = concept.at_oppose if statement.stance > 0 else concept.at_support
    return None, other if target == still and other in places else None


def option_named(statement: Statement, concept: Concept, issue: Issue) -> float | None:
    """Return the place of the option that a statement is on, whatever it says of it; None of a general remark.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> no = next(said for said in dossier.statements if said.concept == "office" and said.stance < 0)
    >>> claim = next(said for said in dossier.concepts if said.id == "office" and said.issue == "office")
    >>> option_named(replace(no, stance=0, signal="abstention"), claim, dossier.issue("office"))
    100.0
    """
    wants, refuses = names(statement, concept, issue)
    places = {option.at for option in issue.options} - {issue.option(issue.status_quo).at}
    candidates = (wants, refuses, concept.at_support, concept.at_oppose)
    return next((at for at in candidates if at is not None and at in places), None)


def side_of(statement: Statement, concept: Concept, issue: Issue) -> int:
    """Return 1 for a statement that points from the status quo to the proposal, -1 for the other way, 0 for neither.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> no = next(said for said in dossier.statements if said.concept == "office" and said.stance < 0)
    >>> claim = next(said for said in dossier.concepts if said.id == "office" and said.issue == "office")
    >>> side_of(no, claim, dossier.issue("office"))
    -1
    """
    low, high = concept.at_oppose, concept.at_support
    if statement.stance == 0 or low is None or high is None or low == high:
        return 0
    rising = issue.option(issue.proposal).at >= issue.option(issue.status_quo).at
    return 1 if points_up(statement, concept) == rising else -1


_HINDER = frozenset({"threat", "link"})


def opposite(statement: Statement, side: int) -> Statement:
    """Return what somebody says who takes the other side; an abstention has no opposite and comes back unchanged.

    Whoever now agrees does not threaten and withholds nothing; whoever now refuses has not softened, offers nothing and
    does not let it pass. A softened refusal turned round is a yes, which is nearer still: that it softened stays so.

    Parameters
    ----------
    statement
        What was said.
    side
        As `side_of` returns it; 0 leaves no signal.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> no = next(said for said in read_dossier(packaged_dossiers()["tokyo-office"]).statements if said.stance < 0)
    >>> turned = opposite(replace(no, signal="link"), -1)
    >>> turned.stance, turned.signal
    (1, '')
    """
    if statement.stance == 0:
        return statement
    stays = (statement.signal in _HINDER) == (side > 0) and statement.signal != CONSENT and side != 0
    return replace(statement, stance=-statement.stance, signal=statement.signal if stays else "")


_OBJECTION = re.compile(r"\b(?:objecti\w+|veto\w*|oppos\w+|block\w*|resist\w*|refus\w+|reserv\w+)\b", re.IGNORECASE)


def gives_up(statement: Statement, said: Iterable[Statement]) -> bool:
    """Tell whether a withdrawal gives up an objection: one of the same actor on record, or one that its words name.

    Parameters
    ----------
    statement
        What carries the signal.
    said
        What was said on the same issue.
    """
    known = any(
        earlier.actor == statement.actor and earlier.stance < 0 and earlier.said_on <= statement.said_on
        for earlier in said
    )
    return known or _OBJECTION.search(f"{statement.quote} {statement.paraphrase}") is not None
