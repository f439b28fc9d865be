"""From a document to candidate statements: who takes which stance on what, with the passage that says so."""

from __future__ import annotations

from collections.abc import Iterable

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.evidence.coder.candidate import Candidate
from foedus.evidence.coder.coding import Coding
from foedus.evidence.coder.concepts import ConceptLike
from foedus.evidence.documents import Document
from foedus.evidence.languages import NAMES
from foedus.world import World

LANGUAGES = ("en",)
"""Languages that it reads."""


def code(
    document: Document,
    world: World,
    concepts: Iterable[ConceptLike],
    *,
    on: Day | None = None,
    least: float = 0.0,
) -> tuple[Candidate, ...]:
    """Propose the statements of a document.

    Parameters
    ----------
    document
        As read by `read_documents`.
    world
        Who exists.
    concepts
        The claims to look for.
    on
        The day on which the document was published, where it does not say so itself.
    least
        Certainty below which a candidate is left out.

    Returns
    -------
    tuple
        One `Candidate` for each actor, concept and passage, in the order of the text.

    Raises
    ------
    FoedusError
        When the document is in a language that this coder cannot read, or the parser is not installed.
    """
    return propose(document, world, concepts, on=on, least=least)[0]


def propose(
    document: Document,
    world: World,
    concepts: Iterable[ConceptLike],
    *,
    on: Day | None = None,
    least: float = 0.0,
) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
    """Propose the statements of a document, and tell which sentences were passed over.

    Parameters
    ----------
    document, world, concepts, on, least
        As for `code`.

    Returns
    -------
    tuple
        The candidates, and a line for each sentence on which a rule broke off; the others are coded all the same.

    Raises
    ------
    FoedusError
        As `code`.
    """
    if document.language not in LANGUAGES:
        name = NAMES.get(document.language, document.language)
        raise FoedusError(f"{document.name}: the text is in {name}, which the rule coder cannot read; it reads English")
    coding = Coding(document, world, concepts, on or document.published)
    return tuple(candidate for candidate in coding.run() if candidate.certainty >= least), tuple(coding.failed.values())
