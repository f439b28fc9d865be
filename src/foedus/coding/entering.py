"""Entering what somebody was told: a telegram, a call, a colleague's view; one statement with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.base.locks import one_writer
from foedus.coding.deciding import NOBODY, Who, add
from foedus.coding.journal import Decision
from foedus.coding.rows import update_table
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.proposing import proposed_concepts, proposed_names, slug
from foedus.dossiers.read import read_dossier
from foedus.dossiers.records import Concept
from foedus.evidence import OWN_NOTE, Source, Statement, check_marking
from foedus.issues import Issue

STANCES = {"for": 1, "against": -1, "neither": 0}
"""What one may say of a claim."""

ACTION = "add"


@dataclass(frozen=True, slots=True)
class Told:
    """What one was told.

    Attributes
    ----------
    actor
        Id or name of whoever takes the stance.
    stance
        One of `STANCES`.
    concept
        Id or words of a claim, or the label of an option.
    words
        What was said, in one's own words.
    on
        The day on which it was said.
    source
        Id or title of a source of the dossier, or the title of a new one.
    known
        The day from which it counts as known; by default the day on which it was said.
    outlet, marking
        Of a new source.
    kind, quote, person, office, private, condition, signal
        As in ``statements.csv``.
    """

    actor: str
    stance: str
    concept: str
    words: str
    on: Day
    source: str
    known: Day | None = None
    outlet: str = OWN_NOTE
    marking: str = "internal"
    kind: str = ""
    quote: str = ""
    person: str = ""
    office: str = ""
    private: bool = False
    condition: str = ""
    signal: str = ""


@one_writer
def enter(folder: Path, told: Told, who: Who = NOBODY) -> tuple[Statement, Decision]:
    """Add one accepted statement, with its source and its claim where the dossier has neither.

    Parameters
    ----------
    folder
        The dossier's.
    told
        What was said.
    who
        For the journal; `foedus.coding.deciding.undo` takes the statement back.

    Raises
    ------
    FoedusError
        When an actor or a claim is unknown, or a cell makes no sense; nothing is written then.
    """
    check_marking(told.marking)
    dossier = read_dossier(folder)
    stance = STANCES.get(told.stance.strip().casefold())
    if stance is None:
        raise FoedusError(f"{told.stance!r}: expected for, against or neither")
    actor = dossier.world.find(told.actor)
    concepts, concept, sign = _concept(dossier, told.concept)
    source, is_new = _source(dossier, told)
    statement = Statement(
        id=slug(f"{source.id}-{actor}", [one.id for one in dossier.statements], longest=48),
        source=source.id,
        passage="note",
        quote=told.quote,
        actor=actor,
        person=told.person,
        office=told.office,
        concept=concept,
        stance=sign * stance,
        condition=told.condition,
        kind=told.kind or _kind(told),
        venue="private" if told.private else "public",
        said_on=told.on,
        known_on=_known_on(told, source, is_new=is_new),
        coder=who.by,
        status="accepted",
        marking=told.marking,
        paraphrase=told.words,
        signal=told.signal,
    )
    before = {name: _bytes(folder / name) for name in ("sources.csv", "concepts.csv")}
    try:
        if is_new:
            update_table(folder / "sources.csv", Source, dossier.sources, [*dossier.sources.values(), source])
        if concepts:
            _append_concepts(folder, dossier, concepts)
        entry = add(folder, [statement], ACTION, who)
    except FoedusError:
        for name, data in before.items():
            if data is not None:
                write_atomically(folder / name, data)
        raise
    if entry is None:
        raise FoedusError(f"statement {statement.id} is in the table already")
    return statement, entry


def _known_on(told: Told, source: Source, *, is_new: bool) -> Day | None:
    """Return the day from which a statement counts as known, where it is another than its source's."""
    day = told.known or (None if is_new else max(told.on, source.known))
    return None if is_new or day == source.known else day


def _kind(told: Told) -> str:
    """Return how directly it comes where nobody said: quoted, or else what the actor said, reported."""
    return "direct" if told.quote else "indirect"


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _turned(dossier: Dossier, issue: Issue, words: str) -> tuple[list[Concept], str, int]:
    """Return the claim of the proposal, and -1: to be for the status quo is to be against what is proposed."""
    if not issue.ordered:
        raise FoedusError(f"{words!r} is the status quo: say 'against' the option that would change it")
    concepts, concept, sign = _concept(dossier, issue.proposal)
    return concepts, concept, -sign


def _concept(dossier: Dossier, words: str) -> tuple[list[Concept], str, int]:
    """Return the id of a claim by id, words or an option's label, and -1 where the words mean its opposite.

    Before it come claims to be added first, where there is none yet.
    """
    wanted = words.strip().casefold()
    for concept in dossier.concepts:
        if wanted in {concept.id.casefold(), concept.text.casefold().rstrip(".")}:
            return [], concept.id, 1
    for issue in dossier.issues:
        for option in issue.options:
            if option.label.casefold() != wanted:
                continue
            own = [one for one in dossier.concepts if one.issue == issue.id]
            near = [o for o in own if (o.at_support == option.at if issue.ordered else o.option == option.label)]
            if near:
                return [], near[0].id, 1
            if option.label == issue.status_quo:
                return _turned(dossier, issue, words)
            listed = [(one.label, one.at) for one in issue.options]
            propose = proposed_concepts if issue.ordered else proposed_names
            made = propose(issue.id, issue.question, listed, issue.status_quo, issue.proposal)
            fitting = [o for o in made if (o.at_support == option.at if issue.ordered else o.option == option.label)]
            taken = {one.id for one in dossier.concepts}
            fitting = [replace(one, id=slug(one.id, taken)) for one in fitting]
            return fitting, fitting[0].id, 1
    claims = "; ".join(f"{one.id} ({one.text})" for one in {one.id: one for one in dossier.concepts}.values())
    labels = ", ".join(repr(o.label) for issue in dossier.issues for o in issue.options if o.label != issue.status_quo)
    raise FoedusError(f"no claim {words!r}: name an option ({labels}) or a claim ({claims or 'none yet'})")


def _append_concepts(folder: Path, dossier: Dossier, concepts: Sequence[Concept]) -> None:
    known = {one.id: one for one in dossier.concepts}
    update_table(folder / "concepts.csv", Concept, known, [*known.values(), *concepts])


def _source(dossier: Dossier, told: Told) -> tuple[Source, bool]:
    wanted = told.source.strip()
    for source in dossier.sources.values():
        if wanted.casefold() in {source.id.casefold(), source.title.casefold()}:
            return source, False
    if not wanted:
        raise FoedusError('--source is blank: say where it comes from, such as --source "Telegram 12 from Paris"')
    id_ = slug(wanted, dossier.sources, longest=24)
    made = Source(
        id=id_, title=wanted, outlet=told.outlet, known=told.known or told.on, marking=told.marking,
        note="entered by hand",
    )  # fmt: skip
    return made, True
