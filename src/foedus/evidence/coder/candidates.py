"""From a document to candidate statements: who takes which stance on what, with the passage that says so."""

from __future__ import annotations

import bisect
import dataclasses
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.evidence.calendar import find_days
from foedus.evidence.coder.actors import Cast, Mention
from foedus.evidence.coder.attributions import Attribution, attributions_in
from foedus.evidence.coder.concepts import ConceptFinder, ConceptLike, Match
from foedus.evidence.coder.gazetteer import gazetteer
from foedus.evidence.coder.holding import denied_before, holds, modal, of_nobody, unquoted
from foedus.evidence.coder.leaning import OBLIGED
from foedus.evidence.coder.narration import Narrated, narrated
from foedus.evidence.coder.phrases import main_subject
from foedus.evidence.coder.polarity import Reading, governs_opposition, read_polarity
from foedus.evidence.coder.sentences import Sentence, sentences
from foedus.evidence.documents import Document, Passage
from foedus.evidence.languages import NAMES
from foedus.evidence.records import Statement
from foedus.world import World

CODER = "rules"
"""How statements of this coder are signed."""

LANGUAGES = ("en",)
"""Languages that it reads."""

_RULES = {
    "closing quotation": 0.92, "inverted quotation": 0.95, "quotation": 0.85, "block": 0.75, "according to": 0.8,
    "that": 0.85, "clause": 0.8, "closing": 0.8, "inverted": 0.75, "as said": 0.85, "extracted": 0.65, "question": 0.5,
    "particle": 0.65, "infinitive": 0.65, "object": 0.6, "passive": 0.6, "adjective": 0.65, "noun": 0.55,
    "noun after a light verb": 0.6, "speaker and colon": 0.6, "verb of an actor": 0.6, "noun of an actor": 0.7,
    "noun from an actor": 0.75, "reason of a stance": 0.65,
}  # fmt: skip
"""How often each rule is right, as measured on annotated attributions or judged where there were none."""

_HOW = {
    "name": 1.0,
    "adjective": 0.95,
    "demonym": 0.95,
    "capital": 0.9,
    "person": 1.0,
    "surname": 0.97,
    "close match": 0.85,
    "noun": 0.7,
    "members": 0.95,
    "pronoun": 0.75,
}
_KIND_OF_FORCE = {"act": "act", "stance": "narrated", "thought": "narrated", "wish": "narrated", "evidence": "narrated"}
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"\u201d']*\s+")
_LONGEST_QUOTE = 4000
_LONGEST_CONDITION = 500
_LONGEST_SHOWN = 120
_ANAPHOR = re.compile(
    r"\b(?:the|this|that|such an?) (?:move|plans?|idea|proposal|step|project|initiative|scheme|suggestion|bid|prospect"
    r"|notion|measure|office)\b(?!\s+(?:to|of|for|that|in|at|would|by)\b)",
    re.IGNORECASE,
)
_NOTION = re.compile(
    r"\b(?:notion|idea|claim|suggestion|view|charge|allegation|argument|warning)s? that\b", re.IGNORECASE
)
"""'Batted down the notion that' denies what follows."""

_RIVAL = 0.5
"""Share of the best concept's score that a claim of what is needs, to be preferred."""

_UNSURE = 0.55
"""Plainness of a reading in which no word takes a side."""

_RECALLED = 0.85
"""What the words of an earlier sentence weigh, where a later one points back to it."""
_NEGATIVE = re.compile(r"n't$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that the coder proposes; nothing enters a forecast until a person accepts it.

    Attributes
    ----------
    document
        Id of the document.
    passage, passage_id
        Its paragraph, as ``p`` and number, and that paragraph's own id.
    start, end, quote
        The words that are the evidence: offsets in the document's text, and the words as stored.
    actor, person, office
        Whose stance it is; ``actor`` is empty where the world does not know it.
    concept, stance, condition
        What it is on, -1, 0 or 1, and on what condition.
    kind, venue
        As in `Statement`.
    said_on, known_on
        Days, or ``None`` where nothing tells them.
    reporter
        Who reports it.
    certainty
        0 to 1.
    rule
        The rules that fired.
    hedged, prediction
        Whether the words are hedged, and whether they speak of what will be.
    doubts
        What a reader should check.
    """

    document: str
    passage: str
    passage_id: str
    start: int
    end: int
    quote: str
    actor: str
    person: str
    office: str
    concept: str
    stance: int
    condition: str
    kind: str
    venue: str
    said_on: Day | None
    known_on: Day | None
    reporter: str
    certainty: float
    rule: str
    hedged: bool
    prediction: bool
    doubts: tuple[str, ...]

    @property
    def id(self) -> str:
        """A short id from document, passage, actor and concept: the same document read twice gives the same ids."""
        key = f"{self.document} {self.passage_id} {self.actor} {self.person} {self.concept}"
        return f"r{hashlib.sha256(key.encode()).hexdigest()[:10]}"

    def statement(self, source: str, *, fallback: Day, coder: str = CODER) -> Statement:
        """Return the candidate as a row of ``statements.csv``, still to be accepted.

        Parameters
        ----------
        source
            Id of the document in ``sources.csv``.
        fallback
            The day that counts where the text gives none: the latest that it can be.
        coder
            Who proposes it.

        Raises
        ------
        FoedusError
            When the world does not know the actor; add it to the dossier's ``world/actors.csv`` first.
        """
        if not self.actor:
            who = self.person or "whoever speaks"
            raise FoedusError(f"{self.quote[:60]!r}: the world does not know {who}; add an actor to world/actors.csv")
        return Statement(
            id=self.id,
            source=source,
            passage=self.passage,
            quote=_shortened(self.quote),
            actor=self.actor,
            person=self.person[:200],
            office=self.office[:200],
            concept=self.concept,
            stance=self.stance,
            condition=_shortened(self.condition, _LONGEST_CONDITION),
            kind=self.kind,
            venue=self.venue,
            said_on=min(self.said_on or fallback, fallback),
            known_on=None,
            reporter=self.reporter[:200],
            coder=coder[:100],
            certainty=self.certainty,
            rule=self.rule[:200],
            status="candidate",
            note="; ".join(self.doubts)[:1000],
        )


def code(
    document: Document,
    world: World,
    concepts: Iterable[ConceptLike],
    *,
    on: Day | None = None,
    least: float = 0.0,
) -> tuple[Candidate, ...]:
    """Propose the statements of a document.

    Parameters
    ----------
    document
        As read by `read_documents`.
    world
        Who exists.
    concepts
        The claims to look for.
    on
        The day on which the document was published, where it does not say so itself.
    least
        Certainty below which a candidate is left out.

    Returns
    -------
    tuple
        One `Candidate` for each actor, concept and passage, in the order of the text.

    Raises
    ------
    FoedusError
        When the document is in a language that this coder cannot read.
    """
    return propose(document, world, concepts, on=on, least=least)[0]


def propose(
    document: Document,
    world: World,
    concepts: Iterable[ConceptLike],
    *,
    on: Day | None = None,
    least: float = 0.0,
) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
    """Propose the statements of a document, and tell which sentences were passed over.

    Parameters
    ----------
    document, world, concepts, on, least
        As for `code`.

    Returns
    -------
    tuple
        The candidates, and a line for each sentence on which a rule broke off; the others are coded all the same.

    Raises
    ------
    FoedusError
        When the document is in a language that this coder cannot read.
    """
    if document.language not in LANGUAGES:
        name = NAMES.get(document.language, document.language)
        raise FoedusError(f"{document.name}: the text is in {name}, which the rule coder cannot read; it reads English")
    coding = _Coding(document, world, concepts, on or document.published)
    return tuple(one for one in coding.run() if one.certainty >= least), tuple(coding.failed.values())


class _Coding:
    """The coding of one document."""

    def __init__(self, document: Document, world: World, concepts: Iterable[ConceptLike], on: Day | None) -> None:
        self.document, self.on = document, on
        self.text = document.text
        self.cast = Cast(document.text, world, on)
        self.finder = ConceptFinder(concepts, self._is_name)
        self.body = document.body
        self.starts = [passage.start for passage in self.body]
        self.topic = ""
        self.found: dict[tuple[str, str, str, str], Candidate] = {}
        self.failed: dict[tuple[str, str], str] = {}

    def _is_name(self, term: str) -> bool:
        entries = gazetteer(self.cast.world).by_first.get(term, ())
        return any(len(words) == 1 for words, _ in entries)

    def run(self) -> list[Candidate]:
        spans = [(passage.start, passage.end) for passage in self.body]
        every = list(sentences(self.text, spans))
        by_sentence: dict[int, list[Attribution]] = {}
        for one in attributions_in(self.text, every, self._failed):
            by_sentence.setdefault(id(one.sentence), []).append(one)
        before = ""
        paragraph = -1
        for sentence in every:
            if sentence.paragraph != paragraph:
                before, paragraph = "", sentence.paragraph
            words = self.text[sentence.starts[0] : sentence.ends[-1]]
            try:
                self._sentence(sentence, words, before, by_sentence.get(id(sentence), []))
            except (TimeoutError, MemoryError):
                raise
            except Exception as error:  # one sentence must not lose the document
                self._failed(sentence, error)
            before = words
            if self.finder.best([(words, 1.0)]) is not None:
                self.topic = words
        return sorted(self.found.values(), key=lambda one: (one.start, one.end, one.actor, one.concept))

    def _failed(self, sentence: Sentence, error: Exception) -> None:
        """Note a sentence that a rule could not read."""
        words = " ".join(self.text[sentence.starts[0] : sentence.ends[-1]].split())
        shown = words if len(words) <= _LONGEST_SHOWN else words[:_LONGEST_SHOWN].rsplit(None, 1)[0] + " ..."
        passage = self.body[sentence.paragraph].place
        problem = f"{passage}: the sentence {shown!r} was passed over, because a rule broke off on it"
        self.failed[(passage, shown)] = f"{problem} ({type(error).__name__}: {error}); please report it"

    def _sentence(self, sentence: Sentence, words: str, before: str, attributed: list[Attribution]) -> None:
        subject = main_subject(sentence, len(sentence.letters))
        if subject is not None and sentence.letters[subject[0]] not in "RE":
            self.cast.voices(sentence.starts[subject[0]], sentence.ends[subject[1] - 1])
        asked = words.rstrip().endswith("?")
        voices = [self.cast.voices(*one.source) if one.source else [] for one in attributed]
        for mention in self.cast.inside(sentence.starts[0], sentence.ends[-1]):
            if mention.person:
                self.cast.note(mention)
        for number, one in enumerate(attributed):
            if asked and one.kind == "indirect":
                continue
            self._attribution(sentence, words, before, attributed, voices, number)
        for hit in narrated(sentence, self.cast) if not asked else ():
            self._narration(sentence, words, before, hit, attributed, voices)

    def _attribution(
        self,
        sentence: Sentence,
        words: str,
        before: str,
        attributed: list[Attribution],
        voices: list[list[Mention]],
        number: int,
    ) -> None:
        one = attributed[number]
        if of_nobody(sentence, one):
            return
        pieces = [self.text[start:end] for start, end in one.content]
        content = " ".join(pieces)
        match = self._match(content, [(content, 1.0), (words, 0.45), (before, 0.3)])
        if match is None or self._told_inside(attributed, voices, number, match, before):
            return
        negated = self._negated(sentence, one)
        bearing = ("not " if denied_before(sentence, one) else "") + self._bearing(pieces, match)
        lean = -1 if self._turned(sentence, one) else 0
        reading = read_polarity(bearing, words, match, one.word, negated=negated, lean=lean)
        claim = self._claim(content, words, match) if reading.sure <= _UNSURE else None
        if claim is not None:
            match = claim
            reading = read_polarity(self._bearing(pieces, match), words, match, one.word, negated=negated)
        outer = [at for at, other in enumerate(attributed) if at != number and holds(other, one)]
        teller = next((voice for at in outer for voice in voices[at] if voice.person), None)
        kind = one.kind
        if teller is not None:
            kind = "narrated"
        elif kind == "indirect" and one.word is not None:
            may = one.word.force != "speech" and modal(sentence, one.place)
            kind = "conjecture" if may else _KIND_OF_FORCE.get(one.word.force, kind)
        start, end = self._evidence(one, kind)
        if self._on_others(sentence, before, one, voices[number], match):
            reading = dataclasses.replace(reading, stance=0, sure=_GUESS)  # who explains a stance does not hold it
        elif reading.sure <= _UNSURE and self._observed(voices[number]) and (reading.prediction or not reading.stance):
            kind, reading = "conjecture", dataclasses.replace(reading, stance=0, sure=_GUESS)
        for voice in voices[number]:
            if teller is None or voice.person != teller.person:
                self._add(sentence, words, voice, match, reading, kind, one.rule, start, end, teller)

    def _observed(self, voices: list[Mention]) -> bool:
        return bool(voices) and all(self.cast.observes(voice) for voice in voices)

    def _on_others(
        self, sentence: Sentence, before: str, one: Attribution, voices: list[Mention], match: Match
    ) -> bool:
        """Tell whether an observer only tells of others' stances on a concept; those in a quotation are taken down."""
        if not self._observed(voices):
            return False
        told = False
        for start, end in unquoted(self.text, one.content):
            if not any(self.cast.is_state(other) for other in self.cast.inside_loosely(start, end)):
                continue
            for inner in sentences(self.text, [(start, end)]):
                words = self.text[inner.starts[0] : inner.ends[-1]]
                if any(word in OBLIGED for word in inner.lowers):
                    continue
                here = dataclasses.replace(inner, paragraph=sentence.paragraph)
                for hit in narrated(here, self.cast):
                    found = self._match(words, [(words, 0.9), (before, 0.3)])
                    states = [voice for voice in hit.actors if self.cast.is_state(voice)]
                    if found is None or found.concept != match.concept or not states:
                        continue
                    told = True
                    if one.kind != "indirect":
                        self._narration(here, words, before, hit, [], [], voices[0])
        return told

    def _match(self, content: str, layers: list[tuple[str, float]]) -> Match | None:
        """Return the concept of a content; 'the move' and the like mean what was last spoken of."""
        if self.topic and _ANAPHOR.search(content):
            layers = [*layers, (self.topic, _RECALLED)]
        return self.finder.best(layers)

    def _bearing(self, pieces: list[str], match: Match) -> str:
        """Return the sentence of a long content that bears most on its concept."""
        parts = [part for piece in pieces for part in _SENTENCE_END.split(piece) if part.strip()]
        if len(parts) < 2:
            return " ".join(pieces)
        scores = [self.finder.score_of(match.concept, part) for part in parts]
        return parts[scores.index(max(scores))] if max(scores) > 0 else " ".join(pieces)

    def _told_inside(
        self, attributed: list[Attribution], voices: list[list[Mention]], number: int, match: Match, before: str
    ) -> bool:
        """Tell whether another's stance, inside this content, bears on the same concept."""
        one = attributed[number]
        for at, other in enumerate(attributed):
            if (
                at != number
                and holds(one, other)
                and voices[at]
                and other.rule in ("that", "clause", "infinitive", "object", "particle")
            ):
                inner = " ".join(self.text[start:end] for start, end in other.content)
                found = self.finder.best([(inner, 1.0), (before, 0.3)])
                same = {voice.actor for voice in voices[at]} & {voice.actor for voice in voices[number]}
                observer = all(self.cast.observes(voice) for voice in voices[number])
                if found is not None and found.concept == match.concept and not same and observer:
                    return True
        return False

    def _claim(self, content: str, words: str, match: Match) -> Match | None:
        """Return a claim of what is or would be, where words bear on it too and take no side on what should be."""
        if not match.prescriptive:
            return None
        found = self.finder.scores([(content, 1.0), (words, 0.45)])
        return next(
            (one for one in found if not one.prescriptive and one.score >= 1.2 and set(one.words) - set(match.words)),
            None,
        )

    @staticmethod
    def _turned(sentence: Sentence, one: Attribution) -> bool:
        """Tell whether a particle turns a verb that takes no side by itself: 'ruled out', 'argued against'."""
        if one.word is None or one.word.polarity or one.place + 1 >= len(sentence.lowers):
            return False
        after = sentence.lowers[one.place + 1]
        return after == "against" or (one.word.lemma, after) == ("rule", "out")

    @staticmethod
    def _negated(sentence: Sentence, one: Attribution) -> bool:
        if one.word is not None and one.word.part == "noun":
            at = next(
                (
                    at
                    for at in range(one.place, min(one.place + 6, len(sentence.lowers)))
                    if sentence.letters[at] == "K"
                ),
                one.place,
            )
            return any(word in ("no", "little", "not") for word in sentence.lowers[max(0, at - 2) : at])
        near = range(max(0, one.place - 4), one.place)
        return any(
            sentence.letters[at] == "Z" or _NEGATIVE.search(sentence.lowers[at])
            for at in near
            if sentence.letters[at] in "ZAL"
        )

    def _evidence(self, one: Attribution, kind: str) -> tuple[int, int]:
        pieces = list(one.content)
        if kind != "direct":
            pieces += [one.cue, *([one.source] if one.source else [])]
        start, end = min(a for a, _ in pieces), max(b for _, b in pieces)
        passage = self._passage(start)
        return start, min(end, passage.end) if passage else end

    def _narration(
        self,
        sentence: Sentence,
        words: str,
        before: str,
        hit: Narrated,
        attributed: list[Attribution],
        voices: list[list[Mention]],
        teller: Mention | None = None,
    ) -> None:
        said = self._without_contents(hit, attributed, sentence)
        match = self._match(said, [(said, 0.9), (words, 0.3), (before, 0.3)])
        if match is None:
            return
        at = sentence.starts[hit.place]
        if any(one.source and one.source[0] <= at < one.source[1] for one in attributed):
            return
        same = next(
            (one for one in attributed if one.place == hit.place and one.word and one.word.part == "verb"), None
        )
        governed = " ".join(self.text[start:end] for start, end in same.content) if same else ""
        opposite = match.prescriptive and governs_opposition(governed)
        reading = read_polarity("", words, match, None, negated=False, lean=-hit.lean if opposite else hit.lean)
        if not match.prescriptive:
            denied = hit.lean < 0 and hit.rule == "verb of an actor" and _NOTION.search(said) is not None
            reading = read_polarity(said, words, match, None, negated=denied)
        teller = teller or next(
            (
                voice
                for one, own in zip(attributed, voices, strict=True)
                if any(a <= at < b for a, b in one.content)
                for voice in own
                if voice.person
            ),
            None,
        )
        kind = "act" if hit.act else "conjecture" if reading.prediction or modal(sentence, hit.place) else "narrated"
        for voice in hit.actors:
            self._add(sentence, words, voice, match, reading, kind, hit.rule, hit.start, hit.end, teller)

    def _without_contents(self, hit: Narrated, attributed: list[Attribution], sentence: Sentence) -> str:
        """Return the narrating words without what the sentence attributes to somebody."""
        at = sentence.starts[hit.place]
        kept = list(self.text[hit.start : hit.end])
        for one in attributed:
            for start, end in one.content:
                if not start <= at < end:
                    for place in range(max(start, hit.start), min(end, hit.end)):
                        kept[place - hit.start] = " "
        return "".join(kept)

    def _passage(self, offset: int) -> Passage | None:
        at = bisect.bisect_right(self.starts, offset) - 1
        return self.body[at] if at >= 0 and offset < self.body[at].end else None

    def _add(
        self, sentence: Sentence, words: str, voice: Mention, match: Match, reading: Reading, kind: str, rule: str,
        start: int, end: int, teller: Mention | None,
    ) -> None:  # fmt: skip
        passage = self.body[sentence.paragraph]
        certainty = (
            _RULES.get(rule, 0.6)
            * _HOW.get(voice.how, 0.8)
            * min(1.0, 0.4 + 0.25 * match.score)
            * (0.5 + 0.5 * reading.sure)
        )
        certainty *= 0.85 if reading.hedged else 1.0
        certainty *= 0.6 if not voice.actor else 0.9 if voice.doubt else 1.0
        author = self.document.author
        candidate = Candidate(
            document=self.document.id,
            passage=passage.place,
            passage_id=passage.id,
            start=start,
            end=end,
            quote=self.text[start:end],
            actor=voice.actor,
            person=voice.person,
            office=voice.office,
            concept=match.concept,
            stance=reading.stance,
            condition=reading.condition,
            kind=kind,
            venue="private" if reading.private else "public",
            said_on=self._said_on(words),
            known_on=self.on,
            reporter=f"{teller.person}, through {author}" if teller and author else teller.person if teller else author,
            certainty=round(certainty, 3),
            rule=f"{rule}; {voice.how}",
            hedged=reading.hedged,
            prediction=reading.prediction,
            doubts=tuple(
                filter(
                    None, (voice.doubt, "hedged" if reading.hedged else "", "prediction" if reading.prediction else "")
                )
            ),
        )
        key = (passage.id, voice.actor, voice.person if not voice.actor else "", match.concept)
        if key not in self.found or self.found[key].certainty < candidate.certainty:
            self.found[key] = candidate

    def _said_on(self, words: str) -> Day | None:
        """Return the day that the sentence gives for what was said, where it is not later than the document."""
        days = [one.day for one in find_days(words, self.on) if self.on is None or one.day <= self.on]
        return days[0] if days else self.on


_GUESS = 0.0
"""Plainness of a conjecture in which no word takes a side."""


def _shortened(words: str, longest: int = _LONGEST_QUOTE) -> str:
    """Return words that fit a cell, cut off between two of them where they must be."""
    words = words.strip()
    return words if len(words) <= longest else words[:longest].rsplit(None, 1)[0]
