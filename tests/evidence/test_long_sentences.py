"""Long sentences of analysis and news: whose side it is over lists, appositions, second verbs and asides.

The sentences are invented; each was coded by hand before the coder read it.
"""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.evidence.coder import Candidate, code
from foedus.evidence.readers import document_of
from foedus.world import packaged_world

PACT = SimpleNamespace(
    id="pact",
    text="The council should adopt the fisheries agreement.",
    cues="fisheries agreement; levy on sugar; sugar levy",
)
NAMES = {"Spain": "ESP", "Italy": "ITA", "Malta": "MLT", "Norway": "NOR", "Peru": "PER", "Ghana": "GHA"}


def _read(text: str) -> list[Candidate]:
    document = dataclasses.replace(document_of("note.txt", f"{text}\n".encode()), language="en")
    return list(code(document, packaged_world(), [PACT]))


def _coded(text: str) -> dict[str, int]:
    return {one.actor: one.stance for one in _read(text)}


KINDS = {
    "a list": [
        (("Countries led by military councils in the region such as Mali, Burkina Faso and Niger itself, oppose the "
         "fisheries agreement."), {"MLI": -1, "BFA": -1, "NER": -1}),
        (("France faces difficulty in the council, with countries like Germany, Spain and Sweden supporting the "
         "fisheries agreement."), {"DEU": 1, "ESP": 1, "SWE": 1}),
        (("The fisheries agreement was adopted by 21 votes to three, with China, Russia and Panama voting against and "
         "Ghana abstaining."), {"CHN": -1, "RUS": -1, "PAN": -1, "GHA": 0}),
        (("The chair counts Malta, Cyprus and Greece among the states that will never accept the fisheries agreement "
         "in its present form."), {"MLT": -1, "CYP": -1, "GRC": -1}),
        (("The sugar levy's fiercest opponents, Poland and Hungary, have been trying to win over the others, so far "
         "without success."), {"POL": -1, "HUN": -1}),
        ("Critics of the sugar levy, Hungary's agriculture minister chief among them, say that it punishes farmers.",
         {"HUN": -1}),
    ],
    "an apposition": [
        (("A declared opponent of the fisheries agreement under pressure from its fishermen, the French government "
         "promised to go on working against it."), {"FRA": -1}),
        ("The strongest critic of the fisheries agreement remains Spain, whose fleet is the largest in the Union.",
         {"ESP": -1}),
        ("On the other side of the table, France, which was badly hit by the drought, supports the sugar levy.",
         {"FRA": 1}),
        ("Poland was one of only three members to speak against the sugar levy.", {"POL": -1}),
    ],
    "a second verb": [
        ("Chile not only tabled amendments but also threatened to walk out rather than accept the fisheries agreement.",
         {"CHL": -1}),
        (("Denmark is wary of the fisheries agreement, and Iceland, which runs its own fisheries, is frankly hostile "
         "to it."), {"DNK": -1, "ISL": -1}),
        ("The fisheries agreement enjoys the support of Croatia and Slovenia but faces stiff resistance from Italy.",
         {"HRV": 1, "SVN": 1, "ITA": -1}),
        (("The Serbian government cannot warm to the sugar levy and has come out against it, to the dismay of its "
         "neighbours in Croatia."), {"SRB": -1}),
        ("Groups are calling on the government of New Zealand to show leadership and support the fisheries agreement.",
         {}),
    ],
    "what is no negation": [
        ("Canada is not alone in rejecting the fisheries agreement.", {"CAN": -1}),
        ("Bulgaria, unlike Romania, has no objection to the fisheries agreement.", {"BGR": 1, "ROU": -1}),
        ("Whatever their farmers may hope, France and Poland will not be able to block the fisheries agreement.", {}),
        ("Neither the Spanish nor the Portuguese government is willing to contemplate a levy on sugar.",
         {"ESP": -1, "PRT": -1}),
    ],
    "what others do": [
        (("The Spanish prime minister warned that delaying the fisheries agreement would undermine the Union's "
         "credibility."), {"ESP": 1}),
        ("It would be a mistake for Sweden to oppose the fisheries agreement, the authors argue.", {}),
        ("The offer was meant to buy Dutch consent to the sugar levy and has been turned down in The Hague.", {}),
        ("Greece would rather see the sugar levy fail than let it apply to its islands.", {"GRC": -1}),
        ("The Netherlands made its support for the sugar levy conditional on exemptions for its growers.", {"NLD": 1}),
    ],
    "words that part a verb": [
        ("Moscow had for months objected to the fisheries agreement as it was planned.", {"RUS": -1}),
        ("Spain, according to three diplomats, wants the levy on sugar taken off the agenda altogether.", {"ESP": -1}),
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_sentence_is_read_by_its_kind(kind: str) -> None:
    assert [(text, _coded(text)) for text, _ in KINDS[kind]] == KINDS[kind]


@given(st.permutations(sorted(NAMES)), st.integers(2, 4))
@settings(max_examples=15, deadline=None)
def test_the_order_of_a_list_does_not_matter(names: list[str], count: int) -> None:
    *first, last = names[:count]
    text = f"After a long debate, states such as {', '.join(first)} and {last} have lined up against the sugar levy."
    assert _coded(text) == {NAMES[one]: -1 for one in names[:count]}


def test_a_quotation_by_a_named_minister_is_surer_than_a_hedge() -> None:
    """From .71 on nine in ten were right (docs/coding.md): what is said plainly is beyond it, a 'might' is not."""
    quoted = '"We will not support this fisheries agreement," the foreign minister of Estonia told reporters.'
    [plain], [hedged] = _read(quoted), _read("Estonia might not support the fisheries agreement, an observer said.")
    assert (plain.actor, plain.stance) == ("EST", -1)
    assert plain.certainty > 0.71 > hedged.certainty
    assert hedged.grounds["plain"] == 0
