"""Negation in a parse: what turns a stance, each word counted once on the way up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from foedus.evidence.coder.clauses import infinitive, verb_of
from foedus.evidence.coder.predicates import Found
from foedus.evidence.coder.stance import State
from foedus.evidence.coder.wordlists import wordset

_NEGATIONS = wordset(
    "not n't never no neither nor nobody none nothing hardly barely scarcely little nowhere without "
    "cannot seldom rarely few"
)
_NONE = wordset("no little neither scant precious scarce minimal zero few nil")
_SHARING = wordset("share join echo mirror")
_HIDING = wordset("hide conceal disguise mask veil")
_HARDLY = ("far from", "anything but", "less than", "nowhere near")
"""What before an adjective says the opposite of it: 'anything but | keen'."""

_LEAVING = wordset(
    "dent shake weaken alter change dampen diminish soften affect erode blunt cool dim reduce lessen waver shift "
    "budge dull quench"
)
"""Verbs that with a negation leave an attitude as it is: 'have not dented its commitment'."""

_ABLE = ("able", "capable", "strong", "enough", "position")
_MANAGING = wordset("manage succeed have")
_FAILING = wordset("struggle lack")
_WAYS = wordset("circumstance way condition account event means mean moment")


def flips(token: Any, state: State | None = None) -> int:
    """Return how many words negate a token and the verb that it completes.

    Parameters
    ----------
    token
        A predicate.
    state
        Where given, each word counts once on the whole way up.
    """
    verb = verb_of(token)
    places = {token.i: token, verb.i: verb}
    if verb != token:
        places |= {
            ancestor.i: ancestor
            for ancestor in token.ancestors
            if verb in list(ancestor.ancestors) and ancestor.pos_ in ("ADJ", "VERB")
        }
    count = 0
    for each in places.values():
        shared = each.lemma_ in _SHARING and each != token  # 'does not share | Turkey's objections', which stay
        left = each.lemma_ in _LEAVING and each != token
        if each.lemma_ in _HIDING or shared or left:  # 'never hid its opposition'
            continue
        if state is not None:
            if each.i in state.counted:
                continue
            state.counted.add(each.i)
        if " ".join(word.lower_ for word in each.doc[max(0, each.i - 2) : each.i]) in _HARDLY:
            count += 1
        count += sum(_negates(child) for child in each.children) + _nor(each) + _ahead(each) + _last(each)
    none = token.pos_ in ("NOUN", "INTJ") and any(
        child.dep_ in ("det", "amod") and child.lower_ in ("no", "little") for child in token.children
    )
    empty = token.dep_ == "amod" and token.head.lower_ == "nothing"  # 'there is nothing | wrong with it'
    return count + int(none) + int(empty)


def unable(token: Any) -> bool:
    """Tell whether a verb says what somebody lacks the means for: 'are not able to | block it'."""
    if token.pos_ not in ("VERB", "AUX"):
        return False
    verb = verb_of(token)
    up = verb.head if verb.dep_ in ("xcomp", "pcomp", "acl") else verb
    up = up.head if up.pos_ == "ADP" else up
    if up.lower_ in ("unable", "powerless") or (up.lemma_ in _FAILING and up != verb):
        return True
    able = up.lower_ in _ABLE or (up.lemma_ in _MANAGING and up != verb)
    return able and flips(up) % 2 == 1


def _nor(verb: Any) -> bool:
    """Tell whether a verb is the second of 'neither can | nor wishes to'."""
    return verb.dep_ == "conj" and any(
        child.lower_ == "nor" and child.dep_ == "cc" and child.i < verb.i and not any(
            other.i > child.i and other.i < verb.i and other.dep_ == "conj" for other in verb.head.children
        )
        for child in verb.head.children
    )  # fmt: skip


def _ahead(verb: Any) -> bool:
    """Tell whether a negation at the head turns what follows round: 'not before a review | will Spain agree'."""
    aux = next((child for child in verb.children if child.dep_ == "aux"), None)
    before = any(
        child.dep_ in ("nsubj", "nsubjpass") and aux is not None and child.i < aux.i for child in verb.children
    )
    if aux is None or before or not any(token.pos_ in ("NOUN", "PROPN", "PRON") for token in verb.doc[aux.i : verb.i]):
        return False
    doc = verb.doc
    first = next((token for token in doc if not token.is_punct and not token.is_space), None)
    counted = any(child.dep_ == "prep" and _in_no_way(child) for child in verb.children)
    if first is None or first.i >= aux.i or first.head == verb or counted:
        return False
    return first.lower_ in ("not", "never") or (
        first.lower_ in ("under", "at", "on", "in", "by") and doc[first.i + 1].lower_ == "no"
    )


def _last(verb: Any) -> bool:
    """Tell whether what a verb says is what its subject does least: 'the last thing that Spain | wants'."""
    return (
        verb.dep_ in ("relcl", "ccomp", "acl")
        and verb.head.lemma_ in ("thing", "idea", "matter")
        and any(child.lower_ == "last" for child in verb.head.children)
    )


def none_of(part: Any, own: tuple[int, ...]) -> bool:
    """Tell whether a word inside a predicate is negated by one outside it: 'sees | no merit in', 'little time for'."""
    return any(
        child.i not in own
        and (child.dep_ == "neg" or (child.lower_ in _NONE and child.dep_ in ("det", "amod", "advmod", "preconj")))
        for child in part.children
    )


def negated_inside(doc: Any, match: Found) -> bool:
    """Tell whether a word of a predicate other than its first is negated."""
    return any(none_of(doc[at], match.tokens) for at in match.tokens[1:])


def negate(token: Any, state: State) -> None:
    """Turn a stance where its predicate is negated."""
    if flips(token, state) % 2:
        state.sign = -state.sign


def negate_noun(token: Any, state: State) -> None:
    """Turn a stance where a noun stands with 'no', or a preposition with 'not': 'not as part of'."""
    if token.i in state.counted:
        return
    state.counted.add(token.i)
    words = [token, *(child for child in token.children if child.dep_ == "compound")]  # 'no | fisheries agreement'
    none = any(
        child.dep_ == "det" and child.lower_ in ("no", "neither") and token.doc[child.i + 1].text != "-"
        for word in words for child in word.children
    )  # fmt: skip
    aside = token.pos_ == "ADP" and any(child.dep_ == "neg" and not _only_seems(child) for child in token.children)
    if none or aside or _set_against(token):
        state.sign = -state.sign


def _set_against(noun: Any) -> bool:
    """Tell whether a noun is named as the one of two that is not meant: 'supports the deal but | not the ban'."""
    before = noun.left_edge.i - (0 if noun.left_edge.lower_ == "not" else 1)
    if noun.dep_ not in ("conj", "appos", "dobj", "pobj") or before < 1 or noun.doc[before].lower_ != "not":
        return False
    return noun.doc[before - 1].lower_ in (",", "but", "and")


def turn_found(state: State) -> None:
    """Turn the stances that have a holder."""
    for actor, stance in state.found.items():
        state.found[actor] = replace(stance, sign=-stance.sign)


def _negates(child: Any) -> bool:
    """Tell whether a word negates what governs it."""
    if _only_seems(child):
        return False
    if child.dep_ == "neg" or (child.dep_ in ("advmod", "preconj") and child.lower_ in _NEGATIONS):
        return True
    if child.dep_ == "advmod" and child.lower_ == "longer":
        return any(grandchild.lower_ == "no" for grandchild in child.children)
    if child.dep_ in ("nsubj", "nsubjpass"):
        return _nobody(child)
    return child.dep_ == "prep" and _in_no_way(child)


def _nobody(subject: Any) -> bool:
    """Tell whether a subject is nobody: 'no ally', 'neither government'; not in 'nobody is better than Estonia'."""
    named = any(child.lower_ == "no" for child in subject.children)
    later = any(child.dep_ == subject.dep_ and child.i > subject.i for child in subject.head.children)
    if (named and later) or (subject.lower_ in ("nobody", "none", "nothing", "one") and _compared(subject.head)):
        return False  # 'no fish, no fleet: Nauru will reject it'
    words = [
        *subject.children,
        *(inner for child in subject.children if child.dep_ == "amod" for inner in child.children),
    ]
    return subject.lower_ in ("nobody", "none", "nothing") or any(
        word.lower_ in ("no", "neither") and word.dep_ in ("det", "preconj", "cc") for word in words
    )


def _compared(verb: Any) -> bool:
    """Tell whether a verb compares: 'more than', 'better than'."""
    words = list(verb.subtree)
    than = next((word.i for word in words if word.lower_ == "than"), None)
    return than is not None and any(word.i < than and word.tag_ in ("JJR", "RBR") and word.i > verb.i for word in words)


def _only_seems(child: Any) -> bool:
    """Tell whether a negation is none: 'not only', 'never more'."""
    if child.lower_ not in ("not", "never", "n't"):
        return False
    doc = child.doc
    after = doc[child.i + 1].lower_ if child.i + 1 < len(doc) else ""
    could = child.i > 0 and doc[child.i - 1].lower_ in ("could", "can")
    if (
        could
        and any(token.tag_ in ("JJR", "RBR") for token in doc[child.i + 1 : child.i + 5])
        and not any(token.lower_ == "than" for token in doc[child.i : child.i + 8])
    ):
        return True  # 'could not be more in favour'
    if child.head.lemma_ == "mention" and infinitive(child.head):
        return True  # 'not to mention | the refusal of Spain'
    rest = [token.lower_ for token in doc[child.i + 1 : child.i + 5]]
    rest = rest[1:] if rest[:1] == ["be"] else rest
    if rest[:1] == ["alone"] or rest[:2] in (["the", "only"], ["the", "first"], ["the", "last"]):
        return True  # 'is not | alone in opposing it'
    return after in ("only", "just", "merely") or (
        child.lower_ == "never" and any(token.lower_ in ("more", "so") for token in doc[child.i + 1 : child.i + 4])
    )


def _in_no_way(preposition: Any) -> bool:
    """Tell whether a phrase negates: 'in no way', 'under no circumstances', 'not for the moment'."""
    children = list(preposition.children)
    if any(child.dep_ == "neg" for child in children) and any(child.lemma_ == "moment" for child in children):
        return True
    return any(
        child.dep_ == "pobj" and child.lemma_ in _WAYS and any(inner.lower_ == "no" for inner in child.children)
        for child in children
    )


def both_ways(noun: Any) -> bool:
    """Tell whether a noun speaks for a thing and against it: 'arguments for and | against the plan'."""
    words = {word.lower_ for word in noun.doc[noun.i : noun.i + 4]}
    return {"for", "against"} <= words
