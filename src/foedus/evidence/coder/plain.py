"""A text as rules and parser read it: of the same length, without what leads a parser astray."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.evidence.coder.actors import Cast, Mention
from foedus.evidence.coder.holders import BODY
from foedus.evidence.coder.naming import Naming
from foedus.evidence.coder.prose import as_prose
from foedus.evidence.coder.sentences import Sentence
from foedus.evidence.coder.voice import SUBJECT, leaves_out_body
from foedus.evidence.folding import fold_same_length

_ABBREVIATION = re.compile(r"(?<=\w) \([A-Z][A-Za-z.&-]{1,7}\)")
_LETTERS = re.compile(r"[A-Za-z][A-Za-z.'-]{2,30}")
_ACCORDING = re.compile(r"(?:^|, )[Aa]ccording to [^,.;:\"]{3,60}, ?(?= )")
"""Whose word it is, where nobody is named: the parser takes the subject after it for its apposition."""

_HEADLINE, _CAPITALS = 4, 0.75
"""A headline has at least so many words, and so many of them begin with a capital."""


class PlainText:
    """The words of a document for the rules and for the parser.

    Parameters
    ----------
    marked
        Its text with plain quotation marks.
    cast, naming
        The actors in it, and what tells a word that names one.
    voices
        For whom each of its passages speaks.

    Attributes
    ----------
    words
        The words for the rules, in the places where the document has them.
    """

    def __init__(self, marked: str, cast: Cast, naming: Naming, voices: Sequence[tuple[Mention, ...]]) -> None:
        self.cast, self.naming, self.voices = cast, naming, voices
        prose = as_prose(fold_same_length(marked).replace("\n", " "), marked)
        self.words = _ABBREVIATION.sub(self._without_abbreviation, prose)

    def _without_abbreviation(self, match: re.Match[str]) -> str:
        """Return blanks for an abbreviation in brackets; a state in them says for whom somebody speaks."""
        inside = self.cast.inside_loosely(match.start() + 2, match.end() - 1)
        return match.group() if inside and not match.group()[3].isupper() else " " * len(match.group())

    def lead(self, sentence: Sentence) -> str:
        """Return the subject that the parser is given before an item that leaves its body out, or nothing."""
        voice = self.voices[sentence.paragraph]
        first = sentence.starts[0]
        adopted = any(mention.how == BODY for mention in voice) and first >= len(SUBJECT)
        return SUBJECT if adopted and leaves_out_body(self.words[first : sentence.ends[-1]]) else ""

    def for_parser(self, sentence: Sentence) -> str:
        """Return a sentence for the parser, without 'according to sources' between its subject and its verb."""
        lead = self.lead(sentence)
        if lead:
            verb, *rest = self.words[sentence.starts[0] : sentence.ends[-1]].split(" ", 1)
            return " ".join([lead + verb.lower(), *rest])
        words, start = self._decapitalised(sentence), sentence.starts[0]
        for match in _ACCORDING.finditer(words):
            if not self.cast.inside_loosely(start + match.start(), start + match.end()):
                words = words[: match.start()] + " " * len(match.group()) + words[match.end() :]
        return words

    def _decapitalised(self, sentence: Sentence) -> str:
        """Return a sentence for the parser; of a headline in capitals the words that are no names in small letters."""
        start, end = sentence.starts[0], sentence.ends[-1]
        words = self.words[start:end]
        words_found = list(_LETTERS.finditer(words))
        capital = sum(match.group()[0].isupper() for match in words_found)
        ended = words.rstrip(" \"'").endswith((".", "!", ";", ","))
        if ended or len(words_found) < _HEADLINE or capital < _CAPITALS * len(words_found):
            return words
        named = self.cast.inside_loosely(start, end)
        letters = list(words)
        for match in words_found[1:]:
            inside = any(each.start < start + match.end() and start + match.start() < each.end for each in named)
            if not inside and match.group()[1:].islower() and not self.naming.kind_of(match.group()):
                letters[match.start()] = letters[match.start()].lower()
        return "".join(letters)
