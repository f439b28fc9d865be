"""An attribution in tokens of its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.evidence.coder.lexicon import Cue

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """An attribution in tokens of its sentence.

    Attributes
    ----------
    source
        Tokens of the source, or ``None``.
    cue
        Tokens of the cue.
    content
        Tokens of the content, in pieces; none where it follows in the next paragraph.
    rule
        The rule that fired.
    word
        The cue as a record of the lexicon, or ``None``.
    """

    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    rule: str
    word: Cue | None
