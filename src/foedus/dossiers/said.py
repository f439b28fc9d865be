"""What a statement says, in words that stand in a sentence or a table."""

from __future__ import annotations

from foedus.dossiers.dossier import Dossier
from foedus.evidence import Statement

_STANCES = {-1: "is against", 0: "is neither for nor against", 1: "is for"}
_LONGEST = 240


def what_was_said(dossier: Dossier, statement: Statement) -> str:
    """Return a statement in its coder's words, or else in its own, or else who takes which stance; never its id.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> first = dossier.statements[0]
    >>> what_was_said(dossier, first)
    'France resists the plan for an office, which complicates it'
    >>> what_was_said(dossier, replace(first, paraphrase="", quote="Paris resists"))
    '"Paris resists"'
    >>> what_was_said(dossier, replace(first, paraphrase="", quote=""))
    'France is against: NATO should open a liaison office in Tokyo'
    """
    if statement.paraphrase.strip():
        return statement.paraphrase.strip().rstrip(".")
    if statement.quote.strip():
        words = " ".join(statement.quote.split())
        return f'"{words}"' if len(words) <= _LONGEST else f'"{words[: _LONGEST - 2].rsplit(" ", 1)[0]} ..."'
    claim = next((one.text for one in dossier.concepts if one.id == statement.concept), statement.concept)
    return f"{dossier.world.name(statement.actor)} {_STANCES[statement.stance]}: {claim}"


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
