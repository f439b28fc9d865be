"""Persons in seats: what they are asked, what their moves do, records that resume and cannot be tampered with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from tests.procedures.conftest import Make

import foedus
from foedus.base.errors import FoedusError, InputError
from foedus.dossiers import Dossier
from foedus.procedures import Call, Choice, Game, Happening, Model, play_game, read_docket, read_record
from foedus.procedures import game as games
from foedus.procedures.playing import Players
from foedus.procedures.turns import TurnFiles, WaitingError, came_of, pick, told

OFFICE = [
    {"on": "2020-03-01", "procedure": "office", "step": "propose", "by": "pair"},
    {"on": "2020-03-02", "procedure": "office", "step": "decide"},
    {"on": "2020-03-03", "procedure": "office", "step": "host", "by": "guest"},
    {"on": "2020-03-04", "procedure": "office", "step": "bring-back"},
]
WILLING = ["one,plan,private,90,", "two,plan,private,90,", "guest,plan,private,90,"]


@dataclass
class Person:
    """Plays choices in order, and keeps what it was asked."""

    choices: list[str]
    calls: list[Call] = field(default_factory=list)

    def __call__(self, call: Call) -> Choice:
        self.calls.append(call)
        if not self.choices:
            raise EOFError
        wanted = self.choices.pop(0)
        return next(choice for choice in call.choices if choice.id == wanted)


def course(game: Game) -> list[str]:
    return [event.option or event.result for event in game.replay.events]


@pytest.mark.parametrize(
    ("moves", "told"),
    [
        (["pass"], ["done", "all", "consents", "not-arisen"]),
        (["not:2"], ["done", "a little", "consents", "not-arisen"]),  # the second option beside the status quo is all
        (["only:1"], ["done", "a little", "consents", "not-arisen"]),
        (["none", "none"], ["done", "nothing", "not-arisen", "off"]),
        (["none", "pass"], ["done", "nothing", "not-arisen", "on"]),
    ],
)
def test_an_objection_takes_an_option_off_the_table(two: Make, moves: list[str], told: list[str]) -> None:
    if moves[0] in {"not:2", "only:1"}:
        moves = ["not:2"]  # the same set of two options has one name
    assert course(play_game(two(OFFICE, WILLING), ["one"], Person(list(moves)))) == told


def test_a_seat_is_never_made_to_object_by_the_model(two: Make) -> None:
    # the model has one oppose everything; the person lets it pass
    dossier = two(OFFICE[:2], ["one,plan,private,0,", "two,plan,private,90,"])
    assert course(play_game(dossier, ["one"], Person(["pass"]))) == ["done", "all"]
    assert course(play_game(dossier, ["two"], Person(["pass"]))) == ["done", "nothing"]


def test_two_seats_and_a_host(two: Make) -> None:
    person = Person(["pass", "not:2", "object", "none", "none"])
    game = play_game(two(OFFICE, WILLING), ["one", "two", "guest"], person)
    assert course(game) == ["done", "a little", "refuses", "off"]
    assert [(call.seat, call.question.entry.item.step) for call in person.calls] == [
        ("one", "decide"),
        ("two", "decide"),
        ("guest", "host"),
        ("one", "bring-back"),
        ("two", "bring-back"),
    ]
    assert person.calls[2].choices[1].words == "do not agree to 'a little'"
    assert game.moves == 5


def test_breaking_a_silence_and_ratifying(two: Make) -> None:
    silence = [
        {"on": "2020-03-01", "procedure": "silence", "step": "propose", "by": "two"},
        {"on": "2020-03-02", "procedure": "silence", "step": "end-silence"},
    ]
    for move, result in (("pass", "kept"), ("object", "broken")):
        assert course(play_game(two(silence, WILLING), ["one"], Person([move])))[-1] == result
    accession = [
        {"on": "2020-03-01", "procedure": "accession", "step": "apply", "by": "newcomer"},
        {"on": "2020-03-02", "procedure": "accession", "step": "invite"},
        {"on": "2020-03-03", "procedure": "accession", "step": "sign", "by": "pair"},
        {"on": "2020-03-04", "procedure": "accession", "step": "ratify"},
        {"on": "2020-03-05", "procedure": "accession", "step": "ratify"},
    ]
    game = play_game(two(accession, WILLING), ["two"], Person(["pass", "object", "pass"]))
    assert [event.result for event in game.replay.events][3:] == ["not-all", "all"]


def test_what_a_choice_leads_to_is_what_comes_of_it_in_many_games(two: Make) -> None:
    # Two's position x has the triangle from 30 over 70 to 100. Below 50, in 1/7 of draws, it objects to all. Above,
    # two of the three selection rules pick all; the Nash product does where 10.8 (2x - 100) / 100 > 10.4 * 0.4.
    person = Person(["pass"])
    play_game(two(OFFICE[:2], ["one,plan,private,90,"]), ["one"], person)
    leads = person.calls[0].leads_to
    turn = 50 + 10.4 * 0.4 / 10.8 * 50
    everything = 2 / 3 * 6 / 7 + 1 / 3 * (1 - (turn - 30) ** 2 / (70 * 40))
    expected = {"nothing": 0, "a little": 1 - everything, "all": everything}
    assert leads["pass"] == pytest.approx(expected, abs=0.07)  # three standard errors of 400 draws
    assert leads["none"] == {"nothing": 1.0, "a little": 0.0, "all": 0.0}


def test_what_nobody_plays_is_played_as_in_a_replay(tokyo: Dossier) -> None:
    docket = read_docket(tokyo)
    entries = [entry for entry in docket.entries if entry.item.step == "decide"][:1]
    players, model = Players(tokyo, 1, 1, ["AUS"], Person([])), Model(tokyo, 1, 1)
    from foedus.procedures import Question

    one = np.ones(1, dtype=np.bool_)
    question = Question(entries[0], one, np.array([-1]), np.array([3]), {}, {"proposed": 1.0})
    assert players.called(question) == ()  # Australia has a voice on the office and no seat
    assert players.answer(question).chosen.tolist() == model.answer(question).chosen.tolist()


def test_a_call_tells_only_what_was_known_on_the_eve(tokyo: Dossier) -> None:
    person = Person(["pass", "pass", "none", "none", *["pass"] * 9])
    play_game(tokyo, ["FRA"], person, end="2023-07-11")
    for call in person.calls:
        assert call.as_of < call.question.entry.item.on
        assert all(tokyo.known_on(one) <= call.as_of for one in call.known)


Tamper = Callable[[list[str]], list[str]]


def _edited(lines: list[str]) -> list[str]:
    line = json.loads(lines[1])
    return [lines[0], json.dumps(line | {"choice": "pass"}), *lines[2:]]


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (_edited, "line 2: expected the hash of its content; the line was changed"),
        (lambda lines: [lines[0], *lines[2:]], "line 2: expected the hash of the line before"),
        (lambda lines: [lines[0], lines[2], lines[1]], "line 2: expected the hash of the line before"),
        (lambda lines: [*lines, "what"], "line 4: expected a line of a game's record; it is damaged"),
        (lambda lines: [lines[0].replace("Two", "Ten"), *lines[1:]], "line 1: expected the hash of its content"),
        (
            lambda lines: [*lines[:-1], lines[-1][:40]],
            "line 3: the last line was cut short, so its move is lost; delete",
        ),
    ],
)
def test_a_record_that_was_tampered_with(two: Make, tmp_path: Path, tamper: Tamper, told: str) -> None:
    record = tmp_path / "game.jsonl"
    dossier = two(OFFICE, WILLING)
    play_game(dossier, ["one"], Person(["none", "pass"]), record=record)
    assert len(read_record(record)) == 3
    record.write_text("\n".join(tamper(record.read_text("utf-8").splitlines())) + "\n", "utf-8")
    with pytest.raises(InputError) as refused:
        play_game(dossier, ["one"], Person(["pass"]), record=record)
    assert told in str(refused.value)


def test_an_interrupted_game_goes_on_where_it_stood(two: Make, tmp_path: Path) -> None:
    record, dossier = tmp_path / "game.jsonl", two(OFFICE, WILLING)
    with pytest.raises(EOFError):
        play_game(dossier, ["one"], Person(["none"]), record=record)
    told: list[int] = []
    person = Person(["pass"])
    resumed = play_game(dossier, ["one"], person, record=record, resumed=told.append)
    assert (told, len(person.calls)) == ([1], 1)
    whole = play_game(dossier, ["one"], Person(["none", "pass"]))
    assert resumed.replay == whole.replay
    assert resumed.record == whole.record
    again = play_game(dossier, ["one"], Person([]), record=record)  # a whole record is replayed, nobody is asked
    assert again.replay == whole.replay


def test_a_record_of_another_game(two: Make, tmp_path: Path) -> None:
    record, dossier = tmp_path / "game.jsonl", two(OFFICE, WILLING)
    play_game(dossier, ["one"], Person(["none", "pass"]), record=record)
    with pytest.raises(InputError, match=r"line 1, seed: '1', expected 2: the record is of another game"):
        play_game(dossier, ["one"], Person([]), record=record, seed=2)
    with pytest.raises(InputError, match=r"line 1, seats"):
        play_game(dossier, ["two"], Person([]), record=record)


def test_a_seat_without_a_part(two: Make, tokyo: Dossier) -> None:
    with pytest.raises(FoedusError, match="newcomer: no part in any step"):
        play_game(two(OFFICE, WILLING), ["newcomer"], Person([]))
    with pytest.raises(FoedusError, match="--seat FRX: no such actor"):
        play_game(tokyo, ["FRX"], Person([]))


def test_a_choice_that_is_not_allowed(two: Make) -> None:
    with pytest.raises(FoedusError, match="'leave' is none of the choices: pass, not:1, not:2, none"):
        play_game(two(OFFICE, WILLING), ["one"], lambda call: Choice("leave", "leave", frozenset()))


def fill(path: Path, choice: str) -> None:
    path.write_text(path.read_text("utf-8").replace("choice:", f"choice: {choice}"), "utf-8")


def test_players_apart_through_turn_files(two: Make, tmp_path: Path) -> None:
    dossier, files = two(OFFICE, WILLING), TurnFiles(tmp_path / "turns", {})

    def go_on() -> Game:
        return play_game(dossier, ["one", "two"], files, record=files.record)

    for seat, move in (("one", "none"), ("two", "pass"), ("one", "pass"), ("two", "1")):
        with pytest.raises(WaitingError, match=f"waiting for {seat}"):
            go_on()
        path = tmp_path / "turns" / f"{seat}.turn.txt"
        assert "2 seats in council-of-two" in " ".join(path.read_text("utf-8").replace("#", "").split())
        fill(path, move)
    game = go_on()
    assert course(game) == ["done", "nothing", "not-arisen", "on"]
    assert not list((tmp_path / "turns").glob("*.txt"))
    assert go_on().replay == game.replay


class KilledError(Exception):
    """Stands for a process that ends here."""


@pytest.mark.parametrize("where", ["before the record", "after the record"])
def test_a_move_whose_command_is_killed_is_neither_lost_nor_asked_again(
    two: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    dossier, folder = two(OFFICE, WILLING), tmp_path / "turns"

    def go_on() -> Game:
        files = TurnFiles(folder, {})
        return play_game(dossier, ["one"], files, record=files.record)

    def killed(*_: object) -> None:
        raise KilledError

    with pytest.raises(WaitingError) as waiting:
        go_on()
    fill(waiting.value.path, "none")
    with monkeypatch.context() as patched:
        if where == "before the record":
            real = games._keep
            patched.setattr(games, "_keep", lambda record, lines: (killed if len(lines) > 1 else real)(record, lines))
        else:
            patched.setattr(TurnFiles, "kept", killed)
        with pytest.raises(KilledError):
            go_on()
    assert waiting.value.path.exists()
    assert len(read_record(folder / "record.jsonl")) == (1 if where == "before the record" else 2)
    with pytest.raises(WaitingError) as waiting:  # for the second move: the first one was not lost
        go_on()
    assert [line["choice"] for line in read_record(folder / "record.jsonl")[1:]] == ["none"]
    fill(waiting.value.path, "pass")
    assert go_on().moves == 2
    assert not waiting.value.path.exists()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("choice:", "choice: 9", "choice: '9', expected one of 1 (pass), 2 (not:1), 3 (not:2), 4 (none)"),
        ("consensus", "majority", "tampered with"),
        ("turn: ", "turn: 0", "tampered with"),
        ("choice:", "choice: 1\nchoice: 2", "one line 'turn:' and one line 'choice:'"),
    ],
)
def test_a_turn_file_that_was_tampered_with(two: Make, tmp_path: Path, old: str, new: str, told: str) -> None:
    dossier, files = two(OFFICE, WILLING), TurnFiles(tmp_path / "turns", {})
    path = tmp_path / "turns" / "one.turn.txt"
    with pytest.raises(WaitingError):
        play_game(dossier, ["one"], files, record=files.record)
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as refused:
        play_game(dossier, ["one"], files, record=files.record)
    assert told in str(refused.value)
    assert len(read_record(files.record)) == 1


def test_a_person_can_hold_up_what_the_model_would_have_passed(tokyo: Dossier) -> None:
    person = Person(["none", "none", "none", *["none"] * 20])
    game = play_game(tokyo, ["NOR"], person, end="2023-04-04")
    assert [event.result for event in game.replay.events if event.step == "invite"] == ["nothing", "nothing"]
    assert all(event.result == "not-arisen" for event in game.replay.events if event.step == "answer")
    assert foedus.replay(tokyo, end="2023-04-04", histories=300).event("madrid-2022", "2022-06-22").to == "invited"


def test_after_each_decision_the_table_learns_what_came_of_it(two: Make) -> None:
    lines: list[str] = []

    def heard(event: Happening) -> None:
        lines.extend(came_of(event, {"guest": "The guest", "one": "One"}))

    play_game(two(OFFICE, WILLING), ["one"], Person(["none", "pass"]), watch=heard)
    assert " ".join(" ".join(lines).split()) == (
        "2020-03-01 m, propose: a proposal goes to the members (by: pair); m is now proposed "
        "2020-03-02 m, decide: result: no agreement, 'nothing'; stood in the way of 'all': One; m is now on-hold "
        "2020-03-03 m, host: it does not come up "
        "2020-03-04 m, bring-back: result: it comes on the agenda; m is now proposed"
    )


def test_who_was_placed_by_a_draw_is_told_apart_from_who_spoke(tokyo: Dossier) -> None:
    events: list[Happening] = []
    person = Person(["pass"] * 20)
    play_game(tokyo, ["NOR"], person, end="2023-04-04", watch=events.append)
    stood = [one for one in events if one.against is not None]
    assert stood
    for event in stood:
        assert event.beforehand is not None
        known = {one.actor for one in event.beforehand.objections if one.known}
        assert known.isdisjoint(event.unheard)
        assert set(event.unheard) <= set(event.against or ())
    some = replace(stood[-1], decided="body", against=("FRA", "HRV"), unheard=("HRV",), proposed="an office")
    told_of = " ".join(" ".join(came_of(some, {"FRA": "France", "HRV": "Croatia"})).split())
    assert "stood in the way of 'an office': France; stood in the way of 'an office' by a draw, " in told_of
    assert "since nothing is known about them: Croatia; " in told_of


def test_a_statement_without_words_of_its_coder_is_told_in_the_sources(tokyo: Dossier) -> None:
    bare = replace(tokyo, statements=tuple(replace(one, paraphrase="") for one in tokyo.statements))
    person = Person(["pass"] * 20)
    play_game(bare, ["FRA"], person, start="2023-07-01", end="2023-07-12")
    lines = " ".join(" ".join(told(person.calls[0], "France", everything=True)).split())
    assert "France is against ‘NATO should open a liaison office in Tokyo’" in lines


def test_who_stood_in_the_way_is_who_did(two: Make) -> None:
    # two would rather have nothing; one, played by a person, lets everything pass
    dossier = two(OFFICE[:2], ["one,plan,private,0,", "two,plan,private,10,"])
    game = play_game(dossier, ["one"], Person(["pass"]))
    assert (game.replay.events[1].players, game.replay.events[1].against) == (("one",), ("two",))


def test_each_step_is_asked_by_its_own_rule_and_answers(two: Make) -> None:
    person = Person(["pass", "object", "pass"])
    play_game(two(OFFICE, WILLING), ["one", "guest"], person)
    decide, host = person.calls[:2]
    assert (decide.state, decide.subject) == ("proposed (a proposal is before the members)", "all")
    assert decide.expected == {"nothing": 0.0, "a little": 0.0, "all": 1.0}
    assert (host.subject, host.expected) == ("all", {"consents": 1.0, "refuses": 0.0})
    assert (host.beforehand.rule, host.beforehand.asked) == ("the consent of guest", ("guest",))
    text = "\n".join(told(host, "The guest"))
    assert "Where it stands: m is agreed (the members agreed on an office, or on something less)." in text
    assert "Rule: the consent of guest. NATO's agreement" in text
    assert "Expected, if the model decided for all: consents 100 %, refuses 0 %." in text


def test_a_ratification_tells_who_has_to_agree(two: Make) -> None:
    rows = [
        {"on": "2020-03-01", "procedure": "accession", "step": "apply", "by": "newcomer"},
        {"on": "2020-03-02", "procedure": "accession", "step": "invite"},
        {"on": "2020-03-03", "procedure": "accession", "step": "sign", "by": "pair"},
        {"on": "2020-03-04", "procedure": "accession", "step": "ratify"},
    ]
    found = foedus.replay(two(rows, WILLING), histories=10)
    lines = {child.rule: child.value for child in found.events[3].why.children}
    assert "put to" not in lines
    assert lines["asked"] == "each of the 2 members on 2020-03-04"
    assert lines["the rule asks"] == "each of the 2 members agrees by itself, and none can be outvoted"
    assert lines["forecast beforehand, where it arises"] == "all 100.0 %, not-all 0.0 %"
    assert found.events[3].beforehand is not None
    assert found.events[3].beforehand.options == {}


def test_a_game_begins_at_its_first_day_with_history_before_it(two: Make) -> None:
    rows = [dict(row) for row in OFFICE]
    rows[1]["happened"] = "a little"  # the model has all
    person = Person(["object", "pass"])
    game = play_game(two(rows, WILLING), ["one", "guest"], person, start="2020-03-03")
    assert [call.question.entry.item.step for call in person.calls] == ["host", "bring-back"]
    assert person.calls[0].subject == "a little"
    assert game.replay.events[0].on.isoformat() == "2020-03-03"
    rows[1]["happened"] = "nothing"
    person = Person(["pass"])
    game = play_game(two(rows, WILLING), ["one", "guest"], person, start="2020-03-03")
    assert [call.question.entry.item.step for call in person.calls] == ["bring-back"]
    assert course(game) == ["not-arisen", "on"]


def test_the_order_of_seats_does_not_matter(two: Make, tmp_path: Path) -> None:
    dossier, record = two(OFFICE, WILLING), tmp_path / "game.jsonl"
    first = play_game(dossier, ["two", "one"], Person(["none", "none", "none", "none"]), record=record)
    again = play_game(dossier, ["one", "two"], Person([]), record=record)
    assert first.record == again.record


def test_a_changed_past_holds_in_a_game(two: Make) -> None:
    person = Person(["pass"])
    game = play_game(two(OFFICE[:2], WILLING), ["one"], person, changes=["two.plan=0@2020-01-02"])
    assert course(game) == ["done", "nothing"]


def test_own_statements_come_first_and_printed_words_are_a_choice(tokyo: Dossier) -> None:
    person = Person(["pass"])
    play_game(tokyo, ["JPN"], person, start="2023-07-11", end="2023-07-11")
    (call,) = person.calls
    own = [one.actor == "JPN" for one in call.known]
    assert own == sorted(own, reverse=True)
    assert sum(own) > 2
    for part in (True, False):
        days = [one.said_on for one in call.known if (one.actor == "JPN") is part]
        assert days == sorted(days)
    for choice in call.choices:
        assert pick(call, f" {choice.words.upper()} ") == choice
    assert pick(call, "what") is None


def test_turn_files_tell_what_came_of_earlier_steps(two: Make, tmp_path: Path) -> None:
    dossier = two(OFFICE, WILLING)

    def go_on() -> Game:
        files = TurnFiles(tmp_path / "turns", {})
        return play_game(dossier, ["one"], files, record=files.record, watch=files.tell)

    with pytest.raises(WaitingError):
        go_on()
    fill(tmp_path / "turns" / "one.turn.txt", "object to everything: keep 'nothing'")
    with pytest.raises(WaitingError):
        go_on()
    outcomes = (tmp_path / "turns" / "outcomes.txt").read_text("utf-8")
    assert "m, decide: result: no agreement, 'nothing'; stood in the way of 'all': one" in outcomes
    assert all(
        f"# {line}" in (tmp_path / "turns" / "one.turn.txt").read_text("utf-8") for line in outcomes.split("\n") if line
    )
