"""What leaving a statement out does lies between the forecast as it is and that with its opposite, over many tables."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.base.estimates import Estimate
from foedus.base.randomness import Streams
from foedus.cases.case import Case, declared, prepare
from foedus.cases.draws import draw
from foedus.dossiers import packaged_dossiers, read_dossier
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.opposites import beyond
from foedus.evidence import KINDS, Statement
from foedus.forecasts.alterations import altered, shares_after, weighed
from foedus.forecasts.answering import answering
from foedus.forecasts.sweeps import option_shares
from foedus.issues.sitting import Floats

DRAWS = 100
HALF_A_POINT = 0.005
"""A difference of which nothing is seen in whole percentages; the learned distribution is not exactly monotone."""

ISSUES = (
    ("harbour-compact", "port", "June Council"),  # votes are counted
    ("turkey-defence-2003", "planning", "end of silence"),  # consensus
    ("uk-applications", "hague", "The Hague 1969"),  # consensus of six
    ("uk-applications", "first-talks", "ministers on 29 January 1963"),  # unanimity of six; two lesser options
    ("tokyo-office", "office", "Vilnius 2023"),  # consensus with a host that must consent
)
"""Issues with options between nothing and the proposal."""


@functools.cache
def empty(name: str, issue: str) -> Dossier:
    """Return a packaged dossier without statements and positions, and with a claim for each option."""
    dossier = read_dossier(packaged_dossiers()[name])
    about = dossier.issue(issue)
    still = about.option(about.status_quo).at
    one = dossier.concepts[0]
    claims = [
        dataclasses.replace(one, id=f"at-{option.at:g}", issue=issue, at_support=option.at, at_oppose=still)
        for option in about.options
        if option.at != still
    ]
    general = dataclasses.replace(one, id="general", issue=issue, at_support=80, at_oppose=20)
    return dataclasses.replace(dossier, statements=(), stakeholders=(), concepts=(*claims, general))


@st.composite
def tables(data: st.DrawFn) -> Case:
    """Return a table at which up to four members have said up to four things of any kind on any option."""
    name, issue, meeting = data(st.sampled_from(ISSUES))
    dossier = empty(name, issue)
    about = dossier.issue(issue)
    at = about.meeting(meeting)
    silent = prepare(dossier, about, at.on, at)
    who = data(st.permutations([member.actor for member in silent.seats]))[: data(st.sampled_from([1, 2, 4]))]
    rows = []
    for number in range(data(st.integers(1, 4))):
        day = at.on - dt.timedelta(days=data(st.sampled_from([1, 20, 100, 400])))
        rows.append(
            Statement(
                id=f"s{number}", source=next(iter(dossier.sources)), passage="p1", actor=data(st.sampled_from(who)),
                concept=data(st.sampled_from([claim.id for claim in dossier.concepts])),
                stance=data(st.sampled_from([-1, 1])), kind=data(st.sampled_from(list(KINDS))),
                venue=data(st.sampled_from(["public", "public", "private"])),
                certainty=data(st.sampled_from([0.5, 0.8, 1.0])),
                signal=data(st.sampled_from(["", "", "threat", "link", "consent"])),
                person="", office="", said_on=day, known_on=day, condition="", until=None, reporter="R", coder="C",
                status="accepted", marking="public", paraphrase="",
            )
        )  # fmt: skip
    return prepare(dataclasses.replace(dossier, statements=tuple(rows)), about, at.on, at)


def after_each(case: Case) -> list[tuple[Floats, Floats, Floats]]:
    """Return for each statement the shares as they are, without it, and with its opposite, all of the same draws."""
    model = answering(case)
    sitting = draw(case, declared(case.dossier, model), Streams(1), 0, DRAWS)
    usual = option_shares(model, sitting)
    found = []
    for statement, on in weighed(case):
        without, opposite = (
            shares_after(case, model, sitting, 1, statement, change, on) for change in ("dropped", "reversed")
        )
        found.append((usual, without, opposite))
    return found


@settings(max_examples=30)
@given(case=tables())
def test_nothing_and_the_proposal_move_no_further_without_a_statement_than_with_its_opposite(case: Case) -> None:
    for usual, without, opposite in after_each(case):
        for end in (case.agenda.status_quo, case.agenda.proposal):
            assert abs(without[end] - usual[end]) <= abs(opposite[end] - usual[end]) + HALF_A_POINT


triangles = (
    st.lists(st.integers(0, 100), min_size=3, max_size=3).map(sorted).map(lambda at: Estimate(at[0], at[1], at[2]))
)
positions = st.one_of(
    triangles,
    st.tuples(st.floats(0.1, 0.9), triangles, triangles).map(
        lambda of: Estimate.mixture([(of[0], of[1]), (1 - of[0], of[2])])
    ),
)


@given(usual=positions, without=positions, turned=positions, either_way=st.booleans())
def test_silence_lies_between_at_nearly_every_level(
    usual: Estimate, without: Estimate, turned: Estimate, either_way: bool
) -> None:
    up = without.mean >= usual.mean
    found = beyond(usual, without, turned, up=up, either_way=either_way)
    levels = (np.arange(500) + 0.5) / 500
    moved = found.quantiles(levels) - without.quantiles(levels)
    if not np.allclose(usual.quantiles(levels), without.quantiles(levels), atol=1e-8):
        assert (moved < -1e-6 if up else moved > 1e-6).mean() <= 0.012  # one level in a hundred, and its neighbours


@pytest.mark.parametrize("against", [0, 1])
@pytest.mark.parametrize("stance", [-1, 1])
def test_the_last_member_to_speak_moves_a_decision_its_own_way(stance: int, against: int) -> None:
    """Once all of six had spoken, the last yes made adoption less likely: words were compared with another middle."""
    dossier = empty("uk-applications", "hague")
    about = dossier.issue("hague")
    at = about.meeting("The Hague 1969")
    seats = [member.actor for member in prepare(dossier, about, at.on, at).seats]
    day = at.on - dt.timedelta(days=1)
    said = [
        Statement(
            id=actor, source=next(iter(dossier.sources)), passage="p1", actor=actor, concept="at-100",
            stance=stance if actor == seats[-1] else -1 if actor in seats[:against] else 1, kind="direct",
            venue="public", certainty=1.0, signal="", person="", office="", said_on=day, known_on=day, condition="",
            until=None, reporter="R", coder="C", status="accepted", marking="public", paraphrase="",
        )
        for actor in seats
    ]  # fmt: skip

    def proposal(rows: list[Statement]) -> float:
        case = prepare(dataclasses.replace(dossier, statements=tuple(rows)), about, at.on, at)
        model = answering(case)
        sitting = draw(case, declared(case.dossier, model), Streams(1), 0, 400)
        return float(option_shares(model, sitting)[case.agenda.proposal])

    before, after = proposal(said[:-1]), proposal(said)
    assert stance * (after - before) >= -1e-9
    if not against and stance > 0:
        assert after > 0.8  # all six are for it


def test_several_statements_are_turned_together() -> None:
    dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    about = dossier.issue("office")
    case = prepare(dossier, about, dt.date(2023, 7, 10), about.meeting("Vilnius 2023"))
    both = [(row, on) for row, on in weighed(case) if row.id in {"jt01", "jt02"}]
    stands = [altered(case, both, change).member("FRA").stand for change in ("dropped", "reversed")]
    assert case.member("FRA").stand.private.mean < stands[0].private.mean <= stands[1].private.mean
