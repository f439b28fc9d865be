"""Word documents."""

from __future__ import annotations

import io
import zipfile

from foedus.evidence.readers.limits import check_archive
from foedus.evidence.readers.raw import Raw


def read_docx(data: bytes) -> Raw:
    """Read a Word document: its paragraphs, tables included, and its properties.

    Raises
    ------
    ValueError
        When the file is no Word document, or unpacks to an unreasonable size.
    """
    import docx  # noqa: PLC0415  (slow to load)

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive)
        document = docx.Document(io.BytesIO(data))
    except ValueError:
        raise
    except Exception as error:  # any fault of a damaged file, in python-docx, zipfile or lxml
        raise ValueError(f"is no sound Word document ({type(error).__name__})") from None
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines.extend(cell.text for row in table.rows for cell in row.cells)
    text = "\n".join(lines)
    if not text.strip():
        raise ValueError("holds no text")
    properties = document.core_properties
    return Raw(text, properties.title or "", properties.author or "")
