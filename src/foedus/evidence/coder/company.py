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


def _whose(candidate: Candidate) -> tuple[str, str, str]:
    return (candidate.actor, "" if candidate.actor else candidate.person, candidate.concept)


def _in_view_of(candidate: Candidate, group: Sequence[Candidate]) -> Candidate:
    others = [other.stance for other in group if other is not candidate]
    if candidate.earlier or not others:
        return candidate
    grounds = {
        **candidate.grounds,
        "agree": float(candidate.stance in others),
        "clash": float(any(stance != candidate.stance for stance in others)),
    }
    return replace(candidate, grounds=grounds, certainty=certainty_of(grounds))
