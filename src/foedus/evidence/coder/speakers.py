"""Who says a sentence of a document, and whom its pronouns mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from foedus.evidence.coder.actors import Cast, Mention
from foedus.evidence.coder.attributions import Attribution
from foedus.evidence.coder.clauses import depth, subjects_of, verbal
from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.nouns import THIRD

_PLURAL = ("they", "both", "them", "their", "two")
_JOINED = re.compile(
    r",? (?:and |& )?(?:the )?|, (?:as well as|along with) (?:the )?| (?:as well as|along with) (?:the )?"
)
_BACK = 2500
"""How many characters back 'the three countries' may reach."""

_PAGE = 2000
"""Characters by which attributions are kept, so that a long text is not searched whole for each sentence."""


class Speakers:
    """Keeps the attributions of a document and who was spoken of last.

    Parameters
    ----------
    text, cast
        The document's text and its actors.
    """

    def __init__(self, text: str, cast: Cast) -> None:
        self.text, self.cast = text, cast
        self._by_page: dict[int, list[Attribution]] = {}
        self._last: tuple[Mention, ...] = ()
        self._lists = list(_lists(text, cast))

    def hear(self, attributed: Iterable[Attribution]) -> None:
        """Keep the attributions of speech or thought, by the pages of the text that their contents touch."""
        for attribution in attributed:
            if (
                attribution.word is None
                or attribution.word.force in ("speech", "thought")
                or attribution.kind != "indirect"
            ):
                for page in sorted(
                    {at for a, b in attribution.content for at in range(a // _PAGE, (b - 1) // _PAGE + 1)}
                ):
                    self._by_page.setdefault(page, []).append(attribution)

    def cover(self, place: int) -> Attribution | None:
        """Return the innermost attribution of speech or thought whose content holds a place, or ``None``."""
        near = self._by_page.get(place // _PAGE, ())
        covering = [attribution for attribution in near if any(a <= place < b for a, b in attribution.content)]
        return max(covering, key=lambda attribution: attribution.depth, default=None)

    def source(self, cover: Attribution, holders: Holders) -> tuple[Mention, ...]:
        """Return who is the source of an attribution, seen from a sentence."""
        if cover.source is None:
            return ()
        head = _head(holders.doc, cover.source[0] - holders.start, cover.source[1] - holders.start)
        if head is not None:
            if verbal(head):  # 'taking the floor after Chad, the envoy of Mali said'
                head = next(iter(subjects_of(head)), head)
            holder = holders.read(head)
            if holder.kind == "pronoun":
                return self.antecedent(head, holders, None)
            if holder.kind == "speaker" and holders.home:
                return holders.home
            if holder.mentions or holder.kind == "observer":
                return holder.mentions
        if self.text[slice(*cover.source)].lower().strip() in ("he", "she", "they"):
            return self._last
        return tuple(self.cast.voices(*cover.source)) or _announced(holders)

    def antecedent(self, token: Any, holders: Holders, cover: Attribution | None) -> tuple[Mention, ...]:
        """Return whom a pronoun means: who speaks, an earlier subject of the sentence, or the last one before it."""
        named = cover is not None and cover.source and self.text[slice(*cover.source)].lower() not in THIRD
        if cover is not None and named and token.lower_ != "they":
            source = self.source(cover, holders)
            if source:
                return source
        ahead = _main_subject(token, holders)
        if ahead is not None:
            return ahead
        for other in reversed(holders.doc[: token.i]):
            first = other.dep_ == "pobj" and other.head.lower_ in ("to", "for") and other.head.i == 0
            topic = first or (
                other.dep_ == "pobj" and other.head.lower_ == "for" and holders.doc[other.head.i - 1].lower_ == "as"
            )
            state = holders.by_token.get(other.i)
            bare = state is not None and not state.person and state.how in ("name", "capital")
            if bare and token.lower_ in ("he", "she", "his", "her", "him"):
                continue  # 'she' is no country
            if other.dep_ in ("nsubj", "nsubjpass") or topic:
                holder = holders.read(other)
                if holder.kind == "actor":
                    return holder.mentions if token.lower_ in _PLURAL else holder.mentions[:1]
        beside = _joined_before(token, holders) if token.lower_ == "they" else _owner_before(token, holders)
        if beside:
            return beside
        if not self._last:
            others = {
                mention.actor: mention
                for at, mention in holders.by_token.items()
                if mention.actor and not holders.taken(at) and holders.doc[at].head.lower_ not in ("in", "on", "at")
            }
            alone = token.lower_ in ("it", "its") and len(others) == 1
            return tuple(others.values()) if alone else ()
        return self._last if token.lower_ in _PLURAL else self._last[:1]

    def remember(self, holders: Holders) -> None:
        """Keep who was the subject of a sentence, for the pronouns of the next."""
        doc = holders.doc
        subjects = [token for token in doc if token.dep_ in ("nsubj", "nsubjpass") and token.tag_ not in ("WP", "WDT")]
        roots = [token for token in doc if token.dep_ == "ROOT" and token.pos_ in ("NOUN", "PROPN")]
        for token in [*sorted(subjects, key=depth), *roots]:
            holder = holders.read(token)
            if holder.kind == "actor":
                self._last = holder.mentions
                return
            if holder.kind == "observer":
                self._last = ()
        if not self._last:
            mentions = holders.actors_in([token for token in doc if token.dep_ in ("dobj", "pobj", "poss", "appos")])
            self._last = tuple(mentions[:1])

    def counted(self, place: int) -> dict[int, tuple[Mention, ...]]:
        """Return the states that the text last named in one list before a place, by how many they were."""
        return {len(states): states for end, states in self._lists if place - _BACK < end <= place}


def _lists(text: str, cast: Cast) -> Iterator[tuple[int, tuple[Mention, ...]]]:
    """Yield where each list of states ends, and whom it names: 'Austria, Denmark and Sweden'."""
    listed: list[Mention] = []
    for mention in sorted(cast.mentions, key=lambda mention: mention.start):
        actor = cast.world.actors.get(mention.actor)
        state = actor is not None and actor.kind == "state" and not mention.person
        if not state or (listed and not _JOINED.fullmatch(text, listed[-1].end, mention.start)):
            if len(listed) > 1:
                yield listed[-1].end, tuple(listed)
            listed = []
        if state and mention.actor not in {one.actor for one in listed}:
            listed.append(mention)
    if len(listed) > 1:
        yield listed[-1].end, tuple(listed)


def _announced(holders: Holders) -> tuple[Mention, ...]:
    """Return who is said to be of a mind before a colon and its quotation: 'Finland is firm: "We will vote no"'."""
    doc = holders.doc
    colon = next((token.i for token in doc if token.text == ":"), None)
    if colon is None or colon + 1 >= len(doc) or doc[colon + 1].text not in ('"', "''", "``"):
        return ()
    subject = next((token for token in doc[:colon] if token.dep_ in ("nsubj", "nsubjpass")), None)
    holder = holders.read(subject) if subject is not None else None
    return holder.mentions if holder is not None and holder.kind == "actor" else ()


def _main_subject(token: Any, holders: Holders) -> tuple[Mention, ...] | None:
    """Return the subject that a pronoun points ahead to: 'before | it decides, Ghana wants to see the text'."""
    verb = token.head
    while verb.dep_ in ("xcomp", "conj", "acomp", "attr", "prep", "pobj", "dobj") and verb.head != verb:
        verb = verb.head
    if verb.dep_ != "advcl" or verb.i > verb.head.i:
        return None
    for subject in subjects_of(verb.head):
        holder = holders.read(subject)
        if subject.i > token.i and holder.kind == "actor":
            return holder.mentions[:1]
    return None


def _owner_before(token: Any, holders: Holders) -> tuple[Mention, ...]:
    """Return whom 'it' means whose thing stands before it: '| Chile's commitment to Lima, a bid it has pursued'."""
    if token.lower_ != "it" or token.dep_ != "nsubj":
        return ()
    owners = {
        holders.by_token[word.i].actor: holders.by_token[word.i]
        for word in holders.doc[: token.i]
        if word.dep_ == "poss" and word.i in holders.by_token and not holders.taken(word.i)
    }
    return tuple(owners.values()) if len(owners) == 1 and "" not in owners else ()


def _joined_before(token: Any, holders: Holders) -> tuple[Mention, ...]:
    """Return whom 'they' means who is named with others before it: 'a blow to | Kyiv and its friends, after they'."""
    for word in reversed(holders.doc[: token.i]):
        pair = any(each.dep_ == "conj" and each.i < token.i for each in word.children)
        if pair and word.i in holders.by_token and not holders.taken(word.i):
            holder = holders.read(word)
            return holder.mentions if holder.kind == "actor" else ()
    return ()


def _head(doc: Any, first: int, last: int) -> Any | None:
    """Return the token that governs the others of a span, or ``None`` where the span reaches out of the sentence."""
    if first < 0 or last > len(doc.text):
        return None
    tokens = [token for token in doc if first <= token.idx < last]
    inside = {token.i for token in tokens}
    return next((token for token in tokens if token.head.i not in inside or token.head == token), None)
