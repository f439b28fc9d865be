"""How sure the coder is: the share of statements like this one that were right on real texts.

The weights stand in ``certainty.csv`` and are fitted by ``bench/certainty_fit.py`` to the packaged real texts.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from foedus.base import cells
from foedus.base.tables import column, read_table

GROUNDS: dict[str, str] = {
    "start": "1 for every statement",
    "rules": "logarithm of what the rules take off: for a pronoun, a hedge, a word that points back, a past stance",
    "verbs": "verbs of the sentence, in fives",
    "plain": "1 where a verb takes the side, close to words that name the concept in full",
    "judged": "1 where the stance is praise, blame or 'should' and no verb of support or opposition",
    "quoted": "1 where a named person says it in quotation marks for the actor",
    "agree": "1 where the text gives the same actor the same stance in another place",
    "clash": "1 where the text gives the same actor another stance on the same concept",
}
"""What the certainty of a statement is computed from."""

LOWERS = frozenset({"verbs", "judged", "clash"})
"""Grounds that can only lower a certainty; the others, but for the start, can only raise it."""

_TABLE = Path(__file__).with_name("certainty.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundWeight:
    """A row of ``certainty.csv``."""

    ground: str = column(cells.choice(*GROUNDS), "what the certainty is computed from")
    weight: float = column(cells.number(), "what it adds to the logit, for each unit")


LEAST, MOST = 0.05, 0.98
"""No statement of the rules is called surer or less sure than this."""

_MOST_VERBS = 8
FITS, NEAR, SURE = 1.1, 5, 0.8
"""How words fit a concept that they name in full, how many words off a verb is close, what the rules must leave."""


def grounds_of(*, rules: float, verbs: int, plain: bool, judged: bool, quoted: bool) -> dict[str, float]:
    """Return what a certainty is computed from, by the names in `GROUNDS`; the text has still to agree or to clash.

    Parameters
    ----------
    rules
        What the rules take off, as a factor above 0 and up to 1.
    verbs
        Verbs of the sentence.
    plain
        Whether a verb takes the side, at most `NEAR` words from words that fit the concept by `FITS` or more, and the
        rules leave `SURE` or more.
    judged
        Whether the stance is only praise, blame or 'should'.
    quoted
        Whether a named person says it in quotation marks for the actor.
    """
    return {
        "start": 1.0,
        "rules": math.log(rules),
        "verbs": min(verbs, _MOST_VERBS) / 5,
        "plain": float(plain),
        "judged": float(judged),
        "quoted": float(quoted),
        "agree": 0.0,
        "clash": 0.0,
    }


@functools.cache
def weights() -> dict[str, float]:
    """Return the fitted weight of each ground.

    Examples
    --------
    >>> sorted(weights()) == sorted(GROUNDS)
    True
    """
    return {row.record.ground: row.record.weight for row in read_table(_TABLE, GroundWeight, name=_TABLE.name)}


def certainty_of(grounds: Mapping[str, float], fitted: Mapping[str, float] | None = None) -> float:
    """Return the certainty of a statement, 0 to 1, with three digits.

    Parameters
    ----------
    grounds
        As `grounds_of` gives them.
    fitted
        Weights; the shipped ones if not given.

    Examples
    --------
    >>> certainty_of({"start": 1.0}, {"start": 0.0})
    0.5
    """
    fitted = weights() if fitted is None else fitted
    total = sum(fitted.get(name, 0.0) * value for name, value in grounds.items())
    return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-total)))), 3)
