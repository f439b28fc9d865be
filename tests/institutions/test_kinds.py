"""Rules beyond consensus: by brute force over all votes, and against their own games."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.institutions.rules import (
    AllOf,
    AnyOf,
    Ballot,
    Chamber,
    ConcernedAbstain,
    Consensus,
    ConsentOf,
    FewDeclare,
    FewerAgainst,
    NoVeto,
    Quota,
    Rule,
    Unanimity,
    Unless,
    WithoutConcerned,
    can_block,
    game_of,
    passes,
    read_rule,
    read_share,
)

SEATS = frozenset("ABCDE")
WEIGHTS = {
    "votes": dict(zip("ABCDE", (4, 3, 2, 1, 1), strict=True)),
    "population": dict(zip("ABCDE", (50, 20, 15, 10, 5), strict=True)),
}
GROUPS = {"permanent": frozenset("AB")}
CHAMBERS = {"senate": frozenset("XYZ")}


def ballot(
    against: str = "", abstaining: str = "", declaring: str = "", consenting: str = "", concerned: str = ""
) -> Ballot:
    return Ballot(
        SEATS,
        frozenset(against),
        frozenset(abstaining) | frozenset(declaring),
        frozenset(declaring),
        frozenset(concerned),
        frozenset(consenting),
        WEIGHTS,
        GROUPS,
        CHAMBERS,
    )


def every_vote() -> Iterator[Ballot]:
    for sides in itertools.product("yna", repeat=len(SEATS)):
        against = "".join(m for m, side in zip(sorted(SEATS), sides, strict=True) if side == "n")
        yield ballot(against, "".join(m for m, side in zip(sorted(SEATS), sides, strict=True) if side == "a"))


def test_unanimity_with_and_without_abstention() -> None:
    for vote in every_vote():
        assert passes(Unanimity(), vote) == (not vote.against)
        assert passes(Unanimity(abstention_blocks=True), vote) == (not vote.against and not vote.abstaining)


@pytest.mark.parametrize("of", ["all", "cast"])
@pytest.mark.parametrize("weights", ["members", "votes"])
def test_shares_by_counting(of: str, weights: str) -> None:
    value = {"members": dict.fromkeys("ABCDE", 1)}.get(weights) or WEIGHTS[weights]
    for vote in every_vote():
        favour = sum(value[m] for m in SEATS - vote.against - vote.abstaining)
        base = sum(value[m] for m in (SEATS if of == "all" else SEATS - vote.abstaining))
        two_thirds = Quota(weights, at_least=Fraction(2, 3), of=of)  # type: ignore[arg-type]
        majority = Quota(weights, more_than=Fraction(1, 2), of=of)  # type: ignore[arg-type]
        assert passes(two_thirds, vote) == (favour > 0 and 3 * favour >= 2 * base)
        assert passes(majority, vote) == (2 * favour > base)


def test_a_quota_that_is_a_number() -> None:
    for vote in every_vote():
        favour = sum(WEIGHTS["votes"][m] for m in vote.supporting)
        assert passes(Quota("votes", at_least=7), vote) == (favour >= 7)
        assert passes(Quota("votes", more_than=7), vote) == (favour > 7)


def test_vetoes_and_blocking_minorities() -> None:
    for vote in every_vote():
        assert passes(NoVeto("permanent"), vote) == (not vote.against & {"A", "B"})
        assert passes(FewerAgainst(2), vote) == (len(vote.against | vote.abstaining) < 2)


# Article 31(1) TEU: one third of the members comprising one third of the population; both are needed.
@pytest.mark.parametrize(
    ("declaring", "adopted"),
    [("", True), ("A", True), ("DE", True), ("CDE", True), ("AE", False), ("BC", False), ("CD", True)],
)
def test_declared_abstention(declaring: str, adopted: bool) -> None:
    third = Fraction(1, 3)
    rule = FewDeclare((("members", third), ("population", third)))
    assert passes(rule, ballot(declaring=declaring)) is adopted
    assert passes(rule, ballot(abstaining=declaring)), "an abstention without a declaration counts for nothing"


def test_a_limit_that_must_be_exceeded() -> None:
    rule = FewDeclare((("votes", Fraction(4, 11)),), exceeding=True)
    assert passes(rule, ballot(declaring="A"))
    assert not passes(rule, ballot(declaring="AE"))


def test_parties_to_a_dispute_abstain() -> None:
    rule = ConcernedAbstain(AllOf((Quota(at_least=3), NoVeto("permanent"))))
    assert passes(rule, ballot(against="A", concerned="A"))
    assert not passes(rule, ballot(against="A"))
    assert not passes(rule, ballot(against="ACD", concerned="A"))


# Articles 7 TEU, 354 and 238(3) TFEU: the member in question has no vote, and neither its seat nor its people count.
def test_those_concerned_are_not_counted() -> None:
    shares = AllOf((Quota(at_least=Fraction(3, 4)), Quota("population", at_least=Fraction(3, 5))))
    rule = WithoutConcerned(shares)
    assert passes(rule, ballot(against="E", concerned="E"))
    assert passes(rule, ballot(against="DE", concerned="E"))
    assert not passes(rule, ballot(against="DE"))
    assert not passes(rule, ballot(against="CD", concerned="E"))
    assert passes(rule, ballot(against="B", concerned="A")), "30 of 50 is three fifths, and 3 of 4 is enough"
    assert not passes(rule, ballot(against="BE", concerned="A"))


def test_consensus_minus_one() -> None:
    rule = Consensus(without_concerned=True)
    assert passes(rule, ballot(against="C", concerned="C"))
    assert not passes(rule, ballot(against="CD", concerned="C"))


def test_chambers_have_members_of_their_own() -> None:
    rule = AllOf((Quota(more_than=Fraction(1, 2)), Chamber("senate", Quota(more_than=Fraction(1, 2)))))
    assert passes(rule, ballot(against="ABX"))
    assert not passes(rule, ballot(against="XY"))
    assert can_block(AllOf((Chamber("senate", Consensus()), Quota(at_least=2))), ballot()) == frozenset("XYZ")


RULES: list[Rule] = [
    Consensus(),
    Unanimity(),
    Quota("votes", at_least=7),
    Quota("population", at_least=Fraction(65, 100)),
    AnyOf(
        (AllOf((Quota(at_least=Fraction(55, 100)), Quota("population", at_least=Fraction(65, 100)))), FewerAgainst(2))
    ),
    AllOf((Quota(at_least=3), NoVeto("permanent"))),
    AllOf((Quota(at_least=3), ConsentOf("H"))),
    AllOf((Quota(more_than=Fraction(1, 2)), Chamber("senate", Quota(at_least=2)))),
    AllOf((Unanimity(), FewDeclare((("members", Fraction(1, 3)),)))),
    Unless(AnyOf((AllOf((Quota(at_least=3), Quota("population", at_least=Fraction(65, 100)))), FewerAgainst(2)))),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.words())
def test_a_rule_and_its_game_agree_on_every_coalition(rule: Rule) -> None:
    empty = ballot()
    game = game_of(rule, empty)
    voters = SEATS.union(*CHAMBERS.values())
    assert set(game.members) == voters | rule.outsiders()
    for size in range(len(game.members) + 1):
        for coalition in itertools.combinations(game.members, size):
            inside = set(coalition)
            vote = empty.change(against=voters - inside, consenting=rule.outsiders() & inside)
            assert game.wins(coalition) == passes(rule, vote), coalition


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.words())
@given(data=st.data())
def test_more_support_never_harms(rule: Rule, data: st.DataObject) -> None:
    against = data.draw(st.frozensets(st.sampled_from("ABCDEXYZ")))
    fewer = data.draw(st.frozensets(st.sampled_from(sorted(against)))) if against else against
    consenting = "H" if data.draw(st.booleans()) else ""
    before = passes(rule, ballot("".join(against), consenting=consenting))
    assert passes(rule, ballot("".join(fewer), consenting=consenting)) >= before


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("unanimity", "unanimity"),
        ({"unanimity": {"abstention": "blocks"}}, "unanimity, with no abstention"),
        ({"consensus": {"without": "concerned"}}, "consensus without those concerned"),
        ({"quota": {"weights": "votes", "at_least": 255}}, "at least 255 votes"),
        ({"quota": {"weights": "population", "at_least": "65 %"}}, "at least 65 % of the population"),
        ({"quota": {"more_than": "1/2", "of": "cast"}}, "more than 50 % of the votes cast"),
        ({"fewer_against_than": 4}, "fewer than 4 members withhold support"),
        ({"no_veto_of": "permanent"}, "no veto by the permanent members"),
        ({"declared_abstention_below": {"members": "1/3"}}, "declared abstention below 1/3 of members"),
        (
            {"any_of": ["consensus", {"all_of": ["unanimity", {"consent_of": "JPN"}]}]},
            "consensus, or unanimity and consent of JPN",
        ),
        ({"chamber": {"name": "senate", "rule": "consensus"}}, "consensus in the senate"),
        ({"unless": {"quota": {"at_least": 4}}}, "adopted unless at least 4 members are against"),
        ({"concerned_abstain": "unanimity"}, "unanimity, parties to the dispute abstaining"),
        (
            {
                "unless": {
                    "any_of": [
                        {"all_of": [{"quota": {"at_least": "55 %"}}, {"quota": {"at_least": 9}}]},
                        {"fewer_against_than": 4},
                    ]
                }
            },
            (
                "adopted unless at least 55 % of the members and at least 9 members, or all but at most 3 members, "
                "are against"
            ),
        ),
        (
            {"all_of": [{"without_concerned": {"quota": {"at_least": "80 %"}}}, {"consent_of": "JPN"}]},
            "at least 80 % of the members, without those concerned; and consent of JPN",
        ),
    ],
)
def test_rules_as_they_are_written(value: object, words: str) -> None:
    assert read_rule(value, "ref").words() == words


@pytest.mark.parametrize(
    "value",
    [
        {"quota": {"weights": "votes"}},
        {"quota": {"at_least": 2, "more_than": 1}},
        {"quota": {"at_least": 0}},
        {"quota": {"at_least": -3}},
        {"quota": {"at_least": 0.65}},
        {"quota": {"at_least": "165 %"}},
        {"quota": {"at_least": "0/3"}},
        {"quota": {"at_least": "1/0"}},
        {"quota": {"at_least": 3, "of": "cast"}},
        {"unanimity": {"abstention": "maybe"}},
        {"fewer_against_than": 0},
        {"fewer_against_than": True},
        {"no_veto_of": ["USA"]},
        {"chamber": {"name": "senate"}},
        {"declared_abstention_below": {}},
    ],
)
def test_what_is_no_rule(value: object) -> None:
    with pytest.raises(ValueError, match=r"\{|share"):
        read_rule(value, "ref")


@given(st.integers(1, 999), st.integers(1, 999))
def test_shares_are_exact(numerator: int, denominator: int) -> None:
    share = Fraction(numerator, denominator)
    if share <= 1:
        assert read_share(f"{numerator}/{denominator}") == share
        needed = Quota(at_least=share).needed(1000)
        assert needed >= 1000 * share > needed - 1
        beyond = Quota(more_than=share).needed(1000)
        assert beyond > 1000 * share >= beyond - 1
