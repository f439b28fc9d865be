"""PDF files written by hand, their words at given places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Words = tuple[float, float, float, str]
"""Left, base line, size, text."""


def pdf_of(pages: Sequence[Iterable[Words]], title: bytes = b"A Harbour", author: bytes = b"Ana Lind") -> bytes:
    """Return a PDF with words in Helvetica at given places of its pages, in the order in which they are given."""
    count = len(pages)
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(count))
    font, info = 3 + 2 * count, 4 + 2 * count
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()]
    for number, words in enumerate(pages):
        lines = (
            f"BT /F1 {size} Tf 1 0 0 1 {left} {base} Tm ({_escaped(text)}) Tj ET" for left, base, size, text in words
        )
        stream = "\n".join(lines).encode("cp1252")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {4 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append(b"<< /Title (" + title + b") /Author (" + author + b") >>")
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        info,
        table,
    )
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def column(lines: Iterable[str], left: float, top: float = 700, size: float = 10, lead: float = 12) -> list[Words]:
    """Return lines below each other."""
    return [(left, top - lead * number, size, line) for number, line in enumerate(lines)]
