"""The crisis-signalling game of Lewis and Schultz: challenge, resist, fight, with all its equilibria.

The challenger A keeps the status quo (worth ``S_A`` to it) or challenges. The defender B concedes (A gets ``V_A``, B
``C_B``) or resists. A then fights (``W_A``, ``W_B``) or backs down (``a`` for A, ``V_B`` for B). Each of ``W_A``, ``a``
and ``W_B`` carries a private standard normal shock.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, owens_t

from foedus.strategy.games.card import GameCard

Floats = NDArray[np.float64]

CARD = GameCard(
    name="crisis-signalling",
    question="Does an act make a challenge less likely or more likely?",
    players="the challenger (the rival), the defender (the host with those behind it), the challenger again",
    decides=(
        "what the act takes from the challenger's liking for the present, against what it adds to the "
        "defender's fighting"
    ),
    reference="Lewis and Schultz 2003, doi:10.1093/pan/mpg021; solved as in Crisman-Cox and Gibilisco 2019, "
    "doi:10.1017/psrm.2019.58",
    checked="implementation",
    caution="One challenge over one stake, two sides; no learning, no bargaining over the stake, no third party.",
)

TOLERANCE = 1e-12
"""The largest residual in p_R with which an equilibrium counts as found."""

_GRID = np.concatenate([np.linspace(-38, -6, 9)[:-1], np.linspace(-6, 6, 121), np.linspace(6, 38, 9)[1:]])
"""Probits of p_R at which the sign of the fixed-point equation is looked at."""
_EACH = 8
"""Points of the grid in a step of the coarse grid, which is looked at first."""
_MARGIN = 1e-9
"""By how much two values must agree on a sign for all between them to have it; rounding is far smaller."""
_FINITE = 1e290
"""Beyond it, an implied probit is no number but a mark that nobody challenges, or that no challenger fights."""
_HALVINGS = 62
"""Of a bracket of at most 4, down to the last bit of a double."""
_ROUGHLY = 10
"""Halvings where a root is only followed, to some 1e-4."""
_RHO = 1 / np.sqrt(2)
_MOST = 5
"""Places for the equilibria of one draw; five were never seen."""


@dataclass(frozen=True, slots=True)
class Payoffs:
    """The seven payoffs, in standard deviations of the private shocks; each a number or an array of draws.

    Attributes
    ----------
    status_quo
        S_A, the challenger's without a challenge.
    prize
        V_A, the challenger's when the defender concedes.
    conceded
        C_B, the defender's when it concedes.
    war_a, war_b
        W_A and W_B, without their shocks.
    kept
        V_B, the defender's when the challenger backs down.
    backing_down
        a, the challenger's when it backs down; the lower, the higher its audience costs.
    """

    status_quo: Floats | float
    prize: Floats | float
    conceded: Floats | float
    war_a: Floats | float
    war_b: Floats | float
    kept: Floats | float
    backing_down: Floats | float

    def shifted(self, **by: Floats | float) -> Payoffs:
        """Return the payoffs with some of them moved.

        Examples
        --------
        >>> Payoffs(0.0, 1.0, 0.0, -1.9, -2.4, 1.0, -1.2).shifted(war_b=0.1).war_b
        -2.3
        """
        return replace(self, **{name: getattr(self, name) + value for name, value in by.items()})

    def scaled(self, factor: float) -> Payoffs:
        """Return all payoffs times a factor, such as 1 / the standard deviation of the shocks."""
        return Payoffs(*(factor * np.asarray(getattr(self, field.name), dtype=np.float64) for field in fields(self)))

    def arrays(self) -> tuple[Floats, ...]:
        """Return the seven as arrays of one length."""
        given = [np.atleast_1d(np.asarray(getattr(self, field.name), dtype=np.float64)) for field in fields(self)]
        return tuple(np.broadcast_arrays(*given))

    def taken(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> Payoffs:
        """Return some of the draws."""
        return Payoffs(*(array[chosen] for array in self.arrays()))


@dataclass(frozen=True, slots=True)
class Equilibria:
    """All equilibria of each draw, ordered from the most contested (low p_R) to the most peaceful (high p_R).

    Attributes
    ----------
    probit
        Of p_R; shape (draws, 5), NaN where there is none.
    resist, challenge, fight
        p_R, p_C and p_F; same shape.
    residual
        How far p_R is from what it implies, in the smaller of its two tails; same shape.
    count
        How many; shape (draws,).
    solved
        Whether every residual is below `TOLERANCE` and there is at least one; shape (draws,).
    """

    probit: Floats
    resist: Floats
    challenge: Floats
    fight: Floats
    residual: Floats
    count: NDArray[np.intp]
    solved: NDArray[np.bool_]


def outcomes(challenge: Floats, resist: Floats, fight: Floats) -> dict[str, Floats]:
    """Return the probabilities of the four ends, which sum to 1.

    Examples
    --------
    >>> ends = outcomes(np.array(0.5), np.array(0.5), np.array(0.5))
    >>> float(ends["war"]), float(sum(ends.values()))
    (0.125, 1.0)
    """
    return {
        "status_quo": 1 - challenge,
        "conceded": challenge * (1 - resist),
        "war": challenge * resist * fight,
        "backed_down": challenge * resist * (1 - fight),
    }


def normal_density(x: Floats) -> Floats:
    """Return the density of the standard normal distribution."""
    return np.asarray(np.exp(-np.square(x) / 2) / np.sqrt(2 * np.pi))


def bivariate(h: Floats, k: Floats) -> Floats:
    """Return Phi2(h, k) at a correlation of 1/sqrt(2), by Owen's T function.

    References
    ----------
    Owen 1956, Tables for computing bivariate normal probabilities, doi:10.1214/aoms/1177728074.

    Examples
    --------
    >>> round(float(bivariate(np.array(0.0), np.array(0.0))), 12)
    0.375
    """
    h, k = np.broadcast_arrays(np.asarray(h, dtype=np.float64), np.asarray(k, dtype=np.float64))
    # Owen's formula divides by both; a value next to nothing gives the limit.
    h, k = np.where(h == 0, 1e-300, h), np.where(k == 0, 1e-300, k)
    root = np.sqrt(2.0)
    with np.errstate(over="ignore"):
        first, second = owens_t(h, (root * k - h) / h), owens_t(k, (root * h - k) / k)
    p = (ndtr(h) + ndtr(k)) / 2 - first - second - np.where(h * k < 0, 0.5, 0.0)
    clipped: Floats = np.clip(p, 0.0, 1.0)
    return clipped


def answers_to(payoffs: tuple[Floats, ...], probit: Floats) -> tuple[Floats, Floats, Floats]:
    """Return p_C, p_F and the probit of p_R that follow from a belief about p_R.

    Parameters
    ----------
    payoffs
        The seven, of shapes that go with that of ``probit``.
    probit
        Of the p_R that the challenger expects.
    """
    s_a, v_a, c_b, w_a, w_b, v_b, a = payoffs
    resist, yields = ndtr(probit), ndtr(-probit)
    with np.errstate(over="ignore"):
        # where nobody resists the quotient has no limit; a cut so far out is reached by no shock, and keeps sums finite
        cut = np.clip((s_a - yields * v_a) / np.maximum(resist, 1e-300), -1e3, 1e3)
    # 1 - Phi(x) Phi(y), without cancellation where both are near 1
    no_war, no_bluff = ndtr(w_a - cut), ndtr(a - cut)
    challenge = no_war + no_bluff - no_war * no_bluff
    both = bivariate((w_a - a) * _RHO, w_a - cut)
    with np.errstate(divide="ignore", invalid="ignore"):
        # rounding would take the quotient of two nearly equal chances past 1
        fight = np.minimum(both / challenge, 1.0)
        implied = w_b - v_b + (v_b - c_b) / fight
    return challenge, fight, implied


def solve(payoffs: Payoffs) -> Equilibria:
    """Return all equilibria of every draw.

    The equation p_R = Phi(h(p_R)) is looked at on a grid of probits of p_R, where the crowding of roots near p_R = 1
    does no harm; where it turns towards zero between two points without crossing it, it is looked at more closely;
    every change of sign is then halved down to the last bit. What is implied rises or falls with p_R all along, so that
    its values at two points say where between them it cannot meet p_R: most of the grid need not be looked at.

    Parameters
    ----------
    payoffs
        Numbers, or arrays of draws.

    Examples
    --------
    >>> answer = solve(Payoffs(0.0, 1.0, 0.0, -1.9, -2.4, 1.0, -1.2))
    >>> answer.resist[0, 0].round(9), answer.challenge[0, 0].round(9), answer.fight[0, 0].round(9)
    (np.float64(0.959706693), np.float64(0.151114094), np.float64(0.194276894))
    """
    given = payoffs.arrays()
    gaps, open_ = _looked_at(given)
    draw, low, high = _brackets(given, gaps, open_)
    at = _halved(tuple(array[draw] for array in given), low, high)
    sure = np.flatnonzero(gaps[:, -1] >= 0)  # resisting is certain to the last bit
    draw, at = np.concatenate([draw, sure]), np.concatenate([at, np.full(sure.size, np.inf)])
    return _collected(given, draw, at)


def nearest_root(payoffs: Payoffs, probit: Floats, within: float) -> Floats:
    """Return roughly the probit of p_R in the equilibrium nearest to another probit; NaN where none is near enough.

    Parameters
    ----------
    payoffs
        Arrays of draws.
    probit
        Where to look; shape (draws,).
    within
        How far to look, in probits.
    """
    given = payoffs.arrays()
    steps = np.linspace(-within, within, 26)  # an even number: the root looked for lies seldom on a point
    grid = probit[:, None] + steps
    positive = _gap(tuple(values[:, None] for values in given), grid) > 0
    crosses = positive[:, 1:] != positive[:, :-1]
    middle = np.abs(steps[1:] + steps[:-1])
    place = np.argmin(np.where(crosses, middle, np.inf), axis=1)
    rows = np.arange(probit.size)
    root = _halved(given, grid[rows, place], grid[rows, place + 1], _ROUGHLY)
    return np.where(crosses[rows, place], root, np.nan)


def _gap(payoffs: tuple[Floats, ...], probit: Floats) -> Floats:
    gap: Floats = np.nan_to_num(answers_to(payoffs, probit)[2], nan=np.inf, posinf=1e300, neginf=-1e300) - probit
    return gap


def _clear(low: Floats, high: Floats, at_low: Floats, at_high: Floats) -> NDArray[np.bool_]:
    """Return whether the equation surely crosses zero nowhere between two points, from its values at both.

    What is implied is monotone in the probit of p_R. The cut-off is, for it is V_A + (S_A - V_A) / p_R. The chance that
    a challenger fights is monotone in the cut-off: it is the mean, over what its better end is worth beyond the
    cut-off, of a chance with the odds lambda(m - W_A) : lambda(m - a), where lambda is phi / Phi, and -x - lambda(x)
    falls with x.
    """
    implied_low, implied_high = at_low + low, at_high + high
    finite = (np.abs(implied_low) < _FINITE) & (np.abs(implied_high) < _FINITE)
    above = np.minimum(implied_low, implied_high) - high > _MARGIN
    below = np.maximum(implied_low, implied_high) - low < -_MARGIN
    nobody = (implied_low > _FINITE) & (implied_high > _FINITE)
    clear: NDArray[np.bool_] = finite & (above | below) | nobody
    return clear


def _looked_at(given: tuple[Floats, ...]) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the equation on the grid, and which intervals of the grid it may cross zero in.

    Far from those, the values are a number of the right sign.

    Returns
    -------
    tuple
        Shapes (draws, points) and (draws, points - 1).
    """
    coarse = _GRID[::_EACH]
    some = _gap(tuple(payoff[:, None] for payoff in given), coarse[None, :])
    open_ = np.repeat(~_clear(coarse[:-1], coarse[1:], some[:, :-1], some[:, 1:]), _EACH, axis=1)
    gaps = np.concatenate([np.repeat(np.copysign(1e300, some[:, :-1]), _EACH, axis=1), some[:, -1:]], axis=1)
    gaps[:, ::_EACH] = some
    asked = np.zeros(gaps.shape, dtype=np.bool_)  # both ends of each open interval, and one point beyond them
    for beyond in range(-1, 3):
        first, last = max(0, beyond), min(_GRID.size, open_.shape[1] + beyond)
        asked[:, first:last] |= open_[:, first - beyond : last - beyond]
    asked[:, ::_EACH] = False
    draw, place = np.nonzero(asked)
    gaps[draw, place] = _gap(tuple(payoff[draw] for payoff in given), _GRID[place])
    return gaps, open_


def _brackets(
    given: tuple[Floats, ...], gaps: Floats, open_: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Return draw, lower and upper end of every interval in which the equation changes its sign."""
    positive = gaps > 0
    draw, place = np.nonzero(positive[:, 1:] != positive[:, :-1])
    brackets: list[tuple[NDArray[np.intp], Floats, Floats]] = [(draw, _GRID[place], _GRID[place + 1])]
    size = np.abs(gaps)
    same = (positive[:, 1:-1] == positive[:, :-2]) & (positive[:, 1:-1] == positive[:, 2:])
    near = same & (open_[:, :-1] | open_[:, 1:])
    turns, at = np.nonzero(near & (size[:, 1:-1] <= size[:, :-2]) & (size[:, 1:-1] <= size[:, 2:]))
    if turns.size:
        start, stop = _GRID[at], _GRID[at + 2]
        sign = np.where(positive[turns, at + 1], 1.0, -1.0)
        crosses, nearest = _crossing(
            tuple(payoff[turns] for payoff in given), start, stop, gaps[turns, at], gaps[turns, at + 2], sign
        )
        turns, start, stop = turns[crosses], start[crosses], stop[crosses]
        brackets += [(turns, start, nearest), (turns, nearest, stop)]
    draws = np.concatenate([bracket[0] for bracket in brackets])
    return (
        draws,
        np.concatenate([bracket[1] for bracket in brackets]),
        np.concatenate([bracket[2] for bracket in brackets]),
    )


def _crossing(
    payoffs: tuple[Floats, ...], low: Floats, high: Floats, at_low: Floats, at_high: Floats, sign: Floats
) -> tuple[NDArray[np.intp], Floats]:
    """Return which intervals the equation crosses zero in, and where it goes farthest beyond, by golden sections.

    An interval is given up as soon as its ends show that it holds no crossing.
    """
    golden = (np.sqrt(5) - 1) / 2
    kept = np.arange(low.size)
    for _ in range(40):
        left_out = _clear(low, high, at_low, at_high) & (sign[kept] * at_low > 0)
        if left_out.any():
            kept = kept[~left_out]
            low, high, at_low, at_high = (end[~left_out] for end in (low, high, at_low, at_high))
        if not kept.size:
            break
        width = golden * (high - low)
        left, right = high - width, low + width
        both = tuple(np.tile(payoff[kept], 2) for payoff in payoffs)
        at_left, at_right = np.split(_gap(both, np.concatenate([left, right])), 2)
        lower = sign[kept] * at_left < sign[kept] * at_right
        low, high = np.where(lower, low, left), np.where(lower, right, high)
        at_low, at_high = np.where(lower, at_low, at_left), np.where(lower, at_right, at_high)
    nearest = (low + high) / 2
    crosses = sign[kept] * _gap(tuple(payoff[kept] for payoff in payoffs), nearest) <= 0
    return kept[crosses], nearest[crosses]


def _halved(payoffs: tuple[Floats, ...], low: Floats, high: Floats, times: int = _HALVINGS) -> Floats:
    """Return the roots in brackets, each halved so many times."""
    rises = _gap(payoffs, low) <= 0
    for _ in range(times):
        middle = (low + high) / 2
        below = (_gap(payoffs, middle) <= 0) == rises
        lower, upper = np.where(below, middle, low), np.where(below, high, middle)
        if np.array_equal(lower, low) and np.array_equal(upper, high):
            break  # down to the last bit
        low, high = lower, upper
    return (low + high) / 2


def _collected(given: tuple[Floats, ...], draw: NDArray[np.intp], at: Floats) -> Equilibria:
    """Return the roots in order, draw by draw, with what follows from each and its residual."""
    draws = given[0].size
    order = np.lexsort((at, draw))
    draw, at = draw[order], at[order]
    count = np.bincount(draw, minlength=draws)
    place = np.arange(draw.size) - np.repeat(np.cumsum(count) - count, count)
    fits = place < _MOST
    draw, at, place = draw[fits], at[fits], place[fits]
    challenge, fight, implied = answers_to(tuple(payoff[draw] for payoff in given), np.minimum(at, 38.0))
    tail = np.where(at > 0, -1.0, 1.0)
    residual = np.abs(ndtr(tail * at) - ndtr(tail * implied))
    columns = {"probit": at, "resist": ndtr(at), "challenge": challenge, "fight": fight, "residual": residual}
    filled = {name: np.full((draws, _MOST), np.nan) for name in columns}
    for name, values in columns.items():
        filled[name][draw, place] = values
    worst = np.zeros(draws)
    np.maximum.at(worst, draw, np.nan_to_num(residual, nan=np.inf))
    return Equilibria(**filled, count=count, solved=(count > 0) & (count <= _MOST) & (worst < TOLERANCE))


def status_quo_for(challenge: Floats, payoffs: Payoffs) -> tuple[Floats, Floats]:
    """Return the S_A at which a challenge has a given probability, and the probit of p_R there.

    Given p_C, the cut-off and then p_F, p_R and S_A follow one after the other, so that there is one answer and no
    guess. Whether other equilibria exist at that S_A is for `solve` to say.

    Parameters
    ----------
    challenge
        p_C; shape (draws,).
    payoffs
        Their ``status_quo`` is not looked at.

    Examples
    --------
    >>> base = Payoffs(0.0, 1.0, 0.0, -1.9, -2.4, 1.0, -1.2)
    >>> answer, _ = status_quo_for(np.array([0.151114094]), base)
    >>> abs(float(answer[0])) < 1e-8
    True
    """
    _, v_a, c_b, w_a, w_b, v_b, a = payoffs.arrays()
    wanted = np.broadcast_to(np.asarray(challenge, dtype=np.float64), v_a.shape)
    low, high = np.minimum(w_a, a) - 40.0, np.maximum(w_a, a) + 40.0
    for _ in range(_HALVINGS + 8):
        cut = (low + high) / 2
        no_war, no_bluff = ndtr(w_a - cut), ndtr(a - cut)
        more = no_war + no_bluff - no_war * no_bluff > wanted
        low, high = np.where(more, cut, low), np.where(more, high, cut)
    cut = (low + high) / 2
    fight = bivariate((w_a - a) * _RHO, w_a - cut) / wanted
    probit = w_b - v_b + (v_b - c_b) / fight
    return cut * ndtr(probit) + ndtr(-probit) * v_a, probit
