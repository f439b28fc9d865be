"""What the record must never say: a test for each way in which it would be laughed at."""

from __future__ import annotations

import ast
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta
from tests.strategy.made_up import made_up_act

import foedus.strategy.record
from foedus.base.answers import recorded
from foedus.base.errors import FoedusError
from foedus.institutions.obligations import Attack
from foedus.strategy.record import (
    KINDS,
    answer_of_record,
    by_time,
    exact_upper_bound,
    kaplan_meier,
    read_record,
    wanted,
    who_helps,
)
from foedus.strategy.record.lags import lags, lengths, quantiles
from foedus.strategy.record.posterior import never_seen
from foedus.strategy.record.support import Pull
from foedus.world import Act, Answer, Search, World, packaged_world

VILNIUS = dt.date(2023, 7, 10)
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def world() -> World:
    return packaged_world()


def act(number: int, **changes: Any) -> Act:
    day = dt.date(2020, 1, 1) + dt.timedelta(days=40 * number)
    return made_up_act(**{"id": f"a{number}", "start": day, "known_on": day, **changes})


def answer(to: Act, kind: str, attribution: str = "stated", after: int = 1, **changes: Any) -> Answer:
    day = to.start + dt.timedelta(days=after)
    base = Answer(
        act=to.id,
        actor="CHN",
        kind=kind,
        on=day.isoformat(),
        known_on=day,
        attribution=attribution,
        measure="an answer",
        source="nato-99655",
        verified=True,
    )
    return replace(base, **changes)


def none_found(to: Act) -> Search:
    return Search(act=to.id, actor="CHN", by="a test", on=TODAY, where="nowhere")


def made(world: World, acts: list[Act], answers: list[Answer], searches: list[Search]) -> World:
    return replace(
        world,
        memberships=(),
        acts={one.id: one for one in acts},
        answers=tuple(answers),
        searches=tuple(searches),
        support=(),
    )


# No percentage for a kind never seen in the class.


@pytest.mark.parametrize("coincident", [False, True])
@pytest.mark.parametrize("rival", ["CHN", "RUS"])
def test_a_kind_never_seen_has_a_bound_and_no_percentage(world: World, rival: str, coincident: bool) -> None:
    for group in ("alliance-institutional", "alliance-material", "taiwan", "accession"):
        found = answer_of_record(world, rival, group, TODAY, coincident)
        for share in found.shares:
            assert (share.share is None) == (found.counts[share.kind] == 0)
            if share.share is None:
                assert share.bound == pytest.approx(1 - 0.05 ** (1 / found.acts) if found.acts else 1.0)
                assert share.low is None
                assert share.words.startswith((f"0 of {found.acts} known by 2026-11-22: below", "no comparable"))
        told = recorded(found)["answer"]
        assert all(one["probability"] is None for one in told if not found.counts[one["kind"]])


def test_the_bound_is_named_with_its_case() -> None:
    words = never_seen(19, exact_upper_bound(0, 19), "Vilnius")
    assert words == "0 of 19 known by Vilnius: below 14.6 % with 95 % confidence"


def test_force_was_never_seen_after_an_act_of_an_alliance_in_asia(world: World) -> None:
    found = answer_of_record(world, "CHN", "office", TODAY)
    assert found.counts["force"] == found.counts["economic"] == found.counts["military"] == 0
    assert found.posterior["force"] == 0.0
    assert found.draw(np.random.default_rng(1), 50)[:, KINDS.index("force")].max() == 0.0


# No rate from lists of punishments.


def test_lists_of_punishments_are_no_source_of_rates(world: World) -> None:
    sources = " ".join(
        f"{one.id} {one.title} {one.publisher} {one.url}".casefold()
        for one in (world.sources[row.source] for row in (*world.acts.values(), *world.answers, *world.support))
    )
    assert "merics" not in sources
    assert "australian strategic policy" not in sources
    assert "aspi.org" not in sources


def test_rates_are_made_of_nothing_but_acts() -> None:
    # posterior.py may see cases of the record, numbers and how they are worded, and no table, file or list beside them
    source = (Path(foedus.strategy.record.__file__).parent / "posterior.py").read_text("utf-8")
    imported = {
        getattr(node, "module", None) or alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported == {
        *("__future__", "collections.abc", "dataclasses", "numpy", "numpy.typing", "scipy.special"),
        *("foedus.base.wording", "foedus.strategy.record.acts"),
    }


def test_an_answer_without_its_act_counts_nowhere(world: World) -> None:
    alone = made(world, [act(1)], [answer(act(2), "economic")], [none_found(act(1))])
    assert answer_of_record(alone, "CHN", "office", TODAY).counts == dict.fromkeys(KINDS, 0) | {"none": 1}


# Coincident drills apart.


def test_coincident_answers_are_counted_apart(world: World) -> None:
    acts = [act(number) for number in range(4)]
    answers = [answer(one, "words") for one in acts] + [answer(acts[0], "military", "coincident")]
    small = made(world, acts, answers, [])
    assert answer_of_record(small, "CHN", "office", TODAY).counts["military"] == 0
    assert answer_of_record(small, "CHN", "office", TODAY, coincident=True).counts["military"] == 1


def test_an_act_with_a_coincident_answer_alone_needs_a_search_to_count_as_unanswered(world: World) -> None:
    only = act(1)
    drill = [answer(only, "military", "coincident")]
    assert read_record(made(world, [only], drill, []), "CHN", TODAY).unsearched == (only,)
    (case,) = read_record(made(world, [only], drill, [none_found(only)]), "CHN", TODAY).cases
    assert case.kind == "none"


# Hindsight cut by known_on.


def test_nothing_counts_before_it_was_known(world: World) -> None:
    record = read_record(world, "CHN", VILNIUS)
    assert record.cases
    assert all(case.act.known_on <= VILNIUS for case in record.cases)
    assert all(one.known_on <= VILNIUS for case in record.cases for one in case.answers)
    assert "takaichi-2025" not in {case.act.id for case in record.cases}
    assert "thaad-2016" in {case.act.id for case in record.cases}


def test_an_answer_that_was_not_yet_known_is_cut(world: World) -> None:
    # THAAD was decided in July 2016; the first coercion came 237 days after
    (early,) = (c for c in read_record(world, "CHN", dt.date(2016, 12, 31)).cases if c.act.id == "thaad-2016")
    (later,) = (c for c in read_record(world, "CHN", dt.date(2017, 4, 1)).cases if c.act.id == "thaad-2016")
    assert (early.kind, later.kind) == ("diplomatic", "economic")


def test_a_day_before_the_coding_is_called_a_reconstruction(world: World) -> None:
    assert answer_of_record(world, "CHN", "office", VILNIUS).reconstruction
    assert not answer_of_record(world, "CHN", "office", "2026-12-01").reconstruction


# Unsearched and none found are different.


def test_nobody_looked_is_not_none_found(world: World) -> None:
    searched, unsearched, answered = act(1), act(2), act(3)
    small = made(world, [searched, unsearched, answered], [answer(answered, "words")], [none_found(searched)])
    found = answer_of_record(small, "CHN", "office", TODAY)
    assert (found.acts, found.counts["none"], found.unsearched) == (2, 1, ("a2",))


def test_a_young_act_is_not_yet_unanswered(world: World) -> None:
    young = act(1)
    small = made(world, [young], [], [none_found(young)])
    assert answer_of_record(small, "CHN", "office", young.start + dt.timedelta(days=5)).recent == ("a1",)
    assert answer_of_record(small, "CHN", "office", young.start + dt.timedelta(days=30)).counts["none"] == 1


def test_what_missed_answers_would_change_is_told(world: World) -> None:
    found = answer_of_record(world, "CHN", "office", TODAY)
    first, half, last = found.missed
    assert first.none == pytest.approx(found.share("none").share)
    assert last.none < half.none < first.none
    assert all(one.none + one.diplomatic == pytest.approx(first.none + first.diplomatic) for one in found.missed)


# No country carries a type, and no word of cause.


def test_the_record_names_no_type_and_no_cause() -> None:
    for path in Path(foedus.strategy.record.__file__).parent.iterdir():
        if path.suffix in {".py", ".yaml"}:
            words = path.read_text("utf-8").casefold()
            assert not any(word in words for word in ("greedy", "revisionist", "aggressor", "causes ", "caused"))


# The posterior is what it says.


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 8), min_size=4, max_size=4).filter(lambda counts: sum(counts) > 0))
def test_shares_are_dirichlet_marginals(counts: list[int]) -> None:
    acts = [act(number) for number in range(sum(counts))]
    kinds = [
        kind for kind, number in zip(("", "words", "economic", "military"), counts, strict=True) for _ in range(number)
    ]
    answers = [answer(one, kind) for one, kind in zip(acts, kinds, strict=True) if kind]
    searches = [none_found(one) for one, kind in zip(acts, kinds, strict=True) if not kind]
    found = answer_of_record(made(packaged_world(), acts, answers, searches), "CHN", "office", TODAY)
    total = sum(counts)
    for number, share in zip(counts, found.shares, strict=False):
        pooled = (number + 0.25) / (total + 1)
        alpha, weight = number + 2 * pooled, total + 2
        assert found.posterior[share.kind] == pytest.approx(alpha)
        if number:
            assert share.share == pytest.approx(alpha / weight)
            assert share.low == pytest.approx(beta.ppf(0.05, alpha, weight - alpha))
            assert share.high == pytest.approx(beta.ppf(0.95, alpha, weight - alpha))
    assert sum(found.posterior.values()) == pytest.approx(total + 2)


@given(st.permutations(range(6)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    acts = [act(number) for number in range(6)]
    answers = [answer(one, ("words", "economic")[number % 2]) for number, one in enumerate(acts)]
    plain = answer_of_record(made(packaged_world(), acts, answers, []), "CHN", "office", TODAY)
    mixed = made(packaged_world(), [acts[i] for i in order], [answers[i] for i in reversed(order)], [])
    assert answer_of_record(mixed, "CHN", "office", TODAY) == plain


# Lags and lengths.


def test_kaplan_and_meier_by_hand() -> None:
    # at risk 5, 4, 2: 1 - 1/5 = .8; then .8 * (1 - 1/4) = .6; then .6 * (1 - 1/2) = .3
    found = kaplan_meier([(1, True), (2, True), (3, False), (4, True), (5, False)])
    assert [(day, round(left, 12)) for day, left in found] == [(1, 0.8), (2, 0.6), (4, 0.3)]
    assert quantiles([(3, True)] * 9 + [(400, False)]).median == 3


@pytest.mark.parametrize(
    ("act_id", "kind", "days"), [("thaad-2016", "economic", 237), ("lithuania-2021", "diplomatic", 21)]
)
def test_lags_that_are_known(world: World, act_id: str, kind: str, days: int) -> None:
    # 8 July 2016 to 2 March 2017; 20 July 2021 to 10 August 2021
    to = world.acts[act_id]
    first = min(one.day for one in world.answers if one.act == act_id and one.kind == kind and one.day)
    assert (first - to.start).days == days


def test_norway_waited_2264_days(world: World) -> None:
    (freeze,) = (one for one in world.answers if one.act == "nobel-2010" and one.kind == "diplomatic")
    assert freeze.days_in_force == (2264, True)


def test_a_measure_that_goes_on_is_censored(world: World) -> None:
    first = act(1)
    held = answer(first, "economic", end="2020-12-31")
    case = read_record(made(world, [first], [held], []), "CHN", dt.date(2020, 6, 1)).cases
    assert (lengths(case, dt.date(2020, 6, 1)).ended, lengths(case, dt.date(2021, 6, 1)).ended) == (0, 1)


def test_an_unanswered_act_still_waits(world: World) -> None:
    record = read_record(world, "CHN", TODAY)
    cases = [case for case in record.cases if case.group == "alliance-institutional"]
    found = lags(cases, TODAY, record.horizon)
    assert found.open == sum(case.kind == "none" for case in cases)
    assert found.ended + found.open <= len(cases)


# What is asked about.


def test_words_for_what_is_comparable(world: World) -> None:
    assert wanted(world.acts["nato-tokyo-plan-2023"]).group == "alliance-institutional"
    assert wanted("accession").group == wanted("accession/alliance").group == "accession"
    assert wanted("transit") == wanted("transit/taiwan")
    assert wanted("enforcement") == wanted("enforcement/territory")
    with pytest.raises(FoedusError, match=r"no comparable acts are known for 'offices'; did you mean 'office'\?"):
        wanted("offices")


def test_the_nearest_acts_to_an_office_are_offices(world: World) -> None:
    found = answer_of_record(world, "CHN", "office", VILNIUS).nearest
    assert len(found) == 10
    assert found[0].act == "nato-tokyo-plan-2023"
    kinds = [one.act_class for one in found]
    assert kinds == sorted(kinds, key=lambda kind: kind != "office")


def test_by_time_foretells_later_acts_from_earlier_ones(world: World) -> None:
    cases = read_record(world, "CHN", TODAY).cases
    found = by_time(cases, dt.date(2019, 12, 31))
    assert found.acts == sum(case.act.start.year >= 2020 for case in cases)


# Who helps.


def test_shares_that_foretell_later_acts_no_better_than_all_acts_are_those_of_all_acts(world: World) -> None:
    """Russia: 1.15 against 1.04 on the 13 acts since 2020.

    By hand: 30 of 40 acts, and 30.25 of 41 for two acts more.
    """
    russia = answer_of_record(world, "RUS", "accession", TODAY)
    assert (russia.basis, russia.tested_by_time.acts) == ("all acts", 13)
    assert russia.tested_by_time.of("shrunk").log_loss > russia.tested_by_time.of("pool").log_loss
    words = russia.share("diplomatic")
    assert (words.seen, words.of) == (9, 11)
    assert words.share == pytest.approx((30 + 2 * 30.25 / 41) / 42)
    # a kind that was never seen after a comparable act still has no percentage
    assert russia.share("economic").share is None
    china = answer_of_record(world, "CHN", "office", TODAY)
    assert china.basis == "comparable acts"
    # too few later acts decide nothing
    assert answer_of_record(world, "RUS", "accession", "2021-06-01").basis == "comparable acts"


def test_no_ally_fought_for_ukraine_and_many_sent_arms(world: World) -> None:
    rows = [one for one in world.support if one.contingency == "ukraine-2022"]
    assert [one.given for one in rows if one.kind == "fighting"].count(True) == 0
    assert [one.given for one in rows if one.kind == "arming"].count(True) >= 20


def test_a_list_of_those_that_gave_tells_no_rate(world: World) -> None:
    """Only givers of money are on record, so that no share of paying can be had from them."""
    assert all(row.given for row in world.support if row.kind == "paying")
    (fra,) = who_helps(world, Attack(place="Japan", by="PRK", on=VILNIUS), ("FRA",), VILNIUS)
    paying = {one.share.kind: one.share for one in fra.likely}["paying"]
    assert (paying.share, paying.bound) == (None, None)
    assert paying.words == "4 gave; who did not was not looked up"


def test_allies_are_compared_with_allies(world: World) -> None:
    ind, phl = who_helps(world, Attack(place="Japan", by="PRK", on=VILNIUS), ("IND", "PHL"), VILNIUS)
    arming = [{one.share.kind: one.share for one in helper.likely}["arming"] for helper in (ind, phl)]
    assert arming[0].share is None
    assert arming[0].bound == pytest.approx(1 - 0.05 ** (1 / arming[0].of))
    assert arming[1].share is not None
    assert "of other allies" in arming[1].words


def test_the_pull_of_washington_is_declared_and_moves_allies_alone(world: World) -> None:
    attack = Attack(place="Japan", by="PRK", on=VILNIUS)
    usa, tur, hun = who_helps(world, attack, ("USA", "TUR", "HUN"), VILNIUS, pull=Pull(0.2, 0.4))
    arming = {one.share.kind: one for one in hun.likely}["arming"]
    assert arming.share.share is not None
    assert arming.pulled_low == pytest.approx(arming.share.share + 0.2 * (1 - arming.share.share))
    assert all(one.pulled_low is None for one in usa.likely)
    assert usa.owes
    assert not tur.owes
    plain = who_helps(world, attack, ("HUN",), VILNIUS)[0]
    assert all(one.pulled_high is None for one in plain.likely)
    with pytest.raises(FoedusError, match="expected 0 to 1, in order"):
        Pull(0.5, 0.2)
