from __future__ import annotations

import csv
import subprocess
import sys

import pytest

from foedus.backtests.consensus_set import packaged_consensus_set, packaged_folder, read_consensus_set
from foedus.backtests.second_pass import packaged_second_pass, read_second_pass, second_pass_agreement
from foedus.base.errors import InputError


def _rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["consensus", "unseen"])
def test_a_third_of_the_decisions_is_coded_twice_on_words_from_before_the_day(name: str) -> None:
    first = read_consensus_set(packaged_folder(name))
    second = read_second_pass(packaged_second_pass(name), first)
    assert 3 * len(second.signals) >= len(first.decisions)
    dated = {(one.decision, one.actor) for one in first.positions if not one.coded_after}
    assert {(one.decision, one.actor) for one in second.positions} <= dated
    assert {one.decision for one in second.positions} == {one.decision for one in second.signals}


def test_equal_codes_are_those_counted_from_the_files() -> None:
    first = {(row["decision"], row["actor"]): row for row in _rows(packaged_folder() / "positions.csv")}
    again = _rows(packaged_second_pass() / "positions.csv")
    same = sum(first[row["decision"], row["actor"]]["position_words"] == row["position_words"] for row in again)
    packaged = packaged_consensus_set()
    found = {
        one.variable: one for one in second_pass_agreement(packaged, read_second_pass(packaged_second_pass(), packaged))
    }
    words = found["position_words"]
    assert (words.units, words.agreed) == (len(again), same)
    assert words.alpha is not None
    assert 0.8 < words.alpha < words.agreed / words.units


def test_nominal_alpha_of_a_signal_agrees_with_its_textbook_form() -> None:
    decided = {row["id"]: row for row in _rows(packaged_folder() / "decisions.csv")}
    pairs = [
        (decided[row["decision"]]["threat"], row["threat"]) for row in _rows(packaged_second_pass() / "signals.csv")
    ]
    pairs = [(a, b) for a, b in pairs if a and b]
    values = [value for pair in pairs for value in pair]
    n, ones = len(values), values.count("1")
    expected = 2 * ones * (n - ones) / (n * (n - 1))
    observed = sum(a != b for a, b in pairs) / len(pairs)
    packaged = packaged_consensus_set()
    found = second_pass_agreement(packaged, read_second_pass(packaged_second_pass(), packaged))
    threat = next(one for one in found if one.variable == "threat")
    assert threat.alpha == pytest.approx(1 - observed / expected)


def test_a_row_of_an_unknown_member_is_refused(tmp_path) -> None:
    for name in ("signals.csv", "positions.csv"):
        text = (packaged_second_pass() / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace("baltic-plan-2019,TUR", "baltic-plan-2019,XXX"), "utf-8")
    with pytest.raises(InputError, match="of the first pass"):
        read_second_pass(tmp_path, packaged_consensus_set())


def test_the_command_says_who_coded() -> None:
    command = [sys.executable, "-m", "foedus.backtests", "agreement"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "by one coder" in told.splitlines()[0]
    assert [line.split()[0] for line in told.splitlines()[2:]][:2] == ["position_words", "position_mode"]
