"""Bodies: their rule and their seats by date, and bodies that a dossier brings along."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foedus.base.errors import FoedusError, InputError, Problem
from foedus.dossiers import read_dossier
from foedus.institutions import AllOf, Body, Consensus, ConsentOf, packaged_institutions, read_institutions, seat
from foedus.institutions.near import near_by_name
from foedus.institutions.rules import FORMS
from foedus.world import packaged_world


@pytest.fixture(scope="module")
def nac() -> Body:
    return packaged_institutions().body("nac")


def test_the_council_has_no_rule_before_it_met(nac: Body) -> None:
    with pytest.raises(
        FoedusError, match=r"did not exist on 1949-09-16, or its rule is not known: the first is of 1949-09-17"
    ):
        nac.rule(dt.date(1949, 9, 16))
    with pytest.raises(FoedusError, match="did not exist"):
        nac.seats(packaged_world(), dt.date(1949, 9, 16))


def test_the_council_decides_by_consensus_from_its_first_session(nac: Body) -> None:
    for day in (dt.date(1949, 9, 17), dt.date(2023, 7, 11)):
        rule = nac.rule(day)
        assert isinstance(rule, Consensus)
        assert "Article 9" in rule.reference


@pytest.mark.parametrize(
    ("summit", "day", "seats"),
    [
        ("Washington 1949", "1949-09-17", 12),
        ("Madrid", "2022-06-29", 30),
        ("Vilnius", "2023-07-11", 31),
        ("Washington", "2024-07-10", 32),
    ],
)
def test_seats_at_summits(nac: Body, summit: str, day: str, seats: int) -> None:
    assert len(nac.seats(packaged_world(), dt.date.fromisoformat(day))) == seats, summit


@pytest.mark.parametrize("name", ["nac", "NAC", " nac ", "North Atlantic Council", "nato council"])
def test_a_body_goes_by_its_names(nac: Body, name: str) -> None:
    assert packaged_institutions().body(name) == nac


def test_an_unknown_body() -> None:
    with pytest.raises(FoedusError, match=r"^no body 'nacc'; did you mean 'nac' \(North Atlantic Council\)\?$"):
        packaged_institutions().body("nacc")
    with pytest.raises(FoedusError, match=r"^no body 'parliament'; 'foedus world bodies' lists all that are known$"):
        packaged_institutions().body("parliament")


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("opek", ["opec-conference"]),
        ("celak", ["celac-summit"]),
        ("iwc", []),
        ("Whaling Commission", []),
        ("council", []),
        ("African security council", ["au-psc"]),
        ("health board", ["wha"]),
        ("maritime committee", ["imo-mepc"]),
    ],
)
def test_a_name_that_no_body_has_is_near_by_meaning_or_by_one_slip(asked: str, near: list[str]) -> None:
    found = [body.id for body in near_by_name(packaged_institutions().bodies, asked)]
    assert found[:1] == near
    assert "oecd-council" not in found


def test_seats_of_terms_that_are_not_known_yet() -> None:
    board = packaged_institutions().body("iaea")
    with pytest.raises(FoedusError, match=r"of the 35 seats .* 0 are known here; terms are known up to 2026-09-26"):
        board.seats(packaged_world(), dt.date(2030, 1, 1))


def test_a_body_seated_by_the_members_of_another_with_exceptions(tmp_path: Path) -> None:
    (tmp_path / "table.yaml").write_text(
        "id: round-table\nname: Round Table\norganisation: table\n"
        "seats:\n  membership: quad\n  status: member\n"
        "  except: {from: 2021-01-01, until: 2022-01-01, value: [IND], reference: Letter}\n"
        "  also: {from: 2021-07-01, value: [KOR, NZL], reference: Invitation}\n"
        "rule: [{from: 2020-01-01, value: consensus, reference: Custom}]\n"
    )
    body = read_institutions(tmp_path).body("table")
    found = {
        day: " ".join(row.actor for row in body.seats(packaged_world(), dt.date.fromisoformat(day)))
        for day in ("2020-06-01", "2021-06-01", "2021-08-01", "2022-06-01")
    }
    assert found == {
        "2020-06-01": "AUS IND JPN USA",
        "2021-06-01": "AUS JPN USA",
        "2021-08-01": "AUS JPN KOR NZL USA",
        "2022-06-01": "AUS IND JPN KOR NZL USA",
    }
    told = seat(body, packaged_world(), dt.date(2021, 8, 1))
    assert "without a seat: India (Letter)" in told.notes
    assert told.decide(told.ballot(against=["KOR"])).value == "no"


TREATY = "reference: Treaty of the League"
COUNCIL = f"""\
id: league-council
name: Council of the League
aliases: [the Council]
seats: {{membership: quad, status: member}}
rule:
  - {{from: 2020-01-01, until: 2022-01-01, value: consensus, {TREATY}}}
  - {{from: 2022-01-01, until: 2023-01-01, value: null, {TREATY}}}
  - {{from: 2023-01-01, value: {{all_of: [consensus, {{consent_of: JPN}}]}}, {TREATY}}}
"""


def overlay(tmp_path: Path, text: str) -> Body:
    (tmp_path / "league").mkdir(exist_ok=True)
    (tmp_path / "league" / "council.yaml").write_text(text)
    return read_institutions(tmp_path).body("league-council")


def refusal(tmp_path: Path, text: str) -> Problem:
    with pytest.raises(InputError) as caught:
        overlay(tmp_path, text)
    (problem,) = caught.value.problems
    assert problem.file == "institutions/league/council.yaml"
    return problem


def test_a_body_with_a_history(tmp_path: Path) -> None:
    council = overlay(tmp_path, COUNCIL)
    reference = "Treaty of the League"
    assert council.rule(dt.date(2020, 1, 1)) == Consensus(reference)
    assert council.rule(dt.date(2021, 12, 31)) == Consensus(reference)
    assert council.rule(dt.date(2023, 1, 1)) == AllOf((Consensus(reference), ConsentOf("JPN", reference)), reference)
    with pytest.raises(FoedusError, match="the first is of 2020-01-01"):
        council.rule(dt.date(2019, 12, 31))
    with pytest.raises(FoedusError, match="no rule of the Council of the League is in force on 2022-06-01"):
        council.rule(dt.date(2022, 6, 1))
    assert [row.actor for row in council.seats(packaged_world(), dt.date(2023, 1, 1))] == ["AUS", "IND", "JPN", "USA"]


def test_an_overlay_leaves_the_packaged_bodies(tmp_path: Path, nac: Body) -> None:
    overlay(tmp_path, COUNCIL)
    assert read_institutions(tmp_path).body("nac") == nac
    assert "league-council" not in packaged_institutions().bodies
    assert read_institutions(None) is packaged_institutions()


def test_every_packaged_body_is_called_as_its_file(nac: Body) -> None:
    bodies = packaged_institutions().bodies
    assert nac.id in bodies
    assert [key for key, body in bodies.items() if body.id != key] == []


def test_a_dossier_brings_its_own_body(tokyo_copy: Path) -> None:
    folder = tokyo_copy / "institutions" / "league"
    folder.mkdir(parents=True)
    (folder / "council.yaml").write_text(COUNCIL.replace("2022-01-01, value: consensus", "2022-01-01, value: null", 1))
    settings = (tokyo_copy / "dossier.yaml").read_text()
    text = settings.replace("body: nac", "body: league-council").replace("- consent_of: JPN", "- consent_of: KOR")
    text = "\n".join(line for line in text.splitlines() if "2022-06-29" not in line)
    (tokyo_copy / "dossier.yaml").write_text(text)
    dossier = read_dossier(tokyo_copy)
    body = dossier.institutions.body(dossier.issue("office").body)
    assert body.name == "Council of the League"
    assert body.rule(dt.date(2023, 7, 11)).words() == "consensus and consent of JPN"
    assert len(body.seats(dossier.world, dt.date(2023, 7, 11))) == 4


@pytest.mark.parametrize(
    ("old", "new", "where", "field", "value", "expected"),
    [
        (
            "aliases:",
            "alias:",
            "line 3",
            "alias",
            None,
            "no such key here; did you mean 'aliases'?",
        ),
        ("name: Council of the League", "name: ''", "line 2", "name", "", "text"),
        ("id: league-council\n", "", "", "id", None, "is missing"),
        ("[the Council]", "the Council", "line 3", "aliases", "the Council", "a list"),
        (
            "{membership: quad, status: member}",
            "quad",
            "line 4",
            "seats",
            "quad",
            "a mapping of keys to values",
        ),
        ("from: 2023-01-01", "from: 2023", "line 8", "rule.2.from", "2023", "a day such as 2023-07-11"),
        ("from: 2023-01-01", "from: 2022-12-31", "line 8", "from", "2022-12-31", "days that no other entry covers"),
    ],
)
def test_a_malformed_body(
    tmp_path: Path, old: str, new: str, where: str, field: str, value: str | None, expected: str
) -> None:
    assert old in COUNCIL
    problem = refusal(tmp_path, COUNCIL.replace(old, new))
    assert (problem.where, problem.field, problem.value, problem.expected) == (where, field, value, expected)


def test_an_unknown_rule(tmp_path: Path) -> None:
    problem = refusal(tmp_path, COUNCIL.replace("value: consensus", "value: majority"))
    assert (problem.where, problem.field, problem.value) == ("line 6", "rule.0.value", "majority")
    assert problem.expected == f"one of {', '.join(FORMS)}"


def test_a_rule_that_ends_before_it_starts(tmp_path: Path) -> None:
    problem = refusal(tmp_path, COUNCIL.replace("until: 2022-01-01", "until: 2019-01-01"))
    assert problem.where == "line 6"
    assert "2019-01-01" in problem.expected


def test_a_rule_without_reference(tmp_path: Path) -> None:
    problem = refusal(tmp_path, COUNCIL.replace(f", value: consensus, {TREATY}", ", value: consensus"))
    assert (problem.where, problem.field, problem.expected) == ("line 6", "rule.0.reference", "is missing")


def test_no_rule_at_all(tmp_path: Path) -> None:
    problem = refusal(tmp_path, COUNCIL.split("rule:", maxsplit=1)[0])
    assert problem.field == "rule"
    assert problem.expected.startswith("a list of {from, value, reference}")


def test_a_time_of_day_is_not_a_day(tmp_path: Path) -> None:
    problem = refusal(tmp_path, COUNCIL.replace("from: 2023-01-01", "from: 2023-01-01 10:00:00"))
    assert (problem.where, problem.field, problem.expected) == ("line 8", "rule.2.from", "a day such as 2023-07-11")


def test_a_body_that_exists_already(tmp_path: Path) -> None:
    problem = refusal(tmp_path, COUNCIL.replace("id: league-council", "id: nac"))
    assert (problem.where, problem.field, problem.value) == ("line 1", "id", "nac")
    assert problem.expected == "an id that no other body has"


def test_several_errors_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        overlay(tmp_path, "id: x\ncolour: red\nshape: round\n")
    assert {problem.field for problem in caught.value.problems} == {"colour", "shape", "name", "seats", "rule"}
