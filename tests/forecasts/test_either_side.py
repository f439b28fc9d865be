"""Members that only refuse an option short of another: what they mean goes together, and brief and gaps say so."""

import dataclasses

import numpy as np
import pytest

import foedus
from foedus.base.randomness import Streams
from foedus.cases.case import Case, case_of
from foedus.cases.draws import draw
from foedus.cases.leaning import TOGETHER
from foedus.dossiers import packaged_dossiers
from foedus.forecasts.arithmetic import arithmetic
from foedus.forecasts.gaps import find_gaps
from foedus.reports.brief import who_blocks


def refusing(*actors: str) -> foedus.Dossier:
    """Return the teaching case in which some members have refused the store (40) and said nothing of the port (100)."""
    dossier = foedus.read_dossier(packaged_dossiers()["harbour-compact"])
    one = next(s for s in dossier.statements if s.concept == "store" and s.status == "accepted")
    plain = {
        "stance": -1,
        "kind": "direct",
        "condition": "",
        "signal": "",
        "person": "",
        "office": "",
        "certainty": 1.0,
    }
    said = [dataclasses.replace(one, id=f"no-{actor}", actor=actor, **plain) for actor in actors]
    return dataclasses.replace(dossier, statements=tuple(said))


def table(dossier: foedus.Dossier) -> Case:
    return case_of(dossier, "port", None, None)


@pytest.fixture(scope="module")
def members() -> list[str]:
    return [member.actor for member in table(refusing()).seats][:2]


def test_what_they_mean_goes_together_and_each_is_on_both_sides(members: list[str]) -> None:
    case = table(refusing(*members))
    drawn = draw(case, {}, Streams(1), 0, 8_000).private[:, :, 0]
    more = np.array([drawn[:, [m.actor for m in case.members].index(actor)] > 40 for actor in members])
    assert more.mean(axis=1) == pytest.approx([0.5, 0.5], abs=0.02)  # 0.006 is one standard error
    # Sheppard: two normal numbers with correlation r are on the same side with probability 1/2 + asin(r) / pi.
    assert (more[0] == more[1]).mean() == pytest.approx(0.5 + np.arcsin(TOGETHER) / np.pi, abs=0.02)


def test_they_are_declared_against_that_option_alone(members: list[str]) -> None:
    case = table(refusing(*members))
    assert set(arithmetic(case, "a store").against) == set(members)
    assert set(members) <= set(arithmetic(case, "a port").unknown)


def test_brief_and_gaps_ask_which_side(members: list[str]) -> None:
    dossier = refusing(*members)
    answer = foedus.forecast(dossier, issue="port", draws=50)
    names = [answer.case.member(actor).name for actor in members]
    told = " ".join(str(item) for item in who_blocks(answer).items)
    assert f"{names[0]} and {names[1]} are only known to refuse 'a store': do they want less or more?" in told
    gaps = [gap.what for gap in find_gaps(dossier) if gap.kind == "side"]
    assert [name in what for name, what in zip(names, gaps, strict=True)] == [True, True]
