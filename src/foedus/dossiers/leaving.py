"""Candidates who have left a race by what a source says, while the dossier still has them on the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.texts import stored_documents
from foedus.issues import Issue

_KEPT = "objection|opposition|support|backing|veto|threat|endorsement|reservation|troops|from (?:the )?(?:talks|treaty)"
_RACE = r"(?:the (?:race|contest)|(?:his|her|their|its) (?:own )?(?:candidacy|candidature|bid|campaign|name))"
_LEAVES = re.compile(
    rf"\bwithdr(?:ew|awn|aws|aw|awal)\b(?!\W+(?:\w+\W+){{0,2}}(?:{_KEPT}))"
    rf"|\b(?:bow(?:ed|s)?|dropp?(?:ed|s)?|pull(?:ed|s)?) out\b"
    rf"|\bste(?:p|ps|pped) (?:aside|back)\b|\bst(?:and|ands|ood) (?:aside|down)\b"
    rf"|\b(?:quit|quits|left|leaves|abandon(?:ed|s)?|end(?:ed|s)?|gave up|gives up|suspend(?:ed|s)?) {_RACE}",
    re.IGNORECASE,
)
_BID = r"(?:his|her|their|its) (?:[\w-]+ ){0,2}(?:candidacy|candidature|candidate|bid|campaign|offer)"
_DROPS = re.compile(
    rf"\b(?:withdr(?:ew|awn|aws)|abandon(?:ed|s)|dropp?(?:ed|s)|gave up|gives up|given up|ended|suspended) {_BID}\b"
    r"|\b(?:drops|withdraws|abandons|ends) (?:[\w-]+ ){0,3}bid\b",
    re.IGNORECASE,
)
"""What is said of a state or a party that gives up what it stood for."""

_SPONSOR = re.compile(r"([A-Z][\w. -]*?)['\u2019]s? (?:own )?(?:bid|candidacy|candidature|candidate|offer)\b")
"""A cue that names whose bid an option is, such as ``Italy's bid``."""

_NOT = re.compile(
    r"\b(?:not|never|no|refus\w+|declin\w+|den(?:y|ies|ied)|rul(?:e|es|ed) out|without|if|unless|would|could|might|may)"
    r"\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?\u201d])\s+(?=[\u201c\"A-Z])|\n+")
_NEAR = 110
"""How many characters before the verb, or after it, a candidate's name may stand."""
_PART = 3


@dataclass(frozen=True, slots=True)
class Leaving:
    """One sentence by which a candidate has left, or is asked to leave.

    Attributes
    ----------
    option
        The label.
    words
        The sentence.
    title
        Of its source.
    day
        When it became known; None where that is not known.
    """

    option: str
    words: str
    title: str
    day: Day | None


def leaving(dossier: Dossier, issue: Issue, as_of: Day) -> tuple[Leaving, ...]:
    """Return for each option on the table the last sentence known by a day that speaks of its withdrawal.

    Documents are searched whole, statements whatever was decided on them. An option with a day ``until`` is left out.

    Parameters
    ----------
    dossier, issue, as_of
        An issue whose options have no order, and the day of knowledge.
    """
    names = {option.label: _parts(issue, option.label) for option in issue.options if option.label != issue.status_quo}
    open_ = {option.label for option in issue.options if option.until is None and option.on_the_table(as_of)}
    sponsors = _sponsors(dossier, issue)
    departures: dict[str, Leaving] = {}
    for words, title, day in _sentences(dossier, issue, as_of):
        label = who_leaves(words, names) or whose_bid_is_dropped(words, sponsors)
        before = departures.get(label)
        if label in open_ and (before is None or (day or as_of) > (before.day or as_of)):
            departures[label] = Leaving(label, words, title, day)
    return tuple(departures[option.label] for option in issue.options if option.label in departures)


def who_leaves(sentence: str, names: dict[str, tuple[str, ...]]) -> str:
    """Return the candidate whose withdrawal a sentence tells of, or asks for; empty for none.

    Parameters
    ----------
    sentence
        Its words.
    names
        By label: the words by which each candidate is known.

    Examples
    --------
    >>> names = {"Ada Low": ("Ada", "Low"), "Ben High": ("Ben", "High")}
    >>> who_leaves("Ben High withdrew his candidacy, clearing the way for Ada Low.", names)
    'Ben High'
    >>> who_leaves("Norway called on Low to withdraw.", names), who_leaves("High would not step aside.", names)
    ('Ada Low', '')
    >>> who_leaves("Hungary withdrew its objection to Low.", names)
    ''
    """
    for verb in _LEAVES.finditer(sentence):
        begin = max(0, verb.start() - _NEAR)
        before, after = sentence[begin : verb.start()], sentence[verb.end() : verb.end() + _NEAR]
        if near := _named_before(before, names):
            return near
        of = re.match(r"\W+of(?:\W+[\w-]+){1,5}", after)
        named = [label for label, parts in names.items() if of and _last(of.group(0), parts) >= 0]
        if verb.group(0).casefold() == "withdrawal" and named and not _NOT.search(before):
            return named[0]
    return ""


def whose_bid_is_dropped(sentence: str, sponsors: dict[str, tuple[str, ...]]) -> str:
    """Return the option whose sponsor gives up its bid by a sentence; empty for none.

    Parameters
    ----------
    sentence
        Its words.
    sponsors
        By label: the names of those whose bid the option is.

    Examples
    --------
    >>> sponsors = {"Lisbon": ("Portugal",), "Vienna": ("Austria",)}
    >>> whose_bid_is_dropped("The fair goes to Vienna after Portugal abandoned its bid to host it.", sponsors)
    'Lisbon'
    >>> whose_bid_is_dropped("Portugal has not dropped its bid.", sponsors)
    ''
    """
    for verb in _DROPS.finditer(sentence):
        before = sentence[max(0, verb.start() - _NEAR) : verb.start()]
        if near := _named_before(before, sponsors):
            return near
    return ""


def _named_before(before: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """Return which of some names stands last before a verb that is not denied after it; empty where none does."""
    near = [(at, label) for label, parts in names.items() if (at := _last(before, parts)) >= 0]
    return max(near)[1] if near and not _NOT.search(before[max(near)[0] :]) else ""


def _sponsors(dossier: Dossier, issue: Issue) -> dict[str, tuple[str, ...]]:
    """Return whose bid each option is by the cues of its claims; a name that stands for several options is left out."""
    names_by_option = {
        option.label: {
            match.group(1)
            for claim in dossier.concepts
            if claim.issue == issue.id and claim.option == option.label
            for cue in claim.cues.split(";")
            if (match := _SPONSOR.fullmatch(cue.strip()))
        }
        for option in issue.options
        if option.label != issue.status_quo
    }
    return {
        label: tuple(sorted(name for name in names if sum(name in other for other in names_by_option.values()) == 1))
        for label, names in names_by_option.items()
    }


def _last(text: str, parts: tuple[str, ...]) -> int:
    """Return where the last of a candidate's names begins in a text; -1 where there is none."""
    return max((m.start() for part in parts for m in re.finditer(rf"\b{re.escape(part)}\b", text)), default=-1)


def _parts(issue: Issue, label: str) -> tuple[str, ...]:
    """Return the words of a label that no other option has and that begin with a capital."""
    others = {word for option in issue.options if option.label != label for word in option.label.split()}
    return tuple(word for word in label.split() if len(word) >= _PART and word[0].isupper() and word not in others)


def _sentences(dossier: Dossier, issue: Issue, as_of: Day) -> Iterator[tuple[str, str, Day | None]]:
    sources = [text_source for text_source in dossier.sources.values() if text_source.known <= as_of]
    for id_, document in stored_documents(dossier.folder, sources).items():
        source = dossier.sources[id_]
        for words in _SENTENCE.split(document.text):
            yield words.strip().removeprefix("Title: "), source.title, source.known
    about = {concept.id for concept in dossier.concepts if concept.issue == issue.id}
    for statement in dossier.statements:
        if statement.concept in about and dossier.known_on(statement) <= as_of:
            for words in (statement.quote, statement.paraphrase):
                yield words, dossier.sources[statement.source].title, dossier.known_on(statement)
