"""What a statement says, in words that stand in a sentence or a table."""

from __future__ import annotations

from collections.abc import Iterable

from foedus.dossiers.dossier import Dossier
from foedus.evidence import OWN_NOTE, Statement

_STANCES = {-1: "against", 0: "neither for nor against", 1: "for"}
_LONGEST = 120


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
    'France against NATO should open a liaison office in Tokyo'
    """
    if statement.paraphrase.strip():
        return statement.paraphrase.strip().rstrip(".")
    claim = next((one.text for one in dossier.concepts if one.id == statement.concept), statement.concept)
    quote = statement.quote if len(statement.quote) <= _LONGEST else f"{statement.quote[: _LONGEST - 3]}..."
    said = f": \u201c{quote}\u201d" if quote else ""
    return f"{dossier.world.name(statement.actor)} {_STANCES[statement.stance]} {claim}{said}"


def told_together(dossier: Dossier, ids: Iterable[str]) -> list[tuple[tuple[str, ...], str]]:
    """Return statements as who and what, those of the same words told once for all who said them.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> told_together(read_dossier(packaged_dossiers()["nature-law-2024"]), ["nl02-ita", "nl02-swe"])
    [(('Italy', 'Sweden'), 'Stated its intention to vote against')]
    """
    found: dict[str, list[str]] = {}
    by_id = {one.id: one for one in dossier.statements}
    for id_ in ids:
        statement = by_id[id_]
        found.setdefault(what_was_said(dossier, statement), []).append(dossier.world.name(statement.actor))
    return [(tuple(dict.fromkeys(names)), words) for words, names in found.items()]


def in_a_line(names: tuple[str, ...], words: str, most: int = 4) -> str:
    """Return who said what in a line; a name that the words begin with is not told twice.

    Examples
    --------
    >>> in_a_line(("Italy", "Sweden"), "Would vote against"), in_a_line(("France",), "France resists")
    ('Italy and Sweden: Would vote against', 'France resists')
    >>> in_a_line(("Estonia", "Estonia"), "Signed the letter")
    'Estonia: Signed the letter'
    """
    names = tuple(dict.fromkeys(names))  # who said the same twice is named once
    if len(names) == 1 and names[0] in words:
        return words
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    who = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
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
    return f"{who}, as reported by {statement.reporter}" if statement.reporter else who


def where_said(dossier: Dossier, statement: Statement) -> str:
    """Return the outlet and the passage in which a statement stands; a note of one's own goes by its title."""
    source = dossier.sources[statement.source]
    if source.outlet == OWN_NOTE:
        return source.title
    return f"{source.outlet or source.title}, {statement.passage}"
