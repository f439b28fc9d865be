"""Records of votes: 'with Poland voting against', 'A and B voted for; C abstained', '10 abstentions (including D)'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from foedus.evidence.coder.actors import Mention
from foedus.evidence.coder.clauses import infinitive, subjects_of, supposed
from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.lists import run_of_actors
from foedus.evidence.coder.stance import Stance
from foedus.evidence.coder.wordlists import wordset

_LINKING = wordset("and or , & the both as well also then eventually later again all each together alone only still")
_AFTER = {"against": -1, "no": -1, "nay": -1, "for": 1, "yes": 1, "aye": 1, "favour": 1, "favor": 1, "affirmatively": 1}
_COUNTED = {
    **dict.fromkeys(("affirmative", "favour", "favor", "for", "approval"), 1),
    **dict.fromkeys(("against", "negative", "opposed"), -1),
    **dict.fromkeys(("abstention", "abstentions", "abstaining", "abstained"), 0),
}
_LABELS = {
    **dict.fromkeys(("favour", "favor", "for", "yes", "aye", "ayes", "yea", "yeas", "supporting", "affirmative"), 1),
    **dict.fromkeys(("against", "no", "noes", "nay", "nays", "opposed", "opposing", "negative"), -1),
    **dict.fromkeys(("abstaining", "abstained", "abstention", "abstentions", "abstain"), 0),
}
"""What stands before the names in a record of votes."""
_BESIDE_LABEL = wordset("in vote votes voting voted members states countries the were and those who")
_LABEL_WORDS = 6
_DISSENTING = wordset("dissenting objecting opposing disagreeing demurring refusing resisting protesting")
_JOINING = wordset("with after since before until as")
_UNSURE = wordset("possible potential likely expected feared no without avoid despite threatened more fewer further")
_ANNOUNCING = wordset("signal say announce confirm indicate declare state tell")
_MEANING = wordset("intend plan decide choose mean prepare threaten vow pledge promise agree opt resolve need want aim")
_FORCING = wordset("force oblige compel leave condemn bind instruct")
_CHOICES = wordset("choice option alternative")
_REACH = 10
_TELLING = ("VERB", "AUX", "ADV")
"""What may follow a vote that is told of: 'our vote against | hardly came as a surprise'."""

_NUMBER = re.compile(r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen")


@dataclass(frozen=True, slots=True)
class Vote:
    """How actors voted.

    Attributes
    ----------
    mentions, sign
        Who, and 1 for, -1 against, 0 abstaining; nobody where a first person votes.
    token
        The word that says so.
    """

    mentions: tuple[Mention, ...]
    sign: int
    token: Any


def votes(doc: Any, holders: Holders) -> Iterator[Vote]:
    """Yield the votes that a sentence records without naming again what is voted on."""
    for token in doc:
        mentions = _abstaining(token, holders)
        if mentions:
            yield Vote(mentions, 0, token)
            continue
        sign = _cast(token)
        if sign is not None and not supposed(token):
            mentions = _before(_teller(token), holders) or _going_to(token, holders)
            if mentions or _own(token):
                yield Vote(mentions, sign, token)
    yield from _counted(doc, holders)
    yield from _grouped(doc, holders)
    yield from labelled(doc, holders)


def labelled(doc: Any, holders: Holders) -> Iterator[Vote]:
    """Yield the votes of a record that lists names after a label: 'In favour (27): A, B', 'for: A; against: B'."""
    begin = 0
    for token in doc:
        if token.text == ";":
            begin = token.i + 1
        if token.text not in (":", "):", "]:"):
            continue
        label = [word for word in doc[begin : token.i] if not word.is_punct and not word.like_num]
        mentions, end = run_of_actors(doc, token.i + 1, holders.by_token)
        signs = [_LABELS[word.lower_] for word in label if word.lower_ in _LABELS]
        bare = len(label) <= _LABEL_WORDS and all(
            word.lower_ in _LABELS or word.lower_ in _BESIDE_LABEL for word in label
        )
        voted = any(word.lemma_ in ("vote", "abstain", "cast") for word in label)
        if mentions and signs and (bare or voted) and len(set(signs)) == 1:
            yield Vote(tuple(one for one in mentions if not holders.taken(one.start)), signs[0], label[0])
        begin = max(begin, end)


def _grouped(doc: Any, holders: Holders) -> Iterator[Vote]:
    """Yield the votes of those whom 'with' sets beside a count: 'with A, B and C | against', 'with A in | favour'."""
    for token in doc:
        sign = _AFTER.get(token.lower_) if token.lower_ in ("against", "favour", "favor") else None
        if sign is None or not _ends(doc, token.i + 1):
            continue
        at = token.i - 2 if token.lower_ != "against" else token.i - 1
        by_actor: dict[str, Mention] = {}
        while at > 0 and (at in holders.by_token or doc[at].lower_ in _LINKING):
            mention = holders.by_token.get(at)
            if mention is not None and mention.actor and not holders.taken(at):
                by_actor.setdefault(mention.actor, mention)
            at -= 1
        if by_actor and doc[at].lower_ == "with":
            yield Vote(tuple(by_actor.values()), sign, token)


def _abstaining(token: Any, holders: Holders) -> tuple[Mention, ...]:
    """Return whose abstention a noun tells of: 'planned | abstentions from A and B', 'A joined the abstainers'."""
    doc = token.doc
    if token.lemma_ == "abstention" and doc[token.i + 1 : token.i + 2].text in ("from", "by", "of"):
        beside = {word.lower_ for word in doc[max(0, token.i - 3) : token.i]}
        return run_of_actors(doc, token.i + 2, holders.by_token)[0] if not beside & _UNSURE else ()
    if token.lemma_ not in ("abstainer", "abstaining") or token.pos_ not in ("NOUN", "PROPN"):
        return ()
    verb = next((ancestor for ancestor in token.ancestors if ancestor.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.lemma_ not in ("join", "be") or verb.i > token.i or verb.tag_ in ("VB", "VBG"):
        return ()
    open_ = any(child.dep_ == "neg" or child.tag_ == "MD" or child.dep_ == "mark" for child in verb.children)
    return () if open_ else _before(verb, holders)


def by_abstaining(stance: Stance) -> bool:
    """Tell whether a side is only what abstentions would bring about: 'abstentions from A and B would | sink it'."""
    return stance.sign != 0 and any(each.lemma_ == "abstention" for each in subjects_of(stance.token))


def _teller(token: Any) -> Any:
    """Return the verb by which those who vote say so: 'A, B and C | signalled that they would abstain'."""
    subjects = [child for child in token.children if child.dep_ == "nsubj"]
    they = len(subjects) == 1 and subjects[0].lower_ == "they"
    return token.head if they and token.dep_ == "ccomp" and token.head.lemma_ in _ANNOUNCING else token


def _going_to(token: Any, holders: Holders) -> tuple[Mention, ...]:
    """Return who means or has to vote so: 'A and B intend to | abstain', 'which forces A to | abstain'."""
    if not infinitive(token):
        return ()
    place = token.i - 2
    if place in holders.by_token and token.doc[place].dep_ not in ("dobj", "dative"):
        return _before(token.doc[place + 1], holders)  # where the parse has lost the verb that forces
    verb = next((ancestor for ancestor in token.ancestors if ancestor.pos_ in ("VERB", "AUX")), None)
    if verb is None or any(child.dep_ == "neg" for child in verb.children):
        return ()
    forced = next((child for child in verb.children if child.dep_ == "dobj" and child.i < token.i), None)
    if verb.lemma_ in _FORCING and forced is not None:
        return run_of_actors(token.doc, forced.left_edge.i, holders.by_token)[0]
    bound = verb.lemma_ == "have" and forced is not None and forced.lemma_ in _CHOICES
    return _before(verb, holders) if verb.lemma_ in _MEANING or bound else ()


def _cast(token: Any) -> int | None:
    """Return how a verb votes, where nothing follows that says on what; ``None`` for any other word."""
    doc, after = token.doc, token.i + 1
    before = doc[max(0, token.i - _REACH) : token.i] if token.lower_ in _DISSENTING and _ends(doc, after) else ()
    if any(word.lower_ == "with" for word in before):
        return -1
    if token.lemma_ in ("abstain", "abstaining"):  # 'this results in Malta abstaining', which is tagged as a noun
        return 0 if _ends(doc, _after_ballot(doc, after)) else None
    if token.lemma_ != "vote" or token.pos_ not in ("VERB", "NOUN", "AUX") or after >= len(doc):
        return None
    if any(child.dep_ == "neg" for child in token.children) and _ends(doc, after):
        return 0  # 'Korea will not vote' takes no side
    if doc[after].lower_ == "in" and after + 1 < len(doc):
        after += 1
    sign = _AFTER.get(doc[after].lower_)
    told = token.pos_ == "NOUN" and doc[after + 1 : after + 2].text != "" and doc[after + 1].pos_ in _TELLING
    return sign if sign is not None and (_ends(doc, after + 1) or told) else None


def _own(token: Any) -> bool:
    """Tell whether a first person votes: 'we | voted against', 'our | vote against came as no surprise'."""
    return any(child.lower_ in ("we", "i", "our", "my") and child.dep_ in ("nsubj", "poss") for child in token.children)


def _after_ballot(doc: Any, at: int) -> int:
    """Return the place after 'from the vote', which does not say on what."""
    if at < len(doc) and doc[at].lower_ in ("from", "in", "during", "at"):
        for ahead in range(at + 1, min(at + 4, len(doc))):
            if doc[ahead].lower_ in ("vote", "voting", "ballot", "poll"):
                return ahead + 1
    return at


def _ends(doc: Any, at: int) -> bool:
    return at >= len(doc) or doc[at].is_punct or doc[at].lower_ in ("and", "while", "but", "or", "throughout", "when")


def _before(token: Any, holders: Holders) -> tuple[Mention, ...]:
    """Return the actors of the list that ends before a verb."""
    doc = token.doc
    noun = token.head if token.dep_ in ("relcl", "acl") else None
    holder = holders.read(noun) if noun is not None and noun.i not in holders.by_token else None
    if holder is not None and holder.kind == "actor":
        return holder.mentions
    by_actor: dict[str, Mention] = {}
    at = token.i - 1
    if at > 0 and doc[at].text in (")", ","):
        at -= 1  # 'with another member (Malta) | abstaining'
    while at >= 0 and (
        doc[at].pos_ in ("AUX", "ADV") or doc[at].dep_ == "neg" or doc[at].lower_ in ("has", "have", "had")
    ):
        at -= 1
    joined = True
    while at >= 0:
        mention = holders.by_token.get(at)
        if mention is not None and mention.actor and not holders.taken(at):
            if not joined and mention.actor not in by_actor:
                break
            by_actor.setdefault(mention.actor, mention)
            joined = False
        elif doc[at].lower_ in _LINKING:
            joined = True
        else:
            if doc[at].pos_ == "ADP" and doc[at].lower_ not in _JOINING and len(by_actor) > 1:
                by_actor.popitem()  # 'supported by A, | B and C voted against'
            break
        at -= 1
    return tuple(by_actor.values())


def _counted(doc: Any, holders: Holders) -> Iterator[Vote]:
    """Yield the votes of a count with names in brackets: '35 affirmative (including Canada)'."""
    for token in doc:
        if token.text not in ("(", "[") or token.i < 2:
            continue
        near = doc[max(0, token.i - 4) : token.i]
        number = next((word for word in reversed(near) if _NUMBER.fullmatch(word.lower_)), None)
        if number is None:
            continue
        words = [word.lower_ for word in doc[number.i - 1 if number.i else 0 : token.i]]
        signs = [_COUNTED[word] for word in words if word in _COUNTED]
        mentions, end = run_of_actors(doc, token.i + 1, holders.by_token)
        if not signs and end + 1 < len(doc):
            after = [word.lower_ for word in doc[end + 1 : end + 4]]
            signs = [_COUNTED[word] for word in after[:2] if word in _COUNTED]
            words = []
        if signs and mentions and end < len(doc) and doc[end].text in (")", "]"):
            yield Vote(mentions, signs[-1] if not words or words[0] not in _COUNTED else signs[0], token)
