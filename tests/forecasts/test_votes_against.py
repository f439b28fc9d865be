"""Under a rule that only votes against stop, the count asks who is against; checked against the rule's own verdict."""

from __future__ import annotations

import copy
import csv
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

import foedus
from foedus.cli.app import app
from foedus.ensembles.model import NAME
from foedus.forecasts.arithmetic import arithmetic
from foedus.institutions.rules import (
    AllOf,
    Ballot,
    Consensus,
    ConsentOf,
    FewerAgainst,
    Quota,
    Rule,
    Unanimity,
    Unless,
    needed_against,
    passes,
    read_rule,
    read_share,
    stopped_by,
)
from foedus.reports.votes import expects, votes
from foedus.reports.votes_against import drawn_against

KINDS = {
    "a majority against": Unless(Quota(more_than=read_share("1/2"))),
    "a qualified majority against": Unless(
        AllOf((Quota(at_least=read_share("55 %")), Quota("population", at_least=read_share("65 %"))))
    ),
    "reverse consensus": Unless(Consensus()),
    "reverse unanimity": Unless(Unanimity()),
    "no objection by four": Unless(Quota(at_least=4)),
    "no objection by one": Unless(Quota(at_least=1)),
}


def examination(folder: Path, against: set[str], favour: set[str]) -> foedus.Forecast:
    made = CliRunner().invoke(
        app,
        [
            *("new", str(folder), "--body", "eu-council", "--procedure", "examination", "--on", "2026-12-15"),
            *("--question", "Do the duties pass?", "--option", "no duties=0", "--option", "duties=100"),
            *("--status-quo", "no duties", "--proposal", "duties"),
        ],
    )
    assert made.exit_code == 0, made.output
    table = folder / "stakeholders.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["actor"] in against | favour:
            low, mode, high = ("0", "5", "15") if row["actor"] in against else ("90", "98", "100")
            row |= {"position_low": low, "position_mode": mode, "position_high": high}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return foedus.forecast(foedus.read_dossier(folder), draws=200)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> foedus.Forecast:
    return examination(tmp_path_factory.mktemp("few") / "duties", {"DEU", "ESP", "HUN"}, {"FRA", "ITA"})


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> foedus.Forecast:
    """Seventeen against, with all the large ones."""
    no = "DEU FRA ITA ESP POL ROU NLD BEL CZE SWE GRC PRT HUN AUT BGR DNK FIN"
    return examination(tmp_path_factory.mktemp("many") / "duties", set(no.split()), {"IRL"})


def lets_pass(rule: Rule, ballot: Ballot, against: set[str]) -> bool:
    return passes(rule, ballot.change(against=frozenset(against)))


@pytest.mark.parametrize("kind", KINDS)
def test_silence_lets_it_pass_and_the_rule_says_who_turns_it(
    few: foedus.Forecast, many: foedus.Forecast, kind: str
) -> None:
    rule = KINDS[kind]
    for answer in (few, many):
        case = replace(answer.case, seating=replace(answer.case.seating, rule=rule))
        found, verdict = arithmetic(case), partial(lets_pass, rule, case.seating.ballot())
        against = set(found.against)
        assert found.unknown
        assert found.enough == verdict(against) == (not found.blocked)
        turned = {a for a in case.seating.members if verdict(against ^ {a}) != found.enough}
        assert set(found.swings) == {a for a in turned if (a in against) != found.enough}
        if found.would_move:
            assert set(found.would_move) <= against
            assert verdict(against - set(found.would_move))
        for group in found.blocking or ():
            assert not verdict(set(group))
            assert all(verdict(set(group) - {a}) for a in group)


def test_a_consent_from_outside_is_asked_all_the_same(few: foedus.Forecast) -> None:
    rule = AllOf((KINDS["a majority against"], ConsentOf("JPN")))
    assert stopped_by(rule) == Quota(more_than=read_share("1/2"))
    assert not arithmetic(replace(few.case, seating=replace(few.case.seating, rule=rule))).enough


def test_what_it_takes_is_counted_by_hand() -> None:
    members = frozenset(f"M{number}" for number in range(27))
    ballot = Ballot(members, weights={"votes": dict.fromkeys(members, 2)})
    asked = {
        "consensus": "all 27 members",
        "unanimity": "all 27 members",
        "half": "14 of the 27 members",
        "votes": "36 of the 54 votes",
    }
    rules: dict[str, Rule] = {
        "consensus": Consensus(),
        "unanimity": Unanimity(),
        "half": Quota(more_than=read_share("1/2")),
        "votes": Quota("votes", at_least=read_share("2/3")),
    }
    assert {name: needed_against(rule, ballot) for name, rule in rules.items()} == asked
    assert needed_against(FewerAgainst(4), ballot) == "24 of the 27 members"
    assert stopped_by(read_rule({"quota": {"at_least": 4}}, "")) is None


def test_the_page_counts_who_is_against_of_how_many_would_stop_it(few: foedus.Forecast) -> None:
    told = expects(few)
    # 55 % of 27 is 14.85; or all but three members, where three against do not block (TEU 16(4)).
    assert told.startswith("Nothing stops ")
    assert "3 members and " in told
    assert "are against, and to stop it takes 15 of the 27 members and " in told
    assert told.endswith(", or 24 of the 27 members.")
    voted = votes(few)
    assert voted is not None
    page = " ".join((voted.title, *voted.lines, voted.expects, voted.reconciled))
    assert "Against, not enough to stop it: Germany, Spain and Hungary" in page
    assert "abstain or do not vote let it pass" in page
    assert not any(words in page for words in ("lacks the votes", "For it, not enough", "blocking minority", "record"))


def test_a_majority_against_stops_it_and_who_would_let_it_pass_is_named(many: foedus.Forecast) -> None:
    told = expects(many)
    assert told.startswith("Those against stop ")
    assert "17 members and " in told
    assert "did not vote against it" in told
    assert many.likeliest.label == many.case.issue.status_quo


def test_the_draws_are_told_apart_from_the_chance(few: foedus.Forecast) -> None:
    """Of four shares no two are alike, so that one in another's place is told."""
    drawn = few.arithmetic_in_draws
    assert drawn is not None
    made, proposal = copy.copy(few), few.case.issue.proposal
    options = tuple(
        replace(option, probability=0.53 if option.label == proposal else 0.47 / (len(few.options) - 1))
        for option in few.options
    )
    vars(made).update(arithmetic_in_draws=replace(drawn, enough=0.71, blocked=0.27), options=options)
    told = drawn_against(made)
    assert "those against are enough to stop it in 27 %" in told
    assert few.model != NAME or f"Still, {proposal!r} is put at 53 %, not 71 %: " in told
