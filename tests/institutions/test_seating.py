"""Bodies of the package on days of history: what treaties and published tables say of them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.errors import FoedusError, InputError
from foedus.institutions import Seating, packaged_institutions, read_institutions, seat
from foedus.institutions.power import minimal_blocking, power
from foedus.institutions.spatial import reach
from foedus.world import packaged_world, read_world


def seated(body: str, on: str, procedure: str | None = None) -> Seating:
    return seat(packaged_institutions().body(body), packaged_world(), dt.date.fromisoformat(on), procedure)


# The sums of votes and the quotas as the treaties print them.
@pytest.mark.parametrize(
    ("on", "total", "quota"),
    [
        ("1958-01-01", 17, 12),
        ("1973-01-01", 58, 41),
        ("1981-01-01", 63, 45),
        ("1986-01-01", 76, 54),
        ("1995-01-01", 87, 62),
        ("2004-05-01", 124, 88),
        ("2004-11-01", 321, 232),
        ("2007-01-01", 345, 255),
        ("2013-07-01", 352, 260),
    ],
)
def test_votes_in_the_council(on: str, total: int, quota: int) -> None:
    council = seated("eu-council", on)
    assert sum(council.weights["votes"].values()) == total
    assert f"at least {quota} votes" in council.rule.words()


# Felsenthal and Machover (1998), table 5.3.4 for the six; reference values of the field for Nice.
def test_published_power_of_packaged_bodies() -> None:
    six = power(seated("eu-council", "1958-01-01").game())
    assert six.fractions["banzhaf"][six.members.index("FRA")] == Fraction(5, 21)
    assert six.fractions["banzhaf"][six.members.index("LUX")] == 0
    nice = power(seated("eu-council", "2007-01-01", "votes-alone").game())
    at = nice.members.index
    assert [round(float(nice.shapley_shubik[at(a)]), 6) for a in ("DEU", "ESP", "ROU", "NLD", "MLT")] == [
        0.086738, 0.079975, 0.039937, 0.036825, 0.008178,
    ]  # fmt: skip
    council = power(seated("unsc", "2023-07-11").game())
    assert council.fractions["shapley_shubik"][council.members.index("JPN")] == Fraction(4, 2145)


def test_the_blocking_minority_of_lisbon_has_four_members() -> None:
    council = seated("eu-council", "2024-06-01")
    largest = sorted(council.members, key=lambda m: -council.weights["population"][m])
    for size, verdict in ((3, "yes"), (4, "no")):
        trace = council.decide(council.ballot(against=largest[:size]))
        assert trace.value == verdict, "three large members hold more than 35 % of the population and cannot block"
    share = sum(council.weights["population"][m] for m in largest[:3]) / sum(council.weights["population"].values())
    assert share > 0.35


def test_the_other_qualified_majority_has_no_such_clause() -> None:
    council = seated("eu-council", "2024-06-01", "qualified-majority-without-proposal")
    largest = sorted(council.members, key=lambda m: -council.weights["population"][m])
    assert council.decide(council.ballot(against=largest[:3])).value == "no"


# Germany, France and Italy hold a third of the population and not of the members; nine small members the reverse.
def test_constructive_abstention() -> None:
    council = seated("eu-council", "2024-06-01", "foreign-policy")
    by_size = sorted(council.members, key=lambda m: -council.weights["population"][m])
    assert council.decide(council.ballot(declaring=by_size[:3])).value == "yes"
    assert council.decide(council.ballot(declaring=by_size[-9:])).value == "yes"
    assert council.decide(council.ballot(declaring=by_size[:9])).value == "no"
    assert council.decide(council.ballot(abstaining=["HUN"])).value == "yes"
    assert council.decide(council.ballot(against=["HUN"])).value == "no"


# Resolution 1973 (2011), adopted by ten votes with five abstentions, two of them of permanent members.
def test_an_abstention_is_no_veto() -> None:
    council = seated("unsc", "2011-03-17")
    trace = council.decide(council.ballot(abstaining=["BRA", "CHN", "DEU", "IND", "RUS"]))
    assert trace.value == "yes"
    assert council.decide(council.ballot(against=["RUS"])).value == "no"
    procedural = seated("unsc", "2011-03-17", "procedure")
    assert procedural.decide(procedural.ballot(against=["RUS"])).value == "yes"
    assert procedural.can_block_alone() == frozenset()


@pytest.mark.parametrize(("on", "needed"), [("1965-08-30", 7), ("1965-08-31", 9)])
def test_the_charter_before_and_after_its_amendment(on: str, needed: int) -> None:
    assert f"at least {needed} members" in seated("unsc", on).rule.words()


@pytest.mark.parametrize(
    ("body", "on", "france"),
    [
        ("nac", "1970-01-01", True),
        ("nato-dpc", "1970-01-01", False),
        ("nato-dpc", "2009-06-11", True),
        ("nato-npg", "2023-07-11", False),
        ("nato-mc", "1970-01-01", False),
        ("nato-mc", "1958-01-01", True),
        ("nato-mc", "2000-01-01", True),
    ],
)
def test_where_france_takes_part(body: str, on: str, france: bool) -> None:
    assert ("FRA" in seated(body, on).members) is france


def test_every_member_of_the_council_can_block_alone() -> None:
    council = seated("nac", "2023-07-11")
    assert council.can_block_alone() == frozenset(council.members)
    assert minimal_blocking(council.game()).count == 31


@pytest.mark.parametrize(
    ("body", "on", "procedure", "message"),
    [
        ("nac", "1949-09-16", None, "did not exist on 1949-09-16"),
        ("nato-dpc", "2016-01-01", None, "no longer existed on 2016-01-01"),
        ("eu-council", "2020-01-01", "nice-on-request", "in force are qualified-majority"),
        ("eu-council", "2020-01-01", "lottery", "has no procedure 'lottery'; it has qualified-majority"),
    ],
)
def test_bodies_are_refused(body: str, on: str, procedure: str | None, message: str) -> None:
    with pytest.raises(FoedusError, match=message):
        seated(body, on, procedure)


def test_strangers_and_two_sides_are_refused() -> None:
    council = seated("nac", "2023-07-11")
    with pytest.raises(FoedusError, match=r"JPN: no part in the North Atlantic Council on 2023-07-11 \(coalition\)"):
        council.wins(["JPN"])
    with pytest.raises(FoedusError, match="FRA cannot vote against and abstain at once"):
        council.ballot(against=["FRA"], abstaining=["FRA"])


OWN = """\
id: league-council
name: Council of the League
seats: {membership: aukus, status: member}
weights:
  votes: {table: votes.csv}
rule:
  - {from: 2021-09-15, value: {quota: {weights: votes, at_least: 5}}, reference: a table}
"""


def test_a_body_with_its_own_table_of_votes(tmp_path: Path) -> None:
    (tmp_path / "council.yaml").write_text(OWN)
    rows = "AUS,2,2021-09-15,,x,a,yes\nGBR,3,2021-09-15,,x,a,yes\nUSA,{usa},2021-09-15,,x,a,yes\n"
    table = tmp_path / "votes.csv"
    table.write_text("actor,weight,from,until,source,locator,verified\n" + rows.format(usa=4))
    council = seat(read_institutions(tmp_path).body("league-council"), packaged_world(), dt.date(2023, 1, 1))
    assert council.weights["votes"] == {"AUS": 2, "GBR": 3, "USA": 4}
    assert council.wins(["AUS", "GBR"]).value == "yes"
    table.write_text("actor,weight,from,until,source,locator,verified\n" + rows.format(usa="4.5"))
    with pytest.raises(InputError, match="a whole number from 0"):
        read_institutions(tmp_path)
    table.unlink()
    with pytest.raises(InputError, match="a table beside this file"):
        read_institutions(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("weights: votes,", "weights: shares,", "shares, which the rule for decision names"),
        ("{quota: {weights: votes, at_least: 5}}", "{no_veto_of: big}", "big, which the rule for decision names"),
        ("votes: {table: votes.csv}", "votes: {table: ../votes.csv}", "the name of a table beside this file"),
        ("votes: {table: votes.csv}", "votes: [{from: 2021-09-15, reference: x, values: {AUS: -1}}]", "of at least 0"),
    ],
)
def test_names_that_a_body_does_not_have(tmp_path: Path, old: str, new: str, expected: str) -> None:
    (tmp_path / "council.yaml").write_text(OWN.replace(old, new))
    (tmp_path / "votes.csv").write_text("actor,weight,from,until,source,locator,verified\nAUS,2,2021-09-15,,x,a,yes\n")
    with pytest.raises(InputError, match=expected):
        read_institutions(tmp_path)


# ---------------------------------------------------------------------------------------------------------------------
# Positions


def test_the_reach_of_a_simple_majority_is_its_median() -> None:
    council = seated("eu-council", "1958-01-01", "simple-majority")
    where = dict(zip(sorted(council.members), (0.0, 10.0, 30.0, 60.0, 80.0, 100.0), strict=True))
    found = reach(council, where, 0.0, (0.0, 100.0))
    assert found.core == (30.0, 60.0)
    assert (found.feasible, found.largest_step) == ((0.0, 60.0), 60.0)
    inside = reach(council, where, 45.0, (0.0, 100.0))
    assert (inside.feasible, inside.largest_step) == (None, 45.0)


@given(st.lists(st.integers(0, 100), min_size=15, max_size=15), st.integers(0, 100))
def test_the_reach_of_a_body_by_trying_every_proposal(places: list[int], status_quo: int) -> None:
    council = seated("unsc", "2023-07-11")
    where = {member: float(place) for member, place in zip(council.members, places, strict=True)}
    found = reach(council, where, float(status_quo), (0.0, 100.0))

    def beats(proposal: float, standing: float) -> bool:
        against = [m for m in council.members if abs(where[m] - proposal) >= abs(where[m] - standing)]
        return council.decide(council.ballot(against=against)).value == "yes"

    quarters = [q / 4 for q in range(401)]
    beating = [x for x in quarters if beats(x, status_quo)]
    if found.feasible is None:
        assert beating == []
    else:
        low, high = found.feasible
        open_ended = [x for x in quarters if low < x < high]
        # At the end of the scale the furthest proposal may itself beat the status quo.
        assert set(open_ended) <= set(beating) <= {*open_ended, *({0.0, 100.0} & {low, high})}


def test_positions_are_refused() -> None:
    council = seated("nac", "2023-07-11")
    where = dict.fromkeys(council.members, 50.0)
    with pytest.raises(FoedusError, match="no position of FRA; each of the 31"):
        reach(council, {k: v for k, v in where.items() if k != "FRA"}, 0, (0, 100))
    with pytest.raises(FoedusError, match="JPN: no part in"):
        reach(council, where | {"JPN": 1.0}, 0, (0, 100))
    with pytest.raises(FoedusError, match="the position of FRA is 120"):
        reach(council, where | {"FRA": 120.0}, 0, (0, 100))


# ---------------------------------------------------------------------------------------------------------------------
# What a file of a body says and leaves out

TWO_HOUSES = """\
id: league-council
name: Council of the League
seats: {membership: aukus, status: member}
weights:
  seats:
    - {from: 2021-09-15, reference: a treaty, values: {JPN: 5, KOR: 3, NZL: 1}}
chambers:
  up: [JPN]
  upper house: [JPN, KOR, NZL]
rule:
  - from: 2021-09-15
    value:
      all_of:
        - {quota: {at_least: 2}}
        - {chamber: {name: upper house, rule: {quota: {weights: seats, at_least: 6}}}}
    reference: a treaty
"""


def test_a_chamber_counts_its_own_weights(tmp_path: Path) -> None:
    (tmp_path / "council.yaml").write_text(TWO_HOUSES)
    council = seat(read_institutions(tmp_path).body("league-council"), packaged_world(), dt.date(2023, 1, 1))
    assert council.chambers.keys() == {"upper house"}, "a chamber that no rule asks is not seated"
    assert council.voters == {"AUS", "GBR", "USA", "JPN", "KOR", "NZL"}
    assert council.decide(council.ballot(against=["KOR"])).value == "yes"
    assert council.decide(council.ballot(against=["JPN"])).value == "no"
    assert council.can_block_alone() == {"JPN"}
    assert power(council.game()).fractions["banzhaf"][council.game().members.index("AUS")] > 0


@pytest.mark.parametrize(
    ("old", "new", "field", "expected"),
    [
        ("reference: a table}", "reference: }", "rule.0.reference", "text"),
        ("reference: a table}", "reference: 7}", "rule.0.reference", "text"),
        (
            "votes: {table: votes.csv}",
            "votes: [{from: 2021-09-15, reference: x, values: null}]",
            "weights.votes.0",
            "values, or a measure of quantities.csv: one of the two",
        ),
        (
            "votes: {table: votes.csv}",
            "votes: [{from: 2021-09-15, reference: x, measure: 3}]",
            "weights.votes.0.measure",
            "text",
        ),
        (
            "votes: {table: votes.csv}",
            "votes: [{from: 2021-09-15, reference: x, measure: gdp}, {from: 2022-01-01, reference: x, measure: gdp}]",
            "from",
            "days that no other entry covers",
        ),
        (
            "votes: {table: votes.csv}",
            "votes: [{from: 2021-09-15, reference: , measure: gdp}]",
            "weights.votes.0.reference",
            "text",
        ),
    ],
)
def test_what_a_file_leaves_out(tmp_path: Path, old: str, new: str, field: str, expected: str) -> None:
    assert old in OWN
    (tmp_path / "council.yaml").write_text(OWN.replace(old, new))
    (tmp_path / "votes.csv").write_text("actor,weight,from,until,source,locator,verified\nAUS,2,2021-09-15,,x,a,yes\n")
    with pytest.raises(InputError) as caught:
        read_institutions(tmp_path)
    assert [(one.field, one.expected) for one in caught.value.problems] == [(field, expected)]


def test_a_measure_that_is_no_weight(tmp_path: Path) -> None:
    weights = "votes: [{from: 2021-09-15, reference: x, measure: ships}]"
    (tmp_path / "institutions").mkdir()
    (tmp_path / "institutions" / "council.yaml").write_text(OWN.replace("votes: {table: votes.csv}", weights))
    head = "actor,measure,value,unit,from,until,known,source,locator,verified,note\n"
    row = "{},ships,{},ships,2022-01-01,2024-01-01,2022-01-01,worldbank-gdp-2020,x,no,\n"
    (tmp_path / "world").mkdir()
    table = tmp_path / "world" / "quantities.csv"
    body = read_institutions(tmp_path / "institutions").body("league-council")
    on = dt.date(2023, 1, 1)
    table.write_text(head + row.format("AUS", 5) + row.format("GBR", 3) + row.format("USA", 2.5))
    with pytest.raises(FoedusError, match=r"the ships of USA from 2022-01-01 is 2\.5; a weight is a whole number"):
        seat(body, read_world(tmp_path), on)
    table.write_text(head + row.format("AUS", 5) + row.format("GBR", 3))
    with pytest.raises(FoedusError, match="the votes of USA in the Council of the League on 2023-01-01 are not known"):
        seat(body, read_world(tmp_path), on)
    table.write_text(head + row.format("AUS", 5) + row.format("GBR", 3) + row.format("USA", 2))
    assert seat(body, read_world(tmp_path), on).weights["votes"] == {"AUS": 5, "GBR": 3, "USA": 2}


def test_who_declares_or_is_concerned_where_the_rule_does_not_ask() -> None:
    council = seated("nac", "2023-07-11")
    with pytest.raises(FoedusError, match=r"FRA: the rule .* knows no abstention with a declaration: consensus"):
        council.ballot(declaring=["FRA"])
    with pytest.raises(FoedusError, match=r"FRA: the rule .* does not ask whose own case it is: consensus"):
        council.ballot(concerned=["FRA"])


def test_a_host_is_asked_beside_the_rule() -> None:
    body, world, on = packaged_institutions().body("nac"), packaged_world(), dt.date(2023, 7, 11)
    office = seat(body, world, on, consent_of=["JPN"])
    assert office.rule.words() == "consensus and consent of JPN"
    assert office.can_block_alone() == {*office.members, "JPN"}
    assert office.consenting(["JPN"]) == frozenset()
    assert office.consenting([]) == {"JPN"}
    with pytest.raises(FoedusError, match=r"KOR: cannot refuse; .* needs the consent of JPN"):
        office.consenting(["KOR"])
    with pytest.raises(FoedusError, match="FRA: has a seat in the North Atlantic Council"):
        seat(body, world, on, consent_of=["FRA"])


# The Act of Accession of Croatia, Article 20: 260 of 352 votes of two thirds of the members.
def test_the_european_council_votes_where_the_treaties_let_it() -> None:
    leaders = seated("european-council", "2014-06-27", "qualified-majority")
    assert sum(leaders.weights["votes"].values()) == 352
    assert "at least 260 votes and at least 2/3 of the members" in leaders.rule.words()
    assert seated("european-council", "2014-06-27").rule.words() == "consensus"
    with pytest.raises(FoedusError, match="in force are consensus"):
        seated("european-council", "2008-01-01", "qualified-majority")


def test_a_day_to_come_is_noted() -> None:
    assert seated("nac", "2026-11-22").notes == ()
    (note,) = seated("nac", "2030-01-01").notes
    assert "last revised on 2026-11-22" in note


@pytest.mark.parametrize(("on", "known"), [("2030-01-01", "of the 15 seats"), ("1945-12-01", "of the 11 seats")])
def test_seats_that_nobody_is_known_to_hold_are_an_error(on: str, known: str) -> None:
    with pytest.raises(FoedusError, match=f"{known} in the United Nations Security Council on {on}, 5 are known here"):
        seated("unsc", on)
