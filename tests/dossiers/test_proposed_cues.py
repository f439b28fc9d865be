"""The claims and cues that ``foedus new`` proposes: who is read as for and who as against, on questions of many forms.

The oracle is the plain meaning of each sentence: 1 for whoever wants what is proposed, -1 for whoever does not.
"""

from __future__ import annotations

from functools import cache

import pytest

from foedus.dossiers.draft import drafted
from foedus.dossiers.proposing import claim_of, proposed_concepts
from foedus.dossiers.records import Concept
from foedus.evidence.coder import code
from foedus.evidence.readers import document_of
from foedus.world import World, packaged_world

CASES = {
    ("Would ECOWAS intervene in Niger with military force?", "no force", "deploy troops to Niger"): {
        "Cape Verde opposes military intervention in Niger.": -1,
        "Chad said that it opposed the use of force.": -1,
        "Benin and Togo are ready to contribute troops.": 1,
        "Senegal is in favour of sending soldiers.": 1,
    },
    ("Would the IMO adopt the Net-Zero Framework?", "adjourn for a year", "adopt the Net-Zero Framework"): {
        "Panama voiced support for adoption.": 1,
        "Russia called the framework unacceptable.": -1,
        "Saudi Arabia rejected the deal.": -1,
    },
    ("Would ECOWAS lift the sanctions on Niger?", "keep the sanctions", "ease the sanctions", "lift the sanctions"): {
        "Mali demanded that the sanctions on Niger be lifted.": 1,
        "Cabo Verde insisted that the sanctions on Niger stay in place.": -1,
        "Ghana said the sanctions on Niger must be maintained.": -1,
        "Gambia was in favour of keeping the sanctions on Niger.": -1,
        "Guinea urged an end to the sanctions on Niger.": 1,
        "Sierra Leone said the sanctions should remain in force.": -1,
        "Burkina Faso said that the sanctions should be lifted.": 1,
    },
    ("Would the Council extend the mission's mandate?", "no extension", "extend the mandate"): {
        "France said the mandate of the mission should be extended.": 1,
        "Russia wants the mandate to expire.": -1,
        "China demanded that the mandate end in June.": -1,
        "Brazil said the mission's mandate should be ended.": -1,
    },
    ("Should the Council end the operation in Mali?", "continue the operation in Mali", "end the operation in Mali"): {
        "France said the operation in Mali must continue.": -1,
        "Russia demanded that the operation in Mali be ended.": 1,
        "Italy supports the operation in Mali.": -1,
    },
    ("Should Mercosur admit Bolivia?", "do not admit Bolivia", "admit Bolivia"): {
        "Brazil supports the admission of Bolivia.": 1,
        "Paraguay rejected Bolivia's entry.": -1,
    },
    ("Should the Union ban the import of Russian gas?", "no ban", "ban the import of Russian gas"): {
        "Poland demanded a ban on the import of Russian gas.": 1,
        "Slovakia wants to continue the import of Russian gas.": -1,
    },
    ("Would the Council expel Azerbaijan?", "Azerbaijan stays as it is", "expel Azerbaijan"): {
        "Armenia called for the expulsion of Azerbaijan.": 1,
        "Turkey said Azerbaijan should remain in the Council of Europe.": -1,
    },
    ("Would the Council impose an arms embargo on Sudan?", "no embargo", "an arms embargo on Sudan"): {
        "France called for an arms embargo on Sudan.": 1,
        "China rejected imposing an arms embargo on Sudan.": -1,
    },
}
_REST = " The ministers met in the morning of that day in the hall of the palace."


@cache
def _world() -> World:
    return packaged_world()


def _read(sentence: str, concepts: list[Concept]) -> set[int]:
    document = document_of("note.txt", (sentence + _REST).encode())
    return {one.stance for one in code(document, _world(), concepts)}


def _proposed(question: str, *options: str) -> list[Concept]:
    draft = drafted(question, options, ["2027-01-15"])
    return proposed_concepts(draft.issue, question, draft.options, draft.status_quo, draft.proposal)


@pytest.mark.parametrize("asked", CASES, ids=lambda asked: asked[0])
def test_what_is_said_for_and_against_gets_its_sign(asked: tuple[str, ...]) -> None:
    concepts = _proposed(*asked)
    assert {sentence: _read(sentence, concepts) for sentence in CASES[asked]} == {
        sentence: {sign} for sentence, sign in CASES[asked].items()
    }


def test_a_negation_in_a_cue_of_ones_own_is_not_counted_again() -> None:
    cue = Concept(id="c", text="Naypyidaw is left out", cues="should not be represented", issue="i", at_support=100)
    assert _read("Indonesia said that Myanmar should not be represented by the general.", [cue]) == {1}
    assert _read("Thailand said that Myanmar should be represented.", [cue]) == {-1}


def test_the_thing_of_all_options_is_no_cue_of_one() -> None:
    concepts = _proposed(
        "Would ASEAN invite the junta chief Min Aung Hlaing?",
        "invite the junta chief", "let him attend without speaking", "a non-political representative instead",
    )  # fmt: skip
    [proposal] = [one for one in concepts if one.id == "non-political-representative"]
    assert "Min Aung Hlaing" not in proposal.cues


@pytest.mark.parametrize(
    ("options", "status_quo"),
    [
        (("keep the sanctions", "no sanctions"), "keep the sanctions"),
        (("lift all sanctions", "keep the sanctions as they are"), "keep the sanctions as they are"),
        (("renew it", "let the exemption lapse"), "let the exemption lapse"),
        (("a full embargo", "no embargo"), "no embargo"),
        (("waive the fine", "the fine remains"), "the fine remains"),
        (("invite the chief=0", "another instead=60", "no seat for Myanmar=100"), "invite the chief"),
    ],
)
def test_the_status_quo_is_what_the_words_say(options: tuple[str, ...], status_quo: str) -> None:
    draft = drafted("Would the Council decide?", options, ["2027-01-15"])
    assert draft.status_quo == status_quo
    assert draft.told_by


def test_a_claim_says_what_its_option_says() -> None:
    [lift] = _proposed("Should the Council keep the sanctions?", "keep the sanctions", "lift the sanctions")
    assert (lift.text, lift.at_support, lift.at_oppose) == ("The Council should lift the sanctions", 100, 0)


def test_a_question_in_the_passive_gives_a_sentence() -> None:
    asked = "Should the mandate of the mission in Moldova be extended?"
    assert claim_of(asked) == "The mandate of the mission in Moldova should be extended"
    half, year = _proposed(asked, "no extension", "half a year", "a year")
    assert half.text == "The mandate of the mission in Moldova should be extended for half a year"
    assert _read("Romania said the mandate of the mission should be extended.", [half, year]) == {1}
    assert _read("Russia wants the mandate to expire.", [half, year]) == {-1}


def test_who_rules_out_a_compromise_does_not_soften() -> None:
    cue = Concept(
        id="c", text="The general is kept away", cues="-general attending the summit", issue="i", at_support=1
    )
    said = (
        "If there is no progress, then Malaysia's stance will remain, that it will not want the general to be "
        "attending the summit, and there is {} compromise on that, Malaysia said."
    )
    document = document_of("note.txt", (said.format("no") + _REST).encode())
    [one] = code(document, _world(), [cue])
    assert (one.actor, one.stance, one.signal) == ("MYS", 1, "threat")
