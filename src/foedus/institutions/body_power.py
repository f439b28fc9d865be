"""Who has what power in a body: the one place that asks a body, or a table of weights, everything about power."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.wording import percent, tenth
from foedus.institutions.bodies import Body, Institutions
from foedus.institutions.packaged import packaged_institutions
from foedus.institutions.power import Game, Weighted, blockers, minimal_blocking, minimal_winning
from foedus.institutions.power import power as power_of
from foedus.institutions.power_answer import SIDES, BodyPower, Coalition, Elsewhere, Listed, Vote
from foedus.institutions.rules import MEMBERS, Ballot, Quota, every_part
from foedus.institutions.seating import STAND_IN, Seating, seat
from foedus.institutions.spatial import Reach, reach
from foedus.institutions.user_tables import read_quota
from foedus.world import World, packaged_world
from foedus.world.days import as_day
from foedus.world.horizon import beyond

NARROW = 0.003
"""By how much a coalition's share may be off where others' figures stand in for a body's own: at most 0.30 of a hundred
between Eurostat's figures and the Council's in 2025, and 0.18 in 2016, the two years for which both are packaged."""


def power(
    body: str | Mapping[str, int],
    on: Day | str | None = None,
    *,
    quota: str | None = None,
    procedure: str | None = None,
    consent_of: Iterable[str] = (),
    coalition: Iterable[str] | None = None,
    vote: Mapping[str, Iterable[str]] | None = None,
    positions: Mapping[str, float] | None = None,
    status_quo: float | None = None,
    scale: tuple[float, float] = (0.0, 100.0),
    minimal: bool = False,
    seed: int = 0,
    world: World | None = None,
    institutions: Institutions | None = None,
) -> BodyPower:
    """Return who has what power in a body on a day, or in any body whose weights are given.

    Parameters
    ----------
    body
        The id or a name of a body, such as ``nac``; or the weight of each member, which needs a quota.
    on
        The day; by default today.
    quota
        With weights: what a decision needs, such as ``255``, ``85%`` or ``>50%``.
    procedure
        One of the body's procedures; by default the usual.
    consent_of
        Outsiders whose consent is needed beside.
    coalition
        Members: can they adopt when all others are against?
    vote
        Members by side, as in `SIDES`, and outsiders ``refusing`` their consent: is the decision adopted?
    positions, status_quo, scale
        How far can the body go from where things stand, when members stand there on the scale?
    minimal
        Also the minimal winning and blocking coalitions.
    seed
        The seed, for what cannot be counted exactly.
    world, institutions
        Other facts and bodies than the packaged ones.

    Raises
    ------
    FoedusError
        For names that nobody knows, and for questions that do not go together.

    Examples
    --------
    >>> answer = power("unsc", "2023-07-11", vote={"against": ["Russia"]})
    >>> answer.can_block_alone, answer.vote.why.value
    (('CHN', 'FRA', 'GBR', 'RUS', 'USA'), 'no')
    >>> power({"a": 3, "b": 2, "c": 2}, quota="4").power.shapley_shubik.round(3).tolist()
    [0.333, 0.333, 0.333]
    """
    if not isinstance(body, str):
        asked = {"on": on, "procedure": procedure, "vote": vote, "positions": positions}
        if beside := [name for name, value in asked.items() if value is not None]:
            raise FoedusError(f"a table of weights has no {', '.join(beside)}; name a body instead")
        return power_of_weights(body, quota, coalition=coalition, minimal=minimal, seed=seed)
    if quota is not None:
        raise FoedusError("a quota goes with a table of weights; a body has its own rule")
    if (positions is None) != (status_quo is None):
        raise FoedusError("positions and a status quo go together")
    facts = world if world is not None else packaged_world()
    day = dt.date.today() if on is None else as_day(on)  # noqa: DTZ011 - a day has no zone
    called_body = (institutions if institutions is not None else packaged_institutions()).called(body, facts)
    if not any(row.organisation in called_body.seated_by.memberships for row in facts.memberships):
        alone = _rule_alone(called_body, day, procedure)
        if any(asked is not None for asked in (coalition, vote, positions)):
            raise FoedusError(alone.notes[-1])
        return alone
    hosts = [facts.find(name, day) for name in consent_of]
    seating = seat(called_body, facts, day, procedure, consent_of=hosts)
    named, weights = _weights(seating)
    vote = None if vote is None else {side: tuple(names) for side, names in vote.items()}
    voted = None if vote is None else vote_in(seating, facts, vote)
    return BodyPower(
        body=seating.body.id,
        on=seating.on,
        procedure=seating.procedure,
        rule=seating.rule.words(),
        reference=seating.rule.reference,
        other_procedures=_others(called_body, day, seating.procedure),
        notes=(*seating.notes, *_whose_case(seating.rule.words(), vote), *_narrowly(seating, voted)),
        weighed_by=named,
        weights=weights,
        coalition=None if coalition is None else coalition_in(seating, facts, coalition),
        vote=voted,
        reach=None
        if positions is None or status_quo is None
        else reach_in(seating, facts, positions, status_quo, scale),
        elsewhere=tuple(_elsewhere(called_body, facts, day, seating.procedure, vote)),
        **_counted(seating.game(), minimal, seed) | _with_concerned(seating, voted),
    )


def _with_concerned(seating: Seating, vote: Vote | None) -> dict[str, tuple[str, ...]]:
    """Return who can block where a vote says whose own case it is; nothing where none does."""
    if vote is None or not vote.sides["concerned"]:
        return {}
    favour = seating.ballot(concerned=vote.sides["concerned"])
    blocking = (
        voter for voter in seating.voters if seating.decide(favour.change(against=frozenset({voter}))).value == "no"
    )
    return {"can_block_alone": tuple(sorted(blocking))}


def _elsewhere(
    body: Body, world: World, on: Day, procedure: str, vote: Mapping[str, Iterable[str]] | None
) -> Iterator[Elsewhere]:
    """Yield what comes of the question under each other procedure whose rule and weights are known on the day."""
    for name in body.procedures:
        if name == procedure:
            continue
        with contextlib.suppress(FoedusError):
            seating = seat(body, world, on, name)
            adopted = ""
            with contextlib.suppress(FoedusError):
                adopted = "" if vote is None else vote_in(seating, world, vote).why.value
            yield Elsewhere(name, tuple(sorted(seating.can_block_alone())), adopted)


def _others(body: Body, on: Day, procedure: str) -> dict[str, str]:
    """Return the rules of a body's other procedures on a day."""
    rules = {}
    for name in body.procedures:
        if name != procedure:
            with contextlib.suppress(FoedusError):
                rules[name] = body.rule(on, name).words()
    return rules


def power_of_weights(
    weights: Mapping[str, int],
    quota: str | None,
    *,
    reference: str = "",
    coalition: Iterable[str] | None = None,
    minimal: bool = False,
    seed: int = 0,
) -> BodyPower:
    """Return who has what power where members have weights and a decision needs a quota.

    Parameters
    ----------
    weights
        The weight of each member.
    quota, coalition, minimal, seed
        As in `power`.
    reference
        Where the weights are from.

    Raises
    ------
    FoedusError
        For a quota that is missing or no quota.
    """
    if quota is None:
        raise FoedusError("a table of weights needs a quota: the weight that a decision needs, such as 255 or 85%")
    total = sum(weights.values())
    whole = read_quota(quota, total)
    game = Weighted(tuple(weights.values()), whole, tuple(weights))
    members = None if coalition is None else tuple(coalition)
    asked = None if members is None else Coalition(members, "yes" if game.wins(members) else "no", None)
    return BodyPower(
        body=None,
        on=None,
        procedure=None,
        rule=f"at least {whole} of {total}",
        reference=reference,
        weighed_by="weight",
        weights=weights,
        coalition=asked,
        **_counted(game, minimal, seed),
    )


def _whose_case(rule: str, vote: Mapping[str, Iterable[str]] | None) -> tuple[str, ...]:
    """Return a note where a rule sets aside those whose own case it is, and a vote names nobody."""
    if vote is None or vote.get("concerned") or "those concerned" not in rule:
        return ()
    return ("the rule sets aside those whose own case it is; name them with --concerned",)


def _narrowly(seating: Seating, vote: Vote | None) -> Iterator[str]:
    """Yield a note for each share that a vote reaches or misses narrowly where figures stand in for the body's own."""
    if vote is None or not any(STAND_IN in note for note in seating.notes):
        return
    for part in dict.fromkeys(every_part(seating.rule)):
        if not isinstance(part, Quota) or not isinstance(part.at_least, Fraction) or part.weights not in vote.shares:
            continue
        if abs(vote.shares[part.weights] - float(part.at_least)) <= NARROW:
            yield (
                f"the vote lies within {tenth(NARROW)} of the {percent(float(part.at_least))} of the {part.weights} "
                "that it needs: the body's own figures might turn it"
            )


def _rule_alone(body: Body, day: Day, procedure: str | None) -> BodyPower:
    """Return the rule of a body none of whose members are known."""
    rule = body.rule(day, procedure)
    unknown = f"no memberships of {body.organisation} are packaged: the rule alone"
    return BodyPower(
        body=body.id,
        on=day,
        procedure=body.procedure(procedure),
        rule=rule.words(),
        reference=rule.reference,
        notes=tuple(note for note in (*body.notes_on(day), beyond(day), unknown) if note),
    )


def _counted(game: Game, minimal: bool, seed: int) -> dict[str, Any]:
    """Return what is counted from the game alone."""
    made: dict[str, Any] = {
        "power": power_of(game, seed=seed),
        "can_block_alone": tuple(sorted(blockers(game))),
    }
    if minimal:
        for name, coalitions in (("minimal_winning", minimal_winning), ("minimal_blocking", minimal_blocking)):
            counts = coalitions(game)
            listed = tuple(tuple(sorted(coalition)) for coalition in counts.listed) if counts.complete else None
            made[name] = Listed(counts.count, listed)
    return made


def _weights(seating: Seating) -> tuple[str, Mapping[str, int]]:
    """Return the weights that the body's first weighted quota counts, with their name; or one for each vote."""
    quotas = [part.weights for part in every_part(seating.rule) if isinstance(part, Quota)]
    named = next((quota for quota in quotas if quota != MEMBERS), MEMBERS)
    return named, seating.weights[named] if named != MEMBERS else dict.fromkeys(seating.voters, 1)


def coalition_in(seating: Seating, world: World, members: Iterable[str]) -> Coalition:
    """Return whether some members of a body can adopt a decision when all others are against."""
    ids = seating.named(members, world)
    why = seating.wins(ids)
    return Coalition(tuple(ids), why.value, why)


def vote_in(seating: Seating, world: World, vote: Mapping[str, Iterable[str]]) -> Vote:
    """Return a vote in a body and what comes of it.

    Raises
    ------
    FoedusError
        For a side that is none, and for names that nobody knows.
    """
    if strange := sorted(vote.keys() - {*SIDES, "refusing"}):
        raise FoedusError(f"no side {', '.join(strange)}; there are {', '.join((*SIDES, 'refusing'))}")
    named = {side: seating.named(vote.get(side, ()), world) for side in SIDES}
    refusing = seating.named(vote.get("refusing", ()), world)
    ballot = seating.ballot(**named, consenting=seating.consenting(refusing))
    sides = {side: tuple(actors) for side, actors in named.items()} | {"refusing": tuple(refusing)}
    aside = ballot.concerned if "without those concerned" in seating.rule.words() else frozenset()
    counted = ballot.without(aside)
    return Vote(sides, counted, seating.decide(ballot), _shares(seating, counted))


def _shares(seating: Seating, ballot: Ballot) -> dict[str, float]:
    """Return what those in favour hold of each of the rule's weights, beside one vote for each member."""
    named = {part.weights for part in every_part(seating.rule) if isinstance(part, Quota)} - {MEMBERS}
    return {
        weight_name: ballot.weigh(weight_name, ballot.supporting) / whole
        for weight_name in sorted(named)
        if (whole := ballot.weigh(weight_name, ballot.seats))
    }


def reach_in(
    seating: Seating,
    world: World,
    positions: Mapping[str, float],
    status_quo: float,
    scale: tuple[float, float] = (0.0, 100.0),
) -> Reach:
    """Return how far a body can go from a status quo.

    Raises
    ------
    FoedusError
        For a scale without length, and for an actor that stands in two places under two names.
    """
    low, high = scale
    if not (isfinite(low) and isfinite(high) and low < high):
        raise FoedusError(f"a scale goes from a lower end to a higher one; {low:g} to {high:g} does not")
    actors = seating.named(positions, world)
    if twice := sorted({actor for actor in actors if actors.count(actor) > 1}):
        raise FoedusError(f"positions: {', '.join(twice)} stands in it twice, under two names")
    return reach(seating, dict(zip(actors, positions.values(), strict=True)), status_quo, scale)
