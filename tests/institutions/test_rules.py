"""Rules, by truth table over every coalition."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from foedus.institutions import AllOf, Ballot, Consensus, ConsentOf, Rule, read_rule
from foedus.institutions.rules import can_block

SEATS = frozenset("ABC")


def subsets(names: str) -> Iterator[frozenset[str]]:
    for size in range(len(names) + 1):
        yield from map(frozenset, itertools.combinations(names, size))


def every_ballot() -> Iterator[Ballot]:
    """All that members A, B, C and the guest X may object to, and hosts J and K consent to."""
    for objecting, consenting in itertools.product(subsets("ABCX"), subsets("JK")):
        yield Ballot(SEATS, objecting, consenting=consenting)


def test_consensus_passes_when_no_member_objects() -> None:
    for ballot in every_ballot():
        expected = "no" if ballot.against & set("ABC") else "yes"
        assert Consensus().adopted(ballot).value == expected, ballot


def test_consent_passes_when_the_host_agrees_whatever_members_say() -> None:
    for ballot in every_ballot():
        assert ConsentOf("J").adopted(ballot).value == ("yes" if "J" in ballot.consenting else "no"), ballot


def test_all_of_passes_when_each_part_does() -> None:
    rule = AllOf((Consensus(), AllOf((ConsentOf("J"), ConsentOf("K")))))
    passing = [ballot for ballot in every_ballot() if rule.adopted(ballot).value == "yes"]
    # Of 16 x 4 cases only those pass in which nobody but the guest objects and both hosts agree.
    assert passing == [
        Ballot(SEATS, frozenset(), consenting=frozenset("JK")),
        Ballot(SEATS, frozenset("X"), consenting=frozenset("JK")),
    ]


@pytest.mark.parametrize(
    ("rule", "blocking", "outsiders", "words"),
    [
        (Consensus(), "ABC", "", "consensus"),
        (ConsentOf("J"), "J", "J", "consent of J"),
        (AllOf((Consensus(), ConsentOf("J"))), "ABCJ", "J", "consensus and consent of J"),
        (AllOf((ConsentOf("J"), ConsentOf("K"))), "JK", "JK", "consent of J and consent of K"),
    ],
)
def test_who_can_block_alone(rule: Rule, blocking: str, outsiders: str, words: str) -> None:
    assert can_block(rule, Ballot(SEATS)) == frozenset(blocking)
    assert rule.outsiders() == frozenset(outsiders)
    assert rule.words() == words


@pytest.mark.parametrize("rule", [Consensus(), ConsentOf("J"), AllOf((Consensus(), ConsentOf("J")))])
def test_who_can_block_is_who_does_by_brute_force(rule: Rule) -> None:
    def passes(stopper: str) -> bool:
        objecting, consenting = frozenset(stopper) & SEATS, frozenset("J") - {stopper}
        return rule.adopted(Ballot(SEATS, objecting, consenting=consenting)).value == "yes"

    assert can_block(rule, Ballot(SEATS)) == {actor for actor in "ABCJX" if not passes(actor)}


def test_the_trace_says_why() -> None:
    rule = AllOf((Consensus("Article 9"), ConsentOf("J", "host")), "issue")
    trace = rule.adopted(Ballot(SEATS, frozenset("BA"), consenting=frozenset("J")))
    assert list(trace.lines()) == [
        "consensus and consent of J: no [issue]",
        "  consensus: no [Article 9]",
        "    A objects: one objection is enough",
        "    B objects: one objection is enough",
        "  consent of J: yes [host]",
    ]


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("consensus", Consensus("ref")),
        ({"consent_of": "JPN"}, ConsentOf("JPN", "ref")),
        (
            {"all_of": ["consensus", {"consent_of": "JPN"}]},
            AllOf((Consensus("ref"), ConsentOf("JPN", "ref")), "ref"),
        ),
    ],
)
def test_a_rule_is_read(value: object, rule: Rule) -> None:
    assert read_rule(value, "ref") == rule


@pytest.mark.parametrize(
    "value",
    [
        "majority",
        "",
        None,
        3,
        True,
        [],
        {},
        {"consent_of": ["JPN"]},
        {"consent_of": 3},
        {"all_of": []},
        {"all_of": "consensus"},
        {"all_of": ["majority"]},
        {"consent_of": "JPN", "all_of": ["consensus"]},
    ],
)
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"\{(consent_of|all_of)|^one of consensus, "):
        read_rule(value, "ref")
