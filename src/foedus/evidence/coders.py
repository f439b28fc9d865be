"""What every coder is: something that reads a document and proposes statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.evidence.coder import CODER, Candidate, propose
from foedus.evidence.coder.candidates import LANGUAGES
from foedus.evidence.coder.concepts import ConceptLike
from foedus.evidence.documents import Document
from foedus.world import World


@dataclass(frozen=True, slots=True)
class Coded:
    """What a coder made of one document.

    Attributes
    ----------
    candidates
        The statements that it proposes.
    refused
        What it proposed and the evidence guard refused, and the sentences that it could not read, in words.
    tokens_in, tokens_out
        What a language model read and wrote for it; 0 for rules.
    from_cache
        Whether the answer was at hand, so that the tokens were paid for before.
    """

    candidates: tuple[Candidate, ...]
    refused: tuple[str, ...] = ()
    tokens_in: int = 0
    tokens_out: int = 0
    from_cache: bool = False


class Coder(Protocol):
    """Reads a document and proposes statements.

    Whatever it proposes passes the evidence guard like every other statement, and nothing that it proposes counts
    before somebody accepts it. A coder that reads few languages names them in an attribute ``languages``, ISO 639-1.
    """

    @property
    def name(self) -> str:
        """How its statements are signed."""
        ...

    @property
    def sends(self) -> bool:
        """Whether what it reads leaves this process, so that text above a marking must be kept from it."""
        ...

    def code(
        self,
        document: Document,
        world: World,
        concepts: Iterable[ConceptLike],
        *,
        on: Day | None = None,
        least: float = 0.0,
    ) -> Coded:
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

        Raises
        ------
        FoedusError
            When it cannot read the document, such as one in another language.
        """
        ...


@dataclass(frozen=True, slots=True)
class RuleCoder:
    """The coder by linguistic rules: offline, the same answer every time.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> from foedus.evidence.readers import document_of
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> document = document_of("note.txt", b"Norway said that the liaison office in Tokyo should open.")
    >>> coded = RuleCoder().code(document, dossier.world, dossier.concepts)
    >>> [(candidate.actor, candidate.concept, candidate.stance) for candidate in coded.candidates]
    [('NOR', 'office', 1)]
    """

    @property
    def name(self) -> str:
        """How its statements are signed."""
        return CODER

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it reads."""
        return LANGUAGES

    @property
    def sends(self) -> bool:
        """Rules read on this machine alone."""
        return False

    def code(
        self,
        document: Document,
        world: World,
        concepts: Iterable[ConceptLike],
        *,
        on: Day | None = None,
        least: float = 0.0,
    ) -> Coded:
        """Propose the statements of a document; see `foedus.evidence.coder.propose`."""
        candidates, failed = propose(document, world, concepts, on=on, least=least)
        return Coded(candidates, failed)


def reads(coder: Coder, language: str) -> bool:
    """Tell whether a coder reads a language; one that names none reads any.

    Examples
    --------
    >>> reads(RuleCoder(), "en"), reads(RuleCoder(), "pl")
    (True, False)
    """
    languages: tuple[str, ...] = getattr(coder, "languages", ())
    return not languages or language in languages


def sends(coder: Coder) -> bool:
    """Tell whether a coder sends what it reads away; one that does not say is taken to."""
    return bool(getattr(coder, "sends", True))


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A coder that was asked for and cannot be used; it codes nothing and says why.

    Attributes
    ----------
    reason
        What is missing, and what to do.
    """

    reason: str
    name: str = "lm"
    sends: bool = False

    def code(
        self,
        document: Document,
        world: World,
        concepts: Iterable[ConceptLike],
        *,
        on: Day | None = None,
        least: float = 0.0,
    ) -> Coded:
        """Refuse to code.

        Raises
        ------
        FoedusError
            Always, with the reason.
        """
        del document, world, concepts, on, least
        raise FoedusError(self.reason)
