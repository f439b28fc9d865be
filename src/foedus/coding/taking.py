"""The tables of a dossier while documents are taken in.

Documents are taken in one after the other, in the order in which they were named. Each step depends on what came before
it alone: whoever stops and goes on comes to the same tables as whoever never stopped.
"""

from __future__ import annotations

import contextlib
import dataclasses
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from foedus.base.characters import cleaned, harmless
from foedus.base.errors import FoedusError, InputError
from foedus.base.files import read_bytes
from foedus.base.hashes import sha256
from foedus.base.locks import BusyError, writing
from foedus.coding.deciding import Who, accept_read
from foedus.coding.decisions import Decision
from foedus.coding.repeats import Repeats
from foedus.coding.rows import update_table
from foedus.coding.shelf import Shelf, repeated
from foedus.coding.taken import Intake, Taken, Wishes
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.read import read_dossier
from foedus.dossiers.records import Concept
from foedus.dossiers.texts import inside, short_id, store, stored_document
from foedus.evidence import NOT_STATED, Source, Statement
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.coders import Coded, reads
from foedus.evidence.documents import Document, Refusal
from foedus.evidence.duplicates import body_of, repeats
from foedus.evidence.guard import guard
from foedus.evidence.readers import known_encoding
from foedus.evidence.reading import Read, Task, code_with
from foedus.evidence.withheld import Withheld

_EVERY = 20.0


class Taking:
    """The tables while documents are taken in."""

    def __init__(self, folder: Path, wishes: Wishes) -> None:
        self.wishes = wishes
        self._begin(folder)
        dossier = self.dossier
        self.seen: set[str] = set()
        self.coders = (wishes.coder.name, *([wishes.other.name] if wishes.other else []))
        self.marks = {name: coding_mark(dossier, name) for name in self.coders}
        self.task = Task(
            wishes.coder,
            dossier.world,
            dossier.concepts,
            wishes.published,
            wishes.least,
            self._up_to_date(),
            known_encoding(wishes.encoding) if wishes.encoding else "",
            dossier.language,
            wishes.other,
        )
        self.taken: list[Taken] = []
        self.refused: list[Refusal] = []
        self.added: list[str] = []
        self.sure: list[str] = []
        self.entry: Decision | None = None
        self.unknown: Counter[str] = Counter()
        self.passed_over: Counter[str] = Counter()
        self.usage = [0, 0, 0]
        self.waiting: list[Read] = []
        self.changed = self.recoded = False
        self.written = time.monotonic()

    def _begin(self, folder: Path) -> None:
        """Take a dossier's tables as they stand on the disk; whatever is written while they are read is seen later."""
        standing = self._on_disk(folder)
        dossier = read_dossier(folder)
        self.dossier, self.folder, self._standing = dossier, dossier.folder, standing
        self.sources = dict(dossier.sources)
        self.statements = {statement.id: statement for statement in dossier.statements}
        self._sources, self._statements = dict(self.sources), dict(self.statements)
        self.of_source: dict[str, list[str]] = {}
        for statement in dossier.statements:
            self.of_source.setdefault(statement.source, []).append(statement.id)
        self.ids = {source.lower() for source in self.sources}
        self.by_sha256 = {source.sha256: source.id for source in self.sources.values() if source.sha256}
        self.concepts = {concept.id for concept in dossier.concepts}
        self.repeats = Repeats(self.sources, dossier.statements, self.wishes.coder.name)
        self.shelf: Shelf | None = None

    @staticmethod
    def _on_disk(folder: Path) -> tuple[str, ...]:
        """Return the hashes of the tables as they stand, to see what others have written meanwhile."""
        paths = [folder / name for name in ("sources.csv", "statements.csv", "concepts.csv")]
        return tuple(sha256(read_bytes(path)) if path.exists() else "" for path in paths)

    def keep_back(self, withheld: Withheld, concepts: tuple[Concept, ...]) -> None:
        """Keep what is marked from every coder that sends what it reads."""
        self.task = dataclasses.replace(self.task, withheld=withheld, sent_concepts=concepts)

    def _up_to_date(self) -> frozenset[str]:
        """Return the SHA-256 of documents that have been coded by the present concepts and facts, each by its coder."""

        def coder_of(source: Source) -> str:
            other = self.wishes.other
            chosen = self.wishes.coder if other is None or reads(self.wishes.coder, source.language) else other
            return self.marks[chosen.name]

        return frozenset(
            source.sha256
            for source in self.sources.values()
            if source.sha256 and (not self.dossier.concepts or coder_of(source) in source.coded.split("; "))
        )

    def add(self, read: Read) -> None:
        """Take one document in, or keep it waiting until the next ones have been read as well."""
        self.waiting.append(read)
        if time.monotonic() - self.written > _EVERY:
            started = time.monotonic()
            with contextlib.suppress(BusyError):  # what waits is written later
                self.write(patience=0.0)
            self.written = time.monotonic() + 9 * (time.monotonic() - started)

    def write(self, patience: float | None = None) -> None:
        """Take in what is waiting and write the tables, under the dossier's lock.

        Whatever others have written since is read first, and is built upon.

        Raises
        ------
        BusyError
            When another writer has not finished within ``patience`` seconds; all is still waiting then.
        """
        if not self.waiting and not self.changed:
            return
        with writing(self.folder, patience):
            if self._on_disk(self.folder) != self._standing:
                self._begin(self.folder)
                self.added = [id_ for id_ in self.added if id_ in self.statements]
                self.sure = [id_ for id_ in self.sure if id_ in self.statements]
            self._write()
            self._standing = self._on_disk(self.folder)

    def _write(self) -> None:
        """Write the tables: a source counts as coded once its statements are written."""
        waiting, self.waiting = self.waiting, []
        news = [text for text in waiting if text.document is not None and text.sha256 not in self.by_sha256]
        links = self._links(news)
        for read in waiting:
            self._take(read, links)
        if not self.changed:
            return
        marked = list(self.sources.values())
        if self.recoded:
            bare = [dataclasses.replace(source, coded=self._before(source)) for source in marked]
            self._update("sources.csv", Source, self._sources, bare)
            self._update("statements.csv", Statement, self._statements, list(self.statements.values()))
        self._update("sources.csv", Source, self._sources, marked)
        self.changed = self.recoded = False

    def _update(self, file: str, record: type[Any], written: dict[str, Any], records: list[Any]) -> None:
        update_table(self.folder / file, record, written, records)
        written.update((item.id, item) for item in records)

    def _before(self, source: Source) -> str:
        old = self.dossier.sources.get(source.id)
        return old.coded if old else ""

    def _links(self, news: list[Read]) -> dict[str, list[str]]:
        """Return which earlier texts each new one may repeat, by SHA-256."""
        if not news:
            return {}
        if self.shelf is None:
            self.shelf = Shelf(self.folder, self.sources.values())
        return self.shelf.extend(news)

    def _take(self, read: Read, links: dict[str, list[str]]) -> None:
        if read.refusal:
            self.refused.append(Refusal(read.entry.name, read.refusal))
        elif read.entry.number and self.by_sha256.get(read.sha256) in self.seen:
            self._note(read, self.sources[self.by_sha256[read.sha256]], "same text")
        elif read.sha256 in self.by_sha256:
            self._again(read, self.sources[self.by_sha256[read.sha256]])
        elif read.document is not None:
            self._new(read, read.document, links.get(read.sha256, []))

    def _original(self, document: Document, links: list[str]) -> tuple[Source | None, float]:
        """Return the source that a document repeats and how much it resembles it, judged on the texts themselves."""
        for link in links:
            source = self.sources.get(self.by_sha256.get(link, ""))
            if source is not None:
                source = self.sources.get(source.republished_from, source)
                other = stored_document(self.folder, source)
                similarity = repeats(body_of(document), body_of(other)) if other is not None else 0.0
                if similarity:
                    return source, similarity
        return None, 0.0

    def _new(self, read: Read, document: Document, links: list[str]) -> None:
        if self.shelf is None:
            raise ValueError("texts are taken in after the shelf was filled")
        twin = self.shelf.same_text(read)
        if twin in self.by_sha256:
            self._note(read, self.sources[self.by_sha256[twin]], "same text")
            return
        try:
            data = read.entry.bytes()
            if sha256(data) != read.sha256:
                raise FoedusError("changed while it was read; read it again")
            source = self._source(read, document)
            store(self.folder, source.file, data, document)
        except FoedusError as error:
            self.refused.append(Refusal(read.entry.name, str(error)))
            return
        original, similarity = self._original(document, links)
        source = self._linked(source, original, similarity)
        self.sources[source.id] = source
        self.by_sha256[read.sha256] = source.id
        self.ids.add(source.id.lower())
        self.changed = True
        added, left_out = self._propose(read, source, document, original)
        self._note(read, source, "new", added, left_out, original.id if original else "")

    def _again(self, read: Read, source: Source) -> None:
        """A document whose bytes are known: dated if it was not, coded anew where concepts or facts have changed."""
        asked = self.wishes.known or self.wishes.published
        kept_day = asked is not None and asked != source.known and not source.note.startswith(_UNDATED)
        source = self._redated(source)
        if read.document is None or source.id in self.seen:
            self._note(read, source, "known", kept_day=kept_day)
            return
        original = self.sources.get(source.republished_from)
        read, document = self._as_stored(read, source, read.document)
        earlier = tuple(self.of_source.get(source.id, ()))
        added, left_out = self._propose(read, source, document, original)
        status = "coded again" if read.coded else "known"
        dropped = self._dropped(read, source, earlier) if read.coded and read.document is not None else ()
        first = original.id if original else ""
        self._note(read, source, status, added, left_out, first, kept_day=kept_day, dropped=dropped)

    def _dropped(self, read: Read, source: Source, earlier: Sequence[str]) -> tuple[str, ...]:
        """Return the undecided candidates of an earlier reading that this one proposes no more."""
        coded = read.coded.candidates if read.coded is not None else ()
        now = {
            candidate.statement(source.id, fallback=source.known, coder=read.coder).id
            for candidate in coded
            if candidate.actor
        }
        held = (self.statements[id_] for id_ in earlier)
        return tuple(
            statement.id
            for statement in held
            if statement.coder == read.coder and statement.status == "candidate" and statement.id not in now
        )

    def _as_stored(self, read: Read, source: Source, document: Document) -> tuple[Read, Document]:
        """Return a document that was read before with the text in which it is stored, coded anew where that differs.

        An earlier version may have read it otherwise, and its statements name passages of the stored text. Where it has
        no statements, the text as it is read now takes that one's place.
        """
        stored = stored_document(self.folder, source)
        if stored is None or stored.text == document.text:
            return read, document
        if not self.of_source.get(source.id):
            store(self.folder, source.file, read.entry.bytes(), document)
            undated = source.note.partition(". ")[0].rstrip(".") + "." if source.note.startswith(_UNDATED) else ""
            note = " ".join(filter(None, (undated, *map(_as_note, document.doubts))))
            title = document.title or source.title
            self.sources[source.id] = dataclasses.replace(
                source, title=title[:500], language=document.language, note=note[:2000]
            )
            self.changed = True
            return read, document
        stored = dataclasses.replace(stored, language=document.language, author=document.author)
        coder = self.wishes.coder if read.coder == self.wishes.coder.name else self.wishes.other
        coded, uncoded = code_with(coder, stored, self.task, source.published or self.wishes.published)
        return dataclasses.replace(read, document=stored, coded=coded, uncoded=uncoded), stored

    def _source(self, read: Read, document: Document) -> Source:
        home = "" if read.entry.member or read.entry.number else inside(self.folder, read.entry.path)
        stem = Path(read.entry.member or read.entry.path.name).stem
        stem = f"{stem}-{read.entry.number}" if read.entry.number else stem
        name = short_id(stem, read.sha256, self.ids)
        place = self.folder / "documents" / f"{name}{read.entry.suffix}"
        if not home and place.exists() and sha256(place.read_bytes()) != read.sha256:
            name = short_id(stem, read.sha256, {name.lower()})
        published = document.published or self.wishes.published
        return Source(
            id=name,
            title=harmless(" ".join(cleaned(self.wishes.title or document.title or stem).split()))[:500] or name,
            author=harmless(document.author)[:300],
            outlet=harmless(document.outlet)[:300] or NOT_STATED,
            language=document.language,
            published=published,
            known=document.published or self.wishes.known or published or document.latest or self.wishes.today,
            sha256=read.sha256,
            file=home or f"{name}{read.entry.suffix}",
            marking=self.wishes.marking,
            note=" ".join(filter(None, (_undated(document, self.wishes), *map(_as_note, document.doubts))))[:2000],
        )

    def _redated(self, source: Source) -> Source:
        """Give an undated source the day that the user now names, and its statements with it."""
        known = self.wishes.known or self.wishes.published
        if known is None or not source.note.startswith(_UNDATED):
            return source
        new = dataclasses.replace(source, published=self.wishes.published, known=known, note="")
        for statement in (self.statements[at] for at in self.of_source.get(source.id, ())):
            own = None if statement.known_on is None or statement.known_on == source.known else statement.known_on
            said = known if statement.said_on == source.known else statement.said_on
            self.statements[statement.id] = dataclasses.replace(
                statement, said_on=min(said, own or known), known_on=own
            )
        self.sources[source.id] = new
        self.changed = self.recoded = True
        return new

    def _linked(self, source: Source, original: Source | None, similarity: float) -> Source:
        """Link a text to the one that it repeats; whichever is the earlier, the first that was read is the original."""
        if original is None:
            return source
        said = f"It repeats {original.id} (similarity {similarity:.2f})."
        if source.known < original.known:
            said += f" That one counts as known only from {original.known}: this is the earlier publication."
        return dataclasses.replace(source, republished_from=original.id, note=f"{source.note} {said}".strip())

    def _propose(self, read: Read, source: Source, document: Document, original: Source | None) -> tuple[int, int]:
        coded = read.coded
        if coded is None:
            return 0, 0
        self._count(coded, read)
        mark = self.marks[read.coder]  # of the concepts that it was coded with, whatever became of them since
        marks = [coder for coder in source.coded.split("; ") if coder and coder.split(" ")[0] != read.coder]
        self.sources[source.id] = dataclasses.replace(self.sources[source.id], coded="; ".join([*marks, mark]))
        self.changed = True
        elsewhere = stored_document(self.folder, original) if original else None
        there = [self.statements[id_] for id_ in self.of_source.get(original.id, ())] if original else []
        added = left_out = 0
        for candidate in coded.candidates:
            if not candidate.actor:
                self.unknown[candidate.person or "an unnamed speaker"] += 1
            elif elsewhere is not None and repeated(candidate, document, elsewhere, there):
                left_out += 1
            else:
                added += self._add(candidate, source, document, read.coder)
        return added, left_out

    def _count(self, coded: Coded, read: Read) -> None:
        self.usage[0] += coded.tokens_in
        self.usage[1] += coded.tokens_out
        self.usage[2] += bool(coded.tokens_in or coded.tokens_out) and not coded.from_cache
        self.refused += [Refusal(read.entry.name, refusal) for refusal in coded.refused]

    def _add(self, candidate: Candidate, source: Source, document: Document, coder: str) -> bool:
        statement = candidate.statement(source.id, fallback=source.known, coder=coder)
        statement = self.repeats.noted(statement)
        if statement.id in self.statements:
            return False
        if statement.concept not in self.concepts:
            self.refused.append(Refusal(document.name, f"concept {statement.concept!r} was removed while it was read"))
            return False
        try:
            guard([statement], {source.id: document})
        except InputError as error:
            self.refused.append(Refusal(document.name, str(error)))
            return False
        self.statements[statement.id] = statement
        self.of_source.setdefault(source.id, []).append(statement.id)
        self.added.append(statement.id)
        self.changed = self.recoded = True
        return True

    def _note(
        self,
        read: Read,
        source: Source,
        status: str,
        added: int = 0,
        repeated: int = 0,
        original: str = "",
        *,
        kept_day: bool = False,
        dropped: tuple[str, ...] = (),
    ) -> None:
        source = self.sources[source.id]
        self.seen.add(source.id)
        accepted, left = self._accept(source, read)
        self.taken.append(
            Taken(
                read.entry.name,
                source.id,
                status,
                source.title,
                source.language,
                source.known,
                not source.note.startswith(_UNDATED),
                original or source.republished_from if source.republished_from in self.sources else original,
                added,
                accepted,
                repeated,
                read.uncoded,
                left,
                max(source.known, source.published or source.known) > self.wishes.today,
                kept_day,
                read.document.doubts if read.document and status == "new" else (),
                read.coder if read.coded else "",
                dropped,
            )
        )

    def _accept(self, source: Source, read: Read) -> tuple[int, int]:
        """Note which of this coder's candidates of a document are sure enough; return how many, and how many repeat."""
        least = self.wishes.accept_above
        if least is None:
            return 0, 0
        sure = [
            statement
            for statement in (self.statements[at] for at in self.of_source.get(source.id, ()))
            if statement.coder in self.coders and statement.status == "candidate" and statement.certainty >= least
        ]
        fresh = [statement for statement in sure if not self.repeats.of(statement)]
        stand = [
            statement.id
            for statement in fresh
            if statement.id in self.added or self._stands(statement, source, read.entry.name)
        ]
        self.sure += [id_ for id_ in stand if id_ not in self.sure]
        return len(stand), len(sure) - len(fresh)

    def _stands(self, statement: Statement, source: Source, name: str) -> bool:
        """Tell whether the evidence of a candidate of an earlier reading still stands in its source."""
        document = stored_document(self.folder, source)
        try:
            guard([statement], {source.id: document} if document else {})
        except InputError as error:
            self.refused.append(Refusal(name, str(error)))
            return False
        return True

    def accept(self) -> None:
        """Accept what is sure enough, in one entry of the journal, after the tables were written."""
        if not self.sure:
            return
        why = f"read with --accept-above {self.wishes.accept_above:g}"
        self.entry = accept_read(self.folder, self.sure, Who(why=why))
        for id_ in self.sure:
            self.statements[id_] = dataclasses.replace(self.statements[id_], status="accepted")

    def answer(self) -> Intake:
        """Return what came of it all."""
        return Intake(
            self.folder,
            self.wishes.coder.name,
            tuple(self.taken),
            tuple(self.refused),
            tuple(self.statements[id_] for id_ in self.added),
            dict(sorted(self.unknown.items(), key=lambda item: (-item[1], item[0]))),
            dict(sorted(self.passed_over.items())),
            self._agreeing(),
            tokens_in=self.usage[0],
            tokens_out=self.usage[1],
            paid=self.usage[2],
            repeats={id_: found for id_ in self.added if (found := self.repeats.of(self.statements[id_]))},
            entry=self.entry,
        )

    def _agreeing(self) -> int:
        others = {
            (statement.actor, statement.concept, statement.stance)
            for statement in self.dossier.statements
            if statement.status == "accepted" and statement.coder != self.wishes.coder.name
        }
        added = (self.statements[id_] for id_ in self.added)
        return sum((statement.actor, statement.concept, statement.stance) in others for statement in added)


_UNDATED = "It carries no date"


def _undated(document: Document, wishes: Wishes) -> str:
    """Return the note of a source whose day is not established; empty where it is."""
    if document.published or wishes.published or wishes.known:
        return ""
    if document.latest:
        return f"{_UNDATED} that is sure; it counts as known from {document.latest}, the later of two readings."
    return f"{_UNDATED}; it counts as known from {wishes.today}, the day on which it was read."


def _as_note(doubt: str) -> str:
    return f"{doubt[:1].upper()}{doubt[1:]}."


def coding_mark(dossier: Dossier, coder: str) -> str:
    """Return how a source shows who has coded it: a coder's name, and a mark of concepts and of the dossier's facts."""
    looked_for = "\n".join(f"{concept.id}\t{concept.text}\t{concept.cues}" for concept in dossier.concepts)
    facts = [data for name, data in dossier.overlays if name.startswith("world/")]
    return f"{coder} {sha256(b''.join([looked_for.encode(), *facts]))[:8]}"
