"""Exceptions: the actors that a sentence leaves out, such as 'all but France'."""

from __future__ import annotations

from typing import Any

from foedus.evidence.coder.actors import Mention
from foedus.evidence.coder.clauses import verbal
from foedus.evidence.coder.holders import Holders
from foedus.evidence.coder.wordlists import wordset

_AHEAD = 24
_HEAD = 5
_REACH = 6
_PHRASE = ("DET", "NUM", "ADJ", "NOUN", "PROPN")
_MEMBERS = wordset("allies members states governments countries capitals delegations ministers leaders everybody")
_WHOLE = wordset("all every no none nobody everyone everybody each nothing any")
_BEHIND = wordset("excepted apart aside excluded")
_ALWAYS = wordset("except excepting barring excluding")
_AFTER = {
    "than": ("other",),
    "from": ("apart", "aside"),
    "for": ("except", "save", "been"),
    "aside": ("leaving", "leave", "setting", "putting"),
    "counting": ("not",),
    **dict.fromkeys(("of", "is", "are", "being", "was", "were"), ("exception", "exceptions")),
}


def excepted(doc: Any, holders: Holders) -> dict[int, Mention]:
    """Return the actors that a sentence leaves out, by where they are named."""
    words = [token.lower_ for token in doc]
    left_out: dict[int, Mention] = {}
    for at in range(len(words)):
        if _excepting(words, at) and not _joins_clauses(doc[at]):
            _collect(doc[at + 1 : at + _AHEAD], holders, left_out)
        ahead = at < _HEAD and any(word in _WHOLE | _MEMBERS for word in words[at:])  # 'Spain aside, the allies agreed'
        if words[at] in _BEHIND and (ahead or any(word in _WHOLE for word in words[:at])):
            mentions = holders.actors_in(doc[max(0, at - 2) : at])
            left_out |= {mention.start: mention for mention in mentions[-1:]}
    return left_out


def unrivalled(doc: Any, holders: Holders) -> tuple[Mention, ...]:
    """Return who does something more than anybody else: 'no capital has fought it as hard as | Vilnius'."""
    words = [token.lower_ for token in doc]
    subject = next((token for token in doc if token.dep_ in ("nsubj", "nsubjpass")), None)
    none = subject is not None and (
        subject.lower_ in ("nobody", "none") or any(child.lower_ in ("no", "few") for child in subject.children)
    )
    if not none or subject is None:
        return ()
    more = any(token.tag_ in ("JJR", "RBR") for token in doc[subject.i :])
    for at in range(subject.i + 2, len(words) - 1):
        as_much = words[at] == "as" and "as" in words[subject.i : at]
        if not (as_much or (words[at] == "than" and more and words[at - 1] != "other")):
            continue
        for name in doc[at + 1 : at + 6]:
            mentions = holders.actors_in([name])
            if mentions:
                return tuple(mentions)
            if name.is_punct or verbal(name):
                break
    return ()


def _joins_clauses(word: Any) -> bool:
    """Tell whether 'but' only joins two clauses: 'no minister has said so, but Spain is against it'."""
    if word.lower_ != "but" or word.dep_ != "cc" or not verbal(word.head):
        return False
    return any(child.dep_ == "conj" and child.i > word.i for child in word.head.children)


def _collect(tokens: Any, holders: Holders, left_out: dict[int, Mention]) -> None:
    for token in tokens:
        if token.tag_ == "PRP" and not left_out:
            break  # 'all leaders | but him': what follows names nobody who is left out
        if token.is_space:
            aside = holders.by_token.get(token.i)  # a name alone in brackets is blank to the parser
            if aside is not None and aside.actor and left_out:
                left_out.setdefault(aside.start, aside)
            continue
        if verbal(token) and left_out and token.lower_ != "is":
            break
        mentions = holders.actors_in([token])
        if mentions and mentions[0].actor not in {mention.actor for mention in left_out.values()}:
            left_out[mentions[0].start] = mentions[0]
        elif (left_out and token.text in ")(") or (left_out and _leads_to_name(token, holders)):
            continue
        elif left_out and not (
            token.lower_ in ("and", "or", "nor", ",", "the", "'s", "both") or token.i in holders.by_token
        ):
            break


def _leads_to_name(token: Any, holders: Holders) -> bool:
    """Tell whether a word leads on to a name, mostly in brackets: 'and | one small country (Cape Verde)'."""
    ahead = token.doc[token.i : token.i + _REACH]
    bracket = next((word.i for word in ahead if word.text == "(" or word.i in holders.by_token), None)
    between = token.doc[token.i : bracket] if bracket is not None else ()
    at = token.i
    while at > 0 and token.doc[at].pos_ in _PHRASE:
        at -= 1
    return bool(between) and token.doc[at].lower_ in ("and", "or") and all(word.pos_ in _PHRASE for word in between)


def _excepting(words: list[str], at: int) -> bool:
    """Tell whether a word makes what follows an exception."""
    word = words[at]
    if word in _ALWAYS:
        return words[at + 1 : at + 2] not in (["in"], ["on"], ["when"], ["where"], ["as"], ["that"], ["by"])
    if (word in ("bar", "save") and at == 0) or (word == "for" and words[:at] == ["but"]):
        return True
    if word == "but" and words[at - 1] == "nothing":
        return False  # 'had nothing | but praise for Spain'
    if word in ("but", "save", "bar"):
        return any(near_word in _WHOLE for near_word in words[max(0, at - 9) : at])
    if word in (":", "-", "--") and words[max(0, at - 2) : at] in (["did", "not"], ["has", "not"], ["would", "not"]):
        return words[at - 3 : at - 2] in (
            ["one"],
            ["two"],
            ["three"],
            ["country"],
            ["state"],
            ["countries"],
            ["states"],
        )
    return at > 0 and words[at - 1] in _AFTER.get(word, ())
