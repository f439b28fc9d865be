"""What a noun says of who holds a stance: an office, a government, a group, an observer, anybody."""

from __future__ import annotations

from typing import Any

from foedus.evidence.coder.wordlists import wordset

FIRST = wordset("i we me us my our ours ourselves")
THIRD = wordset("he she it they his her its their him them himself herself itself themselves")
ANYBODY = wordset(
    "those whoever anyone anybody everyone everybody nobody none somebody someone others one whoever "
    "nothing something all"
)
STATE = wordset(
    "government governments minister ministers ministry president premier chancellor king queen "
    "emperor crown envoy ambassador ambassadors delegation "
    "diplomat diplomats diplomacy official officials spokesperson spokesman spokeswoman cabinet "
    "leader leaders leadership secretary negotiator negotiators "
    "junta regime rulers representative representatives chief administration coalition palace chancellery delegate "
    "delegates pm fm side capital authorities office "
    "commissioner team policy position stance coalition foreign colleague counterpart taoiseach "
    "successor predecessor department kremlin presidency people public state country nation "
    "general republic kingdom undersecretary voters vote embassy mission"
)
OFFICES_OF_BODIES = wordset(
    "secretary president commission spokesperson spokesman spokeswoman chief representative "
    "leadership council summit communique declaration statement high chair chairman chairwoman "
    "general commissioner"
)
OBSERVERS = wordset(
    "scholar scholars researcher researchers expert experts analyst analysts professor fellow "
    "academic academics historian journalist reporter author "
    "columnist commentator observer observers lobbyist activist businessman businesswoman student "
    "students newspaper daily paper agency institute "
    "think-tank university party parties lawmaker mp deputy deputies lawmakers senator economist "
    "lecturer editor correspondent teacher pilot union"
)
COUNTRY = wordset(
    "organisation organization alliance league bloc union body commission coalition country "
    "government nation capital kingdom republic ministry cabinet administration side delegation "
    "people state island voters"
)
_DECIDERS = wordset("leader minister member ambassador envoy delegate state head president government")
GROUP = wordset(
    "ally allies member members state states government governments country countries capital "
    "capitals partner partners nation nations delegation delegations minister ministers leader "
    "leaders participant"
)
_FIELDS = wordset(
    "foreign finance energy environment trade interior defence defense transport health justice prime member all "
    "agriculture fisheries climate"
)
_PRESENT = wordset("present current new incumbent successor incoming")
_WHOLE = wordset("all none nobody everyone everybody others one")


def as_one(group: Any) -> bool:
    """Tell whether a plural speaks of a body's members as a whole: 'the foreign | ministers', not 'some ministers'."""
    if group.tag_ not in ("NNS", "NNPS") or group.lemma_.lower() not in _DECIDERS:
        return False
    plain = _FIELDS | {"the", "its", "bloc", "union"}
    return all(
        child.is_punct
        or child.lower_ in plain
        or (child.dep_ == "prep" and (child.lower_ in ("at", "in", "without") or of_state(child)))
        for child in group.children
    )


def of_state(preposition: Any) -> bool:
    """Tell whether a phrase only fills up an office: 'the heads | of state and government'."""
    inner = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    return preposition.lower_ == "of" and inner is not None and inner.lower_ in ("state", "government")


def ratifies(token: Any) -> bool:
    """Tell whether a parliament does what binds its state: 'the Turkish | parliament ratified'."""
    return token.lower_ in ("parliament", "legislature") and token.head.lemma_ in ("ratify", "approve", "adopt", "pass")


def official(token: Any) -> bool:
    """Tell whether a noun is an office or a government."""
    return token.lower_ in STATE or token.lemma_.lower() in STATE or token.lower_.endswith(("minister", "secretary"))


def kind_of_holder(token: Any) -> str:
    """Return what a noun phrase is that names no actor."""
    lemma, children = token.lemma_.lower(), list(token.children)
    if token.lower_ in ANYBODY:
        if token.lower_ == "one" and any(child.lower_ in _PRESENT for child in children):
            return "pronoun"  # 'the present | one' after 'Spain's government'
        return "group" if token.lower_ in _WHOLE else "anybody"
    pointed = any(child.dep_ == "poss" and child.lower_ in THIRD for child in children)
    definite = any(child.dep_ == "det" and child.lower_ in ("the", "this") for child in children)
    plain = not any(child.dep_ in ("prep", "amod", "compound") and child.lower_ not in _PRESENT for child in children)
    observed = any(node.lower_ in OBSERVERS for node in [token, *children])
    own = pointed and lemma in STATE and token.tag_ in ("NN", "NNP") and not observed  # 'its foreign minister'
    if own or (lemma in COUNTRY and (pointed or definite) and plain):
        return "pronoun"
    if observed:
        return "observer"
    heads = token.lower_ == "heads" and any(map(of_state, children))
    if lemma in GROUP or token.lower_ in GROUP or token.lower_ == "rest" or heads:
        return "group"
    return "pronoun" if pointed and lemma in STATE else "other"
