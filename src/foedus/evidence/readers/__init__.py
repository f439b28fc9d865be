"""Reading documents: one reader a format, folders and archives of these."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from foedus.base.characters import RANGES
from foedus.base.errors import FoedusError
from foedus.base.hashes import sha256
from foedus.evidence.documents import Document, Passage, Refusal, paragraph_spans, passage_id
from foedus.evidence.furniture import furniture_of
from foedus.evidence.languages import language_of
from foedus.evidence.readers import limits
from foedus.evidence.readers.apart import read_apart
from foedus.evidence.readers.clippings import with_articles
from foedus.evidence.readers.dates import numeric_day
from foedus.evidence.readers.encodings import decode, decode_as, known_encoding
from foedus.evidence.readers.finding import PassedOver, Readable, find_entries
from foedus.evidence.readers.formats import ARCHIVE, AT_HOME, FORMATS, TEXTS, formats
from foedus.evidence.readers.headers import author_of, day_of, head_of, outlet_of, title_of
from foedus.evidence.readers.raw import Raw, Reader

__all__ = [
    "FORMATS",
    "PassedOver",
    "Raw",
    "Readable",
    "Reader",
    "document_of",
    "find_entries",
    "known_encoding",
    "read_documents",
    "read_entry",
    "read_stored",
    "split_entry",
]


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
    >>> [type(document).__name__ for document in read_documents([folder])]
    ['Document', 'Refusal']
    """
    seen: set[str] = set()
    for entry in find_entries(paths):
        if isinstance(entry, PassedOver):
            continue
        for item in read_entry(entry) if isinstance(entry, Readable) else [entry]:
            if isinstance(item, Document):
                if item.sha256 in seen:
                    continue
                seen.add(item.sha256)
            yield item


def read_entry(entry: Readable, *, encoding: str = "", language: str = "en") -> list[Document | Refusal]:
    """Read one file or one member of an archive: a document, several of a batch, or why it is refused."""
    try:
        return [document for _, document in split_entry(entry, entry.bytes(), encoding=encoding, language=language)]
    except (FoedusError, ValueError, RecursionError, MemoryError) as error:
        return [Refusal(entry.name, str(error) or f"cannot be read ({type(error).__name__})")]


def split_entry(
    entry: Readable, data: bytes, *, encoding: str = "", language: str = "en"
) -> list[tuple[Readable, Document]]:
    """Read a file from its bytes; a batch of clippings gives an entry and a document for each article.

    An article's bytes are its text in UTF-8.

    Parameters
    ----------
    entry
        The file.
    data
        Its bytes.
    encoding, language
        As for `document_of`.

    Raises
    ------
    ValueError
        When it cannot be read.
    """
    raw = with_articles(_raw(entry.name, data, encoding))
    articles = [_clean(article, plain=False) for article in raw.articles]
    if articles:
        articles[0] = dataclasses.replace(articles[0], doubts=(*raw.doubts, *articles[0].doubts))
    if len(articles) < 2:
        [raw] = articles or [raw]
        return [(entry, _document(entry.name, raw, sha256(data), language))]
    parts_read = []
    for number, clean in enumerate(articles, start=1):
        text = clean.text.encode("utf-8", "surrogatepass")
        part = dataclasses.replace(entry, article=text, number=number)
        parts_read.append((part, _document(part.name, clean, sha256(text), language)))
    return parts_read


def document_of(name: str, data: bytes, *, encoding: str = "", language: str = "en") -> Document:
    """Read one file from its bytes; a batch of clippings counts as one text.

    Parameters
    ----------
    name
        The file's name, whose end tells the format.
    data
        Its bytes.
    encoding
        That of its bytes, where the user names it; empty: found out.
    language
        The language in which most texts that are read with it are, for texts too short to tell.

    Raises
    ------
    ValueError
        When it cannot be read; the message says why.

    Examples
    --------
    >>> document_of("note.txt", b"Sweden wants the office, said its minister.").passages[0].place
    'p1'
    """
    return _document(name, _raw(name, data, encoding), sha256(data), language)


def read_stored(name: str, data: bytes) -> Document:
    """Return a document from its stored text, line by line as it was stored; no line is joined any more.

    Raises
    ------
    ValueError
        When it is no text.
    """
    return _document(name, _clean(Raw(decode(data).text), plain=True), sha256(data), "en")


def _raw(name: str, data: bytes, encoding: str) -> Raw:
    """Read the bytes by the format that the name tells, and take out what breaks tables."""
    if len(data) > limits.LARGEST_FILE:
        raise ValueError(f"has {len(data) / 2**20:,.0f} MB; at most {limits.LARGEST_FILE / 2**20:,.0f} MB are read")
    suffix = Path(name).suffix.lower()
    if suffix not in formats():
        raise ValueError(f"is of no format that is read; read are {', '.join(sorted(formats()))} and {ARCHIVE}")
    if encoding and suffix in TEXTS:
        data = decode_as(data, encoding).encode("utf-8", "surrogatepass")
    raw = FORMATS[suffix](data) if suffix in AT_HOME else read_apart(suffix, data)
    if not raw.text.strip():
        raise ValueError("holds no text")
    raw = _clean(raw, plain=suffix in (".txt", ".text"))
    if not raw.text.strip():
        raise ValueError("holds no text")
    limits.check_lines(raw.text)
    return raw


def _document(name: str, raw: Raw, digest: str, language: str) -> Document:
    spans = list(paragraph_spans(raw.text))
    lines = [raw.text[start:end] for start, end in spans]
    kinds = furniture_of(lines)
    head = head_of(lines)
    rest = lines[head.lines :]
    title = raw.title or head.title or title_of(rest)
    author = raw.author or head.author or author_of(rest)
    kinds = [*("head" for _ in range(head.lines)), *_mark_head(rest, kinds[head.lines :], title)]
    passages = tuple(
        Passage(number, passage_id(line), start, end, kind)
        for number, ((start, end), line, kind) in enumerate(zip(spans, lines, kinds, strict=True), start=1)
    )
    body = "\n".join(line for line, kind in zip(lines, kinds, strict=True) if not kind)
    raw = raw if raw.published or raw.latest else _dated(raw, lines)
    return Document(
        id=f"d{digest[:12]}",
        name=name,
        text=raw.text,
        title=title,
        author=author,
        published=raw.published,
        outlet=raw.outlet or head.outlet or outlet_of(lines),
        language=language_of(body or raw.text, language),
        sha256=digest,
        passages=passages,
        latest=raw.latest,
        doubts=raw.doubts,
    )


_HEAD = 6


def _dated(raw: Raw, lines: list[str]) -> Raw:
    """Give a text the day that stands at its head, or tell that it can be read in two ways."""
    day = day_of(lines)
    if day:
        return dataclasses.replace(raw, published=day)
    for line in lines[:_HEAD]:
        numeric = numeric_day(line, raw.text) if len(line) <= 80 else None
        if numeric and 3 * len(numeric.words) >= len(line.strip()):
            if numeric.sure:
                return dataclasses.replace(raw, published=numeric.sure)
            return dataclasses.replace(raw, latest=numeric.readings[-1], doubts=(*raw.doubts, numeric.doubt))
    return raw


_LINE_ENDS = dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_CONTROL = dict.fromkeys(place for first, last in RANGES for place in range(first, last + 1) if place != ord("\r"))


def _clean(raw: Raw, *, plain: bool) -> Raw:
    """Take control characters out; they break tables, journals and pages. Other line ends become plain ones.

    A plain text keeps its length, so that offsets in the file that is stored stay right.
    """
    text = raw.text.translate(_LINE_ENDS)
    text = text.translate(dict.fromkeys(_CONTROL, " ") if plain else _CONTROL)
    return dataclasses.replace(
        raw, text=text, title=_named(raw.title), author=_named(raw.author), outlet=_line(raw.outlet)
    )


_NO_NAME = re.compile(
    r"untitled\s?\d*|\(?unspecified\)?|\(?anonymous\)?|unknown|author|user|admin(?:istrator)?|microsoft office user"
    r"|python-docx|openpyxl|word document|.{0,80}\.(?:docx?|odt|rtf|indd|qxd|pdf|tmp)",
    re.IGNORECASE,
)
_MADE_WITH = re.compile(r"^Microsoft (?:Word|PowerPoint) - ")


def _named(words: str) -> str:
    """Return a title or a name as a file's properties have it; empty where a program put a word of its own there."""
    words = _MADE_WITH.sub("", _line(words))
    return "" if _NO_NAME.fullmatch(words) else words


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
