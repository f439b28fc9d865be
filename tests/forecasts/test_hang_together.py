"""Answers hang together, over many dossiers of random statements: removing, reversing, adding and rewording them."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.base.randomness import Streams
from foedus.cases.case import Case, declared, prepare
from foedus.cases.draws import draw
from foedus.cases.signals import signals_of
from foedus.dossiers import Dossier, packaged_dossiers, read_dossier
from foedus.dossiers.bearing import on_option
from foedus.evidence import KINDS, Statement
from foedus.forecasts.alterations import altered, shares_after, weighed
from foedus.forecasts.answering import answering
from foedus.forecasts.sweeps import option_shares
from foedus.issues.sitting import Floats

TOKYO = read_dossier(packaged_dossiers()["tokyo-office"])
OFFICE = TOKYO.issue("office")
DAY = dt.date(2023, 7, 10)
SAID = [kind for kind in KINDS if kind != "conjecture"]
PLACED = [one for one in TOKYO.concepts if one.issue == "office" and one.at_support is not None]
DRAWS = 200

CHANCE = 0.01
"""Shares are told in whole percentages."""


def statements(kinds: list[str], concepts: list[str]) -> st.SearchStrategy[Statement]:
    """Return statements of four actors in various offices on any day of three years."""
    speakers = [("", ""), ("X Y", "President"), ("X Y", "Foreign Minister"), ("X Y", "ambassador")]
    return st.builds(
        lambda speaker, days, **fields: Statement(
            source="jt", passage="p1", person=speaker[0], office=speaker[1], said_on=DAY - dt.timedelta(days=days),
            condition="", until=None, known_on=DAY - dt.timedelta(days=days), reporter="R", coder="C",
            status="accepted", marking="public", paraphrase="", **fields,
        ),
        speaker=st.sampled_from(speakers),
        days=st.integers(1, 1_000),
        id=st.uuids().map(str),
        actor=st.sampled_from(["FRA", "DEU", "USA", "JPN"]),
        concept=st.sampled_from(concepts),
        stance=st.sampled_from([-1, 1]),
        kind=st.sampled_from(kinds),
        venue=st.sampled_from(["public", "public", "private"]),
        certainty=st.sampled_from([0.5, 0.8, 1.0]),
        signal=st.sampled_from(["", "", "threat", "link", "consent"]),
    )  # fmt: skip


ANY = statements(list(KINDS), [one.id for one in PLACED])
REFUSAL = statements(SAID, ["office"]).map(
    lambda one: dataclasses.replace(one, stance=-1, signal="" if one.signal == "consent" else one.signal)
)


def case_of(said: list[Statement]) -> Case:
    dossier: Dossier = dataclasses.replace(TOKYO, statements=tuple(said))
    return prepare(dossier, OFFICE, DAY, OFFICE.meeting("Vilnius 2023"))


def shares_of(case: Case) -> Floats:
    model = answering(case)
    return option_shares(model, draw(case, declared(case.dossier, model), Streams(1), 0, DRAWS))


@settings(max_examples=40)
@given(said=st.lists(ANY, min_size=1, max_size=5))
def test_removing_a_statement_never_moves_the_forecast_further_than_reversing_it(said: list[Statement]) -> None:
    case = case_of(said)
    model = answering(case)
    sitting = draw(case, declared(case.dossier, model), Streams(1), 0, DRAWS)
    usual = option_shares(model, sitting)
    for statement, actors in weighed(case):
        dropped, reversed_ = (
            shares_after(case, model, sitting, 1, statement, change, actors) for change in ("dropped", "reversed")
        )
        for end in (0, -1):
            by_dropping, by_reversing = (abs(found[end] - usual[end]) for found in (dropped, reversed_))
            assert by_dropping <= by_reversing + CHANCE
        for distance in (between_classes, along_the_line):
            assert distance(dropped, usual) <= distance(reversed_, usual) + CHANCE


def between_classes(one: Floats, other: Floats) -> float:
    """Return how much probability moves between nothing, any lesser option and the proposal."""
    nothing, *lesser, proposal = one - other
    return float(np.abs([nothing, sum(lesser), proposal]).sum() / 2)


def along_the_line(one: Floats, other: Floats) -> float:
    """Return how far probability moves between the options in their order, as a share of the whole line.

    Counted option by option, without their order, one pair in 400 of a wider search broke the rule by 1 to 1.5 points:
    without the refusal the neighbour of the status quo gains, with its opposite the options beyond it do.
    """
    places = np.array([one.at for one in OFFICE.options])
    return float((np.abs(np.cumsum(one - other))[:-1] * np.diff(places)).sum() / np.ptp(places))


def test_the_two_refusals_of_france_hang_together() -> None:
    case = prepare(TOKYO, OFFICE, DAY, OFFICE.meeting("Vilnius 2023"))
    model = answering(case)
    sitting = draw(case, declared(case.dossier, model), Streams(1), 0, 2_000)
    usual = option_shares(model, sitting)
    moved = {}
    for statement, actors in weighed(case):
        if statement.id in {"jt01", "jt02"}:
            dropped, reversed_ = (
                shares_after(case, model, sitting, 1, statement, change, actors)[0]
                for change in ("dropped", "reversed")
            )
            moved[statement.id] = usual[0] - dropped
            assert 0 < usual[0] - dropped <= usual[0] - reversed_
    # The refusal of the office carries more than the general remark on the alliance's area.
    assert moved["jt02"] < moved["jt01"]


@given(
    on=statements(SAID, [one.id for one in PLACED if on_option(one, OFFICE)]),
    general=statements(SAID, [one.id for one in PLACED if not on_option(one, OFFICE)]),
)
def test_word_on_the_option_weighs_no_less_than_a_general_remark(on: Statement, general: Statement) -> None:
    same = ("actor", "person", "office", "said_on", "known_on", "certainty", "venue")
    general = dataclasses.replace(general, **{name: getattr(on, name) for name in same})
    case = case_of([on, general])
    weight = {one.statement.id: one.weight for one in case.member(on.actor).stand.contributions}
    assert weight[on.id] >= weight[general.id] > 0


@settings(max_examples=40)
@given(said=st.lists(ANY, max_size=4), refusal=REFUSAL)
def test_more_opposition_never_raises_adoption(said: list[Statement], refusal: Statement) -> None:
    before, after = shares_of(case_of(said)), shares_of(case_of([*said, refusal]))
    at = np.array([option.at for option in OFFICE.options])
    assert after[-1] <= before[-1] + 1e-9
    assert after @ at <= before @ at + 1e-9


def said_by(id_: str, actor: str, concept: str, stance: int, days: int, certainty: float = 1.0) -> Statement:
    one = next(one for one in TOKYO.statements if one.id == "jt01")
    day = DAY - dt.timedelta(days=days)
    return dataclasses.replace(
        one, id=id_, actor=actor, concept=concept, stance=stance, said_on=day, known_on=day, certainty=certainty
    )


def test_a_refusal_tells_nothing_of_a_link_that_nobody_has_made() -> None:
    """Found among 4,000 cases: a second voice against told that nothing was linked, and so raised what is adopted."""
    host = said_by("a", "JPN", "office", -1, 1, certainty=0.5)
    ally = said_by("b", "USA", "office", -1, 638, certainty=0.5)
    at = np.array([option.at for option in OFFICE.options])
    assert shares_of(case_of([host, ally])) @ at <= shares_of(case_of([host])) @ at + 1e-9


def test_support_binds_nobody_to_refuse() -> None:
    """Found among 3,000 cases: who supports the office and fears a provocation was bound by the support to refuse."""
    both = [said_by("a", "FRA", "office", 1, 782), said_by("b", "FRA", "provocation", 1, 125)]
    assert not case_of(both).member("FRA").stand.committed
    assert case_of(both[:1]).member("FRA").stand.committed
    refuses = dataclasses.replace(both[0], stance=-1)
    assert case_of([refuses, both[1]]).member("FRA").stand.committed


@given(refusal=REFUSAL, kind=st.sampled_from(SAID), said=st.lists(ANY, max_size=3), data=st.data())
def test_commitment_follows_from_what_was_refused(
    refusal: Statement, kind: str, said: list[Statement], data: st.DataObject
) -> None:
    rest = [one for one in said if one.actor != refusal.actor]
    worded = dataclasses.replace(refusal, kind=kind, id="another row")
    order = data.draw(st.permutations([*rest, worded]))
    found = [case_of(rows).member(refusal.actor).stand for rows in ([*rest, refusal], order)]
    assert found[0].committed == found[1].committed == (refusal.venue == "public")
    assert found[0].salience.mode == found[1].salience.mode


@pytest.mark.parametrize("kind", SAID)
def test_a_general_remark_alone_binds_nobody_to_refuse_the_office(kind: str) -> None:
    remark = next(one for one in TOKYO.statements if one.id == "jt02")
    assert not case_of([dataclasses.replace(remark, kind=kind)]).member("FRA").stand.committed


def test_the_opposite_of_a_refused_part_says_nothing_against_the_whole() -> None:
    refusal = said_by("a", "FRA", "programme-office", -1, 10)
    case = case_of([refusal])
    stands = {
        change: altered(case, [(refusal, {"FRA"})], change).member("FRA").stand for change in ("dropped", "reversed")
    }
    assert stands["reversed"].private.mean >= stands["dropped"].private.mean > case.member("FRA").stand.private.mean


def test_a_supporter_withholds_nothing() -> None:
    link = dataclasses.replace(said_by("a", "FRA", "office", 1, 10), signal="link")
    assert signals_of(case_of([link]))["link"] < 0 < signals_of(case_of([dataclasses.replace(link, stance=-1)]))["link"]
