"""What changed in a dossier since its page was last looked at."""

from __future__ import annotations

from collections.abc import Mapping

import foedus
from foedus.base.wording import counted, percent
from foedus.dossiers import Dossier
from foedus.workbench.shelf import Shelf


def changed_since(
    shelf: Shelf, case: str, dossier: Dossier, question: str, shares: Mapping[str, float]
) -> tuple[str, ...]:
    """Return in words what differs from the page as it was before anything in the dossier changed.

    Parameters
    ----------
    shelf
        It keeps what the page tells now.
    case, question
        What the page is about.
    dossier
        As it stands.
    shares
        The probability of each option; empty where there is no forecast.

    Returns
    -------
    tuple of str
        First when the earlier version was seen; nothing where there is none.
    """
    now = {
        "shares": dict(shares),
        "accepted": sorted(statement.id for statement in dossier.statements if statement.status == "accepted"),
        "sources": sorted(dossier.sources),
        "by_hand": sorted(
            {
                f"{stakeholder.actor} {stakeholder.issue}"
                for stakeholder in dossier.stakeholders
                if stakeholder.position_mode is not None
            }
        ),
    }
    looked_up = shelf.look(case, question, f"{foedus.__version__} {dossier.inputs_sha256}", now)
    if looked_up is None:
        return ()
    before, on = looked_up
    told = [f"Compared with the version that you saw first on {on}:"]
    for name, noun, more, fewer in (
        ("sources", "source", "added", "taken out"),
        ("accepted", "statement", "accepted", "no longer accepted"),
        ("by_hand", "position", "set by hand", "no longer set by hand"),
    ):
        new, gone = set(now[name]) - set(before[name]), set(before[name]) - set(now[name])
        told += [f"{counted(len(new), noun)} {more}"] if new else []
        told += [f"{counted(len(gone), noun)} {fewer}"] if gone else []
    told += [
        f"{label}: {percent(before['shares'][label])} then, {percent(share)} now"
        for label, share in shares.items()
        if label in before["shares"] and percent(before["shares"][label]) != percent(share)
    ]
    if len(told) == 1:
        told.append("something else in the files, which leaves the percentages as they were")
    return tuple(told)
