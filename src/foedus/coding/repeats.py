"""Statements that say again what another one says: one utterance, told by two sources or coded twice."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping

from foedus.evidence import Source, Statement

_LONGEST_NOTE = 1000
_LISTED = 5
_NOTED = re.compile(r"(?:^|; )repeats ([^;]+)")


class Repeats:
    """The accepted statements of other coders, to tell which of them a candidate repeats.

    A candidate repeats a statement of the same actor, concept and stance where both were said on one day, their sources
    became known on one day, or they stand in one source or in a source and its republication. What an actor says again
    later is fresh evidence and no repeat.

    Parameters
    ----------
    sources
        By id; it may grow.
    statements
        Of the dossier.
    coder
        Who proposes the candidates.
    """

    def __init__(self, sources: Mapping[str, Source], statements: Iterable[Statement], coder: str) -> None:
        self.sources = sources
        self._alike: dict[tuple[str, str, int], list[Statement]] = {}
        for statement in statements:
            if statement.status == "accepted" and statement.coder != coder:
                self._alike.setdefault(_says(statement), []).append(statement)

    def of(self, candidate: Statement) -> tuple[str, ...]:
        """Return the ids of the statements that a candidate repeats."""
        return tuple(
            statement.id
            for statement in self._alike.get(_says(candidate), ())
            if statement.id != candidate.id and same_utterance(statement, candidate, self.sources)
        )

    def noted(self, candidate: Statement) -> Statement:
        """Return a candidate whose note says what it repeats."""
        repeated = self.of(candidate)
        if not repeated:
            return candidate
        listed = ", ".join(repeated[:_LISTED]) + (
            f" and {len(repeated) - _LISTED} more" if len(repeated) > _LISTED else ""
        )
        note = f"{candidate.note}; repeats {listed}" if candidate.note else f"repeats {listed}"
        return dataclasses.replace(candidate, note=note) if len(note) <= _LONGEST_NOTE else candidate


def noted_repeats(note: str) -> str:
    """Return the ids that a note names as repeated, or empty text.

    Examples
    --------
    >>> noted_repeats("hedged: said to; repeats jt01, jt02")
    'jt01, jt02'
    """
    match = _NOTED.search(note)
    return match.group(1).strip() if match else ""


def same_utterance(statement: Statement, other: Statement, sources: Mapping[str, Source]) -> bool:
    """Tell whether two statements of one actor, concept and stance may well be one: same day, or linked sources."""
    return (
        statement.said_on == other.said_on
        or sources[statement.source].known == sources[other.source].known
        or _original(statement, sources) == _original(other, sources)
    )


def accepted_twice(statements: Iterable[Statement], sources: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    """Yield the ids of accepted statements that say the same in a source and its copy, or were coded by two coders.

    Statements of one coder count as repeats only across linked sources: within one source a coder lists each once, and
    two reports of one day may be of two utterances.
    """
    alike: dict[tuple[str, str, int], list[Statement]] = {}
    for statement in statements:
        if statement.status == "accepted":
            alike.setdefault(_says(statement), []).append(statement)
    for group in alike.values():
        for place, later in enumerate(group):
            for earlier in group[:place]:
                linked = _original(earlier, sources) == _original(later, sources)
                if earlier.coder == later.coder:
                    twice = linked and earlier.source != later.source
                else:
                    twice = same_utterance(earlier, later, sources)
                if twice:
                    yield later.id, earlier.id
                    break


def _says(statement: Statement) -> tuple[str, str, int]:
    return statement.actor, statement.concept, statement.stance


def _original(statement: Statement, sources: Mapping[str, Source]) -> str:
    """Return the id of the source in which a statement first stood: that of the original for a republication."""
    link = sources[statement.source].republished_from
    return link if link in sources else statement.source
