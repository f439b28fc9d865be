"""A replay that branches on a rival's answer: from the record as known on the eve, and only where it is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus
from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier, packaged_dossiers, read_dossier
from foedus.procedures import Replay
from foedus.procedures.docket import read_docket, with_answers, without_answers
from foedus.procedures.machines import machines_contents
from foedus.strategy import RecordOfRivals
from foedus.strategy.branching import drawn
from foedus.strategy.record import KINDS, RecordAnswer, answer_of_record
from foedus.world import packaged_world

H = 400


@pytest.fixture(scope="module")
def plain(tokyo: Dossier) -> Replay:
    return foedus.replay(tokyo, histories=H, end="2023-07-12")


@pytest.fixture(scope="module")
def branched(tokyo: Dossier) -> Replay:
    return foedus.replay(tokyo, histories=H, end="2023-07-12", answers=RecordOfRivals(tokyo))


@pytest.fixture(scope="module")
def record() -> RecordAnswer:
    return answer_of_record(packaged_world(), "CHN", "office/alliance", "2023-07-10")


def test_a_branch_changes_nothing_else(plain: Replay, branched: Replay) -> None:
    rest = [one for one in branched.events if one.decided != "record"]
    assert [replace(one, note="") for one in rest] == [replace(one, note="") for one in plain.events]
    assert branched.comparison == plain.comparison
    assert branched.likeliest == plain.likeliest
    assert "answer" not in {one.procedure for one in plain.events}
    assert "procedures/answer.yaml" not in dict(machines_contents())


def test_the_rival_answers_what_was_adopted_as_its_record_has_it(branched: Replay, record: RecordAnswer) -> None:
    decided, answered = (branched.event(one, "2023-07-11") for one in ("tokyo-office", "tokyo-office-answer"))
    nothing = next(one.share for one in decided.outcomes if one.answer == "nothing")
    assert answered.by == ("CHN",)
    assert answered.arises == pytest.approx(1 - nothing)
    shares = {one.answer: one.share / answered.arises for one in answered.outcomes}
    error = 3 * np.sqrt(0.25 / (H * answered.arises))
    seen = {one.kind: one.share for one in record.shares if one.share is not None}
    for kind, share in seen.items():
        assert shares[kind] == pytest.approx(share / sum(seen.values()), abs=error)
    assert all(shares[one.kind] == 0 for one in record.shares if one.share is None)
    told = "\n".join(answered.why.lines())
    assert "no case of economic, military, force: each below 5.7 %, and in no history" in told
    assert "known by 2023-07-10" in told


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=50))
def test_a_kind_without_a_case_is_never_drawn(record: RecordAnswer, levels: list[float]) -> None:
    found = {KINDS[place] for place in drawn(record, np.array(levels))}
    assert all(record.counts[kind] for kind in found)


def test_a_row_may_hang_on_an_answer_and_is_left_out_without_it(tokyo_copy: Path) -> None:
    docket = tokyo_copy / "docket.csv"
    head = docket.read_text("utf-8").splitlines()[0].split(",")
    own = {
        "on": "2024-07-12", "matter": "reply", "procedure": "answer", "step": "answer", "by": "CHN", "issue": "office",
        "when": "tokyo-office=on-hold", "source": "article-fp", "verified": "no",
    }  # fmt: skip
    after = {
        "on": "2024-07-12", "matter": "protest", "procedure": "office", "step": "talk", "by": "JPN nato",
        "when": "reply=diplomatic", "source": "article-fp", "verified": "no",
    }  # fmt: skip
    rows = "".join(",".join(row.get(name, "") for name in head) + "\n" for row in (own, after))
    before = read_docket(read_dossier(tokyo_copy))
    docket.write_text(docket.read_text("utf-8") + rows, "utf-8")
    dossier = read_dossier(tokyo_copy)
    assert without_answers(before) is before
    assert without_answers(read_docket(dossier)) == before
    found = with_answers(read_docket(dossier), RecordOfRivals(dossier).rival_of)
    assert [one.item.matter for one in found.entries][-2:] == ["reply", "protest"]
    assert "tokyo-office-answer" not in found.matters  # the docket has an answer of its own to that matter
    run = foedus.replay(dossier, histories=50, answers=RecordOfRivals(dossier))
    reply, protest = run.event("reply", "2024-07-12"), run.event("protest", "2024-07-12")
    assert protest.arises == pytest.approx(next(one.share for one in reply.outcomes if one.answer == "diplomatic"))


def test_there_must_be_something_to_answer() -> None:
    dossier = read_dossier(packaged_dossiers()["turkey-defence-2003"])
    with pytest.raises(FoedusError, match=r"response\.yaml names nobody who may answer"):
        foedus.replay(dossier, histories=5, answers=RecordOfRivals(dossier))
