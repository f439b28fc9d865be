"""The coding of one document: which sentences are parsed, what they speak of, what is proposed of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from foedus.base.days import Day
from foedus.evidence.coder.actors import Cast
from foedus.evidence.coder.attributions import attributions_in
from foedus.evidence.coder.bodies import acting_bodies
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.coder.clauses import subjects_of
from foedus.evidence.coder.concepts import ConceptLike
from foedus.evidence.coder.cues import Cues
from foedus.evidence.coder.dashes import dash_attributions
from foedus.evidence.coder.echoes import Said, echoes
from foedus.evidence.coder.exclamations import exclamations
from foedus.evidence.coder.headings import is_heading, titles, words_of_title
from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.introduced import described_quotations, introduced_quotations
from foedus.evidence.coder.keeping import Kept
from foedus.evidence.coder.listed import listed, pair_of
from foedus.evidence.coder.marks import plain_marks
from foedus.evidence.coder.mentions import Spotter
from foedus.evidence.coder.naming import Naming, key_of_actor
from foedus.evidence.coder.own import own_terms
from foedus.evidence.coder.parsing import parsed
from foedus.evidence.coder.plain import PlainText
from foedus.evidence.coder.pointing import NOUNS, far_mood, pointers
from foedus.evidence.coder.predicates import predicates
from foedus.evidence.coder.qualifiers import of_before, on_another, surpassed
from foedus.evidence.coder.references import References, matters
from foedus.evidence.coder.rivals import bid_of_another, own_bids
from foedus.evidence.coder.sentences import Sentence, sentences
from foedus.evidence.coder.speakers import Speakers
from foedus.evidence.coder.spots import Spot, ended
from foedus.evidence.coder.stance import ATTITUDES, Stance
from foedus.evidence.coder.stances import Reader, anchors
from foedus.evidence.coder.troops import contributions
from foedus.evidence.coder.turning import left_behind, only_talked
from foedus.evidence.coder.voice import opens, voices_of
from foedus.evidence.coder.votes import by_abstaining, votes
from foedus.evidence.coder.whose import OBSTACLES
from foedus.evidence.documents import Document
from foedus.evidence.readers.headers import RECORD
from foedus.world import World

_OWN_VOTE = re.compile(r"\b(?:our|my) vote\b|\bwe (?:\w+ ){0,2}(?:voted?|abstain(?:ed)?)\b", re.IGNORECASE)

_LONGEST_SHOWN = 120
_PRONOUN = re.compile(r"\b(?:he|she|they|it|its|his|her|their|him|them|we|our|this|that|one|so)\b", re.IGNORECASE)
_DEFINITE = re.compile(
    r"\b(?:the|this|that|such|these)\s+(?:an?\s+)?([a-z][a-z-]{2,20})(?:\s+([a-z][a-z-]{2,20}))?\b", re.IGNORECASE
)
_PEOPLE = frozenset(["junta", "regime", "government", "general", "leader", "country", "state", "army", "military"])
"""To whom something is done by a claim, and so not what is decided on: 'the junta' is not its invitation."""

_FAR, FAR = 12, 0.8
"""How many sentences later the only concept of a text is still meant by a general noun, and what it then weighs."""

_WHOLE = 0.8
"""How well words fit at least that name a concept by themselves; others lean on what stands before."""

_MEMORY = 3
"""How many sentences later a word may still point back to a concept."""


class Coding:
    """The coding of one document.

    Parameters
    ----------
    document, world, concepts
        What is read, who exists, and the claims to look for.
    on
        The day of the document.
    """

    def __init__(self, document: Document, world: World, concepts: Iterable[ConceptLike], on: Day | None) -> None:
        self.document, self.on, concepts = document, on, list(concepts)
        self.text = document.text
        self.marked = plain_marks(document.text)
        self.cast = Cast(document.text, world, on)
        self.naming = Naming(self.cast, on)
        self.cues = Cues(concepts, self.naming.kind_of, self.naming.long_names, self.naming.key_of)
        self.spotter = Spotter(self.cues)
        self.bodies = acting_bodies(concepts, world, on)
        self.speakers = Speakers(self.text, self.cast)
        self.body = (*titles(document), *document.body)
        self.voices = voices_of(document, self.body, world, on)
        self.plain_text = PlainText(self.marked, self.cast, self.naming, self.voices)
        self.plain = self.plain_text.words
        headings = [passage.place for passage in self.body if is_heading(document, passage)]
        self.kept = Kept(document, self.body, headings, self.speakers, on)
        self.failed: dict[tuple[str, str], str] = {}
        self.topic: dict[str, tuple[int, Spot]] = {}
        self.things: dict[str, tuple[int, Spot]] = {}
        self.named: set[str] = set()
        self.pair: tuple[int, tuple[Spot, Spot]] | None = None
        self.said: list[tuple[int, Said]] = []
        self.at = 0

    def run(self) -> list[Candidate]:
        """Return the candidates in the order of the text."""
        spans = [
            words_of_title(self.document, passage) if passage.furniture else (passage.start, passage.end)
            for passage in self.body
        ]
        every = list(sentences(self.marked, spans))
        attributed = [
            *attributions_in(self.marked, every, self._failed),
            *dash_attributions(self.marked, spans, every),
        ]
        attributed += described_quotations(self.marked, every, attributed)
        attributed += introduced_quotations(self.marked, every, attributed)
        self.speakers.hear(attributed)
        present = frozenset(self.spotter.terms_of(self.plain)) | {
            key_of_actor(mention.actor) for mention in self.cast.mentions
        }
        self.references = References(matters(self.cues), every, present, self.cues.term_of)
        chosen = self._chosen(every)
        docs = parsed(self.plain_text.for_parser(every[at]) for at in chosen)
        for at, doc in zip(chosen, list(docs), strict=True):
            try:
                self._sentence(at, every[at], doc, every)
            except (TimeoutError, MemoryError):
                raise
            except Exception as error:  # one sentence must not lose the document
                self._failed(every[at], error)
        return self.kept.candidates()

    def _chosen(self, every: list[Sentence]) -> list[int]:
        """Return the sentences that are worth a parse: with words of a concept, or of what may point to one."""
        chosen: list[int] = []
        heat = 0
        for at, sentence in enumerate(every):
            start, end = sentence.starts[0], sentence.ends[-1]
            words = self.plain[start:end]
            pronoun = _PRONOUN.search(words) is not None
            if self.spotter.likely(words):
                beside = at > 0 and every[at - 1].paragraph == sentence.paragraph and at - 1 not in chosen
                if heat < 2 and beside and pronoun:
                    chosen.append(at - 1)
                heat = 3
                chosen.append(at)
            elif self.references.likely(words, at) and self.cast.inside_loosely(start, end):
                heat = max(heat, 2)
                chosen.append(at)
            elif chosen and chosen[-1] == at - 1 and RECORD.match(words):
                heat = max(heat, 2)  # a record of votes goes on: 'Against: ...', 'Abstaining: ...'
                chosen.append(at)
            elif (heat and (pronoun or self.cast.inside_loosely(start, end))) or (
                chosen and at - chosen[-1] <= _FAR and (_OWN_VOTE.search(words) or self._points_far(words, start, end))
            ):
                chosen.append(at)
            heat = max(0, heat - 1)
        return chosen

    def _points_far(self, words: str, start: int, end: int) -> bool:
        """Tell whether a sentence may come back to what the text spoke of before: an actor, and 'this agreement'."""
        if not self.cast.inside_loosely(start, end):
            return False
        return any(
            noun.lower() in NOUNS or self.spotter.headed(noun)
            for match in _DEFINITE.finditer(words)
            for noun in match.groups()
            if noun
        )

    def _failed(self, sentence: Sentence, error: Exception) -> None:
        """Note a sentence that a rule could not read."""
        words = " ".join(self.text[sentence.starts[0] : sentence.ends[-1]].split())
        shown = words if len(words) <= _LONGEST_SHOWN else words[:_LONGEST_SHOWN].rsplit(None, 1)[0] + " ..."
        passage = self.body[sentence.paragraph].place
        problem = f"{passage}: the sentence {shown!r} was passed over, because a rule broke off on it"
        self.failed[(passage, shown)] = f"{problem} ({type(error).__name__}: {error}); please report it"

    # ------------------------------------------------------------------ a sentence
    def _sentence(self, at: int, sentence: Sentence, doc: Any, every: list[Sentence]) -> None:
        lead, self.at = self.plain_text.lead(sentence), at
        start = sentence.starts[0] - len(lead)
        recent = [(when, spot) for when, spot in self.topic.values() if at - when <= _MEMORY]
        latest = max(recent, key=lambda at_spot: at_spot[0])[1] if recent else None
        present = {key_of_actor(mention.actor) for mention in self.cast.inside_loosely(start, start + len(doc.text))}
        places = self.spotter.spots(doc, self._before(at, sentence, every), self.naming.tokens(doc, start), present)
        meant = [self._meaning(place, latest, every) for place in places]
        spots = [spot for spot in meant if not _aside(doc, spot)]
        referred = list(self._referred(at, doc, meant))
        here = sorted([*(spot for spot in spots if spot.sign > 0), *referred], key=lambda spot: min(spot.tokens))
        taken = {place for spot in here for place in spot.tokens}
        persons = self._persons(
            doc, start, taken, {name for spot in spots for name in self.spotter.names_of(spot.concept)}
        )
        home = self.voices[sentence.paragraph]
        holders = Holders(
            doc, start, self.cast, persons.__contains__, home,
            led=bool(lead), bodies=self.bodies, counted=self.speakers.counted(start),
        )  # fmt: skip
        spots, here = ([said_of for said_of in each if not _describes(doc, said_of, holders)] for each in (spots, here))
        if not doc.text.rstrip(" \"'").endswith("?") and not opens(doc.text):
            reader = Reader(doc, holders)
            for spot in spots:
                for anchor in anchors(doc, spot):
                    stances = [
                        *reader.stances(spot, anchor),
                        *(reader.proposers(spot, anchor) if spot.sign > 0 else ()),
                    ]
                    stances = [bid for bid in own_bids(stances, self.spotter) if not by_abstaining(bid)]
                    stances = [*stances, *own_terms(doc, spot, stances, holders)]
                    self._all(stances, sentence, holders, recalled=spot.score < _WHOLE)
            for spot in referred:
                for anchor in anchors(doc, spot):
                    self._all(reader.stances(spot, anchor), sentence, holders, recalled=True)
            against = [spot for spot in spots if spot.sign < 0]
            far, known = latest or self._far(at) or self._thing(at, against), self._known(latest)
            matter = self.references.matter if far is None else None
            pointing = pointers(doc, here, far, reader, taken, known, against, matter)
            for spot, anchor in (pointer for pointer in pointing if not far_mood(pointer[1], pointer[0])):
                if bid_of_another(anchor, self.spotter.words_of(spot.concept), holders):
                    continue
                blocked = self._blocked(spot, anchor, reader)
                self._all(reader.stances(blocked, anchor), sentence, holders, recalled=True)
                if latest is not None and spot.concept == latest.concept:
                    self.topic[latest.concept] = (at, latest)
            pair = self.pair[1] if self.pair is not None and at - self.pair[0] <= _MEMORY else None
            for spot, anchor in listed(doc, here, pair):
                for top in anchors(doc, spot) or [anchor]:
                    self._all(reader.stances(spot, top), sentence, holders, recalled=True)
            self._all(list(_voted(doc, here, latest, far, holders)), sentence, holders, recalled=not here)
            if latest is not None and not here and RECORD.match(doc.text):
                self.topic[latest.concept] = (at, latest)
            self._all(list(self._sent(doc, here, latest, holders)), sentence, holders, recalled=not here)
            self._echo(at, sentence, doc, reader)
            self._exclaim(sentence, reader, here, against, latest)
        self._note(at, doc, spots, here)
        self.speakers.remember(holders)

    def _note(self, at: int, doc: Any, spots: Sequence[Spot], here: list[Spot]) -> None:
        """Keep what a sentence speaks of, for the words of the next ones that point back to it."""
        self.named |= {spot.concept for spot in spots}
        both, told = pair_of(here), {spot.concept for spot in here}
        if both is not None:
            self.pair = (at, both)
        elif self.pair is not None and told - {spot.concept for spot in self.pair[1]}:
            self.pair = None
        for spot in [*here, *(spot for spot in spots if spot.sign < 0)]:
            if spot.sign > 0 or ended(doc, spot):
                self.topic[spot.concept] = (at, replace(spot, sign=1))
            else:
                self.things[spot.concept] = (at, spot)

    def _same_paragraph(self, latest: Spot, every: Sequence[Sentence]) -> bool:
        """Tell whether what was spoken of last was named in the paragraph of this sentence."""
        return every[self.topic[latest.concept][0]].paragraph == every[self.at].paragraph

    def _meaning(self, spot: Spot, latest: Spot | None, every: Sequence[Sentence]) -> Spot:
        """Return a concept that a general word names as the one that was spoken of last: 'the resolution'.

        Where the last one has no such word for a cue, it is meant only in its own paragraph.
        """
        if latest is None or not spot.general or latest.concept == spot.concept:
            return spot
        near = self._same_paragraph(latest, every)
        meant = near or latest.concept in self.spotter.general or spot.concept not in self.spotter.general
        return replace(spot, concept=latest.concept) if meant else spot

    def _sent(self, doc: Any, here: list[Spot], latest: Spot | None, holders: Holders) -> Iterator[Stance]:
        """Yield the stances of those whose soldiers will take part in what is spoken of, or will not."""
        known = [spot for spot in (*here, latest) if spot is not None and spot.concept in self.references.forces]
        named = {place for spot in here for place in spot.tokens}
        for mentions, sign, token in contributions(doc, holders, named) if known else ():
            trail = ("support",) if sign > 0 else ("refuse",)
            for mention in mentions:
                yield Stance(known[0].concept, sign, "actor", (mention,), token, trail, score=known[0].score)

    def _blocked(self, spot: Spot, anchor: Any, reader: Reader) -> Spot:
        """Return what an objection is on: that to which its owner alone was said before to be opposed."""
        owner = reader.whose.owner(anchor) if anchor.lemma_ in OBSTACLES else None
        actors = {mention.actor for mention in owner.mentions} if owner is not None else set()
        against = self.kept.against(actors)
        return replace(spot, concept=against.pop()) if len(against) == 1 and spot.concept not in against else spot

    def _referred(self, at: int, doc: Any, spots: list[Spot]) -> Iterator[Spot]:
        """Yield where a sentence refers to a matter that the text has not named in full before."""
        taken = {place for spot in spots for place in spot.tokens}
        named = self.named | {spot.concept for spot in spots}
        ending = {
            concept for concept, (when, _) in self.things.items() if concept not in self.topic and at - when <= _MEMORY
        }
        return self.references.spots(doc, at, taken, named - ending, ending)

    def _thing(self, at: int, against: Sequence[Spot]) -> Spot | None:
        """Return what a claim would end, where the sentence before or this one names it and nothing names the claim."""
        near = [spot for when, spot in self.things.values() if at - when <= 1]
        near_spots = [spot for spot in (against[-1:] or near) if spot.concept not in self.topic]
        return near_spots[-1] if len(near_spots) == 1 else None

    def _echo(self, at: int, sentence: Sentence, doc: Any, reader: Reader) -> None:
        """Propose the stances of those who are of one mind with what was said last, or of the opposite one."""
        holders = reader.whose.holders
        own = [Said(concept, sign, score, place) for concept, sign, score, place, _ in reader.groups]
        self.said = [(when, said) for when, said in self.said if when >= at - 1]
        self.said += [(at, said) for said in own]
        before = [Said(said.concept, said.sign, said.score, -1, said.actors) for when, said in self.said if when < at]
        before += sorted((said for when, said in self.said if when == at), key=lambda said: said.place)
        for echo in echoes(doc, reader, before):
            trail = ("weigh",) if echo.sign == 0 else ("support",) if echo.sign > 0 else ("oppose",)
            kind = echo.holder.kind
            token = echo.holder.token if kind == "pronoun" else echo.token
            self._all(
                [Stance(echo.said.concept, echo.sign, kind, echo.mentions, token, trail, score=echo.said.score)],
                sentence, holders, recalled=True,
            )  # fmt: skip

    def _exclaim(
        self, sentence: Sentence, reader: Reader, here: list[Spot], against: list[Spot], latest: Spot | None
    ) -> None:
        """Propose the stance of whoever answers a proposal by a short quotation: 'Not on our watch'."""
        doc, holders = reader.doc, reader.whose.holders
        root = next((word for word in doc if word.dep_ == "ROOT"), None)
        for first, last, sign in exclamations(doc.text):
            ending = [replace(other_spot, sign=1) for other_spot in against if ended(doc, other_spot)]
            outside = [
                other_spot for other_spot in [*here, *ending] if not first <= doc[min(other_spot.tokens)].idx < last
            ]
            spot = outside[0] if outside else latest if not here else None
            token = next((word for word in doc if first <= word.idx < last), None)
            cover = self.speakers.cover(holders.start + first)
            subject = next(iter(subjects_of(root)), None) if root is not None and cover is None else None
            holder = holders.read(subject) if subject is not None else None
            mentions = holder.mentions if holder is not None and holder.kind == "actor" else ()
            if spot is None or token is None or (cover is None and not mentions):
                continue
            trail = ("weigh",) if sign == 0 else ("support",) if sign > 0 else ("oppose",)
            kind = "speaker" if cover is not None else "actor"
            self._all(
                [Stance(spot.concept, sign, kind, mentions, token, trail, score=spot.score, said=True)],
                sentence, holders, recalled=True,
            )  # fmt: skip

    def _far(self, at: int) -> Spot | None:
        """Return the only concept that the text has spoken of, where that is not long ago."""
        seen = list(self.topic.values())
        return replace(seen[0][1], score=FAR * seen[0][1].score) if len(seen) == 1 and at - seen[0][0] <= _FAR else None

    def _known(self, latest: Spot | None) -> Callable[[Any], Spot | None]:
        """Return what tells the concept of a head noun: the latest one, or the only one that the text has named."""

        def known(token: Any) -> Spot | None:
            owners = self.spotter.headed(token.text) if token.lemma_ not in _PEOPLE else ()
            if latest is not None and latest.concept in owners:
                return latest
            seen = [self.topic[owner][1] for owner in owners if owner in self.topic]
            return seen[0] if len(seen) == 1 else None

        return known

    def _before(self, at: int, sentence: Sentence, every: list[Sentence]) -> list[str]:
        """Return the terms of the concepts that stand in the two sentences before."""
        near = [sentence_ for sentence_ in every[max(0, at - 2) : at] if sentence_.paragraph >= sentence.paragraph - 1]
        words = [self.plain[sentence_.starts[0] : sentence_.ends[-1]] for sentence_ in near]
        names = [
            key_of_actor(mention.actor)
            for each in near
            for mention in self.cast.inside_loosely(each.starts[0], each.ends[-1])
        ]
        return [*self.spotter.terms_of(" ".join(words)), *names]

    def _persons(self, doc: Any, start: int, taken: set[int], names: set[str]) -> set[int]:
        """Return the tokens of names that are the concept itself, such as a candidate's, or the place that it names."""
        tokens_of = set()
        for mention in self.cast.inside_loosely(start, start + len(doc.text)):
            places = {
                token.i
                for token in doc
                if start + token.idx < mention.end and start + token.idx + len(token.text) > mention.start
            }
            named = mention.how in ("name", "adjective", "capital", "demonym") and bool(places)
            if named and key_of_actor(mention.actor) in names and _right_after(doc, min(places), taken):
                tokens_of |= places
            named = named and places <= taken
            if (mention.person and places & taken) or (
                named and (_inner(doc, places, taken) or _right_after(doc, min(places), taken))
            ):
                tokens_of |= places
        return tokens_of

    def _all(self, stances: list[Stance], sentence: Sentence, holders: Holders, *, recalled: bool) -> None:
        """Propose stances, and note them as said for what echoes them."""
        for stance in stances:
            if left_behind(stance.token, stance.spot) or only_talked(stance):
                continue
            if not self.kept.add(stance, sentence, holders, recalled=recalled):
                continue
            place = min(stance.token.i, stance.spot[0]) if stance.spot else stance.token.i
            actors = frozenset(each.actor for each in stance.mentions)
            self.said.append((self.at, Said(stance.concept, stance.sign, stance.score, place, actors)))


def _aside(doc: Any, spot: Spot) -> bool:
    """Tell whether words only measure what is wanted, or speak of an earlier text: 'more than | a six-month one'."""
    earlier = any(of_before(doc[place]) for place in spot.tokens)
    verb = doc[spot.tokens[0]].lemma_
    sided = any(predicate.words == (verb,) and predicate.kind in ATTITUDES for predicate in predicates().get(verb, ()))
    elsewhere = sided and spot.score < _WHOLE and on_another(doc, spot.tokens, lambda noun: noun.lower_ in NOUNS)
    return earlier or elsewhere or surpassed(doc, spot.tokens)


def _describes(doc: Any, spot: Spot, holders: Holders) -> bool:
    """Tell whether words only say what kind of state somebody is: '| pro-whaling Japan', 'the | whaling states'."""
    last = doc[max(spot.tokens)]
    noun = last.head
    direct = last.dep_ in ("amod", "compound") and noun.i == last.i + 1
    return direct and (
        noun.lemma_ in ("state", "country", "nation") or (noun.pos_ == "PROPN" and noun.i in holders.by_token)
    )


def _voted(doc: Any, here: list[Spot], latest: Spot | None, far: Spot | None, holders: Holders) -> Iterator[Stance]:
    """Yield the stances of a record of votes on what was spoken of last; of one's own vote also on what is far off."""
    for vote in votes(doc, holders):
        before = [other_spot for other_spot in here if min(other_spot.tokens) < vote.token.i]
        only = here[0] if here and len({other_spot.concept for other_spot in here}) == 1 else None
        spot = max(before, key=lambda other_spot: max(other_spot.tokens)) if before else only if here else latest
        spot = far if spot is None and not vote.mentions else spot
        if spot is None:
            continue
        trail = ("weigh",) if vote.sign == 0 else ("support",) if vote.sign > 0 else ("oppose",)
        for mention in vote.mentions:
            yield Stance(spot.concept, vote.sign, "actor", (mention,), vote.token, trail, score=spot.score)
        if not vote.mentions:
            yield Stance(spot.concept, vote.sign, "speaker", (), vote.token, trail, score=spot.score, own=True)


def _right_after(doc: Any, place: int, taken: set[int]) -> bool:
    """Tell whether a name comes right after the concept's noun, however it is parsed: 'an office in | Tokyo'."""
    at = place - 1
    while at > 0 and doc[at].pos_ in ("DET", "ADJ"):
        at -= 1
    return at > 0 and doc[at].pos_ == "ADP" and at - 1 in taken


def _inner(doc: Any, places: set[int], taken: set[int]) -> bool:
    """Tell whether a name is governed by other words of the concept: 'an office in | Tokyo'."""
    heads = {doc[at].head.i for at in places} - places
    up = {doc[at].head.i for at in heads if doc[at].pos_ == "ADP"}
    return bool((heads | up) & taken)
