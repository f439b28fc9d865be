"""What cases ask of bodies: votes, coalitions, vetoes, voting power, and how far a body can go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.institutions.body_power import coalition_in, reach_in, vote_in
from foedus.institutions.packaged import packaged_institutions
from foedus.institutions.power import Game, Weighted, blockers, power
from foedus.institutions.power_answer import SIDES
from foedus.institutions.questions.kind import Kind, told
from foedus.institutions.rules import Ballot, game_of, read_rule
from foedus.institutions.seating import Seating, seat
from foedus.institutions.user_tables import read_quota
from foedus.world import packaged_world

_INDICES = ("shapley_shubik", "banzhaf", "banzhaf_absolute", "coleman_prevent", "coleman_initiate")
_SEATED = ("procedure", "consent_of")


def _seated(given: Mapping[str, Any], on: Day) -> Seating:
    body = packaged_institutions().body(given["body"])
    return seat(body, packaged_world(), on, given.get("procedure"), consent_of=given.get("consent_of", ()))


def _vote(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    body = _seated(given, on)
    vote = vote_in(body, packaged_world(), {side: given.get(side, ()) for side in (*SIDES, "refusing")})
    return {
        "adopted": vote.why.value,
        "in_favour": len(vote.ballot.supporting),
        "members": len(body.members),
        "because": told(vote.why),
    }


def _coalition(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    body = _seated(given, on)
    answer = coalition_in(body, packaged_world(), given["coalition"])
    return {"winning": answer.winning, "members": len(body.members), "because": told(body.wins(answer.members))}


def _blocking(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    body = _seated(given, on)
    blocking = sorted(body.can_block_alone())
    return {
        "can_block_alone": blocking,
        "number": len(blocking),
        "members": len(body.members),
        "rule": body.rule.words(),
    }


def _power(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    indices = power(_game(given, on))
    answer: dict[str, object] = {
        name: dict(zip(indices.members, indices.fractions.get(name, getattr(indices, name)), strict=True))
        for name in _INDICES
    }
    acts = indices.fractions.get("coleman_act")
    return answer | {
        "coleman_act": acts[0] if acts else indices.coleman_act,
        "can_block_alone": list(blockers(_game(given, on))),
        "members": len(indices.members),
    }


def _game(given: Mapping[str, Any], on: Day) -> Game:
    """Return the game of a body on the day, or of weights that are written out with a quota or a rule."""
    ways = [name for name in ("body", "weights", "members") if name in given]
    if len(ways) != 1:
        raise FoedusError("the input names one of body, weights and members")
    if "body" in given:
        return _seated(given, on).game()
    if "rule" in given:
        tables = given["weights"]
        seats = frozenset(member for table in tables.values() for member in table)
        full = {name: {member: table.get(member, 0) for member in seats} for name, table in tables.items()}
        try:
            return game_of(read_rule(given["rule"], ""), Ballot(seats, weights=full))
        except ValueError as error:
            raise FoedusError(f"rule: expected {error}") from None
    weights = given["weights"] if "weights" in given else {str(k): 1 for k in range(1, given["members"] + 1)}
    quota = read_quota(str(given.get("quota")), sum(weights.values()))
    return Weighted(tuple(weights.values()), quota, tuple(weights))


def _reach(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    body = _seated(given, on)
    others = given["positions"].get("others")
    named = {name: float(place) for name, place in given["positions"].items() if name != "others"}
    asked = body.voters | body.rule.outsiders()
    positions = ({} if others is None else dict.fromkeys(asked, float(others))) | named
    low, high = given.get("scale", (0, 100))
    answer = reach_in(body, packaged_world(), positions, float(given["status_quo"]), (float(low), float(high)))
    return {
        "largest_step": answer.largest_step,
        "core": None if answer.core is None else list(answer.core),
        "feasible": None if answer.feasible is None else list(answer.feasible),
        "pivots_up": sorted(answer.pivots[0]),
        "pivots_down": sorted(answer.pivots[1]),
    }


VOTES = {
    "vote": Kind(_vote, ("body",), (*_SEATED, *SIDES, "refusing")),
    "coalition": Kind(_coalition, ("body", "coalition"), _SEATED),
    "blocking": Kind(_blocking, ("body",), _SEATED),
    "power": Kind(_power, (), ("body", *_SEATED, "weights", "members", "quota", "rule")),
    "reach": Kind(_reach, ("body", "positions", "status_quo"), (*_SEATED, "scale")),
}
"""The kinds of question on bodies."""
