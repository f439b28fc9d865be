"""What a report tells beside the answer: who wrote it, and with which earlier answer it is compared."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reports.earlier import Earlier


@dataclass(frozen=True, slots=True)
class About:
    """What a report tells beside the answer.

    Attributes
    ----------
    author
        Who wrote it; empty where nobody is named.
    earlier
        An answer to the same question, to be compared; None where there is none.
    """

    author: str = ""
    earlier: Earlier | None = None


NOTHING = About()
