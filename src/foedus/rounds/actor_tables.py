"""Tables of actors: who stands where, how much it cares, what weight it carries; in the layouts that models came with.

Three layouts are told by how a file begins:

- *plain*: a heading with Actor, Capability, Position, Salience and perhaps Issue; commas, semicolons or tabs
- *ktab*: a first line with name, description, number of actors and of dimensions; a second with headings; then actor,
  description, influence, and position and salience on each dimension, all from 0 to 100; or the same in KTAB's XML
- *decide*: records that begin with #A (actor), #P (issue), #M (a place on an issue's scale and what it means) and #D
  (actor, issue, position, salience, power), separated by tabs, semicolons or commas
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from foedus.base import cells
from foedus.base.errors import Problems, refuse
from foedus.base.files import read_text
from foedus.base.tables import Row, column, lines_of, read_record, scan_text
from foedus.evidence.readers.apart import xml_apart
from foedus.issues.sitting import Agenda, Floats, Sitting

Layout = Literal["plain", "ktab", "decide"]

_PLAIN = {"actor", "capability", "position", "salience"}


@dataclass(frozen=True, slots=True)
class ActorTable:
    """Actors on issues, as a table gives them.

    Attributes
    ----------
    title, layout
        What the file says it is about, or its name; and which layout it has.
    actors, issues
        Ids; length A and I.
    scales
        Low and high end of each issue's scale; shape (I, 2).
    position, salience
        Positions in the unit of each scale, saliences from 0 to 1; shape (A, I).
    capability
        In any one unit; shape (A,).
    notes
        What was read into the table, such as an actor without a row on an issue.
    """

    title: str
    layout: Layout
    actors: tuple[str, ...]
    issues: tuple[str, ...]
    scales: Floats
    position: Floats
    salience: Floats
    capability: Floats
    notes: tuple[str, ...] = ()

    def sitting(self) -> Sitting:
        """Return one draw of them: all have a seat, each scale's ends are the options, its low end the status quo."""
        actors, issues = self.position.shape
        length = self.scales[:, 1] - self.scales[:, 0]
        return Sitting(
            actors=self.actors,
            agendas=tuple(Agenda(ends, 0, 1, float(size)) for ends, size in zip(self.scales, length, strict=True)),
            seated=np.ones(actors, dtype=np.bool_),
            private=self.position[None].copy(),
            public=self.position[None].copy(),
            salience=self.salience[None].copy(),
            capability=self.capability[None].copy(),
            committed=np.zeros((actors, issues), dtype=np.bool_),
            red_low=np.full((actors, issues), -np.inf),
            red_high=np.full((actors, issues), np.inf),
            outsiders=((),) * issues,
            setter=self.scales[None, :, 1].copy(),
            assumptions={},
        )


def read_actor_table(path: Path | str, scale: tuple[float, float] | None = None) -> ActorTable:
    r"""Read a table of actors in any of three layouts; see the module's text.

    Parameters
    ----------
    path
        The file.
    scale
        Low and high end of every issue's scale. By default what the layout says: 0 to 100 (ktab), the lowest and the
        highest place that an issue names (decide), or the lowest and the highest position (plain).

    Raises
    ------
    InputError
        With everything wrong at once: a number that is missing or none, a salience on another scale than the others,
        a position beyond the scale, an actor twice, an actor whose power differs from issue to issue.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "table.csv"
    ...     _ = file.write_text("Actor,Capability,Position,Salience\nA,1,4,0.5\nB,2,10,1\n")
    ...     table = read_actor_table(file)
    >>> table.actors, table.position.tolist(), table.scales.tolist()
    (('A', 'B'), [[4.0], [10.0]], [[4.0, 10.0]])
    """
    path = Path(path)
    text = read_text(path)
    begun = next((line for line in text.splitlines() if line.strip()), "")
    if begun.startswith(("<?xml", "<Scenario")):
        table = _ktab_xml(path.name, text)
    elif begun.lstrip("'\"").startswith("#"):
        table = _decide(path.name, text)
    elif _titles(begun) >= _PLAIN:
        table = _plain(path.name, text)
    else:
        table = _ktab(path.name, text)
    return _assembled(table, scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An actor on an issue, as a row of a table of actors says; in every layout."""

    actor: str = column(cells.text(300), "whose")
    issue: str = column(cells.text(300), "on what; blank where the table is on one issue", blank="position")
    position: float = column(cells.number(), "where it stands, in the unit of the scale")
    salience: float = column(cells.number(), "how much it cares, from 0 to 1 or from 0 to 100")
    capability: float = column(cells.number(), "what weight it carries, in any one unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on an issue's scale, as a record #M gives it."""

    issue: str = column(cells.text(300), "on what")
    place: float = column(cells.number(), "where on the scale")


@dataclass(slots=True)
class _Read:
    """What stands in a file, each row with its number."""

    title: str
    layout: Layout
    problems: Problems
    actors: list[str]
    issues: list[str]
    ends: dict[str, list[float]]
    rows: dict[tuple[str, str], Row[Standing]]
    notes: list[str]

    def add(self, row: Row[Standing] | None) -> None:
        if row is None:
            return
        key = row.record.actor, row.record.issue
        if key in self.rows:
            self.problems.add("an actor once on each issue", where=row.where, field=key[1], value=key[0])
        self.rows[key] = row

    def add_cells(self, number: int, decimal_comma: bool, *given: str) -> None:
        named = dict(zip(("actor", "issue", "position", "salience", "capability"), given, strict=True))
        of = f" of {given[0]} on {given[1]}"
        self.add(read_record(number, named, Standing, self.problems, decimal_comma=decimal_comma, of=of))


def _titles(line: str) -> set[str]:
    mark = next((separator for separator in ("\t", ";") if separator in line), ",")
    return {title.casefold() for _, titles in lines_of(line, mark, "heading") for title in titles}


def _plain(name: str, text: str) -> _Read:
    table = _Read(name, "plain", Problems(name), [], [], {}, {}, [])
    rows, wrong = scan_text(text, Standing, name, foreign=True)
    table.problems.extend(wrong)
    for row in rows:
        table.add(row)
    table.actors = list(dict.fromkeys(actor for actor, _ in table.rows))
    table.issues = list(dict.fromkeys(issue for _, issue in table.rows))
    return table


def _ktab(name: str, text: str) -> _Read:
    delimiter = _delimiter(text)
    rows = lines_of(text, delimiter, name)
    told = [cell for cell in next(rows, (0, []))[1] if cell]
    heading = [cell for cell in next(rows, (0, []))[1] if cell]
    dimensions, odd = divmod(len(heading) - 3, 2)
    # the name may hold the delimiter; a further number may follow the number of dimensions
    at = next((at for at in range(len(told) - 1, 1, -1) if told[at] == str(dimensions) and told[at - 1].isdigit()), 0)
    if odd or dimensions < 1 or not at:
        expected = (
            "a table of actors: a heading Actor, Capability, Position, Salience; or two lines of KTAB "
            "(name, description, actors, dimensions; then the headings), or its XML; or records #A, #P, #M, #D"
        )
        raise refuse(name, expected, where="row 1", value=text.partition("\n")[0])
    table = _Read(told[0], "ktab", Problems(name), [], [], {}, {}, [])
    table.issues = [heading[place].removesuffix(" Position") for place in range(3, len(heading), 2)]
    for number, row in rows:
        if len(row) < len(heading):
            table.problems.add(f"{len(heading)} cells", where=f"row {number}", value=delimiter.join(row))
            continue
        for place, issue in enumerate(table.issues):
            table.add_cells(number, delimiter != ",", row[0], issue, row[3 + 2 * place], row[4 + 2 * place], row[2])
        table.actors.append(row[0])
    table.ends = {issue: [0.0, 100.0] for issue in table.issues}
    if int(told[at - 1]) != len(table.actors):
        table.problems.add(f"{len(table.actors)}, as many as rows follow", where="row 1", value=told[at - 1])
    return table


def _delimiter(text: str) -> str:
    """Return what separates cells: a tab or a semicolon where every one of the first lines has some, else a comma."""
    lines = [line for line in text.splitlines() if line.strip()][1:4]
    return next((mark for mark in ("\t", ";") if lines and all(line.count(mark) >= 2 for line in lines)), ",")


def _ktab_xml(name: str, text: str) -> _Read:
    """Read KTAB's XML: what its models need beside the actors, such as voting rules, is left out and said."""
    try:
        root = xml_apart(text.encode())
    except ValueError as error:
        raise refuse(name, str(error)) from None
    issues = [element.text.strip() for element in root.first("Dimensions").all("dName")]
    if root.name != "Scenario" or not issues:
        raise refuse(name, "expected a Scenario of KTAB, with Dimensions in it", value=root.name)
    table = _Read(root.first("name").text.strip() or name, "ktab", Problems(name), [], issues, {}, {}, [])
    for number, element in enumerate(root.first("Actors").all("Actor"), 1):
        actor = element.first("name").text.strip()
        table.actors.append(actor)
        places = [part.text.strip() for part in element.first("Position").all("dCoord")]
        weights = [part.text.strip() for part in element.first("Salience").all("dSal")]
        if len(places) != len(issues) or len(weights) != len(issues):
            expected = f"{len(issues)} positions and saliences, as many as dimensions"
            table.problems.add(expected, where=f"actor {number}", value=actor)
            continue
        for issue, place, weight in zip(issues, places, weights, strict=True):
            table.add_cells(number, False, actor, issue, place, weight, element.first("capability").text.strip())
    table.ends = {issue: [0.0, 100.0] for issue in issues}
    table.notes = [f"{part.name} of the file is not read" for part in root.all("ModelParameters", "IdealAdjustment")]
    return table


def _decide(name: str, text: str) -> _Read:
    table = _Read(name, "decide", Problems(name), [], [], {}, {}, [])
    records = [line for line in text.splitlines() if line.lstrip("'\"").startswith("#D")]
    delimiter = next((mark for mark in ("\t", ";", ",") if any(mark in line for line in records)), "\t")
    quote = "'" if text.lstrip().startswith("'") else '"'
    for number, row in lines_of(text, delimiter, name, quote=quote):
        kind, given = row[0], row[1:]
        needed = {"#A": 1, "#P": 1, "#M": 2, "#D": 5}.get(kind)
        if needed is None:
            if not kind.startswith(("#0", "#/")):
                table.problems.add("a record #A, #P, #M or #D, or a comment #/", where=f"row {number}", value=kind)
        elif len(given) < needed:
            table.problems.add(f"{needed} cells after {kind}", where=f"row {number}", value=delimiter.join(row))
        elif kind == "#A":
            table.actors.append(given[0])
        elif kind == "#P":
            table.issues.append(given[0])
        elif kind == "#M":
            named = {"issue": given[0], "place": given[1]}
            ended = read_record(number, named, Place, table.problems, decimal_comma=True, of=f" on {given[0]}")
            table.ends.setdefault(given[0], []).extend([] if ended is None else [ended.record.place])
        else:
            for known, one_name in ((table.actors, given[0]), (table.issues, given[1])):
                if one_name not in known:
                    table.problems.add("a name of a record #A or #P above", where=f"row {number}", value=one_name)
            table.add_cells(number, True, *given[:5])
    for issue in table.issues:
        table.ends.setdefault(issue, [0.0, 100.0])
    return table


def _assembled(table: _Read, scale: tuple[float, float] | None) -> ActorTable:
    problems = table.problems
    if not table.rows:
        problems.add("at least one actor")
    problems.raise_if_any()
    factor = _salience_unit(table)
    ends = {issue: _ends(table, issue, scale) for issue in table.issues}
    capability = _capabilities(table)
    _check_range(table, ends, factor)
    problems.raise_if_any()
    shape = len(table.actors), len(table.issues)
    position, salience, notes = np.zeros(shape), np.zeros(shape), list(table.notes)
    if factor != 1 and table.layout != "ktab":
        notes.append("saliences are read as from 0 to 100")
    for k, issue in enumerate(table.issues):
        present = [table.rows[a, issue].record for a in table.actors if (a, issue) in table.rows]
        weights = [row.salience * row.capability for row in present]
        places = [row.position for row in present]
        for i, actor in enumerate(table.actors):
            if (actor, issue) in table.rows:
                row = table.rows[actor, issue].record
                position[i, k], salience[i, k] = row.position, row.salience / factor
            else:
                position[i, k] = np.average(places, weights=weights if sum(weights) > 0 else None)
                notes.append(f"{actor} has no row on {issue}: it does not care and stands at the weighted mean there")
    return ActorTable(
        table.title,
        table.layout,
        tuple(table.actors),
        tuple(table.issues),
        np.array([ends[issue] for issue in table.issues]),
        position,
        salience,
        np.array([capability[actor] for actor in table.actors]),
        tuple(notes),
    )


def _salience_unit(table: _Read) -> float:
    """Return 100 where saliences run from 0 to 100 and 1 where they run from 0 to 1; two scales are a problem."""
    given = {key: row.record.salience for key, row in table.rows.items()}
    large = [key for key, value in given.items() if value > 1]
    if table.layout != "ktab" and not large:
        return 1.0
    small = [key for key, value in given.items() if 0 < value <= 1 and not (table.layout == "ktab" and value == 1)]
    for actor, issue in small if large or table.layout == "ktab" else ():
        beside = f"{large[0][0]} has {given[large[0]]:g}" if large else "this layout has saliences from 0 to 100"
        table.problems.add(
            f"all saliences on one scale, from 0 to 1 or from 0 to 100: {beside}",
            where=table.rows[actor, issue].where,
            field=f"salience of {actor} on {issue}",
            value=f"{given[actor, issue]:g}",
        )
    return 100.0


def _ends(table: _Read, issue: str, scale: tuple[float, float] | None) -> tuple[float, float]:
    if scale is not None:
        low, high = scale
    else:
        given = table.ends.get(issue) or [row.record.position for (_, at), row in table.rows.items() if at == issue]
        low, high = min(given), max(given)
    if not low < high:
        table.problems.add("a scale with a low end below its high end; give one with scale", field=issue)
    return low, high


def _capabilities(table: _Read) -> dict[str, float]:
    capability: dict[str, float] = {}
    for (actor, issue), row in table.rows.items():
        own = row.record.capability
        if capability.setdefault(actor, own) != own:
            table.problems.add(
                f"one capability for each actor: {actor} has {capability[actor]:g} on another issue",
                where=row.where,
                field=f"capability of {actor} on {issue}",
                value=f"{own:g}",
            )
    for actor in table.actors:
        if actor not in capability:
            table.problems.add("a row on at least one issue", value=actor)
    return capability


def _check_range(table: _Read, ends: dict[str, tuple[float, float]], factor: float) -> None:
    for (actor, issue), row in table.rows.items():
        low, high = ends[issue]
        checks: Iterable[tuple[str, float, float, float]] = (
            ("position", row.record.position, low, high),
            ("salience", row.record.salience, 0.0, factor),
            ("capability", row.record.capability, 0.0, math.inf),
        )
        for field, value, least, most in checks:
            if not least <= value <= most:
                told = "at least 0" if math.isinf(most) else f"from {least:g} to {most:g}"
                table.problems.add(told, where=row.where, field=f"{field} of {actor} on {issue}", value=f"{value:g}")
