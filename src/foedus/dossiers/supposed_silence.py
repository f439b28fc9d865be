"""What is supposed of members that have said nothing: where they stand, how much they care, where that comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.base.errors import FoedusError
from foedus.dossiers.settings import PriorSettings, Range

if TYPE_CHECKING:
    from foedus.dossiers.dossier import Dossier
    from foedus.issues import Issue

SILENCE = "silence"
"""What stands in an actor's place where the prior of silent members is changed."""

_FROM = ("stated", "measure")
_FORM = (
    "silence.position=VALUE (where a member stands that has said nothing), silence.salience=VALUE from 0 to 1, "
    f"or silence.from={' or '.join(_FROM)}"
)


def silence_spelt(
    dossier: Dossier, issue: Issue, field: str, value: str, number: Callable[[str], Range]
) -> tuple[str, Range | None, str]:
    """Return the field, the number and the word of a supposition about silent members.

    Parameters
    ----------
    dossier, issue
        The issue asked.
    field, value
        As spelt: ``position`` (of options without an order ``approval`` is another name of it), ``salience`` or
        ``from``.
    number
        Reads a number, a triangle or the label of an option.

    Raises
    ------
    FoedusError
        When it is none of these, or lies off the scale.
    """
    field = "position" if field == "approval" and not issue.ordered else field
    if field == "from":
        if value.strip() not in _FROM:
            raise FoedusError(f"--set {SILENCE}.from={value}: expected {' or '.join(_FROM)}")
        if not issue.ordered:
            raise FoedusError(f"--set {SILENCE}.from={value}: {issue.id!r} has options without an order; only an "
                              f"issue on a scale places silent members by their votes")  # fmt: skip
        return field, None, value.strip()
    if field not in {"position", "salience"}:
        raise FoedusError(f"--set {SILENCE}.{field}={value}: expected {_FORM}")
    found = number(value)
    scale = (issue.scale.low, issue.scale.high) if issue.ordered else (0.0, 100.0)
    low, high = (0.0, 1.0) if field == "salience" else scale
    if not low <= found.low <= found.high <= high:
        raise FoedusError(f"--set {SILENCE}.{field}={value}: expected numbers from {low:g} to {high:g}")
    _ = dossier.prior(issue.id)
    return field, found, ""


def with_silence(dossier: Dossier, issue: str, field: str, value: Range | None, words: str) -> Dossier:
    """Return a dossier with another prior for silent members on an issue.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> tokyo = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> with_silence(tokyo, "office", "position", Range(low=50, mode=50, high=50), "").prior("office").position.mode
    50.0
    """
    own = next(listed for listed in dossier.settings.issues if listed.id == issue)
    if field == "from":
        new = own.model_copy(update={"prior": PriorSettings.model_validate({"from": words})})
    else:
        new = own.model_copy(update={"priors": own.priors.model_copy(update={field: value})})
    issues = [new if listed.id == issue else listed for listed in dossier.settings.issues]
    return replace(dossier, settings=dossier.settings.model_copy(update={"issues": issues}))
