"""What a question and its options suggest: ids, claims that one can be for or against, and words that point to them.

These are proposals for a person to look over, in ``concepts.csv``; nothing is read from anywhere but the words given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from foedus.dossiers.records import Concept

_ASKED = re.compile(
    r"(?i:would|will|should|shall|could|can)\s+"
    r"(?P<subject>(?:[Tt]he\s+)?[A-Z][\w'’.-]*(?:\s+(?:of|and|the|on|for|[A-Z][\w'’.-]*))*)\s+"
    r"(?P<rest>[a-z].*?)\s*\?*"
)
_WHAT = re.compile(
    r"(?:would|will|should|shall|could|can)\s+(?P<subject>[\w'’.\- ]+?)\s+"
    r"(?P<rest>(?:adopt|agree|allow|approve|authoris|authoriz|ban|cut|decide|deploy|extend|fund|give|grant|impose|"
    r"intervene|join|lift|mandate|open|prolong|renew|send|sanction|set up|support|suspend|take|waive|withdraw)\w*\b.*?)"
    r"\s*\?*",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:['’]s|s['’])$")
_ARTICLE = re.compile(r"^(?:an?|the|its|their)\s+", re.IGNORECASE)
_TAIL = re.compile(r"\s+(?:for|until|till|before|by|at|during|after|from|within|when|if)\s.*$", re.IGNORECASE)
_LINKS = re.compile(r"(?:in|on|to|with|against|at|for|from|by)\b", re.IGNORECASE)
_EMPTY = re.compile(r"(?:no|not|nothing|nobody|none|never|without)\b", re.IGNORECASE)
_LESS = {"a", "an", "the", "of", "to", "and", "on", "in", "for", "with", "no", "or", "at", "by", "its", "their"}
_LONGEST_CUE = 6
_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]*")


def slug(words: str, taken: Iterable[str] = (), longest: int = 32) -> str:
    """Return a short id made from words, one that is not taken.

    Examples
    --------
    >>> slug("A liaison office"), slug("Orbán's plan", ["orbans-plan"])
    ('liaison-office', 'orbans-plan-2')
    """
    plain = unicodedata.normalize("NFKD", words.replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    plain = "".join(one for one in plain if not unicodedata.combining(one)).replace("'", "").replace("’", "")
    parts = [one for one in re.split(r"[^A-Za-z0-9]+", plain.casefold()) if one]
    kept = [one for one in parts if one not in _LESS] or parts or ["issue"]
    short = kept[0][:longest]
    for one in kept[1:]:
        if len(short) + 1 + len(one) > longest:
            break
        short += f"-{one}"
    held, found, number = set(taken), short, 2
    while found in held:
        found, number = f"{short}-{number}", number + 1
    return found


def claim_of(question: str) -> str:
    """Return the claim that a question of yes or no asks about; blank for any other question.

    Examples
    --------
    >>> claim_of("Would the Security Council renew the sanctions on Mali?")
    'The Security Council should renew the sanctions on Mali'
    >>> claim_of("Would ASEAN's ministers mention the shoal?")
    "ASEAN's ministers should mention the shoal"
    >>> claim_of("What presence would the Council agree to open?")
    ''
    """
    found = _ASKED.fullmatch(question.strip()) or _WHAT.fullmatch(question.strip())
    if found is None:
        return ""
    subject, rest = found["subject"], found["rest"]
    while _OWNER.search(subject) and " " in rest:  # "ASEAN's | ministers mention" asks about the ministers
        word, rest = rest.split(" ", 1)
        subject = f"{subject} {word}"
    return f"{subject[0].upper()}{subject[1:]} should {rest}"


def cues_of(words: str) -> list[str]:
    """Return phrases that point to what words name, the longest first.

    Examples
    --------
    >>> cues_of("a full embargo on oil")
    ['full embargo on oil', 'full embargo']
    >>> cues_of("sanctions on Mali for a year")
    ['sanctions on Mali for a year', 'sanctions on Mali']
    """
    whole = _ARTICLE.sub("", words.strip().rstrip(".?!"))
    short = _TAIL.sub("", whole)
    head = re.split(r"\s+(?:of|on|to|with|against|over|between)\s", short)[0]
    found = [one for one in (whole, short, head) if one and len(one.split()) <= _LONGEST_CUE]
    kept = [one for one in found if one in {whole, short} or len(one.split()) > 1]
    return list(dict.fromkeys(kept))


def is_nothing(label: str) -> bool:
    """Tell whether an option's label says that nothing is done.

    Examples
    --------
    >>> is_nothing("no office"), is_nothing("a mention")
    (True, False)
    """
    return bool(_EMPTY.match(label.strip()))


def like_names(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the labels that look like names of persons or places, which have no order; none where fewer than two do.

    Examples
    --------
    >>> like_names(["nobody yet", "Mark Rutte", "Klaus Iohannis"])
    ('Mark Rutte', 'Klaus Iohannis')
    >>> like_names(["no office", "liaison officer", "liaison office"])
    ()
    """
    found = []
    for label in labels:
        parts = [one for one in _ARTICLE.sub("", label).split() if one not in {"of", "de", "von", "van", "der", "al"}]
        if parts and all(_NAME.fullmatch(one) for one in parts) and not is_nothing(label):
            found.append(label)
    return tuple(found) if len(found) > 1 else ()


def proposed_concepts(
    issue: str, question: str, options: Sequence[tuple[str, float]], status_quo: str, proposal: str
) -> list[Concept]:
    """Return a claim for each option that changes something, with words that point to it.

    Parameters
    ----------
    issue
        Id of the issue.
    question
        A question of yes or no gives the claim for the proposal.
    options
        Labels and places.
    status_quo, proposal
        Labels of two of them.
    """
    still = dict(options)[status_quo]
    claim = claim_of(question)
    found: list[Concept] = []
    for label, at in options:
        if label == status_quo or is_nothing(label):
            continue
        taken = [one.id for one in found]
        loose = bool(_LINKS.match(label))  # "in full" says something only after the claim
        if claim and (label == proposal or loose):
            asked = claim.split(" should ", 1)[1]
            _, _, thing = asked.partition(" ")
            own = [] if loose else cues_of(label)
            cues = [*own, *cues_of(asked if _LINKS.match(thing) or not thing else thing)]
            sole = sum(not is_nothing(one) and one != status_quo for one, _ in options) == 1
            bare = _bare(label)  # of several steps each is a claim of its own
            words = f"{claim} {label}" if label != proposal else claim if sole or loose else bare
            found.append(_concept(slug(label, taken), words, cues, issue, at, still))
        else:
            found.append(_concept(slug(label, taken), _bare(label), cues_of(label), issue, at, still))
    return found


def _bare(label: str) -> str:
    """Return the claim for an option by itself."""
    return f"The outcome should be \u2018{label}\u2019"


def proposed_names(
    issue: str, question: str, options: Sequence[tuple[str, float]], status_quo: str, proposal: str
) -> list[Concept]:
    """Return a claim for each person or place, as `proposed_concepts` does for steps on a line; a surname is a cue too.

    Examples
    --------
    >>> options = [("nobody", 0.0), ("Ada Lovelace", 100.0)]
    >>> [(one.text, one.cues) for one in proposed_names("who", "Who?", options, "nobody", "Ada Lovelace")]
    [('Ada Lovelace should be chosen', 'Ada Lovelace; Lovelace')]
    """
    del question, proposal
    found: list[Concept] = []
    for label, _ in options:
        if label == status_quo:
            continue
        parts = label.split()
        cues = [label, parts[-1]] if len(parts) > 1 and parts[-1][0].isupper() else [label]
        id_ = slug(label, [one.id for one in found])
        words = f"{label[0].upper()}{label[1:]} should be chosen"
        found.append(Concept(id=id_, text=words, cues="; ".join(cues), issue=issue, option=label))
    return found


def _concept(id_: str, text: str, cues: Sequence[str], issue: str, at: float, still: float) -> Concept:
    words = "; ".join(dict.fromkeys(one for one in cues if one and ";" not in one))
    return Concept(id=id_, text=text, cues=words, issue=issue, at_support=at, at_oppose=still)
