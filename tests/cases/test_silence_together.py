"""Silent members lean together where votes are counted: by the correlation of votes, and never under consensus."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import multivariate_normal, norm

import foedus
from foedus.base.days import parse_day
from foedus.base.randomness import Streams
from foedus.cases.case import Case, case_of
from foedus.cases.draws import draw, redrawn
from foedus.cases.leaning import HEARD, TOGETHER, lean, lean_together
from foedus.dossiers import new_dossier, suppose

VOTES = Path(__file__).parents[3] / "shared" / "data" / "un" / "un_votes.parquet"


def made(home: Path, body: str) -> Case:
    new_dossier(home / "case", body, parse_day("2026-12-01"))
    dossier = foedus.read_dossier(home / "case")
    return case_of(dossier, dossier.issues[0].id, parse_day("2026-11-30"), None)


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return made(tmp_path_factory.mktemp("assembly"), "unga")


def latent(case: Case) -> np.ndarray:
    """Return where silent members stand, as normal scores of their ranks over the draws; shape (A, D)."""
    drawn = draw(case, {}, Streams(1), 0, 4_000).private[:, :, 0]
    silent = [place for place, member in enumerate(case.members) if member in case.silent]
    ranks = drawn[:, silent].argsort(axis=0).argsort(axis=0)
    return norm.ppf((ranks.T + 0.5) / len(drawn))


def test_silent_members_lean_together_where_votes_are_counted(assembly: Case) -> None:
    assert lean_together(assembly)
    found = np.corrcoef(latent(assembly))
    apart = found[np.triu_indices(len(found), 1)]
    assert np.mean(apart) == pytest.approx(TOGETHER, abs=0.02)
    assert np.quantile(apart, [0.01, 0.99]) == pytest.approx([TOGETHER] * 2, abs=0.06)


def test_each_stands_anywhere_as_often_as_by_itself(assembly: Case) -> None:
    drawn = draw(assembly, {}, Streams(1), 0, 4_000).private[:, :, 0]
    wanted = assembly.silent[0].stand.private.quantiles(np.linspace(0.05, 0.95, 19))
    assert np.quantile(drawn, np.linspace(0.05, 0.95, 19)) == pytest.approx(wanted, abs=2.0)


def test_under_consensus_each_is_drawn_by_itself(tmp_path: Path) -> None:
    case = made(tmp_path, "nac")
    assert not lean_together(case)
    assert abs(np.corrcoef(latent(case))[np.triu_indices(len(case.silent), 1)].mean()) < 0.01


def test_who_is_drawn_anew_leans_as_before(assembly: Case) -> None:
    drawn = draw(assembly, {}, Streams(3), 0, 500)
    again = redrawn(drawn, assembly, [member.actor for member in assembly.silent[:5]], Streams(3))
    assert (again.private == drawn.private).all()
    chunks = [draw(assembly, {}, Streams(3), *part).private for part in ((0, 200), (200, 500))]
    assert (np.concatenate(chunks) == drawn.private).all()


@pytest.mark.parametrize("known", [[1.0, 1.0, 0.0], [0.0] * 5, [0.3, 0.9]])
def test_what_is_heard_moves_the_lean_as_bayes_says(known: list[float]) -> None:
    """By brute force: weigh draws of what is shared by how likely it makes those that have named a side."""
    shared = np.random.default_rng(1).standard_normal(400_000)
    above = norm.cdf((norm.ppf(0.8) + np.sqrt(TOGETHER) * shared) / np.sqrt(1 - TOGETHER))
    weight = np.prod([p * above + (1 - p) * (1 - above) for p in known], axis=0) ** HEARD
    order, levels = np.argsort(shared), np.array([0.1, 0.5, 0.9])
    heaped = np.cumsum(weight[order]) / weight.sum()
    expected = shared[order][np.searchsorted(heaped, levels)]
    assert lean(levels, 0.8, np.array(known)) == pytest.approx(expected, abs=0.02)


@given(known=st.lists(st.floats(0, 1), min_size=1, max_size=8), prior=st.floats(0, 1), at=st.integers(0, 7))
def test_one_more_against_never_lifts_the_silent(known: list[float], prior: float, at: int) -> None:
    levels, less = np.linspace(0.01, 0.99, 25), list(known)
    less[at % len(known)] = 0.0
    assert (lean(levels, prior, np.array(less)) <= lean(levels, prior, np.array(known)) + 1e-9).all()


def test_silent_members_follow_the_split_of_those_that_have_named_a_side(tmp_path: Path) -> None:
    case = made(tmp_path, "hrc")
    halves = [member.actor for member in case.seats[:12]]

    def stand(against: int) -> float:
        places = [f"{actor}.issue-1={0 if at < against else 100}" for at, actor in enumerate(halves)]
        found = case_of(suppose(case.dossier, places), "issue-1", parse_day("2026-11-30"), None)
        silent = [place for place, member in enumerate(found.members) if member in found.silent]
        assert len(silent) == 35
        return float((draw(found, {}, Streams(1), 0, 2_000).private[:, silent, 0] > 50).mean())

    shares = [stand(against) for against in (0, 6, 12)]
    assert shares[0] > shares[1] > shares[2]
    assert shares[0] - shares[2] > 0.3


def test_who_is_drawn_anew_takes_the_silent_along(tmp_path: Path) -> None:
    case = made(tmp_path, "hrc")
    actor = case.seats[0].actor
    other = case_of(suppose(case.dossier, [f"{actor}.issue-1=0"]), "issue-1", parse_day("2026-11-30"), None)
    moved = redrawn(draw(case, {}, Streams(3), 0, 300), other, [actor], Streams(3))
    assert (moved.private == draw(other, {}, Streams(3), 0, 300).private).all()


@pytest.mark.skipif(not VOTES.is_file(), reason="the votes of the General Assembly are not beside the project")
def test_the_correlation_is_that_of_votes_in_the_general_assembly() -> None:
    yes = pl.read_parquet(VOTES).select("rcid", (pl.col("vote").cast(pl.String) == "yes").alias("yes"))
    shares = yes.group_by("rcid").agg(pl.col("yes").mean())["yes"].to_numpy()
    mean, both = shares.mean(), (shares**2).mean()
    edge = norm.ppf(mean)

    def together(rho: float) -> float:
        return float(multivariate_normal.cdf([edge, edge], cov=[[1, rho], [rho, 1]])) - both

    assert len(shares) == 6_203
    assert brentq(together, 0.01, 0.95) == pytest.approx(TOGETHER, abs=0.005)
