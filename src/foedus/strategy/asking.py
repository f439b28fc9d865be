"""Who answers whom, about what: from ``response.yaml`` and from what was asked."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.errors import FoedusError
from foedus.dossiers import Dossier
from foedus.issues import Issue
from foedus.strategy.record import wanted
from foedus.strategy.record.reference_class import USUAL_OBJECT
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
from foedus.world.acts import CLASSES


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
    left_out: bool
    """Whether rival and target are not those that the dossier declares: what it declares of those is left out."""


def asked_of(
    dossier: Dossier, issue: Issue, declared: Response | None, *, to: str | None, target: str | None, like: str | None
) -> Asked:
    """Return who answers whom, from the dossier and from what was asked; what is missing is told with its remedy."""
    question = None if declared is None else declared.question(issue.id)
    rival = _actor(dossier, to) if to else None if declared is None else declared.rival
    if rival is None:
        raise FoedusError(
            f"no rival is named in {dossier.folder.name}, so this question may not apply: it is how somebody outside "
            "answers a step against it, such as an office or an exercise. "
            "If somebody might answer, say who (--to RUS), whom its challenge would meet (--target FIN) and "
            f"what kind of act is decided (--like CLASS, one of {', '.join(CLASSES)}). To keep it with the dossier, "
            f"write {FILE} ('foedus schema {FILE}' lists its keys)"
        )
    host = _actor(dossier, target) if target else None if question is None else question.target
    if host is None:
        raise FoedusError(
            f"nobody is named as the target of a challenge: give --target, or name {issue.id!r} in {FILE}"
        )
    if host == rival:
        raise FoedusError(f"{dossier.world.name(rival)} cannot be both the rival and the target")
    own = declared is not None and question is not None and (declared.rival, question.target) == (rival, host)
    acts = {} if question is None else {option.label: option if own else _bare(option) for option in question.options}
    labels = [option.label for option in issue.options if option.label != issue.status_quo]
    if like is not None:
        acts |= _alike(like, labels, acts)
    if not acts:
        named = f"--like {like} says which acts are comparable, not what kind of act it is" if like else ""
        asked = f"what kind of act is it to decide {', '.join(labels)}"
        example = "visit/taiwan" if like else "office, exercise or accession"
        raise FoedusError(
            f"{named or asked}; give --like with a class such as {example}, or name the options of {issue.id!r} in "
            f"{FILE}"
        )
    paired = declared if own else None
    return Asked(
        rival=rival,
        target=host,
        guarantor=None if paired is None else paired.guarantor,
        partners=() if paired is None else paired.partners,
        question=question if question is not None and own else Question(id=issue.id, target=host),
        acts=acts,
        like=like,
        assumptions=assumptions_of(paired),
        voices=() if paired is None else paired.voices,
        gap=None if paired is None else paired.gap,
        left_out=question is not None and not own,
    )


def _bare(option: Option) -> Option:
    """Return an option's kind of act alone: its treaty and its ranges are declared for one rival and one target."""
    return Option.model_validate({"label": option.label, "class": option.act, "object": option.object})


def _alike(like: str, labels: list[str], declared: dict[str, Option]) -> dict[str, Option]:
    """Return every option as an act of the class that was asked for; nothing where no class was named."""
    meant = wanted(like)
    act = meant.act_class or (like if like in CLASSES else "")
    if not act:
        return {}
    alike = {}
    for label in labels:
        known = declared.get(label)
        treaty = known.treaty if known is not None and known.act == act else ""
        spelt = {"label": label, "class": act, "object": meant.about or USUAL_OBJECT, "treaty": treaty}
        alike[label] = Option.model_validate(spelt)
    return alike


def _actor(dossier: Dossier, name: str) -> str:
    """Return an actor's id by id or name."""
    from foedus.world.resolving import resolve  # noqa: PLC0415 - only where somebody was named by hand

    return name if name in dossier.world.actors else resolve(name, world=dossier.world).id
