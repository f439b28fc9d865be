"""The word for a probability."""

from __future__ import annotations

LIKELIHOOD_WORDS: tuple[tuple[float, str], ...] = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "about as likely as not"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)
"""Upper ends of the bands and their words; the bands are those of ICD 203, Analytic Standards (2015)."""


def likelihood_word(probability: float) -> str:
    """Return the word for a probability: for the whole percentage that is printed beside it.

    Examples
    --------
    >>> likelihood_word(0.77), likelihood_word(0.97), likelihood_word(0.5549)
    ('likely', 'almost certain', 'about as likely as not')
    """
    return next(word for top, word in LIKELIHOOD_WORDS if round(100 * probability) <= round(100 * top))
