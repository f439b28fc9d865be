"""What the kernel itself refuses the process that opens documents: a filter of system calls, on Linux.

The audit hook of `foedus.evidence.readers.worker` binds Python code; this binds the libraries in C beneath it as well.
The filter is a program of the classic Berkeley packet filter, as seccomp(2) and the kernel's own documentation describe
it; the numbers of the calls are those of the kernel's tables for each kind of processor.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import struct
import sys

_REFUSED = {
    # name: (x86-64, arm64); none where a processor has no such call
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kill": (62, 129),
    "pidfd_send_signal": (424, 424), "creat": (85, None), "unlink": (87, None), "unlinkat": (263, 35),
    "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276), "mkdir": (83, None), "mkdirat": (258, 34),
    "rmdir": (84, None), "link": (86, None), "linkat": (265, 37), "symlink": (88, None), "symlinkat": (266, 36),
    "mknod": (133, None), "mknodat": (259, 33), "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53),
    "fchmodat2": (452, 452), "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "truncate": (76, 45), "ftruncate": (77, 46), "setxattr": (188, 5), "mount": (165, 40), "openat2": (437, 437),
    "io_uring_setup": (425, 425),
}  # fmt: skip
"""Network, other processes, changes to files, and the two ways in which these could be asked for unseen."""

_OPENED_FOR_WRITING = {"open": ((2, None), 1), "openat": ((257, 56), 2)}
"""Calls refused when a flag means writing: their numbers, and which argument holds the flags."""

_PROCESSORS = {"x86_64": (0, 0xC000003E, 317), "aarch64": (1, 0xC00000B7, 277)}
"""The column above, the kernel's name of the processor's calls, and the call that sets a filter."""

_LOAD, _EQUAL, _SET, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_NUMBER, _PROCESSOR, _ARGUMENTS = 0, 4, 16
_OTHER_NUMBERING = 0x40000000
_NO_NEW_PRIVILEGES = 38
_SET_FILTER, _ALL_THREADS = 1, 1


def program(machine: str) -> bytes:
    """Return the filter for a kind of processor, each of its instructions eight bytes.

    Parameters
    ----------
    machine
        As `platform.machine` names it: ``x86_64`` or ``aarch64``.

    Raises
    ------
    KeyError
        For another kind.
    """
    column, processor, _ = _PROCESSORS[machine]
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
    lines = [
        struct.pack("=HBBI", _LOAD, 0, 0, _PROCESSOR),
        struct.pack("=HBBI", _EQUAL, 1, 0, processor),
        struct.pack("=HBBI", _RETURN, 0, 0, _REFUSE),
        struct.pack("=HBBI", _LOAD, 0, 0, _NUMBER),
        *_refused(_AT_LEAST, _OTHER_NUMBERING),
    ]
    for numbers in _REFUSED.values():
        if (number := numbers[column]) is not None:
            lines += _refused(_EQUAL, number)
    for numbers, argument in _OPENED_FOR_WRITING.values():
        if (number := numbers[column]) is not None:
            flags = struct.pack("=HBBI", _LOAD, 0, 0, _ARGUMENTS + 8 * argument)
            again = struct.pack("=HBBI", _LOAD, 0, 0, _NUMBER)
            lines += [struct.pack("=HBBI", _EQUAL, 0, 4, number), flags, *_refused(_SET, writing), again]
    lines.append(struct.pack("=HBBI", _RETURN, 0, 0, _ALLOW))
    return b"".join(lines)


def _refused(test: int, value: int) -> list[bytes]:
    return [struct.pack("=HBBI", test, 0, 1, value), struct.pack("=HBBI", _RETURN, 0, 0, _REFUSE)]


def confine() -> bool:
    """Have the kernel refuse this process network, other processes and every change to files, from now on for good.

    Returns
    -------
    bool
        Whether it took hold. It does not on Windows and macOS, on other processors, or where the kernel has no filters.
    """
    if sys.platform != "linux" or platform.machine() not in _PROCESSORS or sys.maxsize < 2**32:
        return False
    with contextlib.suppress(OSError, AttributeError):
        code = program(platform.machine())
        held = ctypes.create_string_buffer(code, len(code))
        filtered = struct.pack("@HP", len(code) // 8, ctypes.addressof(held))
        system = ctypes.CDLL(None)
        call = _PROCESSORS[platform.machine()][2]
        return bool(
            system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
            and system.syscall(call, _SET_FILTER, _ALL_THREADS, ctypes.c_char_p(filtered)) == 0
        )
    return False
