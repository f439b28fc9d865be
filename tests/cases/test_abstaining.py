"""A member that abstains is on neither side: the body's rule counts it, and the forecast keeps to that."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import foedus
from foedus.base.days import parse_day
from foedus.base.randomness import Streams
from foedus.cases.case import Case, case_of
from foedus.cases.draws import draw
from foedus.cli.app import app
from foedus.coding.entering import Told, enter
from foedus.dossiers import suppose
from foedus.dossiers.changes import supposition
from foedus.dossiers.setting import set_by_hand
from foedus.forecasts.arithmetic import arithmetic, arithmetic_in_draws
from foedus.institutions import packaged_institutions, seat
from foedus.institutions.rules import passes
from foedus.issues.deciding import at_table, taking_sides
from foedus.settlement import CONSENSUS
from foedus.world import packaged_world

BODIES = ("nac", "unsc", "unga", "eu-council", "oas-permanent-council", "oecd-council")
WHALES = "Argentina, Brazil, Norway, Iceland, KOR, RUS, Germany, France, Guinea, TZA, Gabon"


@pytest.mark.parametrize("name", BODIES)
@settings(max_examples=25)
@given(data=st.data())
def test_the_count_on_arrays_is_the_rules_own(name: str, data: st.DataObject) -> None:
    seating = seat(packaged_institutions().body(name), packaged_world(), parse_day("2023-07-11"))
    members = sorted(seating.voters)
    sides = data.draw(st.lists(st.sampled_from("fffaao"), min_size=len(members), max_size=len(members)))
    away = [who for who, side in zip(members, sides, strict=True) if side == "o"]
    against = [who for who, side in zip(members, sides, strict=True) if side == "a"]
    support = np.array([[side != "a" for side in sides]])
    found = bool(at_table(seating, members, away)(support)[0])
    assert found == passes(seating.rule, seating.ballot(against=against, abstaining=away))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eleven members under three quarters of the votes cast: eight are for or against, and three have not spoken."""
    folder = tmp_path_factory.mktemp("base") / "whales"
    made = CliRunner().invoke(
        app,
        ["new", str(folder), "--body", "Whaling Board", "--members", WHALES, "--rule", "3/4 of votes cast",
         "--question", "A sanctuary?", "--on", "2024-09-26", "--option", "none=0", "--option", "sanctuary=100"],
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    say(folder, "for", "Argentina", "Brazil", "Germany", "France", "Gabon", "Tanzania")
    say(folder, "against", "Norway", "Iceland")
    return folder


@pytest.fixture
def folder(base: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(base, tmp_path / "whales"))


def say(folder: Path, stance: str, *actors: str) -> None:
    for actor in actors:
        enter(
            folder,
            Told(actor, stance, "sanctuary", f"{stance} it", dt.date(2024, 9, 20), "Plenary", dt.date(2024, 9, 20)),
        )


def case(folder: Path) -> Case:
    return case_of(foedus.read_dossier(folder), None, "2024-09-25", None)


def test_under_votes_cast_an_abstention_leaves_both_sides(folder: Path) -> None:
    before = arithmetic(case(folder))
    assert (len(before.in_favour), before.unknown, before.enough) == (6, ("GIN", "KOR", "RUS"), False)
    [count] = before.counts
    assert (count.needed, count.of) == (9, "cast")  # three quarters of eleven
    say(folder, "abstains", "KOR", "RUS", "GIN")
    after = arithmetic(case(folder))
    assert (after.abstaining, after.unknown) == (("GIN", "KOR", "RUS"), ())
    assert after.counts[0].needed == 6  # three quarters of eight
    assert (after.enough, after.blocked) == (True, False)
    assert after.swings == after.in_favour, "five for and three against, or five and two, are too few"
    drawn = arithmetic_in_draws(case(folder), 1, 400)
    korea = next(one for one in drawn.votes if one.actor == "KOR")
    assert (korea.against, korea.swings, drawn.counts[0].needed) == (0.0, 0.0, 6)


def test_what_is_said_later_and_what_is_set_by_hand_win_over_an_abstention(folder: Path) -> None:
    say(folder, "abstains", "KOR")
    korea = case(folder).member("KOR")
    assert korea.stand.abstains
    assert korea.stand.private.mode == pytest.approx(53, abs=1)  # halfway, mixed with the prior of 70
    enter(folder, Told("KOR", "against", "sanctuary", "no", dt.date(2024, 9, 24), "Notes", dt.date(2024, 9, 24)))
    assert arithmetic(case(folder)).abstaining == ()
    assert "KOR" in arithmetic(case(folder)).against
    set_by_hand(folder, supposition(foedus.read_dossier(folder), "KOR.position=abstains"), "a call from Seoul")
    dossier = foedus.read_dossier(folder)
    assert arithmetic(case(folder)).abstaining == ("KOR",)
    told = arithmetic(case_of(suppose(dossier, ["KOR.position=100"]), None, "2024-09-25", None))
    assert (told.abstaining, "KOR" in told.in_favour) == ((), True)
    away = suppose(dossier, ["NOR.position=abstains"])
    assert str(away.supposed[0]).endswith("=abstains")
    assert "NOR" in arithmetic(case_of(away, None, "2024-09-25", None)).abstaining


def test_whoever_is_won_over_takes_a_side_again(folder: Path) -> None:
    say(folder, "abstains", "KOR", "RUS", "GIN")
    made = case(folder)
    sitting = draw(made, {}, Streams(1), 0, 4)
    place = sitting.actors.index("KOR")
    assert not sitting.voting[place]
    voting = taking_sides(sitting, {"KOR"})
    assert voting.voting[place]
    everybody = np.ones((1, len(sitting.actors)), dtype=np.bool_)
    everybody[0, [sitting.actors.index(one) for one in ("NOR", "ISL", "KOR")]] = False
    assert (bool(sitting.decides(everybody)[0]), bool(voting.decides(everybody)[0])) == (True, False)  # 6 of 8, 6 of 9


def test_under_consensus_an_abstention_stops_nothing() -> None:
    from foedus.cases.case import declared

    dossier = foedus.read_dossier("tokyo-office")
    refused = suppose(dossier, ["FRA.position=opposed"])
    away = suppose(dossier, ["FRA.position=abstains"])
    shares = []
    for one in (refused, away):
        made = case_of(one, "office", "2023-07-10", None)
        settled = CONSENSUS.settle(draw(made, declared(one, CONSENSUS), Streams(1), 0, 300))
        place = [member.actor for member in made.members].index("FRA")
        shares.append(float(settled.objects[0][:, place].any(axis=1).mean()))
    assert shares[0] > 0.5
    assert shares[1] == 0.0


def test_consent_is_no_support(folder: Path) -> None:
    say(folder, "consents", "KOR")
    korea = case(folder).member("KOR").stand
    assert korea.private.mode == pytest.approx(61, abs=1)  # 60, mixed with the prior of 70
    assert not korea.committed, "it has declared no vote"
    stands = [one.public or one.private for one in (case(folder).member("BRA").stand, korea)]
    assert stands[0].mode > 95 > stands[1].mode


def test_a_group_speaks_for_members_without_words_of_their_own(folder: Path) -> None:
    say(folder, "against", "african-union")
    guinea, gabon = (case(folder).member(one).stand for one in ("GIN", "GAB"))
    against = sum(part.share for part in guinea.private.parts if part.mode < 50)
    assert against == pytest.approx(0.61, abs=0.02), "the measured share of a group's votes that it tells"
    assert (guinea.groups, gabon.groups) == (("african-union",), ()), "its own words leave the group aside"
    assert "GIN" in arithmetic(case(folder)).unknown, "weak evidence puts nobody on a side"


def test_the_union_binds_its_members_elsewhere_and_not_in_its_own_council(folder: Path) -> None:
    dossier = foedus.read_dossier(folder)
    silent = dataclasses.replace(dossier, statements=tuple(one for one in dossier.statements if one.actor != "FRA"))
    union = dataclasses.replace(dossier.statements[0], id="union", actor="eu")
    spoken = dataclasses.replace(silent, statements=(*silent.statements, union))
    france = case_of(spoken, None, "2024-09-25", None).member("FRA").stand
    assert france.basis == "spoken for by a group whose position binds it by law"
    assert max(france.private.parts, key=lambda part: part.share).share == pytest.approx(0.86, abs=0.02)
    found = arithmetic(case_of(spoken, None, "2024-09-25", None))
    assert "FRA" in found.in_favour
    away = dataclasses.replace(
        spoken, statements=(*silent.statements, dataclasses.replace(union, stance=0, signal="abstention"))
    )
    assert arithmetic(case_of(away, None, "2024-09-25", None)).abstaining == ("FRA",)

    law = foedus.read_dossier("nature-law-2024")
    itself = dataclasses.replace(law.statements[0], id="union", actor="eu", stance=-1)
    heard = dataclasses.replace(law, statements=(*law.statements, itself))
    assert all("eu" not in one.stand.groups for one in case_of(heard, None, "2024-06-16", None).members)
