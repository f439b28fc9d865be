"""The choice of forum: the toy of the page, the search rule, mandates, vetoes and the historical choices."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnership.spoiling import spoilt

import foedus
from foedus.base.days import parse_day
from foedus.base.errors import FoedusError, InputError
from foedus.base.tables import render_table
from foedus.cli.app import app, main
from foedus.dossiers import Dossier, new_dossier, packaged_dossiers, read_dossier, suppose
from foedus.dossiers.draft import drafted
from foedus.institutions import packaged_institutions, seat
from foedus.partnership.choices import candidates, score_choices
from foedus.partnership.forum_choice import ForumChoice
from foedus.partnership.inputs import ForumOffer
from foedus.partnership.search_rule import ORDER, search
from foedus.reports.forum_charts import forums_chart, seats_chart
from foedus.reports.forums import forum_sections
from foedus.world import packaged_world

AS_OF = "2023-07-10"
TOY = {"nato": (0.06, 0.05, 0.06), "eu": (0.30, 0.25, 0.10), "bilateral": (0.20, 0.30, 0.40)}
PLACES = {"liaison officer": 33, "programme office": 67, "liaison office": 100}


@pytest.fixture
def toy(tokyo_copy: Path) -> Path:
    """The tokyo dossier with three forums of the same menu, whose chances are given and where all three actors sit."""
    rows = [
        ForumOffer(
            forum=forum, issue="office", produces=label, at=at, kind="option", subject="presence",
            members=("FRA", "JPN", "USA"), chance_low=p, chance_mode=p, chance_high=p,
            cost=0.0, days=1, publicity="none", source="made up",
        )
        for forum, chances in TOY.items()
        for (label, at), p in zip(PLACES.items(), chances, strict=True)
    ]  # fmt: skip
    (tokyo_copy / "forums.csv").write_text(render_table(ForumOffer, rows), "utf-8")
    return tokyo_copy


@pytest.mark.parametrize(
    ("actor", "at", "expected", "act", "stop"),
    [
        ("FRA", 10, (0.8207, 0.6635, 0.4130), "eu", "nato"),
        ("JPN", 90, (0.2013, 0.4465, 0.6870), "bilateral", None),
        ("USA", 100, (0.1133, 0.3665, 0.6670), "bilateral", None),
    ],
)
def test_to_act_and_to_stop_are_two_questions(
    toy: Path, actor: str, at: int, expected: tuple[float, ...], act: str, stop: str | None
) -> None:
    dossier = suppose(read_dossier(toy), [f"{actor}.office.position={at}"])
    found = foedus.forum(dossier, actor, "office", AS_OF, draws=10)
    for name, utility in zip(TOY, expected, strict=True):
        one = found.forum(name)
        assert one.utility is not None
        assert one.utility.mean == pytest.approx(utility, abs=5e-5)
    assert (found.to_act, found.to_stop) == (act, stop)
    if actor == "FRA":
        assert not found.wants
        acting = {one.forum: one.acting.mean for one in found.forums if one.acting}
        assert acting == pytest.approx({"nato": 0.4335, "eu": 0.5362, "bilateral": 0.3589}, abs=5e-5)


@pytest.mark.parametrize(
    ("usual", "select", "change", "aspiration", "way"),
    [(0.6, 0.7, 0.0, 0.5, "use"), (0.4, 0.7, 0.0, 0.5, "select"), (0.4, 0.45, 0.5, 0.5, "change")],
)
def test_the_search_stops_at_what_is_good_enough(
    usual: float, select: float, change: float, aspiration: float, way: str
) -> None:
    assert search(("a", usual), {"b": select}, {"c": change}, {"d": 0.9}, aspiration).way == way


def test_the_search_takes_the_best_where_nothing_is_good_enough() -> None:
    found = search(("a", 0.1), {"b": 0.3}, {"c": 0.2}, {}, 0.5)
    assert (found.way, found.forum) == ("select", "b")
    assert search(None, {}, {}, {}, 0.5).forum == ""


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4), st.floats(0, 1))
def test_a_search_never_goes_further_than_it_must(worth: list[float], aspiration: float) -> None:
    found = search(("a", worth[0]), {"b": worth[1]}, {"c": worth[2]}, {"d": worth[3]}, aspiration)
    good = [way for way, value in zip(ORDER, worth, strict=True) if value >= aspiration]
    if good:
        assert found.way == good[0]
    else:
        assert worth[ORDER.index(found.way)] == max(worth)


@pytest.fixture(scope="module")
def france() -> ForumChoice:
    return foedus.forum(read_dossier(packaged_dossiers()["tokyo-office"]), "France", "office", AS_OF, draws=100)


def test_each_forum_forecasts_under_its_own_rule_and_seats(france: ForumChoice) -> None:
    sizes = {one.forum: len(one.members) for one in france.forums}
    assert sizes == {"nato": 31, "eu": 27, "g7": 7, "quad": 4, "france-japan": 2}
    assert {one.forum for one in france.forums if not one.inside} == {"quad"}
    for one in france.forums:
        assert sum(outcome.probability for outcome in one.outcomes) == pytest.approx(1)
        assert set(one.members) <= set(one.blocks_alone)
    assert "JPN" in france.forum("nato").blocks_alone
    home = foedus.forecast(read_dossier(packaged_dossiers()["tokyo-office"]), "office", AS_OF, draws=100)
    there = [outcome.probability for outcome in france.forum("nato").outcomes]
    assert there == pytest.approx([option.probability for option in home.options])
    assert (france.to_act, france.to_stop) == ("g7", "nato")
    assert france.forum("quad").rank_to_act is None


def test_a_forum_without_a_mandate_on_the_day_has_no_answer(tokyo_copy: Path) -> None:
    path = tokyo_copy / "forums.csv"
    path.write_text(path.read_text("utf-8").replace("substitute,text,g7", "substitute,operation,g7"), "utf-8")
    found = foedus.forum(read_dossier(tokyo_copy), "FRA", "office", AS_OF, draws=20)
    assert found.forum("g7").problem.startswith("no mandate on operation is on record for 2023-07-11")
    assert found.forum("g7").rank_to_act is None


OSCE = ForumOffer(
    forum="osce", issue="chair", produces="Estonia", at=100, kind="option", subject="partnership",
    body="osce-council", cost=0.1, days=1, publicity="some", source="made up",
)  # fmt: skip
EU = replace(OSCE, forum="eu", produces="Malta", at=60, kind="substitute", body="", chance_low=0.4, chance_mode=0.4,
             chance_high=0.4)  # fmt: skip


def chair(folder: Path, *offers: ForumOffer) -> ForumChoice:
    """Where Russia would stop the chair of 2024, in a case put to the OSCE's council."""
    draft = drafted("Who chairs?", ["nobody=0", "Estonia=100"], ["2023-12-01"], issue="chair")
    new_dossier(folder, "osce-council", parse_day("2023-12-01"), draft)
    (folder / "forums.csv").write_text(render_table(ForumOffer, offers), "utf-8")
    return foedus.forum(suppose(read_dossier(folder), ["RUS.chair.position=0"]), "RUS", draws=50)


def stopping(found: ForumChoice) -> str:
    """What is said first of where the actor would stop others."""
    judgement = next(one for one in forum_sections(found) if one is not None)
    return next(str(block) for block in judgement.blocks if "block others" in str(block))


def test_the_body_of_the_case_is_competent_though_no_mandate_is_on_record(tmp_path: Path) -> None:
    found = chair(tmp_path / "own", OSCE, EU)
    own = found.forum("osce")
    assert (own.problem, own.can_block, found.to_stop) == ("", True, "osce")
    assert [one.decides for one in own.mandates] == ["decides this question"]
    assert "In the Organization for Security and Co-operation in Europe" in stopping(found)


def test_who_stops_a_forum_without_a_body_follows_from_its_mandate(tmp_path: Path) -> None:
    # Article 31 of the Treaty on European Union asks unanimity: each of the 27 can stop a partnership.
    union = chair(tmp_path / "eu", OSCE, EU).forum("eu")
    assert (len(union.members), set(union.blocks_alone)) == (27, set(union.members))
    # trade is decided by qualified majority: nobody blocks alone
    assert chair(tmp_path / "trade", OSCE, replace(EU, subject="economic")).forum("eu").blocks_alone == ()


def test_a_missing_row_is_never_nowhere(tmp_path: Path) -> None:
    found = chair(tmp_path / "gaps", replace(EU, forum="coe"), replace(EU, forum="g20", subject="economic"))
    assert "block others? Nowhere that is known" in stopping(found)
    assert "It is not known who can block" in stopping(found)


def test_a_forum_of_which_nobody_is_known_gives_no_chance(tmp_path: Path) -> None:
    """Finding: an African Union of whose members nothing was known would decide with 99 %; the UN had no mandate."""
    union = replace(OSCE, forum="african-union", subject="operation", body="au-psc")
    council = replace(union, forum="un", body="unsc")
    found = chair(tmp_path / "far", OSCE, union, council)
    assert found.forum("african-union").problem == "no position of its 15 members is known, so no chance is given"
    assert (found.forum("african-union").outcomes, found.forum("african-union").known) == ((), 0)
    assert found.forum("un").mandates[0].basis.startswith("Charter of the United Nations")
    assert set(found.forum("un").blocks_alone) == {"CHN", "FRA", "GBR", "RUS", "USA"}
    told = str(forum_sections(found))
    assert "no position of its 15 members is known" in told


def test_a_chance_that_silence_decides_is_a_range_and_no_number(france: ForumChoice) -> None:
    """Finding: a forum of which one position in fifteen was known decided with 99 %."""
    assert {one.forum: one.told for one in france.forums} == {
        "nato": True, "eu": False, "g7": False, "quad": False, "france-japan": True,
    }  # fmt: skip
    for one in france.forums:
        low, high = one.decided
        assert 0 <= low <= 1 - one.stays <= high <= 1
        assert all(outcome.low <= outcome.probability <= outcome.high for outcome in one.outcomes)
    low, high = france.forum("g7").decided
    # one objector among the silent is enough to stop it
    assert low < 0.1
    assert high > 0.9
    told = str(forum_sections(france))
    assert "Of its 7 members only 3 have a known position: whether anything is decided there cannot be told" in told
    # France is all but certain to object in NATO: what silent allies want moves that chance less
    low, high = france.forum("nato").decided
    assert high - low < 0.3


def test_silence_of_others_is_told_where_only_the_actor_is_known(tmp_path: Path) -> None:
    union = replace(OSCE, forum="african-union", subject="operation", body="au-psc")
    folder = tmp_path / "force"
    draft = drafted("Is a force sent?", ["no force=0", "Estonia=100"], ["2024-12-01"], issue="chair")
    new_dossier(folder, "au-psc", parse_day("2024-12-01"), draft)
    (folder / "forums.csv").write_text(render_table(ForumOffer, [union]), "utf-8")
    dossier = read_dossier(folder)
    member = first_member(dossier)
    found = foedus.forum(suppose(dossier, [f"{member}.chair.position=100"]), member, draws=50)
    one = found.forum("african-union")
    assert (one.known, len(one.members), one.told) == (1, 15, False)
    assert "own position is known: whether anything is decided there cannot be told" in str(forum_sections(found))


def first_member(dossier: Dossier) -> str:
    """Return a member of the council on the day."""
    return min(seat(dossier.institutions.body("au-psc"), dossier.world, parse_day("2024-12-01")).members)


def test_each_mandate_names_a_body_that_is_described() -> None:
    for row in packaged_world().mandates:
        if row.body:
            assert packaged_institutions().body(row.body).procedure(row.procedure or None)


def test_who_has_a_seat_is_told_by_the_body_that_decides(tmp_path: Path) -> None:
    # France sat in NATO and not in its Defence Planning Committee, to which the question went in February 2003.
    folder = Path(shutil.copytree(packaged_dossiers()["turkey-defence-2003"], tmp_path / "d"))
    offers = [
        ForumOffer(
            forum=forum, issue="planning", produces="planning at once", at=100, kind="option", subject="operation",
            body=body, cost=0.05, days=10, publicity="much", source="made up",
        )
        for forum, body in (("nato", "nac"), ("nato-dpc", "nato-dpc"))
    ]  # fmt: skip
    (folder / "forums.csv").write_text(render_table(ForumOffer, offers), "utf-8")
    (folder / "world" / "mandates.csv").write_text(
        "organisation,subject,decides,basis,binding,from,until,source,locator,verified,note\n"
        "nato-dpc,operation,defence planning,by practice,no,1966-12-14,2010-06-10,own-knowledge,not looked up,no,\n",
        "utf-8",
    )
    for actor, act, stop in (("USA", "nato-dpc", None), ("FRA", "nato", "nato")):
        found = foedus.forum(read_dossier(folder), actor, "planning", "2003-02-09", "end of silence", draws=100)
        assert (found.to_act, found.to_stop) == (act, stop)
        assert found.forum("nato-dpc").inside == (actor == "USA")


def test_who_could_move_by_overlapping_seats(france: ForumChoice) -> None:
    shops = {one.actor: one.forums for one in france.shopping}
    assert shops["FRA"] == ("g7", "nato")
    assert "JPN" not in {one.actor for one in france.brokers}  # it wants the whole office
    for one in (*france.shopping, *france.brokers):
        assert all(one.actor in france.forum(name).members for name in one.forums)
    for one in france.hostage:
        assert one.actor in france.forum(one.forums[0]).blocks_alone


def test_the_sections_print_both_questions_and_the_test(france: ForumChoice) -> None:
    sections = {one.id: one for one in forum_sections(france) if one is not None}
    told = [str(block) for block in sections["judgement"].blocks]
    assert told[0].startswith("Where would France act? In the Group of Seven")
    assert told[1].startswith("Where would France block others? In the North Atlantic Treaty Organization")
    tested = france.tested
    line = str(sections["tested"].blocks[0])
    assert f"On {tested.choices} historical choices" in line
    assert f"in {tested.right}; 'the largest body in which the actor sits' in {tested.largest}; " in line
    bars = forums_chart(france, 690).data["forums"]
    gains = {row["forum"]: row["value"] for row in bars if row["what"] == "gain by acting"}
    assert gains == {one.name: one.gain.mean for one in france.forums if one.inside and one.gain is not None}
    seats = seats_chart(france, 690)
    assert seats.spec["encoding"]["y"]["field"] == "actor"  # once all dots lay in one row
    dots = seats.data["seats"]
    assert {row["forum"] for row in dots if row["actor"] == "France"} == {
        "North Atlantic Treaty Organization", "European Union", "Group of Seven", "france-japan",
    }  # fmt: skip


def test_historical_choices_are_sourced_and_scored_against_simple_rules() -> None:
    tested, world = score_choices(), packaged_world()
    assert tested.choices >= 15
    assert all(one.verified and one.url for one in tested.cases)
    assert (tested.right, tested.largest, tested.last) == (10, 5, 8)  # as the page says; nothing is fitted to them
    by_case: dict[str, list[bool]] = {}
    for one in candidates():
        assert one.actor in world.actors
        assert all(actor in world.actors for actor in one.opposed)
        by_case.setdefault(one.case, []).append(one.chosen)
    assert all(sum(chosen) == 1 and len(chosen) > 1 for chosen in by_case.values())


def test_mandates_name_their_basis() -> None:
    for one in packaged_world().mandates:
        assert one.basis
        assert one.decides


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("officer,33,", "officer,133,", "row 2, at: '133', expected a place on the scale from 0 to 100"),
        (
            "nato,office,liaison officer",
            "nato,office,liaison man",
            "expected label and place of an option: no office at 0",
        ),
        ("presence,nac,,", "presence,nax,,", "row 2, body"),
        ("\neu,office", "\neux,office", "row 5, forum: 'eux', expected the id of an organisation, or members"),
        ("FRA JPN,0.3,0.6,0.85", "FRA JPN,,,", "row 8, body: a body, or chance_low, chance_mode and chance_high"),
        ("FRA JPN,0.3,0.6,0.85", "FRA JPN,0.7,0.6,0.85", "chance: '0.7, 0.6, 0.85', expected chance_low at most"),
        ("g7,office,", "g7,offices,", "row 6, issue: 'offices', expected an issue with a scale"),
    ],
)
def test_bad_tables_get_one_clear_error(tokyo_copy: Path, old: str, new: str, says: str) -> None:
    dossier = read_dossier(spoilt(tokyo_copy, "forums.csv", old, new))
    with pytest.raises(InputError) as error:
        foedus.forum(dossier, "FRA", "office", AS_OF, draws=2)
    assert says in str(error.value)


def test_a_forum_without_the_actor_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for words, says in (
        (["--for", "FRA", "--forum", "quad"], "France is no member of Quadrilateral Security Dialogue on 2023-07-11"),
        (["--for", "FRA", "--forum", "osce"], "no forum 'osce' in forums.csv on this issue; there are nato, eu"),
        (["--for", "BRA"], "Brazil has no seat and no voice on 'office'"),
        (["--for", "Atlantis"], "Atlantis"),
    ):
        with pytest.raises(SystemExit) as status:
            main(["forum", "tokyo-office", *words, "--as-of", AS_OF, "--draws", "2"])
        assert status.value.code == 2
        assert says in capsys.readouterr().err


def test_without_a_table_it_says_what_to_fill_in(capsys: pytest.CaptureFixture[str]) -> None:
    app(args=["forum", "tokyo-office", "--for", "FRA", "--issue", "text", "--as-of", AS_OF], standalone_mode=False)
    assert "no rows for text in forums.csv" in capsys.readouterr().out


def test_what_is_marked_is_no_choice(tokyo_copy: Path) -> None:
    spoilt(
        tokyo_copy,
        "forums.csv",
        'took years","brings forces together, no office",',
        'took years","brings forces together",secret',
    )
    found = foedus.forum(read_dossier(tokyo_copy, "public"), "FRA", "office", AS_OF, draws=2)
    assert "france-japan" not in {one.forum for one in found.forums}
    with pytest.raises(FoedusError, match="no forum 'france-japan'"):
        foedus.forum(read_dossier(tokyo_copy, "public"), "FRA", "office", AS_OF, only=["france-japan"], draws=2)


def test_json_has_both_answers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copytree(packaged_dossiers()["tokyo-office"], tmp_path / "d")
    line = ["forum", str(tmp_path / "d"), "--for", "FRA", "--as-of", AS_OF, "--forum", "g7", "--draws", "20", "--json"]
    app(args=line, standalone_mode=False)
    found = json.loads(capsys.readouterr().out)
    assert (found["act"], found["stop"]) == ("g7", None)
    assert found["forums"][0]["can_decide"][0]["basis"] == "by practice, no charter"


def test_an_actor_that_has_said_nothing_is_not_told_what_it_wants_unasked(tmp_path: Path) -> None:
    """Finding: of a silent Germany it was said where it would act, as if it had spoken."""
    found = chair(tmp_path / "own", OSCE)
    assert "has said nothing" not in str(forum_sections(found))
    silent = foedus.forum(read_dossier(tmp_path / "own"), "DEU", draws=20)
    assert "Germany has said nothing on this question: it is assumed to stand at" in str(forum_sections(silent))
