"""The tour: every assertion of the articles is answered by the command that it names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command_line import command

from foedus.base.errors import FoedusError
from foedus.cli.tour.paths import value_at
from foedus.cli.tour.stops import STOPS, Stop, answered, groups, printed, stops

run = command("tour")


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_there_is_a_stop_for_each_of_the_facts_and_the_traps() -> None:
    assert [stop.id for stop in stops()] == [str(n) for n in range(1, 57)] + [
        *(f"F{n}" for n in range(1, 12)),
        *(f"G{n}" for n in range(1, 9)),
    ]
    assert {stop.group for stop in stops()} == set(groups())


@pytest.mark.parametrize("stop", stops(), ids=lambda stop: stop.id)
def test_each_stop_answers_as_expected(stop: Stop) -> None:
    answer = answered(stop, printed)
    assert {name: answer.values[name] for name in stop.expect} == dict(stop.expect)
    assert answer.text
    assert "None" not in answer.text


def test_a_stop_has_a_command_or_says_why_not() -> None:
    for stop in stops():
        assert bool(stop.command) != bool(stop.gap), stop.id


def test_a_path_that_leads_nowhere_names_the_stop_and_the_step() -> None:
    stop = Stop(id="x", group="A", says="", source="", part="", command="foedus none", values={"a": "members/9"})
    with pytest.raises(FoedusError, match="stop x of the tour: foedus none: nothing stands at '9' of 'members/9'"):
        answered(stop, lambda _line: {"members": []})


def test_paths() -> None:
    answer = {"rows": [{"kind": "a", "who": ["x", "y"], "on": True, "p": 0.2}, {"kind": "b", "who": [], "p": 0.7}]}
    assert value_at(answer, "rows/kind=b/p") == 0.7
    assert value_at(answer, "rows/?kind=a/*/p") == [0.2]
    assert value_at(answer, "rows/who=x y&on=true/kind") == "a"
    assert value_at(answer, "rows/^p/kind") == "b"
    assert value_at(answer, "rows/#") == 2
    with pytest.raises(LookupError, match="nothing stands at 'kind=c'"):
        value_at(answer, "rows/kind=c/p")


def test_the_command_shows_chosen_stops(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "f1", "--json")
    [stop] = json.loads(out)["stops"]
    assert (status, stop["command"]) == (0, "foedus world members nato --on 2023-06-20")
    assert stop["answer"].startswith("31 on the day")
    status, out, _ = run(capsys, "13", "F8")
    assert "an attack on Japan: Article 5 engaged no" in out
    assert "not answered: no command" in out


@pytest.mark.parametrize(("arguments", "told"), [(["99"], "no stop '99'"), (["--group", "Z"], "no group 'Z'")])
def test_a_stop_that_does_not_exist_is_refused(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert told in err


def test_no_stop_repeats_a_sentence_of_the_articles(shared: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = text.lower().replace("’", "'").split()
        return {tuple(words[n : n + 8]) for n in range(len(words) - 7)}

    ours = runs(STOPS.read_text("utf-8"))
    for path in (shared / "seeds").glob("*.*"):
        assert not ours & runs(path.read_text("utf-8")), path.name
