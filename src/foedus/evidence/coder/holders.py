"""Whose stance it is: from a noun phrase of a parse to actors, to the speaker, or to nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from foedus.evidence.coder.actors import Cast, Mention
from foedus.evidence.coder.lists import listed_beside, object_of, run_of_actors
from foedus.evidence.coder.nouns import (
    COUNTRY,
    FIRST,
    GROUP,
    OBSERVERS,
    OFFICES_OF_BODIES,
    STATE,
    THIRD,
    kind_of_holder,
    of_state,
    official,
    ratifies,
)
from foedus.evidence.coder.wordlists import wordset

_NOT = wordset(
    "former previous ex retired opposition shadow one-time onetime erstwhile past ousted exiled would-be academic "
    "private"
)
_COUNTED = wordset("some many several most few various other certain all both more fewer eastern western southern")
_EXCEPTING = wordset("except excepting apart bar barring save but than exception exceptions excluding")
_ALSO_LINKING = ("but", "save", "bar", "than")
_COUNTS = {
    "both": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_OTHERS = wordset("other others remaining further last first more least most")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a stance.

    Attributes
    ----------
    kind
        ``actor``; ``speaker`` for a first person; ``pronoun`` for a third; ``anybody``; ``group``; ``other`` for
        somebody who is no actor; ``observer`` for one whose words are of others.
    mentions
        The actors, where they are known.
    token
        The head of the noun phrase.
    """

    kind: str
    mentions: tuple[Mention, ...]
    token: Any


_SPEAKER = (Mention(0, 0, ""),)
_BARE_OFFICES = wordset("president minister premier chancellor secretary government cabinet ambassador envoy")
_ADOPTING = wordset(
    "authority council assembly summit conference committee head leader minister commission president meeting"
)
"""What a body calls itself in its own communique."""

BODY = "body"
"""How a voice is known that is the body's whose communique a text is."""

_OF_OFFICE = wordset("foreign prime acting deputy under state assistant")
_OPENING, _BEHALF = 4, 6
"""How many words at the head of a sentence, and after its subject, may say on whose behalf somebody speaks."""

_REGIONS = {
    **dict.fromkeys(("baltic", "baltics"), "EST LVA LTU"),
    **dict.fromkeys(("nordic", "nordics"), "DNK FIN ISL NOR SWE"),
    "benelux": "BEL NLD LUX",
    **dict.fromkeys(("visegrad", "visegrád"), "CZE HUN POL SVK"),
}
_COUNTING = wordset("count number name list include rank see place")
_WHOLE_OF = wordset("alliance bloc union council organisation organization group club community pact league body")
_MEMBERS_OF = wordset("those ones few many several some handful")
_NAMING = ("name", "capital", "demonym", "adjective", "surname", "close match")
_DESCRIBING = frozenset(["amod", "compound", "nmod", "poss", "advmod", "npadvmod", "det", "nummod", "appos"])
_BESIDE_WITH = wordset("together along jointly , and")


class Holders:
    """Reads noun phrases of one parsed sentence.

    Parameters
    ----------
    doc
        The parse.
    start
        Where it begins in the document's text.
    cast
        The actors of the document.
    taken
        Tokens that name the concept, and so no actor: a candidate is not who backs him.
    home
        The actors for whom whoever says the sentence speaks; to one of them an office without a name belongs.
    led
        Whether the first token stands for them, as a subject that the sentence leaves out.
    bodies
        The body that is to act by each claim, by concept.
    counted
        The states that the text last named in one list, by how many they were.
    """

    def __init__(
        self,
        doc: Any,
        start: int,
        cast: Cast,
        taken: Callable[[int], bool] = lambda _: False,
        home: tuple[Mention, ...] = (),
        *,
        led: bool = False,
        bodies: Mapping[str, Mention] | None = None,
        counted: Mapping[int, tuple[Mention, ...]] | None = None,
    ) -> None:
        self.bodies, self.counted = bodies or {}, counted or {}
        self.doc, self.start, self.cast, self.taken = doc, start, cast, taken
        self.home = tuple(replace(mention, how="author") for mention in home)
        self.adopted = any(mention.how == BODY for mention in home)
        self.by_token: dict[int, Mention] = {0: replace(home[0], how="name")} if led else {}
        for mention in cast.inside_loosely(start, start + len(doc.text)):
            for token in doc:
                inside = start + token.idx < mention.end and start + token.idx + len(token.text) > mention.start
                if (
                    inside
                    and token.tag_ != "POS"
                    and (not mention.person or token.pos_ in ("PROPN", "NOUN", "ADJ", "X"))
                ):
                    self.by_token.setdefault(token.i, mention)

    def read(self, token: Any) -> Holder:
        """Return who is meant by a noun phrase, given its head."""
        if token.lower_ in FIRST and token.text != "US":
            return Holder("speaker", (), token)
        both = token.lower_ == "both" and token.dep_ in ("nsubj", "nsubjpass")
        if token.lower_ in THIRD or both:
            return Holder("pronoun", (), token)
        mentions = (
            self._represented(token) or self._own_people(token) or tuple(self._all(token)) or self._full_name(token)
        )
        region = tuple(each for node in (token, *self._conjuncts(token)) for each in self._region(node))
        if region and mentions != _SPEAKER:
            mentions = (
                *region,
                *(mention for mention in mentions if mention.actor not in {each.actor for each in region}),
            )
        if not mentions and token.lower_ in _MEMBERS_OF:
            pronoun = self._pronoun_said_to_be(token)
            if pronoun is not None:
                return Holder("pronoun", (), pronoun)
        if not mentions:
            those = next((child for child in token.children if child.dep_ == "appos" and child.lower_ == "those"), None)
            of = next((child for child in those.children if child.lower_ == "of"), None) if those is not None else None
            inner = next((child for child in of.children if child.dep_ == "pobj"), None) if of is not None else None
            mentions = tuple(self._all(inner)) if inner is not None else ()
        if not mentions and token.lower_ == "one":  # 'the Norwegian | one' after 'the Icelandic government'
            mentions = tuple(
                self.by_token[child.i] for child in token.children if child.dep_ == "amod" and child.i in self.by_token
            )
        if not mentions:
            mentions = self._seated(token)
        listed = () if mentions else listed_beside(token, self.by_token) or self._said_to_be(token)
        if not mentions and not listed:
            listed = self._counted_before(token)
        if mentions or listed:
            return Holder("actor", mentions or listed, token) if mentions != _SPEAKER else Holder("speaker", (), token)
        return Holder(kind_of_holder(token), (), token)

    def _represented(self, token: Any) -> tuple[Mention, ...]:
        """Return on whose behalf a subject speaks: 'the | delegate of Malta, speaking on behalf of the Union, said'."""
        if token.dep_ not in ("nsubj", "nsubjpass") or " behalf of " not in self.doc.text:
            return ()
        ahead = min(token.i, _OPENING)
        for at in [*range(ahead), *range(token.i + 1, min(token.right_edge.i + _BEHALF, len(self.doc) - 2))]:
            if self.doc[at].lower_ == "behalf" and self.doc[at + 1].lower_ == "of":
                if at > token.i and any(word.i > token.i for word in self.doc[token.i : at] if word == token.head):
                    return ()  # 'the delegate of Malta thanked the chair on | behalf of the Union'
                mentions, _ = run_of_actors(self.doc, at + 2, self.by_token)
                own = [] if any(self.is_body(mention) for mention in mentions) or not mentions else self._all(token)
                return tuple({mention.actor: mention for mention in (*mentions, *own)}.values())
        return ()

    def _region(self, token: Any) -> tuple[Mention, ...]:
        """Return the states that a region is: 'the three Baltic | states', 'the | Nordics'."""
        words = [
            token.lower_,
            *(child.lower_ for child in token.children if child.dep_ in ("amod", "compound", "nmod")),
        ]
        some = any(child.lower_ in ("no", "neither", "other", "few", "some") for child in token.children)
        plural = not some and (token.lower_ in _REGIONS or (token.lemma_.lower() in GROUP and token.tag_[-1:] == "S"))
        states = next((_REGIONS[word] for word in words if word in _REGIONS), "") if plural else ""
        start = self.start + token.idx
        known = [state for state in states.split() if state in self.cast.world.actors]
        return tuple(Mention(start, start + len(token.text), state, how="noun", doubt="read as one of several states")
                     for state in known)  # fmt: skip

    def _counted_before(self, token: Any) -> tuple[Mention, ...]:
        """Return the states of a list before that are spoken of again by their number: 'the three | countries'."""
        lemma, children = token.lemma_.lower(), list(token.children)
        counts = [each.lower_ for each in (token, *children) if each.lower_ in _COUNTS]
        among = any(each.dep_ in ("prep", "relcl", "acl", "appos") for each in children)
        other = any(each.lower_ in _OTHERS for each in children)
        again = any(each.lower_ in ("the", "these", "those", "all", "both") for each in children)
        if len(counts) != 1 or among or other or not (again or counts == ["both"]):
            return ()
        if lemma not in GROUP | {"neighbour", "neighbor", "government", "nation"} and token.lower_ not in _COUNTS:
            return ()
        start = self.start + token.idx
        return tuple(
            replace(
                state, start=start, end=start + len(token.text), how="noun", doubt="read as those named together before"
            )
            for state in self.counted.get(_COUNTS[counts[0]], ())
        )

    def _said_to_be(self, token: Any) -> tuple[Mention, ...]:
        """Return who is said to be of a group: 'France and Spain are the | countries', 'is among those', 'one of'."""
        one_of = token.lower_ == "one" and any(child.lower_ == "of" for child in token.children)
        among = token.tag_ == "NNS" and token.dep_ == "pobj" and token.head.lower_ in ("among", "amongst")
        if token.lemma_.lower() not in GROUP and token.lower_ not in _MEMBERS_OF and not one_of and not among:
            return ()
        at = token
        if at.dep_ == "pobj" and at.head.lower_ in ("among", "of", "amongst"):
            at = at.head
            if at.lower_ == "of":
                at = at.head
        verb = at.head
        counted = verb_over(verb) if at.lower_ in ("among", "amongst") and at.dep_ == "prep" else None
        if counted is not None:  # 'counts | Spain and Italy among the states that'
            return tuple(self._all(counted))
        if at.dep_ not in ("attr", "prep", "acomp", "nsubj") or verb.lemma_ not in ("be", "remain", "become"):
            return ()
        if at.dep_ == "nsubj":  # 'one of the countries that oppose it is | Belgium'
            said = next((child for child in verb.children if child.dep_ == "attr" and child.i > verb.i), None)
            return tuple(self._all(said)) if said is not None and at.lower_ == "one" else ()
        first = at.lower_ in ("among", "amongst") and at.i < verb.i  # 'among those who objected were | Spain and Italy'
        subject = next((child for child in verb.children if child.dep_ in ("nsubj", "attr") and child != at
                        and (child.i > verb.i) == first), None)  # fmt: skip
        if subject is None or any(child.dep_ == "neg" for child in verb.children):
            return ()
        return tuple(self._all(subject))

    @staticmethod
    def _pronoun_said_to_be(token: Any) -> Any | None:
        """Return the pronoun that is said to be of a group: 'today | it is among those who want it'."""
        at = token.head if token.dep_ == "pobj" else None
        if at is None or at.lower_ not in ("among", "amongst", "of"):
            return None
        verb = at.head if at.head.lemma_ == "be" else at.head.head
        if verb.lemma_ != "be" or any(child.dep_ == "neg" for child in verb.children):
            return None
        return next(
            (child for child in verb.children if child.dep_ == "nsubj" and child.lower_ in THIRD and child.i < verb.i),
            None,
        )

    def _seated(self, token: Any) -> tuple[Mention, ...]:
        """Return whose government is meant by where it sits: 'in Bratislava the | government regards it as'."""
        if token.lemma_.lower() not in _BARE_OFFICES | {"official", "leader", "authority"} or token.dep_ != "nsubj":
            return ()
        if any(child.dep_ in ("poss", "prep", "amod", "compound") for child in token.children):
            return ()
        for child in token.head.children:
            inner = (
                next((each for each in child.children if each.dep_ == "pobj"), None) if child.lower_ == "in" else None
            )
            mention = self.by_token.get(inner.i) if inner is not None and child.i < token.i else None
            if (
                inner is not None
                and mention is not None
                and mention.how in ("capital", "name")
                and not self.taken(inner.i)
            ):
                return (mention,)
        return ()

    def _own_people(self, token: Any) -> tuple[Mention, ...]:
        """Return the speaker's mark for 'our government', and the author's actor for an office without a name."""
        children = list(token.children)
        lemma = token.lemma_.lower()
        if lemma in STATE | COUNTRY and any(child.dep_ == "poss" and child.lower_ in FIRST for child in children):
            return _SPEAKER
        related = next((ancestor for ancestor in token.ancestors if ancestor.dep_ == "relcl"), None)
        if related is not None and any(child.lower_ == "whose" for child in children) and related.head.i < token.i:
            noun = related.head.head if related.head.dep_ == "appos" else related.head
            return tuple(self._all(noun))  # 'the Spanish minister, Ana Pla, whose | government asks for it'
        plain = all(
            of_state(child)
            or child.dep_ in ("det", "punct", "relcl")
            or child.lower_ in _OF_OFFICE
            or child.dep_ not in _DESCRIBING | {"prep"}
            for child in children
        )
        own = lemma in _BARE_OFFICES or (self.adopted and lemma in _ADOPTING)
        if len(self.home) == 1 and own and plain and token.i not in self.by_token:
            return self.home
        return ()

    def _full_name(self, token: Any) -> tuple[Mention, ...]:
        if token.pos_ != "PROPN" or self.taken(token.i):
            return ()
        first = self.doc[token.left_edge.i] if token.n_lefts else token
        voices = self.cast.voices(self.start + first.idx, self.start + token.idx + len(token.text))
        return tuple(voice for voice in voices if voice.person)

    def _all(self, token: Any) -> list[Mention]:
        """Return the actors of a phrase and of what is coordinated with it."""
        mentions: list[Mention] = []
        conjuncts = self._conjuncts(token)
        for head in [*(self._before(token) if conjuncts else ()), *self._paired(token), token, *conjuncts]:
            mention = self._own(head)
            if mention is not None and mention.actor not in {other.actor for other in mentions}:
                mentions.append(mention)
        if mentions and official(token) and token.lower_.endswith("s"):
            mentions.extend(self._ministers_of(token, mentions))
            for child in token.children:  # 'the Polish and Hungarian | governments'
                for other in (
                    child.conjuncts if child.dep_ in ("amod", "compound", "nmod") and child.i in self.by_token else ()
                ):
                    mention = self.by_token.get(other.i)
                    if mention is not None and mention.actor and mention.actor not in {each.actor for each in mentions}:
                        mentions.append(mention)
        if mentions:
            for child in token.children:
                apart = (
                    child.lower_ == "with"
                    and self.doc[child.i - 1].lower_ not in _BESIDE_WITH
                    and child.i != token.i + 1
                )
                if child.dep_ == "prep" and not apart and child.lower_ in ("with", "along", "like", "alongside"):
                    mentions.extend(self._joined(child, mentions))
        return mentions

    def _paired(self, token: Any) -> list[Any]:
        """Return the first of a pair in one word: 'the | Franco-German plan'."""
        joined = token.i > 1 and self.doc[token.i - 1].text == "-" and token.i in self.by_token
        mate = self.by_token.get(token.i - 2) if joined else None
        return [self.doc[token.i - 2]] if mate is not None and mate.how == "adjective" else []

    def _before(self, token: Any) -> list[Any]:
        """Return the first names of a list that the parse has cut off: 'Malaysia, | Singapore and Indonesia'."""
        names: list[Any] = []
        at = token.left_edge.i
        while at >= 2 and self.doc[at - 1].text == "," and self.doc[at - 2].i in self.by_token:
            name = self.doc[at - 2]
            if name.dep_ not in ("npadvmod", "nsubj", "dep", "ROOT", "appos", "nmod") or self.taken(name.i):
                break
            names.insert(0, name)
            at = name.left_edge.i
        return names

    def _ministers_of(self, token: Any, mentions: list[Mention]) -> list[Mention]:
        """Return the further states of 'the ministers of Spain, | Italy and Malta'."""
        for child in (word for word in token.subtree if word.dep_ == "prep" and word.lower_ in ("of", "from")):
            listed, _ = run_of_actors(self.doc, child.i + 1, self.by_token)
            if listed and listed[0].actor == mentions[0].actor:
                return [mention for mention in listed if mention.actor not in {other.actor for other in mentions}]
        return []

    def _joined(self, preposition: Any, mentions: list[Mention]) -> list[Mention]:
        kept: list[Mention] = []
        for token in preposition.subtree:
            mention = self._own(token) if token.dep_ in ("pobj", "conj") else None
            if mention is not None and mention.actor not in {other.actor for other in [*mentions, *kept]}:
                kept.append(mention)
        return kept

    def _own(self, token: Any) -> Mention | None:
        """Return the one actor for which a noun speaks, or ``None``."""
        words = [token, *(child for child in token.children if child.dep_ in _DESCRIBING and child.dep_ != "appos")]
        gone = any(word.lower_.rstrip("-") in _NOT or word.lower_.startswith(("ex-", "former")) for word in words)
        if gone or (token.dep_ == "poss" and token.lower_ in THIRD):
            return None
        if token.lower_ in ("that", "those") and token.dep_ == "conj" and official(token.head):
            of = next((child for child in token.children if child.lower_ == "of"), None)
            inner = next((child for child in of.children if child.dep_ == "pobj"), None) if of is not None else None
            return self.by_token.get(inner.i) if inner is not None and not self.taken(inner.i) else None
        direct = self.by_token.get(token.i)
        if direct is not None and not self.taken(token.i) and (direct.person or direct.how in _NAMING):
            return direct
        if token.lower_ in OBSERVERS:
            return None
        title = next((child for child in token.children if child.dep_ == "compound" and official(child)), None)
        if official(token) or (token.pos_ == "PROPN" and title is not None) or ratifies(token):
            return self._official(token if title is None else title, token)
        return self._apposed(token)

    def _apposed(self, token: Any) -> Mention | None:
        """Return the actor that stands beside a noun: 'the other member, | Spain'."""
        appos = next((child for child in token.children if child.dep_ == "appos" and child.i in self.by_token), None)
        if appos is None or token.pos_ not in ("PROPN", "NOUN") or self.taken(appos.i):
            return None
        return self.by_token[appos.i]

    def _official(self, office: Any, token: Any) -> Mention | None:
        """Return for whom an official or a government speaks: 'the | Dutch minister', 'Dutch minister | A. Lind'."""
        for child in self._modifiers(token):
            mention = self.by_token.get(child.i)
            if mention is None or self.taken(child.i):
                continue
            stranger = self.is_body(mention) and office.lemma_.lower() not in OFFICES_OF_BODIES
            if stranger and self._as_body(token, mention):
                return mention
            if stranger or any(word.lower_ in OBSERVERS for word in child.subtree):
                return None
            return mention
        return None

    def _as_body(self, token: Any, mention: Mention) -> bool:
        """Tell whether a body's members are all of them, and so the body: 'EU | governments', not 'some EU states'."""
        counted = any(child.dep_ in ("det", "nummod", "quantmod", "predet", "preconj") or child.lower_ in _COUNTED
                      or (child.dep_ in ("amod", "compound", "nmod") and child.i not in self.by_token
                          and child.lower_ != "member")
                      for child in token.children)  # fmt: skip
        apart = any(
            word.lower_ in _EXCEPTING
            and (word.lower_ not in _ALSO_LINKING or any(at in self.by_token for at in (word.i + 1, word.i + 2)))
            for word in self.doc
        )
        known = f"{mention.actor}-members" in self.cast.world.actors
        return token.lemma_.lower() in GROUP and token.tag_ in ("NNS", "NNPS") and not (counted or apart or known)

    def _modifiers(self, token: Any) -> list[Any]:
        """Return the words that say whose minister or government it is, the nearest first."""
        modifiers = []
        for child in token.children:
            if child.dep_ in ("poss", "amod", "compound", "nmod", "appos", "npadvmod"):
                modifiers += [
                    child,
                    *(
                        word
                        for word in child.subtree
                        if word.dep_ in ("amod", "compound", "poss", "nmod", "flat") and word != child
                    ),
                ]
        pointed = any(child.dep_ == "poss" and child.lower_ in THIRD for child in token.children)
        for child in token.children:
            if child.lower_ == "in" and pointed:
                continue  # 'its delegate in | Vienna'
            if child.dep_ == "prep" and child.lower_ in ("of", "for", "from", "in"):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        modifiers.append(inner)
                        modifiers += [
                            below for below in inner.children if below.dep_ in ("amod", "compound", "poss", "nmod")
                        ]
                        for deeper in inner.children:
                            if deeper.dep_ == "prep" and deeper.lower_ == "of":
                                modifiers += [below for below in deeper.children if below.dep_ == "pobj"]
        return modifiers

    def is_body(self, mention: Mention) -> bool:
        """Tell whether somebody is an organisation."""
        kind = self.cast.world.actors[mention.actor].kind if mention.actor in self.cast.world.actors else ""
        return kind == "organisation"

    def at_large(self, token: Any) -> list[Mention]:
        """Return the members at large that a phrase such as 'many allies' means; not 'members of parliament'."""
        whole = object_of(token)
        if whole is not None and whole.i not in self.by_token and whole.lemma_.lower() not in _WHOLE_OF:
            return []
        first = self.start + self.doc[token.left_edge.i].idx
        return self.cast.at_large(first, self.start + token.idx + len(token.text))

    def actors_in(self, tokens: Any) -> list[Mention]:
        """Return the actors that some tokens name, whatever stands around them."""
        mentions: list[Mention] = []
        for token in tokens:
            mention = self._own(token)
            if mention is not None and mention.actor not in {other.actor for other in mentions}:
                mentions.append(mention)
        return mentions

    def _conjuncts(self, token: Any) -> list[Any]:
        """Return the heads that are coordinated with a head, also where the parse takes a list for an apposition."""
        heads = []
        stack = list(token.children)
        while stack:
            node = stack.pop(0)
            listed = node.dep_ == "conj" or (
                node.dep_ in ("appos", "npadvmod")
                and node.i in self.by_token
                and (node.head.i in self.by_token or any(inner.dep_ == "conj" for inner in node.children))
            )
            if listed:
                heads.append(node)
                stack += [inner for inner in node.children if inner.dep_ in ("conj", "appos")]
            elif node.dep_ == "prep" and node.lower_ == "as":
                examples = any(each.dep_ == "conj" and each.i < node.i for each in token.children)
                if any(inner.lower_ == "well" or (examples and inner.lower_ == "such") for inner in node.children):
                    named = [inner for inner in node.children if inner.dep_ == "pobj"]
                    heads += named
                    stack += [each for inner in named for each in inner.children if each.dep_ == "conj"]
            elif node.dep_ == "cc" and node.lower_ == "as":
                continue
        return heads


def verb_over(word: Any) -> Any | None:
    """Return whom a verb counts among others: 'counts | Malta among', also where the phrase is the name's."""
    verb = word.head if word.dep_ == "dobj" else word
    if verb.lemma_ not in _COUNTING:
        return None
    return next((child for child in verb.children if child.dep_ == "dobj"), None)
