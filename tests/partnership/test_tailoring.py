"""Tailored programmes: published examples of portfolios, what holds of every programme, and published programmes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.partnership.spoiling import spoilt

import foedus
from foedus.base.errors import FoedusError, InputError
from foedus.base.tables import render_table
from foedus.cli.app import app, main
from foedus.dossiers import packaged_dossiers, read_dossier
from foedus.partnership import tailor
from foedus.partnership.front import front
from foedus.partnership.inputs import WORDS, Wish
from foedus.partnership.knapsack import Areas, FilledWish, Knapsack
from foedus.partnership.portfolio import acceptability, best, best_of_each, drawn_weights, efficient, feasible
from foedus.partnership.programmes import EVERYTHING, FORMER, MOST, against, areas, areas_in, baselines, published
from foedus.partnership.provoking import AnsweredBefore
from foedus.partnership.tailored import DEPTHS, Tailored
from foedus.reports.tailoring import grid_chart, programme_sections
from foedus.world import packaged_world

VALUES = np.array([[8.0, 1], [6, 4], [5, 5], [2, 7], [1, 3]])
COSTS, BUDGET = [[4, 3, 3, 3, 2]], np.array([8.0])


def _named(portfolios: np.ndarray) -> set[tuple[int, ...]]:
    return {tuple(int(k) + 1 for k in np.flatnonzero(one)) for one in portfolios}


def test_efficient_portfolios_and_the_core_index() -> None:
    found = efficient(VALUES, COSTS, BUDGET)
    totals = {tuple(one): tuple((found[k] @ VALUES).tolist()) for k, one in enumerate(map(tuple, found.tolist()))}
    assert _named(found) == {(3, 4, 5), (2, 4, 5), (2, 3, 5), (1, 3), (1, 2)}
    assert sorted(totals.values()) == [(8, 15), (9, 14), (12, 12), (13, 6), (14, 5)]
    assert found.mean(axis=0).tolist() == [0.4, 0.6, 0.6, 0.4, 0.6]


def test_weights_find_three_of_five_and_break_where_they_must() -> None:
    share = (np.arange(20_000) + 0.5) / 20_000
    every = feasible(COSTS, BUDGET)
    picked = every[(every @ VALUES @ np.array([share, 1 - share])).argmax(axis=0)]
    some = np.column_stack([share, 1 - share])[::2_500] @ VALUES.T
    assert best_of_each(some, COSTS, BUDGET).tolist() == picked[::2_500].tolist()
    assert _named(picked) == {(3, 4, 5), (2, 3, 5), (1, 2)}
    assert picked.mean(axis=0) == pytest.approx([2 / 9, 4 / 7, 7 / 9, 3 / 7, 7 / 9], abs=2e-3)
    for w, expected in ((3 / 7, {(3, 4, 5), (2, 3, 5)}), (7 / 9, {(2, 3, 5), (1, 2)})):
        sides = [best(VALUES @ [w + step, 1 - w - step], COSTS, BUDGET) for step in (-1e-6, 1e-6)]
        assert _named(np.array(sides)) == expected


def test_acceptability_of_three_alternatives_and_of_three_criteria() -> None:
    levels = np.random.default_rng(4).random((40_000, 3))
    two = drawn_weights(levels[:, :2])
    shares, central = acceptability([[1, 0], [0, 1], [0.6, 0.6]], two)
    assert shares == pytest.approx([0.4, 0.4, 0.2], abs=0.01)  # four standard errors of a share of 40,000 draws
    assert central.round(1).tolist() == [[0.8, 0.2], [0.2, 0.8], [0.5, 0.5]]
    shares, _ = acceptability([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0.5, 0.5]], drawn_weights(levels))
    assert shares == pytest.approx([0.25] * 4, abs=0.01)


@pytest.mark.parametrize(
    ("n", "centroid"),
    [
        (3, [0.6111, 0.2778, 0.1111]),
        (4, [0.5208, 0.2708, 0.1458, 0.0625]),
        (5, [0.4567, 0.2567, 0.1567, 0.09, 0.04]),
    ],
)
def test_ordered_weights_average_to_the_rank_order_centroid(n: int, centroid: list[float]) -> None:
    weights = drawn_weights(np.random.default_rng(n).random((60_000, n)), tuple(range(n)))
    assert weights.mean(axis=0) == pytest.approx(centroid, abs=0.003)
    assert (np.diff(weights, axis=1) <= 0).all()


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_whole_numbers_are_as_good_as_enumeration(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 9))
    worths, costs = rng.normal(0.5, 1, (3, n)), rng.integers(1, 5, (1, n)).astype(float)
    later = np.zeros((1, n))
    later[0, 0], later[0, 1] = 1.0, -1.0  # the first needs the second
    rows, limits = np.vstack([costs, later]), np.array([float(rng.integers(1, 12)), 0.0])
    every = feasible(rows, limits)
    for worth, chosen in zip(worths, best_of_each(worths, rows, limits), strict=True):
        assert (rows @ chosen <= limits + 1e-9).all()
        assert worth @ chosen == pytest.approx((every @ worth).max())
        assert worth @ chosen == pytest.approx(worth @ best(worth, rows, limits))


def test_what_cannot_be_kept_is_refused() -> None:
    with pytest.raises(FoedusError, match="no portfolio holds what is needed"):
        best(np.ones(2), [[3.0, 3.0]], np.array([5.0]), needed=(0, 1))
    with pytest.raises(FoedusError, match="at most 20"):
        feasible(np.ones((1, 21)), np.ones(1))


@pytest.fixture(scope="module")
def japan() -> Tailored:
    return foedus.tailor(read_dossier(packaged_dossiers()["tokyo-office"]), ["Japan"], draws=60)


def test_a_programme_keeps_to_its_bandwidth_its_law_and_what_goes_before(japan: Tailored) -> None:
    by = {one.area: one for one in japan.found}
    assert by["cyber"].status == "core"
    assert sum(one.cost * sum(one.deep) for one in japan.found) <= japan.budgets["JPN"] + 1e-9
    for one in japan.found:
        deepest = DEPTHS.index(one.deepest)
        assert list(one.deep) == sorted(one.deep, reverse=True)
        assert all(share == 0 for share in one.deep[deepest + 1 :])
        assert one.status == ("core" if one.share > 0.95 else "outside" if one.share < 0.05 else "open")
    assert by["exercises"].limit == "collective-self-defence: under conditions"
    assert by["exercises"].deepest == "join exercises"
    assert by["exercises"].share <= by["interoperability"].share


def test_law_that_bars_an_act_stops_at_exchange() -> None:
    found = foedus.tailor(read_dossier(packaged_dossiers()["tokyo-office"]), ["NZL"], draws=5)
    maritime = next(one for one in found.found if one.area == "maritime")
    assert (maritime.limit, maritime.deepest) == ("nuclear-ships: no", "exchange")


def test_more_bandwidth_never_takes_a_step_away_overall(japan: Tailored) -> None:
    assert japan.bought
    assert all(one.after > one.before for one in japan.bought)
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    sizes = []
    for budget in (6, 12, 24):
        found = foedus.tailor(dossier, ["JPN"], budget=budget, draws=20).found
        sizes.append(sum(sum(one.deep) for one in found))
    assert sizes == sorted(sizes)


def test_partners_together_share_what_the_alliance_can_tend() -> None:
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    found = foedus.tailor(dossier, budget=20, draws=10)
    assert found.partners == ("JPN", "KOR", "AUS", "NZL")
    assert sum(one.cost * sum(one.deep) for one in found.found) <= 20 + 1e-9
    for partner, own in found.budgets.items():
        assert sum(one.cost * sum(one.deep) for one in found.found if one.partner == partner) <= own + 1e-9


def test_a_word_that_tips_an_area_does_so_when_it_is_written(tokyo_copy: Path) -> None:
    dossier = read_dossier(tokyo_copy)
    found = foedus.tailor(dossier, ["KOR"], draws=30)
    flip = next(one for one in found.flips if one.becomes == "out")
    path = tokyo_copy / "programme.csv"
    path.write_text(render_table(Wish, _moved(found, flip.area, flip.score, flip.end)), "utf-8")
    after = foedus.tailor(read_dossier(tokyo_copy), ["KOR"], draws=30)
    before, now = (next(a.share for a in one.found if a.area == flip.area) for one in (found, after))
    assert now < before


def _moved(found: Tailored, area: str, score: str, word: str) -> list[Wish]:
    rows = [row.record for row in found.rows]
    return [dataclasses.replace(r, **{score: word}) if (r.partner, r.area) == ("KOR", area) else r for r in rows]


def test_an_area_that_an_ally_blocks_is_out(tokyo_copy: Path) -> None:
    path = tokyo_copy / "programme.csv"
    found = foedus.tailor(read_dossier(tokyo_copy), ["JPN"], draws=20)
    rows = [
        dataclasses.replace(r, acceptable=0.0) if (r.partner, r.area) == ("JPN", "cyber") else r
        for r in (row.record for row in found.rows)
    ]
    path.write_text(render_table(Wish, rows), "utf-8")
    blocked = foedus.tailor(read_dossier(tokyo_copy), ["JPN"], draws=20)
    assert next(one.share for one in blocked.found if one.area == "cyber") == 0
    shared = foedus.tailor(read_dossier(packaged_dossiers()["tokyo-office"]), ["JPN"], acceptability="office", draws=20)
    assert all(0 < one.acceptable < 1 for one in shared.found)
    assert "from the forecast of 'office'" in shared.acceptability


def test_another_s_answer_on_sensitivity_replaces_the_word() -> None:
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    asked: list[tuple[str, str]] = []

    def respond(partner: str, area: str) -> str:
        asked.append((partner, area))
        return "much" if area == "cyber" else ""

    found = foedus.tailor(dossier, ["JPN"], draws=5, sensitivity=respond)
    assert next(one.sensitivity for one in found.found if one.area == "cyber") == "much"
    assert ("JPN", "cyber") in asked
    with pytest.raises(FoedusError, match="'loud', expected one of none, little, some, much"):
        foedus.tailor(dossier, ["JPN"], draws=5, sensitivity=lambda partner, area: "loud")


def test_thirty_areas_for_four_partners_share_one_bandwidth(tokyo_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    menu = {f"area-{k}": areas()["cyber"] for k in range(30)}
    for module in ("tailoring", "knapsack"):
        monkeypatch.setattr(f"foedus.partnership.{module}.areas", lambda: menu)
    rng = np.random.default_rng(3)
    rows = [
        Wish(partner=p, area=a, basis="made up", cost=float(rng.integers(1, 3)),
             **{w: WORDS[rng.integers(4)] for w in ("need", "interest", "alliance_interest", "sensitivity")})
        for p in ("JPN", "KOR", "AUS", "NZL")
        for a in menu
    ]  # fmt: skip
    (tokyo_copy / "programme.csv").write_text(render_table(Wish, rows), "utf-8")
    found = foedus.tailor(read_dossier(tokyo_copy), budget=90, draws=10)
    assert len(found.found) == 120
    assert sum(one.cost * sum(one.deep) for one in found.found) <= 90 + 1e-9


def test_korea_s_programme_is_complete_and_every_partner_has_a_source() -> None:
    assert len(areas_in("KOR", "ITPP")) == published()["KOR"].stated == 11
    world = packaged_world()
    assert len(published()) >= 8
    for partner, one in published().items():
        assert partner in world.actors
        told = areas_in(partner, one.current)
        assert told
        assert not one.complete or len(told) == one.stated
        goals = [goal for goal in world.goals if (goal.actor, goal.instrument) == (partner, one.current)]
        assert all(goal.source in world.sources for goal in goals)


def test_simple_rules_do_not_look_at_the_partner_that_they_foresee() -> None:
    record = published()
    for partner in record:
        rules = baselines(partner)
        assert rules[EVERYTHING] == set(areas())
        others = [areas_in(other, one.current) for other, one in record.items() if other != partner]
        assert all(2 * sum(area in one for one in others) >= len(others) for area in rules[MOST])
        assert (FORMER in rules) == bool(record[partner].former)
    found = against("KOR", {"cyber", "space"})
    assert found is not None
    ours = next(score for score in found.scores if score.rule == "this programme")
    assert (ours.precision, ours.recall, ours.jaccard) == (0.5, pytest.approx(1 / 11), pytest.approx(1 / 12))
    assert against("FRA") is None


def test_sections_say_what_is_core_and_what_so_few_can_show(japan: Tailored) -> None:
    world = packaged_world()
    sections = {one.id: one for one in programme_sections(japan, world) if one is not None}
    core = "; ".join(one.name for one in japan.found if one.status == "core")
    assert str(sections["judgement"].blocks[0]) == f"Japan: core areas under any weights: {core}."
    assert "validates nothing" in str(sections["against"].blocks[-1])
    shown = [number.value for number in sections["areas"].numbers()]
    assert shown == [one.share for one in japan.found]
    chart = grid_chart(japan, world, 690)
    assert {row["share"] for row in chart.data["grid"] if row["area"] == "cyber defence"} == set(
        next(one.deep for one in japan.found if one.area == "cyber")
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("JPN,cyber,", "JPN,cyver,", "area: 'cyver', expected an area on the menu; did you mean 'cyber'?"),
        ("JPN,cyber,much", "JPN,cyber,lots", "need: 'lots', expected one of none, little, some, much"),
        ("JPN,cyber,", "JAP,cyber,", "partner: 'JAP', expected the id of an actor of the world"),
        ("collective-self-defence", "collective-defence", "limit: 'collective-defence', expected an act whose limits"),
        (",interoperability,law", ",exercises,law", "requires: 'exercises', expected other areas of the same partner"),
        ("JPN,space,", "JPN,cyber,", "'JPN, cyber', expected partner and area once"),
        ("JPN,all,,,,,,,24", "JPN,all,,,,,,,-24", "cost: '-24', expected a number above 0"),
    ],
)
def test_bad_tables_get_one_clear_error(tokyo_copy: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(InputError) as error:
        foedus.tailor(read_dossier(spoilt(tokyo_copy, "programme.csv", old, new)), ["JPN"], draws=2)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--partner", "JPN", "--budget", "0.5"], "--budget: 0.5 buys nothing; the cheapest step costs 1"),
        (["--budget", "0.5"], "--budget: 0.5 buys nothing; the cheapest step costs 1"),
        (
            ["--partner", "JPN", "--budget", "2", "--keep"],
            "--keep: the former programme of JPN takes 5 for talk alone; its bandwidth is 2",
        ),
        (["--partner", "FRA"], "'FRA' has no row in programme.csv; partners are JPN, KOR, AUS, NZL"),
        (["--priority", "speed"], "--priority: 'speed', expected one of need, interest, alliance, restraint"),
    ],
)
def test_bad_wishes_get_one_clear_error(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as status:
        main(["tailor", "tokyo-office", *words, "--draws", "3"])
    assert status.value.code == 2
    assert says in capsys.readouterr().err


def test_without_a_table_it_says_what_to_fill_in(capsys: pytest.CaptureFixture[str]) -> None:
    app(args=["tailor", "harbour-compact"], standalone_mode=False)
    told = capsys.readouterr().out
    assert "this case has no programme.csv, so the question does not apply to it" in " ".join(told.split())
    assert "partner,area,need,interest" in told
    app(args=["tailor", "harbour-compact", "--json"], standalone_mode=False)
    assert json.loads(capsys.readouterr().out)["to_fill_in"] == ["programme.csv"]


def test_the_front_holds_what_no_programme_beats(japan: Tailored) -> None:
    """Oracle: every portfolio of a small table, by enumeration."""
    words = ("much", "some", "little", "none", "some")
    entries = tuple(
        FilledWish(
            Wish(partner="JPN", area=area, basis="a test", cost=float(1 + k % 3)),
            {"need": words[k], "interest": words[-k], "alliance_interest": "some", "sensitivity": words[(k + 2) % 5]},
            (), False, 2, "", 1.0,
        )
        for k, area in enumerate(("cyber", "space", "maritime", "wps", "climate"))
    )  # fmt: skip
    table, budget = Areas("JPN", entries), 7.0
    rows, bounds = Knapsack([table], {"JPN": 99.0}, None, False).rows()
    gains, exposures = table.ends()
    costs = np.array([entries[k].wish.cost for k, _ in table.columns])
    every = feasible(rows, bounds)
    for one in front(table, budget, False, levels=5):
        taken, within = (costs, 99.0) if one.against == "bandwidth" else (exposures / exposures.sum(), budget)
        reachable = every[every @ costs <= within + 1e-9]
        mine = one.bandwidth if one.against == "bandwidth" else one.exposure
        as_little = reachable[reachable @ taken <= mine + 1e-9]
        assert one.worth == pytest.approx((as_little @ gains).max() / gains.sum())
    assert {one.against for one in japan.front} == {"bandwidth", "exposure"}
    for end in ("bandwidth", "exposure"):
        found = [(getattr(one, end), one.worth) for one in japan.front if one.against == end]
        assert found == sorted(found)
    assert all(one.bandwidth <= japan.budgets["JPN"] for one in japan.front if one.against == "exposure")


def test_what_provokes_may_come_from_what_a_rival_answered() -> None:
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    china = AnsweredBefore(dossier.world, "CHN", dt.date(2023, 7, 10))
    found = tailor(dossier, ["JPN"], "2023-07-10", draws=20, sensitivity=china)
    words = {one.area: one.sensitivity for one in found.found}
    assert (words["cyber"], words["exercises"]) == ("little", "some")
    assert "exercise some (of 8 acts 0 unanswered, 2 answered by more than words)" in found.sensitivity
    assert found.sensitivity in " ".join(str(one) for one in programme_sections(found, dossier.world)[0].blocks)  # type: ignore[union-attr]
    with pytest.raises(FoedusError, match="no answers of France on record; of CHN"):
        AnsweredBefore(dossier.world, "FRA", dt.date(2023, 7, 10))("JPN", "cyber")
