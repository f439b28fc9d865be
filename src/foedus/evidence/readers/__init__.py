"""Reading documents: one reader a format, folders and archives of these."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.base.files import read_bytes
from foedus.base.hashes import sha256
from foedus.evidence.documents import Document, Passage, Refusal, paragraph_spans, passage_id
from foedus.evidence.furniture import furniture_of
from foedus.evidence.languages import language_of
from foedus.evidence.readers.docx import read_docx
from foedus.evidence.readers.headers import author_of, day_of, outlet_of, title_of
from foedus.evidence.readers.html import read_html
from foedus.evidence.readers.limits import LARGEST_ARCHIVE, LARGEST_FILE, check_archive, check_lines
from foedus.evidence.readers.markdown import read_markdown
from foedus.evidence.readers.pdf import read_pdf
from foedus.evidence.readers.plain import read_plain
from foedus.evidence.readers.raw import Raw

__all__ = ["FORMATS", "document_of", "read_documents"]

FORMATS: dict[str, Callable[[bytes], Raw]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
"""The reader of each format, by the end of the file's name; ``.zip`` is opened."""

_ARCHIVE = ".zip"


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
    for path in paths:
        for one in _read_path(Path(path)):
            if isinstance(one, Document):
                if one.sha256 in seen:
                    continue
                seen.add(one.sha256)
            yield one


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
    if len(data) > LARGEST_FILE:
        raise ValueError(f"has {len(data) / 2**20:,.0f} MB; at most {LARGEST_FILE / 2**20:,.0f} MB are read")
    reader = FORMATS.get(Path(name).suffix.lower())
    if reader is None:
        raise ValueError(f"is of no format that is read; read are {', '.join(sorted(FORMATS))} and {_ARCHIVE}")
    raw = reader(data)
    if not raw.text.strip():
        raise ValueError("holds no text")
    check_lines(raw.text)
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


def _mark_head(lines: list[str], kinds: list[str], title: str) -> list[str]:
    """Set title and byline apart: they name the article and state nothing."""
    marked = list(kinds)
    for place, line in enumerate(lines[:4]):
        text = line.strip()
        if title and text == title.strip():
            marked[place] = marked[place] or "title"
        elif text.startswith(("By ", "by ")) and len(text.split()) < 14 and text[-1:] not in ".!?":
            marked[place] = marked[place] or "byline"
    return marked


def _read_path(path: Path) -> Iterator[Document | Refusal]:
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
            if not hidden and inner.is_file() and inner.suffix.lower() in {*FORMATS, _ARCHIVE}:
                yield from _read_file(inner)
    else:
        yield from _read_file(path)


def _read_file(path: Path) -> Iterator[Document | Refusal]:
    archive = path.suffix.lower() == _ARCHIVE
    try:
        data = read_bytes(path, limit=LARGEST_ARCHIVE if archive else LARGEST_FILE)
    except FoedusError as error:
        yield Refusal(str(path), str(error).removeprefix(f"{path}: "))
        return
    if archive:
        yield from _read_archive(str(path), data)
    else:
        yield _read_one(str(path), data)


def _read_one(name: str, data: bytes) -> Document | Refusal:
    try:
        return document_of(name, data)
    except (ValueError, RecursionError, MemoryError) as error:
        return Refusal(name, str(error) or f"cannot be read ({type(error).__name__})")


def _read_archive(name: str, data: bytes) -> Iterator[Document | Refusal]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive)
            for member in sorted(archive.infolist(), key=lambda one: one.filename):
                inner = Path(member.filename)
                if member.is_dir() or any(part.startswith((".", "__")) for part in inner.parts):
                    continue
                if inner.suffix.lower() == _ARCHIVE:
                    yield Refusal(f"{name}/{member.filename}", "is an archive inside an archive; unpack it first")
                elif inner.suffix.lower() in FORMATS:
                    yield _read_member(name, archive, member)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError) as error:
        yield Refusal(name, str(error) or "is no sound archive")


def _read_member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Document | Refusal:
    try:
        with archive.open(member) as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        return Refusal(f"{name}/{member.filename}", f"cannot be unpacked: {error}")
    return _read_one(f"{name}/{member.filename}", data)
