"""Bytes to text, in whatever encoding they are."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000


def decode(data: bytes) -> str:
    r"""Return bytes as text: by their mark, as UTF-8, or in the encoding that fits them best.

    Raises
    ------
    ValueError
        When the bytes are no text.

    Examples
    --------
    >>> decode("Élysée".encode("utf-16"))
    'Élysée'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, errors="strict"))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if b"\0" in data[:4096]:
        raise ValueError("is no text: it holds binary bytes")
    kept = data.decode("utf-8", errors="replace")
    damaged = kept.count("\ufffd")
    if damaged * 4 <= sum(map(_beyond_ascii, kept)) - damaged:  # a stray byte or a few in a text that is UTF-8
        return _checked(kept)
    import charset_normalizer  # noqa: PLC0415  (slow to load, and UTF-8 needs none of it)

    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise ValueError("is no text in any encoding that is known; save it as UTF-8")
    try:
        return _checked(data.decode(best.encoding))
    except (UnicodeDecodeError, LookupError):
        raise ValueError("mixes encodings; save it as UTF-8") from None


def _beyond_ascii(letter: str) -> bool:
    return letter > "\x7f"


def _checked(text: str) -> str:
    if "\0" in text:
        raise ValueError("is no text: it holds binary bytes")
    return text
