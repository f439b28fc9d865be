"""Which cases a fit has seen: fingerprints of training cases, kept with the fitted parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from foedus.backtests.case import PastCase
from foedus.base.hashes import sha256

_DIGITS = 10  # hexadecimal: with some 460 kept, one case in 2.4 billion is taken for another


def fingerprints(case: PastCase) -> tuple[str, str]:
    """Return what a case is known by: its content without any name, and its names with the outcome.

    The first stays the same when ids or the order of actors change; the second when a position or a salience does.

    Examples
    --------
    >>> from foedus.backtests.case import Standing
    >>> stand = (Standing("a", "member", 0.0), Standing("b", "member", 50.0))
    >>> first, other = PastCase("p", "i", stand, outcome=50.0), PastCase("q", "j", stand[::-1], outcome=50.0)
    >>> fingerprints(first)[0] == fingerprints(other)[0], fingerprints(first)[1] == fingerprints(other)[1]
    (True, False)
    """
    standings = sorted(
        (standing.role, f"{standing.position:g}", "" if standing.salience is None else f"{standing.salience:g}")
        for standing in case.standings
    )
    outcome = "" if case.outcome is None else f"{case.outcome:g}"
    content, names = (outcome, standings), (case.proposal, case.issue, outcome)
    return _digest(content), _digest(names)


def _digest(plain: object) -> str:
    return sha256(repr(plain).encode())[:_DIGITS]


def training_fingerprints(cases: Iterable[PastCase]) -> list[str]:
    """Return the fingerprints of training cases, sorted, to be kept with the fitted parameters."""
    return sorted({fingerprint for case in cases for fingerprint in fingerprints(case)})


def seen_by(training: Mapping[str, Any], cases: Sequence[PastCase]) -> tuple[PastCase, ...]:
    """Return the cases that a fit was made on, whatever file they come in.

    Parameters
    ----------
    training
        ``training`` of `foedus.ensembles.learned.packaged_parameters`.
    cases
        Those asked about. One whose ids and numbers have both been altered is not recognised.
    """
    known = set(training["fingerprints"])
    return tuple(case for case in cases if known & set(fingerprints(case)))
