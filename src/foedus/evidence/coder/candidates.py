"""From a document to candidate statements: who takes which stance on what, with the passage that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.evidence.calendar import find_days
from foedus.evidence.coder.actors import Cast, Mention
from foedus.evidence.coder.attributions import Attribution, attributions_in
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.coder.concepts import ConceptLike
from foedus.evidence.coder.conditions import condition_of
from foedus.evidence.coder.gazetteer import gazetteer
from foedus.evidence.coder.holders import THIRD, Holder, Holders
from foedus.evidence.coder.mentions import Spot, Spotter
from foedus.evidence.coder.parsing import parsed
from foedus.evidence.coder.sentences import Sentence, sentences
from foedus.evidence.coder.stance import ATTITUDES, Stance
from foedus.evidence.coder.stances import Reader, anchors
from foedus.evidence.documents import Document
from foedus.evidence.folding import fold_same_length
from foedus.evidence.languages import NAMES
from foedus.world import World

LANGUAGES = ("en",)
"""Languages that it reads."""

_LONGEST_SHOWN = 120
_NOUNS = (
    "move|plan|plans|idea|proposal|proposals|step|project|initiative|scheme|suggestion|bid|prospect|"
    "notion|measure|measures|office|change|reform"
    "|appointment|candidacy|candidate|nomination|goal|target|package|sanctions|base|invitation|"
    "accession|membership|deal|text|draft|chairmanship|offer|venture|concept|push|effort|"
    "undertaking|arrangement|facility|figure|benchmark|decision|request|application|switch|job|post"
)
_ANAPHOR = re.compile(rf"\b(?:the|this|that|these|those|such an?|such|any such) (?:{_NOUNS})\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|they|it|its|his|her|their|him|them|we|our|this|that|one|so)\b", re.IGNORECASE)
_PRIVATE = re.compile(
    r"\b(?:privately|in private|behind (?:closed|the) (?:doors|scenes)|confidential(?:ly)?|"
    r"in confidence|off the record|private (?:call|talk|talks|letter|conversation|meeting|message|"
    r"chat|note)|secret(?:ly)?|discreetly|quietly told)\b",
    re.IGNORECASE,
)
_GUESS = re.compile(
    r"\b(?:suspects?|supposed that|presumably|presumed|probably|almost certainly|apparently|"
    r"seems? to|appears? to|may well|might|guess(?:es|ed)?|surmised?|perhaps|likely)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:might|may|perhaps|probably|apparently|seems?|appears?|reportedly|possibly|could)\b", re.IGNORECASE
)
_PAST = re.compile(
    r"\b(?:in|until|till|before|since|back in|as late as|as recently as|during|"
    r"throughout)\s+(?:the\s+)?(?:early |late |spring |autumn |summer |winter |of )*(?:1[89]|"
    r"20)\d\d(?:s)?\b|\b(?:once|formerly|previously|originally|initially|at first|used to|"
    r"at the time|in those days|decades? ago|years? ago)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d")
_NOW = re.compile(
    r"\b(?:now|today|nowadays|since|meanwhile|currently|these days|no longer|"
    r"has (?:since )?(?:changed|turned|become))\b",
    re.IGNORECASE,
)
_THREAT = re.compile(r"\b(?:will|would|threaten\w*|vow\w*|shall|going to|won['\u2019]t|'ll)\b", re.IGNORECASE)
_LINK = re.compile(
    r"\b(?:link(?:s|ed|ing)?|tie[sd]?|tying|in return for|in exchange for|hostage|leverage|"
    r"bargaining chip|over an? unrelated)\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:offer(?:s|ed|ing)?|in return|in exchange|compensat\w+|sweeten\w*|concession)\b", re.IGNORECASE
)
_REFUSAL = re.compile(r"\b(?:unless|until|without|before)\b", re.IGNORECASE)
_ACTS = frozenset(
    [
        "vote",
        "veto",
        "sign",
        "lift",
        "block",
        "boycott",
        "ratify",
        "abstain",
        "withdraw",
        "end",
        "raise",
        "drop",
        "obstruct",
    ]
)
_SURE = {
    "name": 1.0,
    "adjective": 0.97,
    "demonym": 0.97,
    "capital": 0.95,
    "person": 1.0,
    "surname": 0.97,
    "close match": 0.85,
    "noun": 0.75,
    "members": 0.9,
    "pronoun": 0.85,
}


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
        When the document is in a language that this coder cannot read, or the parser is not installed.
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
        As `code`.
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
        self.plain = fold_same_length(document.text).replace("\n", " ").replace("\u201e", '"')
        self.cast = Cast(document.text, world, on)
        self.spotter = Spotter(concepts, self._kind_of)
        self.body = document.body
        self.starts = [passage.start for passage in self.body]
        self.found: dict[tuple[str, str, str, str], tuple[tuple[int, int, float], Candidate]] = {}
        self.failed: dict[tuple[str, str], str] = {}
        self.topic: dict[str, tuple[int, Spot]] = {}
        self.last: tuple[Mention, ...] = ()
        self.last_person: tuple[Mention, ...] = ()
        self.attributed: list[Attribution] = []

    def _kind_of(self, word: str) -> str:
        world = self.cast.world
        entries = [one for words, one in gazetteer(world).by_first.get(word.lower(), ()) if len(words) == 1]
        if not entries:
            return ""
        actor = world.actors.get(entries[0].actor)
        return "body" if actor is not None and actor.kind == "organisation" else "name"

    def run(self) -> list[Candidate]:
        spans = [(passage.start, passage.end) for passage in self.body]
        every = list(sentences(self.text, spans))
        self.attributed = list(attributions_in(self.text, every, self._failed))
        chosen = self._chosen(every)
        docs = dict(
            zip(chosen, parsed(self.plain[every[at].starts[0] : every[at].ends[-1]] for at in chosen), strict=True)
        )
        for at in chosen:
            try:
                self._sentence(at, every[at], docs[at], every)
            except (TimeoutError, MemoryError):
                raise
            except Exception as error:  # one sentence must not lose the document
                self._failed(every[at], error)
        return sorted(
            (one for _, one in self.found.values()), key=lambda one: (one.start, one.end, one.actor, one.concept)
        )

    def _chosen(self, every: list[Sentence]) -> list[int]:
        """Return the sentences that are worth a parse: with words of a concept, or of what may point to one."""
        chosen: list[int] = []
        heat = 0
        for at, sentence in enumerate(every):
            words = self.plain[sentence.starts[0] : sentence.ends[-1]]
            start, end = sentence.starts[0], sentence.ends[-1]
            voiced = bool(self.cast.inside_loosely(start, end)) or _PRONOUN.search(words) is not None
            likely = self.spotter.likely(words)
            if likely:
                if (
                    heat < 2
                    and at
                    and every[at - 1].paragraph == sentence.paragraph
                    and at - 1 not in chosen
                    and _PRONOUN.search(words)
                ):
                    chosen.append(at - 1)
                heat = 3
            if likely or (heat and voiced):
                chosen.append(at)
            heat = max(0, heat - 1)
        return chosen

    def _failed(self, sentence: Sentence, error: Exception) -> None:
        """Note a sentence that a rule could not read."""
        words = " ".join(self.text[sentence.starts[0] : sentence.ends[-1]].split())
        shown = words if len(words) <= _LONGEST_SHOWN else words[:_LONGEST_SHOWN].rsplit(None, 1)[0] + " ..."
        passage = self.body[sentence.paragraph].place
        problem = f"{passage}: the sentence {shown!r} was passed over, because a rule broke off on it"
        self.failed[(passage, shown)] = f"{problem} ({type(error).__name__}: {error}); please report it"

    # ------------------------------------------------------------------ a sentence
    def _sentence(self, at: int, sentence: Sentence, doc: Any, every: list[Sentence]) -> None:
        start = sentence.starts[0]
        before = self._before(at, sentence, every)
        spots = self.spotter.spots(doc, before)
        taken = {place for spot in spots for place in spot.tokens if spot.sign > 0}
        persons = self._persons(doc, start, taken)
        holders = Holders(doc, start, self.cast, lambda place: place in persons)
        reader = Reader(doc, holders)
        stances: list[tuple[Stance, bool]] = []
        asked = doc.text.rstrip(" \"'").endswith("?")
        if not asked:
            for spot in spots:
                for anchor in anchors(doc, spot):
                    stances += [(one, False) for one in reader.stances(spot, anchor)]
            for spot, anchor in self._anaphors(at, doc, spots, reader, taken):
                stances += [(one, True) for one in reader.stances(spot, anchor)]
        for one, recalled in self._settled(stances):
            self._emit(sentence, doc, one, recalled, holders)
        for spot in spots:
            if spot.sign > 0:
                self.topic[spot.concept] = (at, spot)
        self._remember(doc, holders)

    def _settled(self, stances: list[tuple[Stance, bool]]) -> list[tuple[Stance, bool]]:
        return stances

    def _before(self, at: int, sentence: Sentence, every: list[Sentence]) -> list[str]:
        words = []
        for other in every[max(0, at - 2) : at]:
            if other.paragraph >= sentence.paragraph - 1:
                words.append(self.plain[other.starts[0] : other.ends[-1]])
        return self.spotter.terms_of(" ".join(words))

    def _persons(self, doc: Any, start: int, taken: set[int]) -> set[int]:
        """Return the tokens of names that are the concept itself, such as a candidate's."""
        found = set()
        for one in self.cast.inside_loosely(start, start + len(doc.text)):
            places = {
                token.i
                for token in doc
                if start + token.idx < one.end and start + token.idx + len(token.text) > one.start
            }
            if (one.person and places & taken) or (
                one.how in ("name", "adjective", "capital", "demonym")
                and places
                and places <= taken
                and self._inner(doc, places, taken)
            ):
                found |= places
        return found

    @staticmethod
    def _inner(doc: Any, places: set[int], taken: set[int]) -> bool:
        """Tell whether a name is governed by other words of the concept: 'an office in | Tokyo'."""
        heads = {doc[at].head.i for at in places} - places
        up = {doc[at].head.i for at in heads if doc[at].pos_ == "ADP"}
        return bool((heads | up) & taken)

    def _anaphors(
        self, at: int, doc: Any, spots: list[Spot], reader: Reader, taken: set[int]
    ) -> list[tuple[Spot, Any]]:
        """Return words that point back to a concept, with the concept: 'the move', 'it', or nothing at all."""
        here = [spot for spot in spots if spot.sign > 0]
        recent = [(when, spot) for when, spot in self.topic.values() if at - when <= 3]
        if not here and not recent:
            return []
        latest = max(recent, key=lambda one: one[0])[1] if recent else None
        found: list[tuple[Spot, Any]] = []
        covered = set(taken)
        for token in doc:
            if token.i in covered:
                continue
            spot = next(
                (
                    one
                    for one in sorted(here, key=lambda one: min(one.tokens), reverse=True)
                    if min(one.tokens) < token.i
                ),
                None,
            ) or (self._quoted(token, here, doc) if here else latest)
            if spot is None:
                continue
            if here and token.i < min(spot.tokens) and not self._quoted(token, here, doc):
                continue
            if self._points(token, reader):
                tokens = () if self._alone(token, reader) else (token.i,)
                found.append((Spot(spot.concept, tokens, 0.85 * spot.score, 1, spot.prescriptive), token))
        return found

    @staticmethod
    def _alone(token: Any, reader: Reader) -> bool:
        return (
            token.pos_ not in ("PRON", "DET")
            and any(one.tokens[0] == token.i for one in reader.predicates.get(token.i, ()))
            and not re.fullmatch(_NOUNS, token.lower_)
        )

    def _quoted(self, token: Any, here: list[Spot], doc: Any) -> Spot | None:
        marks = [one.i for one in doc if one.text in ('"', "''", "``")]
        inside = sum(place < token.i for place in marks) % 2 == 1
        outer = [spot for spot in here if sum(place < min(spot.tokens) for place in marks) % 2 == 0]
        return outer[0] if inside and outer else None

    @staticmethod
    def _points(token: Any, reader: Reader) -> bool:
        """Tell whether a token points back to a concept."""
        lower = token.lower_
        if token.pos_ == "NOUN" and re.fullmatch(_NOUNS, lower):
            return any(
                one.dep_ in ("det", "amod", "predet")
                and one.lower_ in ("the", "this", "that", "these", "such", "those")
                for one in token.children
            ) and not any(
                one.dep_ in ("compound", "nmod") or (one.dep_ == "prep" and one.lower_ in ("of", "for", "in", "on"))
                for one in token.children
            )
        if lower in ("which", "that") and token.dep_ in ("dobj", "pobj", "nsubjpass") and token.tag_ in ("WDT", "WP"):
            return True
        if (
            lower in ("it", "this", "that", "them", "him", "these", "one", "so")
            and token.pos_ in ("PRON", "DET")
            and token.dep_ in ("dobj", "pobj", "nsubjpass", "nsubj", "attr")
        ):
            head = token.head if token.head.pos_ != "ADP" else token.head.head
            near = {token.head.i, head.i}
            kinds = {one.predicate.kind for place in near for one in reader.predicates.get(place, ())}
            if token.dep_ in ("nsubj", "nsubjpass"):
                if lower not in ("it", "this", "that", "these"):
                    return False
                modal = any(one.dep_ == "aux" and one.lower_ in ("should", "must", "ought") for one in head.children)
                inner = {one.predicate.kind for child in head.children for one in reader.predicates.get(child.i, ())}
                referring = not any(one.dep_ in ("xcomp", "ccomp", "csubj") for one in head.children)
                if token.dep_ == "nsubjpass":
                    return bool(kinds & ATTITUDES) or modal
                return (
                    modal or bool((kinds | (inner if head.lemma_ == "be" else set())) & {"good", "bad"})
                ) and referring
            if lower in ("this", "that", "these", "one", "so") and token.dep_ not in ("dobj", "pobj"):
                return False
            complement = any(one.dep_ == "ccomp" for one in head.children)
            return (
                bool(kinds & (ATTITUDES | {"keep", "refuse", "think", "expect"}))
                or (complement and lower in ("it", "that") and token.dep_ == "nsubj")
                or (
                    head.lemma_ in ("let", "pass", "adopt", "open", "call", "see", "regard", "build", "do")
                    and token.dep_ == "dobj"
                )
            )
        if token.dep_ in ("ROOT", "conj", "acomp", "ccomp", "advcl", "relcl", "prep", "advmod", "xcomp"):
            own = [
                one
                for one in reader.predicates.get(token.i, ())
                if one.predicate.kind in ("support", "oppose", "block", "refuse", "weigh")
            ]
            if own and own[0].tokens[0] == token.i:
                return _bare(token, own[0].tokens, reader)
        return False

    # ------------------------------------------------------------------ whose
    def _emit(self, sentence: Sentence, doc: Any, one: Stance, recalled: bool, holders: Holders) -> None:
        start = sentence.starts[0]
        place = start + (doc[one.spot[0]].idx if one.spot else one.token.idx)
        cover = self._cover(place, sentence)
        mentions = one.mentions
        how_said = one.said
        reporter = ""
        if one.holder == "speaker":
            if cover is None:
                return
            mentions = self._source(cover, doc, start, holders)
            how_said = True
        elif one.holder == "pronoun":
            mentions = self._antecedent(one.token, doc, holders, cover, start)
        elif cover is not None and cover.source is not None and not one.said:
            source = self._source(cover, doc, start, holders)
            if not any(each.actor in {m.actor for m in mentions} for each in source):
                reporter = " ".join(self.text[slice(*cover.source)].split())
            else:
                how_said = True
        for mention in mentions:
            if mention.actor or mention.person:
                self._add(sentence, one, mention, cover, how_said, reporter, recalled)

    def _cover(self, place: int, sentence: Sentence) -> Attribution | None:
        """Return the innermost attribution whose content holds a place; else one whose sentence does, beside it."""
        del sentence
        found = [one for one in self.attributed if any(a <= place < b for a, b in one.content)]
        speech = [
            one
            for one in found
            if one.word is None or one.word.force in ("speech", "thought") or one.kind != "indirect"
        ]
        return max(speech, key=lambda one: one.depth, default=None)

    def _source(self, cover: Attribution, doc: Any, start: int, holders: Holders) -> tuple[Mention, ...]:
        if cover.source is None:
            return ()
        first, last = cover.source[0] - start, cover.source[1] - start
        if first >= 0 and last <= len(doc.text):
            tokens = [token for token in doc if first <= token.idx < last]
            inside = {token.i for token in tokens}
            head = next((token for token in tokens if token.head.i not in inside or token.head == token), None)
            if head is not None:
                holder = holders.read(head)
                if holder.kind == "pronoun":
                    return self._antecedent(head, doc, holders, None, start)
                if holder.mentions or holder.kind == "observer":
                    return holder.mentions
        words = self.text[slice(*cover.source)].lower().strip()
        if words in ("he", "she", "they"):
            return self.last
        return tuple(self.cast.voices(*cover.source))

    def _antecedent(
        self, token: Any, doc: Any, holders: Holders, cover: Attribution | None, start: int
    ) -> tuple[Mention, ...]:
        """Return whom a pronoun means: who speaks, an earlier subject of the sentence, or the last one before it."""
        if (cover is not None and cover.source is not None and token.lower_ not in ("it", "its", "they")) or (
            cover is not None and token.lower_ in THIRD and token.lower_ != "they"
        ):
            words = self.text[slice(*cover.source)].lower() if cover.source else ""
            if words and words not in THIRD:
                found = self._source(cover, doc, start, holders)
                if found:
                    return found
        for other in reversed(doc[: token.i]):
            if other.dep_ in ("nsubj", "nsubjpass") and other.i != token.i:
                holder: Holder = holders.read(other)
                if holder.kind == "actor":
                    return holder.mentions[:1]
        if self.last:
            return self.last[:1]
        return ()

    def _remember(self, doc: Any, holders: Holders) -> None:
        """Keep who was the subject of a sentence, for the pronouns of the next."""
        for token in sorted((one for one in doc if one.dep_ in ("nsubj", "nsubjpass")), key=_depth):
            holder = holders.read(token)
            if holder.kind == "actor":
                self.last = holder.mentions
                return
            if holder.kind == "observer":
                self.last = ()
        if not self.last:
            found = holders.actors_in([one for one in doc if one.dep_ in ("dobj", "pobj", "poss", "appos")])
            self.last = tuple(found[:1])

    # ------------------------------------------------------------------ the candidate
    def _add(
        self,
        sentence: Sentence,
        one: Stance,
        voice: Mention,
        cover: Attribution | None,
        said: bool,
        reporter: str,
        recalled: bool,
    ) -> None:
        first, last = sentence.starts[0], sentence.ends[-1]
        words = self.text[first:last]
        clause = _clause(one.token)
        passage = self.body[sentence.paragraph]
        past = self._is_past(one.token)
        quoted = cover is not None and cover.kind in ("direct", "mixed") and said
        kind = cover.kind if quoted and cover is not None else "indirect" if said and not reporter else "narrated"
        if one.token.lemma_ in _ACTS or any(
            child.lemma_ in _ACTS for child in one.token.children if child.dep_ == "dobj"
        ):
            kind = "act" if not said else kind
        if "urge" in one.trail and kind == "narrated":
            kind = "indirect"
        if _GUESS.search(words) and kind == "narrated":
            kind = "conjecture"
        condition = self._condition(words, clause)
        hedged = _HEDGE.search(clause) is not None
        certainty = 0.9 * _SURE.get(voice.how, 0.85) * min(1.0, 0.6 + 0.4 * one.score)
        certainty *= 0.85 if recalled else 1.0
        certainty *= 0.9 if one.holder == "pronoun" else 1.0
        certainty *= 0.9 if hedged else 1.0
        certainty *= 0.55 if not one.trail or one.trail == ("say",) else 1.0
        certainty *= 0.7 if past else 1.0
        certainty *= 0.45 if one.score < 0.8 and set(one.trail) <= {"good", "bad", "say"} else 1.0
        certainty *= (
            0.42 if any(each.dep_ == "aux" and each.lower_ in ("might", "may") for each in one.token.children) else 1.0
        )
        certainty *= 0.4 if "weigh" in one.trail and "refuse" in one.trail else 1.0
        certainty *= 0.5 if "deny" in one.trail or (one.sign == 0 and "weigh" not in one.trail) else 1.0
        certainty *= 0.6 if not voice.actor else 0.9 if voice.doubt else 1.0
        author = self.document.author
        teller = reporter
        candidate = Candidate(
            document=self.document.id,
            passage=passage.place,
            passage_id=passage.id,
            start=first,
            end=last,
            quote=self.text[first:last],
            actor=voice.actor,
            person=voice.person,
            office=voice.office,
            concept=one.concept,
            stance=one.sign,
            condition=condition,
            kind=kind,
            venue="private" if _PRIVATE.search(words) else "public",
            said_on=self._said_on(words),
            known_on=self.on,
            reporter=(f"{teller}, through {author}" if teller and author else teller or author)[:200],
            certainty=round(certainty, 3),
            rule=f"{' < '.join(one.trail) or 'said'}; {voice.how}",
            hedged=hedged,
            prediction=False,
            doubts=tuple(filter(None, (voice.doubt, "hedged" if hedged else "", "of the past" if past else ""))),
            signal=_signal(one, clause, words, condition),
        )
        key = (passage.id, voice.actor, voice.person if not voice.actor else "", one.concept)
        rank = (0 if past else 1, 1 if _NOW.search(clause) else 0, certainty)
        if key not in self.found or self.found[key][0] < rank:
            self.found[key] = (rank, candidate)

    def _is_past(self, token: Any) -> bool:
        clause = _clause(token)
        if _NOW.search(clause):
            return False
        found = _PAST.search(clause)
        if found is None:
            return False
        year = _YEAR.search(found.group())
        now = self.on.year if self.on is not None else 9999
        if found.group().lower().startswith("since"):
            return False
        finite = any(one.tag_ in ("VBD", "VBN") for one in [token, token.head, *token.children])
        return finite and (year is None or int(year.group()) < now)

    @staticmethod
    def _condition(words: str, clause: str) -> str:
        del clause
        return condition_of(words)

    def _said_on(self, words: str) -> Day | None:
        """Return the day that the sentence gives for what was said, where it is not later than the document."""
        days = [one.day for one in find_days(words, self.on) if self.on is None or one.day <= self.on]
        return days[0] if days else self.on


def _bare(token: Any, tokens: tuple[int, ...], reader: Reader) -> bool:
    """Tell whether a predicate governs nothing, so that its object is what was spoken of."""
    for place in tokens:
        for child in reader.doc[place].children:
            if child.i not in tokens and child.dep_ in (
                "dobj",
                "prep",
                "xcomp",
                "ccomp",
                "pobj",
                "pcomp",
                "dative",
                "nsubjpass",
                "oprd",
                "attr",
            ):
                if (
                    child.dep_ == "prep"
                    and child.lower_
                    in ("in", "on", "at", "since", "after", "before", "by", "during", "throughout", "for", "as")
                    and reader.doc[tokens[0]].lower_ not in ("for",)
                ):
                    continue
                return False
    return token.tag_ not in ("NN", "NNS", "NNP")


def _depth(token: Any) -> int:
    return sum(1 for _ in token.ancestors)


def _clause(token: Any) -> str:
    """Return the words of the clause in which a token stands."""
    head = token
    while (head.head != head and head.dep_ not in ("ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis")) or (
        head.dep_ == "conj" and head.pos_ not in ("VERB", "AUX")
    ):
        head = head.head
    skip: set[int] = set()
    for one in head.subtree:
        if (
            one != head
            and one.dep_ in ("conj", "ccomp", "parataxis", "relcl")
            and one.pos_ in ("VERB", "AUX")
            and token.i not in {each.i for each in one.subtree}
        ):
            skip |= {each.i for each in one.subtree}
    return " ".join(one.text for one in head.subtree if one.i not in skip)


def _signal(one: Stance, clause: str, words: str, condition: str) -> str:
    """Return the signal that a stance carries, or an empty string."""
    trail = set(one.trail)
    if one.sign > 0 and one.signal and trail & {"block", "oppose", "refuse"}:
        return one.signal
    if one.sign < 0:
        if _LINK.search(words):
            return "link"
        if (condition and _REFUSAL.search(condition)) or ("block" in trail and _THREAT.search(clause)):
            return "threat"
        return ""
    if (
        one.sign > 0
        and trail & {"block", "oppose", "refuse"}
        and re.search(r"\bno longer\b|come round|came round", words)
    ):
        return "withdrawal"
    if one.sign > 0 and (condition or "soften" in trail):
        return "softening"
    if one.sign >= 0 and _OFFER.search(clause):
        return "offer"
    return ""
