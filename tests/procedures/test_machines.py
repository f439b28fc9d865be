"""Procedures are read strictly; those that come with Foedus hold together."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.base.errors import FoedusError, InputError
from foedus.procedures import packaged_machines, read_machines
from foedus.procedures.machines import ANSWERS, HOW, KINDS

GOOD = """
id: small
title: A small one
about: made up
start: idle
states: {idle: nothing, asked: it is asked, done: it is done}
steps:
  ask: {from: [idle], to: asked, says: it is asked, reference: made up}
  answer:
    from: [asked]
    decided: body
    answers: {adopted: done, nothing: idle}
    says: it is answered
    reference: made up
"""


def test_every_packaged_machine_is_named_by_its_file_and_can_come_to_an_end() -> None:
    assert sorted(packaged_machines()) == sorted(path.stem for path in KINDS.glob("*.yaml"))
    for machine in packaged_machines().values():
        assert machine.start in machine.states
        for step in machine.steps.values():
            assert set(step.answers) == set(ANSWERS[step.decided])


def test_how_and_answers_name_the_same_kinds() -> None:
    assert HOW.keys() == ANSWERS.keys()


def test_a_step_leads_on_and_leaves_where_they_are_those_that_cannot_take_it() -> None:
    office = packaged_machines()["office"]
    assert office.reachable({"none", "open"}, "propose") == {"proposed", "open"}
    assert office.reachable({"proposed"}, "decide") == {"agreed", "on-hold"}
    assert office.open_to({"on-hold"}) == ("propose", "bring-back")
    assert office.step("decide").target("something-less") == "agreed"
    with pytest.raises(FoedusError, match="did you mean 'decide'"):
        office.step("decides")


def test_a_dossier_may_bring_its_own(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(GOOD, "utf-8")
    found = read_machines(tmp_path)
    assert found["small"].steps["answer"].target("something-else") == "done"
    assert found.keys() == packaged_machines().keys() | {"small"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("start: idle", "start: idol", "start names idol; the states are idle, asked, done"),
        ("done: it is done", "done: it is done, lost: never", "no step leads to lost"),
        ("nothing: idle}", "}", "a state for each of as-proposed, something-less, something-else, nothing"),
        ("to: asked,", "to: nowhere,", "steps.ask names nowhere"),
        ("decided: body", "decided: poll", "line 11, steps.answer.decided: 'poll'"),
        ("title: A small one", "title: A small one\ncolour: red", "line 4, colour: 'red', expected no such key here"),
        ("answers: {adopted", "to: done\n    answers: {adopted", "to or answers, not both"),
        ("decided: body\n", "decided: body\n    period_years: {X: 2}\n", "period_years where the step falls due"),
        ("id: small", "id: office", "an id that no other procedure has"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    (tmp_path / "small.yaml").write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as refused:
        read_machines(tmp_path)
    assert "procedures/small.yaml" in str(refused.value)
    assert told in str(refused.value)
