"""PDF: the text of its pages, with title and author as its properties give them."""

from __future__ import annotations

import io
import re
from typing import Any

from foedus.evidence.readers.raw import Raw

MOST_PAGES = 3_000
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_BREAK = re.compile(r"(?<![.!?:\n\u201d\"])\n(?=\S)")


def read_pdf(data: bytes) -> Raw:
    """Read the text of a PDF, with title and author as its properties give them.

    The day on which the file was made is left out: it is that of a print or a scan, often years after publication.

    Raises
    ------
    ValueError
        When the file is no sound PDF, loops, is encrypted or holds no text, as a scan does.
    """
    if b"%PDF-" not in data[:1024]:
        raise ValueError("is no PDF: it does not begin as one")
    import pypdf  # noqa: PLC0415 - slow to load
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else _pages(reader)
        read = range(pages if pages <= MOST_PAGES else 0)
        text = "\n\n".join(reader.pages[number].extract_text() for number in read)
        facts: Any = ({} if locked else reader.metadata) or {}
        title, author = str(facts.get("/Title", "") or ""), str(facts.get("/Author", "") or "")
    except (PyPdfError, RecursionError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"is no sound PDF ({type(error).__name__})") from None
    if locked:
        raise ValueError("is encrypted; save it without a password")
    if pages > MOST_PAGES:
        raise ValueError(f"has {pages:,} pages; at most {MOST_PAGES:,} are read")
    if not text.strip():
        raise ValueError("holds no text; a scanned page needs text recognition first")
    return Raw(_BREAK.sub(" ", _HYPHEN.sub("", text)), title, author)


def _pages(reader: Any) -> int:
    """Count the leaves of the page tree; a node that is its own ancestor is refused."""
    count = 0
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [reader.trailer["/Root"]["/Pages"]]
    waiting[0] = reader.trailer["/Root"].raw_get("/Pages")
    while waiting:
        node = waiting.pop()
        reference = getattr(node, "idnum", None)
        if reference is not None:
            if (reference, node.generation) in seen:
                raise ValueError("the page tree loops")
            seen.add((reference, node.generation))
        entry = node.get_object()
        children = entry.get("/Kids") if hasattr(entry, "get") else None
        if children is None:
            count += 1
        else:
            waiting.extend(children)
        if count > MOST_PAGES:
            break
    return count
