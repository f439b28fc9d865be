"""Three answers: yes, no, and contested where the law leaves it open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Verdict = Literal["yes", "no", "contested"]
"""What a rule answers. ``contested`` means that two readings are held and no body has settled which is right."""


def all_of(values: Iterable[Verdict]) -> Verdict:
    """Return ``no`` if any is no, else ``contested`` if any is, else ``yes``.

    These are Kleene's strong connectives, with ``contested`` for the third value.

    References
    ----------
    S. C. Kleene, Introduction to Metamathematics (1952), section 64.

    Examples
    --------
    >>> all_of(["yes", "contested"]), all_of(["contested", "no"]), all_of([])
    ('contested', 'no', 'yes')
    """
    verdicts = set(values)
    if "no" in verdicts:
        return "no"
    return "contested" if "contested" in verdicts else "yes"


def any_of(values: Iterable[Verdict]) -> Verdict:
    """Return ``yes`` if any is yes, else ``contested`` if any is, else ``no``.

    Examples
    --------
    >>> any_of(["no", "contested"]), any_of(["contested", "yes"]), any_of([])
    ('contested', 'yes', 'no')
    """
    verdicts = set(values)
    if "yes" in verdicts:
        return "yes"
    return "contested" if "contested" in verdicts else "no"


def opposite(value: Verdict) -> Verdict:
    """Turn yes and no around; what is contested stays so.

    Examples
    --------
    >>> opposite("no"), opposite("contested")
    ('yes', 'contested')
    """
    turned: dict[Verdict, Verdict] = {"yes": "no", "no": "yes", "contested": "contested"}
    return turned[value]
