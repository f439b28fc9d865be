"""Deciding before one knows: linear programmes in two stages, solved with HiGHS.

What is decided first holds in every scenario; what is decided after differs by scenario. Three values are compared: the
best first decision, the same with every scenario known beforehand, and that of whoever plans for the average.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog
from scipy.sparse import block_array, csr_array

from foedus.base.errors import FoedusError

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scenario:
    """What one scenario lets be done after the first decision: ``technology @ x + recourse @ y <= limits``, y >= 0.

    Attributes
    ----------
    first
        Cost of the first decision times the scenario's probability; shape (n,).
    cost
        Cost of the second decision times the scenario's probability; shape (m,).
    technology, recourse
        Matrices of shapes (rows, n) and (rows, m), dense or sparse.
    limits
        Shape (rows,).
    """

    first: Numbers
    cost: Numbers
    technology: ArrayLike
    recourse: ArrayLike
    limits: Numbers


@dataclass(frozen=True, slots=True)
class TwoStage:
    """A first decision ``x >= 0`` under ``rows @ x <= limits``, and scenarios; least expected cost is sought.

    Attributes
    ----------
    rows, limits
        Of shapes (k, n) and (k,).
    scenarios
        With costs weighted by their probabilities.
    """

    rows: ArrayLike
    limits: Numbers
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan.

    Attributes
    ----------
    value
        Its expected cost.
    first
        The first decision; shape (n,).
    after
        The second decision in each scenario.
    worth
        By how much the expected cost falls for one more unit of each limit of the first stage; shape (k,).
    """

    value: float
    first: Numbers
    after: tuple[Numbers, ...]
    worth: Numbers


def plan(problem: TwoStage, *, presolve: bool = True) -> Solution:
    """Return the best first decision and what follows from it.

    Parameters
    ----------
    problem
        To be solved.
    presolve
        Whether HiGHS first makes it smaller. For many small programmes side by side that costs more than it saves; the
        value is the same, though of several best decisions another may come out.

    Raises
    ------
    FoedusError
        When no decision meets all limits, or cost has no lower bound.

    References
    ----------
    Birge and Louveaux (2011), Introduction to Stochastic Programming, section 1.1.
    """
    first = np.sum([scenario.first for scenario in problem.scenarios], axis=0)
    top = [csr_array(problem.rows), *(None for _ in problem.scenarios)]
    below = [
        [
            csr_array(scenario.technology),
            *(csr_array(scenario.recourse) if k == j else None for j in range(len(problem.scenarios))),
        ]
        for k, scenario in enumerate(problem.scenarios)
    ]
    solution = _least(
        np.concatenate([first, *(scenario.cost for scenario in problem.scenarios)]),
        block_array([top, *below], format="csr"),
        np.concatenate([problem.limits, *(scenario.limits for scenario in problem.scenarios)]),
        presolve,
    )
    n = len(first)
    ends = n + np.cumsum([len(scenario.cost) for scenario in problem.scenarios])
    after = tuple(np.asarray(part) for part in np.split(solution.x[n:], ends[:-1] - n))
    worth = -solution.ineqlin.marginals[: len(problem.limits)]
    return Solution(float(solution.fun), solution.x[:n], after, np.asarray(worth))


def value_of(problem: TwoStage, first: Numbers, *, presolve: bool = True) -> tuple[Solution, ...]:
    """Return what follows in each scenario from a first decision that is given; values include its cost.

    ``presolve`` is that of `plan`.

    Raises
    ------
    FoedusError
        When a scenario leaves nothing to do within its limits.
    """
    solutions = []
    for scenario in problem.scenarios:
        left = scenario.limits - csr_array(scenario.technology) @ first
        best = _least(scenario.cost, csr_array(scenario.recourse), left, presolve)
        solutions.append(Solution(float(best.fun + scenario.first @ first), first, (best.x,), np.zeros(0)))
    return tuple(solutions)


def _least(cost: Numbers, rows: csr_array, limits: Numbers, presolve: bool) -> Any:
    options = {"presolve": presolve}
    solution = linprog(cost, A_ub=rows, b_ub=limits, bounds=(0, None), method="highs", options=options)
    if solution.status == 2:
        raise FoedusError("no plan meets all limits at once: the first demand exceeds what there is")
    if solution.status != 0:
        raise FoedusError(f"the linear programme has no answer: {solution.message}")
    return solution
