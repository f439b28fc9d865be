"""Clauses of a parse: which verb a word belongs to, what is only supposed, which words one clause holds."""

from __future__ import annotations

from typing import Any

from foedus.evidence.coder.predicates import Found
from foedus.evidence.coder.wordlists import wordset

TELLING = wordset(
    "ask tell order remind warn advise convince persuade instruct caution suggest beg challenge "
    "counsel summon request pressure lobby push press encourage urge insist"
)
_OPEN_MARKS = wordset("if whether unless should suppose supposing lest")
_ENABLING = wordset("clear pave allow enable permit authorise authorize empower entitle let")
_SUPPOSING = wordset("assuming supposing imagining granting pretending")
_COMPLEMENT_OF_VERB = frozenset(
    ["acomp", "attr", "prep", "dative", "oprd", "pobj", "dobj", "advmod", "conj", "pcomp", "prt", "acl", "xcomp",
     "npadvmod", "amod", "compound"]
)  # fmt: skip
_CLAUSES = frozenset(["ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis"])


def verbal(token: Any) -> bool:
    """Tell whether a token is a verb or an auxiliary."""
    return token.pos_ in ("VERB", "AUX")


def verb_of(token: Any) -> Any:
    """Return the verb of which a noun, adjective or preposition is the complement, or the token itself."""
    for _ in range(5):
        if verbal(token) and token.dep_ not in ("acomp", "amod"):
            return token
        if token.dep_ not in _COMPLEMENT_OF_VERB:
            return token
        token = token.head
    return token


def infinitive(verb: Any) -> bool:
    """Tell whether a verb stands with 'to'."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def nominal(token: Any) -> bool:
    """Tell whether a token is a noun, also where the tagger takes one for an adjective: 'the antipathy of Paris'."""
    placed = token.pos_ == "ADJ" and token.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass")
    return token.pos_ in ("NOUN", "PROPN") or token.tag_ in ("NN", "NNS") or placed


def subjects_of(verb: Any) -> list[Any]:
    """Return the subjects of a verb, also where the parse gives them to its auxiliary."""
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    aids = [child for child in verb.children if child.dep_ == "aux"] if not subjects else []
    return subjects or [child for aid in aids for child in aid.children if child.dep_ in ("nsubj", "nsubjpass")]


def object_of(preposition: Any) -> Any | None:
    """Return what a preposition governs, or ``None``."""
    return next((child for child in preposition.children if child.dep_ == "pobj"), None)


def first_conjunct(token: Any) -> Any:
    """Return the first of several coordinated words."""
    while token.dep_ == "conj":
        token = token.head
    return token


def marked(verb: Any) -> bool:
    """Tell whether a clause is a question or a supposition: 'if', 'whether', 'unless', 'before it does'."""
    to_come = verb.tag_ in ("VB", "VBP", "VBZ")  # 'before we | lift the veto', which is not done yet
    return any(
        (child.dep_ == "mark" and (child.lower_ in _OPEN_MARKS or (to_come and child.lower_ == "before")))
        or (child.dep_ == "advmod" and child.lower_ == "whether")
        for child in verb.children
    )


def inverted(verb: Any) -> bool:
    """Tell whether a clause supposes by its order: 'should the office open', 'had it opened'."""
    first = min(each.i for each in verb.subtree)
    if verb.lower_ in ("were", "had", "should") and verb.i == first and verb.dep_ == "advcl":
        return True  # 'were Spain to ask for it'
    modals = [child for child in verb.children if child.dep_ == "aux" and child.tag_ == "MD"]
    return len(modals) < 2 and any(
        child.dep_ == "aux" and child.lower_ in ("should", "were", "had") and child.i == first
        for child in verb.children
    )


def supposed(token: Any) -> bool:
    """Tell whether a token stands in a question, a supposition or a report of what is not known."""
    for node in [token, *token.ancestors]:
        if node.pos_ in ("VERB", "AUX", "ADJ") and (marked(node) or inverted(node)):
            return True
        if _for_him_to(node) or _enabled(node):
            return True
        if _imperative(node) or (node.lower_ in _SUPPOSING and node.dep_ in ("advcl", "prep", "ROOT")):
            return True
    mark = next((word.text for word in token.doc[token.i :] if word.text in (".", "!", "?")), "")
    return mark == "?"


def _for_him_to(verb: Any) -> bool:
    """Tell whether it is only weighed what somebody might do: 'it would be a mistake | for Spain to oppose it'."""
    if not infinitive(verb) or not any(child.lower_ == "for" and child.dep_ == "mark" for child in verb.children):
        return False
    above = verb.head if verbal(verb.head) else verb.head.head
    return above.lemma_ == "be" and any(child.lower_ in ("would", "could", "might") for child in above.children)


def _enabled(verb: Any) -> bool:
    """Tell whether a verb is only what something makes possible: 'clears the way for Brazil to | sign it'."""
    enabled = verb.head.lemma_ in _ENABLING and verb.dep_ in ("advcl", "xcomp", "ccomp", "acl")
    cleared = verb.head.lemma_ == "way" and verb.head.head.lemma_ in _ENABLING
    return infinitive(verb) and (enabled or cleared)


def _imperative(token: Any) -> bool:
    """Tell whether a verb asks the reader to suppose something: 'suppose that', 'say that'."""
    return (
        token.lemma_ in ("suppose", "assume", "imagine", "say")
        and token.dep_ == "ROOT"
        and token.tag_ in ("VB", "VBP")
        and not any(each.dep_ == "nsubj" and each.i < token.i for each in token.children)
    )


def urges(match: Found, node: Any) -> bool:
    """Tell whether a verb that may also report asks for something here: 'told Spain to accept'."""
    if len(match.predicate.words) > 1 or match.predicate.part != "verb":
        return True
    asks = any(child.dep_ in ("xcomp", "ccomp", "advcl") and infinitive(child) for child in node.children)
    if node.lemma_ in TELLING:
        return asks
    return asks or any(child.dep_ in ("ccomp", "dobj") for child in node.children)


def imperative(verb: Any) -> bool:
    """Tell whether a verb asks for something by its form: 'send the observers', 'let them in'."""
    bare = verb.tag_ in ("VB", "VBP") or (verb.lemma_ == "let" and verb.tag_ == "VBD")
    if not bare or verb.lemma_ in ("suppose", "assume", "imagine", "say", "be", "thank", "see", "look", "consider"):
        return False
    if verb.dep_ == "conj":
        return imperative(first_conjunct(verb)) and not subjects_of(verb)
    if verb.dep_ not in ("ROOT", "ccomp", "parataxis", "dep") or verb.head.lemma_ in ("let", "make", "help", "see"):
        return False
    if any(child.dep_ == "conj" and subjects_of(child) for child in verb.children):
        return False  # 'touch it and nobody will trust us'
    helped = any(child.dep_ in ("aux", "mark") and child.lower_ not in ("do", "please") for child in verb.children)
    apart = verb.i > 0 and verb.doc[verb.i - 1].text == "," and verb.tag_ != "VBP"  # 'friends, | let them come'
    return not helped and (apart or not subjects_of(verb))


def verbless(noun: Any) -> bool:
    """Tell whether a noun is said without a verb: 'no base on the island', 'no new judges, Malta insists'."""
    top = first_conjunct(noun)
    while top.dep_ in ("appos", "conj"):
        top = top.head
    said = (
        top.dep_ in ("ccomp", "dobj", "dep", "npadvmod")
        and top.i < top.head.i
        and top.doc[top.i :].text[:40].find(",") > 0
    )
    return top.pos_ in ("NOUN", "PROPN") and (top.dep_ == "ROOT" or said)


def depth(token: Any) -> int:
    """Return how many words govern a token."""
    return sum(1 for _ in token.ancestors)


def clause_of(token: Any) -> str:
    """Return the words of the clause in which a token stands."""
    head = token
    while (head.head != head and head.dep_ not in _CLAUSES) or (head.dep_ == "conj" and not verbal(head)):
        head = head.head
    skip: set[int] = set()
    for word in head.subtree:
        inner = word != head and word.dep_ in ("conj", "ccomp", "parataxis", "relcl") and verbal(word)
        if inner and token.i not in {each.i for each in word.subtree}:
            skip |= {each.i for each in word.subtree}
    return " ".join(word.text for word in head.subtree if word.i not in skip)
