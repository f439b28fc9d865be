"""The probabilistic Condorcet election: coalitions for each pair of options, chances from their strengths.

For options a and b, with w_i = capability times salience and u_i the utility of an option:

- strength of a over b:      C_ab, the sum of w_i vote(u_i(a) - u_i(b)) over those who prefer a
- probability that a wins:   P_ab = f(C_ab) / (f(C_ab) + f(C_ba)), with f the victory model
- conditional:               p_a in proportion to the product of P_ab over all b
- Markov:                    the limit of a process in which a standing option is challenged, by any other with the same
                             chance (uniform), or in proportion to C_ab P_ab (incentive)
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Literal

import numpy as np

from foedus.issues.models import ModelCard
from foedus.issues.sitting import Floats
from foedus.issues.sums import total as summed
from foedus.settlement.points import LotteryModel, Members

VotingRule = Literal["binary", "proportional-binary", "proportional", "proportional-cubic", "cubic", "asymmetric"]
VictoryModel = Literal["linear", "square", "quartic", "octic", "binary"]
Process = Literal["conditional", "markov-uniform", "markov-incentive"]

_POWERS: dict[str, int] = {"linear": 1, "square": 2, "quartic": 4, "octic": 8}
_FAINT = 1e-10
_MARGIN = 1.1
_SQUARINGS = 40
_CELLS = 65_536
"""Pairs of options times draws worked on at a time, so that an array of them fits the cache."""


def votes(difference: Floats, rule: VotingRule = "proportional") -> Floats:
    """Return how strongly an actor votes on a pair, from the difference of its utilities.

    Parameters
    ----------
    difference
        u(a) - u(b), any shape.
    rule
        ``binary`` counts heads; ``proportional`` the difference; ``cubic`` its cube; ``proportional-binary`` mixes .8
        and .2, ``proportional-cubic`` halves; ``asymmetric`` counts a gain for two thirds of a loss.

    Examples
    --------
    >>> votes(np.array([-0.5, 0.0, 0.5]), "asymmetric").round(4).tolist()
    [-0.5, 0.0, 0.3333]
    """

    def heads() -> Floats:
        return np.asarray(np.clip(difference / 1e-8, -1.0, 1.0))

    forms: dict[str, Callable[[], Floats]] = {
        "binary": heads,
        "proportional-binary": lambda: 0.8 * difference + 0.2 * heads(),
        "proportional": lambda: difference,
        "proportional-cubic": lambda: 0.5 * difference + 0.5 * difference**3,
        "cubic": lambda: difference**3,
        "asymmetric": lambda: np.where(difference > 0, difference * 2.0 / 3.0, difference),
    }
    return np.asarray(forms[rule]())


def coalition_strengths(utility: Floats, weight: Floats, rule: VotingRule = "proportional") -> Floats:
    """Return C, the strength of those for each option (row) over each other (column).

    It goes from voter to voter, draws last, so that memory holds no more than the answer and one chunk.

    Parameters
    ----------
    utility
        Of each option to each actor; shape (..., N, K).
    weight
        Shape (..., N).

    Returns
    -------
    Floats
        Shape (..., K, K).
    """
    voters, options = utility.shape[-2:]
    of_voter = utility.reshape(-1, voters, options).transpose(1, 2, 0)
    weight_of = weight.reshape(-1, voters).T
    draws = of_voter.shape[2]
    strengths = np.zeros((options, options, draws))
    chunk = max(1, _CELLS // max(1, options * options))
    gap = np.empty((options, options, min(chunk, draws)))
    for start in range(0, draws, chunk):
        part = slice(start, start + chunk)
        sums, worth, weights = strengths[:, :, part], of_voter[:, :, part].copy(), weight_of[:, part].copy()
        for own, heaviness in zip(worth, weights, strict=True):
            np.subtract(own[:, None], own[None], out=gap[:, :, : own.shape[1]])
            cast = votes(gap[:, :, : own.shape[1]], rule)
            np.maximum(cast, 0.0, out=cast)
            cast *= heaviness
            sums += cast
    return np.ascontiguousarray(strengths.transpose(2, 0, 1)).reshape(*weight.shape[:-1], options, options)


def victory(strengths: Floats, model: VictoryModel = "linear") -> Floats:
    """Return P, the probability that each option beats each other; a half where neither has strength.

    Parameters
    ----------
    strengths
        C; shape (..., K, K).
    model
        Which power of the strengths counts: 1, 2, 4 or 8. ``binary`` makes a lead of 10 % sure, in a straight line
        between.

    Examples
    --------
    >>> victory(np.array([[0.0, 3.0], [1.0, 0.0]]), "square").round(9).tolist()
    [[0.5, 0.9], [0.1, 0.5]]
    """
    other = np.swapaxes(strengths, -1, -2)
    top = np.maximum(strengths, other)
    scale = np.where(top > 0, top, 1.0)
    mine, theirs = strengths / scale, other / scale
    if model == "binary":
        share = np.where(top > 0, mine / np.where(top > 0, mine + theirs, 1.0), 0.5)
        return np.asarray(np.clip((share * (_MARGIN + 1.0) - 1.0) / (_MARGIN - 1.0), 0.0, 1.0))
    mine, theirs = mine ** _POWERS[model], theirs ** _POWERS[model]
    return np.where(top > 0, mine / np.where(top > 0, mine + theirs, 1.0), 0.5)


def election(strengths: Floats, process: Process, model: VictoryModel = "linear") -> Floats:
    """Return the probability of each option.

    Parameters
    ----------
    strengths
        C; shape (..., K, K), the diagonal is not read.
    process, model
        How the winner is found, and how strength becomes probability.

    Returns
    -------
    Floats
        Shape (..., K), each row sums to 1.

    Examples
    --------
    >>> strengths = np.array([[0, 12.099, 54.921], [10.333, 0, 27.079], [5.007, 55.047, 0]])
    >>> election(strengths, "conditional", "square").round(4).tolist()
    [0.8659, 0.1241, 0.01]
    >>> election(strengths, "markov-uniform", "square").round(4).tolist()
    [0.6351, 0.2148, 0.1501]
    """
    options = strengths.shape[-1]
    itself = np.eye(options, dtype=np.bool_)
    beats = np.where(itself, 0.5, victory(np.where(itself, 0.0, strengths), model))
    if process == "conditional":
        alone = np.where(itself, 1.0, beats).prod(axis=-1)
        total = summed(alone, -1)[..., None]
        return np.asarray(np.where(total > 0, alone / np.where(total > 0, total, 1.0), 1.0 / options))
    if process == "markov-uniform":
        challenge = np.full(strengths.shape, 1.0 / options)
    else:
        most = np.where(itself, 0.0, strengths).max(axis=(-1, -2), keepdims=True)
        incentive = np.where(itself, _FAINT, strengths / np.where(most > 0, most, 1.0) * beats)
        challenge = incentive / summed(incentive, -2)[..., None, :]
    moves = np.where(itself, 0.0, beats * challenge)
    stays = 1.0 - summed(moves, -2)
    return _limit(moves + np.where(itself, stays[..., None, :], 0.0))


def _limit(transition: Floats) -> Floats:
    """Return where a lazy walk from equal chances ends; columns of ``transition`` sum to 1."""
    power = (transition + np.eye(transition.shape[-1])) / 2
    for _ in range(_SQUARINGS):
        power = power @ power
        power /= summed(power, -2)[..., None, :]
    return np.asarray(summed(power, -1) / power.shape[-1])


def _card(process: Process, summary: str, reading: str) -> ModelCard:
    return ModelCard(
        name=f"condorcet:{process}",
        stage="settlement",
        summary=summary,
        caution="It knows no rule and no veto; it turns strength into chances by a formula that is assumed.",
        inputs=("private", "salience", "capability"),
        stochastic=False,
        properties=(
            "within range",
            "anonymous",
            "neutral to the unit",
            "neutral to direction",
            "issue by issue",
            "unanimity",
            "Pareto",
            "nothing without weight",
        ),
        assumptions=(),
        reference=(
            "Wise, Lester and Efird (2015), An introduction to the KAPSARC Toolkit for Behavioral Analysis; formulas "
            "as in its public source"
        ),
        reading=(
            f"{reading} Over the options of the agenda. Utility is 1 less the distance as a share of the scale, risk "
            "neutral; votes are proportional, victory is linear. The likeliest option is the choice (the status quo of "
            "equals), the expected place the outcome."
        ),
        oracle="probabilities printed by another implementation for three options and the square victory model",
        refuted=(
            "monotone",
            "individually rational",
            "respects the rule",
            "responsive to salience",
            "responsive to capability",
        ),
    )


def _model(process: Process, summary: str, reading: str) -> LotteryModel:
    return LotteryModel(_card(process, summary, reading), functools.partial(_probabilities, process))


def _probabilities(process: Process, members: Members) -> Floats:
    utility = 1.0 - np.abs(members.agenda.options - members.position[:, :, None]) / members.agenda.length
    return election(coalition_strengths(utility, members.weight), process)


CONDORCET_CONDITIONAL = _model(
    "conditional",
    "Each option wins with the chance that it beats all others one by one, given that one does.",
    "Products of the pairwise chances, scaled to sum to 1.",
)
CONDORCET_UNIFORM = _model(
    "markov-uniform",
    "A standing option is challenged by any other with the same chance; how often each stands in the long run counts.",
    "Each option, itself included, challenges with chance 1 / K.",
)
CONDORCET_INCENTIVE = _model(
    "markov-incentive",
    "A standing option is challenged the more by those whose coalition is strong; how often each stands counts.",
    "A challenger's chance is in proportion to its coalition's strength times its probability of winning.",
)
