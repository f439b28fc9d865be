"""The engine against a plain simulation of one history at a time, and made-up courses worked by hand."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pytest
from tests.procedures.conftest import Make

from foedus.base.errors import InputError
from foedus.dossiers import Dossier
from foedus.procedures import Docket, Model, Question, StepAnswer, read_docket, replay, run
from foedus.procedures.items import NOT_ARISEN

COURSE = [
    {"on": "2020-03-01", "procedure": "silence", "step": "propose", "by": "one"},
    {"on": "2020-03-02", "procedure": "silence", "step": "end-silence"},
    {"on": "2020-03-03", "procedure": "silence", "step": "amend", "by": "one", "option": "a little"},
    {"on": "2020-03-04", "procedure": "silence", "step": "end-silence"},
    {"on": "2020-03-05", "matter": "n", "procedure": "vote", "step": "table", "by": "two", "when": "m=objected"},
    {"on": "2020-03-06", "matter": "n", "procedure": "vote", "step": "vote"},
    {
        "on": "2020-03-07",
        "matter": "n",
        "procedure": "vote",
        "step": "table",
        "by": "two",
        "when": "m=objected|adopted",
    },
    {"on": "2020-03-08", "matter": "n", "procedure": "vote", "step": "vote"},
]


@dataclass
class Scripted:
    """Answers the n-th question by the n-th row of a table: one column for each history."""

    table: np.ndarray
    asked: int = 0

    def answer(self, question: Question) -> StepAnswer:
        """Return the next row."""
        self.asked += 1
        return StepAnswer(self.table[self.asked - 1] % len(question.choices))


def alone(docket: Docket, answers: list[int]) -> list[tuple[str, str]]:
    """Return what one history does: for each row the answer, or that it does not arise, and the state after it."""
    state = {matter: machine.start for matter, machine in docket.matters.items()}
    told = []
    for entry, answer in zip(docket.entries, answers, strict=True):
        matter, step = entry.item.matter, entry.step
        fits = all(state[other] in states for other, states in entry.item.conditions)
        if state[matter] not in step.sources or not fits:
            told.append((NOT_ARISEN, state[matter]))
            continue
        choice = step.choices[answer % len(step.choices)]
        state[matter] = step.answers[choice]
        told.append((choice, state[matter]))
    return told


def test_every_history_goes_as_it_would_alone(two: Make) -> None:
    dossier = two(COURSE)
    docket = read_docket(dossier)
    choices = [range(len(entry.step.choices)) for entry in docket.entries]
    table = np.array(list(itertools.product(*choices)), dtype=np.intp).T  # every possible course
    assert table.shape == (8, 2 * 2 * 4 * 4)
    taken = run(docket, dossier, Scripted(table), table.shape[1])
    expected = [alone(docket, answers) for answers in table.T.tolist()]
    for row, one in enumerate(taken):
        told = [NOT_ARISEN if chosen < 0 else one.entry.step.choices[chosen] for chosen in one.chosen.tolist()]
        assert told == [course[row][0] for course in expected]
        states = [course[row][1] for course in expected]
        assert one.after == pytest.approx({state: states.count(state) / len(states) for state in set(states)})


def objects(position: float, option: float) -> bool:
    """Without pressure and red lines a member objects to what lies farther from it than the status quo at 0."""
    return abs(option - position) > abs(position)


def test_silence_for_two_by_brute_force_over_their_positions(two: Make) -> None:
    dossier = two(COURSE[:4])
    docket = read_docket(dossier)
    model = Model(dossier, 3_000, seed=5)
    taken = run(docket, dossier, model, 3_000)
    sitting = model.heard(taken[1].question, 2).sitting
    positions = sitting.private[:, [sitting.actors.index("one"), sitting.actors.index("two")], 0]
    ends = []
    for pair in positions.tolist():
        first = any(objects(x, 100.0) for x in pair)
        second = first and any(objects(x, 40.0) for x in pair)
        ends.append("objected" if second else "adopted")
        assert not second  # whoever stands at 30 or more would rather have 40 than nothing
    assert taken[-1].after == {"adopted": 1.0}
    broken = [any(objects(x, 100.0) for x in pair) for pair in positions.tolist()]
    assert (taken[1].chosen == 1).tolist() == broken


def test_silence_for_two_in_closed_form(two: Make) -> None:
    # A triangle from 30 over 70 to 100 has a share of 20 * 20 / (70 * 40) = 1/7 below 50; both must stand above it.
    found = replay(two(COURSE[:2]), histories=20_000)
    assert found.events[1].outcomes[0].share == pytest.approx(36 / 49, abs=0.011)  # 3.5 standard errors
    assert found.events[1].beforehand is not None
    each = {one.actor: one.probability for one in found.events[1].beforehand.objections}
    assert each == {actor: pytest.approx(1 / 7, abs=0.009) for actor in ("one", "two")}


def test_a_body_settles_for_less_where_silence_breaks(two: Make) -> None:
    rows = [COURSE[0], COURSE[1], {"on": "2020-03-03", "procedure": "silence", "step": "meet"}]
    found = replay(two(rows, ["one,plan,private,45,", "two,plan,private,90,"]), histories=10)
    assert [event.result for event in found.events] == ["done", "broken", "something-less"]
    assert found.events[2].option == "a little"
    assert found.matters[0].points[-1].shares == {"adopted": 1.0}


ACCESSION = [
    {"on": "2020-03-01", "procedure": "accession", "step": "apply", "by": "newcomer"},
    {"on": "2020-04-01", "procedure": "accession", "step": "invite", "option": "all"},
    {"on": "2020-05-01", "procedure": "accession", "step": "sign", "by": "pair"},
    {"on": "2020-06-01", "procedure": "accession", "step": "ratify"},
    {"on": "2020-07-01", "procedure": "accession", "step": "ratify", "by": "two"},
    {"on": "2020-08-01", "procedure": "accession", "step": "ratify", "by": "two"},
    {"on": "2020-09-01", "procedure": "accession", "step": "enter", "by": "newcomer"},
]


def test_one_member_holds_up_ratification_until_what_is_known_of_it_changes(two: Make) -> None:
    # two wants it in April, balks from 15 May, and is known to have come round by the end of July
    stands = ["one,plan,private,90,", "two,plan,private,90,", "two,plan,private,10,2020-05-15"]
    dossier = two(ACCESSION, stands[:2])
    back = ["two.plan.position=10@2020-05-15", "two.plan.position=90@2020-08-01"]
    found = replay(dossier, histories=4, changes=back)
    assert [event.result for event in found.events] == [
        "done",
        "as-proposed",
        "done",
        "not-all",
        "not-all",
        "all",
        "done",
    ]
    assert [event.to for event in found.events][3:] == ["ratifying", "ratifying", "ratified", "member"]
    assert {child.rule: child.value for child in found.events[3].why.children}["two agrees"] == "0.0 % of histories"


def test_who_has_ratified_stays_so(two: Make) -> None:
    dossier = two(ACCESSION, ["one,plan,private,90,", "two,plan,private,10,"])
    found = replay(dossier, histories=4, changes=["two.plan.position=90@2020-03-15", "one.plan.position=0@2020-06-02"])
    assert found.event("m", "2020-06-01").result == "all"
    assert found.event("m", "2020-07-01").result == "not-arisen"
    assert found.matters[0].points[-1].shares == {"member": 1.0}


def test_a_blocked_application_goes_no_further(two: Make) -> None:
    found = replay(two(ACCESSION, ["one,plan,private,90,", "two,plan,private,10,"]), histories=4)
    assert [event.result for event in found.events][1:] == ["nothing", *["not-arisen"] * 5]
    assert found.matters[0].points[-1].shares == {"blocked": 1.0}


def test_a_guest_consents_to_what_does_not_hurt_it(two: Make) -> None:
    rows = [
        {"on": "2020-03-01", "procedure": "invitation", "step": "invite"},
        {
            "on": "2020-03-02",
            "matter": "g",
            "procedure": "attendance",
            "step": "answer",
            "by": "guest",
            "when": "m=invited",
        },
    ]
    agreeing = ["one,plan,private,90,", "two,plan,private,90,"]
    for position, result in ((49, "refuses"), (50, "consents")):
        found = replay(two(rows, [*agreeing, f"guest,plan,private,{position},"]), histories=3)
        assert found.events[1].result == result
    opposed = replay(two(rows, ["one,plan,private,10,", "guest,plan,private,90,"]), histories=3)
    assert opposed.events[1].result == NOT_ARISEN


def test_a_host_is_asked_for_what_the_body_settled_on(two: Make) -> None:
    rows = [
        {"on": "2020-03-01", "procedure": "office", "step": "propose", "by": "pair"},
        {"on": "2020-03-02", "procedure": "office", "step": "decide"},
        {"on": "2020-03-03", "procedure": "office", "step": "host", "by": "guest"},
        {"on": "2020-03-04", "procedure": "office", "step": "bring-back"},
    ]
    # the members settle for a little, which suits a host that would refuse the whole
    stands = ["one,plan,private,45,", "two,plan,private,45,", "guest,plan,private,30,"]
    found = replay(two(rows, stands), histories=3)
    assert [event.result for event in found.events] == ["done", "something-less", "consents", "not-arisen"]
    refused = replay(two(rows, [*stands[:2], "guest,plan,private,10,"]), histories=3)
    assert [event.result for event in refused.events][2:] == ["refuses", "on"]
    opposed: Dossier = two(rows, ["one,plan,private,5,", "two,plan,private,90,"])
    assert [event.result for event in replay(opposed, histories=3).events][1:] == ["nothing", "not-arisen", "off"]


INSTRUMENTS = "organisation,actor,instrument,title,adopted,expires,source,locator,verified,note\n"


@pytest.mark.parametrize(
    ("adopted", "instrument", "on", "result"),
    [
        ("2020-02-29", "IPCP", "2022-02-27", "not-due"),
        ("2020-02-29", "IPCP", "2022-02-28", "due"),  # two years later there is no 29 February
        ("2020-03-01", "ITPP", "2024-02-29", "not-due"),
        ("2020-03-01", "ITPP", "2024-03-01", "due"),
        ("2020-03-01", "treaty", "2024-03-01", "not-due"),  # no period is known for it
        ("", "IPCP", "2024-03-01", "not-due"),
    ],
)
def test_a_programme_falls_due_when_its_period_is_over(
    two: Make, adopted: str, instrument: str, on: str, result: str
) -> None:
    rows = [
        {"on": "2020-03-02", "procedure": "programme", "step": "record", "by": "pair guest"},
        {"on": on, "procedure": "programme", "step": "fall-due", "by": "guest"},
    ]
    world = two(rows).folder / "world"
    row = f"pair,guest,{instrument},made up,{adopted},,made-up,made up,no,invented\n"
    (world / "instruments.csv").write_text(INSTRUMENTS + row, "utf-8")
    assert replay(two(rows), histories=2).events[1].result == result


def test_the_latest_programme_counts(two: Make) -> None:
    rows = [
        {"on": "2020-03-02", "procedure": "programme", "step": "record", "by": "pair guest"},
        {"on": "2022-04-01", "procedure": "programme", "step": "fall-due", "by": "guest"},
    ]
    world = two(rows).folder / "world"
    lines = [
        f"pair,guest,IPCP,made up,{day},,made-up,made up,no,invented\n"
        for day in ("2020-03-01", "2021-03-01", "2023-03-01")
    ]
    (world / "instruments.csv").write_text(INSTRUMENTS + "".join(lines), "utf-8")
    event = replay(two(rows), histories=2).events[1]
    assert event.result == "not-due"
    assert "IPCP of 2021-03-01" in "\n".join(event.why.lines())


def test_a_room_below_that_cannot_answer_is_told_with_the_row(two: Make) -> None:
    rows = [
        {"on": "2020-03-01", "procedure": "accession", "step": "apply", "by": "newcomer"},
        {"on": "2020-03-02", "procedure": "accession", "step": "eligible", "by": "newcomer", "treaty": "nat-1949"},
    ]
    with pytest.raises(InputError, match=r"docket.csv, row 3, step: 'eligible', expected .*newcomer is not a state"):
        replay(two(rows), histories=2)


def test_a_silent_actor_without_a_place_at_the_table(two: Make) -> None:
    rows = [{"on": "2020-03-01", "procedure": "attendance", "step": "answer", "by": "late"}]
    rows[0]["on"] = "2031-03-01"
    with pytest.raises(
        InputError, match=r"row 2.*late is asked on 2031-03-01 and has neither seat nor voice on 'plan'"
    ):
        replay(two(rows), histories=2)
