"""``foedus power``: tables for people, JSON with the keys of the contract, errors with status 2."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.command_line import command

SIX = "member,weight\nDEU,4\nFRA,4\nITA,4\nBEL,2\nNLD,2\nLUX,1\n"
KEYS = {
    "other_procedures",
    *("body", "on", "procedure", "rule", "reference", "notes", "weights", "exact", "method", "error", "members"),
    *("coleman_act", "can_block_alone", "elsewhere", "schema"),
}


run = command("power")


def answer(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> dict[str, Any]:
    ended, out, err = run(capsys, *arguments, "--json")
    assert (ended, err) == (status, "")
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.fixture
def six(tmp_path: Path) -> str:
    (tmp_path / "six.csv").write_text(SIX)
    return str(tmp_path / "six.csv")


def positions(tmp_path: Path, **places: float) -> str:
    rows = "".join(f"{actor.replace('_', ' ')},{place}\n" for actor, place in places.items())
    (tmp_path / "positions.csv").write_text("actor,position\n" + rows)
    return str(tmp_path / "positions.csv")


def test_the_keys_of_a_body(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "unsc", "--on", "2023-07-11")
    assert set(found) == KEYS
    assert (found["body"], found["on"], found["procedure"]) == ("unsc", "2023-07-11", "substance")
    assert set(found["exact"]) == set(found["method"]) == set(found["error"])
    assert all(found["exact"].values())
    (japan,) = (row for row in found["members"] if row["actor"] == "JPN")
    assert japan["shapley_shubik"] == pytest.approx(4 / 2145, abs=1e-10)
    assert japan["banzhaf"] == pytest.approx(84 / 5080, abs=1e-10)
    assert japan["banzhaf_absolute"] == pytest.approx(84 / 2**14, abs=1e-10)
    assert found["can_block_alone"] == ["CHN", "FRA", "GBR", "RUS", "USA"]


def test_a_table(capsys: pytest.CaptureFixture[str], six: str) -> None:
    found = answer(capsys, "--table", six, "--quota", "12")
    assert (found["body"], found["on"], found["rule"]) == (None, None, "at least 12 of 17")
    assert [row["weight"] for row in found["members"]] == [4, 4, 4, 2, 2, 1]
    assert [row["banzhaf"] for row in found["members"]] == pytest.approx([5 / 21] * 3 + [1 / 7] * 2 + [0])


@pytest.mark.parametrize(
    ("quota", "needed"), [("70%", 12), ("70 %", 12), ("12/17", 12), ("85%", 15), ("100%", 17), ("2/3", 12)]
)
def test_a_quota_that_is_a_share(capsys: pytest.CaptureFixture[str], six: str, quota: str, needed: int) -> None:
    assert answer(capsys, "--table", six, "--quota", quota)["rule"] == f"at least {needed} of 17"


# The Fund's rule of 85 per cent, with shares as they roughly are: one member has more than 15.
def test_who_can_block_at_85_per_cent(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table = tmp_path / "fund.csv"
    table.write_text("member;weight\nUSA;165\nJPN;61\nCHN;61\nDEU;53\nothers;660\n")
    assert answer(capsys, "--table", str(table), "--quota", "85%")["can_block_alone"] == ["USA", "others"]


@pytest.mark.parametrize(("members", "winning"), [("DEU,FRA,ITA", "yes"), ("DEU, FRA, BEL, LUX", "no")])
def test_a_coalition_of_a_table(capsys: pytest.CaptureFixture[str], six: str, members: str, winning: str) -> None:
    asked = ["--table", six, "--quota", "12", "--coalition", members]
    assert answer(capsys, *asked)["coalition"]["winning"] == winning
    assert run(capsys, *asked, "--exit-code")[0] == (0 if winning == "yes" else 1)


def test_a_coalition_of_a_body_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "eu-council", "--on", "1958-01-01", "--coalition", "France,Italy,DEU")
    assert found["coalition"]["members"] == ["FRA", "ITA", "DEU"]
    assert found["coalition"]["winning"] == "yes"
    assert found["coalition"]["why"]["value"] == "yes"


# Resolution 1973 (2011) and the veto of 25 February 2022.
def test_who_is_in_favour_and_with_what_share(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("eu-council", "--on", "2025-06-01", "--against", "DEU,NLD,POL,ROU")
    vote = answer(capsys, *asked)["vote"]
    # the Council's own shares for 2025: 18.49 + 4.01 + 8.33 + 4.23 = 35.06 % against, of shares that sum to 100.01
    assert (len(vote["in_favour"]), vote["adopted"]) == (23, "no")
    assert vote["shares"]["population"] == pytest.approx((100.01 - 35.06) / 100.01)
    told = run(capsys, *asked)[1]
    assert "vote: adopted: no (23 of 27 in favour, 64.94 % of the population)" in told
    assert told.index("vote: adopted") < told.index("can block alone")


def test_figures_that_are_not_the_councils_own_do_not_pass_for_them(capsys: pytest.CaptureFixture[str]) -> None:
    # Decision (EU, Euratom) 2021/2320, Annex III: Germany 83,120,520; Eurostat had 83,155,031 for 1 January 2021.
    notes = answer(capsys, "eu-council", "--on", "2022-06-01")["notes"]
    assert any(note.startswith("the weights are eurostat-population-year-before of 2022") for note in notes)
    assert (
        "no council-population-share of 2022 is known, so that these are not the body's own figures, but for those of "
        "France, Germany, Italy, Poland, Romania and Spain (council-population of 2022)" in notes
    )
    # The Council printed a whole table for 2006: 461,324.0 thousand.
    notes = answer(capsys, "eu-council", "--on", "2006-06-01")["notes"]
    assert any(note.startswith("the weights are council-population of 2006") for note in notes)
    assert not any("not the body's own figures" in note for note in notes)


def test_a_narrow_vote_by_figures_that_stand_in(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("eu-council", "--against", "ESP,ITA,POL,PRT,SVN", "--on")
    # the five blocked by 35.17 % of the Council's own shares in 2025, and stay near 35 % of Eurostat's figures in 2024
    narrow, own = answer(capsys, *asked, "2024-06-01"), answer(capsys, *asked, "2025-06-01")
    assert narrow["vote"]["shares"]["population"] == pytest.approx(0.65, abs=0.003)
    assert any("might turn it" in note for note in narrow["notes"])
    assert not any("might turn it" in note for note in own["notes"])


def test_a_rule_that_sets_aside_whose_case_it_is_asks_for_them(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("osce-council", "--on", "2022-12-01", "--procedure", "consensus-minus-one", "--against", "RUS")
    alone, named = answer(capsys, *asked), answer(capsys, *asked, "--concerned", "RUS")
    assert (alone["vote"]["adopted"], named["vote"]["adopted"]) == ("no", "yes")
    assert any("--concerned" in note for note in alone["notes"])
    assert not any("--concerned" in note for note in named["notes"])


def test_a_vote_with_its_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(
        capsys, "unsc", "--on", "2022-02-25", "--against", "Russia", "--abstaining", "CHN,IND,ARE", "--why"
    )
    assert status == 0
    assert "vote: adopted: no" in out
    assert "RUS votes against: a veto" in out
    assert "in favour: 11 of 15 members: 9 needed" in out
    assert "the rule: Charter of the United Nations, Article 27(3)" in out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["unsc", "--on", "2022-02-25", "--against", "RUS"], 1),
        (["unsc", "--on", "2022-02-25", "--procedure", "procedure", "--against", "RUS"], 0),
        (["nac", "--on", "2023-07-11", "--abstaining", "FRA"], 0),
        (["nac", "--on", "2023-07-11", "--against", "FRA"], 1),
        (["nac", "--on", "2023-07-11", "--consent-of", "Japan", "--refusing", "JPN"], 1),
        (["eu-council", "--procedure", "foreign-policy", "--on", "2024-06-01", "--declaring", "AUT,IRL,MLT"], 0),
        (["unsc", "--procedure", "peaceful-settlement", "--on", "2024-06-01", "--concerned", "RUS"], 0),
    ],
)
def test_the_exit_code_of_a_vote(capsys: pytest.CaptureFixture[str], arguments: list[str], status: int) -> None:
    assert run(capsys, *arguments, "--exit-code")[0] == status
    assert run(capsys, *arguments)[0] == 0


def test_a_host_beside_the_rule(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "nac", "--on", "2023-07-11", "--consent-of", "JPN")
    assert found["rule"] == "consensus and consent of JPN"
    assert "JPN" in found["can_block_alone"]
    weights = {row["actor"]: row["weight"] for row in found["members"]}
    assert (weights["FRA"], weights["JPN"]) == (1, None)


def test_the_weights_that_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["eu-council", "--on", "2024-06-01"]
    assert answer(capsys, *asked)["weights"] == "population"
    unanimous = answer(capsys, *asked, "--procedure", "foreign-policy")
    assert unanimous["weights"] == "members"
    assert {row["weight"] for row in unanimous["members"]} == {1}
    with_parliament = answer(capsys, *asked, "--procedure", "ordinary-legislative-procedure")
    weights = {row["actor"]: row["weight"] for row in with_parliament["members"]}
    assert weights["european-parliament"] is None
    assert weights["DEU"] > 80_000_000


def test_how_far_a_body_can_go(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    where = positions(tmp_path, Belgium=0, DEU=10, FRA=30, ITA=60, LUX=80, NLD=100)
    asked = ["eu-council", "--on", "1958-01-01", "--procedure", "simple-majority", "--positions", where]
    found = answer(capsys, *asked, "--status-quo", "10")["reach"]
    assert found == {
        "status_quo": 10,
        "core": [30, 60],
        "pivots": [["FRA"], ["ITA"]],
        "feasible": [10, 50],
        "largest_step": 50,
    }
    status, out, _ = run(capsys, *asked, "--status-quo", "45")
    assert status == 0
    assert "no proposal beats a status quo at 30 to 60" in out
    assert "what beats 45: nothing; the largest step goes to 45" in out
    assert answer(capsys, *asked, "--status-quo", "10", "--scale", "0:200")["reach"]["largest_step"] == 50


def test_minimal_coalitions(capsys: pytest.CaptureFixture[str], six: str) -> None:
    found = answer(capsys, "--table", six, "--quota", "12", "--minimal")
    # Three large, or two large and both middle ones; to block, two large, or one large and one middle one.
    assert found["minimal_winning"]["count"] == 4
    assert sorted(map(len, found["minimal_winning"]["coalitions"])) == [3, 4, 4, 4]
    assert found["minimal_blocking"]["count"] == 9
    status, out, _ = run(capsys, "eu-council", "--on", "2024-06-01", "--minimal")
    assert status == 0
    assert "too many to list" in out
    _, out, _ = run(capsys, "unsc", "--on", "2023-07-11", "--minimal")
    assert "minimal winning coalitions: 210\n" in out
    assert "... and 190 more (--json lists up to a thousand)\n" in out


def test_a_table_for_people(capsys: pytest.CaptureFixture[str], six: str) -> None:
    status, out, err = run(capsys, "--table", six, "--quota", "12")
    assert (status, err) == (0, "")
    assert "at least 12 of 17" in out
    assert "0.238" in out
    assert "can block alone: nobody" in out
    assert "all indices are counted exactly" in out


def test_what_is_not_exact_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = "".join(f"m{k},{(k * 7919) % 9973 + 1009 * k}\n" for k in range(1, 191))
    (tmp_path / "many.csv").write_text("member,weight\n" + rows)
    asked = ["--table", str(tmp_path / "many.csv"), "--quota", "85%"]
    status, out, _ = run(capsys, *asked)
    assert status == 0
    [error] = re.findall(r"not exact: Shapley-Shubik, error about ([0-9.e-]+)", out)
    assert 0 < float(error) < 0.01


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a body, such as nac (all: 'foedus world bodies'), or give --table CSV with --quota Q"),
        (["nac", "--table", "x.csv", "--quota", "3"], "name a body"),
        (["nac", "--quota", "3"], "--quota goes with --table"),
        (["nacc"], "did you mean 'nac'"),
        (["nac", "--on", "1949-09-16"], "did not exist on 1949-09-16"),
        (["unsc", "--on", "1945-11-01"], "of the 11 seats in the United Nations Security Council"),
        (["nato-dpc", "--on", "2016-01-01"], "no longer existed on 2016-01-01"),
        (["nac", "--on", "2023-02-30"], "--on"),
        (["eu-council", "--procedure", "lottery"], "has no procedure 'lottery'; it has qualified-majority"),
        (["eu-council", "--procedure", "nice-on-request", "--on", "2020-01-01"], "in force are qualified-majority"),
        (["nac", "--on", "2023-07-11", "--coalition", "FRA,JPN"], "JPN: no part in the North Atlantic Council"),
        (["nac", "--on", "2023-07-11", "--coalition", ""], "a blank name"),
        (["nac", "--on", "2023-07-11", "--against", "FRA,,USA"], "a blank name"),
        (["nac", "--on", "2023-07-11", "--against", "Atlantis"], "Atlantis"),
        (["nac", "--on", "2023-07-11", "--against", "Sweden"], "SWE: no part in the North Atlantic Council"),
        (["nac", "--on", "2023-07-11", "--against", "FRA", "--abstaining", "FRA"], "cannot vote against and abstain"),
        (["nac", "--on", "2023-07-11", "--declaring", "FRA"], "knows no abstention with a declaration"),
        (["nac", "--on", "2023-07-11", "--concerned", "FRA"], "does not ask whose own case it is"),
        (["nac", "--on", "2023-07-11", "--refusing", "JPN"], "JPN: cannot refuse"),
        (["nac", "--on", "2023-07-11", "--consent-of", "FRA"], "FRA: has a seat"),
        (["nac", "--status-quo", "0"], "--status-quo goes with --positions"),
        (["nac", "--scale", "0:10"], "--scale goes with --positions"),
        (["nac", "--positions", "x.csv"], "--positions needs --status-quo"),
        (["nac", "--exit-code"], "--exit-code needs something to pass"),
        (["nac", "--seed", "-1"], "the seed is -1"),
    ],
)
def test_bad_questions(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert message in " ".join(err.split())


@pytest.mark.parametrize(
    ("text", "quota", "message"),
    [
        (SIX, "18", "the quota of 18 is above the sum of the weights, 17: no coalition wins"),
        (SIX, "0", "the quota is 0"),
        (SIX, "0%", "neither a whole number nor a share"),
        (SIX, "101%", "neither a whole number nor a share"),
        (SIX, "-3", "neither a whole number nor a share"),
        (SIX, "11.5", "neither a whole number nor a share"),
        (SIX, "two thirds", "neither a whole number nor a share"),
        (SIX.replace("FRA,4", "FRA,-4"), "12", "expected a whole number from 0"),
        (SIX.replace("FRA,4", "FRA,4.5"), "12", "expected a whole number from 0"),
        (SIX.replace("FRA,4", "FRA,"), "12", "row 3"),
        (SIX.replace("FRA,4", ",4"), "12", "row 3"),
        (SIX.replace("FRA,4", "DEU,4"), "12", "each member once"),
        ("member,weight\n", "12", "at least one row"),
        ("name,weight\nDEU,4\n", "3", "member"),
    ],
)
def test_bad_tables(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, quota: str, message: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    status, out, err = run(capsys, "--table", str(tmp_path / "t.csv"), "--quota", quota)
    assert (status, out) == (2, "")
    assert message in " ".join(err.split())


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ([], "--table needs --quota"),
        (["--quota", "12", "--coalition", "DEU,JPN"], "no member 'JPN'; the members are DEU, FRA"),
        (["--quota", "12", "--coalition", "DEU,"], "a blank name"),
        (["--quota", "12", "--against", "DEU"], "--against needs a body"),
        (["--quota", "12", "--on", "2020-01-01", "--procedure", "x"], "--on, --procedure needs a body"),
        (["--quota", "12", "--status-quo", "3"], "--status-quo needs a body"),
        (["--quota", "12", "--in", "."], "--in needs a body"),
    ],
)
def test_bad_questions_on_a_table(capsys: pytest.CaptureFixture[str], six: str, more: list[str], message: str) -> None:
    status, out, err = run(capsys, "--table", six, *more)
    assert (status, out) == (2, "")
    assert message in " ".join(err.split())


@pytest.mark.parametrize(
    ("places", "more", "message"),
    [
        ({"FRA": 1}, [], "no position of BEL, DEU, ITA, LUX, NLD"),
        ({"FRA": 1, "JPN": 2}, [], "no position of"),
        ({"FRA": 1, "France": 2}, [], "FRA stands in it twice"),
        ({"FRA": 101}, ["--scale", "0:100"], "no position of"),
        ({"FRA": 1}, ["--scale", "10:0"], "'10:0' is not LOW:HIGH"),
        ({"FRA": 1}, ["--scale", "0-100"], "'0-100' is not LOW:HIGH"),
        ({"FRA": 1}, ["--scale", "0:inf"], "'0:inf' is not LOW:HIGH"),
        ({"FRA": 1}, ["--scale", "nan:1"], "'nan:1' is not LOW:HIGH"),
    ],
)
def test_bad_positions(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, places: dict[str, float], more: list[str], message: str
) -> None:
    where = positions(tmp_path, **places)
    asked = ["eu-council", "--on", "1958-01-01", "--positions", where, "--status-quo", "0"]
    status, out, err = run(capsys, *asked, *more)
    assert (status, out) == (2, "")
    assert message in " ".join(err.split())


@pytest.mark.parametrize("status_quo", ["-1", "101", "nan"])
def test_a_status_quo_off_the_scale(capsys: pytest.CaptureFixture[str], tmp_path: Path, status_quo: str) -> None:
    where = positions(tmp_path, BEL=0, DEU=10, FRA=30, ITA=60, LUX=80, NLD=100)
    asked = ["eu-council", "--on", "1958-01-01", "--positions", where, f"--status-quo={status_quo}"]
    status, out, err = run(capsys, *asked)
    assert (status, out) == (2, "")
    assert "the position of the status quo is" in " ".join(err.split())


COUNCIL = """\
id: league-council
name: Council of the League
seats: {membership: aukus, status: member}
weights:
  shares: [{from: 2021-09-15, reference: a table, values: {AUS: 2, GBR: 3, USA: 5}}]
rule:
  - {from: 2021-09-15, value: {quota: {weights: shares, at_least: QUOTA}}, reference: a treaty}
"""


def test_a_body_of_a_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "institutions"
    folder.mkdir()
    (folder / "council.yaml").write_text(COUNCIL.replace("QUOTA", "6"))
    found = answer(capsys, "league-council", "--on", "2023-01-01", "--in", str(tmp_path))
    assert found["weights"] == "shares"
    assert {row["actor"]: row["weight"] for row in found["members"]} == {"AUS": 2, "GBR": 3, "USA": 5}
    (folder / "council.yaml").write_text(COUNCIL.replace("QUOTA", "11"))
    status, _, err = run(capsys, "league-council", "--on", "2023-01-01", "--in", str(tmp_path))
    assert status == 2
    assert "the quota of 11 is above the sum of the weights, 10" in " ".join(err.split())


def test_who_can_block_comes_first_and_unanimity_takes_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "nac", "--on", "2023-07-11")
    lines = out.splitlines()
    assert lines[1].startswith("can block alone: each of the 31 members: ALB, BEL")
    assert lines[2] == "each has a veto, so indices of power add nothing; --json has them"
    _, out, _ = run(capsys, "unsc", "--on", "2023-07-11")
    assert out.splitlines()[1] == "can block alone: CHN, FRA, GBR, RUS, USA"
    assert "JPN" in out


@pytest.mark.parametrize(
    ("body", "asked", "meant"),
    [
        ("european-council", "article 7(2)", "breach-of-values"),
        ("imf", "85%", "eighty-five-percent"),
        ("osce", "minus-one", "consensus-minus-one"),
    ],
)
def test_a_procedure_by_its_article_share_or_part(
    capsys: pytest.CaptureFixture[str], body: str, asked: str, meant: str
) -> None:
    assert answer(capsys, body, "--procedure", asked, "--on", "2025-06-01")["procedure"] == meant


def test_the_other_procedures_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The General Assembly decides by a majority, and important questions such as ES-11/1 by two thirds."""
    others = answer(capsys, "unga", "--on", "2022-03-02")["other_procedures"]
    assert others["important-questions"] == "at least 2/3 of the votes cast"


def test_what_other_procedures_would_change_is_told_with_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """Finding: the answer on the Fund said that nobody blocks, though the United States alone stops quotas."""
    _, out, _ = run(capsys, "imf", "--on", "2023-12-15", "--against", "USA")
    assert "under eighty-five-percent: USA can block alone; vote: adopted: no" in out
    assert "Board of Governors" in out
    found = answer(capsys, "imf", "--on", "2023-12-15", "--against", "USA")
    (quotas,) = (one for one in found["elsewhere"] if one["procedure"] == "eighty-five-percent")
    assert (quotas["can_block_alone"], quotas["adopted"]) == (["USA"], "no")


def test_the_vote_on_a_return_is_counted_without_who_returns(capsys: pytest.CaptureFixture[str]) -> None:
    """Syria was readmitted to the Arab League on 7 May 2023 by the 21 others."""
    asked = ("arab-league-council", "--procedure", "unanimity", "--on")
    found = answer(capsys, *asked, "2023-05-07")
    assert len(found["can_block_alone"]) == 21
    assert any(note.startswith("Syria: readmitted as of this day") for note in found["notes"])
    assert "SYR" in answer(capsys, *asked, "2023-05-08")["can_block_alone"]


def test_who_is_concerned_does_not_block(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("osce-council", "--procedure", "consensus-minus-one", "--on", "2023-12-01")
    found = answer(capsys, *asked, "--against", "RUS", "--concerned", "RUS")
    assert "RUS" not in found["can_block_alone"]
    assert len(found["can_block_alone"]) == 56


@pytest.mark.parametrize(
    ("asked", "meant"), [("oas-assembly", "oas-general-assembly"), ("gcc-council", "gcc-supreme-council")]
)
def test_a_body_by_its_words(capsys: pytest.CaptureFixture[str], asked: str, meant: str) -> None:
    assert answer(capsys, asked, "--on", "2023-12-01")["body"] == meant


def test_who_takes_no_part_is_not_counted_in_favour(capsys: pytest.CaptureFixture[str]) -> None:
    """Finding: Denmark, Ireland and Britain stood for the relocation of 2015, in which they took no part."""
    asked = ["eu-council", "--on", "2015-09-22", "--against", "CZE,HUN,ROU,SVK", "--abstaining", "FIN"]
    usual = answer(capsys, *asked)
    assert any("--procedure not-all-taking-part" in note for note in usual["notes"])
    apart = answer(capsys, *asked, "--procedure", "not-all-taking-part", "--concerned", "DNK,GBR,IRL")
    assert (len(usual["vote"]["in_favour"]), len(apart["vote"]["in_favour"])) == (23, 20)
    assert not {"DNK", "GBR", "IRL"} & set(apart["vote"]["in_favour"])
