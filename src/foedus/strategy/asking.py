"""Who answers whom, about what: from ``response.yaml`` and from what was asked."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier
from foedus.issues import Issue
from foedus.strategy.record import wanted
from foedus.strategy.settings import (
    FILE,
    Assumptions,
    Gap,
    Option,
    Question,
    Response,
    Voice,
    assumptions_of,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who answers whom, about what."""

    rival: str
    target: str
    guarantor: str | None
    partners: tuple[str, ...]
    question: Question
    acts: dict[str, Option]
    like: str | None
    assumptions: Assumptions
    voices: tuple[Voice, ...]
    gap: Gap | None


def asked_of(
    dossier: Dossier, issue: Issue, declared: Response | None, *, to: str | None, target: str | None, like: str | None
) -> Asked:
    """Return who answers whom, from the dossier and from what was asked; what is missing is told with its remedy."""
    question = None if declared is None else declared.question(issue.id)
    rival = _actor(dossier, to) if to else None if declared is None else declared.rival
    if rival is None:
        raise FoedusError(
            f"no rival is named: give --to, --target and --like, or write {FILE} into the dossier's folder "
            f"('foedus schema {FILE}' lists its keys)"
        )
    host = _actor(dossier, target) if target else None if question is None else question.target
    if host is None:
        raise FoedusError(f"nobody is named whom a challenge would meet: give --target, or name {issue.id!r} in {FILE}")
    if host == rival:
        raise FoedusError(f"{dossier.world.name(rival)} cannot be both the rival and the target")
    acts = {} if question is None else {one.label: one for one in question.options}
    if like is not None:
        meant = wanted(like)
        for label in [one.label for one in issue.options if one.label != issue.status_quo]:
            if meant.act_class:
                kept = acts.get(label)
                acts[label] = Option.model_validate(
                    {
                        "label": label,
                        "class": meant.act_class,
                        "object": meant.about,
                        "treaty": kept.treaty if kept is not None and kept.act == meant.act_class else "",
                    }
                )
    if not acts:
        labels = ", ".join(one.label for one in issue.options if one.label != issue.status_quo)
        raise FoedusError(
            f"what kind of act is it to decide {labels}? Give --like with a class such as office, exercise or "
            f"accession, or name the options of {issue.id!r} in {FILE}"
        )
    own = declared is not None and declared.rival == rival
    return Asked(
        rival=rival,
        target=host,
        guarantor=declared.guarantor if declared is not None and own else None,
        partners=declared.partners if declared is not None and own else (),
        question=question or Question(id=issue.id, target=host),
        acts=acts,
        like=like,
        assumptions=assumptions_of(declared),
        voices=declared.voices if declared is not None and own else (),
        gap=declared.gap if declared is not None and own else None,
    )


def _actor(dossier: Dossier, name: str) -> str:
    """Return an actor's id by id or name."""
    from foedus.world.resolving import resolve  # noqa: PLC0415 - only where somebody was named by hand

    return name if name in dossier.world.actors else resolve(name, world=dossier.world).id
