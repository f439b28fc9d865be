"""A kind of question that a case may put."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.traces import Trace


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question.

    Parameters
    ----------
    answer
        Takes the input and the day, returns the parts of the answer by name.
    needs, takes
        The input that it must have, and that it may have.
    """

    answer: Callable[[Mapping[str, Any], Day], dict[str, object]]
    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()

    def ask(self, given: Mapping[str, Any], on: Day) -> dict[str, object]:
        """Return the parts of the answer by name.

        Raises
        ------
        FoedusError
            When the input lacks something, or has what this kind does not take, or the question has no answer.
        """
        missing = [name for name in self.needs if name not in given]
        strange = sorted(given.keys() - {*self.needs, *self.takes})
        if missing:
            raise FoedusError(f"the input lacks {', '.join(missing)}")
        if strange:
            raise FoedusError(f"no input {', '.join(strange)}; there are {', '.join((*self.needs, *self.takes))}")
        return self.answer(given, on)


def told(trace: Trace) -> str:
    """Return the reasons as text."""
    return "\n".join(trace.lines())
