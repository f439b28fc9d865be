"""Negation, denial, relation and condition: stances that a single word can turn."""

from __future__ import annotations

import dataclasses
import itertools
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.days import parse_day
from foedus.dossiers import Dossier
from foedus.evidence.coder import Candidate, code, propose
from foedus.evidence.coder.conditions import condition_of
from foedus.evidence.coder.drafting import Draft
from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.stances import Reader
from foedus.evidence.coders import RuleCoder
from foedus.evidence.readers import document_of

DAY = parse_day("2023-07-01")
SUBJECTS = {"Norway": "NOR", "Denmark's foreign minister": "DNK", "Turkish officials": "TUR", "The US": "USA"}
CUES = ("said on Monday that", "said", "argued that", "insisted that", "told reporters that", "added that")
DIRECTIVES = ("urged that", "recommended that", "warned that", "agreed that", "hoped that", "demanded that")
THOUGHTS = ("thinks that", "believes", "feels that", "considers that")
FORMS = {
    "should": ("should not", "should never", "shouldn't", "should in no way", "should under no circumstances"),
    "must": ("must not", "must never", "mustn't"),
    "ought to": ("ought not to", "ought never to"),
    "needs to": ("does not need to",),
}
VERBS = {
    "open the liaison office in Tokyo": ("office", 1),
    "support the liaison office in Tokyo": ("office", 1),
    "reject the liaison office in Tokyo": ("office", -1),
    "oppose the liaison office in Tokyo": ("office", -1),
    "avoid opening the liaison office in Tokyo": ("office", -1),
    "deepen its engagement in the Indo-Pacific": ("asia-role", 1),
    "strengthen its engagement in the Indo-Pacific": ("asia-role", 1),
}


def coded(text: str, tokyo: Dossier) -> tuple[Candidate, ...]:
    document = document_of("note.txt", f"{text}\n".encode())
    return code(document, tokyo.world, tokyo.concepts, on=DAY)


def stance(text: str, actor: str, concept: str, tokyo: Dossier) -> int | None:
    return next((one.stance for one in coded(text, tokyo) if (one.actor, one.concept) == (actor, concept)), None)


@pytest.mark.parametrize(("modal", "negation"), [(one, other) for one, all_ in FORMS.items() for other in all_])
def test_what_should_not_be_done_is_opposed_as_far_as_what_should_be_is_supported(
    modal: str, negation: str, tokyo: Dossier
) -> None:
    grid = itertools.product(SUBJECTS.items(), (*CUES, *DIRECTIVES, *THOUGHTS), VERBS.items())
    for (subject, actor), cue, (verb, (concept, lean)) in itertools.islice(grid, 0, None, 37):
        plain = stance(f"{subject} {cue} NATO {modal} {verb}.", actor, concept, tokyo)
        denied = stance(f"{subject} {cue} NATO {negation} {verb}.", actor, concept, tokyo)
        assert (plain, denied) == (lean, -lean), (subject, cue, modal, negation, verb)


@pytest.mark.parametrize(
    ("plain", "negated"),
    [
        ("thinks that NATO should", "does not think that NATO should"),
        ("believes NATO should", "does not believe NATO should"),
        ("is convinced that NATO should", "is not convinced that NATO should"),
        ("wants NATO to", "does not want NATO to"),
        ("urged NATO to", "urged NATO not to"),
        ("asked the Alliance to", "asked the Alliance not to"),
        ("called on NATO to", "called on NATO not to"),
    ],
)
def test_a_negated_thought_wish_or_request_is_the_opposite(plain: str, negated: str, tokyo: Dossier) -> None:
    for (name, actor), (words, (concept, lean)) in itertools.product(SUBJECTS.items(), VERBS.items()):
        found = [stance(f"{name} {form} {words}.", actor, concept, tokyo) for form in (plain, negated)]
        assert found == [lean, -lean], (name, words)


@pytest.mark.parametrize(("words", "lean"), [("should", 1), ("should not", -1), ("should never", -1), ("must not", -1)])
def test_a_quotation_counts_like_reported_speech(words: str, lean: int, tokyo: Dossier) -> None:
    text = f"“NATO {words} open a liaison office in Tokyo,” Slovak Prime Minister Robert Fico said."
    [found] = coded(text, tokyo)
    assert (found.actor, found.person, found.stance, found.kind) == ("SVK", "Robert Fico", lean, "direct")


@pytest.mark.parametrize(
    "subject",
    ["He was against", "She is in favour of", "She is critical of", "It was against", "We are against",
     "Everybody was against", "Nobody is in favour of", "The minister said he was against"],
)  # fmt: skip
def test_a_subject_without_a_name_is_no_obstacle(subject: str, tokyo: Dossier) -> None:
    assert coded(f"{subject} the liaison office in Tokyo.", tokyo) == ()


def test_a_pronoun_takes_the_side_of_who_was_spoken_of(tokyo: Dossier) -> None:
    [found] = coded("President Emmanuel Macron spoke on Monday. He was against the liaison office in Tokyo.", tokyo)
    assert (found.actor, found.stance) == ("FRA", -1)


def test_a_denial_of_opposition_is_no_opposition_and_little_more(tokyo: Dossier) -> None:
    [found] = coded("Norway denied that it opposes the liaison office in Tokyo.", tokyo)
    assert found.stance == 0
    [plain] = coded("Norway said that it opposes the liaison office in Tokyo.", tokyo)
    assert (plain.stance, found.certainty < plain.certainty) == (-1, True)


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("Norway declined to say whether it supported the liaison office in Tokyo.", {}),
        ("Norway asked whether the liaison office in Tokyo should be opened.", {}),
        ("Norway opposes the liaison office in Tokyo, which NATO supports.", {"NOR": -1, "nato": 1}),
        ("Norway said it supports the liaison office in Tokyo, which France opposes.", {"NOR": 1, "FRA": -1}),
        ("Austria's neighbour Slovenia said it welcomes the liaison office in Tokyo.", {"SVN": 1}),
        ("NATO member Slovenia said it welcomes the liaison office in Tokyo.", {"SVN": 1}),
        ("France's ambassador to Japan said the liaison office in Tokyo should open.", {"FRA": 1}),
        ("Germany would back the liaison office in Tokyo only if France agreed.", {"DEU": 1}),
        ("A Japanese official confirmed the move to open a liaison office in Tokyo.", {}),
        ("A Japanese official confirmed that Japan supports the liaison office in Tokyo.", {"JPN": 1}),
        ("Norway urged NATO to reject the liaison office in Tokyo.", {"NOR": -1}),
        ("Norway rejects the plan for a liaison office in Tokyo.", {"NOR": -1}),
    ],
)
def test_whose_stance_it_is(text: str, stances: dict[str, int], tokyo: Dossier) -> None:
    assert {one.actor: one.stance for one in coded(text, tokyo)} == stances


@pytest.mark.parametrize("text", ["Nobody in Norway opposes the liaison office in Tokyo.",
    "It is unclear whether Norway supports the liaison office in Tokyo."])  # fmt: skip
def test_nobody_is_nobody(text: str, tokyo: Dossier) -> None:
    assert coded(text, tokyo) == ()


def test_not_to_rule_out_is_not_to_want(tokyo: Dossier) -> None:
    assert {one.stance for one in coded("Norway does not rule out supporting the liaison office in Tokyo.", tokyo)} <= {
        0
    }


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian officials oppose the liaison office in Tokyo.",
        "Oslo opposes the liaison office in Tokyo.",
        "Norway spoke of the liaison office in Tokyo. Norway opposes it.",
        "Norway spoke of the liaison office in Tokyo. Norway opposes the office.",
        "Norway spoke on Monday. It opposes the liaison office in Tokyo.",
    ],
)
def test_what_must_be_inferred_is_less_sure_than_a_name_and_surer_than_what_might_be(text: str, tokyo: Dossier) -> None:
    texts = ("Norway opposes the liaison office in Tokyo.", text, "Norway might oppose the liaison office in Tokyo.")
    [[named], [inferred], [doubtful]] = [coded(one, tokyo) for one in texts]
    assert {(one.actor, one.stance) for one in (named, inferred, doubtful)} == {("NOR", -1)}
    assert doubtful.certainty < inferred.certainty <= named.certainty
    assert doubtful.grounds["rules"] < inferred.grounds["rules"] < named.grounds["rules"]


def test_who_explains_a_stance_does_not_hold_it(tokyo: Dossier) -> None:
    scholar = "said Anna Lind, a scholar at the University of Oslo."
    opposed = coded(f"“France opposes the liaison office in Tokyo, but I doubt Macron will move,” {scholar}", tokyo)
    assert {one.actor: one.stance for one in opposed} == {"FRA": -1}
    guess = coded(f"“I am not sure Mr. Macron will move on the liaison office in Tokyo,” {scholar}", tokyo)
    assert {one.stance for one in guess} <= {0}
    [own] = coded(f"“NATO should open the liaison office in Tokyo,” {scholar}", tokyo)
    assert (own.actor, own.person, own.stance) == ("", "Anna Lind", 1)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Germany would back it only if France agreed, a German government spokesman said.", "only if France agreed"),
        (
            "Norway would support it if the U.S. government agreed, and others followed.",
            "if the U.S. government agreed",
        ),
        ("It would come unless Mr. Abe objected, his aide said.", "unless Mr. Abe objected"),
        ("If Spain, Italy and Malta agreed, Norway would follow.", "If Spain, Italy and Malta agreed"),
        ("They would go if Macron, who opposes it, agreed; others not.", "if Macron, who opposes it, agreed"),
        ("“We would agree if France did,” she said.", "if France did"),
        ("They asked if it would open.", ""),
        ("He agreed on condition of anonymity.", ""),
    ],
)
def test_a_condition_is_one_clause(text: str, condition: str) -> None:
    assert condition_of(text) == condition


@given(st.lists(st.sampled_from(["alpha", "beta", "U.S.", "agreed", ",", "if", "and", "Mr. Abe"]), max_size=120))
def test_a_condition_is_made_of_whole_words_of_its_sentence(words: list[str]) -> None:
    text = f"They go if {' '.join(words)}."
    found = condition_of(text)
    assert re.search(rf"(?<!\w){re.escape(found)}(?!\w)", " ".join(text.split()))


def test_a_rule_that_breaks_off_costs_one_sentence(tokyo: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:

    def broken(doc: Any, holders: Holders) -> Reader:
        if "Malta" in doc.text:
            raise IndexError("no such place")
        return Reader(doc, holders)

    monkeypatch.setattr("foedus.evidence.coder.coding.Reader", broken)
    text = "Norway supports the liaison office in Tokyo.\n\nMalta opposes it.\n\n"
    text += "Spain opposes the liaison office in Tokyo.\n"
    document = document_of("note.txt", text.encode())
    found, passed_over = propose(document, tokyo.world, tokyo.concepts, on=DAY)
    assert {(one.actor, one.stance) for one in found} == {("NOR", 1), ("ESP", -1)}
    [line] = passed_over
    assert line.startswith("p2: the sentence 'Malta opposes it.' was passed over")
    assert "IndexError" in line
    assert RuleCoder().code(document, tokyo.world, tokyo.concepts, on=DAY).refused == passed_over


def test_a_time_limit_still_breaks_off(tokyo: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> object:
        raise TimeoutError

    monkeypatch.setattr("foedus.evidence.coder.coding.Reader", late)
    with pytest.raises(TimeoutError):
        coded("Norway supports the liaison office in Tokyo.", tokyo)


@pytest.mark.parametrize(
    ("words", "signals"),
    [
        ("France has dropped its objection to the liaison office in Tokyo.", {"withdrawal"}),
        ("France refuses to drop its support for the liaison office in Tokyo.", {""}),
        ("France will not withdraw its support for the liaison office in Tokyo.", {""}),
    ],
)
def test_who_refuses_to_take_something_back_has_not_taken_it_back(
    words: str, signals: set[str], tokyo: Dossier
) -> None:
    assert {one.signal for one in coded(words, tokyo) if one.actor == "FRA"} <= signals


def test_what_only_points_to_the_claim_is_taken_to_be_a_fifth_less_sure(
    tokyo: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts, plain = [], Draft._rules
    monkeypatch.setattr(Draft, "_rules", lambda draft: drafts.append(draft) or plain(draft))
    coded("Norway said that it opposes the liaison office in Tokyo.", tokyo)
    by_word = plain(dataclasses.replace(drafts[0], recalled=False))
    assert plain(dataclasses.replace(drafts[0], recalled=True)) == pytest.approx(0.8 * by_word)
