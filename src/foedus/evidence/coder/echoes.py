"""Who is said to be of the same mind as another, or of the opposite one: 'Spain did not', 'Malta begs to differ'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.evidence.coder.actors import Mention
from foedus.evidence.coder.clauses import marked, subjects_of
from foedus.evidence.coder.holders import Holder
from foedus.evidence.coder.stances import Reader
from foedus.evidence.coder.wordlists import wordset

_SAME = (
    "follow suit;do likewise;do the same;think likewise;be of the same mind;be of the same opinion;be of the same view;"
    "take the same view;take the same line;take the same position;take the same stance;share this view;share that view;"
    "share the view;share its view;share this opinion;share that opinion;share the same view;say the same;"
    "feel the same;echo this view;echo that view;echo the sentiment;echo this;echo that;join in;join the chorus;"
    "second that;second this;chime in;fall in line;be no different;be of like mind;see it the same way;"
    "join them;join him;join her"
)
_OTHER = (
    "beg to differ;differ;take the opposite view;take the opposite line;take the opposite side;"
    "take the opposite position;take the opposite stance;take a different view;take a different line;"
    "take the contrary view;take the other side;hold the opposite view;see it differently;see it otherwise;"
    "see thing differently;see the matter differently;think otherwise;think differently;think the opposite;"
    "say the opposite;be of a different mind;be of a different opinion;be of another mind;be of another opinion;"
    "be of the opposite opinion;be of the opposite view;go the other way;want the opposite;do the opposite;"
    "be not so sure;do the reverse;part company"
)
_PHRASES: dict[str, list[tuple[tuple[str, ...], int]]] = {}
"""By their first word the others and the sign of each phrase."""

for _sign, _phrases in ((1, _SAME), (-1, _OTHER)):
    for _first, *_others in (phrase.split() for phrase in _phrases.split(";")):
        _PHRASES.setdefault(_first, []).append((tuple(_others), _sign))
_SINGLE = {"agree": 1, "concur": 1, "disagree": -1, "dissent": -1, "demur": -1}
_ODD = wordset("exception odd holdout outlier dissenter objector absentee dissent")
_DOES = wordset("do does did have has had is are was were will would can could")
_LEFT = wordset("not n't never too also either likewise so any longer more anymore yet still no")
_UNSURE = wordset("if unless until before whether than once when till as after because where")
_LIKEWISE = wordset("join follow do")
"""Verbs by which somebody abstains with another, too: 'Norway abstained; Spain | followed suit'."""

_SECONDING = wordset("back support join second follow assist echo")

_GAPPED = {"against": -1, "opposed": -1, "for": 1, "behind": 1}
_ADVERBS = wordset(
    "dead firmly strongly all squarely just equally still now flatly fiercely resolutely stoutly bitterly utterly "
    "wholly fully solidly vehemently staunchly as much decidedly"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody was said to hold, to which later words may point.

    Attributes
    ----------
    concept, sign, score
        On what, for or against, and how well the words fit.
    place
        The token of its sentence at which it stands, or -1 for an earlier sentence.
    actors
        Who holds it; nobody for a group such as 'thirty allies'.
    """

    concept: str
    sign: int
    score: float
    place: int
    actors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Echo:
    """Who is of the same mind, or of the opposite one, on what was said before."""

    mentions: tuple[Mention, ...]
    holder: Holder
    said: Said
    sign: int
    token: Any


def echoes(doc: Any, reader: Reader, before: Sequence[Said]) -> Iterator[Echo]:
    """Yield who is said to agree or to disagree with what was said last.

    Parameters
    ----------
    doc, reader
        The parse and its reader.
    before
        What was said in this sentence and the one before it, in its order.
    """
    if not before:
        return
    for token in doc:
        for holder, sign, at in (
            *_auxiliary(token, reader), *_verbs(token, reader), *_odd(token, reader), *_inverted(token, reader),
            *_gapped(token, reader), *_seconded(token, reader),
        ):  # fmt: skip
            said = next((earlier for earlier in reversed(before) if earlier.place < at), None)
            open_ = said is not None and said.sign == 0 and not (sign > 0 and token.lemma_ in _LIKEWISE)
            if said is None or open_ or holder.kind not in ("actor", "pronoun", "speaker"):
                continue
            own = {mention.actor for mention in holder.mentions}
            gap = token.lower_ in _GAPPED and sign == _GAPPED[token.lower_]
            if own & said.actors and not _turned(token):
                continue
            yield Echo(holder.mentions, holder, said, sign if gap else sign * said.sign, token)


def _turned(token: Any) -> bool:
    """Tell whether somebody is said to hold no longer what he held."""
    return any(word.lower_ in ("longer", "more", "anymore", "now", "today") for word in token.subtree)


def _auxiliary(token: Any, reader: Reader) -> Iterator[tuple[Holder, int, int]]:
    """Read an auxiliary that stands for a whole verb: 'Spain did not', 'Malta would too'."""
    if token.lower_ not in _DOES or token.i + 1 > len(token.doc) or _unsure(token):
        return
    doc, at, flips, also = token.doc, token.i + 1, 0, False
    while at < len(doc) and doc[at].lower_ in _LEFT:
        flips += doc[at].lower_ in ("not", "n't", "never")
        also = also or doc[at].lower_ in ("too", "also", "likewise")
        at += 1
    if doc[at : at + 2].text.lower() == "as well":
        also, at = True, at + 2
    ended = (
        at >= len(doc) or doc[at].text in (".", ";", ",", ":", "!", '"', "-", "--") or doc[at].lower_ in ("and", "but")
    )
    if not ended or not (flips or also):
        return
    subject = next(iter(subjects_of(token)), None)
    if subject is None and token.i and token.i - 1 in reader.whose.holders.by_token:
        subject = doc[token.i - 1]
    if subject is None or subject.i > token.i:
        return
    lead = doc[token.i - 1].lower_ if token.i else ""
    if lead in ("one", "two", "three", "country", "state"):  # 'one did not: Spain' is an exception
        return
    yield reader.whose.holders.read(subject), -1 if flips % 2 else 1, subject.left_edge.i


def _unsure(verb: Any) -> bool:
    """Tell whether a clause is one of time or condition."""
    return marked(verb) or any(
        (child.dep_ in ("mark", "advmod") and child.lower_ in _UNSURE and child.i < verb.i) for child in verb.children
    )


def _verbs(token: Any, reader: Reader) -> Iterator[tuple[Holder, int, int]]:
    """Read phrases for being of the same or of another mind: 'takes the opposite view', 'followed suit'."""
    sign = 0
    if token.lemma_ in _SINGLE and token.pos_ == "VERB":
        bare = not any(
            child.dep_ in ("dobj", "ccomp", "xcomp", "prep", "agent") and child.i > token.i for child in token.children
        )
        sign = _SINGLE[token.lemma_] if bare else 0
    if not sign:
        known = _PHRASES.get(token.lemma_.lower(), ())
        sign = next((side for words, side in known if _follows(token, words)), 0)
    if not sign or _unsure(token):
        return
    holder = reader.whose.subject(token)
    if holder is None:
        return
    flips = sum(child.dep_ == "neg" for child in token.children)
    yield holder, -sign if flips % 2 else sign, min(token.i, holder.token.left_edge.i)


def _follows(token: Any, words: tuple[str, ...]) -> bool:
    """Tell whether words come after a token, one after the other."""
    at = token.i + 1
    for word in words:
        if at < len(token.doc) and token.doc[at].lower_ in ("not", "n't", "quite", "exactly", "much", "also"):
            at += 1
        if at >= len(token.doc) or word not in (token.doc[at].lower_, token.doc[at].lemma_.lower()):
            return False
        at += 1
    return True


def _odd(token: Any, reader: Reader) -> Iterator[tuple[Holder, int, int]]:
    """Read who is said to be the exception: 'the odd one out is Belgium', 'Malta is the only holdout'."""
    if token.lemma_ != "be" or any(child.dep_ == "neg" for child in token.children):
        return
    subjects = subjects_of(token)
    subject = next(iter(subjects), None)
    other = next((child for child in token.children if child.dep_ in ("attr", "acomp")), None)
    other = other or next(iter(subjects[1:]), None)
    if subject is not None and other is None and {word.lower_ for word in token.doc[: token.i]} & _ODD:
        holder = reader.whose.holders.read(subject)
        if holder.kind == "actor" and subject.i > token.i:
            yield holder, -1, 0  # 'the odd one out is | Belgium', where the parse errs
        return
    if subject is None or other is None:
        return
    single = any(word.lower_ in ("one", "only", "single", "sole", "lone") for word in token.doc[: subject.i])
    if subject.lower_ in ("that", "it", "this") and single and subject.i > 2:
        holder = reader.whose.holders.read(other)
        if holder.kind == "actor":
            yield holder, 1, subject.i  # 'one ally alone refused, and that was | Belgium'
        return
    for noun, name in ((subject, other), (other, subject)):
        words = {word.lower_ for word in noun.subtree}
        governs = any(
            child.dep_ == "prep" and child.lower_ in ("on", "to", "against", "over") for child in noun.children
        )
        if words & _ODD and not governs and not (words & {"no", "without"}):
            holder = reader.whose.holders.read(name)
            if holder.kind in ("actor", "pronoun"):
                yield holder, -1, min(noun.left_edge.i, name.left_edge.i)
                return


def _inverted(token: Any, reader: Reader) -> Iterator[tuple[Holder, int, int]]:
    """Read 'So did Spain', 'Neither will Malta', 'Not so Hungary' at the head of a sentence or a clause."""
    doc, at = token.doc, token.i
    head = at == 0 or doc[at - 1].text in (";", ":", ".", '"', ",")
    if not head or at + 2 >= len(doc):
        return
    after = doc[at + 1].lower_
    sign = 0
    if token.lower_ in ("so", "neither", "nor") and after in _DOES:
        sign = 1
    elif token.lower_ == "not" and after == "so":
        sign = -1
    for name in doc[at + 2 : at + 6] if sign else ():
        if name.is_punct or name.pos_ == "VERB":
            return
        holder = reader.whose.holders.read(name)
        if holder.kind == "actor":
            yield holder, sign, at
            return


def seconds(token: Any) -> bool:
    """Tell whether a participle says who is with its clause's subject: 'Japan voted against, | backed by Norway'."""
    active = any(child.dep_ == "nsubj" for child in token.head.children)
    agent = any(child.dep_ == "agent" for child in token.children)
    later = token.dep_ == "advcl" and token.tag_ == "VBN" and token.i > token.head.i
    return bool(later and active and agent and token.lemma_ in _SECONDING)


def _seconded(token: Any, reader: Reader) -> Iterator[tuple[Holder, int, int]]:
    """Read who is with the subject: 'Japan voted against it, | backed by the whaling states of Iceland and Norway'."""
    agent = next((child for child in token.children if child.dep_ == "agent"), None) if seconds(token) else None
    if agent is None:
        return
    holders = reader.whose.holders
    also = [child for child in token.children if child.dep_ == "cc" and child.i > agent.i]  # 'as well as | Russia'
    words = [word for each in (agent, *also) for word in each.subtree]
    inside = [holders.by_token[word.i] for word in words if word.i in holders.by_token]
    named = {one.actor: one for one in inside if one.actor and not one.person}
    if named:
        yield Holder("actor", tuple(named.values()), token), 1, token.i


def _gapped(token: Any, reader: Reader) -> Iterator[tuple[Holder, int, int]]:
    """Read a clause without its verb: 'Spain is for the plan, Malta dead | against it'."""
    doc = token.doc
    if token.lower_ not in _GAPPED or token.i + 1 >= len(doc):
        return
    after = doc[token.i + 1].lower_
    if after not in ("it", "them", ".", ";", ","):
        return
    at = token.i - 1
    while at > 0 and doc[at].lower_ in _ADVERBS:
        at -= 1
    name = reader.whose.holders.by_token.get(at)
    if name is None and doc[at].pos_ == "NOUN":
        people = [
            reader.whose.holders.by_token.get(child.i)
            for child in doc[at].children
            if child.dep_ in ("amod", "compound")
        ]
        named = tuple(person for person in people if person is not None and person.actor)
        holder = Holder("actor", named, doc[at])
        if named and doc[at].left_edge.i and doc[doc[at].left_edge.i - 1].lower_ in ("and", ",", "while"):
            yield holder, _GAPPED[token.lower_], doc[at].left_edge.i
        return
    if name is None or not name.actor or reader.whose.holders.taken(at):
        return
    first = at
    while first - 1 in reader.whose.holders.by_token and reader.whose.holders.by_token[first - 1] is name:
        first -= 1
    if first and doc[first - 1].lower_ in (",", ";", "and", "while", "but", "the"):
        yield Holder("actor", (name,), doc[at]), _GAPPED[token.lower_], first
