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

    def steps(self, depth: int = 0, above: str = "") -> Iterator[tuple[int, str]]:
        """Yield each step in words with how deep it stands; a reference that stands above a step is not said again.

        Examples
        --------
        >>> tree = Trace("rule of the Council", "consensus", "NATO", (Trace("seats", "31"),))
        >>> list(tree.steps())
        [(0, 'rule of the Council: consensus [NATO]'), (1, 'seats: 31')]
        """
        source = f" [{self.reference}]" if self.reference and self.reference != above else ""
        yield depth, f"{self.rule}: {self.value}{source}"
        for child in self.children:
            yield from child.steps(depth + 1, self.reference or above)

    def lines(self) -> Iterator[str]:
        """Yield the tree as indented lines."""
        return (f"{'  ' * depth}{words}" for depth, words in self.steps())
