"""The texts of a dossier's sources: where they are stored, and reading them back."""

from __future__ import annotations

import functools
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from foedus.base.errors import FoedusError, refuse
from foedus.base.files import read_bytes, write_atomically
from foedus.dossiers.places import DOCUMENTS, misplaced
from foedus.evidence import Source
from foedus.evidence.documents import Document

_LONGEST_ID = 40
_PLAIN = (".txt", ".text")
_AT_HAND = 8
"""Documents that are kept as read; a changed file has other bytes, and is read anew."""


def short_id(name: str, sha256: str, taken: Iterable[str]) -> str:
    """Return an id for a source, made from its file's name; where that is taken, from its bytes as well.

    Parameters
    ----------
    name
        The file's name without its end.
    sha256
        Of the bytes.
    taken
        Ids of other sources, in lower case.

    Examples
    --------
    >>> short_id("Café note (2)", "ab" * 32, [])
    'Cafe-note-2'
    >>> short_id("note", "ab" * 32, ["note"])
    'note-abababab'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9_.]+", "-", plain).strip("-_.")[:_LONGEST_ID].strip("-_.")
    slug = slug or f"d{sha256[:12]}"
    return f"{slug}-{sha256[:8]}" if slug.lower() in taken else slug


def text_file(file: str) -> str:
    """Return the file beside a stored document that holds its text, for formats that are no plain text."""
    return f"{file}.txt"


def store(folder: Path, file: str, data: bytes, document: Document) -> None:
    """Store a document in ``documents/``: its bytes, and beside them its text where that is something else.

    Parameters
    ----------
    folder
        The dossier's folder.
    file
        The name in ``documents/``.
    data
        The bytes.
    document
        As read from them.

    Raises
    ------
    InputError
        When they cannot be written.
    """
    place = folder / DOCUMENTS / file
    for path in (place, folder / DOCUMENTS / text_file(file)):
        if os.path.lexists(path) and (wrong := misplaced(folder / DOCUMENTS, path)):
            raise refuse(str(path), f"cannot be written: {wrong}")
    if not place.is_file() or place.read_bytes() != data:
        write_atomically(place, data)
    text = document.text.encode("utf-8", "surrogatepass")
    if Path(file).suffix.lower() not in _PLAIN or text != data:
        write_atomically(folder / DOCUMENTS / text_file(file), text)


def stored_document(folder: Path, source: Source) -> Document | None:
    """Return a source's document as it was stored, or ``None`` where the dossier does not have its text.

    Parameters
    ----------
    folder
        The dossier's folder.
    source
        A row of ``sources.csv``.

    Raises
    ------
    InputError
        When the stored file can no longer be read.
    """
    if not source.file:
        return None
    place = folder / DOCUMENTS / source.file
    text = folder / DOCUMENTS / text_file(source.file)
    if not (text.is_file() or place.is_file()):
        return None
    try:
        if text.is_file():
            return _read_again(text.name, read_bytes(text), stored=True)
        return _read_again(source.file, read_bytes(place), stored=place.suffix.lower() in _PLAIN)
    except (ValueError, RecursionError) as error:
        raise refuse(str(place), str(error)) from None


@functools.lru_cache(maxsize=_AT_HAND)
def _read_again(name: str, data: bytes, *, stored: bool) -> Document:
    """Read what a dossier stores; the latest few are at hand, since each decision on a long text asks for it again."""
    from foedus.evidence.readers import document_of, read_stored  # noqa: PLC0415 - slow to load, and many dossiers store no text

    return read_stored(name, data) if stored else document_of(name, data)


def stored_documents(folder: Path, sources: Iterable[Source]) -> dict[str, Document]:
    """Return the documents that a dossier has, by the source's id; what the evidence guard compares with.

    Raises
    ------
    FoedusError
        When a stored file can no longer be read.

    Examples
    --------
    >>> stored_documents(Path("no-such-folder"), [])
    {}
    """
    documents: dict[str, Document] = {}
    for source in sources:
        document = stored_document(folder, source)
        if document is not None:
            documents[source.id] = document
    return documents


def inside(folder: Path, path: Path) -> str:
    """Return where a file stands inside a dossier's ``documents/``, or empty text where it does not."""
    home = (folder / DOCUMENTS).resolve()
    try:
        place = path.resolve()
    except (OSError, RuntimeError):
        raise FoedusError(f"{path}: its links loop") from None
    return place.relative_to(home).as_posix() if place.is_relative_to(home) else ""
