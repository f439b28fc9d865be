"""Forecasts: repeatable to the byte, blind to what was not yet known, and counted as their draws say."""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus.base.answers import as_json
from foedus.base.errors import FoedusError, InputError
from foedus.base.randomness import Streams
from foedus.cases.case import declared
from foedus.cases.draws import draw
from foedus.dossiers import Dossier, Range
from foedus.dossiers.stands import FROM_PRIOR, FROM_STATEMENTS
from foedus.ensembles.tested import packaged_scores
from foedus.evidence import KINDS, Statement
from foedus.forecasts import Forecast
from foedus.issues import Lottery, chances_of
from foedus.settlement import MODELS

RUN = settings(deadline=None, max_examples=10)
VILNIUS: dict[str, Any] = {"issue": "office", "as_of": "2023-07-10", "on": "Vilnius 2023"}


def answer(forecast: Forecast, *without: str) -> str:
    """Return the JSON answer, some keys left out."""
    return as_json({key: value for key, value in forecast.as_answer().items() if key not in without})


def numbers(forecast: Forecast) -> str:
    """Return the JSON answer without what tells which inputs it was made from."""
    return answer(forecast, "inputs_sha256", "max_marking")


# ---------------------------------------------------------------------------------------------------------------------
# What is counted.

LOTTERIES = sorted(name for name, model in MODELS.items() if isinstance(model, Lottery))


@pytest.mark.parametrize("issue", ["office", "text"])
@pytest.mark.parametrize("model", LOTTERIES)
@pytest.mark.parametrize("on", ["Madrid 2022", "The Hague 2025"])
def test_every_number_of_a_lottery_is_a_sum_of_its_chances(dossier: Dossier, issue: str, model: str, on: str) -> None:
    found = foedus.forecast(dossier, issue, "2024-07-10", on, models=[model], draws=200, seed=7, chunk=128)
    sitting = draw(found.case, declared(dossier, MODELS[model]), Streams(7), 0, 200)
    (chances,) = chances_of(MODELS[model], sitting)
    shares = [math.fsum(column) / 200 for column in chances.T.tolist()]
    assert [option.probability for option in found.options] == pytest.approx(shares, abs=1e-12)
    assert found.mean == pytest.approx(math.fsum(MODELS[model].settle(sitting).outcome[:, 0]) / 200, abs=1e-9)
    for level, at in ((0.1, found.q10), (0.5, found.median), (0.9, found.q90)):
        below = math.fsum(o.probability for o in found.options if o.at < at)
        assert below < level <= below + next(o.probability for o in found.options if o.at == at) + 1e-12


@pytest.mark.parametrize("issue", ["office", "text"])
@pytest.mark.parametrize("model", sorted(MODELS.keys() - {"co-decision", *LOTTERIES}))  # no Parliament at this table
@pytest.mark.parametrize("on", ["Madrid 2022", "Vilnius 2023", "The Hague 2025"])
def test_every_number_is_a_count_of_draws(dossier: Dossier, issue: str, model: str, on: str) -> None:
    found = foedus.forecast(dossier, issue, "2024-07-10", on, models=[model], draws=300, seed=7, chunk=128)
    settled = MODELS[model].settle(draw(found.case, declared(dossier, MODELS[model]), Streams(7), 0, 300))
    choices = settled.choice[:, 0].tolist()
    for place, option in enumerate(found.options):
        assert option.probability == choices.count(place) / 300
        assert found.probability(option.label) == option.probability
    assert sum(o.probability for o in found.options) == pytest.approx(1, abs=1e-12)  # sums of k / 300
    outcomes = sorted(settled.outcome[:, 0].tolist())
    assert found.mean == pytest.approx(math.fsum(outcomes) / 300, abs=1e-9)
    assert [found.q10, found.median, found.q90] == [outcomes[29], outcomes[149], outcomes[269]]
    pivotal = {m.actor: settled.pivotal[:, i, 0].tolist().count(True) / 300 for i, m in enumerate(found.case.members)}
    assert {p.actor: p.probability for p in found.pivots} == {a: share for a, share in pivotal.items() if share > 0}
    if settled.objects is None or settled.sole is None or settled.reluctant is None:
        assert found.objections == {}
        assert found.objectors == ()
        return
    assert set(found.objections) == {o.label for o in found.options} - {found.case.issue.status_quo}
    for k, option in enumerate(found.options):
        if option.label == found.case.issue.status_quo:
            continue
        in_the_way = {m.actor for m in found.case.seats} | found.case.rule.outsiders()
        assert {o.actor for o in found.objections[option.label]} == in_the_way
        for i, member in enumerate(found.case.members):
            counts = [
                flags[0][:, i, k].tolist().count(True) for flags in (settled.objects, settled.sole, settled.reluctant)
            ]
            if member.actor in in_the_way:
                one = found.objector(member.actor, option.label)
                assert [one.probability, one.sole, one.reluctant_but_silent] == [count / 300 for count in counts]
            else:
                assert counts == [0, 0, 0]


def test_lists_begin_with_the_likeliest(vilnius: Forecast) -> None:
    assert vilnius.likeliest.probability == max(o.probability for o in vilnius.options)
    for shares in (
        [p.probability for p in vilnius.pivots],
        *([o.probability for o in found] for found in vilnius.objections.values()),
    ):
        assert shares == sorted(shares, reverse=True)
    assert vilnius.objectors == vilnius.objections["liaison office"]
    assert vilnius.objectors[0].actor == "FRA"
    for objector in vilnius.objectors:
        assert 0 <= objector.sole <= objector.probability
        assert objector.probability + objector.reluctant_but_silent <= 1


def test_other_models_stand_beside(dossier: Dossier, vilnius: Forecast) -> None:
    assert vilnius.model == "track-record"
    assert vilnius.others == ()
    alone = foedus.forecast(dossier, models=["compromise"], draws=1_500, seed=1, **VILNIUS)
    assert alone.others == ()
    whole = foedus.forecast(dossier, models=["consensus"], draws=1_500, seed=1, **VILNIUS)
    turned = foedus.forecast(dossier, models=["compromise", "consensus", "compromise"], draws=1_500, seed=1, **VILNIUS)
    assert turned.options == alone.options
    assert [(other.name, other.options) for other in turned.others] == [("consensus", whole.options)]


@pytest.mark.parametrize(
    ("proposal", "status_quo", "kinds"),
    [
        ("liaison office", "no office", ["nothing", "something_less", "something_less", "as_proposed"]),
        ("programme office", "no office", ["nothing", "something_less", "as_proposed", "something_else"]),
        ("liaison officer", "no office", ["nothing", "as_proposed", "something_else", "something_else"]),
        ("no office", "programme office", ["as_proposed", "something_less", "nothing", "something_else"]),
        ("liaison office", "liaison officer", ["something_else", "nothing", "something_less", "as_proposed"]),
    ],
)
def test_the_summary_is_a_partition(vilnius: Forecast, proposal: str, status_quo: str, kinds: list[str]) -> None:
    issue = replace(vilnius.case.issue, proposal=proposal, status_quo=status_quo)
    shares = [0.1, 0.2, 0.3, 0.4]
    options = tuple(replace(o, probability=p) for o, p in zip(vilnius.options, shares, strict=True))
    summary = replace(vilnius, case=replace(vilnius.case, issue=issue), options=options).summary
    for kind in ("as_proposed", "something_less", "something_else", "nothing"):
        expected = sum(share for share, one in zip(shares, kinds, strict=True) if one == kind)
        assert getattr(summary, kind) == pytest.approx(expected, abs=1e-12)


# ---------------------------------------------------------------------------------------------------------------------
# The same bytes.


@RUN
@given(chunk=st.integers(1, 70), seed=st.integers(0, 2**63))
def test_chunks_change_no_byte(dossier: Dossier, chunk: int, seed: int) -> None:
    whole = foedus.forecast(dossier, draws=60, seed=seed, **VILNIUS)
    assert answer(foedus.forecast(dossier, draws=60, seed=seed, chunk=chunk, **VILNIUS)) == answer(whole)


def test_draws_beyond_a_chunk(dossier: Dossier, vilnius: Forecast) -> None:
    whole = foedus.forecast(dossier, draws=2_500, seed=3, chunk=10_000, **VILNIUS)
    assert answer(foedus.forecast(dossier, draws=2_500, seed=3, **VILNIUS)) == answer(whole)  # 2,048 at a time
    assert answer(foedus.forecast(dossier, draws=2_500, seed=3, chunk=999, **VILNIUS)) == answer(whole)


def test_the_first_draws_are_the_first_draws(vilnius: Forecast, dossier: Dossier) -> None:
    assumptions = declared(dossier, MODELS["consensus"])
    whole = draw(vilnius.case, assumptions, Streams(1), 0, 50)
    part = draw(vilnius.case, assumptions, Streams(1), 13, 29)
    for field in ("private", "public", "salience", "capability", "setter"):
        assert np.array_equal(getattr(part, field), getattr(whole, field)[13:29])
    for name, values in whole.assumptions.items():
        assert np.array_equal(part.assumptions[name], values[13:29])


def test_another_process_gives_the_same_bytes(dossier: Dossier) -> None:
    code = (
        "import sys, foedus\n"
        "from foedus.base.answers import as_json\n"
        "from foedus.dossiers import packaged_dossiers\n"
        "dossier = foedus.read_dossier(packaged_dossiers()['tokyo-office'])\n"
        "found = foedus.forecast(dossier, 'office', '2023-07-10', 'Vilnius 2023', draws=200, seed=5, chunk=33)\n"
        "sys.stdout.buffer.write(as_json(found.as_answer()).encode())\n"
    )
    for hash_seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
        )
        assert done.stdout.decode() == answer(foedus.forecast(dossier, draws=200, seed=5, **VILNIUS))


def test_another_seed_gives_another_answer_about_as_likely(dossier: Dossier, vilnius: Forecast) -> None:
    other = foedus.forecast(dossier, draws=1_500, seed=2, **VILNIUS)
    assert answer(other, "seed") != answer(vilnius, "seed")
    for first, second in zip(vilnius.options, other.options, strict=True):
        # Five standard errors of a difference of two shares of 1,500 draws: 5 * sqrt(2 * 0.25 / 1500).
        assert first.probability == pytest.approx(second.probability, abs=0.092)


def test_the_answer_is_plain_json_with_the_promised_keys(vilnius: Forecast) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    found = json.loads(as_json(vilnius.as_answer()), parse_constant=refuse)
    assert {
        *("schema", "issue", "as_of", "on", "reconstruction", "body", "rule", "model", "seed", "draws", "version"),
        *("inputs_sha256", "options", "summary", "outcome", "objectors", "pivots", "break_even", "tested_on"),
    } <= set(found)
    assert found["as_of"] == "2023-07-10"
    assert found["on"] == "2023-07-11"
    assert found["body"] == "nac"
    assert found["rule"] == "consensus and consent of JPN"
    assert [set(one) for one in found["options"]] == [{"label", "at", "probability"}] * 4
    assert set(found["summary"]) == {"as_proposed", "something_less", "something_else", "nothing"}
    assert set(found["outcome"]) == {"mean", "median", "q10", "q90"}
    assert {"actor", "probability", "sole", "reluctant_but_silent"} <= set(found["objectors"][0])
    assert {"actor", "probability"} <= set(found["pivots"][0])
    assert {"assumption", "value"} <= set(found["break_even"][0])
    assert found["version"] == foedus.__version__
    assert found["inputs_sha256"] == vilnius.case.dossier.inputs_sha256


def test_it_says_how_it_has_been_tested(vilnius: Forecast) -> None:
    assert vilnius.tested_on["decisions"] == 38
    assert vilnius.tested_on["score"] == packaged_scores()["bodies"]["nac"]["track-record"]["crps"]
    assert "They were picked because they were disputed in public." in str(vilnius.tested_on["note"])
    assert {"from": 0.4, "to": 0.5, "called": 58, "came": 31} in packaged_scores()["calibration"]


# ---------------------------------------------------------------------------------------------------------------------
# Two clocks.

LATER = st.builds(
    Statement,
    id=st.just("later"),
    source=st.sampled_from(["jt", "fp"]),
    passage=st.just("p1"),
    actor=st.sampled_from(["FRA", "USA", "BEL", "JPN", "nato-members"]),
    concept=st.sampled_from(["office", "programme-office", "asia-role", "provocation"]),
    stance=st.sampled_from([-1, 0, 1]),
    kind=st.sampled_from(sorted(KINDS)),
    venue=st.sampled_from(["public", "private"]),
    said_on=st.dates(dt.date(2022, 1, 1), dt.date(2023, 7, 10)),
    known_on=st.dates(dt.date(2023, 7, 11), dt.date(2025, 1, 1)),
)


@RUN
@given(statement=LATER)
def test_what_is_known_later_does_not_leak(dossier: Dossier, statement: Statement) -> None:
    more = replace(dossier, statements=(*dossier.statements, statement))
    before = foedus.forecast(dossier, draws=60, **VILNIUS)
    assert numbers(foedus.forecast(more, draws=60, **VILNIUS)) == numbers(before)
    known = replace(dossier, statements=(*dossier.statements, replace(statement, known_on=dt.date(2023, 7, 10))))
    assert len(known.statements_on("office", dt.date(2023, 7, 10))) == (
        len(dossier.statements_on("office", dt.date(2023, 7, 10))) + 1
    )


def test_later_rows_in_a_folder_change_the_hash_and_nothing_else(tokyo: Path, edit: Callable[..., None]) -> None:
    before = foedus.forecast(foedus.read_dossier(tokyo), draws=200, **VILNIUS)

    def later_statement(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [*rows, rows[0] | {"id": "new1", "source": "fp", "actor": "USA", "stance": "-1", "kind": "direct"}]

    def later_source(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [*rows, rows[0] | {"id": "new", "published": "", "known": "2023-07-11"}]

    def later_row(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        heading = ["actor", "issue", "venue", "position_mode", "known_on"]
        return [*rows, dict(zip(heading, ["FRA", "office", "private", "100", "2023-07-11"], strict=True))]

    edit(tokyo / "statements.csv", later_statement)
    edit(tokyo / "sources.csv", later_source)
    edit(tokyo / "stakeholders.csv", later_row)
    (tokyo / "world" / "quantities.csv").write_text(
        "actor,measure,value,unit,from,until,known,source,locator,verified,note\n"
        "FRA,gdp,1,million US dollars,2022-01-01,2023-01-01,2023-07-11,tokyo-sources,row,yes,\n",
        encoding="utf-8",
    )
    after = foedus.forecast(foedus.read_dossier(tokyo), draws=200, **VILNIUS)
    assert after.inputs_sha256 != before.inputs_sha256
    assert answer(after, "inputs_sha256") == answer(before, "inputs_sha256")
    # A day later all of it counts.
    later = foedus.forecast(foedus.read_dossier(tokyo), "office", "2023-07-11", "Vilnius 2023", draws=200)
    assert later.case.member("FRA").stand.private.mode == 100
    assert later.case.member("FRA").capability.mode == 1


def test_the_hash_depends_on_what_is_read_and_not_on_documents(tokyo: Path) -> None:
    before = foedus.read_dossier(tokyo).inputs_sha256
    (tokyo / "documents").mkdir(exist_ok=True)
    (tokyo / "documents" / "jt.txt").write_text("a text", encoding="utf-8")
    assert foedus.read_dossier(tokyo).inputs_sha256 == before
    with (tokyo / "dossier.yaml").open("a", encoding="utf-8") as file:
        file.write("# a comment\n")
    assert foedus.read_dossier(tokyo).inputs_sha256 == before
    text = (tokyo / "dossier.yaml").read_text("utf-8")
    more = text.replace("\nwatch:\n", "\nwatch:\n  - {what: the weather, issue: office}\n")
    (tokyo / "dossier.yaml").write_text(more, "utf-8")
    assert foedus.read_dossier(tokyo).inputs_sha256 != before


@pytest.mark.parametrize(
    ("as_of", "meeting", "seats"),
    [
        ("2022-06-29", "Madrid 2022", 30),
        ("2023-04-03", "Vilnius 2023", 31),
        ("2023-07-11", "Vilnius 2023", 31),
        ("2023-07-12", "Washington 2024", 32),
        ("2024-07-10", "Washington 2024", 32),
        ("2024-07-11", "The Hague 2025", 32),
        (None, "Washington 2024", 32),  # by default all of it is known: the latest source is of 2024-07-10
    ],
)
def test_the_next_meeting_and_who_sits_there(dossier: Dossier, as_of: str | None, meeting: str, seats: int) -> None:
    found = foedus.forecast(dossier, as_of=as_of, draws=1)
    assert found.issue == "office"
    assert found.case.meeting.name == meeting
    assert len(found.case.seats) == seats
    assert not found.case.reconstruction
    assert found.as_of == dt.date.fromisoformat(as_of or "2024-07-10")


def test_a_meeting_is_not_next_before_its_day_is_public(dossier: Dossier) -> None:
    issue = dossier.issue("office")
    only = replace(issue, meetings=issue.meetings[-1:])
    assert only.next_meeting(dt.date(2024, 5, 24)).name == "The Hague 2025"
    with pytest.raises(FoedusError, match="no meeting on or after 2024-05-23"):
        only.next_meeting(dt.date(2024, 5, 23))


@pytest.mark.parametrize(
    ("as_of", "reconstruction"), [("2023-07-10", False), ("2023-07-11", False), ("2023-07-12", True)]
)
def test_later_knowledge_makes_a_reconstruction(dossier: Dossier, as_of: str, reconstruction: bool) -> None:
    found = foedus.forecast(dossier, as_of=as_of, on="Vilnius 2023", draws=1)
    assert found.case.reconstruction is reconstruction
    assert found.as_answer()["reconstruction"] is reconstruction


def test_sweden_has_a_voice_at_vilnius_and_a_seat_at_the_hague(dossier: Dossier) -> None:
    before = foedus.forecast(dossier, as_of="2024-07-10", on="Vilnius 2023", draws=50)
    after = foedus.forecast(dossier, as_of="2024-07-10", on="The Hague 2025", draws=50)
    assert not before.case.member("SWE").seated
    assert after.case.member("SWE").seated
    assert before.case.member("SWE").stand.private.mode == after.case.member("SWE").stand.private.mode
    assert before.case.member("SWE").capability.mode == 0
    assert after.case.member("SWE").capability.mode > 0
    with pytest.raises(FoedusError, match="no objections of 'SWE' in this forecast: it has no seat"):
        before.objector("SWE")
    assert after.objector("SWE").actor == "SWE"
    for found in (before, after):
        actors = [member.actor for member in found.case.members]
        assert actors == [*sorted(m.actor for m in found.case.seats), *sorted(set(actors[len(found.case.seats) :]))]
        assert [actors[place] for place in found.case.outsiders] == ["JPN"]


# ---------------------------------------------------------------------------------------------------------------------
# Evidence moves the answer.


def test_without_its_statements_france_stands_where_silent_members_stand(dossier: Dossier, vilnius: Forecast) -> None:
    assert vilnius.case.member("FRA").stand.basis == FROM_STATEMENTS
    silent = replace(dossier, statements=tuple(s for s in dossier.statements if s.actor != "FRA"))
    found = foedus.forecast(silent, draws=1_500, seed=1, **VILNIUS)
    assert found.objector("FRA").probability < vilnius.objector("FRA").probability - 0.5
    stand = found.case.member("FRA").stand
    assert stand.basis == FROM_PRIOR
    assert (stand.private.low, stand.private.mode, stand.private.high) == (30, 70, 100)
    assert (stand.salience.low, stand.salience.mode, stand.salience.high) == (0.02, 0.1, 0.4)
    assert stand.public is None
    assert not stand.committed


def test_the_host_can_stop_everything(tokyo: Path, edit: Callable[..., None]) -> None:
    edit(
        tokyo / "stakeholders.csv",
        lambda rows: [*rows, {"actor": "JPN", "issue": "office", "position_mode": "0", "salience_mode": "1"}],
    )
    found = foedus.forecast(foedus.read_dossier(tokyo), draws=200, **VILNIUS)
    assert found.probability("no office") == 1
    for label in found.objections:
        japan = found.objector("JPN", label)
        assert japan.probability == 1
        others = [o for o in found.objections[label] if o.actor != "JPN"]
        assert all(objector.sole == 0 for objector in others)
        nobody_else = sum(o.probability for o in others) == 0
        assert (japan.sole == 1) == nobody_else


def test_the_host_that_refuses_is_named_and_moved(tokyo: Path, edit: Callable[..., None]) -> None:
    by_hand = [
        {"actor": "JPN", "issue": "office", "venue": "private", "position_mode": "0", "salience_mode": "1"},
        {"actor": "FRA", "issue": "office", "venue": "private", "position_mode": "100"},
        {"actor": "FRA", "issue": "office", "venue": "public", "position_mode": "100"},
    ]
    edit(tokyo / "stakeholders.csv", lambda rows: [*rows, *by_hand])
    found = foedus.forecast(foedus.read_dossier(tokyo), draws=200, **VILNIUS)
    assert found.objectors[0].actor == "JPN"
    assert found.break_even[-2].assumption == "JPN.position"
    assert found.break_even[-2].value is not None
    assert found.pivots[0].actor == "JPN"


def test_markings_leave_statements_out(dossier: Dossier) -> None:
    secret = {"jt01", "jt02"}

    def marked(marking: str) -> Dossier:
        statements = (replace(s, marking=marking) if s.id in secret else s for s in dossier.statements)
        return replace(dossier, statements=tuple(statements))

    without = replace(dossier, statements=tuple(s for s in dossier.statements if s.id not in secret))
    expected = numbers(foedus.forecast(without, draws=100, **VILNIUS))
    whole = numbers(foedus.forecast(marked("restricted"), draws=100, **VILNIUS))
    in_public = numbers(foedus.forecast(dossier, draws=100, **VILNIUS))  # what is said in confidence is not
    assert expected != whole != in_public
    for max_marking in ("public", "internal"):
        assert numbers(foedus.forecast(marked("restricted"), draws=100, max_marking=max_marking, **VILNIUS)) == expected
    for max_marking in ("restricted", "secret"):
        assert numbers(foedus.forecast(marked("restricted"), draws=100, max_marking=max_marking, **VILNIUS)) == whole


def test_the_marking_of_a_source_covers_its_statements(dossier: Dossier) -> None:
    sources = dossier.sources | {"jt": replace(dossier.sources["jt"], marking="internal")}
    without = replace(dossier, statements=tuple(s for s in dossier.statements if s.source != "jt"))
    found = foedus.forecast(replace(dossier, sources=sources), draws=100, max_marking="public", **VILNIUS)
    assert numbers(found) == numbers(foedus.forecast(without, draws=100, **VILNIUS))


def test_capability_is_what_was_published_by_the_day(dossier: Dossier) -> None:
    france = next(q for q in dossier.world.quantities if q.actor == "FRA" and q.measure == "gdp")
    newer = replace(
        france, value=1.0, start=dt.date(2022, 1, 1), end=dt.date(2023, 1, 1), known=dt.date(2023, 7, 1), verified=True
    )
    older = replace(france, value=2.0, start=dt.date(2019, 1, 1), end=dt.date(2020, 1, 1), known=dt.date(2023, 7, 1))
    revised = replace(france, value=3.0, known=dt.date(2023, 7, 2))
    for more, day, value in (
        ([newer], "2023-06-30", france.value),
        ([newer], "2023-07-01", 1.0),
        ([older], "2023-07-10", france.value),
        ([revised], "2023-07-01", france.value),
        ([revised], "2023-07-02", 3.0),
        ([revised, newer], "2023-07-10", 1.0),
    ):
        world = replace(dossier.world, quantities=(*dossier.world.quantities, *more))
        found = foedus.forecast(replace(dossier, world=world), as_of=day, on="Vilnius 2023", draws=1)
        assert found.case.member("FRA").capability.mode == value


def test_a_capability_that_nobody_had_published_is_told(dossier: Dossier) -> None:
    with pytest.raises(InputError) as refused:
        foedus.forecast(dossier, as_of="2021-06-30", on="Madrid 2022", draws=1)
    (problem,) = refused.value.problems
    assert (problem.file, problem.field) == ("dossier.yaml", "capability.measure")
    assert "none was known by 2021-06-30 for ALB, BEL, BGR," in str(problem)
    assert "stakeholders.csv" in str(problem)


def test_without_a_measure_all_count_the_same(dossier: Dossier, with_settings: Callable[..., Dossier]) -> None:
    found = foedus.forecast(with_settings(dossier, capability=None), draws=1, **VILNIUS)
    assert {member.capability.mode for member in found.case.members} == {1.0}


# ---------------------------------------------------------------------------------------------------------------------
# Assumptions.

CARD_ORDER = ["agenda-setter", "weighted-gains", "nash-product"]


@pytest.mark.parametrize(
    "weights",
    [
        {"agenda-setter": 1.0, "weighted-gains": 1.0, "nash-product": 1.0},
        {"nash-product": 1.0},
        {"weighted-gains": 2.0},
        {"nash-product": 1.0, "agenda-setter": 3.0},
        {"weighted-gains": 0.0, "nash-product": 1.0, "agenda-setter": 1.0},
    ],
    ids=",".join,
)
def test_a_declared_choice_is_the_one_drawn(
    dossier: Dossier, vilnius: Forecast, with_settings: Callable[..., Dossier], weights: dict[str, float]
) -> None:
    changed = with_settings(dossier, assumptions={**dossier.assumptions, "selection": weights})
    found = draw(vilnius.case, declared(changed, MODELS["consensus"]), Streams(1), 0, 3_000).assumptions["selection"]
    total = sum(weights.values())
    for place, name in enumerate(CARD_ORDER):
        share = (found == place).mean()
        # Five standard errors of a share of 3,000 draws; a choice without weight is never drawn.
        assert share == pytest.approx(weights.get(name, 0) / total, abs=0.046 if weights.get(name) else 0)


def test_an_assumption_beyond_sense_is_refused(dossier: Dossier, with_settings: Callable[..., Dossier]) -> None:
    def assuming(**assumptions: Any) -> Dossier:
        return with_settings(dossier, assumptions={**dossier.assumptions, **assumptions})

    bad: list[tuple[dict[str, Any], str]] = [
        (
            {"tau": Range(low=0.5, mode=0.6, high=1)},
            r"assumptions\.tau: '0\.5 to 1', expected .*at least 0\.5 and below 1",
        ),
        (
            {"kappa": Range(low=-1, mode=0, high=1)},
            r"dossier\.yaml, line 129, assumptions\.kappa: '-1 to 1', expected .*at most 2",
        ),
        ({"selection": {"median": 1.0}}, "expected weights for some of agenda-setter, weighted-gains, nash-product"),
        ({"selection": {"nash-product": 0.0}}, "expected weights for some of"),
        ({"kappa": {"a": 1.0}}, "expected low, mode and high"),
        (
            {"kapa": Range(low=0, mode=0, high=0)},
            "'kapa', expected one of exchange_rate, failure_cost, kappa, openness, red_line_cost, red_line_slack, sele",
        ),
    ]
    for assumptions, message in bad:
        with pytest.raises(InputError, match=message):
            foedus.forecast(assuming(**assumptions), draws=1, **VILNIUS)


def test_without_pressure_and_with_it(dossier: Dossier, with_settings: Callable[..., Dossier]) -> None:
    def probability(kappa: float) -> float:
        exact = Range(low=kappa, mode=kappa, high=kappa)
        changed = with_settings(dossier, assumptions={**dossier.assumptions, "kappa": exact})
        return foedus.forecast(changed, draws=300, **VILNIUS).probability("no office")

    shares = [probability(kappa) for kappa in (0.0, 0.5, 2.0)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[2]


# ---------------------------------------------------------------------------------------------------------------------
# Refusals.


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"issue": "bureau"}, "no issue 'bureau'; the dossier's issues are office, text"),
        ({"on": "Paris"}, r"issue 'office' has no meeting 'Paris'; its meetings are 'Madrid 2022' \(2022-06-29\), "),
        ({"on": "20"}, "issue 'office' has more than one meeting '20'; its meetings are"),
        ({"models": ["median"]}, "no model 'median'; did you mean 'mean'"),
        ({"models": ["consensus", "median"]}, "no model 'median'"),
        ({"draws": 0}, "draws must be from 1 to 10,000,000; got 0"),
        ({"draws": 10_000_001}, "draws must be from 1 to 10,000,000; got 10000001"),
        ({"seed": -1}, "a seed is a whole number of at least 0; got -1"),
        ({"chunk": 0}, "a chunk has at least one draw; got 0"),
        ({"as_of": "10.7.2023"}, "as of: '10.7.2023' is not a day such as 2023-07-11"),
        (
            {"as_of": "2025-06-25"},
            "no meeting on or after 2025-06-25: the last, 'The Hague 2025' of 2025-06-24, is past",
        ),
        ({"max_marking": "cosmic"}, "public, internal, restricted, confidential, secret"),
    ],
    ids=str,
)
def test_what_is_refused(dossier: Dossier, asked: dict[str, Any], message: str) -> None:
    with pytest.raises(FoedusError, match=message):
        foedus.forecast(dossier, **({"draws": 1, "as_of": "2023-07-10"} | asked))


def test_unknown_labels_and_actors_are_told(vilnius: Forecast) -> None:
    with pytest.raises(
        FoedusError, match="issue 'office' has no option 'embassy'; its options are 'no office', 'liais"
    ):
        vilnius.probability("embassy")
    assert vilnius.probability(" No Office ") == vilnius.options[0].probability
    with pytest.raises(FoedusError, match="'XXX' is not at the table; there are ALB, "):
        vilnius.case.member("XXX")


def test_meetings_by_part_of_their_name_or_by_day(dossier: Dossier) -> None:
    for on in ("vilnius", "Vilnius 2023", "2023-07-11", " VILNIUS 2023 "):
        assert foedus.forecast(dossier, as_of="2023-07-10", on=on, draws=1).case.meeting.on == dt.date(2023, 7, 11)


# ---------------------------------------------------------------------------------------------------------------------
# Frames and notebooks.


def test_frames(vilnius: Forecast) -> None:
    frame = vilnius.to_frame()
    assert frame.columns == ["label", "at", "probability"]
    expected = [(o.label, o.at, o.probability) for o in vilnius.options]
    assert frame.rows() == expected
    pandas = pytest.importorskip("pandas")
    other = vilnius.to_pandas()
    assert isinstance(other, pandas.DataFrame)
    assert list(other.itertuples(index=False, name=None)) == expected


def test_a_notebook_shows_the_options(vilnius: Forecast) -> None:
    html = vilnius._repr_html_()
    assert vilnius.case.issue.question in html
    assert "Vilnius 2023 (2023-07-11), from what was known on 2023-07-10" in html
    rows = [row for row in html.split("<tr>") if "</td>" in row]
    for option in vilnius.options:
        share = f"{option.probability:.0%}".replace("%", "")
        assert any(option.label in row and share in row for row in rows)


def test_a_label_is_text_and_no_markup(vilnius: Forecast) -> None:
    issue = replace(vilnius.case.issue, question="<script>alert(1)</script> & more")
    html = replace(vilnius, case=replace(vilnius.case, issue=issue))._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_results_are_frozen(vilnius: Forecast) -> None:
    for record, field in ((vilnius, "seed"), (vilnius.options[0], "at"), (vilnius.case, "issue")):
        with pytest.raises(AttributeError):
            setattr(record, field, 0)
