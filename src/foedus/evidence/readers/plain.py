"""Plain text."""

from __future__ import annotations

from foedus.evidence.readers.encodings import decode
from foedus.evidence.readers.raw import Raw
from foedus.evidence.readers.wrapped import join_wrapped


def read_plain(data: bytes) -> Raw:
    r"""Read a plain text. Lines that were cut at a column are joined; any other text is kept as decoded.

    Raises
    ------
    ValueError
        When the bytes are no text.

    Examples
    --------
    >>> read_plain(b"One line.\r\n").text
    'One line.\r\n'
    """
    decoded = decode(data)
    return Raw(join_wrapped(decoded.text), doubts=(decoded.doubt,) if decoded.doubt else ())
