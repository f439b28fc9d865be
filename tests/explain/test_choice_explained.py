"""A choice among persons: supposed, recorded, scored, explained, and what would change it."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

import foedus
from foedus.base.days import parse_day
from foedus.base.errors import FoedusError
from foedus.cli.app import app
from foedus.dossiers import Dossier, suppose
from foedus.explain.acts import CONDITION, LATER, PROCEDURE, TOGETHER
from foedus.explain.choice import choice_acts, choice_evidence
from foedus.forecasts.choice import Choice, choice
from foedus.institutions.rules import Quota
from foedus.ledgers.ledger import record_choice, share_of
from foedus.ledgers.scoring import score_ledger
from foedus.reports.choice import choice_sections
from foedus.reports.choice_votes import votes_needed_section

RACE = ["secretary-general-2024", "--as-of", "2024-05-31", "--on", "Washington 2024", "--draws", "400"]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return foedus.read_dossier("secretary-general-2024")


@pytest.fixture(scope="module")
def race(dossier: Dossier) -> Choice:
    return choice(dossier, as_of="2024-05-31", on="Washington 2024", draws=400)


def test_an_approval_is_supposed_and_stands_beside_the_answer_without_it(dossier: Dossier, race: Choice) -> None:
    words = "Hungary.mark rutte=100"
    supposed = suppose(dossier, [words], "secretary-general")
    assert str(supposed.supposed[0]) == "HUN.secretary-general.Mark Rutte=100"
    after = choice(supposed, as_of="2024-05-31", on="Washington 2024", draws=400)
    assert after.probability("Mark Rutte") > race.probability("Mark Rutte") + 0.3
    assert not [one for one in after.against if (one.option, one.actor) == ("Mark Rutte", "HUN")]
    told = CliRunner().invoke(app, ["forecast", *RACE, "--set", words])
    assert "SUPPOSITION, not a forecast: Hungary approves of Mark Rutte at 100." in told.stdout
    table = next(one for one in choice_sections(after, race) if one is not None and one.id == "options").table()
    row = next(row for row in table.rows if str(row[0]) == "Mark Rutte")
    assert [cell.parts[0].value for cell in row[1:4:2]] == [  # type: ignore[union-attr]
        after.probability("Mark Rutte"),
        race.probability("Mark Rutte"),
    ]


def test_a_supposition_holds_from_its_day_on(dossier: Dossier) -> None:
    later = suppose(dossier, ["HUN.Mark Rutte=100@2024-06-01"], "secretary-general")
    ask = {"on": "Washington 2024", "draws": 200}
    before = choice(dossier, as_of="2024-05-31", **ask).probability("Mark Rutte")  # type: ignore[arg-type]
    assert choice(later, as_of="2024-05-31", **ask).probability("Mark Rutte") == pytest.approx(before, abs=0.05)  # type: ignore[arg-type]
    assert choice(later, as_of="2024-06-01", **ask).probability("Mark Rutte") > before + 0.3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "said"),
    [("HUN.Ada=80", "the options are"), ("HUN.Mark Rutte=120", "0 to 100"), ("HUN.Mark Rutte=high", "expected")],
)
def test_what_cannot_be_supposed_is_told(dossier: Dossier, words: str, said: str) -> None:
    with pytest.raises(FoedusError, match=said):
        suppose(dossier, [words], "secretary-general")


def test_a_choice_is_recorded_and_scored_by_name(race: Choice, tmp_path: Path) -> None:
    ledger, outcomes = tmp_path / "l.jsonl", tmp_path / "o.csv"
    record_choice(ledger, race, parse_day("2024-06-01"))
    outcomes.write_text(f"issue,on,outcome\nsecretary-general,{race.choosing.meeting.on},Mark Rutte\n")
    found = score_ledger(ledger, outcomes).scores[0]
    p = race.probability("Mark Rutte")
    rest = [one.probability for one in race.candidates if one.label != "Mark Rutte"]
    assert (found.entry.standing, found.named, found.crps) == ("forecast", True, None)
    assert found.log_score == pytest.approx(-math.log(p), abs=1e-8)
    assert found.brier == pytest.approx((1 - p) ** 2 + sum(one**2 for one in rest), abs=1e-8)
    outcomes.write_text(f"issue,on,outcome\nsecretary-general,{race.choosing.meeting.on},none of these\n")
    assert score_ledger(ledger, outcomes).scores[0].log_score == pytest.approx(-math.log(1e-12))
    outcomes.write_text(f"issue,on,outcome\nsecretary-general,{race.choosing.meeting.on},Mark Ruttte\n")
    with pytest.raises(FoedusError, match="none of these"):
        score_ledger(ledger, outcomes)


def test_a_person_records_names_and_no_places(tmp_path: Path) -> None:
    assert share_of("Mark Rutte=0.8").at is None
    record = ["record", str(tmp_path / "l.jsonl"), "--by", "A.", "--issue", "who", "--on", "2099-06-26"]
    told = CliRunner().invoke(app, [*record, "--option", "Ada=0.8", "--option", "Ben=0.2", "--json"])
    assert json.loads(told.stdout)["standing"] == "forecast"
    mixed = CliRunner().invoke(app, [*record, "--option", "Ada=0.8", "--option", "Ben@100=0.2"])
    assert "either every option has a place" in str(mixed.exception)


def test_a_supposition_goes_on_no_ledger(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["forecast", *RACE, "--set", "HUN.Mark Rutte=90", "--record", str(tmp_path / "l")])
    assert "leave out --set" in str(told.exception)


def test_what_each_statement_does_is_what_the_choice_says_without_it() -> None:
    compact = foedus.read_dossier("harbour-compact")
    race = choice(compact, "director", as_of="2031-05-01", draws=200)
    found = choice_evidence(race, draws=200)
    assert [one.moved for one in found.effects] == sorted((one.moved for one in found.effects), reverse=True)
    strongest = found.effects[0]
    changed = {"dropped": {"status": "rejected"}, "reversed": {"stance": 0, "signal": ""}}[strongest.change]
    kept = []
    for one in compact.statements:
        other = {**changed, "stance": -one.stance} if "stance" in changed else changed
        kept.append(replace(one, **other) if one.id == strongest.statement else one)  # type: ignore[arg-type]
    again = choice(replace(compact, statements=tuple(kept)), "director", as_of="2031-05-01", draws=200)
    assert strongest.after == pytest.approx(again.probability(found.option), abs=1e-9)
    asked = ["evidence", "harbour-compact", "--issue", "director", "--as-of", "2031-05-01", "--draws", "200"]
    told = CliRunner().invoke(app, asked)
    assert "Which evidence carries the answer" in told.stdout
    assert not [one.statement for one in found.effects if one.statement in told.stdout]


def test_acts_for_an_option_come_with_conditions_first(race: Choice) -> None:
    found = choice_acts(race, "Mark Rutte")
    kinds = [one.kind for one in found]
    assert kinds == sorted(kinds, key=[CONDITION, TOGETHER, LATER, PROCEDURE].index)
    against = {one.actor for one in race.against if one.option == "Mark Rutte"}
    for one in found:  # an ask that changes nothing, of somebody who is not against, is no act
        if one.kind == CONDITION:
            assert one.actors[0] in against or one.probability_after >= one.probability_before + 0.005
    won = next(one for one in found if one.kind == TOGETHER)
    assert (won.actors, won.reached) == (("HUN",), True)
    alone = next(one for one in race.withdrawals if one.actors == ("HUN",) and one.option == "Mark Rutte")
    assert won.probability_after == pytest.approx(alone.probability_after, abs=1e-9)
    told = CliRunner().invoke(app, ["levers", *RACE, "--want", "Mark Rutte"])
    assert "Win over Hungary" in told.stdout


def test_whose_votes_a_candidate_needs_is_told_where_votes_are_counted(race: Choice) -> None:
    """Whom the six of the compact are for is written in its statements; Duneland gave up its own man for Reyes."""
    made = choice(foedus.read_dossier("harbour-compact"), "director", as_of="2031-05-30", draws=64)
    section = votes_needed_section(made, "Ana Reyes")
    assert section is not None
    head, (sol, nobody) = str(section.blocks[0]), section.blocks[1].items
    own = "3 of 6 members have come out for it (Ardonia, Duneland and Eland)"
    assert head.startswith(f"{own}; the rule takes at least 2/3 of the votes and ")
    assert str(sol) == "now for 'Ines Sol' (2): Belmar and Fenmark"
    assert str(nobody) == "not yet for anybody (1): Corvia"
    assert votes_needed_section(made, "no Director yet") is None
    majority = Quota(more_than=Fraction(1, 2))
    cases = {
        label: replace(one, seating=replace(one.seating, rule=majority)) for label, one in made.choosing.cases.items()
    }
    section = votes_needed_section(replace(made, choosing=replace(made.choosing, cases=cases)), "Ana Reyes")
    assert section is not None
    told = f"{own}; the rule takes more than 50 % of the members, 4 of 6. "
    assert str(section.blocks[0]).startswith(told)
    rutte = str(votes_needed_section(race, "Mark Rutte"))  # under consensus objections count, and no votes
    assert "No number of voices is enough by consensus" in rutte
    assert "By voices Mark Rutte is the front-runner." in rutte
    iohannis = str(votes_needed_section(race, "Klaus Iohannis"))
    assert "more voices would put Klaus Iohannis ahead of Mark Rutte" in iohannis


@pytest.mark.parametrize("command", ["forecast", "levers", "evidence"])
def test_no_model_may_be_named(command: str) -> None:
    refused = CliRunner().invoke(app, [command, *RACE, "--model", "mean"])
    assert "--model does not apply to options without an order" in str(refused.exception)
    assert CliRunner().invoke(app, ["timeline", RACE[0], "--model", "mean"]).exit_code


def test_why_and_since_work(tmp_path: Path, race: Choice) -> None:
    run = CliRunner()
    why = run.invoke(app, ["forecast", *RACE, "--why", "--json"])
    tree = json.loads(why.stdout)["why"]
    assert [one["rule"] for one in tree["children"]][-2:] == ["Mark Rutte", "Klaus Iohannis"]
    before = tmp_path / "before.json"
    before.write_text(run.invoke(app, ["forecast", *RACE, "--json"]).stdout)
    told = run.invoke(app, ["forecast", *RACE[:2], "2024-06-18", *RACE[3:], "--since", str(before)])
    assert "Changed since 2024-05-31" in told.stdout


def test_the_fewest_votes_that_lift_a_candidate_are_named(tmp_path: Path) -> None:
    """Eleven have a vote and six are needed: with one backer, five more of the silent are told to be wanting."""
    run, folder = CliRunner(), tmp_path / "race"
    board = "Brazil,India,Japan,Kenya,Norway,Peru,Chile,Ghana,Nepal,Malta,Oman"
    made = ["new", str(folder), "--question", "Whom would the board elect?", "--body", "Plan board", "--members", board]
    names = ["--rule", "majority", "--on", "2026-12-20", "--option", "nobody elected", "--option", "Ada Reyes"]
    assert run.invoke(app, [*made, *names, "--option", "Ben Okri", "--method", "rounds", "--no-ask"]).exit_code == 0
    for who, whom in (("Brazil", "Ada Reyes"), ("India", "Ben Okri"), ("Japan", "Ben Okri")):
        told = [who, "for", whom, f"is for {whom}", "--source", "Reuters", "--on", "2026-12-01"]
        assert run.invoke(app, ["statements", str(folder), "add", *told]).exit_code == 0
    race = choice(foedus.read_dossier(folder), as_of="2026-12-02", draws=256)
    section = votes_needed_section(race, "Ada Reyes")
    assert section is not None
    assert str(section.blocks[0]).startswith("1 of 11 members has come out for it")
    assert "5 more are needed: any 5 of the 8 that are for nobody yet would do." in str(section.blocks[0])
    fewest = []
    for threshold in (0.4, 0.5, 0.6, 0.7):
        (act,) = [act for act in choice_acts(race, "Ada Reyes", threshold=threshold) if act.kind == TOGETHER]
        assert act.reached
        if len(act.actors) < 8:
            assert act.words == f"any {len(act.actors)} of the 8 that are for nobody yet"
        assert act.probability_after is not None
        assert act.probability_after >= threshold
        assert "BRA" not in act.actors
        fewest.append(len(act.actors))
    assert fewest == sorted(fewest)
    assert fewest[-1] <= 5  # with six of eleven it is elected, but for what a secret ballot hides
    standing = run.invoke(app, ["position", str(folder), "Japan", "--as-of", "2026-12-02"]).output
    assert "Japan has said nothing on Ada Reyes." in standing
