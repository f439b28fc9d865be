"""Plain text."""

from __future__ import annotations

from foedus.evidence.readers.encodings import decode
from foedus.evidence.readers.raw import Raw


def read_plain(data: bytes) -> Raw:
    """Read a plain text; it is stored as decoded, line ends and all.

    Raises
    ------
    ValueError
        When the bytes are no text.

    Examples
    --------
    >>> read_plain(b"One line.").text
    'One line.'
    """
    return Raw(decode(data))
