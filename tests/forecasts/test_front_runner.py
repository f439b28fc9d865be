"""A choice by consensus with a front-runner: what one objection does, what silence says, and who has left."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forecasts.test_choice import YAML, write
from typer.testing import CliRunner

import foedus
from foedus.backtests.consensus_set import packaged_consensus_set
from foedus.backtests.persons import PERSONS
from foedus.base.wording import percent
from foedus.cases.choices import sittings
from foedus.cli.app import app
from foedus.dossiers.leaving import who_leaves
from foedus.forecasts.choice import UNOPPOSED, UNSEEN, Choice, choice, persons_tested
from foedus.reports.choice import choice_sections, judgement_words
from foedus.reports.likelihood import likelihood_word
from foedus.settlement import CONSENSUS
from foedus.settlement.choosing import RIVALS, STOPPED, TURNS, choose, front_runner_only

HEAD = "id,source,passage,quote,actor,concept,stance,kind,venue,said_on\n"
RACE = YAML.replace(", since: 2024-03-12, until: 2024-06-20", "")
DAY = "2024-06-19"


def race(folder: Path, ada: str, ben: str, against: str = "") -> Choice:
    """Return a race for which some back Ada Low, some Ben High, and some refuse Ada Low."""
    told = [(who, "ada", 1) for who in ada.split()] + [(who, "ben", 1) for who in ben.split()]
    told += [(who, "ada", -1) for who in against.split()]
    rows = [f"s{n},a,p1,,{who},{what},{side},direct,public,2024-02-22" for n, (who, what, side) in enumerate(told)]
    return choice(foedus.read_dossier(write(folder, RACE, HEAD + "\n".join(rows) + "\n")), as_of=DAY, draws=1000)


def test_a_veto_on_the_front_runner_makes_no_rival(tmp_path: Path) -> None:
    found = race(tmp_path / "r", "CAN DEU FRA GBR ITA NLD", "ROU HUN", "HUN")
    assert found.front_runner == "Ada Low"
    assert found.likeliest.label == "nobody"
    # Six of eight voices are Ada's. Ben is put forward where silent members make him the front-runner (a beta
    # distribution with 7 and 3 is above one half in 9 per cent), and else once Ada is stopped, in TURNS of the draws.
    assert found.probability("Ben High") < 0.09 + 0.05 + TURNS
    words = " ".join(
        str(one) for one in next(one for one in choice_sections(found) if one is not None and one.id == "brief").blocks
    )
    assert "6 voices back Ada Low, 2 Ben High." in words
    assert "Hungary objects to the front-runner." in words


@given(ada=st.integers(0, 5), ben=st.integers(0, 5), against=st.booleans())
@settings(max_examples=8, deadline=None)
def test_where_few_were_heard_nobody_is_almost_certain(
    tmp_path_factory: pytest.TempPathFactory, ada: int, ben: int, against: bool
) -> None:
    if not ada + ben:
        return
    states = ["CAN", "DEU", "FRA", "GBR", "ITA", "NLD", "NOR", "POL", "PRT", "ESP"]
    found = race(
        tmp_path_factory.mktemp("few") / "r", " ".join(states[:ada]), " ".join(states[5 : 5 + ben]), "HUN" * against
    )
    heard = found.choosing.heard_share
    assert heard == (ada + ben + against) / 32
    most = max(one.probability for one in found.candidates if one.approve is not None)
    assert most <= 2 * heard + (1 - 2 * heard) * UNOPPOSED + 0.045  # three standard errors of 1,000 draws
    assert likelihood_word(most) != "almost certain"
    assert found.confidence == "low"


def test_silent_members_follow_those_who_spoke_and_err_together(tmp_path: Path) -> None:
    made = race(tmp_path / "r", "CAN DEU FRA", "ROU").choosing
    drawn = sittings(made, CONSENSUS, 1, 0, 4000)
    silent = [n for n, one in enumerate(made.table.members) if one.seated and not made.heard(one.actor)]
    first = np.stack([one.private[:, silent, 0] for one in drawn]).argmax(axis=0) == 0
    share = first.mean(axis=1)
    # Dirichlet with 1 + 3 and 1 + 1: a beta distribution with mean 2/3 and variance 8 / (36 * 7), and binomial noise.
    # One standard error of 4,000 draws is 0.003 for the mean; that of the variance is below 0.001.
    assert share.mean() == pytest.approx(2 / 3, abs=0.01)
    assert share.var() == pytest.approx(8 / 252 + (2 / 9 - 8 / 252) / len(silent), abs=0.003)
    part = sittings(made, CONSENSUS, 1, 2500, 2600)
    assert all((one.private == whole.private[2500:2600]).all() for one, whole in zip(part, drawn, strict=True))


def test_headline_and_best_candidate_agree(tmp_path: Path) -> None:
    for n, (ada, ben, against) in enumerate([("CAN DEU", "ROU", "HUN TUR"), ("CAN", "ROU", ""), ("CAN DEU", "", "")]):
        found = race(tmp_path / str(n), ada, ben, against)
        best, told = found.likeliest, judgement_words(found)
        assert percent(best.probability) in told
        assert "The likeliest is" not in told
        assert sum(one.probability for one in found.candidates) == pytest.approx(1)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_once_the_front_runner_is_stopped_only_a_turn_chooses_another(data: st.DataObject) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    approvals = rng.uniform(0, 100, (1, 7, 3))
    passes = np.array([data.draw(st.lists(st.booleans(), min_size=3, max_size=3))])
    votes = np.bincount(approvals[0].argmax(axis=1), minlength=3) + approvals[0].mean(axis=0) / 1e6
    ahead = int(votes.argmax())
    chosen = choose("consensus", approvals, passes, lambda one: one.all(axis=1))
    for turns in (True, False):
        ended = int(front_runner_only("consensus", approvals, chosen, np.array([turns]))[0])
        assert ended == (ahead if passes[0, ahead] else int(chosen[0]) if turns else 3)


NAMES = {"Ngozi Okonjo-Iweala": ("Ngozi", "Okonjo-Iweala"), "Yoo Myung-hee": ("Yoo", "Myung-hee")}


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Yoo Myung-hee withdrew her candidacy, clearing the way for Okonjo-Iweala.", "Yoo Myung-hee"),
        ("Norway called on Yoo Myung-hee to withdraw.", "Yoo Myung-hee"),
        ("Okonjo-Iweala welcomed the decision of Yoo, who bowed out on Friday.", "Yoo Myung-hee"),
        ("After the withdrawal of minister Yoo Myung-hee one candidate is left.", "Yoo Myung-hee"),
        ("Peru said Yoo should step aside in favour of Okonjo-Iweala.", "Yoo Myung-hee"),
        ("Yoo will not withdraw.", ""),
        ("Yoo ruled out that she would step aside.", ""),
        ("Washington withdrew its objection to Okonjo-Iweala.", ""),
        ("Okonjo-Iweala said that Seoul withdrew support for the text.", ""),
        ("Yoo has won over Japan.", ""),
    ],
)
def test_who_has_left_or_is_asked_to(words: str, who: str) -> None:
    assert who_leaves(words, NAMES) == who


def test_a_candidate_who_left_is_told_on_top_and_by_check(tmp_path: Path) -> None:
    row = "s9,a,p1,Ben High bowed out on Friday.,CAN,ada,1,direct,public,2024-02-22\n"
    folder = write(tmp_path / "left", RACE, HEAD + row)
    told = CliRunner().invoke(app, ["check", str(folder), "--json"])
    gap = next(one for one in json.loads(told.stdout)["gaps"] if one["kind"] == "withdrawn")
    assert gap["where"] == 'foedus option left "Ben High" --until 2024-02-22 --source "a"'
    brief = CliRunner().invoke(app, ["forecast", str(folder), "--as-of", DAY, "--draws", "200"]).stdout
    assert "Ben High may have left the race: a (2024-02-22) says “Ben High bowed out on Friday.”" in " ".join(
        brief.split()
    )
    assert not CliRunner().invoke(app, ["option", str(folder), "Ben High", "--until", "2024-02-22"]).exit_code
    again = CliRunner().invoke(app, ["check", str(folder), "--json"])
    assert "withdrawn" not in [one["kind"] for one in json.loads(again.stdout)["gaps"]]


def test_the_record_of_appointments_is_the_packaged_set() -> None:
    decisions = {one.id: one for one in packaged_consensus_set().decisions}
    tested = persons_tested()
    assert tested["decisions"] == len(PERSONS) == len(set(PERSONS))
    assert tested["disputes"] == len({decisions[one].dispute for one in PERSONS})
    positions: dict[str, list[float]] = {}
    for row in packaged_consensus_set().positions:
        positions.setdefault(row.decision, []).append(row.position_mode)
    free = [one for one in PERSONS if min(positions[one]) >= 50]
    assert tested["unopposed"] == len(free)
    assert tested["unopposed_came"] == sum(decisions[one].outcome == 100 for one in free)
    assert (sum(decisions[one].outcome == 100 for one in free) + 0.5) / (len(free) + 1) == UNOPPOSED
    assert TURNS == (RIVALS + 0.5) / (STOPPED + 1)
    assert pytest.approx(UNSEEN) == 1 - (int(str(tested["came"])) + 0.5) / (int(str(tested["called"])) + 1)
