"""For whom a text speaks: statements of delegations, briefings, records with labels, communiques of a body."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest

from foedus.evidence.coder import code
from foedus.evidence.readers import document_of
from foedus.world import packaged_world

CONCEPTS = [
    SimpleNamespace(id="text", text="The Council should adopt the resolution on Mali.",
                    cues="resolution on Mali; draft resolution"),
    SimpleNamespace(id="force", text="A force should be deployed in Niger.",
                    cues="deployment of the force; intervention in Niger"),
    SimpleNamespace(id="lift", text="ECOWAS should lift the sanctions on Niger.", cues="lift sanctions on Niger"),
    SimpleNamespace(id="ban", text="Nuclear weapons should be banned.", cues="ban on nuclear weapons"),
]  # fmt: skip


def _found(text: str, title: str = "") -> set[tuple[str, str, int]]:
    document = dataclasses.replace(document_of("note.txt", f"{text}\n".encode()), language="en", title=title)
    return {(one.actor, one.concept, one.stance) for one in code(document, packaged_world(), CONCEPTS)}


STATEMENT = "Statement by {who}\nMr President,\n{words}"
MINISTER = "A. Lind, Permanent Representative of Norway"


@pytest.mark.parametrize(
    ("who", "actor"),
    [
        (MINISTER, "NOR"),
        ("H.E. MR A. LIND, AMBASSADOR AND PERMANENT REPRESENTATIVE OF NORWAY TO THE UNITED NATIONS", "NOR"),
        ("Ambassador A. Lind, Norwegian Deputy Permanent Representative to the United Nations", "NOR"),
        ("Permanent Representative of Norway A. Lind on the draft of the United Kingdom", "NOR"),
    ],
)
def test_who_delivers_a_statement_is_its_we(who: str, actor: str) -> None:
    assert _found(STATEMENT.format(who=who, words="We cannot support the draft resolution.")) == {(actor, "text", -1)}


@pytest.mark.parametrize(
    "who", ["the charge d'affaires Courtney Austrian to the Council in Vienna", "A. Lind, reporter"]
)
def test_a_surname_a_seat_or_a_reporter_is_no_state(who: str) -> None:
    assert _found(STATEMENT.format(who=who, words="We cannot support the draft resolution.")) == set()


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("My delegation regrets that it cannot support the draft resolution.", -1),
        ("We regret not being able to support the draft resolution.", -1),
        ("Our reasons for voting against the draft resolution are known.", -1),
        ("The draft resolution was put to the vote. Our vote against came as no surprise.", -1),
        ("The resolution on Mali was adopted today. We were not in a position to support it.", -1),
        ("Our delegation has abstained on the draft resolution.", 0),
        ("My country has co-sponsored the draft resolution.", 1),
    ],
)
def test_how_a_delegation_explains_its_vote(words: str, stance: int) -> None:
    assert _found(STATEMENT.format(who=MINISTER, words=words)) == {("NOR", "text", stance)}


def test_a_joint_statement_speaks_for_each_and_its_opening_takes_no_side() -> None:
    opening = "I have the honour to deliver an explanation of vote on the draft resolution on behalf of Ghana, Togo"
    words = f"{opening} and my own country, Norway.\nOur countries cannot support the draft resolution."
    assert _found(STATEMENT.format(who=MINISTER, words=words)) == {(one, "text", -1) for one in ("GHA", "TGO", "NOR")}


def test_a_state_that_speaks_for_the_union_speaks_for_the_union_alone() -> None:
    words = "I have the honour to speak on behalf of the European Union and its member states.\nWe welcome the draft"
    assert _found(STATEMENT.format(who=MINISTER, words=f"{words} resolution.")) == {("eu", "text", 1)}


BRIEFING = "Foreign Ministry Spokesperson A. Lind's Regular Press Conference on March 3\n"


def test_a_briefing_speaks_for_whom_its_questions_ask() -> None:
    text = f"{BRIEFING}Q: The Council meets today. What is Norway's comment?\nA: We oppose the resolution on Mali."
    assert _found(text) == {("NOR", "text", -1)}
    asked = f"{BRIEFING}Q: We oppose the resolution on Mali. What is Norway's comment?\nA: I have none."
    assert _found(asked) == set()


def test_labels_of_a_record_tell_who_speaks() -> None:
    text = (
        "Mr. Lind (Norway): My delegation supports the draft resolution.\n"
        "Ms. Abara (Nigeria) (spoke in French): We regret that we cannot support the draft resolution.\n"
        "Mr. OSEI (Ghana) said that his delegation had abstained on the draft resolution."
    )
    assert _found(text) == {("NOR", "text", 1), ("NGA", "text", -1), ("GHA", "text", 0)}


def test_the_body_holds_what_its_communique_says() -> None:
    text = (
        "Communiqué of the 5th meeting of ECOWAS\nThe Authority decides to lift the sanctions on Niger.\n"
        "3. Requests the Commission to speed up the deployment of the force;\nDEPLORES the resolution on Mali."
    )
    assert _found(text) == {("ecowas", "lift", 1), ("ecowas", "force", 1), ("ecowas", "text", -1)}


def test_a_council_whose_name_holds_another_is_itself() -> None:
    text = (
        "PEACE AND SECURITY COUNCIL 469TH MEETING\nCOMMUNIQUÉ\nThe Peace and Security Council of the African Union "
        "adopted the following decision:\n3. Welcomes the deployment of the force;"
    )
    assert _found(text) == {("au-psc", "force", 1)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France wants Germany to support the resolution on Mali.", {("FRA", "text", 1)}),
        ("Norway regrets that Spain cannot support the resolution on Mali.", {("NOR", "text", 1), ("ESP", "text", -1)}),
        ("Norway regrets the resolution on Mali.", {("NOR", "text", -1)}),
        ("Austria, speaking on behalf of the European Union, welcomed the draft resolution.", {("eu", "text", 1)}),
        (
            "Norway, speaking also on behalf of Sweden, opposed the draft resolution.",
            {("NOR", "text", -1), ("SWE", "text", -1)},
        ),
        ("Certain participating States oppose the resolution on Mali.", set()),
        ("Chad voted against last year's resolution on Mali.", set()),
        ("The resolution on Mali was adopted. Last year Chad voted against a similar resolution.", set()),
        ("ECOWAS is planning an intervention in Niger. Senegalese soldiers will go.", {("SEN", "force", 1)}),
        ("ECOWAS is planning an intervention in Niger. Ghana will not send troops.", {("GHA", "force", -1)}),
        ("Ghana supports the sanctions on Niger.", {("GHA", "lift", -1)}),
        ("Mali opposes the sanctions on Niger.", {("MLI", "lift", 1)}),
        ("ECOWAS decides to maintain the sanctions on Niger.", {("ecowas", "lift", -1)}),
        ("Ghana supports lifting the sanctions on Niger.", {("GHA", "lift", 1)}),
    ],
)
def test_what_only_seems_to_be_a_side(text: str, expected: set[tuple[str, str, int]]) -> None:
    assert _found(text) - {("ecowas", "force", 1)} == expected
