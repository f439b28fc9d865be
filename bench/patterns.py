"""Every regular expression of Foedus on texts made to stall it: ``python bench/patterns.py [LENGTH]``.

From each pattern the characters that it looks for are taken, and texts are built of long runs of one or two of them,
before which its own beginning may stand. A pattern that looks at such a text from every place anew takes a time that
grows with the square of its length; the list names those that take much longer for a text four times as long.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import foedus

SOURCE = Path(foedus.__file__).parent
_LONGEST = 2.0
"""Seconds after which a pattern on one text is given up."""
_CALLS = {"sub", "subn", "search", "match", "fullmatch", "findall", "finditer", "split", "compile"}
_SAMPLES = {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a", "CATEGORY_NOT_SPACE": "x",
            "CATEGORY_NOT_DIGIT": "x", "CATEGORY_NOT_WORD": "."}  # fmt: skip


def patterns() -> dict[tuple[str, int], str]:
    """Return where each pattern stands, by its text and flags."""
    found: dict[tuple[str, int], str] = {}
    for info in pkgutil.walk_packages([str(SOURCE)], "foedus."):
        if info.name.endswith("__main__"):
            continue
        try:
            module = importlib.import_module(info.name)
        except ModuleNotFoundError:  # of an extra that is not installed
            continue
        for name, value in vars(module).items():
            for one in _within(value):
                if isinstance(one.pattern, str):
                    found.setdefault((one.pattern, one.flags), f"{info.name}.{name}")
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS:
                owner = node.func.value
                first = node.args[0] if node.args else None
                of_re = isinstance(owner, ast.Name) and owner.id == "re"
                if of_re and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    place = f"{path.relative_to(SOURCE)}:{node.lineno}"
                    found.setdefault((first.value, re.compile(first.value).flags), place)
    return found


def _within(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict):
        for key, one in value.items():
            yield from _within(key, depth + 1)
            yield from _within(one, depth + 1)
    elif depth < 4 and isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from _within(one, depth + 1)


def alphabet(pattern: str, flags: int) -> list[str]:
    """Return characters that a pattern looks for, the first of each kind."""
    found: dict[str, None] = {}

    def walk(tree: Any) -> None:
        for op, argument in tree:
            name = str(op)
            if name in ("LITERAL", "NOT_LITERAL"):
                found.setdefault(chr(argument))
            elif name == "ANY":
                found.setdefault("x")
            elif name == "RANGE":
                found.setdefault(chr(argument[0]))
            elif name == "CATEGORY":
                found.setdefault(_SAMPLES.get(str(argument), "x"))
            elif name == "IN":
                walk(argument)
            elif isinstance(argument, (list, tuple)) or hasattr(argument, "data"):
                _into(argument)

    def _into(argument: Any) -> None:
        if hasattr(argument, "data"):
            walk(argument)
        elif isinstance(argument, (list, tuple)):
            for one in argument:
                if hasattr(one, "data") or isinstance(one, (list, tuple)):
                    _into(one)

    walk(_parser.parse(pattern, flags & ~re.UNICODE.value | re.UNICODE.value))
    return list(found)


def hostile_texts(pattern: str, flags: int, length: int, most: int = 12) -> list[str]:
    """Return texts of about a length that make a pattern try again and again."""
    letters = alphabet(pattern, flags)[:most] or ["x"]
    texts = [one * length for one in dict.fromkeys((*letters, " ", "a", "\n"))]
    texts += [(a + b) * (length // 2) for k, a in enumerate(letters[:5]) for b in letters[k + 1 : 5]]
    head = "".join(letters[:3])
    texts += [head + one * length for one in letters[:5]]
    return [f"{one}\N{BULLET}" for one in texts]


def slowest(pattern: str, flags: int, length: int) -> tuple[float, str]:
    """Return the longest time that a pattern takes on one of its texts, in seconds, and how that text begins."""
    compiled, worst = re.compile(pattern, flags), (0.0, "")
    signal.signal(signal.SIGALRM, _given_up)
    for text in hostile_texts(pattern, flags, length):
        start = time.perf_counter()
        signal.setitimer(signal.ITIMER_REAL, _LONGEST)
        try:
            for _ in compiled.finditer(text):
                pass
        except TimeoutError:
            return time.perf_counter() - start, text[:12]
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        worst = max(worst, (time.perf_counter() - start, text[:12]))
    return worst


def _given_up(*_: object) -> None:
    raise TimeoutError


def main(length: int) -> int:
    """Print each pattern whose time grows faster than its text."""
    bad = 0
    everything = patterns()
    for (pattern, flags), where in sorted(everything.items(), key=lambda item: item[1]):
        short, _ = slowest(pattern, flags, length)
        if short < 0.0005:
            continue
        long, text = slowest(pattern, flags, 4 * length)
        if long > 0.02 and (long > 8 * short or short > 1):
            bad += 1
            sys.stdout.write(
                f"{where}\n    {pattern[:150]!r}\n    {short:.4f} s, four times as long {long:.4f} s: {text!r}\n"
            )
    sys.stdout.write(f"{len(everything)} patterns; {bad} whose time grows faster than the text\n")
    return bad


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1500) > 0)
