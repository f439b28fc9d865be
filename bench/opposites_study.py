"""How far leaving a statement out may outdo its opposite: python bench/opposites_study.py [TABLES].

Prints, over random tables of five packaged issues (those of ``tests/forecasts/test_opposites.py``), how many
statements were tried, and for nothing, the proposal, a lesser option and the likeliest option the largest number of
percentage points by which leaving the statement out moved it further than its opposite, and how often by over half a
point. All forecasts of a table use the same random numbers.
"""

import sys
import warnings
from collections import defaultdict
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.forecasts.test_opposites import HALF_A_POINT, after_each, tables

warnings.simplefilter("ignore")
excess: dict[str, list[float]] = defaultdict(list)


@seed(1)
@settings(
    max_examples=int((sys.argv[1:] or ["300"])[0]),
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(case=tables())
def collect(case) -> None:
    agenda = case.agenda
    for usual, without, opposite in after_each(case):
        further = abs(without - usual) - abs(opposite - usual)
        lesser = [n for n in range(len(usual)) if n not in (agenda.status_quo, agenda.proposal)]
        excess["nothing"].append(further[agenda.status_quo])
        excess["the proposal"].append(further[agenda.proposal])
        excess["a lesser option"].append(further[lesser].max())
        excess["the likeliest option"].append(further[usual.argmax()])


collect()
for name, found in excess.items():
    often = sum(points > HALF_A_POINT for points in found)
    print(f"{name:22} {len(found)} statements, at most {100 * max(found):.1f} points, over half a point {often} times")  # noqa: T201 - a maintainer's tool
