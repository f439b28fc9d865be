"""What a statement says, in words that stand in a sentence or a table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from foedus.base.wording import and_, the
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.spoken import counted_members
from foedus.evidence import ABSTENTION, CONSENT, NOT_STATED, OWN_NOTE, Statement

STANCES = {-1: "against", 0: "neither for nor against", 1: "for"}
"""What a stance is in words."""

_BODIES = {"organisation", "institute"}
"""Actors that decide together: what one of their officers says is that person's word."""

_LONGEST = 400
_UNNAMED = {"source", "sources", "official", "officials", "diplomat", "diplomats", "media", "reports"}
"""What is no name of a reporter."""

_DOUBLE = re.compile(r"(\u201c|(?:^|(?<=[\s(\[\u2014]))\"(?=\S))|[\"\u201d]")
"""A double quotation mark, of which the first kind opens."""
_SENTENCE = re.compile(r"(?<=[.!?])[\"\u201d\u2019)]*\s+(?=[\"\u201c\u2018(]*[A-Z\u00c0-\u00de])")
_CONJUNCTION = re.compile(
    r"(?:only )?(if|provided|(?:up)?on (?:the )?condition|as long as|once|when|in case|unless|until)\b(?: that)?\s+",
    re.IGNORECASE,
)
_REFUSAL = {"unless", "until"}
"""Words after which stands what would end what is said; after the others stands what it takes for it."""

_EVENT = re.compile(
    r"\b(?:fail(?:s|ed|ure)?|collaps(?:e|es|ed)|break(?:s|ing)? down|broke(?:n)? down|exhausted|deteriorat(?:e|es|ed)|"
    r"worsen(?:s|ed)?|escalat(?:e|es|ed)|attack(?:s|ed)?|invade(?:s|d)?|invasion|coup|overthrown|killed|massacres?|"
    r"crisis|emergency|last resort|(?:becomes?|proves?) (?:necessary|inevitable|unavoidable|impossible)|in danger|"
    r"no other (?:way|choice|means|option)|nothing else|"
    r"(?:does|do|did|will|would) not (?:comply|step down|back down|give in|yield|respond|relent|withdraw)|"
    r"refus(?:e|es|ed) to|wins? (?:the|an) election|los(?:e|es) (?:the|an) election|public opinion|"
    r"(?:vetoes|vetoed))\b",
    re.IGNORECASE,
)
"""What happens, for the worse or by nobody's leave: it may turn whoever says so, and is nothing to be granted."""


def what_was_said(dossier: Dossier, statement: Statement) -> str:
    """Return a statement in its coder's words, or else who holds what and the source's own words; never its id.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> first = dossier.statements[0]
    >>> what_was_said(dossier, first)
    'France resists the plan for an office, which complicates it'
    >>> what_was_said(dossier, replace(first, paraphrase=""))
    'France is against \u2018NATO should open a liaison office in Tokyo\u2019'
    >>> of_nato = replace(first, paraphrase="", actor="nato", person="Jens Stoltenberg", office="Secretary General")
    >>> what_was_said(dossier, of_nato).partition(" is ")[0]
    'Jens Stoltenberg, Secretary General of the North Atlantic Treaty Organization,'
    """
    if statement.paraphrase.strip():
        return statement.paraphrase.strip().rstrip(".")
    claim = next((concept.text for concept in dossier.concepts if concept.id == statement.concept), statement.concept)
    said = f": {in_marks(statement.quote)}" if statement.quote else ""
    return f"{_speaker(dossier, statement)} {side_of(statement)} \u2018{claim}\u2019{said}"


def _speaker(dossier: Dossier, statement: Statement) -> str:
    """Return who makes a statement: of an organisation the person who is named, as it may have decided nothing."""
    actor = dossier.world.actors.get(statement.actor)
    name = who_holds(dossier, statement)
    if actor is None or actor.kind not in _BODIES or not statement.person or not statement.office:
        return name
    return f"{statement.person}, {statement.office} of {the(name)},"


def side_of(statement: Statement) -> str:
    """Return which side a statement takes on its claim, as a verb that the claim follows.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> statement = read_dossier(packaged_dossiers()["tokyo-office"]).statements[0]
    >>> side_of(statement), side_of(replace(statement, stance=0, signal="abstention"))
    ('is against', 'abstains on')
    >>> side_of(replace(statement, actor="nato-members"))
    'are against'
    """
    several = statement.actor.endswith("-members")
    if statement.signal == ABSTENTION and statement.stance == 0:
        return "abstain on" if several else "abstains on"
    if statement.signal == CONSENT and statement.stance > 0:
        return "do not object to" if several else "does not object to"
    return f"{'are' if several else 'is'} {STANCES[statement.stance]}"


def who_holds(dossier: Dossier, statement: Statement) -> str:
    """Return who takes the side that `side_of` tells: of members at large how many, where the statement tells it.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> first = dossier.statements[0]
    >>> who_holds(dossier, replace(first, actor="nato-members", person="30/31"))
    '30 of the 31 members'
    """
    number = counted_members(statement.person) if statement.actor.endswith("-members") else None
    if number is None:
        return dossier.world.name(statement.actor)
    return f"{number[0]} of the {number[1]} members"


def quoted(words: str, longest: int = _LONGEST) -> str:
    """Return a quotation as it is shown: whole, or, where it is very long, its first whole sentences.

    Nothing is cut inside a sentence, whose end may turn its sense ("... are determined, except Cape Verde").

    Examples
    --------
    >>> quoted("We are for it. We were never against it.", longest=20)
    'We are for it. [...]'
    >>> quoted("All but one are determined to go", longest=20)
    'All but one are determined to go'
    """
    if len(words) <= longest:
        return words
    sentences = _SENTENCE.split(words)
    kept = sentences[0]
    for sentence in sentences[1:]:
        if len(kept) + len(sentence) >= longest:
            return f"{kept} [...]"
        kept = f"{kept} {sentence}"
    return kept


def in_marks(words: str, longest: int = _LONGEST) -> str:
    """Return words between quotation marks, those within them single.

    Examples
    --------
    >>> in_marks('"We will not vote for it," Fico said.')
    '\u201c\u2018We will not vote for it,\u2019 Fico said.\u201d'
    >>> in_marks('"We want this."')
    '\u201cWe want this.\u201d'
    """
    inside = _DOUBLE.sub(lambda match: "\u2018" if match.group(1) else "\u2019", quoted(words, longest))
    if inside[:1] == "\u2018" and inside[-1:] == "\u2019" and not {"\u2018", "\u2019"} & set(inside[1:-1]):
        inside = inside[1:-1]
    return f"\u201c{inside}\u201d"


def under_condition(statement: Statement) -> str:
    """Return the condition of a statement as a clause that may stand in a sentence, its conjunction told once.

    A condition without one is what it takes: a refusal holds unless it is met, any other statement if it is.

    Examples
    --------
    >>> from foedus.dossiers import read_dossier
    >>> said = {statement.id: statement for statement in read_dossier("harbour-compact").statements}
    >>> under_condition(said["hc05"]), under_condition(said["hc09"])
    ('unless shares follow trade', 'if its grain has precedence')
    """
    return clause(statement.condition, "unless" if statement.stance < 0 else "if")


def clause(condition: str, conjunction: str = "if") -> str:
    """Return a condition with its own conjunction, or else with this one.

    Examples
    --------
    >>> clause("Unless there is progress."), clause("shares follow trade"), clause("")
    ('unless there is progress', 'if shares follow trade', '')
    """
    words = condition.strip().rstrip(".")
    match = _CONJUNCTION.match(words)
    if match:
        return f"{match.group().lower()}{words[match.end() :]}"
    return f"{conjunction} {words}" if words else ""


def what_it_asks(statement: Statement) -> str:
    """Return what a statement would have others do before it is for something; blank where it asks for nothing.

    "Against unless X" and "for if X" ask for X; "against if X" and "for unless X" only tell what would turn the speaker
    the other way. Nor is X asked for where it is an event that nobody grants, as in "against unless diplomacy fails".

    Examples
    --------
    >>> from foedus.dossiers import read_dossier
    >>> dossier = read_dossier("nordic-accession")
    >>> sorted({what_it_asks(statement) for statement in dossier.statements if statement.actor == "HUN"} - {""})
    ['the Swedish Prime Minister first comes to Budapest']
    """
    clause = under_condition(statement)
    match = _CONJUNCTION.match(clause)
    if not match or (match.group(1).casefold() in _REFUSAL) != (statement.stance < 0):
        return ""
    asked = clause[match.end() :]
    return "" if _EVENT.search(asked) else asked


def of_whoever(dossier: Dossier, statement: Statement) -> str:
    """Return a statement without the name of who makes it, where its words begin with that: alike for all who do.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> of_whoever(dossier, replace(dossier.statements[0], paraphrase=""))
    'is against \u2018NATO should open a liaison office in Tokyo\u2019'
    """
    words = what_was_said(dossier, statement)
    return words if statement.paraphrase.strip() else words.removeprefix(f"{_speaker(dossier, statement)} ")


def told_together(dossier: Dossier, ids: Iterable[str]) -> list[tuple[tuple[str, ...], str]]:
    """Return statements as who and what, those of the same words told once for all who said them.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> told_together(read_dossier(packaged_dossiers()["nature-law-2024"]), ["nl02-ita", "nl02-swe"])
    [(('Italy', 'Sweden'), 'Stated its intention to vote against')]
    """
    by_words: dict[str, list[Statement]] = {}
    by_id = {statement.id: statement for statement in dossier.statements}
    for id_ in ids:
        by_words.setdefault(of_whoever(dossier, by_id[id_]), []).append(by_id[id_])
    told = []
    for words, same in by_words.items():
        names = tuple(dict.fromkeys(dossier.world.name(statement.actor) for statement in same))
        told.append((names, words if len(names) > 1 else what_was_said(dossier, same[0])))
    return told


def in_a_line(names: tuple[str, ...], words: str, most: int = 4) -> str:
    """Return who said what in a line; a name that the words begin with is not told twice.

    Examples
    --------
    >>> in_a_line(("Italy", "Sweden"), "Would vote against"), in_a_line(("France",), "France resists")
    ('Italy and Sweden: Would vote against', 'France resists')
    >>> in_a_line(("Estonia", "Estonia"), "Signed the letter")
    'Estonia: Signed the letter'
    >>> in_a_line(("Belarus", "France"), "backs Malta")
    'Belarus and France, each: backs Malta'
    """
    names = tuple(dict.fromkeys(names))  # who said the same twice is named once
    if len(names) == 1 and names[0] in words:
        return words
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    who = and_(shown)
    if len(names) > 1 and words[:1].islower():
        who += ", each"  # "backs Malta" was said of one
    return f"{who}: {words}"


def who_said(dossier: Dossier, statement: Statement) -> str:
    """Return who spoke, in what office, and who reports it, as far as it is known.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> who_said(dossier, dossier.statements[0])
    'France, as reported by Gabriel Dominguez'
    """
    person = f"{statement.person}, {statement.office}" if statement.person and statement.office else statement.person
    who = person or statement.office or dossier.world.name(statement.actor)
    if not statement.reporter:
        return who
    nobody = statement.reporter.strip().casefold() in _UNNAMED
    return f"{who}, as reported by {'unnamed sources' if nobody else statement.reporter}"


def where_said(dossier: Dossier, statement: Statement) -> str:
    """Return the outlet and the passage in which a statement stands; a note of one's own goes by its title."""
    source = dossier.sources[statement.source]
    if source.outlet == OWN_NOTE:
        return source.title
    where = source.title if source.outlet in {"", NOT_STATED} else source.outlet
    return f"{where}, {statement.passage}"
