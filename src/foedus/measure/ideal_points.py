"""Dynamic ideal points from roll calls with three answers.

The model is the ordinal item response model of Bailey, Strezhnev and Voeten (2017), "Estimating Dynamic State
Preferences from United Nations Voting Data", Journal of Conflict Resolution 61(2), 430-456: a state with ideal point
theta in a year answers a roll call with slope beta at least "abstain" with probability F(beta theta - kappa1), and
"yes" with probability F(beta theta - kappa2); theta walks at random from year to year. This reading differs in three
ways: F is logistic and not normal; the mode of the joint posterior is found instead of sampling it; no roll calls of
different years share their slope.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.base.errors import FoedusError
from foedus.measure.votes import ABSTAIN, NO, YES, Votes

Floats = NDArray[np.float64]

STEP = 0.3
"""Standard deviation of a year's step of an ideal point, whose own is 1."""
SLOPE = 0.7
"""Standard deviation of the prior of slopes; with `STEP` the best of nine pairs against published points to 2012."""
CUT = 5.0
"""Standard deviation of the prior of the two cuts, around -1 and +1."""
ROUNDS = 80
STILL = 2e-3
"""Mean change of ideal points in a round below which they count as found."""
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class IdealPoints:
    """Ideal points by seat and year.

    Attributes
    ----------
    points
        Shape (seats, years); mean 0 and standard deviation 1 over all seats and years; NaN where a seat cast no vote.
    errors
        Standard errors given the roll calls, the same shape.
    cast
        Votes cast, the same shape.
    rounds, change
        Rounds run, and the mean change of the points in the last one.
    """

    seats: tuple[str, ...]
    years: tuple[int, ...]
    points: Floats
    errors: Floats
    cast: NDArray[np.int64]
    rounds: int
    change: float


def ideal_points(votes: Votes, pole: str = "USA", rounds: int = ROUNDS) -> IdealPoints:
    """Estimate where each seat stood in each year.

    Parameters
    ----------
    votes
        The roll calls.
    pole
        The seat towards which points grow.
    rounds
        At most so many rounds.

    Raises
    ------
    FoedusError
        The pole cast no vote.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> seat, call = (each.ravel().astype(np.int32) for each in np.meshgrid(np.arange(9), np.arange(200)))
    >>> choice = np.where((seat - 4) * rng.normal(size=200)[call] + rng.logistic(size=1800) > 0, 2, 0).astype(np.int8)
    >>> names = tuple("ABCDEFGHI")
    >>> answer = ideal_points(Votes(names, (2000,), seat, np.full(1800, 2000, np.int32), call, choice, {}), pole="I")
    >>> bool(np.corrcoef(answer.points[:, 0], np.arange(9))[0, 1] > 0.95)
    True
    """
    if pole not in votes.seats:
        raise FoedusError(f"{pole!r} cast no vote; the pole is one of: {', '.join(votes.seats)}")
    seats, years = len(votes.seats), len(votes.years)
    cell = votes.seat.astype(np.int64) * years + (votes.year - votes.years[0])
    cast = np.bincount(cell, minlength=seats * years).reshape(seats, years)
    present = cast > 0
    theta = _standard(_agreement_with(votes, votes.seats.index(pole), cell, cast), present)[0]
    items = _Items(int(votes.roll_call.max()) + 1)
    change, done, error = np.inf, 0, np.zeros_like(theta)
    while done < rounds and change >= STILL:
        done += 1
        items.improve(votes, theta.ravel()[cell])
        new, error = _walk(theta, *items.pull(votes, theta.ravel()[cell], cell, theta.shape))
        new, mean, spread = _standard(new, present)
        items.rescale(mean, spread)
        change = float(np.abs(new - theta)[present].mean())
        theta = new
    if theta[votes.seats.index(pole)][present[votes.seats.index(pole)]].mean() < 0:
        theta = -theta
    blank = np.where(present, 1.0, np.nan)
    return IdealPoints(votes.seats, votes.years, theta * blank, error * blank, cast, done, change)


class _Items:
    """Slope and cuts of each roll call."""

    def __init__(self, number: int) -> None:
        self.beta = np.zeros(number)
        self.kappa1 = np.full(number, -1.0)
        self.kappa2 = np.full(number, 1.0)

    def improve(self, votes: Votes, theta: Floats) -> None:
        """Take two Fisher scoring steps towards the mode of slopes and cuts, given the ideal points."""
        j, number = votes.roll_call, len(self.beta)
        for _ in range(2):
            eta = self.beta[j] * theta
            p0, p1, p2, f1, f2 = _chances(eta, self.kappa1[j], self.kappa2[j])
            g1 = np.where(votes.choice == NO, -f1 / p0, np.where(votes.choice == ABSTAIN, f1 / p1, 0.0))
            g2 = np.where(votes.choice == YES, f2 / p2, np.where(votes.choice == ABSTAIN, -f2 / p1, 0.0))
            i11, i22, i12 = f1 * f1 * (1 / p0 + 1 / p1), f2 * f2 * (1 / p2 + 1 / p1), -f1 * f2 / p1

            def total(weights: Floats) -> Floats:
                return np.bincount(j, weights, number).astype(np.float64)

            gradient = np.stack(
                [
                    total((g1 + g2) * theta) - self.beta / SLOPE**2,
                    -total(g1) - (self.kappa1 + 1) / CUT**2,
                    -total(g2) - (self.kappa2 - 1) / CUT**2,
                ],
                1,
            )
            fisher = np.empty((number, 3, 3))
            fisher[:, 0, 0] = total((i11 + i22 + 2 * i12) * theta * theta) + 1 / SLOPE**2
            fisher[:, 0, 1] = fisher[:, 1, 0] = -total((i11 + i12) * theta)
            fisher[:, 0, 2] = fisher[:, 2, 0] = -total((i22 + i12) * theta)
            fisher[:, 1, 1] = total(i11) + 1 / CUT**2
            fisher[:, 2, 2] = total(i22) + 1 / CUT**2
            fisher[:, 1, 2] = fisher[:, 2, 1] = total(i12)
            # A step is held to 1, or the first rounds overshoot on unanimous roll calls.
            step = np.clip(np.linalg.solve(fisher, gradient[..., None])[..., 0], -1, 1)
            self.beta += step[:, 0]
            self.kappa1 += step[:, 1]
            self.kappa2 += step[:, 2]
            # Cuts may not cross: where nobody abstained they would meet, and an abstention would have no chance at all.
            crossed, middle = self.kappa2 - self.kappa1 < 0.02, (self.kappa1 + self.kappa2) / 2
            self.kappa1 = np.where(crossed, middle - 0.01, self.kappa1)
            self.kappa2 = np.where(crossed, middle + 0.01, self.kappa2)

    def pull(
        self, votes: Votes, theta: Floats, cell: NDArray[np.int64], shape: tuple[int, int]
    ) -> tuple[Floats, Floats]:
        """Return gradient and Fisher information of each ideal point, shape (seats, years)."""
        j = votes.roll_call
        beta = self.beta[j]
        p0, p1, p2, f1, f2 = _chances(beta * theta, self.kappa1[j], self.kappa2[j])
        score = np.where(votes.choice == NO, -f1 / p0, np.where(votes.choice == YES, f2 / p2, (f1 - f2) / p1))
        information = f1 * f1 / p0 + f2 * f2 / p2 + (f1 - f2) ** 2 / p1
        size = shape[0] * shape[1]
        gradient: Floats = np.bincount(cell, score * beta, size).reshape(shape).astype(np.float64)
        return gradient, np.bincount(cell, information * beta**2, size).reshape(shape).astype(np.float64)

    def rescale(self, mean: float, spread: float) -> None:
        """Keep all probabilities as they are while ideal points are moved and stretched."""
        self.kappa1 -= self.beta * mean
        self.kappa2 -= self.beta * mean
        self.beta *= spread


def _chances(eta: Floats, kappa1: Floats, kappa2: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Return the probabilities of no, abstention and yes, and the logistic densities at the two cuts."""
    at_least, yes = 1 / (1 + np.exp(kappa1 - eta)), 1 / (1 + np.exp(kappa2 - eta))
    return (
        np.maximum(1 - at_least, TINY),
        np.maximum(at_least - yes, TINY),
        np.maximum(yes, TINY),
        at_least * (1 - at_least),
        yes * (1 - yes),
    )


def _walk(theta: Floats, gradient: Floats, information: Floats) -> tuple[Floats, Floats]:
    """Take one scoring step of all ideal points under the random walk: a tridiagonal system for each seat.

    Returns the new points and the square roots of the reciprocals of the diagonal, as conditional standard errors.
    """
    years = theta.shape[1]
    weight = 1 / STEP**2
    neighbours = np.full(years, 2 * weight)
    neighbours[[0, -1]] = weight if years > 1 else 0.0
    # A weak pull towards 0 keeps a seat that never voted from making the system singular.
    diagonal = information + neighbours + 0.01
    right = information * theta + gradient
    pivot, value = np.empty_like(theta), np.empty_like(theta)
    pivot[:, 0], value[:, 0] = diagonal[:, 0], right[:, 0]
    for t in range(1, years):
        factor = weight / pivot[:, t - 1]
        pivot[:, t] = diagonal[:, t] - factor * weight
        value[:, t] = right[:, t] + factor * value[:, t - 1]
    new = np.empty_like(theta)
    new[:, -1] = value[:, -1] / pivot[:, -1]
    for t in range(years - 2, -1, -1):
        new[:, t] = (value[:, t] + weight * new[:, t + 1]) / pivot[:, t]
    return new, 1 / np.sqrt(diagonal)


def _standard(theta: Floats, present: NDArray[np.bool_]) -> tuple[Floats, float, float]:
    """Return the points with mean 0 and standard deviation 1 over the seats that voted, with both as they were."""
    mean, spread = float(theta[present].mean()), float(theta[present].std())
    spread = spread if spread > TINY else 1.0
    return (theta - mean) / spread, mean, spread


def _agreement_with(votes: Votes, pole: int, cell: NDArray[np.int64], cast: NDArray[np.int64]) -> Floats:
    """Return a first guess: each seat's agreement with the pole in each year, standardised within the year."""
    of_pole = np.full(int(votes.roll_call.max()) + 1, np.nan)
    of_pole[votes.roll_call[votes.seat == pole]] = votes.choice[votes.seat == pole]
    alike = 1 - np.abs(votes.choice - of_pole[votes.roll_call]) / 2
    known = ~np.isnan(alike)
    total = np.bincount(cell[known], alike[known], cast.size).reshape(cast.shape)
    number = np.bincount(cell[known], minlength=cast.size).reshape(cast.shape)
    share = total / np.maximum(number, 1)
    count = np.maximum((number > 0).sum(0), 1)
    mean = np.where(number > 0, share, 0).sum(0) / count
    spread = np.sqrt(np.where(number > 0, (share - mean) ** 2, 0).sum(0) / count)
    guess: Floats = np.where(number > 0, (share - mean) / np.maximum(spread, TINY), 0.0)
    return guess
