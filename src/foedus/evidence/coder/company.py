"""How sure a statement is in view of the rest of its text, which may say the same of the actor again, or otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.coder.certainty import certainty_of


def with_company(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates of one document whose certainty minds what the others give the same actor on the same concept.

    The side that an actor took before, and has left, neither agrees nor clashes with anything.

    Parameters
    ----------
    candidates
        What is proposed of one document.
    """
    sides: dict[tuple[str, str, str], list[Candidate]] = {}
    for candidate in candidates:
        if not candidate.earlier and (candidate.actor or candidate.person):
            sides.setdefault(_whose(candidate), []).append(candidate)
    return [_in_view_of(candidate, sides.get(_whose(candidate), ())) for candidate in candidates]


def _whose(one: Candidate) -> tuple[str, str, str]:
    return (one.actor, "" if one.actor else one.person, one.concept)


def _in_view_of(one: Candidate, group: Sequence[Candidate]) -> Candidate:
    others = [other.stance for other in group if other is not one]
    if one.earlier or not others:
        return one
    grounds = {
        **one.grounds,
        "agree": float(one.stance in others),
        "clash": float(any(stance != one.stance for stance in others)),
    }
    return replace(one, grounds=grounds, certainty=certainty_of(grounds))
