"""What a reading looked for in vain, and which words stand beside actors in the same documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from foedus.dossiers.proposing import content_words
from foedus.evidence.coder.actors import Cast
from foedus.evidence.coder.sentences import sentences
from foedus.evidence.coder.wordlists import wordset
from foedus.evidence.documents import Document
from foedus.evidence.folding import fold_same_length
from foedus.world import World

_PHRASE = re.compile("[JN]N")
_PLAIN = wordset(
    "minister ministers president government governments country countries state states member members meeting summit "
    "leaders leader official officials statement news agency union spokesman spokesperson time people world region "
    "year years month months week weeks day days foreign prime last next first other many new same"
)
_OWNED = re.compile(r"\b[A-Z][a-z]{2,}(?:'s|s') ([a-z]{3,})\b")
"""What somebody has, which a cue may name: "Australia's bid"."""

_MOST = 6
_LEAST = 2
"""In how many sentences words stand before they are proposed."""


def words_beside_actors(
    documents: Iterable[Document], world: World, known: Sequence[str] = (), *, least: int = _LEAST
) -> list[str]:
    """Return phrases of two words that several sentences with an actor hold, some with whose it is, commonest first.

    Parameters
    ----------
    documents
        What was read.
    world
        Who exists.
    known
        Cues that were sought; a phrase that they hold is left out.
    least
        In how many sentences a phrase stands.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> from foedus.evidence.readers import document_of
    >>> world = read_dossier(packaged_dossiers()["tokyo-office"]).world
    >>> text = b"Spain rejects the fishing quota. Norway wants the fishing quota. The fishing season is open."
    >>> words_beside_actors([document_of("a.txt", text)], world)
    ['fishing quota']
    """
    sought = {frozenset(content_words(name)) for name in known}
    counts: Counter[str] = Counter()
    for document in documents:
        cast = Cast(document.text, world, document.published)
        plain = fold_same_length(document.text)
        for sentence in sentences(plain, [(passage.start, passage.end) for passage in document.passages]):
            if not any(mention.actor for mention in cast.inside_loosely(sentence.starts[0], sentence.ends[-1])):
                continue
            counts.update(_phrases(sentence.letters, sentence.lowers))
            words = plain[sentence.starts[0] : sentence.ends[-1]]
            counts.update({match.group() for match in _OWNED.finditer(words) if match[1] not in _PLAIN})
    kept = [
        phrase
        for phrase, count in counts.most_common()
        if count >= least and frozenset(content_words(phrase)) not in sought
    ]
    return kept[:_MOST]


def _phrases(letters: str, lowers: Sequence[str]) -> set[str]:
    """Return the phrases of two words of one sentence, neither of which is said of everything."""
    phrases = set()
    for at in range(len(letters) - 1):
        pair = lowers[at], lowers[at + 1]
        if _PHRASE.fullmatch(letters[at : at + 2]) and not set(pair) & _PLAIN and all(len(word) > 3 for word in pair):
            phrases.add(" ".join(pair))
    return phrases
