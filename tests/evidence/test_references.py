"""What a text means by 'the package', 'the veto', 'the former', and what its title says."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.evidence.calendar import find_days
from foedus.evidence.coder import Candidate, code
from foedus.evidence.coder.headings import without_repeats
from foedus.evidence.readers import document_of
from foedus.world import packaged_world


def _concept(id_: str, text: str, cues: str) -> SimpleNamespace:
    return SimpleNamespace(id=id_, text=text, cues=cues)


CONCEPTS = {
    "package": _concept(
        "package",
        "The EU should adopt the 18th sanctions package.",
        "18th sanctions package; 18th package of sanctions",
    ),
    "nineteenth": _concept("nineteenth", "The EU should adopt the 19th sanctions package.", "19th sanctions package"),
    "capless": _concept(
        "capless", "The EU should adopt a sanctions package without the cap.", "sanctions package without the cap"
    ),
    "bahrain": _concept("bahrain", "The Arab League should suspend Bahrain.", "suspension of Bahrain"),
    "krill": _concept("krill", "The commission should set a krill quota.", "krill quota; quota for krill"),
    "reserve": _concept(
        "reserve", "The commission should create a reserve in the Ross Sea.", "reserve in the Ross Sea"
    ),
    "pact": _concept("pact", "The bloc should sign the trade pact with the European Union.", "EU pact; trade pact"),
}


def _found(text: str, *concepts: str, on: dt.date | None = None, name: str = "note.txt") -> tuple[Candidate, ...]:
    document = dataclasses.replace(document_of(name, f"{text}\n".encode()), language="en")
    return code(document, packaged_world(), [CONCEPTS[one] for one in concepts], on=on)


def _coded(text: str, *concepts: str) -> set[tuple[str, str, int]]:
    return {(one.actor, one.concept, one.stance) for one in _found(text, *concepts)}


NEVER_NAMED = [
    ("Ministers met in Riga. Slovakia will block the new sanctions for now.", "package", {("SVK", "package", -1)}),
    ("Ministers met in Riga. Latvia supports this package in full.", "package", {("LVA", "package", 1)}),
    ("Ministers met on the sanctions in Riga. Malta rejected Tuesday's draft.", "package", {("MLT", "package", -1)}),
    ("Ministers met in Riga. Latvia welcomed the measures.", "package capless", {("LVA", "package", 1)}),
    ("Envoys spoke of krill in Hobart. Chile backed the proposal.", "krill", {("CHL", "krill", 1)}),
    ("Talks on sanctions go on. Denmark condemned the Slovak blockade.", "package",
     {("DNK", "package", 1), ("SVK", "package", -1)}),
]  # fmt: skip
NOT_MEANT = [
    ("Ministers met in Riga. Latvia supports this package in full.", "package nineteenth"),
    ("Ministers met on the sanctions. Latvia welcomed the 17th package.", "package"),
    ("Ministers met in Riga. Latvia rejected a package on fisheries. Malta welcomed the package.", "package"),
    ("Malta is undecided on the price cap.", "package"),
    ("The council met. Chile welcomed the deal and Peru backed the draft.", "bahrain"),
    ("Peru welcomed the deal with Japan. Chile rejected the deal between two clubs.", "pact"),
    ("Talks on sanctions go on. Oman condemned the Saudi blockade of Yemen.", "package"),
    ("Oman condemned the Saudi blockade.", "krill"),
]


@pytest.mark.parametrize(("text", "concepts", "expected"), NEVER_NAMED, ids=[text for text, _, _ in NEVER_NAMED])
def test_the_one_matter_is_meant(text: str, concepts: str, expected: set[tuple[str, str, int]]) -> None:
    assert _coded(text, *concepts.split()) == expected


@pytest.mark.parametrize(("text", "concepts"), NOT_MEANT, ids=[text for text, _ in NOT_MEANT])
def test_another_thing_is_not_taken_for_it(text: str, concepts: str) -> None:
    assert _coded(text, *concepts.split()) == set()


def test_the_nearest_full_name_decides_between_two() -> None:
    text = "Envoys took up the 19th sanctions package. Malta rejected the package, and Greece welcomed the measures."
    assert _coded(text, "package", "nineteenth") == {("MLT", "nineteenth", -1), ("GRC", "nineteenth", 1)}


LISTED = [
    ("Chile supports the former, while Peru rejects the latter.", {("CHL", "krill", 1), ("PER", "reserve", -1)}),
    ("Chile can accept the second but not the first.", {("CHL", "reserve", 1), ("CHL", "krill", -1)}),
    ("Chile backs both.", {("CHL", "krill", 1), ("CHL", "reserve", 1)}),
    ("Chile rejected both proposals.", {("CHL", "krill", -1), ("CHL", "reserve", -1)}),
    ("Chile praised the former minister, and Peru won the second race.", set()),
]


@pytest.mark.parametrize(("text", "expected"), LISTED, ids=[text for text, _ in LISTED])
def test_one_of_two_by_its_place(text: str, expected: set[tuple[str, str, int]]) -> None:
    told = f"Delegates spoke of the krill quota and the reserve in the Ross Sea. {text}"
    assert _coded(told, "krill", "reserve") == expected


def test_two_proposals_in_one_sentence_have_a_stance_each() -> None:
    assert _coded("Chile backs the krill quota but rejects the reserve in the Ross Sea.", "krill", "reserve") == {
        ("CHL", "krill", 1), ("CHL", "reserve", -1)
    }  # fmt: skip
    assert _coded("Chile supports the krill quota, not the reserve in the Ross Sea.", "krill", "reserve") == {
        ("CHL", "krill", 1), ("CHL", "reserve", -1)
    }  # fmt: skip


JUDGED = [
    ('"This veto is shameful," the Latvian foreign minister said.', {("LVA", "package", 1)}),
    ("Serbia praised the blockade.", {("SRB", "package", -1)}),
    ("Poland regretted Slovakia's veto.", {("POL", "package", 1), ("SVK", "package", -1)}),
]


@pytest.mark.parametrize(("text", "expected"), JUDGED, ids=[text for text, _ in JUDGED])
def test_who_judges_an_objection_takes_the_other_side(text: str, expected: set[tuple[str, str, int]]) -> None:
    assert _coded(f"Ministers discussed the 18th sanctions package. {text}", "package") == expected


def test_a_title_states_what_the_text_does_not() -> None:
    title, text = "Slovakia vetoes the 18th sanctions package", "The vote came late on Monday after weeks of talks."
    [alone] = _found(f"{title}\n\n{text}", "package")
    assert (alone.actor, alone.stance, alone.quote) == ("SVK", -1, title)
    [once] = _found(f"{title}\n\n{text} Slovakia vetoed the 18th sanctions package.", "package")
    assert once.quote == "Slovakia vetoed the 18th sanctions package."


@pytest.mark.parametrize(
    "title", ["Slovak objections to the 18th sanctions package", "Will Slovakia veto the 18th sanctions package?",
              "The 18th sanctions package and Slovakia"],
)  # fmt: skip
def test_a_topic_states_nothing(title: str) -> None:
    assert _found(f"{title}\n\nThe vote came late on Monday after weeks of talks.", "package") == ()


def test_an_earlier_side_keeps_its_own_day() -> None:
    text = "Chile, which in May had opposed the krill quota, said on Monday that it now supports it."
    before, now = sorted(_found(text, "krill", on=dt.date(2024, 10, 16)), key=lambda one: one.stance)
    assert (before.stance, before.said_on) == (-1, dt.date(2024, 5, 31))
    assert (now.stance, now.said_on) == (1, dt.date(2024, 10, 14))
    assert before.id != now.id


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([-1, 0, 1]), st.sampled_from(["p1", "p2", "p3"]))))
def test_headings_add_nothing_that_is_said_elsewhere(rows: list[tuple[str, int, str]]) -> None:
    base = _found("Chile backs the krill quota.", "krill")[0]
    every = [dataclasses.replace(base, actor=actor, stance=side, passage=place) for actor, side, place in rows]
    kept = without_repeats(every, ["p1", "p2"])
    said = {(one.actor, one.stance) for one in every}
    assert {(one.actor, one.stance) for one in kept} == said
    assert [one for one in kept if one.passage == "p3"] == [one for one in every if one.passage == "p3"]
    inside = {(one.actor, one.stance) for one in every if one.passage == "p3"}
    heads = [(one.actor, one.stance) for one in kept if one.passage != "p3"]
    assert len(heads) == len(set(heads))
    assert not inside & set(heads)


def test_months_after_as_late_as_are_read() -> None:
    [found] = find_days("as late as April", dt.date(2024, 10, 16))
    assert (found.first, found.day) == (dt.date(2024, 4, 1), dt.date(2024, 4, 30))
