"""Entering what somebody was told: a telegram, a call, a colleague's view; one statement with its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from foedus.base.days import Day, latest
from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.base.locks import one_writer
from foedus.coding.actors import how_to_know, members_at_large, with_actors
from foedus.coding.deciding import ACCEPTED, NOBODY, REJECTED, Who, add, decide
from foedus.coding.decisions import Decision
from foedus.coding.rows import update_table
from foedus.dossiers.claims import proposed_claims
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.extending import write_checked
from foedus.dossiers.proposing import slug
from foedus.dossiers.read import read_dossier
from foedus.dossiers.records import Concept
from foedus.dossiers.spoken import counted_members
from foedus.dossiers.texts import stored_document
from foedus.evidence import ABSTENTION, CONSENT, OWN_NOTE, Source, Statement, check_marking
from foedus.evidence.documents import Document
from foedus.evidence.guard import find_evidence, passage_of
from foedus.issues import Issue
from foedus.world import Actor

STANCES = {"for": 1, "against": -1, "neither": 0, "abstains": 0, "consents": 1}
"""What one may say of a claim."""

SIGNALLED = {"abstains": ABSTENTION, "consents": CONSENT}
"""Stances that are told apart from neither and for by their signal."""

ACTION = "add"

_BETWEEN = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+")
"""What stands between the names of several actors."""

_MARKS = '"\u201c\u201e\u00ab\u300c'
"""Marks that open a quotation."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one was told.

    Attributes
    ----------
    actor
        Id or name of whoever takes the stance; several with commas; or so many of the members, ``23 of 28 members``.
    stance
        One of `STANCES`.
    concept
        Id or words of a claim, or the label of an option.
    words
        What was said, in one's own words; may be blank where words of a document are quoted.
    on
        The day on which it was said; None for the day of a source that the dossier has.
    source
        Id or title of a source of the dossier, or the title of a new one.
    known
        The day from which it counts as known; by default the day on which it was said.
    outlet
        Of a new source.
    marking
        Of the statement and a new source; where it is blank that of its source, ``internal`` for a new one.
    quote
        Exact words; in a source whose text the dossier holds, the passage is found by them.
    passage
        Of such a source, such as ``p3``; found by the quote where it is blank.
    kind, person, office, private, condition, signal
        As in ``statements.csv``.
    """

    actor: str
    stance: str
    concept: str
    words: str
    on: Day | None
    source: str
    known: Day | None = None
    outlet: str = OWN_NOTE
    marking: str = ""
    kind: str = ""
    quote: str = ""
    person: str = ""
    office: str = ""
    private: bool = False
    condition: str = ""
    signal: str = ""
    passage: str = ""


def enter(folder: Path, told: Told, who: Who = NOBODY) -> tuple[Statement, Decision]:
    """Add one accepted statement, with its source and its claim where the dossier has neither; see `enter_each`."""
    statements, entry = enter_each(folder, told, who)
    return statements[0], entry


@one_writer
def enter_each(folder: Path, told: Told, who: Who = NOBODY) -> tuple[tuple[Statement, ...], Decision]:
    """Add an accepted statement of each actor that is named, with their source and claim where the dossier has neither.

    Parameters
    ----------
    folder
        The dossier's.
    told
        What was said, by one actor, by several with commas between them, or by so many of the members.
    who
        For the journal; `foedus.coding.deciding.undo` takes the statements back.

    Raises
    ------
    FoedusError
        When an actor or a claim is unknown, or a cell makes no sense; nothing is written then.
    """
    if told.marking:
        check_marking(told.marking)
    dossier = read_dossier(folder)
    side = told.stance.strip().casefold()
    stance = STANCES.get(side)
    if stance is None:
        raise FoedusError(f"{told.stance!r}: expected one of {', '.join(STANCES)}")
    concepts, concept, sign = claim_named(dossier, told.concept)
    speakers = speakers_named(dossier, told.actor, _issue_of(dossier, concepts, concept))
    source, is_new = _source(dossier, told)
    on = told.on or source.published or source.known
    place, quote, kind = evidence_told(stored_document(dossier.folder, source), source.title, told)
    if not told.words and not quote:
        raise FoedusError("nothing was said: give what was said in your words, or --quote with the source's")
    taken = [statement.id for statement in dossier.statements]
    statements: list[Statement] = []
    for actor in speakers.actors:
        statements.append(
            Statement(
                id=slug(f"{source.id}-{actor}", taken, longest=48),
                source=source.id,
                passage=place,
                quote=quote,
                actor=actor,
                person=told.person or speakers.how_many,
                office=told.office,
                concept=concept,
                stance=sign * stance,
                condition=told.condition,
                kind=told.kind or kind,
                venue="private" if told.private else "public",
                said_on=on,
                known_on=_known_on(told, on, source, is_new=is_new),
                coder=who.by,
                status="accepted",
                marking=told.marking or source.marking,
                paraphrase="" if told.words == quote else told.words,
                signal=told.signal
                or SIGNALLED.get(side, "")
                or ("threat" if told.condition and sign * stance < 0 else ""),
            )
        )
        taken.append(statements[-1].id)
    again = [_taken_back(dossier, statement) for statement in statements]
    back = [statement for statement in again if statement is not None]
    if len(back) == len(statements):
        entry = decide(folder, [statement.id for statement in back], ACCEPTED, who)
        if entry is not None:
            return tuple(replace(statement, status=ACCEPTED) for statement in back), entry
    return tuple(statements), _write(folder, dossier, statements, source if is_new else None, concepts, speakers, who)


def _write(
    folder: Path,
    dossier: Dossier,
    statements: Sequence[Statement],
    source: Source | None,
    concepts: Sequence[Concept],
    speakers: Speakers,
    who: Who,
) -> Decision:
    """Add statements with the actors, source and claims that the dossier does not have; all of it or nothing."""
    actors = with_actors(dossier, speakers.new)
    before = {name: _bytes(folder / name) for name in ("sources.csv", "concepts.csv", *actors)}
    try:
        if actors:
            write_checked(folder, actors)
        if source is not None:
            update_table(folder / "sources.csv", Source, dossier.sources, [*dossier.sources.values(), source])
        if concepts:
            _append_concepts(folder, dossier, concepts)
        entry = add(folder, statements, ACTION, who)
    except FoedusError:
        for name, data in before.items():
            if data is not None:
                write_atomically(folder / name, data)
            elif name in actors:
                (folder / name).unlink(missing_ok=True)
        raise
    if entry is None:
        raise FoedusError(f"statement {statements[0].id} is in the table already")
    return entry


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks: ids of actors, how many of the members at large where that is told, and actors to be added first."""

    actors: tuple[str, ...]
    how_many: str = ""
    new: tuple[Actor, ...] = ()


def speakers_named(dossier: Dossier, words: str, issue: Issue) -> Speakers:
    """Return who is named: one actor, several with commas, or so many of the members of the body.

    Parameters
    ----------
    dossier, issue
        The issue whose body has the members.
    words
        Such as ``France``, ``France, Italy and Malta`` or ``23 of the 28 members``.

    Raises
    ------
    FoedusError
        When an actor is unknown; the message tells how to make it known.
    """
    counted = counted_members(words)
    if counted is not None:
        body = dossier.institutions.body(issue.body)
        made = members_at_large(dossier, body.organisation)
        share = f"{counted[0]} of {counted[1]} members"
        return Speakers((f"{body.organisation}-members",), share, (made,) if made is not None else ())
    try:
        return Speakers((dossier.world.find(words),))
    except FoedusError as error:
        several = [name.strip() for name in _BETWEEN.split(words) if name.strip()]
        if len(several) < 2:
            unknown = str(error).startswith("no actor")
            raise FoedusError(how_to_know(dossier.folder, words, str(error)) if unknown else str(error)) from None
    speakers = []
    for name in several:
        try:
            speakers.append(dossier.world.find(name.removeprefix("the ")))
        except FoedusError as error:
            raise FoedusError(how_to_know(dossier.folder, name, str(error))) from None
    return Speakers(tuple(dict.fromkeys(speakers)))


def _issue_of(dossier: Dossier, new: Sequence[Concept], concept: str) -> Issue:
    """Return the issue that a claim is about, new or there already."""
    about = {claim.id: claim.issue for claim in (*dossier.concepts, *new)}[concept]
    return dossier.issue(about or None)


def _taken_back(dossier: Dossier, statement: Statement) -> Statement | None:
    """Return the rejected statement that says just what a new one would, such as one that was taken back."""
    for other in dossier.statements:
        if other.status == REJECTED and replace(statement, id=other.id, status=REJECTED, coder=other.coder) == other:
            return other
    return None


def _known_on(told: Told, on: Day, source: Source, *, is_new: bool) -> Day | None:
    """Return the day from which a statement counts as known, where it is another than its source's."""
    day = told.known or (None if is_new else max(latest(on), source.known))
    return None if is_new or day == source.known else day


def evidence_told(document: Document | None, title: str, told: Told) -> tuple[str, str, str]:
    """Return where the words stand, the source's wording of them, and how directly they come from the actor.

    Where the dossier holds the source's text, the words must stand in it. They are the actor's own where they stand
    between quotation marks.
    """
    if document is None:
        return told.passage or "note", told.quote, "direct" if told.quote else "indirect"
    passage = passage_of(told.passage, document) if told.passage else None
    if told.passage and passage is None:
        raise FoedusError(f"there is no passage {told.passage!r}: '{title}' has p1 to p{len(document.passages)}")
    quote = told.quote or ("" if passage else told.words)
    if not quote and passage:
        return passage.place, "", "indirect"
    nearby = (passage.start, passage.end) if passage else None
    evidence = find_evidence(quote, document.text, near=nearby, passages=document.passages)
    if not evidence.passes:
        near = f'it says: --quote "{evidence.wording}"' if evidence.status == "close" else ""
        mend = near or "give words that do, with --quote, or the paragraph, such as --passage p3"
        raise FoedusError(f"{quote!r} is not in '{title}': {mend}")
    place = document.passage_at(evidence.start)
    if place is None or evidence.end > place.end:
        raise FoedusError(f"{quote!r} spans more than one paragraph of '{title}': quote from one of them")
    if passage and place != passage:
        raise FoedusError(f"{quote!r} is in {place.place} of '{title}', not in {told.passage}")
    before = document.text[place.start : evidence.start].rstrip()[-1:]
    spoken = any(mark in evidence.wording for mark in _MARKS) or (bool(before) and before in _MARKS)
    return place.place, evidence.wording, "direct" if spoken else "indirect"


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _turned(dossier: Dossier, issue: Issue) -> tuple[list[Concept], str, int]:
    """Return the claim of the proposal, and -1: to be for the status quo is to be against what is proposed.

    Where options have no order it is a claim of its own: who does not want the status quo wants one of the others.
    """
    if not issue.ordered:
        still = issue.status_quo
        taken = {claim.id for claim in dossier.concepts}
        text = f"It should stay with {still!r}"
        return [Concept(id=slug(still, taken), text=text, issue=issue.id, option=still)], slug(still, taken), 1
    concepts, concept, sign = claim_named(dossier, issue.proposal)
    return concepts, concept, -sign


def claim_named(dossier: Dossier, words: str) -> tuple[list[Concept], str, int]:
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
            own = [concept for concept in dossier.concepts if concept.issue == issue.id]
            near = [o for o in own if (o.at_support == option.at if issue.ordered else o.option == option.label)]
            if near:
                return [], near[0].id, 1
            if option.label == issue.status_quo:
                return _turned(dossier, issue)
            listed = [(one.label, one.at) for one in issue.options]
            made = proposed_claims(
                dossier.world, issue.id, issue.question, listed, issue.status_quo, issue.proposal, ordered=issue.ordered
            )
            fitting = [o for o in made if (o.at_support == option.at if issue.ordered else o.option == option.label)]
            taken = {concept.id for concept in dossier.concepts}
            fitting = [replace(concept, id=slug(concept.id, taken)) for concept in fitting]
            return fitting, fitting[0].id, 1
    claims = "; ".join(
        f"{claim.id} ({claim.text})" for claim in {concept.id: concept for concept in dossier.concepts}.values()
    )
    labels = ", ".join(repr(o.label) for issue in dossier.issues for o in issue.options if o.label != issue.status_quo)
    raise FoedusError(f"no claim {words!r}: name an option ({labels}) or a claim ({claims or 'none yet'})")


def _append_concepts(folder: Path, dossier: Dossier, concepts: Sequence[Concept]) -> None:
    known = {concept.id: concept for concept in dossier.concepts}
    update_table(folder / "concepts.csv", Concept, known, [*known.values(), *concepts])


def source_named(dossier: Dossier, words: str) -> Source | None:
    """Return the source of a dossier that goes by an id, a title, or the beginning of one id; None without any.

    Raises
    ------
    FoedusError
        When several ids begin so.
    """
    wanted = words.strip().casefold()
    sources = [
        source for source in dossier.sources.values() if wanted in {source.id.casefold(), source.title.casefold()}
    ]
    if sources or not wanted:
        return next((source for source in sources if source.id.casefold() == wanted), sources[0] if sources else None)
    begun = [source for id_, source in dossier.sources.items() if id_.casefold().startswith(f"{wanted}-")]
    if len(begun) > 1:
        ids = ", ".join(source.id for source in begun)
        raise FoedusError(f"--source {words!r}: several sources begin so, {ids}; name one of them")
    return begun[0] if begun else None


def _refuse_quoted_elsewhere(dossier: Dossier, told: Told) -> None:
    """Refuse a new source for words that stand in a document of the dossier."""
    for source in dossier.sources.values() if told.quote else ():
        document = stored_document(dossier.folder, source)
        if document is not None and find_evidence(told.quote, document.text).passes:
            raise FoedusError(
                f"--source {told.source!r}: the dossier has no such source, and the words are in "
                f"'{source.title}': --source {source.id}"
            )


def _source(dossier: Dossier, told: Told) -> tuple[Source, bool]:
    wanted, known = told.source.strip(), source_named(dossier, told.source)
    if wanted and known is not None:
        return known, False
    if not wanted:
        raise FoedusError('--source is blank: say where it comes from, such as --source "Telegram 12 from Paris"')
    if told.on is None:
        raise FoedusError("--on is blank: say on which day it was said")
    if told.passage:
        raise FoedusError(f"--passage {told.passage}: the dossier holds no text of {wanted!r}; read it first")
    _refuse_quoted_elsewhere(dossier, told)
    id_ = slug(wanted, dossier.sources, longest=24)
    made = Source(
        id=id_,
        title=wanted,
        outlet=told.outlet,
        known=told.known or latest(told.on),
        marking=told.marking or "internal",
        note="entered by hand",
    )
    return made, True
