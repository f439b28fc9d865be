"""Cases: real situations with the answer that the law gives, kept apart from the program that must give it too.

A case is readable by a lawyer: name, day, input, expected answer and reference. No expected answer comes from running
Foedus.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from foedus.base.errors import FoedusError
from foedus.base.strict import PlainDay, Strict, read_model
from foedus.institutions.law.schema import Words
from foedus.institutions.questions import KINDS

_CASES = Path(__file__).parent / "cases"


class CaseRecord(Strict):
    """One case as it is written down.

    ``kind`` names the question, ``input`` what it takes, ``expected`` the parts of the answer that are claimed. A case
    whose reference was not read says ``verified: no``.
    """

    name: Words
    on: PlainDay
    kind: Words
    input: dict[str, Any]
    expected: dict[str, Any]
    reference: Words
    note: str = ""
    verified: bool = True


class CaseFile(Strict):
    """A file of cases on one subject."""

    subject: Words
    cases: tuple[CaseRecord, ...]


@dataclass(frozen=True, slots=True)
class SettledCase:
    """A case and the subject under which it stands.

    Parameters
    ----------
    subject
        The subject of its file.
    record
        What is written down.
    """

    subject: str
    record: CaseRecord


_PARTS_OF_TEXT = {"because", "decided_by", "determined_by", "obligation", "rule"}


@functools.cache
def packaged_cases() -> tuple[SettledCase, ...]:
    """Return the cases that come with Foedus.

    Raises
    ------
    InputError
        When a file is malformed.

    Examples
    --------
    >>> len(packaged_cases()) > 60
    True
    """
    files = [read_model(path, CaseFile, f"institutions/cases/{path.name}") for path in sorted(_CASES.glob("*.yaml"))]
    return tuple(SettledCase(file.subject, record) for file in files for record in file.cases)


def differences(case: SettledCase) -> tuple[str, ...]:
    """Return where the answer departs from what a case expects; nothing where it does not.

    Texts (``because``, ``decided_by``, ``determined_by``, ``obligation``, ``rule``) have to contain what is expected,
    lists to have the same members; ``not_owed_by`` names who must not be in ``owed_by``. Numbers by actor are compared
    for the actors that are named: a fraction such as ``5/21`` exactly, a decimal to the digits that are written.

    Raises
    ------
    FoedusError
        When the kind of the case, its input, or a part of the answer that it expects does not exist.
    """
    record = case.record
    if record.kind not in KINDS:
        raise FoedusError(f"{record.name}: no kind {record.kind!r}; expected one of {', '.join(KINDS)}")
    try:
        computed = KINDS[record.kind].ask(record.input, record.on)
    except FoedusError as error:
        raise FoedusError(f"{record.name}: {error}") from None
    told = []
    for part, wanted in record.expected.items():
        name = "owed_by" if part == "not_owed_by" else part
        if name not in computed:
            raise FoedusError(f"{record.name}: no part {part!r} of the answer; there are {', '.join(computed)}")
        if not _agrees(part, wanted, computed[name]):
            told.append(f"{part}: expected {wanted!r}, found {_shown(wanted, computed[name])!r}")
    return tuple(told)


def _agrees(part: str, wanted: Any, computed: Any) -> bool:
    if part == "not_owed_by":
        return not set(wanted) & set(computed)
    if part in _PARTS_OF_TEXT:
        return str(wanted).casefold() in str(computed).casefold()
    if isinstance(computed, dict):
        return all(actor in computed and _printed(number, computed[actor]) for actor, number in wanted.items())
    if isinstance(computed, float | Fraction):
        return _printed(wanted, computed)
    if isinstance(computed, list):
        return sorted(wanted) == sorted(computed)
    return bool(wanted == computed)


def _printed(wanted: Any, computed: Any) -> bool:
    """Tell whether a number is the one that is printed: exactly for a fraction, else to the digits that are written."""
    text = str(wanted)
    if "/" in text or isinstance(wanted, int):
        return Fraction(text) == (computed if isinstance(computed, Fraction) else Fraction(float(computed)))
    half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
    return abs(Fraction(text) - Fraction(computed)) <= half


def _shown(wanted: Any, computed: Any) -> Any:
    """Return what was found, of numbers by actor those of the actors that are named."""
    if not isinstance(computed, dict):
        return computed
    return {actor: str(computed.get(actor)) for actor in wanted}
