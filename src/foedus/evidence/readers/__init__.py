"""Reading documents: one reader a format, folders and archives of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.base.hashes import sha256
from foedus.evidence.documents import Document, Passage, Refusal, paragraph_spans, passage_id
from foedus.evidence.furniture import furniture_of
from foedus.evidence.languages import language_of
from foedus.evidence.readers import limits
from foedus.evidence.readers.apart import read_apart
from foedus.evidence.readers.finding import Entry, PassedOver, find_entries
from foedus.evidence.readers.formats import APART, ARCHIVE, FORMATS
from foedus.evidence.readers.headers import author_of, day_of, outlet_of, title_of
from foedus.evidence.readers.raw import Raw

__all__ = ["FORMATS", "Entry", "PassedOver", "document_of", "find_entries", "read_documents", "read_entry"]


def read_documents(paths: Iterable[Path | str]) -> Iterator[Document | Refusal]:
    """Read files, folders and zip archives, one document after another.

    Whatever cannot be read is given as a `Refusal` with its name and the rest goes on. The same bytes are given
    once, however often they occur. Folders are walked in the order of names; files of other formats in them are
    passed over, as are hidden ones.

    Parameters
    ----------
    paths
        Files, folders, archives.

    Yields
    ------
    Document or Refusal
        In the order of the paths.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("The ministers met and said that the office is not planned.")
    >>> _ = (folder / "b.pdf").write_bytes(b"no PDF")
    >>> [type(one).__name__ for one in read_documents([folder])]
    ['Document', 'Refusal']
    """
    seen: set[str] = set()
    for found in find_entries(paths):
        if isinstance(found, PassedOver):
            continue
        one = read_entry(found) if isinstance(found, Entry) else found
        if isinstance(one, Document):
            if one.sha256 in seen:
                continue
            seen.add(one.sha256)
        yield one


def read_entry(entry: Entry) -> Document | Refusal:
    """Read one file or one member of an archive; whatever is wrong with it becomes a `Refusal`."""
    try:
        return document_of(entry.name, entry.bytes())
    except (FoedusError, ValueError, RecursionError, MemoryError) as error:
        return Refusal(entry.name, str(error) or f"cannot be read ({type(error).__name__})")


def document_of(name: str, data: bytes) -> Document:
    """Read one file from its bytes.

    Parameters
    ----------
    name
        The file's name, whose end tells the format.
    data
        Its bytes.

    Raises
    ------
    ValueError
        When it cannot be read; the message says why.

    Examples
    --------
    >>> document_of("note.txt", b"Sweden wants the office, said its minister.").passages[0].place
    'p1'
    """
    if len(data) > limits.LARGEST_FILE:
        raise ValueError(f"has {len(data) / 2**20:,.0f} MB; at most {limits.LARGEST_FILE / 2**20:,.0f} MB are read")
    suffix = Path(name).suffix.lower()
    if suffix not in FORMATS:
        raise ValueError(f"is of no format that is read; read are {', '.join(sorted(FORMATS))} and {ARCHIVE}")
    raw = read_apart(suffix, data) if suffix in APART else FORMATS[suffix](data)
    if not raw.text.strip():
        raise ValueError("holds no text")
    raw = _clean(raw, plain=name.lower().endswith((".txt", ".text")))
    if not raw.text.strip():
        raise ValueError("holds no text")
    limits.check_lines(raw.text)
    spans = list(paragraph_spans(raw.text))
    lines = [raw.text[start:end] for start, end in spans]
    kinds = furniture_of(lines)
    digest = sha256(data)
    title = raw.title or title_of(lines)
    author = raw.author or author_of(lines)
    kinds = _mark_head(lines, kinds, title)
    passages = tuple(
        Passage(number, passage_id(line), start, end, kind)
        for number, ((start, end), line, kind) in enumerate(zip(spans, lines, kinds, strict=True), start=1)
    )
    body = "\n".join(line for line, kind in zip(lines, kinds, strict=True) if not kind)
    return Document(
        id=f"d{digest[:12]}",
        name=name,
        text=raw.text,
        title=title,
        author=author,
        published=raw.published or day_of(lines),
        outlet=raw.outlet or outlet_of(lines),
        language=language_of(body or raw.text),
        sha256=digest,
        passages=passages,
    )


_LINE_ENDS = dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_CONTROL = dict.fromkeys(one for one in (*range(32), *range(127, 160)) if one not in (9, 10, 13))


def _clean(raw: Raw, *, plain: bool) -> Raw:
    """Take control characters out; they break tables, journals and pages. Other line ends become plain ones.

    A plain text keeps its length, so that offsets in the file that is stored stay right.
    """
    text = raw.text.translate(_LINE_ENDS)
    text = text.translate(dict.fromkeys(_CONTROL, " ") if plain else _CONTROL)
    facts = (_line(one) for one in (raw.title, raw.author, raw.outlet))
    title, author, outlet = facts
    return Raw(text, title, author, raw.published, outlet)


def _line(words: str) -> str:
    return " ".join(words.translate(_LINE_ENDS).translate(_CONTROL).split())


def _mark_head(lines: list[str], kinds: list[str], title: str) -> list[str]:
    """Set title and byline apart: they name the article and state nothing."""
    marked = list(kinds)
    if len(lines) < 2:
        return marked  # a line by itself is the text
    for place, line in enumerate(lines[:4]):
        text = line.strip()
        if title and text == title.strip():
            marked[place] = marked[place] or "title"
        elif text.startswith(("By ", "by ")) and len(text.split()) < 14 and text[-1:] not in ".!?":
            marked[place] = marked[place] or "byline"
    return marked
