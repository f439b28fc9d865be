"""From invented articles to candidate statements."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.evidence.coder import CODER, Candidate, code
from foedus.evidence.coder.actors import Cast
from foedus.evidence.coder.cues import Cues
from foedus.evidence.guard import find_evidence
from foedus.evidence.readers import document_of
from foedus.world import packaged_world

ON = parse_day("2023-06-20")
CONCEPTS = (
    SimpleNamespace(
        id="base", text="The alliance should open a training base in Iceland", cues="training base; -stay at home"
    ),
    SimpleNamespace(id="toll", text="Members should pay a common toll", cues="common toll"),
    SimpleNamespace(id="storm", text="The base would provoke a quarrel with Russia", cues="provoke; quarrel"),
)


def coded(text: str, on: Day | None = ON) -> tuple[Candidate, ...]:
    return code(
        document_of("story.txt", f"The council met on the matter again.\n{text}".encode()),
        packaged_world(),
        CONCEPTS,
        on=on,
    )


def stances(text: str) -> dict[tuple[str, str], int]:
    return {(one.actor, one.concept): one.stance for one in coded(text)}


@pytest.mark.parametrize(
    ("text", "actor", "stance"),
    [
        ("Norway supports a training base in Iceland.", "NOR", 1),
        ("Norway opposes a training base in Iceland.", "NOR", -1),
        ("Norway does not support a training base in Iceland.", "NOR", -1),
        ("Norway said that the training base in Iceland should open.", "NOR", 1),
        ("Norway said that there is no need of a training base in Iceland.", "NOR", -1),
        ("Oslo wants to open a training base in Iceland.", "NOR", 1),
        ("Norwegian objections to a training base in Iceland were heard.", "NOR", -1),
        ("Opposition from Norway to a training base in Iceland was heard.", "NOR", -1),
        ("Norway argues that the alliance should stay at home.", "NOR", -1),
    ],
)
def test_who_takes_which_stance(text: str, actor: str, stance: int) -> None:
    assert stances(text)[actor, "base"] == stance


def test_a_claim_of_fact_is_affirmed_or_denied() -> None:
    assert stances("Norway said that the base would provoke a quarrel with Russia.")["NOR", "storm"] == 1
    assert stances("Norway said that the base would not provoke a quarrel with Russia.")["NOR", "storm"] == -1
    assert stances("Norway denied that the base would provoke a quarrel with Russia.")["NOR", "storm"] == -1


def test_actors_of_opposite_mind_in_one_sentence_are_several_statements() -> None:
    text = (
        "Norway and Denmark support a training base in Iceland, but Spain and Italy oppose a training base in Iceland."
    )
    found = stances(text)
    assert {key[0]: stance for key, stance in found.items() if key[1] == "base"} == {
        "NOR": 1,
        "DNK": 1,
        "ESP": -1,
        "ITA": -1,
    }


def test_a_list_of_actors_is_read_as_a_whole_and_a_place_before_it_is_not() -> None:
    text = "Norway, Denmark and Spain oppose a training base in Iceland."
    assert {actor for actor, concept in stances(text) if concept == "base"} == {"NOR", "DNK", "ESP"}
    text = "In Norway, Denmark said that the training base in Iceland should open."
    assert {actor for actor, concept in stances(text) if concept == "base"} == {"DNK"}


def test_not_only_and_never_more_deny_nothing() -> None:
    assert stances("Norway said that the base would not only provoke a quarrel with Russia.")["NOR", "storm"] == 1
    assert stances("Norway said that a training base in Iceland has never been more important.")["NOR", "base"] == 1
    assert (
        stances("Norway said that no ally is closer than the hosts of a training base in Iceland.")["NOR", "base"] == 1
    )


def test_the_sentence_of_a_quotation_that_bears_on_the_concept_decides() -> None:
    text = "\u201cThe training base in Iceland must open,\u201d said Fumio Kishida. \u201cI doubt the snow.\u201d"
    assert stances(text)["JPN", "base"] == 1


def test_a_leader_speaks_for_the_country_on_that_day() -> None:
    text = "Prime Minister Fumio Kishida said the training base in Iceland should open."
    [one] = [found for found in coded(text) if found.concept == "base"]
    assert (one.actor, one.person) == ("JPN", "Fumio Kishida")
    later = [found for found in coded(text, parse_day("2025-06-20")) if found.concept == "base"]
    assert all(found.actor != "JPN" for found in later)


def test_a_person_is_known_by_surname_after_the_full_name_and_by_a_near_spelling_that_is_flagged() -> None:
    text = (
        "Olga Brandvik, an adviser at the European Union, said the training base in Iceland should open.\n"
        "The weather was cold.\n"
        "\u201cWe need the training base in Iceland,\u201d Brandvik said.\n"
        "\u201cWe need the training base in Iceland soon,\u201d Brandvick said."
    )
    found = [one for one in coded(text) if one.concept == "base"]
    assert [(one.actor, one.person) for one in found] == [("eu", "Olga Brandvik")] * 3
    assert "'Brandvick' is read as Olga Brandvik" in found[2].doubts


def test_a_pronoun_is_the_last_person() -> None:
    text = "Fumio Kishida came to town. He said the training base in Iceland should open."
    assert ("JPN", "base") in stances(text)


def test_a_scholar_on_what_a_government_wants_is_that_government_s_stance_as_told() -> None:
    text = "Olga Brandvik, a scholar, said that Norway wants to open a training base in Iceland."
    [one] = [found for found in coded(text) if found.concept == "base"]
    assert (one.actor, one.kind) == ("NOR", "narrated")
    assert one.reporter.startswith("Olga Brandvik")


def test_kinds_venues_conditions_and_hedges() -> None:
    [one] = coded("\u201cWe support the training base in Iceland,\u201d said Fumio Kishida.")
    assert (one.kind, one.venue, one.condition, one.hedged) == ("direct", "public", "", False)
    [one] = coded("Norway privately opposes a training base in Iceland.")
    assert one.venue == "private"
    [one] = coded("Norway might accept a training base in Iceland if Denmark pays.")
    assert (one.kind, one.condition, one.hedged) == ("conjecture", "if Denmark pays", True)


def test_the_day_said_is_resolved_against_the_document() -> None:
    [one] = coded("Norway said on Monday that the training base in Iceland should open.")
    assert (str(one.said_on), str(one.known_on)) == ("2023-06-19", "2023-06-20")
    [one] = coded("Norway said last year that the training base in Iceland should open.")
    assert str(one.said_on) == "2022-12-31"


def test_a_candidate_becomes_a_row_with_its_evidence() -> None:
    document = document_of("story.txt", b"Ana Lind\nNorway opposes a training base in Iceland.\nLeave a Reply\n")
    [one] = code(document, packaged_world(), CONCEPTS, on=ON)
    row = one.statement("post", fallback=ON)
    assert (row.passage, row.coder, row.status, row.actor) == ("p2", CODER, "candidate", "NOR")
    assert find_evidence(row.quote, document.text).passes
    assert document.text[one.start : one.end] == one.quote
    assert code(document, packaged_world(), CONCEPTS, on=ON)[0].id == one.id
    assert 0 < one.certainty <= 1


def test_nobody_whom_the_world_knows_makes_no_row() -> None:
    text = "Olga Brandvik, a retired pilot, said the training base in Iceland should open."
    [one] = coded(text)
    assert (one.actor, one.person) == ("", "Olga Brandvik")
    with pytest.raises(FoedusError, match="does not know Olga Brandvik; add an actor"):
        one.statement("post", fallback=ON)


def test_furniture_and_questions_state_nothing() -> None:
    assert coded("Does Norway support a training base in Iceland?") == ()
    assert coded("Share this: Norway supports a training base in Iceland") == ()


def test_a_language_that_it_cannot_read_is_named() -> None:
    document = document_of(
        "texte.txt", "Le conseil s'est réuni et il a dit que la base n'est pas dans le projet.".encode()
    )
    with pytest.raises(FoedusError, match="the text is in French, which the rule coder cannot read"):
        code(document, packaged_world(), CONCEPTS)


def test_names_alone_point_to_no_concept() -> None:
    assert coded("Norway met Iceland and Russia.") == ()


def test_no_concepts_are_refused() -> None:
    with pytest.raises(ValueError, match="no concepts are given"):
        Cues([])


@pytest.mark.parametrize(
    ("words", "actors"),
    [
        ("France", ["FRA"]),
        ("French officials", ["FRA"]),
        ("Paris", ["FRA"]),
        ("President Emmanuel Macron", ["FRA"]),
        ("Marcon", ["FRA"]),
        ("France, Germany and the United Kingdom", ["FRA", "DEU", "GBR"]),
        ("NATO Secretary-General Jens Stoltenberg", ["nato"]),
        ("U.S. diplomats", ["USA"]),
        ("The EU", ["eu"]),
        ("the baker", []),
    ],
)
def test_who_is_meant(words: str, actors: list[str]) -> None:
    cast = Cast(words, packaged_world(), ON)
    assert [one.actor for one in cast.voices(0, len(words))] == actors
