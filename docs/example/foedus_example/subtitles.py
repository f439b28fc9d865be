"""A reader: subtitles of a press conference, one caption a paragraph."""

from __future__ import annotations

import re

from foedus.evidence.readers import Raw

_CAPTION = re.compile(r"\d+\s*\n\d\d:\d\d:\d\d[,.]\d{3} --> [^\n]*\n")


def read_subtitles(data: bytes) -> Raw:
    r"""Return the words of a file of subtitles.

    Raises
    ------
    ValueError
        When it is none; the message says what is wrong with it, after the file's name.

    Examples
    --------
    >>> read_subtitles(b"1\n00:00:01,000 --> 00:00:03,000\nNorway said\nyes.\n").text
    'Norway said yes.'
    """
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    captions = _CAPTION.split(text)[1:]
    if not captions:
        raise ValueError("holds no captions with their times")
    return Raw("\n".join(" ".join(caption.split()) for caption in captions))
