"""The derived yearly values that come with Foedus, and making them anew from the votes."""

from __future__ import annotations

import csv
import io
import json
import lzma
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.base import cells
from foedus.base.errors import InputError
from foedus.base.files import write_atomically
from foedus.base.hashes import sha256
from foedus.base.tables import column, columns_of, scan_text
from foedus.measure.ideal_points import CUT, SLOPE, STEP, ideal_points
from foedus.measure.similarity import agreement, chance_corrected
from foedus.measure.votes import Votes, actor_of, read_votes

ALL = "all"
SUBJECTS_FROM = 1991
"""First year for which agreement is packaged by subject too."""
_UNKNOWN = 255
POINTS, _AGREEMENT, _RECIPE = "ideal-points.csv", "agreement.xz", "recipe.json"


@dataclass(frozen=True, slots=True)
class Point:
    """Where a state stood in a year: its ideal point, standard error, and its answers as no, abstention and yes."""

    actor: str
    year: int
    point: float
    error: float
    answers: tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """A row of ``ideal-points.csv``."""

    actor: str = column(cells.identifier(), "id of an actor of the world")
    year: int = column(cells.whole_number(1946, 2100), "of the votes")
    point: float = column(cells.number(), "ideal point")
    error: float = column(cells.number(0), "its standard error")
    no: int = column(cells.whole_number(), "answers no")
    abstain: int = column(cells.whole_number(), "abstentions")
    yes: int = column(cells.whole_number(), "answers yes")

    @property
    def point_of(self) -> Point:
        """The row as a point."""
        return Point(self.actor, self.year, self.point, self.error, (self.no, self.abstain, self.yes))


class Measures:
    """Ideal points and agreement by year, as packaged.

    Attributes
    ----------
    points
        By year, the points by actor.
    first, last
        The first and the last year of votes.
    subjects
        Names of the subjects for which agreement is known, ``all`` first.
    source
        Where the votes come from, and the hash of what was read.
    """

    def __init__(self, points: list[Point], recipe: dict[str, object], shares: bytes) -> None:
        self.points: dict[int, dict[str, Point]] = {}
        for point in points:
            self.points.setdefault(point.year, {})[point.actor] = point
        self.first, self.last = min(self.points), max(self.points)
        self.source = str(recipe["source"])
        blocks: list[dict[str, Any]] = recipe["blocks"]  # type: ignore[assignment]
        self._blocks = {(str(block["subject"]), int(block["year"])): block for block in blocks}
        self._places: dict[tuple[str, int], dict[str, int]] = {}
        self._shares = shares
        self.subjects = tuple(dict.fromkeys(subject for subject, _ in self._blocks))

    def point(self, actor: str, year: int) -> Point | None:
        """Return where an actor stood in a year, or None where it cast no vote."""
        return self.points.get(year, {}).get(actor)

    def agreement(self, first: str, second: str, year: int, subject: str = ALL) -> float | None:
        """Return the share of common roll calls answered alike, to the whole percent; None where there were none."""
        block = self._blocks.get((subject, year))
        if block is None:
            return None
        if (subject, year) not in self._places:
            self._places[subject, year] = {name: at for at, name in enumerate(block["actors"])}
        places = self._places[subject, year]
        if first not in places or second not in places or first == second:
            return None
        low, high = sorted((places[first], places[second]))
        place = low * len(places) - low * (low + 1) // 2 + high - low - 1
        share = self._shares[int(block["offset"]) + place]
        return None if share == _UNKNOWN else share / 100

    def corrected(self, first: str, second: str, year: int) -> float | None:
        """Return agreement over all subjects corrected for chance, or None where it is not defined."""
        share = self.agreement(first, second, year)
        ours, theirs = self.point(first, year), self.point(second, year)
        if share is None or ours is None or theirs is None:
            return None
        value = chance_corrected(share, _shares_of(ours), _shares_of(theirs))
        return None if np.isnan(value) else value


def _shares_of(point: Point) -> NDArray[np.float64]:
    answers = np.array(point.answers, np.float64)
    shares: NDArray[np.float64] = answers / answers.sum()
    return shares


@cache
def packaged_measures() -> Measures:
    """Return the packaged values.

    Examples
    --------
    >>> answer = packaged_measures()
    >>> answer.first, answer.last, answer.agreement("FRA", "DEU", 2019)
    (1946, 2019, 0.9)
    """
    home = resources.files("foedus.measure").joinpath("data")
    rows, wrong = scan_text(home.joinpath(POINTS).read_text("utf-8"), PointRow, POINTS)
    if wrong:
        raise InputError(wrong)
    points = [row.record.point_of for row in rows]
    recipe = json.loads(home.joinpath(_RECIPE).read_text("utf-8"))
    return Measures(points, recipe, lzma.decompress(home.joinpath(_AGREEMENT).read_bytes()))


def derive(folder: Path | str) -> dict[str, bytes]:
    """Return the packaged files, by name, made from a folder of votes.

    Raises
    ------
    FoedusError
        When the folder lacks a table.
    """
    votes = read_votes(folder)
    fitted = ideal_points(votes)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([declared.name for declared in columns_of(PointRow)])
    years = len(votes.years)
    cell = votes.seat.astype(np.int64) * years + votes.year - votes.years[0]
    answers = np.stack(
        [np.bincount(cell[votes.choice == choice], minlength=fitted.cast.size) for choice in range(3)], 1
    ).reshape(*fitted.cast.shape, 3)
    for s, seat in enumerate(votes.seats):
        for t, year in enumerate(votes.years):
            if fitted.cast[s, t]:
                point, error = f"{fitted.points[s, t]:.3f}", f"{fitted.errors[s, t]:.3f}"
                table.writerow([actor_of(seat, year), year, point, error, *answers[s, t]])
    shares, blocks = _agreements(votes)
    hashes = {name: sha256((Path(folder) / f"{name}.parquet").read_bytes()) for name in _TABLES}
    recipe = {
        "source": "votes of the UN General Assembly, Erik Voeten's data set as laid out by the R package unvotes (MIT)",
        "read": hashes,
        "model": {"step": STEP, "slope": SLOPE, "cut": CUT, "rounds": fitted.rounds, "change": round(fitted.change, 6)},
        "made_by": "python -m foedus.measure FOLDER",
        "blocks": blocks,
    }
    return {
        POINTS: out.getvalue().encode(),
        _AGREEMENT: lzma.compress(shares, preset=9),
        _RECIPE: (json.dumps(recipe, separators=(",", ":")) + "\n").encode(),
    }


_TABLES = ("un_votes", "un_roll_calls", "un_roll_call_issues")


def _agreements(votes: Votes) -> tuple[bytes, list[dict[str, object]]]:
    shares: list[bytes] = []
    blocks: list[dict[str, object]] = []
    offset = 0
    for subject in (None, *votes.subjects):
        for year in votes.years:
            if subject is not None and year < SUBJECTS_FROM:
                continue
            alike, together = agreement(votes, year, subject)
            there = np.flatnonzero((together > 0).sum(1) > 1)
            if not len(there):
                continue
            upper = np.triu_indices(len(there), 1)
            values = alike[np.ix_(there, there)][upper]
            percent = np.where(np.isnan(values), _UNKNOWN, np.rint(100 * np.nan_to_num(values))).astype(np.uint8)
            actors = [actor_of(votes.seats[s], year) for s in there]
            blocks.append({"subject": subject or ALL, "year": year, "actors": actors, "offset": offset})
            shares.append(percent.tobytes())
            offset += len(percent)
    return b"".join(shares), blocks


def rebuild(folder: Path | str) -> None:
    """Write the packaged files anew from a folder of votes."""
    home = Path(__file__).parent / "data"
    home.mkdir(exist_ok=True)
    for name, content in derive(folder).items():
        write_atomically(home / name, content)


__all__ = ["ALL", "Measures", "Point", "derive", "packaged_measures", "rebuild"]
