"""Cases: real situations with the answer that the law gives, kept apart from the program that must give it too.

A case is readable by a lawyer: name, day, input, expected answer and reference. No expected answer comes from running
Foedus.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.traces import Trace
from foedus.institutions.accession import accession
from foedus.institutions.law.schema import PlainDay, Strict, Words
from foedus.institutions.law.treaties import read_model
from foedus.institutions.limits import limits
from foedus.institutions.obligations import Attack, consultation, obligations

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
class Case:
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


Answers = Callable[[Mapping[str, Any], Day], dict[str, object]]
"""Answers a kind of question: takes the input and the day, returns the answer's parts by name."""


def _attack(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    attack = Attack(
        place=given["attack_on"],
        on=on,
        by=given.get("by"),
        forces_of=given.get("forces_of"),
        means=given.get("means", "armed"),
    )
    if "treaty" not in given:
        found = obligations(attack)
        return {"engaged_treaties": [a.treaty for a in found if a.engaged != "no"]}
    (answer,) = obligations(attack, given["treaty"])
    return {
        "engaged": answer.engaged,
        "article": answer.article,
        "invoked_by": list(answer.invoked_by),
        "determined_by": answer.determined_by,
        "owed_by": [one.actor for one in answer.owed_by],
        "obligation": _joined(one.obligation for one in answer.owed_by),
        "readings": [f"{one.value}: {one.by}" for one in answer.readings],
        "consultation": next((c.engaged for c in answer.consultation), "no"),
        "because": _told(answer.why),
    }


def _consultation(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    found, why = consultation(given["treaty"], given["by"], on)
    return {
        "engaged": found.engaged,
        "article": found.article,
        "owed_by": [one.actor for one in found.owed_by],
        "obligation": _joined(one.obligation for one in found.owed_by),
        "because": _told(why),
    }


def _accession(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    found = accession(given["treaty"], given["state"], on)
    return {
        "open": found.open,
        "decided_by": found.decided_by,
        "consent_of": list(found.consent_of),
        "parties": len(found.consent_of),
        "because": _told(found.why),
    }


def _limit(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    found = limits(given["actor"], given["act"], on)
    return {
        "permitted": found.permitted,
        "conditions": len(found.conditions),
        "decided_by": found.decided_by,
        "because": _told(found.why),
    }


KINDS: dict[str, Answers] = {
    "attack": _attack,
    "consultation": _consultation,
    "accession": _accession,
    "limit": _limit,
}
"""The kinds of question that cases may put."""

_PARTS_OF_TEXT = {"because", "decided_by", "determined_by", "obligation"}


@functools.cache
def packaged_cases() -> tuple[Case, ...]:
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
    return tuple(Case(one.subject, record) for one in files for record in one.cases)


def differences(case: Case) -> tuple[str, ...]:
    """Return where the answer departs from what a case expects; nothing where it does not.

    Texts (``because``, ``decided_by``, ``determined_by``, ``obligation``) have to contain what is expected, lists to
    have the same members; ``not_owed_by`` names who must not be in ``owed_by``.

    Raises
    ------
    FoedusError
        When the kind of the case, or a part of the answer that it expects, does not exist.
    """
    record = case.record
    if record.kind not in KINDS:
        raise FoedusError(f"{record.name}: no kind {record.kind!r}; expected one of {', '.join(KINDS)}")
    found = KINDS[record.kind](record.input, record.on)
    told = []
    for part, wanted in record.expected.items():
        name = "owed_by" if part == "not_owed_by" else part
        if name not in found:
            raise FoedusError(f"{record.name}: no part {part!r} of the answer; there are {', '.join(found)}")
        if not _agrees(part, wanted, found[name]):
            told.append(f"{part}: expected {wanted!r}, found {found[name]!r}")
    return tuple(told)


def _agrees(part: str, wanted: Any, found: Any) -> bool:
    if part == "not_owed_by":
        return not set(wanted) & set(found)
    if part in _PARTS_OF_TEXT:
        return str(wanted).casefold() in str(found).casefold()
    if isinstance(found, list):
        return sorted(wanted) == sorted(found)
    return bool(wanted == found)


def _joined(texts: Any) -> str:
    return "; ".join(dict.fromkeys(texts))


def _told(trace: Trace) -> str:
    return "\n".join(trace.lines())
