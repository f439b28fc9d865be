"""What cases ask of treaties and of Japan's own law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from foedus.base.days import Day
from foedus.institutions.accession import accession
from foedus.institutions.limits import limits
from foedus.institutions.obligations import Attack, consultation, obligations
from foedus.institutions.questions.kind import Kind, told


def _attack(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    attack = Attack(
        place=given["attack_on"],
        on=on,
        by=given.get("by"),
        forces_of=given.get("forces_of"),
        means=given.get("means", "armed"),
    )
    if "treaty" not in given:
        answers = obligations(attack)
        return {"engaged_treaties": [a.treaty for a in answers if a.engaged != "no"]}
    (answer,) = obligations(attack, given["treaty"])
    return {
        "engaged": answer.engaged,
        "article": answer.article,
        "invoked_by": list(answer.invoked_by),
        "determined_by": answer.determined_by,
        "owed_by": [obligation.actor for obligation in answer.owed_by],
        "obligation": _joined(obligation.obligation for obligation in answer.owed_by),
        "readings": [f"{reading.value}: {reading.by}" for reading in answer.readings],
        "consultation": next((c.engaged for c in answer.consultation), "no"),
        "because": told(answer.why),
    }


def _consultation(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    answer, why = consultation(given["treaty"], given["by"], on)
    return {
        "engaged": answer.engaged,
        "article": answer.article,
        "owed_by": [obligation.actor for obligation in answer.owed_by],
        "obligation": _joined(obligation.obligation for obligation in answer.owed_by),
        "because": told(why),
    }


def _accession(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    answer = accession(given["treaty"], given["state"], on)
    return {
        "open": answer.open,
        "decided_by": answer.decided_by,
        "consent_of": list(answer.consent_of),
        "parties": len(answer.consent_of),
        "because": told(answer.why),
    }


def _limit(given: Mapping[str, Any], on: Day) -> dict[str, object]:
    answer = limits(given["actor"], given["act"], on)
    return {
        "permitted": answer.permitted,
        "conditions": len(answer.conditions),
        "decided_by": answer.decided_by,
        "because": told(answer.why),
    }


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


TREATIES = {
    "attack": Kind(_attack, ("attack_on",), ("treaty", "by", "forces_of", "means")),
    "consultation": Kind(_consultation, ("treaty", "by")),
    "accession": Kind(_accession, ("treaty", "state")),
    "limit": Kind(_limit, ("actor", "act")),
}
"""The kinds of question on treaties."""
