"""PDF, read in a process of its own, which is stopped when it takes too long or too much."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from foedus.base.children import command
from foedus.evidence.readers.raw import Raw

SECONDS = 60
"""Time after which a PDF is given up."""

MEMORY = 2 * 2**30
"""Bytes that its process may take, where the system can limit them."""

MOST_PAGES = 3_000
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_BREAK = re.compile(r"(?<![.!?:\n\u201d\"])\n(?=\S)")


def read_pdf(data: bytes, *, seconds: float = SECONDS) -> Raw:
    """Read the text of a PDF, with title and author as its properties give them.

    The day on which the file was made is left out: it is that of a print or a scan, often years after publication.

    Parameters
    ----------
    data
        The file's bytes.
    seconds
        Time after which it is given up.

    Raises
    ------
    ValueError
        When the file is no sound PDF, loops, is encrypted or holds no text, as a scan does.
    """
    if b"%PDF-" not in data[:1024]:
        raise ValueError("is no PDF: it does not begin as one")
    try:
        done = subprocess.run(command(Path(__file__)), input=data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise ValueError(f"was given up after {seconds:.0f} seconds: it loops or is too large") from None
    try:
        answer: dict[str, str] = json.loads(done.stdout)
    except ValueError:
        raise ValueError("is no sound PDF: reading it broke off") from None
    if "refused" in answer:
        raise ValueError(answer["refused"])
    text = _BREAK.sub(" ", _HYPHEN.sub("", answer["text"]))
    return Raw(text, answer["title"], answer["author"])


def _extract(data: bytes) -> dict[str, str]:
    import pypdf  # noqa: PLC0415  (only the process of its own needs it)
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"refused": "is encrypted; save it without a password"}
        pages = _pages(reader)
        if pages > MOST_PAGES:
            return {"refused": f"has {pages:,} pages; at most {MOST_PAGES:,} are read"}
        text = "\n\n".join(reader.pages[number].extract_text() for number in range(pages))
        facts: Any = reader.metadata or {}
    except (
        PyPdfError,
        RecursionError,
        MemoryError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        OSError,
    ) as error:
        return {"refused": f"is no sound PDF ({type(error).__name__})"}
    if not text.strip():
        return {"refused": "holds no text; a scanned page needs text recognition first"}
    return {
        "text": text,
        "title": str(facts.get("/Title", "") or ""),
        "author": str(facts.get("/Author", "") or ""),
    }


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


def _limit() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (not on every system)

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    import logging

    logging.disable(logging.CRITICAL)
    _limit()
    sys.stdout.write(json.dumps(_extract(sys.stdin.buffer.read())))
