"""What goes wrong with input, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place of the input.

    Parameters
    ----------
    file
        The file, as the user named it.
    expected
        What should have stood there, or what to do.
    where
        A place in the file, such as ``row 4`` or ``line 12``.
    field
        The column or key.
    value
        What stood there.

    Examples
    --------
    >>> print(Problem("stakeholders.csv", "a number from 0 to 100", "row 4", "position_mode", "130"))
    stakeholders.csv, row 4, position_mode: '130', expected a number from 0 to 100
    """

    file: str
    expected: str
    where: str = ""
    field: str = ""
    value: str | None = None

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, self.where, self.field) if part)
        if self.value is None:
            return f"{place}: {self.expected}"
        shown = self.value if len(self.value) <= 80 else self.value[:77] + "..."
        return f"{place}: {shown!r}, expected {self.expected}"


class FoedusError(Exception):
    """Anything that Foedus refuses, with a message for the person at the keyboard."""


class FoedusWarning(UserWarning):
    """What a user should know and need not act on; the command line says it once, on standard error."""


class InputError(FoedusError):
    """Bad input: every problem found, together.

    Parameters
    ----------
    problems
        At least one problem.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(_lines(self.problems)))


_SHOWN, _MANY = 3, 8


def _lines(problems: tuple[Problem, ...]) -> list[str]:
    """Return a line for each problem; where one column fails in one way over and over, the first few and a count."""
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.file, problem.field, problem.expected), []).append(problem)
    lines = []
    for problem in problems:
        group = alike[problem.file, problem.field, problem.expected]
        place = next(number for number, other in enumerate(group) if other is problem)
        if len(group) <= _MANY or not problem.field or problem.value is None or place < _SHOWN:
            lines.append(str(problem))
        elif place == _SHOWN:
            lines.append(
                f"{problem.file}, {problem.field}: and {len(group) - _SHOWN} more like these: write {problem.expected}"
            )
    return lines


class Problems:
    """Collects problems so that all errors of a file are told at once.

    Examples
    --------
    >>> problems = Problems("issues.csv")
    >>> problems.add("a day such as 2023-07-11", where="row 2", field="on", value="11.7.23")
    >>> problems.raise_if_any()
    Traceback (most recent call last):
    ...
    foedus.base.errors.InputError: issues.csv, row 2, on: '11.7.23', expected a day such as 2023-07-11
    """

    LIMIT = 200

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Problem] = []

    def add(self, expected: str, *, where: str = "", field: str = "", value: str | None = None) -> None:
        """Note one problem; beyond ``LIMIT`` the rest is left untold."""
        if len(self._found) < self.LIMIT:
            self._found.append(Problem(self.file, expected, where, field, value))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take over problems found elsewhere."""
        for problem in problems:
            if len(self._found) < self.LIMIT:
                self._found.append(problem)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def found(self) -> tuple[Problem, ...]:
        """Everything noted so far."""
        return tuple(self._found)

    def raise_if_any(self) -> None:
        """Raise `InputError` with everything noted, if anything was."""
        if self._found:
            raise InputError(self._found)


def refuse(file: str, expected: str, *, where: str = "", field: str = "", value: str | None = None) -> InputError:
    """Return an `InputError` for a single problem, to be raised by the caller."""
    return InputError([Problem(file, expected, where, field, value)])
