from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.backtests import CaseTable, PastCase, Standing, read_cases


@pytest.fixture(scope="session")
def deu(shared: Path) -> Path:
    """The development part of DEU III, which is not part of the repository."""
    path = shared / "data" / "deu3-development.tsv"
    if not path.is_file():
        pytest.skip("needs ../shared/data/deu3-development.tsv, which is not part of the repository")
    return path


@pytest.fixture(scope="session")
def development(deu: Path) -> CaseTable:
    return CaseTable([case for case in read_cases(deu) if case.scoreable])


def made_up(proposals: int = 12, seed: int = 1) -> list[PastCase]:
    """Return cases whose outcome is often at a pole, of one to three issues a proposal."""
    rng, cases = np.random.default_rng(seed), []
    for proposal in range(proposals):
        for issue in range(1 + proposal % 3):
            places = rng.integers(0, 11, 6) * 10.0
            standings = [Standing(f"m{at}", "member", place, 50.0, 1.0) for at, place in enumerate(places[:5])]
            standings.append(Standing("com", "proposer", float(places[5]), 80.0))
            outcome = float(places[rng.integers(6)]) if rng.uniform() < 0.7 else float(rng.integers(101))
            reference = None if issue == 1 else 0.0
            cases.append(
                PastCase(f"p{proposal:02d}", f"p{proposal:02d}i{issue}", tuple(standings), "QMV", reference, outcome)
            )
    return cases
