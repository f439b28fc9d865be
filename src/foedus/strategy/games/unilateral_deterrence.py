"""The unilateral deterrence game of Zagare and Kilgour: which region of credibilities the two sides stand in."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.strategy.games.card import GameCard

CARD = GameCard(
    name="unilateral-deterrence",
    question="Is the defender's threat credible enough to deter, and how far is it from the next region?",
    players="the challenger, the defender, the challenger again",
    decides="the credibility of the defender, against how much the challenger likes the status quo",
    reference="Zagare and Kilgour 2000, Perfect Deterrence, chapter 5, doi:10.1017/CBO9780511491788",
    checked="derived",
    caution="Two types a side and nothing between them; thresholds and probabilities were derived here by backward "
    "induction, the names of the equilibria are from memory.",
)

CERTAIN, SEPARATING, BLUFF, ATTACK = "certain deterrence", "separating", "bluff", "attack"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What each end is worth to the two sides; only their order and their distances matter.

    Attributes
    ----------
    c_sq, c_dc, c_cd, c_dd
        The challenger's: status quo, the defender concedes, it backs down, war if it is hard.
    d_cd, d_dc, d_dd
        The defender's: the challenger backs down, it concedes, war if it is soft.

    Raises
    ------
    ValueError
        Where they are out of order.
    """

    c_sq: float
    c_dc: float
    c_cd: float
    c_dd: float
    d_cd: float
    d_dc: float
    d_dd: float

    def __post_init__(self) -> None:
        if not (self.c_dc > self.c_sq > self.c_cd and self.c_dc > self.c_dd > self.c_cd):
            raise ValueError("the challenger must rank a concession first and backing down last")
        if not self.d_cd > self.d_dc > self.d_dd:
            raise ValueError("the defender must rank a challenger that backs down first and, if it is soft, war last")


@dataclass(frozen=True, slots=True)
class Region:
    """Where two sides stand.

    Attributes
    ----------
    equilibrium
        `CERTAIN`, `SEPARATING`, `BLUFF` or `ATTACK`.
    hard_attacks, soft_attacks
        With which probability each type of challenger challenges.
    soft_resists
        With which probability a soft defender resists; None off the path.
    to_border
        How far the defender's credibility is from the next border, or None if only the challenger's matters there.
    residual
        What the best deviation of any type would gain; 0 in equilibrium.
    """

    KEYS = "equilibrium hard_attacks soft_attacks soft_resists to_border residual"

    equilibrium: str
    hard_attacks: float
    soft_attacks: float
    soft_resists: float | None
    to_border: float | None
    residual: float


def thresholds(worth: Preferences) -> tuple[float, float, float]:
    """Return c_t, c_1 and d_1: the credibilities at which a hard and a soft challenger and a soft defender turn.

    Examples
    --------
    >>> [round(x, 6) for x in thresholds(Preferences(0.6, 1, 0, 0.3, 0.8, 0.2, -0.4))]
    [0.571429, 0.4, 0.5]
    """
    gain = worth.c_dc - worth.c_sq
    c_t, c_1 = gain / (worth.c_dc - worth.c_dd), gain / (worth.c_dc - worth.c_cd)
    return c_t, c_1, (worth.d_cd - worth.d_dc) / (worth.d_cd - worth.d_dd)


def solve(p_ch: float, p_def: float, worth: Preferences) -> Region:
    """Return the equilibrium for two credibilities.

    Parameters
    ----------
    p_ch, p_def
        The probability that the challenger, and the defender, is hard: would rather fight than give in.
    worth
        What the ends are worth.

    Examples
    --------
    >>> answer = solve(0.3, 0.3, Preferences(0.6, 1, 0, 0.3, 0.8, 0.2, -0.4))
    >>> answer.equilibrium, round(answer.soft_attacks, 9), round(answer.soft_resists, 9)
    ('bluff', 0.428571429, 0.142857143)
    """
    c_t, c_1, d_1 = thresholds(worth)
    if p_def >= c_t:
        name, hard, soft, resists, border = CERTAIN, 0.0, 0.0, None, p_def - c_t
    elif p_def >= c_1:
        name, hard, soft, resists, border = SEPARATING, 1.0, 0.0, 0.0, min(c_t - p_def, p_def - c_1)
    elif p_ch < d_1:
        attacks = p_ch * (1 - d_1) / (d_1 * (1 - p_ch))
        name, hard, soft, resists, border = BLUFF, 1.0, attacks, (c_1 - p_def) / (1 - p_def), c_1 - p_def
    else:
        name, hard, soft, resists, border = ATTACK, 1.0, 1.0, 0.0, c_1 - p_def
    return Region(name, hard, soft, resists, border, _regret(p_ch, p_def, worth, hard, soft, resists))


def _regret(p_ch: float, p_def: float, worth: Preferences, hard: float, soft: float, resists: float | None) -> float:
    """Return what the best deviation of any type would gain, which is 0 in equilibrium."""
    # Off the path a soft defender is taken to concede, which a belief in a hard challenger supports.
    met = p_def + (1 - p_def) * (resists or 0.0)
    gains = []
    for attacks, war in ((hard, worth.c_dd), (soft, worth.c_cd)):
        more = (1 - met) * worth.c_dc + met * war - worth.c_sq
        gains.append(max(more * (1 - attacks), -more * attacks))
    if resists is not None:
        facing = p_ch * hard / (p_ch * hard + (1 - p_ch) * soft)
        more = facing * worth.d_dd + (1 - facing) * worth.d_cd - worth.d_dc
        gains.append(max(more * (1 - resists), -more * resists))
    return max(gains)
