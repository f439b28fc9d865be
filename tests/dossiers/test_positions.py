"""From statements to positions: the rule in the docstring of `foedus.dossiers.positions`, worked out by hand.

On the packaged issue *office* the scale runs from 0 to 100, the prior is the triangle 30, 70, 100, its weight w0 0.1.
A statement halves in weight every 365 days, spreads 0.1 of the scale (10) to either side, counts 0.8 (candour) for the
private position when it is public, and 0.1 (group) for silent members when it is about members at large. Directness is
1 for direct words, 0.5 for a narrated stance, 0.03 for a conjecture.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.estimates import Estimate
from foedus.dossiers import (
    Dossier,
    EvidenceRule,
    Range,
    Stakeholder,
    Stand,
    packaged_dossiers,
    read_dossier,
    redacted,
    stand_of,
)
from foedus.dossiers.estimating import estimate_from
from foedus.dossiers.settings import ConditionSettings
from foedus.dossiers.stands import BY_HAND, FROM_PRIOR, FROM_STATEMENTS, PRIOR_AND_GROUP, WEAK, Contribution
from foedus.dossiers.weighing import said_aloud
from foedus.evidence import Source, Statement

TODAY = dt.date(2023, 7, 10)
PRIOR = Estimate(30, 70, 100)

Told = Callable[..., Stand]


def said(id_: str = "s1", **changes: object) -> Statement:
    """A private, direct, fresh statement by France against the office (0 on the scale): weight 1."""
    plain = {"actor": "FRA", "concept": "office", "stance": -1, "kind": "direct", "venue": "private", "said_on": TODAY}
    return Statement(**{"id": id_, "source": "paper", "passage": "p1", **plain, **changes})  # type: ignore[arg-type]


@functools.cache
def packaged() -> Dossier:
    return read_dossier(packaged_dossiers()["tokyo-office"])


def dossier_of(*statements: Statement, rows: tuple[Stakeholder, ...] = (), reliability: float = 1.0) -> Dossier:
    """The packaged dossier with these statements alone, from one source known today."""
    paper = Source(id="paper", title="A paper", outlet="A press", known=TODAY, reliability=reliability)
    return dataclasses.replace(packaged(), statements=statements, sources={"paper": paper}, stakeholders=rows)


def stand(
    *statements: Statement,
    actor: str = "FRA",
    as_of: dt.date = TODAY,
    seated: bool = True,
    rows: tuple[Stakeholder, ...] = (),
    reliability: float = 1.0,
) -> Stand:
    dossier = dossier_of(*statements, rows=rows, reliability=reliability)
    return stand_of(dossier, dossier.issue("office"), actor, as_of, seated=seated)


def triangle(estimate: Estimate | None) -> tuple[float, float, float]:
    assert estimate is not None
    return estimate.low, estimate.mode, estimate.high


def near(low: float, mode: float, high: float) -> object:
    return pytest.approx((low, mode, high), abs=1e-9)  # a handful of operations on numbers up to 100


def test_the_numbers_that_this_file_is_worked_out_for() -> None:
    rule, prior = packaged().evidence_rule, packaged().prior("office")
    assert rule == EvidenceRule(
        prior_weight=0.1,
        half_life_days=365,
        spread=0.1,
        candour=0.8,
        group=0.1,
        directness={"direct": 1, "mixed": 1, "indirect": 0.8, "act": 1, "narrated": 0.5, "conjecture": 0.03},
        office={"leader": 1, "minister": 0.9, "official": 0.7, "other": 0.4, "none": 1},
    )
    assert (prior.position.low, prior.position.mode, prior.position.high) == (30, 70, 100)


def test_silence_is_the_prior() -> None:
    silent = stand()
    assert silent.private == PRIOR
    assert silent.public is None
    assert silent.basis == FROM_PRIOR
    assert silent.contributions == ()
    assert not silent.committed


def test_one_statement() -> None:
    # W = 1: share 1 / 1.1 = 10/11 for the evidence 0, 0, 10 and 1/11 for the prior 30, 70, 100.
    one = stand(said())
    assert triangle(one.private) == near(30 / 11, 70 / 11, (100 + 10 * 10) / 11)
    assert one.private.rests_on == ("s1",)
    assert one.basis == FROM_STATEMENTS
    assert [(c.statement.id, c.target, c.weight) for c in one.contributions] == [("s1", 0, 1)]


def test_certainty_and_reliability_are_factors() -> None:
    # W = 1 x 0.5 x 0.4 = 0.2: share 0.2 / 0.3 = 2/3.
    one = stand(said(certainty=0.5), reliability=0.4)
    assert triangle(one.private) == near(30 / 3, 70 / 3, (100 + 2 * 10) / 3)


def test_two_that_agree_weigh_twice() -> None:
    # W = 2: share 2 / 2.1 = 20/21; same target, so no deviation.
    both = stand(said("s1"), said("s2"))
    assert triangle(both.private) == near(30 / 21, 70 / 21, (100 + 20 * 10) / 21)
    assert both.private.rests_on == ("s1", "s2")


def parts(estimate: Estimate | None) -> list[tuple[float, float, float, float]]:
    assert estimate is not None
    return [(part.share, part.low, part.mode, part.high) for part in estimate.parts]


def test_two_that_conflict_are_not_averaged() -> None:
    # Targets 0 and 100 at weight 1 each: two camps of half the weight, 0, 0, 10 and 90, 100, 100; each 10/11.
    both = stand(said("s1"), said("s2", stance=1))
    against, in_favour = parts(both.private)
    assert against == pytest.approx((0.5, 30 / 11, 70 / 11, (100 + 10 * 10) / 11), abs=1e-9)
    assert in_favour == pytest.approx((0.5, (30 + 10 * 90) / 11, (70 + 10 * 100) / 11, 100), abs=1e-9)
    assert both.private.rests_on == ("s1", "s2")
    assert [(camp.at, camp.share, camp.statements) for camp in both.camps] == [(0, 0.5, ("s1",)), (100, 0.5, ("s2",))]
    # nobody said a place in the middle: hardly a draw falls there
    drawn = both.private.quantiles(np.linspace(0, 1, 2001))
    assert not ((drawn > 19) & (drawn < 84)).any()


def test_two_that_conflict_at_different_weights() -> None:
    # Weights 1 at 100 and 0.5 at 0: camps of 2/3 and 1/3, with shares 10/11 and 5/6 of their own.
    both = stand(said("s1", kind="narrated"), said("s2", stance=1))
    against, in_favour = parts(both.private)
    assert against == pytest.approx((1 / 3, 30 / 6, 70 / 6, (100 + 5 * 10) / 6), abs=1e-9)
    assert in_favour == pytest.approx((2 / 3, (30 + 10 * 90) / 11, (70 + 10 * 100) / 11, 100), abs=1e-9)
    assert both.private.mode == in_favour[2]  # that of the heavier camp
    assert [camp.at for camp in both.camps] == [100, 0]
    assert [c.statement.id for c in both.contributions] == ["s2", "s1"]  # the heaviest first


def test_what_points_the_same_way_counts_at_the_farthest_option() -> None:
    # For the office (100) and, at half the weight, for a role in Asia (80): both at 100, W = 1.5, share 15/16.
    both = stand(said("s1", stance=1), said("s2", stance=1, concept="asia-role"))
    assert both.private.parts == ()
    assert triangle(both.private) == near((30 + 15 * 90) / 16, (70 + 15 * 100) / 16, 100)
    # For the office and for one tied to the programmes (67): whoever wants the whole also accepts a part.
    assert [camp.at for camp in stand(said(stance=1), said("s2", stance=1, concept="programme-office")).camps] == [100]


def test_a_no_to_the_whole_and_a_yes_to_a_part_are_one_position() -> None:
    # It prefers 67 to nothing, so stands above 33.5, and nothing to 100, so below 50: in the middle, 41.75.
    no, yes = said(), said("s2", stance=1, concept="programme-office")
    one = stand(no, yes)
    assert [camp.at for camp in one.camps] == [41.75]
    assert [c.target for c in one.contributions] == [41.75, 41.75]  # each row says what the position rests on
    # A yes and a no to the same option conflict, whatever else is said.
    assert [camp.at for camp in stand(no, yes, said("s3", stance=1)).camps] == [100, 0]
    # A guess about the part leaves the refusal of the whole as it is.
    assert [
        c.target for c in stand(no, said("s2", stance=1, concept="programme-office", kind="conjecture")).contributions
    ] == [0, 67]


def test_who_wants_the_whole_and_refuses_a_part_does_not_want_nothing() -> None:
    # The refusal moves nothing: W = 1 at 100, share 10/11 for the evidence 90, 100, 100.
    one = stand(said("s1", stance=1), said("s2", concept="programme-office"))
    assert triangle(one.private) == near((30 + 10 * 90) / 11, (70 + 10 * 100) / 11, 100)
    assert {c.target for c in one.contributions} == {100}


def test_a_refusal_of_a_part_alone_tells_no_side() -> None:
    # W = 1, half at 0 and half at 100: each camp has share 0.5 / 0.6 = 5/6 of its own against the prior 30, 70, 100.
    one = stand(said(concept="programme-office"))
    less, more = parts(one.private)
    assert less == pytest.approx((0.5, 30 / 6, 70 / 6, (100 + 5 * 10) / 6), abs=1e-9)
    assert more == pytest.approx((0.5, (30 + 5 * 90) / 6, (70 + 5 * 100) / 6, 100), abs=1e-9)
    assert one.unclear == (67,)
    assert not one.committed
    # What it says besides tells the side: a refusal of the whole, a general remark, a yes to the whole.
    # The general remark for a role in Asia points to 80 at half the weight, and the refusal to 100.
    for other, at in (({}, 0), ({"concept": "asia-role"}, 0), ({"concept": "asia-role", "stance": 1}, 280 / 3)):
        told = stand(said("s1", concept="programme-office"), said("s2", **other))
        assert told.unclear == ()
        assert max(told.camps, key=lambda camp: camp.share).at == pytest.approx(at)
    # A guess does not.
    assert stand(said("s1", concept="programme-office"), said("s2", kind="conjecture")).unclear == (67,)


def test_a_place_set_by_hand_at_an_option_leaves_refused_what_was_refused() -> None:
    # For 67 and against 100: above 33.5 it prefers 67 to nothing, below 50 nothing to 100.
    row = by_hand(position_mode=67.0)
    assert stand(said(), rows=row).private.mode == 41.75
    assert stand(rows=row).private.mode == 67
    assert stand(said(), rows=by_hand(position_mode=60.0)).private.mode == 60  # at no option: as it is set
    assert stand(said(), said("s2", stance=1), rows=row).private.mode == 67  # it has said both of the whole


@given(places=st.sets(st.integers(1, 100), min_size=2, max_size=6), data=st.data())
def test_what_is_for_and_against_is_a_place_that_prefers_so(places: set[int], data: st.DataObject) -> None:
    from foedus.dossiers.yes_and_no import place_between

    *_, last = ordered = sorted(places)
    wanted = data.draw(st.sampled_from(ordered[:-1] or [last]))
    refused = [one for one in ordered if one > wanted]
    at = place_between(wanted, refused, data.draw(st.floats(0, 30)))
    assert abs(at - wanted) <= at + 1e-9  # it would rather have the option that it is for than nothing
    assert all(at <= abs(at - one) + 1e-9 for one in refused)  # and nothing rather than one that it refuses


def test_general_remarks_that_agree_make_each_other_no_milder() -> None:
    # Against closer ties with China (80) and against closer bonds with Japan (20) conflict; that it provokes (0) and
    # that Japan should not be bound (20) agree, and count where the firmer of them stands: m = 0, reach 10; W = 1.
    def general(concept: str, stance: int, id_: str) -> Statement:
        return said(id_, concept=concept, stance=stance)

    assert len(stand(general("china-ties", -1, "s1"), general("closer-japan", -1, "s2")).camps) == 2
    both = stand(general("provocation", 1, "s1"), general("closer-japan", -1, "s2"))
    assert triangle(both.private) == near(30 / 11, 70 / 11, (100 + 10 * 10) / 11)
    assert len(both.camps) == 1


def test_a_statement_on_no_option_counts_for_half() -> None:
    assert [c.weight for c in stand(said(concept="asia-role")).contributions] == [0.5]
    assert [c.weight for c in stand(said()).contributions] == [1]


@pytest.mark.parametrize(
    ("person", "office", "rank", "weight"),
    [
        ("", "", "none", 1),
        ("Emmanuel Macron", "", "leader", 1),  # the world knows him
        ("Emmanuel Macron", "adviser to somebody", "leader", 1),
        ("A. B.", "Prime Minister", "leader", 1),
        ("A. B.", "Minister for Foreign Affairs", "minister", 0.9),
        ("A. B.", "Secretary of State", "minister", 0.9),
        ("A. B.", "Deputy Prime Minister", "official", 0.7),
        ("A. B.", "spokesman of the Foreign Ministry", "official", 0.7),
        ("A. B.", "Assistant Secretary General", "official", 0.7),
        ("A. B.", "", "official", 0.7),
        ("A. B.", "former President", "other", 0.4),
        ("", "officials, unnamed", "other", 0.4),
        ("", "a diplomat", "other", 0.4),
    ],
)
def test_the_office_of_the_speaker_is_a_factor(person: str, office: str, rank: str, weight: float) -> None:
    one = stand(said(person=person, office=office))
    assert one.contributions[0].rank == rank
    assert one.contributions[0].weight == pytest.approx(weight, abs=1e-12)
    share = weight / (0.1 + weight)
    assert one.private.mode == pytest.approx((1 - share) * 70)


def test_who_no_longer_holds_an_office_has_its_rank_no_more() -> None:
    then = said(person="Boris Johnson", actor="GBR", said_on=dt.date(2022, 1, 10))
    assert stand(then, actor="GBR").contributions[0].rank == "leader"
    now = said(person="Boris Johnson", actor="GBR")
    assert stand(now, actor="GBR").contributions[0].rank == "official"


IF_TALKS = said("s2", stance=1, condition="if the talks succeed")


def declared(*statements: Statement, **probabilities: float) -> Stand:
    """France, with the probability of each conditional statement's condition."""
    dossier = dossier_of(*statements)
    conditions = [
        ConditionSettings(statements=id_.split("_"), probability=p, note="x") for id_, p in probabilities.items()
    ]
    settings = dossier.settings.model_copy(update={"conditions": conditions})
    dossier = dataclasses.replace(dossier, settings=settings)
    return stand_of(dossier, dossier.issue("office"), "FRA", TODAY, seated=True)


def test_a_condition_is_a_branch_that_moves_nothing_by_itself() -> None:
    held = stand(said("s1"), IF_TALKS)
    assert triangle(held.private) == triangle(stand(said("s1")).private)
    assert len(held.camps) == 1
    [branch] = held.branches
    assert (branch.condition, branch.statements, branch.probability) == ("if the talks succeed", ("s2",), None)
    assert branch.estimate == stand(said("s1"), said("s2", stance=1)).private
    # without anything else said, the branch is a fresh direct statement for the office: 90, 100, 100 at share 10/11
    assert triangle(stand(IF_TALKS).branches[0].estimate) == near((30 + 900) / 11, (70 + 1000) / 11, 100)


def test_a_declared_probability_mixes_the_branches() -> None:
    # 0.7: the prior, 30, 70, 100; 0.3: 90, 100, 100 at share 10/11.
    mixed = declared(IF_TALKS, s2=0.3)
    without, held = parts(mixed.private)
    assert without == pytest.approx((0.7, 30, 70, 100))
    assert held == pytest.approx((0.3, 930 / 11, 1070 / 11, 100))
    assert mixed.basis == FROM_STATEMENTS
    assert mixed.branches[0].probability == 0.3
    assert triangle(declared(IF_TALKS, s2=1.0).private) == near(930 / 11, 1070 / 11, 100)
    never = declared(IF_TALKS, s2=0.0)
    assert triangle(never.private) == (30, 70, 100)
    assert never.basis == FROM_PRIOR


def test_statements_under_one_condition_hold_together_and_conditions_apart() -> None:
    also = dataclasses.replace(IF_TALKS, id="s3")
    together = declared(IF_TALKS, also, s2_s3=0.5)
    assert [part.share for part in together.private.parts] == [0.5, 0.5]  # neither, both
    assert together.private.parts[1].mode == pytest.approx((70 + 20 * 100) / 21)
    apart = declared(IF_TALKS, also, s2=0.5, s3=0.5)
    assert sorted(part.share for part in apart.private.parts) == [0.25] * 4


@pytest.mark.parametrize(("days", "weight"), [(0, 1.0), (365, 0.5), (730, 0.25), (1095, 0.125)])
def test_a_statement_decays_by_its_half_life(days: int, weight: float) -> None:
    old = stand(said(said_on=TODAY - dt.timedelta(days=days)))
    share = weight / (0.1 + weight)
    assert old.contributions[0].weight == pytest.approx(weight, rel=1e-12)
    assert triangle(old.private) == near((1 - share) * 30, (1 - share) * 70, (1 - share) * 100 + share * 10)


def test_what_no_longer_holds_is_left_out() -> None:
    past = said(said_on=TODAY - dt.timedelta(days=30), until=TODAY)
    assert stand(past).private == PRIOR
    assert stand(past, said("s2")).private.rests_on == ("s2",)
    assert stand(said(until=TODAY + dt.timedelta(days=1))).private != PRIOR


def test_a_public_statement_counts_less_for_the_private_position() -> None:
    # Private: W = candour 0.8, share 0.8 / 0.9 = 8/9. Public: W = 1, share 10/11.
    aloud = stand(said(venue="public"))
    assert triangle(aloud.private) == near(30 / 9, 70 / 9, (100 + 8 * 10) / 9)
    assert triangle(aloud.public) == near(30 / 11, 70 / 11, 200 / 11)
    assert aloud.committed


def test_a_private_statement_does_not_inform_the_public_position() -> None:
    assert stand(said()).public is None
    assert not stand(said()).committed
    # Publicly for (weight 1), privately against (weight 1): in public only the first is heard: 100, share 10/11.
    both = stand(said("s1", stance=1, venue="public"), said("s2"))
    assert triangle(both.public) == near((30 + 10 * 90) / 11, (70 + 10 * 100) / 11, 100)
    # In private they weigh 0.8 and 1 and conflict: camps of 10/18 at 0 and 8/18 at 100, with shares 10/11 and 8/9.
    against, in_favour = parts(both.private)
    assert against[::2] == pytest.approx((10 / 18, 70 / 11))
    assert in_favour[::2] == pytest.approx((8 / 18, (70 + 8 * 100) / 9))


def test_a_conjecture_weighs_little() -> None:
    # W = 0.03: share 3/13.
    guess = stand(said(kind="conjecture"))
    assert triangle(guess.private) == near(10 * 30 / 13, 10 * 70 / 13, (10 * 100 + 3 * 10) / 13)
    assert guess.basis == WEAK
    assert not stand(said(kind="conjecture", venue="public")).committed


@pytest.mark.parametrize("changes", [{"stance": 0}, {"condition": "only for the programmes"}])
def test_neutral_and_conditional_statements_are_listed_and_move_nothing(changes: dict[str, object]) -> None:
    listed = stand(said(**changes))
    assert triangle(listed.private) == (30, 70, 100)
    assert listed.public is None
    assert listed.basis == FROM_PRIOR
    assert [(c.statement.id, c.target) for c in listed.contributions] == [("s1", None)]
    assert triangle(stand(said("s1", **changes), said("s2")).private) == triangle(stand(said("s2")).private)


@pytest.mark.parametrize("status", ["candidate", "rejected"])
def test_only_accepted_statements_count(status: str) -> None:
    assert stand(said(status=status)) == stand()


def test_a_statement_on_something_else_does_not_count() -> None:
    assert stand(said(concept="japan-member")) == stand()


def test_who_has_spoken_cares_more() -> None:
    prior = packaged().prior("office")
    assert triangle(stand().salience) == (prior.salience.low, prior.salience.mode, prior.salience.high)
    spoke = prior.salience_spoke
    assert triangle(stand(said()).salience) == (spoke.low, spoke.mode, spoke.high)
    assert triangle(stand(said(kind="narrated")).salience) == (spoke.low, spoke.mode, spoke.high)
    assert triangle(stand(said(kind="conjecture")).salience) == triangle(stand().salience)


GROUP = said("g1", actor="nato-members", venue="public", stance=1)


def test_silent_members_take_in_what_is_said_of_members_at_large() -> None:
    # W = group 0.1 x candour 0.8 = 0.08 at 100 (90, 100, 100 on the scale): share 8/18 = 4/9.
    silent = stand(GROUP, actor="POL")
    assert triangle(silent.private) == near((5 * 30 + 4 * 90) / 9, (5 * 70 + 4 * 100) / 9, 100)
    assert silent.basis == PRIOR_AND_GROUP
    assert not silent.committed


def test_a_guess_about_members_at_large_moves_nobody() -> None:
    guess = said("g1", actor="nato-members", venue="public", stance=1, kind="conjecture")
    assert stand(guess, actor="POL").basis == FROM_PRIOR
    assert stand(guess, actor="POL").private == PRIOR


def test_members_that_spoke_and_actors_without_a_seat_do_not() -> None:
    assert stand(GROUP, said()).private == stand(said()).private
    assert stand(GROUP, actor="JPN", seated=False).private == PRIOR


def test_what_members_at_large_say_in_private_is_not_heard_aloud() -> None:
    assert stand(dataclasses.replace(GROUP, venue="private"), actor="POL").public is None


def by_hand(**cells: object) -> tuple[Stakeholder, ...]:
    return (Stakeholder(**{"actor": "FRA", "issue": "office", **cells}),)  # type: ignore[arg-type]


def test_a_position_by_hand_wins() -> None:
    set_ = stand(said(), rows=by_hand(position_low=40.0, position_mode=50.0, position_high=55.0, note="my reading"))
    assert triangle(set_.private) == (40, 50, 55)
    assert set_.private.rests_on == ()
    assert set_.basis == BY_HAND
    assert set_.note == "my reading"


def test_a_mode_alone_is_exact() -> None:
    assert stand(rows=by_hand(position_mode=50.0)).private == Estimate.exact(50)


def test_a_blank_position_falls_back_on_statements() -> None:
    half = stand(said(), rows=by_hand(salience_mode=0.9, capability_low=1.0, capability_mode=2.0))
    assert half.private == stand(said()).private
    assert half.basis == FROM_STATEMENTS
    assert half.salience == Estimate.exact(0.9)
    assert half.capability == Estimate(1, 2, 2)
    assert stand(rows=by_hand(note="nothing known")).private == PRIOR


def test_a_row_for_another_issue_is_another_matter() -> None:
    assert stand(rows=(Stakeholder(actor="FRA", issue="text", position_mode=1.0),)).private == PRIOR
    assert stand(rows=(Stakeholder(actor="DEU", issue="office", position_mode=1.0),)).private == PRIOR


def test_a_public_row_leaves_the_private_position_alone() -> None:
    aloud = stand(said(), rows=by_hand(venue="public", position_mode=100.0))
    assert aloud.private == stand(said()).private
    assert aloud.public == Estimate.exact(100)
    assert aloud.committed


@pytest.mark.parametrize(
    ("word", "shares"),
    [
        ("opposed", (0, 5, 25)),
        ("reluctant", (10, 30, 50)),
        ("open", (35, 55, 80)),
        ("supportive", (60, 80, 100)),
        ("champion", (85, 100, 100)),
    ],
)
def test_words_are_places_on_the_way_to_the_proposal(word: str, shares: tuple[float, ...]) -> None:
    dossier = dossier_of(rows=by_hand(words=word))
    issue = dossier.issue("office")
    assert triangle(stand_of(dossier, issue, "FRA", TODAY, seated=True).private) == near(*shares)
    # Turned round, the proposal lies at 0 and the status quo at 100.
    turned = dataclasses.replace(issue, status_quo=issue.proposal, proposal=issue.status_quo)
    low, mode, high = shares
    assert triangle(stand_of(dossier, turned, "FRA", TODAY, seated=True).private) == near(
        100 - high, 100 - mode, 100 - low
    )


@pytest.mark.parametrize(
    ("mode", "side"),
    [(20.0, "above"), (80.0, "below"), (50.0, "above")],  # on the line itself: away from the status quo at 0
)
def test_a_red_line_bars_what_lies_beyond_it(mode: float, side: str) -> None:
    held = stand(rows=by_hand(position_mode=mode, red_line=50.0))
    assert (held.red_line, held.red_side) == (50, side)


def test_a_red_line_on_its_holder_with_the_status_quo_above() -> None:
    dossier = dossier_of(rows=by_hand(position_mode=50.0, red_line=50.0))
    issue = dossier.issue("office")
    turned = dataclasses.replace(issue, status_quo=issue.proposal, proposal=issue.status_quo)
    assert stand_of(dossier, turned, "FRA", TODAY, seated=True).red_side == "below"
    assert stand().red_side == ""


# Two clocks: said, and known.


def test_a_statement_is_used_from_the_day_it_is_known() -> None:
    early = said(said_on=TODAY - dt.timedelta(days=365))  # known today, with its source
    assert stand(early, as_of=TODAY - dt.timedelta(days=1)) == stand(as_of=TODAY)
    # and then at the age that it has: half a statement
    assert stand(early).contributions[0].weight == pytest.approx(0.5)


def test_a_statement_may_have_been_known_before_its_source_appeared() -> None:
    early = said(said_on=TODAY - dt.timedelta(days=40), known_on=TODAY - dt.timedelta(days=30))
    assert stand(early, as_of=TODAY - dt.timedelta(days=30)).private != PRIOR
    assert stand(early, as_of=TODAY - dt.timedelta(days=31)).private == PRIOR


def test_a_row_by_hand_has_its_day_too() -> None:
    rows = by_hand(position_mode=5.0, known_on=TODAY)
    assert stand(rows=rows).private == Estimate.exact(5)
    assert stand(rows=rows, as_of=TODAY - dt.timedelta(days=1)).private == PRIOR


@pytest.mark.parametrize("as_of", ["2022-07-01", "2023-07-10", "2023-07-28", "2024-01-01", "2024-07-10"])
@pytest.mark.parametrize("issue", ["office", "text"])
def test_what_became_known_later_never_changes_an_earlier_answer(issue: str, as_of: str) -> None:
    day, dossier = dt.date.fromisoformat(as_of), packaged()
    known = [s for s in dossier.statements if (s.known_on or dossier.sources[s.source].known) <= day]
    earlier = dataclasses.replace(dossier, statements=tuple(known))
    for actor in ("FRA", "USA", "DEU", "POL", "SWE", "JPN", "CHN", "nato"):
        assert stand_of(dossier, dossier.issue(issue), actor, day, seated=True) == stand_of(
            earlier, earlier.issue(issue), actor, day, seated=True
        )


@given(
    stance=st.sampled_from([-1, 0, 1]),
    kind=st.sampled_from(["direct", "act", "narrated", "conjecture"]),
    venue=st.sampled_from(["public", "private"]),
    age=st.integers(0, 2000),
    later=st.integers(1, 2000),
)
def test_no_leak(stance: int, kind: str, venue: str, age: int, later: int) -> None:
    hidden = said(
        "s2",
        stance=stance,
        kind=kind,
        venue=venue,
        said_on=TODAY - dt.timedelta(days=age),
        known_on=TODAY + dt.timedelta(days=later),
    )
    assert stand(said(), hidden) == stand(said())


_KINDS = st.sampled_from(["direct", "mixed", "indirect", "act", "narrated", "conjecture"])
_SAID = st.builds(
    said,
    stance=st.sampled_from([-1, 0, 1]),
    kind=_KINDS,
    venue=st.sampled_from(["public", "private"]),
    certainty=st.floats(0, 1),
    concept=st.sampled_from(["office", "programme-office", "asia-role", "provocation"]),
    said_on=st.integers(0, 40_000).map(lambda days: TODAY - dt.timedelta(days=days)),
)


@given(st.lists(_SAID, max_size=5))
def test_a_position_stays_on_the_scale(statements: list[Statement]) -> None:
    numbered = [dataclasses.replace(one, id=f"s{n}") for n, one in enumerate(statements)]
    held = stand(*numbered)
    for estimate in (held.private, held.public):
        if estimate is not None:
            assert 0 <= estimate.low <= estimate.mode <= estimate.high <= 100
    assert stand(*reversed(numbered)).contributions == held.contributions


@pytest.mark.parametrize("rule", [EvidenceRule(), EvidenceRule(spread=0)])
@given(weights=st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_agreement_at_the_end_of_the_scale_is_that_end(rule: EvidenceRule, weights: list[float]) -> None:
    """A weighted mean of equal targets may round past them; no estimate may."""
    evidence = [Contribution(said(), 100.0, weight) for weight in weights]
    at_the_end = Range(low=100, mode=100, high=100)
    found = estimate_from(evidence, at_the_end, rule, packaged().issue("office"))
    assert (found.mode, found.high) == pytest.approx((100, 100), abs=1e-9)
    assert found.high <= 100


# The packaged dossier.


def without(dossier: Dossier, *actors: str) -> Dossier:
    return dataclasses.replace(dossier, statements=tuple(s for s in dossier.statements if s.actor not in actors))


def test_france_is_opposed_on_the_eve_of_vilnius(tokyo: Dossier) -> None:
    # jt01: narrated, public, 20 days old, against the office: target 0, weight 0.5 x 0.8 d, with d = 0.5 ** (20/365).
    # jt02: indirect, public, 20 days old, against a role in Asia, on no option: target 0, weight 0.8 x 0.8 d / 2.
    france = stand_of(tokyo, tokyo.issue("office"), "FRA", TODAY, seated=True)
    total = (0.5 + 0.8 / 2) * 0.8 * 0.5 ** (20 / 365)
    share = total / (0.1 + total)
    assert triangle(france.private) == near((1 - share) * 30, (1 - share) * 70, (1 - share) * 100 + share * 10)
    assert set(france.private.rests_on) == {"jt01", "jt02"}


def test_without_statements_france_returns_to_exactly_the_stated_prior(tokyo: Dossier) -> None:
    alone = without(tokyo, "FRA")
    assert stand_of(alone, alone.issue("office"), "FRA", TODAY, seated=True).private == PRIOR  # nothing else was known
    bare = without(tokyo, "FRA", "nato-members")
    for as_of in (TODAY, dt.date(2024, 7, 10)):
        france = stand_of(bare, bare.issue("office"), "FRA", as_of, seated=True)
        assert france.private == PRIOR
        assert france.public is None
        assert france.basis == FROM_PRIOR


def test_without_its_own_statements_france_is_one_silent_member_among_others(tokyo: Dossier) -> None:
    bare = without(tokyo, "FRA")
    france, poland = (
        stand_of(bare, bare.issue("office"), a, dt.date(2024, 7, 10), seated=True) for a in ("FRA", "POL")
    )
    assert dataclasses.replace(france, actor="POL") == poland
    assert france.basis == PRIOR_AND_GROUP


def test_marked_statements_are_left_out_below_their_marking(tokyo: Dossier) -> None:
    secret = [dataclasses.replace(s, marking="secret") if s.actor == "FRA" else s for s in tokyo.statements]
    marked = dataclasses.replace(tokyo, statements=tuple(secret))
    office = marked.issue("office")
    bare = stand_of(without(tokyo, "FRA"), office, "FRA", TODAY, seated=True)
    assert stand_of(redacted(marked, "public"), office, "FRA", TODAY, seated=True) == bare
    assert stand_of(redacted(marked, "confidential"), office, "FRA", TODAY, seated=True) == bare
    assert stand_of(redacted(marked, "secret"), office, "FRA", TODAY, seated=True).basis == FROM_STATEMENTS


def test_a_marked_source_marks_its_statements(tokyo: Dossier) -> None:
    sources = {**tokyo.sources, "jt": dataclasses.replace(tokyo.sources["jt"], marking="internal")}
    marked = dataclasses.replace(tokyo, sources=sources)
    assert {s.source for s in redacted(marked, "public").statements_on("office", TODAY)} & {"jt"} == set()
    assert {s.source for s in redacted(marked, "internal").statements_on("office", TODAY)} >= {"jt"}


def test_voices(tokyo: Dossier) -> None:
    # who is asked for consent, then who is declared, then who is entered by hand; everybody once
    assert tokyo.voices("office") == ("JPN", "CHN", "KOR", "AUS", "NZL", "PRK", "SWE", "nato")
    rows = (Stakeholder(actor="IND", issue="office"), Stakeholder(actor="CHN", issue="office"))
    assert dataclasses.replace(tokyo, stakeholders=rows).voices("office")[-1] == "IND"
    assert dataclasses.replace(tokyo, stakeholders=rows).voices("text") == tokyo.voices("text")


def test_two_clocks_on_the_packaged_statements(tokyo: Dossier) -> None:
    by_id = {s.id: s for s in tokyo.statements}
    assert tokyo.known_on(by_id["jt11"]) == dt.date(2022, 6, 29)  # its own day
    assert tokyo.known_on(by_id["jt01"]) == dt.date(2023, 6, 20)  # its source's
    assert [s.id for s in tokyo.statements_on("office", dt.date(2022, 6, 30))] == ["jt11"]
    assert all(s.source in {"jt", "vif"} for s in tokyo.statements_on("office", TODAY))


@given(
    st.lists(st.tuples(st.sampled_from((-1, 1)), st.sampled_from(("indirect", "narrated", "direct"))), max_size=4),
    st.lists(st.tuples(st.sampled_from((-1, 1)), st.sampled_from(("restricted", "secret"))), max_size=3),
)
def test_what_is_marked_moves_what_an_actor_wants_and_not_what_it_says(
    aloud: list[tuple[int, str]], marked: list[tuple[int, str]]
) -> None:
    public = [said(f"p{n}", stance=stance, kind=kind, venue="public") for n, (stance, kind) in enumerate(aloud)]
    told = [said(f"m{n}", stance=stance, venue="public", marking=m) for n, (stance, m) in enumerate(marked)]
    one, without = stand(*public, *told), stand(*public)
    assert (one.public, one.committed) == (without.public, without.committed)


def test_a_telegram_that_a_part_would_do_leaves_the_public_refusal() -> None:
    # the part at 67 and the whole at 100: who is for the one and refuses the other stands between 33.5 and 50, at 41.75
    refusal = said("no", venue="public", kind="direct")
    willing = said("yes", concept="programme-office", stance=1, venue="public", kind="indirect", marking="restricted")
    both = stand(refusal, willing)
    assert {c.target for c in both.contributions} == {41.75}
    assert both.public == stand(refusal).public
    assert both.committed


def test_an_act_is_known_to_the_others_whoever_reports_it() -> None:
    act = said(kind="act", venue="public", marking="internal")
    assert stand(act).public is not None
    assert stand(act).committed


@pytest.mark.parametrize(
    ("title", "words", "aloud"),
    [
        ("Straits Times", "Singapore now backs Scotland", True),
        ("Euronews, Meloni calls it premature", "signing would be premature", True),
        ("Telegram 44 from Yangon", "will not accept it", False),
        ("T9", "has turned", False),
        ("Démarche of 3 May", "asks for delay", False),
        ("Note verbale 12", "asks for delay", False),
        ("Reuters", "Paris told us that it will not", False),
    ],
)
def test_what_is_entered_by_hand_is_aloud_unless_its_words_say_that_it_was_told_to_us(
    tokyo: Dossier, title: str, words: str, aloud: bool
) -> None:
    statement = dataclasses.replace(said("m", venue="public", marking="internal"), paraphrase=words, source="jt")
    source = dataclasses.replace(tokyo.sources[statement.source], title=title, outlet="own note", marking="internal")
    dossier = dataclasses.replace(tokyo, sources={**tokyo.sources, statement.source: source})
    assert said_aloud(dossier, statement) is aloud
    assert said_aloud(dossier, dataclasses.replace(statement, venue="private")) is False
    assert said_aloud(dossier, dataclasses.replace(statement, marking="restricted")) is False
