"""How much is read before a file is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence

LARGEST_FILE = 64 * 2**20
"""Bytes of one file."""

LONGEST_LINE = 2_000_000
"""Characters of one line: a novel is shorter."""

LARGEST_ARCHIVE = 1024 * 2**20
"""Bytes that an archive may unpack to."""

MOST_MEMBERS = 100_000
"""Files in an archive."""

_STEEPEST = 200
_SMALL = 2**20


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks to more than it should.

    Raises
    ------
    ValueError
        With what is wrong with it.
    """
    members = archive.infolist()
    check_total([member.file_size for member in members])
    for member in members:
        check_member(member.filename, member.file_size, member.compress_size)


def check_total(sizes: Sequence[int]) -> None:
    """Refuse an archive of too many files, or of too much in all.

    Raises
    ------
    ValueError
        With what is wrong with it.
    """
    if len(sizes) > MOST_MEMBERS:
        raise ValueError(f"holds {len(sizes):,} files; at most {MOST_MEMBERS:,} are read")
    total = sum(sizes)
    if total > LARGEST_ARCHIVE:
        raise ValueError(f"unpacks to {total / 2**20:,.0f} MB; at most {LARGEST_ARCHIVE / 2**20:,.0f} MB are read")


def check_member(name: str, size: int, packed: int) -> None:
    """Refuse a member that is too large or shrunk beyond what text shrinks to."""
    limit, times = LARGEST_FILE, size // max(packed, 1)
    if size > limit:
        raise ValueError(f"{name} unpacks to {size / 2**20:,.0f} MB; at most {limit / 2**20:,.0f} MB are read")
    if size > _SMALL and times > _STEEPEST:
        raise ValueError(f"{name} unpacks to {times:,} times its size, as a zip bomb does")


def check_lines(text: str) -> None:
    """Refuse a text with a line beyond `LONGEST_LINE`.

    Raises
    ------
    ValueError
        With the line's number and length.
    """
    if len(text) <= LONGEST_LINE:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise ValueError(f"line {number} has {len(line):,} characters; at most {LONGEST_LINE:,} are read")
