"""What an answer of no turns on: from the tree of reasons to one sentence that can be quoted."""

from __future__ import annotations

from foedus.base.traces import Trace

_AREA = "the area"
_ANY = "any of these"
_BECAUSE = "because"


def unmet(trace: Trace, reference: str = "") -> str:
    """Return the condition that is not met and where it is written, or nothing where no condition failed.

    Of several alternatives, none of which is met, the one that failed last is told: it comes nearest. The area that a
    clause names is told beside it.

    Examples
    --------
    >>> north = Trace("it lies north of the Tropic", "no", "", (Trace("latitude", "13.44 N"),))
    >>> islands = Trace("islands", "no", "", (Trace("it is an island", "yes"), north))
    >>> either = Trace("any of these", "no", "", (Trace("it lies in Europe", "no"), islands))
    >>> place = Trace("it is covered", "no", "Article 6", (Trace("the area", "some islands"), either))
    >>> unmet(place)
    'it is covered (it lies north of the Tropic: no, latitude 13.44 N; the area is some islands) [Article 6]'
    """
    reference = trace.reference or reference
    failed = [child for child in trace.children if child.value == "no"]
    area = next((child.value for child in trace.children if child.rule == _AREA), "")
    if area and failed:
        return f"{trace.rule} ({_leaf(_nearest(failed[0]))}; the area is {area})" + _cited(reference)
    if failed:
        return unmet(failed[0], reference)
    return _told(trace, reference) if trace.value == "no" else ""


def _nearest(trace: Trace) -> Trace:
    """Return of alternatives the one of which most held; of conditions that must all hold, the one that did not."""
    failed = [child for child in trace.children if child.value == "no"]
    if not failed:
        return trace
    if trace.rule == _ANY:
        return _nearest(max(failed, key=lambda part: sum(child.value == "yes" for child in part.children)))
    return _nearest(failed[0])


def _leaf(trace: Trace) -> str:
    beside = "; ".join(f"{child.rule} {child.value}" for child in trace.children)
    return f"{trace.rule}: no" + (f", {beside}" if beside else "")


def _told(trace: Trace, reference: str) -> str:
    because = next((child.value for child in trace.children if child.rule == _BECAUSE), "")
    return trace.rule + (f": {because}" if because else "") + _cited(trace.reference or reference)


def _cited(reference: str) -> str:
    return f" [{reference}]" if reference else ""
