"""Limited means: the published programmes, the example by hand, and what holds of every allocation."""

from __future__ import annotations

import dataclasses
import itertools
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.partnership.spoiling import spoilt

import foedus
from foedus.base.errors import FoedusError, InputError
from foedus.base.estimates import Estimate
from foedus.cli.app import app, main
from foedus.dossiers import packaged_dossiers, read_dossier
from foedus.partnership.adversary import blotto, water_filling
from foedus.partnership.allocated import Allocation
from foedus.partnership.balance import balance
from foedus.partnership.enablers import enablers
from foedus.partnership.leftover import lack_of
from foedus.partnership.placing import Group, Layout, against_an_enemy, least_regret, place
from foedus.partnership.two_stage import Scenario, TwoStage, plan, value_of
from foedus.reports.allocation import allocation_sections, flow_chart
from foedus.reports.response_ledger import ledger_section
from foedus.reports.sections import Text
from foedus.world import packaged_world

BOTH = np.array([[[8.0, 0.0], [0.0, 8.0], [8.0, 8.0]]])


def _farmer(yields: tuple[float, ...]) -> tuple[Scenario, ...]:
    """Birge and Louveaux 1.1: 500 acres of wheat, corn and beets; yields per acre 20 % above, at and below the mean."""
    found = []
    for factor in yields:
        grown = np.diag([2.5 * factor, 3.0 * factor, 20.0 * factor])
        # sold wheat, bought wheat, sold corn, bought corn, beets at 36, beets at 10
        technology = np.vstack([-grown, np.zeros((1, 3))])
        recourse = np.array(
            [[1, -1, 0, 0, 0, 0], [0, 0, 1, -1, 0, 0], [0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 1, 0]], dtype=float
        )
        p = 1 / len(yields)
        first, cost = np.array([150.0, 230, 260]), np.array([-170.0, 238, -150, 210, -36, -10])
        found.append(Scenario(p * first, p * cost, technology, recourse, np.array([-200.0, -240, 0, 6000])))
    return tuple(found)


def test_the_farmer_of_birge_and_louveaux() -> None:
    rows, limits = np.ones((1, 3)), np.array([500.0])
    problem = TwoStage(rows, limits, _farmer((1.2, 1.0, 0.8)))
    best = plan(problem)
    assert -best.value == pytest.approx(108_390, abs=0.5)
    assert best.first == pytest.approx([170, 80, 250])
    known = -sum(plan(TwoStage(rows, limits, (scenario,))).value for scenario in problem.scenarios)
    assert known == pytest.approx(115_405.56, abs=0.01)
    assert known + best.value == pytest.approx(7_015.56, abs=0.5)
    mean = plan(TwoStage(rows, limits, _farmer((1.0,))))
    assert -mean.value == pytest.approx(118_600, abs=0.5)
    assert mean.first == pytest.approx([120, 80, 300])
    planned = -sum(one.value for one in value_of(problem, mean.first))
    assert planned == pytest.approx(107_240, abs=0.5)
    assert -best.value - planned == pytest.approx(1_150, abs=0.5)


def test_a_plan_that_no_limit_allows_is_refused() -> None:
    problem = TwoStage(np.array([[-1.0], [1.0]]), np.array([-5.0, 3.0]), (
        Scenario(np.ones(1), np.ones(1), np.zeros((1, 1)), np.ones((1, 1)), np.ones(1)),
    ))  # fmt: skip
    with pytest.raises(FoedusError, match="no plan meets all limits at once"):
        plan(problem)


@pytest.mark.parametrize(
    ("shares", "late", "placed", "expected", "foresight", "more"),
    [
        ((0.15, 0.10, 0.05), 0.8, [7.5, 2.5], 0.7, 0.4, 0.17),
        ((0.10, 0.15, 0.05), 0.8, [2.5, 7.5], 0.7, 0.4, 0.17),
        ((0.15, 0.10, 0.05), 0.3, None, 0.3, 0.0, 0.05),  # any split between 10/3 and 20/3
    ],
)
def test_two_theatres_by_hand(
    shares: tuple[float, ...], late: float, placed: list[float] | None, expected: float, foresight: float, more: float
) -> None:
    found = place(Layout.of((Group((0, 1), late),), 2), np.array([[10.0]]), BOTH, np.array([shares]))
    assert found.expected[0] == pytest.approx(expected)
    assert found.expected[0] - found.foreseen[0] == pytest.approx(foresight)
    assert found.worth[0, 0] == pytest.approx(more)
    if placed:
        assert found.placed[0] == pytest.approx(placed)
    else:
        assert 10 / 3 - 1e-9 <= found.placed[0, 0] <= 20 / 3 + 1e-9


def test_water_filling_of_powell() -> None:
    level, placed = water_filling([10, 4, 1], 3)
    assert level == pytest.approx(1.411199041, abs=5e-10)
    assert placed == pytest.approx([1.958145366, 1.041854634, 0], abs=5e-10)
    with pytest.raises(FoedusError, match="above 0"):
        water_filling([1, 0], 1)


@given(st.lists(st.floats(0.1, 50), min_size=1, max_size=6), st.floats(0, 20))
def test_water_filling_spends_all_and_levels_what_it_defends(values: list[float], budget: float) -> None:
    level, placed = water_filling(values, budget)
    assert placed.sum() == pytest.approx(budget)
    left = np.array(values) * np.exp(-placed)
    assert left.max() == pytest.approx(level)
    assert left[placed > 1e-9] == pytest.approx(level)


def test_blotto_by_linear_programme() -> None:
    assert blotto(6, 4, [1, 1, 1]) == pytest.approx(1)
    assert blotto(6, 5, [1, 1]) == pytest.approx(1 / 3)
    assert blotto(5, 3, [2, 1]) == pytest.approx(31 / 21)
    assert blotto(5, 5, [1, 2, 3]) == pytest.approx(0, abs=1e-9)


def test_an_enemy_finds_both_theatres_equally_weak() -> None:
    short, placed = against_an_enemy(Layout.of((Group((0, 1), 0.8),), 2), np.array([10.0]), BOTH[0, :2])
    assert short == pytest.approx(2)
    assert placed == pytest.approx([5, 5])


@settings(max_examples=10)
@given(st.integers(0, 10_000))
def test_the_best_plan_beats_every_other_and_no_more_than_foresight(seed: int) -> None:
    rng = np.random.default_rng(seed)
    layout = Layout.of((Group((0, 1), float(rng.uniform(0, 1))), Group((1,), 0.5)), 2)
    supply, need = rng.uniform(0, 10, (1, 2)), rng.uniform(0, 10, (1, 3, 2))
    shares = rng.dirichlet(np.ones(4))[None, :3]
    best = place(layout, supply, need, shares)
    assert best.foreseen[0] <= best.expected[0] + 1e-7
    assert best.expected[0] <= best.average[0] + 1e-7
    step = np.array([[1e-4, 0.0]])
    gained = (best.expected - place(layout, supply + step, need, shares, compare=False).expected)[0] / 1e-4
    assert gained == pytest.approx(best.worth[0, 0], abs=1e-3)
    # by brute force: every tenth of the units that may go to either place, and the best late move in each scenario
    late, own, fixed = layout.groups[0].late, supply[0, 0], supply[0, 1]
    grid = [
        sum(
            p * _lacking_at(own * k / 40, own * (1 - k / 40), fixed, late, n)
            for p, n in zip(shares[0], need[0], strict=True)
        )
        for k in range(41)
    ]
    assert best.expected[0] <= min(grid) + 1e-7
    assert min(grid) <= best.expected[0] + own / 40 + 1e-7


def _lacking_at(north: float, south: float, fixed: float, late: float, need: np.ndarray) -> float:
    """Return what is lacking when only one direction is moved, which is enough where a move loses something."""
    tried = [0.0, *np.linspace(-north, south, 81)]
    found = []
    for moved in tried:  # above 0 from south to north
        there = north + moved * (1 - late) if moved > 0 else north + moved
        here = south + fixed + (-moved * (1 - late) if moved < 0 else -moved)
        found.append(max(0.0, need[0] - there) + max(0.0, need[1] - here))
    return min(found)


@pytest.fixture(scope="module")
def harbour() -> Allocation:
    return foedus.allocate(read_dossier(packaged_dossiers()["harbour-compact"]), without=["Ardonia"], draws=60)


def test_the_made_up_case_gives_the_numbers_of_the_page(harbour: Allocation) -> None:
    escort = next(one for one in harbour.kinds_found if one.kind == "escort")
    assert (escort.expected.mean, escort.one_more.mean) == (pytest.approx(0.7), pytest.approx(0.17))
    assert (escort.foresight.mean, escort.average.mean) == (pytest.approx(0.4), pytest.approx(0.0714285714))
    assert escort.suppliers == ("ARD", "COV")
    both = [one for one in harbour.shortfalls if one.kind == "escort" and len(one.comes) == 2]
    assert [one.short.mean for one in both] == pytest.approx([0.5, 5.5])
    placed = {(one.owner, one.theatre): one.number.mean for one in harbour.shares if one.kind == "escort"}
    assert placed == pytest.approx(
        {("ARD", "north"): 4.5, ("COV", "north"): 3, ("ARD", "south"): 1.5, ("COV", "south"): 1}
    )
    assert [(one.contingency, round(one.probability, 4)) for one in harbour.following] == [
        ("raid-north", 0.3333),
        ("raid-south", 0.25),
    ]


def test_least_regret_by_hand(harbour: Allocation) -> None:
    found = next(one for one in harbour.regrets if one.kind == "escort")
    assert (found.regret, found.regret_of_plan, found.worst) == (pytest.approx(2), pytest.approx(4), ("raid-south",))
    assert found.placed == {"north": pytest.approx(5), "south": pytest.approx(5)}


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_no_placing_is_regretted_less(seed: int) -> None:
    rng = np.random.default_rng(seed)
    late, supply = float(rng.uniform(0, 1)), float(rng.uniform(2, 12))
    need = rng.uniform(0, 10, (3, 2)) * (rng.random((3, 2)) < 0.7)
    layout = Layout.of((Group((0, 1), late),), 2)
    regret, placed, known = least_regret(layout, np.array([supply]), need)

    def lacking(north: np.ndarray, needed: np.ndarray) -> np.ndarray:
        """Units lacking, with each spare unit moved late where it is lacking; shape as ``north``."""
        spare = [np.maximum(north - needed[0], 0), np.maximum(supply - north - needed[1], 0)]
        short = [np.maximum(needed[0] - north, 0), np.maximum(needed[1] - supply + north, 0)]
        return np.maximum(short[0] - (1 - late) * spare[1], 0) + np.maximum(short[1] - (1 - late) * spare[0], 0)

    grid = np.linspace(0, supply, 4_001)
    every = np.array([lacking(grid, one) - lacking(grid, one).min() for one in need])
    assert regret == pytest.approx(every.max(axis=0).min(), abs=supply / 1_000)
    assert known == pytest.approx([lacking(grid, one).min() for one in need], abs=supply / 1_000)
    assert placed.sum() <= supply + 1e-9


def test_units_that_go_are_missed_and_only_where_they_stood(harbour: Allocation) -> None:
    for one in harbour.kinds_found:
        assert one.without is not None
        assert one.without.mean >= one.expected.mean - 1e-9
        assert (one.without == one.expected) == (one.kind == "tender")
    dossier = read_dossier(packaged_dossiers()["harbour-compact"])
    only = foedus.allocate(dossier, without=["ARD@north"], draws=20)
    escort = only.kinds_found[0]
    gone = next(one.without for one in harbour.kinds_found if one.kind == "escort")
    assert escort.without is not None
    assert gone is not None
    assert escort.expected.mean < escort.without.mean < gone.mean


def test_sections_hold_the_numbers_of_the_answer(harbour: Allocation) -> None:
    world = read_dossier(packaged_dossiers()["harbour-compact"]).world
    sections = {one.id: one for one in allocation_sections(harbour, world) if one is not None}
    shown = [number.value for number in sections["shortfall"].numbers() if number.unit == "units"]
    for one in harbour.shortfalls:
        assert {one.need.mean, one.short.mean} <= set(shown)
    assert "one more ready unit would lower that by 0.17" in str(sections["judgement"].blocks[0])
    chart = flow_chart(harbour, world, 690)
    assert sum(row["units"] for row in chart.data["flows"] if row["kind"] == "escort") == pytest.approx(10)


def test_without_tables_it_says_what_to_fill_in(capsys: pytest.CaptureFixture[str]) -> None:
    app(args=["allocate", "tokyo-office"], standalone_mode=False)
    told = capsys.readouterr().out
    assert "this case has no means.csv, demands.csv, contingencies.csv, so the question does not apply" in " ".join(
        told.split()
    )
    assert "theatre,contingency,kind,need_low,need_mode,need_high" in told
    app(args=["allocate", "tokyo-office", "--json"], standalone_mode=False)
    found = json.loads(capsys.readouterr().out)
    assert found["shortfall"] == []
    assert {one["owner"] for one in found["public_numbers"]} >= {"USA", "GBR", "nato"}


def test_public_numbers_name_actors_sources_and_days() -> None:
    world = packaged_world()
    for one in enablers():
        assert one.owner in world.actors
        assert one.url.startswith("https://")
        assert one.source
    assert {one.kind for one in enablers()} == {"tanker", "airlift", "maritime-patrol", "air-defence"}


def test_the_balance_ends_with_the_day_and_adds_nothing_up() -> None:
    world = packaged_world()
    found = balance(world, foedus.base.days.parse_day("2023-07-31"))
    assert max(one.on for one in found).isoformat() <= "2023-07-31"
    germany = {one.id: one for one in found if one.actor == "DEU" and one.measure == "aid-pledge"}
    assert all(one.disputed for one in germany.values())
    assert {one.id for one in found} <= {one.id for one in world.amounts}
    assert len(balance(world)) > len(found)


def _harbour(tmp_path: Path) -> Path:
    return Path(shutil.copytree(packaged_dossiers()["harbour-compact"], tmp_path / "dossier"))


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("demands.csv", "escort,8,8,8", "escort,-8,8,8", "row 2, need_low: '-8', expected a number of at least 0"),
        ("demands.csv", "escort,8,8,8", "escort,9,8,8", "row 2, need: '9, 8, 8', expected need_low at most"),
        ("demands.csv", "raid-south,escort", "raid-east,escort", "'raid-east', expected a contingency of"),
        ("means.csv", "ARD,", "ARX,", "means.csv, row 2, owner: 'ARX', expected the id of an actor of the world"),
        ("means.csv", "south,invented", "west,invented", "means.csv, row 5, theatres: 'west', expected a theatre"),
        ("means.csv", "escort,6,1,1,1", "escort,6,1,1,1.5", "row 2, ready_high: '1.5', expected a number from 0"),
        ("contingencies.csv", "0.15,0.15,0.15", "0.95,0.95,0.95", "expected probabilities that sum to 1 or less"),
        ("contingencies.csv", "raid-north,", "raid-nort,", "comes: 'raid-nort', expected a contingency of demands.csv"),
    ],
)  # fmt: skip
def test_bad_tables_get_one_clear_error(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    folder = spoilt(_harbour(tmp_path), file, old, new)
    with pytest.raises(InputError) as error:
        foedus.allocate(read_dossier(folder), draws=2)
    assert says in str(error.value)


def test_bad_options_and_what_check_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = spoilt(_harbour(tmp_path), "means.csv", "escort,6", "escort,six")
    for words, says in (
        (["check", str(folder)], "means.csv, row 2, number: 'six', expected a number of at least 0"),
        (["allocate", "harbour-compact", "--without", "GAV"], "'GAV' owns nothing in means.csv; owners are ARD, BEM"),
        (["allocate", "harbour-compact", "--without", "ARD@west"], "no theatre 'west'; theatres are north, south"),
        (["allocate", "harbour-compact", "--draws", "0"], "draws: 0, expected at least 1"),
    ):
        with pytest.raises(SystemExit) as status:
            main(words)
        assert status.value.code == 2
        assert says in capsys.readouterr().err


def test_what_is_marked_is_not_placed(tmp_path: Path) -> None:
    folder = spoilt(_harbour(tmp_path), "means.csv", "2031-05-01,,\nCOV", "2031-05-01,,secret\nCOV")
    whole, open_ = (foedus.allocate(read_dossier(folder, limit), draws=3) for limit in (None, "public"))
    assert (whole.marking, open_.marking) == ("secret", "public")
    assert {row.record.owner for row in open_.means} == {"COV", "BEM", "FEN"}
    assert open_.kinds_found[0].expected.mean > whole.kinds_found[0].expected.mean


def test_the_same_seed_gives_the_same_answer_in_any_chunk(harbour: Allocation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.partnership.placing._CHUNK", 7)
    again = foedus.allocate(read_dossier(packaged_dossiers()["harbour-compact"]), without=["ARD"], draws=60)
    for one, other in itertools.zip_longest(harbour.kinds_found, again.kinds_found):
        assert one.expected.mean == pytest.approx(other.expected.mean)
        assert one.one_more.mean == pytest.approx(other.one_more.mean)


def test_contingencies_without_a_joint_row_are_told_to_exclude_each_other(tmp_path: Path) -> None:
    """Finding: "once evacuation has come, attack has a probability of 0 %" was printed as if it were known."""
    folder = tmp_path / "own"
    shutil.copytree(packaged_dossiers()["harbour-compact"], folder)
    table = folder / "contingencies.csv"
    rows = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join(row for row in rows if not row.startswith("raid-north raid-south")), "utf-8")
    told = []
    for place_ in (packaged_dossiers()["harbour-compact"], folder):
        found = foedus.allocate(read_dossier(place_), draws=20)
        judged = allocation_sections(found, packaged_world())[0]
        assert judged is not None
        told.append(" ".join(map(str, judged.blocks)))
    warned = "No row of contingencies.csv names raid-north and raid-south together, so Foedus assumes"
    assert (warned in told[0], warned in told[1]) == (False, True)
    assert ("Once raid-north occurs" in told[0], "Once raid-north occurs" in told[1]) == (True, False)


def test_what_is_lacking_enters_the_crisis_game(harbour: Allocation) -> None:
    lack = lack_of(harbour, "south")
    both = next(one for one in harbour.shortfalls if (one.kind, one.theatre, len(one.comes)) == ("escort", "south", 2))
    assert (lack.kind, lack.comes) == ("escort", ("raid-north", "raid-south"))
    assert lack.share.mode == pytest.approx(both.short.mean / both.need.mean)
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    asked = {"issue": "office", "as_of": "2023-07-10", "draws": 100}
    found = foedus.respond(dossier, **asked, lack=lack)
    assert found.lacking is not None
    assert found.lacking.share == pytest.approx(lack.share.mode, abs=0.02)
    assert found.lacking.q95 >= found.lacking.change >= -1e-9, "fewer means never deter more"
    assert found.main == foedus.respond(dossier, **asked).main, "the act is judged as before"
    told = " ".join(str(one) for one in ledger_section(found).blocks if isinstance(one, Text))
    assert "Where raid-north and raid-south come together, 69 % of the escort needed in south is missing" in told
    nothing = foedus.respond(dossier, **asked, lack=dataclasses.replace(lack, share=Estimate(0, 0, 0))).lacking
    assert nothing is not None
    assert (nothing.change, nothing.q95, nothing.tips) == (0.0, 0.0, 0.0)
    with pytest.raises(FoedusError, match="no theatre 'west'; theatres are north, south"):
        lack_of(harbour, "west")
