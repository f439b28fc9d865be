"""The lock that the operating system holds on an open file."""

from __future__ import annotations

import os

PATIENCE = 30.0
"""Seconds that a writer waits for another."""

try:
    import fcntl

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

except ImportError:  # Windows
    import msvcrt

    def _try(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]


def try_lock(handle: int) -> bool:
    """Lock an open file for as long as it stays open, and tell whether that worked: nobody else has it locked."""
    try:
        _try(handle)
    except OSError:
        return False
    return True
