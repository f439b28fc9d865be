"""The consensus model against an oracle written from its specification, and against numbers worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from foedus.issues import Sitting
from foedus.settlement import CONSENSUS

SETTER, GAINS, NASH = 0, 1, 2
CLOSE = 1e-9
"""Floating-point sums of a few numbers of size 1 err by some 1e-15; what is nearer than this to a tie is no test."""

RUN = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.filter_too_much])

Build = Callable[..., Sitting]


# ---------------------------------------------------------------------------------------------------------------------
# The oracle: loops over members and options in exact fractions, written from the specification.


class AmbiguousError(Exception):
    """Rounding decides: no test of the model."""


@dataclass
class Answer:
    """What the oracle says; lists over members and options."""

    choice: int
    objects: list[list[bool]]
    sole: list[list[bool]]
    reluctant: list[list[bool]]
    pivotal: list[bool]
    d: list[list[Fraction]]
    r: list[list[Fraction]]
    k: list[list[Fraction]]


class Oracle:
    """One council, one issue."""

    def __init__(self, council: dict[str, Any]) -> None:
        self.members = council["members"]
        self.options = [Fraction(x) for x in council["options"]]
        self.q = council["status_quo"]
        self.length = Fraction(council["length"])
        self.outsiders = council["outsiders"]
        self.setter = Fraction(council["setter"])
        self.kappa, self.tau = Fraction(council["kappa"]), Fraction(council["tau"])
        self.cost = Fraction(council["red_line_cost"])
        self.slack = Fraction(council["red_line_slack"]) * self.length
        self.selection = council["selection"]
        self.exact = council["exact"]
        self.seats = [i for i, member in enumerate(self.members) if member["seated"]]

    def sign(self, value: Fraction, *, surely: bool = False) -> int:
        """Return the sign, unless only exact arithmetic could tell it."""
        if not self.exact and not surely and abs(value) < CLOSE:
            raise AmbiguousError
        return (value > 0) - (value < 0)

    def disutility(self, i: int, x: int) -> Fraction:
        at, wanted = self.options[x], Fraction(self.members[i]["private"])
        farther = abs(at - wanted) - abs(self.options[self.q] - wanted)
        return Fraction(self.members[i]["salience"]) * farther / self.length

    def public_sign(self, i: int, x: int) -> int:
        """Return -1 where i says it prefers x to q, 1 where q to x."""
        if x == self.q:
            return 0
        at, said = self.options[x], Fraction(self.members[i]["public"])
        return self.sign(abs(at - said) - abs(self.options[self.q] - said))

    def crossing(self, i: int, x: int) -> Fraction:
        member = self.members[i]
        crossed = member["committed"] and self.public_sign(i, x) > 0
        if member["red_high"] is not None:
            crossed = crossed or self.sign(self.options[x] - Fraction(member["red_high"]) - self.slack) > 0
        if member["red_low"] is not None:
            crossed = crossed or self.sign(Fraction(member["red_low"]) - self.slack - self.options[x]) > 0
        return self.cost if crossed else Fraction(0)

    def pressure(self, i: int, x: int) -> Fraction:
        heads, strength, total = 0, Fraction(0), Fraction(0)
        for j in self.seats:
            capability = Fraction(self.members[j]["capability"])
            total += capability
            if j != i and self.public_sign(j, x) < 0:
                heads += 1
                strength += capability
        share = Fraction(0)
        if total > 0:
            share = min(Fraction(heads, len(self.seats)), strength / total)
        return self.kappa * max(Fraction(0), (share - self.tau) / (1 - self.tau))

    def objects(self, i: int, x: int) -> bool:
        if x == self.q:
            return False
        d, r, k = self.disutility(i, x), self.crossing(i, x), self.pressure(i, x)
        return self.sign(d + r - k, surely=d == 0 and k == 0 and self.members[i]["salience"] == 0) > 0

    def consents(self, o: int, x: int) -> bool:
        if x == self.q:
            return True
        d, r = self.disutility(o, x), self.crossing(o, x)
        return self.sign(d + r, surely=self.members[o]["salience"] == 0) <= 0

    def weight(self, i: int) -> Fraction:
        return Fraction(self.members[i]["capability"]) * Fraction(self.members[i]["salience"])

    def score(self, x: int, left_out: int | None) -> float | Fraction:
        if self.selection == SETTER:
            return -abs(self.options[x] - self.setter)
        if self.selection == GAINS:
            capability = {i: Fraction(self.members[i]["capability"]) for i in self.seats}
            return sum((-capability[i] * self.disutility(i, x) for i in self.seats), Fraction(0))
        weights = {i: self.weight(i) for i in self.seats}
        logs = []
        for i in self.seats:
            if weights[i] == 0 or (i == left_out and self.objects(i, x)):
                continue
            surplus = Fraction(0)
            if x != self.q:
                surplus = self.pressure(i, x) - self.disutility(i, x) - self.crossing(i, x)
            if surplus <= 0:
                return -math.inf
            logs.append(float(weights[i]) * math.log(surplus))
        return math.fsum(logs)

    def pick(self, adoptable: list[bool], left_out: int | None = None) -> int:
        """Return the best of the adoptable; a tie goes to q, then to what is nearer to q, then to the lower."""
        status_quo = self.options[self.q]
        order = sorted(range(len(self.options)), key=lambda x: (abs(self.options[x] - status_quo), self.options[x]))
        best = self.q
        for x in order:
            if x == self.q or not adoptable[x]:
                continue
            old, new = self.score(best, left_out), self.score(x, left_out)
            if new == old and (new == -math.inf or self.exact or self.weightless()):
                if self.selection == NASH and new != -math.inf and not self.weightless():
                    raise AmbiguousError
                continue
            if -math.inf not in {old, new} and (not self.exact or self.selection == NASH) and abs(new - old) < CLOSE:
                raise AmbiguousError
            if new > old:
                best = x
        return best

    def weightless(self) -> bool:
        if self.selection == SETTER:
            return False
        return all(self.weight(i) == 0 for i in self.seats)

    def answer(self) -> Answer:
        places, everyone = range(len(self.options)), range(len(self.members))
        objects = [[i in self.seats and self.objects(i, x) for x in places] for i in everyone]
        consents = {o: [x == self.q or self.consents(o, x) for x in places] for o in self.outsiders}
        no_refusal = [True for _ in places]

        def adoptable(without: int | None = None) -> list[bool]:
            return [
                not any(objects[i][x] for i in everyone if i != without)
                and all(consents[o][x] for o in self.outsiders if o != without)
                for x in places
            ]

        choice = self.pick(adoptable())
        in_the_way = [[objects[i][x] or not consents.get(i, no_refusal)[x] for x in places] for i in everyone]
        sole = [[in_the_way[i][x] and adoptable(without=i)[x] for x in places] for i in everyone]
        reluctant = [[False for _ in places] for _ in everyone]
        for i in self.seats:
            for x in places:
                d = self.disutility(i, x)
                surely = x == self.q or self.members[i]["salience"] == 0
                reluctant[i][x] = self.sign(d, surely=surely) > 0 and not objects[i][x]
        pivotal = [False for _ in everyone]
        for i in self.seats:
            pivotal[i] = self.pick(adoptable(without=i), left_out=i) != choice
        for o in self.outsiders:
            pivotal[o] = self.pick(adoptable(without=o)) != choice
        table = [[[f(i, x) for x in places] for i in everyone] for f in (self.disutility, self.crossing, self.pressure)]
        return Answer(choice, in_the_way, sole, reluctant, pivotal, *table)


# ---------------------------------------------------------------------------------------------------------------------
# Councils for Hypothesis.


def _eighths(low: int, high: int) -> st.SearchStrategy[float]:
    return st.integers(low, high).map(lambda k: k / 8)


@st.composite
def exact_councils(draw: st.DrawFn, *, plain: bool = False) -> dict[str, Any]:
    """Draw a council all of whose arithmetic is exact in binary, so that ties are ties.

    Scale of length 64, positions in quarters, saliences in eighths, 1, 2 or 4 seats, capabilities that add up to 8.
    """
    seats, voices = draw(st.sampled_from([1, 2, 4])), draw(st.integers(0, 2))
    cuts = sorted(draw(st.lists(st.integers(0, 8), min_size=seats - 1, max_size=seats - 1)))
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, 8], strict=True)]
    if draw(st.integers(0, 9)) == 0:
        shares = [0] * seats
    places = st.one_of(st.sampled_from([0, 16, 32, 48, 64]), st.integers(0, 256).map(lambda k: k / 4))
    options = sorted(draw(st.sets(st.integers(0, 16).map(lambda k: 4.0 * k), min_size=2, max_size=5)))
    return _council(draw, seats, voices, [float(s) for s in shares], places, options, plain=plain) | {
        "exact": True,
        "length": 64.0,
        "kappa": draw(st.integers(0, 8)) / 4,
        "tau": draw(st.sampled_from([0.5, 0.75])),
        "red_line_cost": draw(_eighths(0, 8)),
        "red_line_slack": draw(st.sampled_from([-0.125, 0.0, 0.0, 0.0625])),
    }


@st.composite
def wide_councils(draw: st.DrawFn, *, plain: bool = False) -> dict[str, Any]:
    """Draw a council of 1 to 5 seats with numbers of every kind; near ties are left out by the oracle."""
    seats, voices = draw(st.integers(1, 5)), draw(st.integers(0, 2))
    capability = [draw(st.one_of(st.just(0.0), st.integers(1, 999).map(lambda k: k / 37))) for _ in range(seats)]
    places = st.integers(0, 9_700).map(lambda k: k / 97)
    options = sorted(draw(st.sets(st.integers(0, 100).map(float), min_size=2, max_size=5)))
    return _council(draw, seats, voices, capability, places, options, plain=plain) | {
        "exact": False,
        "length": 100.0,
        "kappa": draw(st.floats(0, 2)),
        "tau": draw(st.floats(0.5, 0.99)),
        "red_line_cost": draw(st.floats(0, 1)),
        "red_line_slack": draw(st.floats(-0.2, 0.2)),
    }


def _council(
    draw: st.DrawFn,
    seats: int,
    voices: int,
    capability: list[float],
    places: st.SearchStrategy[float],
    options: list[float],
    *,
    plain: bool,
) -> dict[str, Any]:
    maybe = st.integers(0, 3).map(lambda k: k == 0)
    members = []
    for place in range(seats + voices):
        private = draw(places)
        member = {
            "private": private,
            "public": private if plain or not draw(maybe) else draw(places),
            "salience": draw(_eighths(0, 8)),
            "capability": capability[place] if place < seats else draw(st.sampled_from([0.0, 1.0])),
            "seated": place < seats,
            "committed": not plain and draw(maybe),
            "red_high": draw(places) if not plain and draw(maybe) else None,
            "red_low": draw(places) if not plain and draw(maybe) else None,
        }
        members.append(member)
    order = draw(st.permutations(range(seats + voices)))  # seats and voices in any order
    members = [members[place] for place in order]
    asked = [i for i, member in enumerate(members) if not member["seated"] and draw(st.booleans())]
    return {
        "members": members,
        "options": options,
        "status_quo": draw(st.integers(0, len(options) - 1)),
        "outsiders": asked,
        "setter": draw(places),
        "selection": draw(st.sampled_from([SETTER, GAINS, NASH])),
    }


def build(one_draw: Build, council: dict[str, Any]) -> Sitting:
    """Return the council as the model sees it."""
    members = [
        {
            **member,
            "red_high": math.inf if member["red_high"] is None else member["red_high"],
            "red_low": -math.inf if member["red_low"] is None else member["red_low"],
        }
        for member in council["members"]
    ]
    given_ = {key: council[key] for key in council if key not in {"members", "options", "exact"}}
    return one_draw(members, council["options"], **given_)


def answer_of(council: dict[str, Any]) -> Answer:
    """Return what the oracle says, or give the example up where rounding decides."""
    try:
        return Oracle(council).answer()
    except AmbiguousError:
        assume(False)
        raise


def agree(one_draw: Build, council: dict[str, Any]) -> None:
    """Assert that the model and the oracle agree in everything."""
    sitting, expected = build(one_draw, council), answer_of(council)
    found = CONSENSUS.settle(sitting)
    assert found.objects is not None
    assert found.sole is not None
    assert found.reluctant is not None
    assert found.objects[0][0].tolist() == expected.objects
    assert found.choice.tolist() == [[expected.choice]]
    assert found.outcome.tolist() == [[council["options"][expected.choice]]]
    assert CONSENSUS.choose(sitting).tolist() == [[expected.choice]]
    assert found.sole[0][0].tolist() == expected.sole
    assert found.reluctant[0][0].tolist() == expected.reluctant
    assert found.pivotal[0, :, 0].tolist() == expected.pivotal


@RUN
@given(council=exact_councils())
def test_agrees_with_the_oracle_ties_included(one_draw: Build, council: dict[str, Any]) -> None:
    agree(one_draw, council)


@RUN
@given(council=wide_councils())
def test_agrees_with_the_oracle_on_numbers_of_every_kind(one_draw: Build, council: dict[str, Any]) -> None:
    agree(one_draw, council)


@RUN
@given(council=st.one_of(exact_councils(plain=True), wide_councils(plain=True)))
def test_what_half_of_the_members_oppose_never_passes(one_draw: Build, council: dict[str, Any]) -> None:
    # Everyone says what it wants: of the at most half that remain no share above tau >= 1/2 can press an opponent.
    expected = answer_of(council)
    chosen = int(CONSENSUS.choose(build(one_draw, council))[0, 0])
    seats = [i for i, member in enumerate(council["members"]) if member["seated"]]
    opposed = sum(expected.d[i][chosen] > 0 for i in seats)
    assert chosen == council["status_quo"] or 2 * opposed < len(seats)


@RUN
@given(council=st.one_of(exact_councils(), wide_councils()))
def test_without_pressure_only_what_hurts_nobody_passes(one_draw: Build, council: dict[str, Any]) -> None:
    council = council | {"kappa": 0.0}
    expected = answer_of(council)
    found = CONSENSUS.settle(build(one_draw, council))
    chosen = int(found.choice[0, 0])
    if chosen != council["status_quo"]:
        for i, member in enumerate(council["members"]):
            assert not member["seated"] or expected.d[i][chosen] + expected.r[i][chosen] <= 0
    assert found.reluctant is not None
    assert not found.reluctant[0].any()


# ---------------------------------------------------------------------------------------------------------------------
# By hand.


def council_of_five(**opponent: float) -> list[dict[str, float]]:
    """Four members at 100 that care, and one at 0 that cares half as much."""
    return [{"private": 0.0, "salience": 0.5} | opponent, *({"private": 100.0} for _ in range(4))]


# The opponent faces 4 of 5 backers: k = 0.5 (0.8 - 0.5) / (1 - 0.5) = 0.3. Its d(10) = 0.5 * 10 / 100 = 0.05 and
# its d(100) = 0.5: pressure carries the small step and not the large one.
PRESSED = {"options": [0.0, 10.0, 100.0], "kappa": 0.5, "tau": 0.5, "red_line_cost": 0.3}


def test_a_pressed_opponent_lets_a_small_step_through_and_no_large_one(one_draw: Build) -> None:
    found = CONSENSUS.settle(one_draw(council_of_five(), **PRESSED))
    assert found.outcome.item() == 10.0
    assert found.objects is not None
    assert found.sole is not None
    assert found.reluctant is not None
    assert found.objects[0][0, 0].tolist() == [False, False, True]
    assert found.sole[0][0, 0].tolist() == [False, False, True]
    assert found.reluctant[0][0, 0].tolist() == [False, True, False]
    assert not found.objects[0][0, 1:].any()
    assert found.pivotal[0, :, 0].tolist() == [True, False, False, False, False]


def test_a_red_line_makes_the_same_opponent_stop_the_small_step(one_draw: Build) -> None:
    # d + r = 0.05 + 0.3 = 0.35 > 0.3; nothing is left but the status quo.
    found = CONSENSUS.settle(one_draw(council_of_five(red_high=5.0), **PRESSED))
    assert found.outcome.item() == 0.0
    assert found.sole is not None
    assert found.sole[0][0, 0].tolist() == [False, True, True]


def test_a_public_commitment_costs_what_a_red_line_costs_and_once_only(one_draw: Build) -> None:
    committed = CONSENSUS.settle(one_draw(council_of_five(committed=True), **PRESSED))
    assert committed.outcome.item() == 0.0
    # k = 0.8 * 0.6 = 0.48: above 0.05 + 0.3, below 0.05 + 0.3 + 0.3, so the two costs are not added up.
    both = CONSENSUS.settle(one_draw(council_of_five(committed=True, red_high=5.0), **PRESSED | {"kappa": 0.8}))
    assert both.outcome.item() == 10.0


@pytest.mark.parametrize(("slack", "outcome"), [(-0.05, 0.0), (0.0, 0.0), (0.05, 10.0), (0.1, 10.0)])
def test_slack_moves_the_red_line_by_a_share_of_the_scale(one_draw: Build, slack: float, outcome: float) -> None:
    # The line at 5 lies at 5 + 100 slack; 10 does not cross a line at 10.
    found = CONSENSUS.settle(one_draw(council_of_five(red_high=5.0), **PRESSED, red_line_slack=slack))
    assert found.outcome.item() == outcome


@pytest.mark.parametrize(
    ("capability", "outcome"),
    [
        (1.0, 10.0),  # the backers' share of capability is 4/5, k = 0.3
        (2.0, 10.0),  # 4/6, k = 0.5 * (2/3 - 1/2) / 0.5 = 1/6 > 0.05
        (4.0, 0.0),  # 4/8 is not above tau: no pressure
        (0.0, 10.0),  # all of the capability; the headcount, 4/5, is the smaller share
    ],
)
def test_the_smaller_of_the_two_shares_presses(one_draw: Build, capability: float, outcome: float) -> None:
    assert CONSENSUS.settle(one_draw(council_of_five(capability=capability), **PRESSED)).outcome.item() == outcome


def test_an_objection_needs_more_than_the_pressure(one_draw: Build) -> None:
    # One of four: k = 1 (0.75 - 0.5) / 0.5 = 0.5 and d = 1 * 50 / 100 = 0.5. No objection; 51 is one.
    members = [{"private": 0.0}, *({"private": 100.0} for _ in range(3))]
    given_ = {"kappa": 1.0, "tau": 0.5}
    assert CONSENSUS.settle(one_draw(members, [0.0, 50.0], **given_)).outcome.item() == 50.0
    assert CONSENSUS.settle(one_draw(members, [0.0, 51.0], **given_)).outcome.item() == 0.0


def test_pressure_comes_from_what_is_said_and_objection_from_what_is_wanted(one_draw: Build) -> None:
    # Three say 100 and want 0: each faces 2 of 4, no pressure, and objects. The one that wants it stands alone.
    says = [{"private": 0.0, "public": 100.0, "salience": 0.1} for _ in range(3)]
    found = CONSENSUS.settle(one_draw([{"private": 100.0}, *says], [0.0, 100.0], kappa=1.0, tau=0.75))
    assert found.outcome.item() == 0.0
    # At tau = 1/2 each faces three backers of four: k = (0.75 - 0.5) / 0.5 = 0.5 > 0.1: nobody dares.
    found = CONSENSUS.settle(one_draw([{"private": 100.0}, *says], [0.0, 100.0], kappa=1.0, tau=0.5))
    assert found.outcome.item() == 100.0
    assert found.reluctant is not None
    assert found.reluctant[0][0, :, 1].tolist() == [False, True, True, True]


def test_a_voice_neither_objects_nor_presses(one_draw: Build) -> None:
    members = [{"private": 100.0}, {"private": 0.0, "seated": False}]
    found = CONSENSUS.settle(one_draw(members, [0.0, 100.0]))
    assert found.outcome.item() == 100.0
    assert found.objects is not None
    assert not found.objects[0].any()
    assert not found.pivotal.any()


@pytest.mark.parametrize(
    ("host", "outcome", "pivotal"),
    [
        ({"private": 100.0}, 100.0, False),
        ({"private": 0.0}, 0.0, True),
        ({"private": 50.0}, 100.0, False),  # indifferent: consents
        ({"private": 0.0, "salience": 0.0}, 100.0, False),
        ({"private": 0.0, "capability": 0.0}, 0.0, True),
        ({"private": 100.0, "public": 0.0}, 100.0, False),  # what counts is what it wants
        ({"private": 60.0, "red_high": 90.0}, 0.0, True),  # d = -0.2, r = 0.3
    ],
)
def test_nothing_passes_without_the_hosts_consent(
    one_draw: Build, host: dict[str, float], outcome: float, pivotal: bool
) -> None:
    # Ten backers and full pressure: none of it reaches the host.
    members = [{"seated": False} | host, *({"private": 100.0} for _ in range(10))]
    sitting = one_draw(members, [0.0, 100.0], outsiders=[0], kappa=2.0, tau=0.5, red_line_cost=0.3)
    found = CONSENSUS.settle(sitting)
    assert found.outcome.item() == outcome
    assert found.pivotal[0, 0, 0] == pivotal
    assert not found.pivotal[0, 1:].any()


def test_nobody_objects_alone_to_what_the_host_refuses(one_draw: Build) -> None:
    members = [{"private": 0.0, "seated": False}, {"private": 0.0}, {"private": 100.0}]
    found = CONSENSUS.settle(one_draw(members, [0.0, 100.0], outsiders=[0]))
    assert found.objects is not None
    assert found.sole is not None
    assert found.objects[0][0, :, 1].tolist() == [True, True, False]  # the host refuses, a member objects
    assert not found.sole[0].any()
    assert not found.pivotal.any()


# A at 40 and B, three times as capable, at 100; q = 0. A objects to 100: d_A = (60 - 40) / 100 > 0.
#            d_A    d_B     gains                  Nash
#   50      -0.3   -0.5     0.3 + 3 * 0.5 = 1.8    0.3 * 0.5**3 = 0.0375
#   70      -0.1   -0.7     0.1 + 3 * 0.7 = 2.2    0.1 * 0.7**3 = 0.0343
PAIR = [{"private": 40.0}, {"private": 100.0, "capability": 3.0}]
PLACES = [0.0, 50.0, 70.0, 100.0]


@pytest.mark.parametrize(
    ("selection", "setter", "outcome"),
    [
        (GAINS, 0.0, 70.0),
        (NASH, 0.0, 50.0),
        (SETTER, 100.0, 70.0),
        (SETTER, 65.0, 70.0),
        (SETTER, 55.0, 50.0),
        (SETTER, 60.0, 50.0),  # as near to 70: the option nearer to the status quo
        (SETTER, 25.0, 0.0),  # as near to the status quo as to 50: the status quo
        (SETTER, 26.0, 50.0),
        (SETTER, 0.0, 0.0),
    ],
)
def test_each_rule_selects_among_what_is_adoptable(
    one_draw: Build, selection: int, setter: float, outcome: float
) -> None:
    found = CONSENSUS.settle(one_draw(PAIR, PLACES, selection=selection, setter=setter))
    assert found.outcome.item() == outcome
    assert found.objects is not None
    assert found.objects[0][0].tolist() == [[False, False, False, True], [False] * 4]


def test_if_the_objector_assented_its_rules_would_select_otherwise(one_draw: Build) -> None:
    # Without A's objection: gains at 100 are -0.2 + 3 * 1 = 2.8 > 2.2; B's part of the product is greatest at 100.
    for selection in (SETTER, GAINS, NASH):
        found = CONSENSUS.settle(one_draw(PAIR, PLACES, selection=selection, setter=100.0))
        assert found.pivotal[0, 0, 0]


@pytest.mark.parametrize("selection", [GAINS, NASH])
@pytest.mark.parametrize(
    "members",
    [
        [{"private": 100.0, "salience": 0.0}, {"private": 90.0, "salience": 0.0}],
        [{"private": 100.0, "capability": 0.0}, {"private": 90.0, "capability": 0.0}],
    ],
    ids=["nobody cares", "nobody weighs"],
)
def test_where_nobody_has_weight_the_status_quo_stands(
    one_draw: Build, members: list[dict[str, float]], selection: int
) -> None:
    for status_quo in (0, 1, 2):
        sitting = one_draw(members, [0.0, 50.0, 100.0], selection=selection, status_quo=status_quo)
        assert CONSENSUS.choose(sitting).item() == status_quo


def test_a_member_that_gains_nothing_leaves_no_product(one_draw: Build) -> None:
    # A at 25 is as far from 50 as from 0: its factor is 0 at 50 and at the status quo, which wins the tie.
    members = [{"private": 25.0}, {"private": 100.0}]
    assert CONSENSUS.settle(one_draw(members, [0.0, 50.0], selection=NASH)).outcome.item() == 0.0
    assert CONSENSUS.settle(one_draw(members, [0.0, 50.0], selection=GAINS)).outcome.item() == 50.0
    # Without weight its factor counts for nothing.
    members[0]["capability"] = 0.0
    assert CONSENSUS.settle(one_draw(members, [0.0, 50.0], selection=NASH)).outcome.item() == 50.0


def test_gains_that_cancel_out_leave_the_status_quo(one_draw: Build) -> None:
    # One against four: k = (0.8 - 0.5) / 0.5 = 0.6 and d = 1 * 25 / 100 = 0.25, so nobody objects. The gains, each
    # with capability 1, are -0.25 and four times 0.25 * 25 / 100: they add up to 0.
    members = [{"private": 0.0}, *({"private": 100.0, "salience": 0.25} for _ in range(4))]
    given_ = {"kappa": 1.0, "tau": 0.5, "selection": GAINS}
    assert CONSENSUS.settle(one_draw(members, [0.0, 25.0], **given_)).outcome.item() == 0.0
    members[1]["salience"] = 0.75
    assert CONSENSUS.settle(one_draw(members, [0.0, 25.0], **given_)).outcome.item() == 25.0


def test_a_status_quo_beyond_a_red_line_can_still_stand(one_draw: Build) -> None:
    found = CONSENSUS.settle(one_draw([{"private": 0.0, "red_low": 50.0}], [0.0, 100.0], red_line_cost=1.0))
    assert found.outcome.item() == 0.0
    assert found.objects is not None
    assert found.objects[0][0].tolist() == [[False, True]]


def test_the_status_quo_may_lie_anywhere(one_draw: Build) -> None:
    members = [{"private": 0.0}, {"private": 10.0}]
    found = CONSENSUS.settle(one_draw(members, [0.0, 50.0, 100.0], status_quo=1, proposal=0))
    assert found.outcome.item() == 0.0
    assert np.array_equal(CONSENSUS.choose(one_draw(members, [0.0, 50.0, 100.0], status_quo=1, proposal=2)), [[1]])


@pytest.mark.parametrize(
    "selection",
    [
        SETTER,
        GAINS,
        NASH,
    ],
)
def test_who_objects_to_nothing_has_nothing_to_withdraw(one_draw: Build, selection: int) -> None:
    found = CONSENSUS.settle(one_draw([{"private": 100.0}], [0.0, 100.0], selection=selection))
    assert found.objects is not None
    assert found.outcome.item() == 100.0
    assert not found.objects[0].any()
    assert not found.pivotal.any()
