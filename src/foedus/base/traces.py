"""Why an answer came out as it did, as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trace:
    """One step of reasoning and the steps that it rests on.

    Parameters
    ----------
    rule
        What was asked or applied, in words.
    value
        What came out, in words.
    reference
        The source that says so: an article, a statement's id, a page.
    children
        The steps below.
    """

    KEYS = "rule value reference? children"

    rule: str
    value: str
    reference: str = ""
    children: tuple[Trace, ...] = ()

    def lines(self, depth: int = 0, above: str = "") -> Iterator[str]:
        r"""Yield the tree as indented lines; a reference that stands above a step is not said again.

        Examples
        --------
        >>> tree = Trace("rule of the Council", "consensus", "NATO", (Trace("seats", "31"),))
        >>> print("\n".join(tree.lines()))
        rule of the Council: consensus [NATO]
          seats: 31
        """
        source = f" [{self.reference}]" if self.reference and self.reference != above else ""
        yield f"{'  ' * depth}{self.rule}: {self.value}{source}"
        for child in self.children:
            yield from child.lines(depth + 1, self.reference or above)
