"""Power and obligations as a person sees them: the numbers and words of the answer, in each medium, in their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.reports.media import Seen, in_each_medium

from foedus.base.days import parse_day
from foedus.base.traces import Trace
from foedus.institutions.accession import accession
from foedus.institutions.attacks import attacked, consulted
from foedus.institutions.body_power import power, power_of_weights
from foedus.institutions.limits import limits
from foedus.institutions.obligations import Attack, obligations
from foedus.institutions.power_answer import INDICES, BodyPower
from foedus.reports.answers import Told
from foedus.reports.obligations import accession_sections, attack_sections, consultation_sections, limit_sections
from foedus.reports.power import power_sections, told_power
from foedus.reports.record import told_helpers
from foedus.reports.sections import PAGE, TERMINAL, WORD, Section
from foedus.strategy.record import Pull, helping
from foedus.world import packaged_world

MEDIA = (TERMINAL, PAGE, WORD)
GUAM = Attack(place="Guam", on=parse_day("2023-07-11"))


def told(sections: tuple[Section, ...], day: str) -> Told:
    return Told(sections[0].title, sections, {}, parse_day(day))


# Power.


@pytest.fixture(scope="module")
def council() -> BodyPower:
    """Adopted against two, by members of which no two are alike."""
    vote = {"against": ["HUN", "SVK"], "abstaining": ["AUT"]}
    return power("eu-council", "2024-06-01", vote=vote, coalition=["DEU", "FRA"])


@pytest.fixture(scope="module")
def council_seen(council: BodyPower, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    return in_each_medium(told_power(council), tmp_path_factory.mktemp("council"))


def digits(value: float) -> str:
    return f"{value:#.3g}" if value else "0"


@pytest.mark.parametrize("medium", MEDIA)
def test_power_stands_under_its_index(council: BodyPower, council_seen: dict[str, Seen], medium: str) -> None:
    seen = council_seen[medium]
    if seen.tables is not None:
        names = ["Shapley-Shubik", "Banzhaf", "Banzhaf (absolute)", "Coleman (to prevent)", "Coleman (to initiate)"]
        assert seen.tables[0][0] == ["id", "population", *names]
    for one in council.members:
        assert seen.has_row(one["actor"], str(one["weight"]), *(digits(one[key]) for key in INDICES)), one["actor"]
    assert len({digits(council.members[0][key]) for key in INDICES}) == 5
    assert f"power of the body to act (Coleman): {digits(council.power.coleman_act)}" in seen.lines  # type: ignore[union-attr]
    assert "can block alone: nobody" in seen.lines
    assert "all indices are counted exactly" in seen.lines
    assert all(f"note: {note}" in seen.lines for note in council.notes)


@pytest.mark.parametrize("medium", MEDIA)
def test_a_vote_and_a_coalition_with_their_reasons(
    council: BodyPower, council_seen: dict[str, Seen], medium: str
) -> None:
    lines = council_seen[medium].lines
    weights = council.weights
    favour = sum(weights.values()) - sum(weights[one] for one in ("HUN", "SVK", "AUT"))
    share = favour / sum(weights.values())
    sides = f"24 of 27 in favour, {100 * share:.2f} % of the population"
    assert f"vote: adopted: yes ({sides})" in lines
    assert "coalition: winning: no" in lines
    assert council.vote is not None
    assert council.coalition is not None
    assert council.coalition.why is not None
    assert below(lines, "vote: adopted", steps(council.vote.why))
    assert below(lines, "coalition: winning", steps(council.coalition.why))
    others = "; ".join(f"{name} ({rule})" for name, rule in council.other_procedures.items())
    hint = " (choose with --procedure)" if medium == TERMINAL else ""
    assert f"other procedures{hint}: {others}" in lines
    assert f"the rule: {' '.join(council.reference.split())}" in lines


def steps(trace: Trace) -> Iterator[str]:
    return (" ".join(line.split()) for line in trace.lines())


def below(lines: list[str], begin: str, wanted: Iterator[str]) -> bool:
    """Tell whether lines follow, in order, the one that begins so."""
    at = next(n for n, line in enumerate(lines) if line.startswith(begin))
    every = list(wanted)
    return [line for line in lines[at + 1 :] if line][: len(every)] == every


def test_reasons_are_told_on_demand(council: BodyPower) -> None:
    assert power_sections(council) != power_sections(council, why=True)


@pytest.mark.parametrize("medium", MEDIA)
def test_those_that_block_and_minimal_coalitions(tmp_path: Path, medium: str) -> None:
    seen = in_each_medium(told_power(power("unsc", "2023-07-11", minimal=True)), tmp_path)[medium]
    assert "can block alone: CHN, FRA, GBR, RUS, USA" in seen.lines
    assert "minimal winning coalitions: 210" in seen.lines  # 4 of 10 beside the five
    assert "minimal blocking coalitions: 125" in seen.lines  # one of the five, or 7 of the ten: 5 + 120
    more = " (--json lists up to a thousand)" if medium == TERMINAL else ""
    assert f"... and 190 more{more}" in seen.lines


@pytest.mark.parametrize("medium", MEDIA)
def test_how_far_a_body_can_go(tmp_path: Path, medium: str) -> None:
    at = {member: float(10 * place) for place, member in enumerate(["BEL", "DEU", "FRA", "ITA", "LUX", "NLD"], 1)}
    found = power("eu-council", "1958-01-01", procedure="simple-majority", positions=at, status_quo=15)
    lines = in_each_medium(told_power(found), tmp_path)[medium].lines
    # Four of six are needed: from the third from above upwards, from the third from below downwards.
    assert "no proposal beats a status quo at 30 to 40" in lines
    assert "pivotal for a step up: FRA" in lines
    assert "pivotal for a step down: ITA" in lines
    assert "what beats 15: 15 to 45; the largest step goes to 45" in lines


@pytest.mark.parametrize("medium", MEDIA)
def test_a_table_of_weights_without_a_day(tmp_path: Path, medium: str) -> None:
    weights = {"a {north}": 3, "b [x]": 2, "c": 2}
    found = power_of_weights(weights, "4", reference="mine.csv", coalition=["a {north}", "c"], minimal=True)
    seen = in_each_medium(told_power(found), tmp_path)[medium]
    assert "at least 4 of 7" in seen.lines
    assert "all 3 members alike, each: Shapley-Shubik 0.333, Banzhaf 0.333, Banzhaf (absolute) 0.500" in " ".join(
        seen.lines
    )
    assert "coalition: winning: yes" in seen.lines
    assert "the rule: mine.csv" in seen.lines
    assert sum(line.removeprefix("- ") == "a {north}, b [x]" for line in seen.lines) == 2  # winning and blocking


# Obligations.


@pytest.fixture(scope="module")
def guam_seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    sections = attack_sections(attacked(GUAM), why=True)
    return in_each_medium(told(sections, "2023-07-11"), tmp_path_factory.mktemp("guam"))


@pytest.mark.parametrize("medium", MEDIA)
def test_who_owes_what_under_which_treaty(guam_seen: dict[str, Seen], medium: str) -> None:
    seen, found = guam_seen[medium], obligations(GUAM)
    assert [one.engaged for one in found] == ["yes"] * 3 + ["contested"] * 2 + ["no"] * 15
    for one in found:
        if one.engaged == "no":  # by itself where it says which condition fails, else with others in one line
            assert any(one.treaty in line for line in seen.lines), one.treaty
            continue
        owed_by = ", ".join(owed.actor for owed in one.owed_by)
        assert seen.has_row(one.treaty, one.article, one.kind, one.engaged, ", ".join(one.invoked_by), owed_by)
        title = seen.lines.index(f"{one.title}, {one.article}")
        own = seen.lines[title + 1 :]
        assert own[0] == f"Determined by: {one.determined_by}"
        when = "Owed if it applies by" if one.engaged == "contested" else "Owed by"
        assert own[1].startswith(when)
        assert own[1].endswith(f": {one.owed_by[0].obligation} [{one.owed_by[0].reference}]")
        for reading in one.readings:
            by = reading.by.removeprefix("a ")
            assert any(f"{by}: {reading.value}; {reading.says} [{reading.reference}]" in line for line in own)
        for note in one.notes:
            assert f"Note on {one.treaty}: {note}" in own
    hint = " (--treaty shows why)" if medium == TERMINAL else ""
    assert any(line.startswith(f"Covering other places, means or attackers{hint}: budapest") for line in seen.lines)
    assert any(line.startswith("nato: no, because this condition is not met: Guam lies") for line in seen.lines)


@pytest.mark.parametrize("medium", MEDIA)
def test_what_stands_beside_the_answers_is_told(tmp_path: Path, medium: str) -> None:
    """What was signed only, who may consult by their own opinion, and what was not looked up."""
    signed = attacked(Attack(place="PNG", on=parse_day("2026-01-01")))
    lines = in_each_medium(told(attack_sections(signed), "2026-01-01"), tmp_path)[medium].lines
    (one,) = signed.signed_only
    assert any(str(one.signed) in line and line.endswith(one.title) for line in lines)
    asked = attacked(Attack(place="Ukraine", on=parse_day("2022-02-24"), by="RUS"))
    assert [one.treaty for one in asked.open_to_consultation] == ["csto", "nato"]
    lines = in_each_medium(told(attack_sections(asked), "2022-02-24"), tmp_path)[medium].lines
    beside = [f"{one.treaty} ({one.article})" for one in asked.open_to_consultation]
    assert any(all(words in line for words in beside) for line in lines), lines
    assert asked.coverage
    for region in asked.coverage:
        assert any(region.region in line and line.endswith(region.missing) for line in lines)


@pytest.mark.parametrize("medium", MEDIA)
def test_each_treaty_has_its_reasons(guam_seen: dict[str, Seen], medium: str) -> None:
    lines = [line for line in guam_seen[medium].lines if line]
    for one in obligations(GUAM):
        every = list(steps(one.why))
        starts = [n for n, line in enumerate(lines) if line == every[0]]
        assert any(lines[n : n + len(every)] == every for n in starts), one.treaty


@pytest.mark.parametrize("medium", MEDIA)
def test_consultation_accession_and_limits(tmp_path: Path, medium: str) -> None:
    day = parse_day("2025-09-10")
    asked = replace(consulted("nato", "POL", day), notes=("so far",))
    found, why = asked.clause, asked.why
    sections = consultation_sections(asked, why=True)
    lines = in_each_medium(told(sections, "2025-09-10"), tmp_path)[medium].lines  # below the marking
    first = medium != TERMINAL  # the marking stands above
    assert lines[first] == "Article 4 at the wish of POL on 2025-09-10: yes"
    assert (
        f"Owed by {len(found.owed_by)} parties: {found.owed_by[0].obligation} [{found.owed_by[0].reference}]" in lines
    )
    assert "Note: so far" in lines
    assert below(lines, "Note: so far", iter(["Why", *steps(why)] if medium != TERMINAL else steps(why)))

    joins = accession("nato", "GEO", parse_day("2003-01-01"))
    lines = in_each_medium(told(accession_sections(joins, "GEO"), "2003-01-01"), tmp_path)[medium].lines
    assert lines[first] == "May GEO be invited to nato on 2003-01-01: contested"
    assert f"Decided by: {joins.decided_by} ({len(joins.consent_of)} parties)" in lines
    assert all(any(f"{one.value}; {one.says}" in line for line in lines) for one in joins.readings)

    may = limits("JPN", None, parse_day("2024-01-01"))
    lines = in_each_medium(told(limit_sections(may), "2024-01-01"), tmp_path)[medium].lines
    assert lines[first] == "Is collective-self-defence permitted to JPN on 2024-01-01: under conditions"
    assert [line for line in lines if line.startswith("Condition: ")] == [f"Condition: {one}" for one in may.conditions]
    assert f"Because: {may.says}" in lines
    assert f"Decided by: {may.decided_by}" in lines
    hint = " (--act shows each)" if medium == TERMINAL else ""
    assert f"Also described{hint}: {', '.join(may.also_described)}" in lines


@pytest.mark.parametrize("medium", MEDIA)
def test_who_would_help(tmp_path: Path, medium: str) -> None:
    attack = Attack(place="Japan", by="PRK", on=parse_day("2023-07-11"))
    world, pull = packaged_world(), Pull(0.1, 0.3)
    found = helping(world, attack, ["USA", "FRA"], pull)
    usa, fra = found.helpers
    seen = in_each_medium(told_helpers(found, world), tmp_path)[medium]
    assert "Owes defence under Treaty of Mutual Cooperation and Security, Article V." in seen.lines
    for one in fra.likely:
        share = one.share
        if share.share is None or share.low is None or share.high is None:
            continue
        assert one.pulled_low is not None
        assert one.pulled_high is not None
        shares = percent(share.share), f"{percent(share.low)} to {percent(share.high)}"
        assert seen.has_row(
            share.kind, *shares, share.words, f"{percent(one.pulled_low)} to {percent(one.pulled_high)}"
        )
    for given in usa.earlier:
        source = world.sources[given.source]
        assert any(line.endswith(f"{given.kind}: {source.title}, {source.url}".rstrip(", ")) for line in seen.lines)


def percent(share: float) -> str:
    return ">99 %" if 0.995 <= share < 1 else f"{round(100 * share)} %"
