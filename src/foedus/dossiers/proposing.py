"""What a question and its options suggest: ids, claims that one can be for or against, and words that point to them.

These are proposals for a person to look over, in ``concepts.csv``; nothing is read from anywhere but the words given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from foedus.dossiers.acts import VERBS, act_done, act_of, cues_against, cues_alike, cues_for, is_nothing
from foedus.dossiers.records import Concept

_AUXILIARY = r"(?i:would|will|should|shall|could|can)\s+"
_ASKED = re.compile(
    _AUXILIARY + r"(?P<subject>(?:[Tt]he\s+)?[A-Z][\w'’.-]*(?:\s+(?:of|and|the|on|for|[A-Z][\w'’.-]*))*)\s+"
    r"(?P<rest>[a-z].*?)\s*\?*"
)
_PASSIVE = re.compile(_AUXILIARY + r"(?P<subject>[\w'’.\- ]+?)\s+(?P<rest>(?:not\s+)?be\s+[a-z].*?)\s*\?*")
_WHAT = re.compile(
    rf"(?i:{_AUXILIARY}(?P<subject>(?!(?:the|an?)\s+(?:{'|'.join(sorted(VERBS))})\b)[\w'’.\- ]+?)\s+"
    rf"(?P<rest>(?:{'|'.join(sorted([*VERBS, 'set up']))})\b.*?)\s*\?*)"
)
_OWNER = re.compile(r"(?:['’]s|s['’])$")
_MEMBERS = re.compile(
    r"(?:(?:member|foreign|finance|defence|interior|justice|trade|energy|environment|prime|27|other)\s+)*"
    r"(?:states|members|countries|governments|parties|leaders|ministers|ambassadors|deputies|heads\s+of\s+state"
    r"(?:\s+(?:and|or)\s+government)?)\s+(?=[a-z])"
)
"""Who acts for a body named before: "the EU | member states let it pass"."""

_ARTICLE = re.compile(r"^(?:an?|the|its|their)\s+", re.IGNORECASE)
_TAIL = re.compile(r"\s+(?:for|until|till|before|by|at|during|after|from|within|when|if)\s.*$", re.IGNORECASE)
_LINKS = re.compile(r"(?:in|on|to|with|against|at|for|from|by)\b", re.IGNORECASE)
_EMPTY = re.compile(r"(?:no|without)\s+", re.IGNORECASE)
_LESS = {"a", "an", "the", "of", "to", "and", "on", "in", "for", "with", "no", "or", "at", "by", "its", "their"}
_LONGEST_CUE = 6
_LONG_NAME = 4
"""Words from which a name is cut short in speech: 'corporate sustainability due diligence directive'."""

_LAWS = {"directive", "regulation", "act", "bill"}
_TREATIES = {"framework", "agreement", "treaty", "pact", "convention", "protocol", "mechanism", "statute"}
_OWNED = re.compile(r"['\u2019]s?\s+[a-z].*$")
"""What somebody would have, as in "Malta's chairmanship": the name stands before it."""
_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]*")


def slug(words: str, taken: Iterable[str] = (), longest: int = 32) -> str:
    """Return a short id made from words, one that is not taken.

    Examples
    --------
    >>> slug("A liaison office"), slug("Orbán's plan", ["orbans-plan"])
    ('liaison-office', 'orbans-plan-2')
    """
    plain = unicodedata.normalize("NFKD", words.replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("'", "").replace("’", "")
    parts = [word for word in re.split(r"[^A-Za-z0-9]+", plain.casefold()) if word]
    kept = [part for part in parts if part not in _LESS] or parts or ["issue"]
    short = kept[0][:longest]
    for word in kept[1:]:
        if len(short) + 1 + len(word) > longest:
            break
        short += f"-{word}"
    held, candidate, number = set(taken), short, 2
    while candidate in held:
        candidate, number = f"{short}-{number}", number + 1
    return candidate


def claim_of(question: str) -> str:
    """Return the claim that a question of yes or no asks about; blank for any other question.

    Examples
    --------
    >>> claim_of("Would the Security Council renew the sanctions on Mali?")
    'The Security Council should renew the sanctions on Mali'
    >>> claim_of("Would ASEAN's ministers mention the shoal?")
    "ASEAN's ministers should mention the shoal"
    >>> claim_of("Should the mandate of the mission in Moldova be extended?")
    'The mandate of the mission in Moldova should be extended'
    >>> claim_of("What presence would the Council agree to open?")
    ''
    """
    asked = (pattern.fullmatch(question.strip()) for pattern in (_PASSIVE, _ASKED, _WHAT))
    match = next((matched for matched in asked if matched is not None), None)
    if match is None:
        return ""
    subject, rest = match["subject"], match["rest"]
    while _OWNER.search(subject) and " " in rest:  # "ASEAN's | ministers mention" asks about the ministers
        word, rest = rest.split(" ", 1)
        subject = f"{subject} {word}"
    if members := _MEMBERS.match(rest):
        subject, rest = f"{subject} {members[0].strip()}", rest[members.end() :]
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
    phrases = [phrase for phrase in (whole, short, head) if phrase and len(phrase.split()) <= _LONGEST_CUE]
    kept = [phrase for phrase in phrases if phrase in {whole, short} or len(_EMPTY.sub("", phrase).split()) > 1]
    return list(dict.fromkeys(kept))


def _short_forms(name: str) -> list[str]:
    """Return what an act or treaty with a long name is called for short: by its last words, as a law, by its initials.

    Examples
    --------
    >>> _short_forms("corporate sustainability due diligence directive")
    ['due diligence directive', 'due diligence law', 'CSDDD']
    >>> _short_forms("ban the import of Russian gas")
    []
    """
    words = name.split()
    known = words[-1:] and words[-1].casefold() in _LAWS | _TREATIES
    if not known or len(words) < _LONG_NAME or words[0].casefold() in VERBS:
        return []
    if any(word.casefold() in _LESS or not word[:1].isalpha() for word in words):
        return []
    law = [" ".join([*words[-3:-1], "law"])] if words[-1].casefold() in _LAWS else []
    return [" ".join(words[-3:]), *law, "".join(word[0] for word in words).upper()]


def _is_surname(label: str) -> bool:
    """Return whether the last word of a name may stand for it: not where it is what somebody has."""
    return len(label.split()) > 1 and not _OWNED.search(label)


def like_names(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the labels that look like names of persons or places, which have no order; none where fewer than two do.

    Examples
    --------
    >>> like_names(["nobody yet", "Mark Rutte", "Klaus Iohannis"])
    ('Mark Rutte', 'Klaus Iohannis')
    >>> like_names(["no chair", "Malta's chairmanship", "Estonia's chairmanship"])
    ("Malta's chairmanship", "Estonia's chairmanship")
    >>> like_names(["no office", "liaison officer", "liaison office"])
    ()
    """
    names = []
    for label in labels:
        parts = [
            word
            for word in _OWNED.sub("", _ARTICLE.sub("", label)).split()
            if word not in {"of", "de", "von", "van", "der", "al"}
        ]
        if parts and all(_NAME.fullmatch(part) for part in parts) and not is_nothing(label):
            names.append(label)
    return tuple(names) if len(names) > 1 else ()


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
    changes = [label for label, _ in options if label != status_quo and not is_nothing(label)]
    if proposal not in changes and proposal != status_quo:
        changes.append(proposal)  # "no sanctions" is proposed where sanctions hold
    claim = claim_of(question)
    concepts: list[Concept] = []
    for label, at in options:
        if label not in changes:
            continue
        measure = _measure(label) if claim else ""  # "in full" says something only after the claim
        loose = bool(measure)
        asked = bool(claim) and (loose or (label == proposal and _is_asked(label, claim, changes, status_quo)))
        cues = [] if loose else _own_cues(label, opposites=label == proposal)
        cues += [label.split()[-1]] if label in like_names(changes) and _is_surname(label) else []
        if loose and label != proposal:
            plain = [cue for cue in _asked_cues(_without_time(claim), opposites=False) if not cue.startswith("-")]
            cues += [f"{cue} {measure}" for cue in plain[:2]]
        elif asked:
            cues += _asked_cues(claim, opposites=not any(cue.startswith("-") for cue in cues))
        if label == proposal:
            cues += [*cues_alike(label), *(cues_alike(claim.split(" should ", 1)[1]) if asked else [])]
            cues += cues_against(status_quo)
        if loose and label != proposal:
            words = f"{_without_time(claim)} {measure}" if measure.startswith("for ") else f"{claim} {measure}"
        elif asked and (loose or _sole(label, claim, changes)):
            words = claim
        else:
            words = _wanted(label, claim)
        concepts.append(_concept(slug(label, [concept.id for concept in concepts]), words, cues, issue, at, still))
    return concepts


_LASTING = re.compile(
    r"(?:(?:an?|one|two|three|four|five|six|nine|ten|twelve|half an?|\d+)\s+)+(?:more\s+|further\s+)?"
    r"(?:year|month|week|day)s?",
    re.IGNORECASE,
)


def _without_time(claim: str) -> str:
    """Return a claim without how long something is to last, for an option that lasts another time.

    Examples
    --------
    >>> _without_time("The Council should extend the mandate for a year")
    'The Council should extend the mandate'
    """
    start, link, time = claim.rpartition(" for ")
    return start if link and _LASTING.fullmatch(time.strip()) else claim


def _measure(label: str) -> str:
    """Return a label that only says how far or how long as it follows its claim, such as "for a year"; else blank."""
    if _LASTING.fullmatch(label.strip()):
        return f"for {label.strip()}"
    return label if _LINKS.match(label) else ""


_LESS_SAID = _LESS | {"should", "be", "instead", "all"}


def _is_asked(label: str, claim: str, changes: Sequence[str], status_quo: str) -> bool:
    """Tell whether a proposal is what the question asks for: the one step, or nearer to its words than any other."""
    asked, still, own = act_of(claim.split(" should ", 1)[1]), act_of(status_quo), act_of(label)
    if asked and still and still.verb == asked.verb and (own is None or own.verb != asked.verb):
        return False  # "Should they keep it?" asks for the status quo
    if len(changes) == 1:
        return True
    said = content_words(claim)
    shares = {change: len(content_words(change) & said) for change in changes}
    return shares[label] == max(shares.values())


def content_words(words: str) -> set[str]:
    """Return the words that say something, in lower case.

    Examples
    --------
    >>> sorted(content_words("A ceasefire tied to the release of hostages"))
    ['ceasefire', 'hostages', 'release', 'tied']
    """
    return {word for word in re.findall(r"\w+", words.casefold()) if word not in _LESS_SAID}


def _sole(label: str, claim: str, changes: Sequence[str]) -> bool:
    """Tell whether the question's claim is one option's: it is the only step, or alone has the question's verb."""
    if len(changes) == 1:
        return True
    verbs = [act.verb for change in changes if (act := act_of(change))]
    asked, own = act_of(claim.split(" should ", 1)[1]), act_of(label)
    return asked is not None and own is not None and own.verb == asked.verb and verbs.count(own.verb) == 1


def _own_cues(label: str, *, opposites: bool) -> list[str]:
    """Return the cues that an option's own words give."""
    act = act_of(label)
    if act is None:
        return cues_of(label)
    whole = _ARTICLE.sub("", label.strip().rstrip(".?!"))
    return [
        *([whole] if act.things and len(whole.split()) <= _LONGEST_CUE else []),
        *cues_for(act, opposites=opposites),
    ]


def _asked_cues(claim: str, *, opposites: bool) -> list[str]:
    """Return the cues that a question of yes or no gives: an act, or what is to be."""
    subject, _, rest = claim.partition(" should ")
    passive = re.fullmatch(r"be ([a-z]+)\b.*", rest)
    act = act_done(subject, passive[1]) if passive else act_of(rest)
    if passive and act is None:
        return [f"{cue} {passive[1]}" for cue in cues_of(subject)]
    if act is not None and not _LINKS.match(act.thing):
        return cues_for(act, opposites=opposites)
    _, _, thing = rest.partition(" ")
    return cues_of(rest if _LINKS.match(thing) or not thing else thing)


def _wanted(label: str, claim: str) -> str:
    """Return the claim for an option by itself: a step, or a thing of the kind that the question's verb is about.

    Examples
    --------
    >>> _wanted("end the mission", "The EU should extend the mission")
    'The EU should end the mission'
    >>> _wanted("a smaller package", "The EU should adopt the 18th package")
    'The EU should adopt a smaller package'
    >>> _wanted("six months", "The EU should renew the sanctions")
    'Six months should be the outcome'
    """
    subject, _, rest = claim.partition(" should ")
    if claim and act_of(label) and not rest.startswith("be "):
        return f"{subject} should {label}"
    asked = act_of(rest)
    if (
        asked is not None
        and _ARTICLE.match(label)
        and content_words(_ARTICLE.sub("", label)) & content_words(asked.thing)
    ):
        return f"{subject} should {asked.verb} {label}"
    return f"{label[0].upper()}{label[1:]} should be the outcome"


def proposed_names(
    issue: str, question: str, options: Sequence[tuple[str, float]], status_quo: str, proposal: str
) -> list[Concept]:
    """Return a claim for each person or place, as `proposed_concepts` does for steps on a line; a surname is a cue too.

    Examples
    --------
    >>> options = [("nobody", 0.0), ("Ada Lovelace", 100.0)]
    >>> [(name.text, name.cues) for name in proposed_names("who", "Who?", options, "nobody", "Ada Lovelace")]
    [('Ada Lovelace should be chosen', 'Ada Lovelace; Lovelace')]
    """
    del question, proposal
    concepts: list[Concept] = []
    for label, _ in options:
        if label == status_quo:
            continue
        parts = label.split()
        surname = len(parts) > 1 and parts[-1][0].isupper()
        double = [" ".join(parts[-2:])] if surname and len(parts) > 2 and parts[-2][0].isupper() else []
        cues = [label, *double, parts[-1]] if surname else [label]  # 'Kamina | Johnson Smith'
        id_ = slug(label, [concept.id for concept in concepts])
        words = f"{label[0].upper()}{label[1:]} should be chosen"
        concepts.append(Concept(id=id_, text=words, cues="; ".join(cues), issue=issue, option=label))
    return concepts


def _concept(id_: str, text: str, cues: Sequence[str], issue: str, at: float, still: float) -> Concept:
    held: dict[str, str] = {}
    for cue in [*cues, *(short for long in cues for short in _short_forms(long))]:
        if cue and ";" not in cue:
            held.setdefault(" ".join(re.sub(r"\b(?:the|an?)\s+", "", cue).casefold().split()), cue)
    words = "; ".join(held.values())
    return Concept(id=id_, text=text, cues=words, issue=issue, at_support=at, at_oppose=still)
