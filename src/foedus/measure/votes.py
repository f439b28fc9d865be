"""Roll calls of the General Assembly: who voted how, on what, in which session.

The files are those of the public data set of Erik Voeten (Harvard Dataverse, hdl:1902.1/12379) as the R package
``unvotes`` lays them out: ``un_votes``, ``un_roll_calls`` and ``un_roll_call_issues``, as Parquet.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foedus.base.errors import FoedusError
from foedus.world import packaged_world

NO, ABSTAIN, YES = 0, 1, 2
FIRST_SESSION = 1945
"""Session 1 opened in 1946; the year of session s is 1945 + s, as the published ideal points count it."""

_CHOICES = {"no": NO, "abstain": ABSTAIN, "yes": YES}
_SEATS = {
    "Federal Republic of Germany": "DEU",
    "Yemen Arab Republic": "YAR",
    "Zanzibar": "EAZ",
    "Czechoslovakia": "CSK",
    "Yugoslavia": "YUG",
}
_SUCCESSORS = {"RUS": ((1990, "SUN"), (9999, "RUS")), "YUG": ((1991, "YUG"), (2005, "SCG"), (9999, "SRB"))}


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes cast, one element of each array for each vote.

    Attributes
    ----------
    seats
        Ids of the seats; a successor state keeps the seat, `actor_of` says who held it in a year.
    years
        The first year to the last.
    seat, year, roll_call, choice
        Integer arrays of one length: index in ``seats``, year, number of the roll call from 0, and 0, 1 or 2 for no,
        abstention and yes.
    subjects
        For each subject the roll calls on it.
    """

    seats: tuple[str, ...]
    years: tuple[int, ...]
    seat: NDArray[np.int32]
    year: NDArray[np.int32]
    roll_call: NDArray[np.int32]
    choice: NDArray[np.int8]
    subjects: dict[str, NDArray[np.int32]]


def actor_of(seat: str, year: int) -> str:
    """Return the id of the state that held a seat in a year.

    Examples
    --------
    >>> actor_of("RUS", 1985), actor_of("RUS", 1995), actor_of("FRA", 1995)
    ('SUN', 'RUS', 'FRA')
    """
    return next((actor for last, actor in _SUCCESSORS.get(seat, ()) if year <= last), seat)


def read_votes(folder: Path | str) -> Votes:
    """Read a folder with the three tables.

    Raises
    ------
    FoedusError
        A file is missing, or names a state that the packaged world does not know.
    """
    import polars as pl  # noqa: PLC0415 - heavy, and needed only to derive the packaged values

    home = Path(folder)
    for name in ("un_votes", "un_roll_calls", "un_roll_call_issues"):
        if not (home / f"{name}.parquet").is_file():
            raise FoedusError(f"{home / f'{name}.parquet'}: no such file; expected the tables of the package unvotes")
    calls = pl.read_parquet(home / "un_roll_calls.parquet").select(
        pl.col("rcid").cast(pl.Int32), (pl.col("session").cast(pl.Int32) + FIRST_SESSION).alias("year")
    )
    votes = (
        pl.read_parquet(home / "un_votes.parquet")
        .with_columns(pl.col("rcid").cast(pl.Int32), pl.col("vote").cast(pl.String))
        .join(calls, on="rcid")
    )
    by_iso2 = {row.iso2: row.id for row in packaged_world().actors.values() if row.iso2 and row.kind == "state"}
    seat_by_name = {
        name: _SEATS.get(name) or by_iso2.get(code or "")
        for name, code in votes.select("country", "country_code").unique().iter_rows()
    }
    if strangers := sorted(name for name, seat in seat_by_name.items() if seat is None):
        raise FoedusError(f"{home / 'un_votes.parquet'}: unknown states: {', '.join(strangers)}")
    seats = tuple(sorted({seat for seat in seat_by_name.values() if seat}))
    position = {seat: index for index, seat in enumerate(seats)}
    columns = votes.select(
        pl.col("country").replace_strict({n: position[s] for n, s in seat_by_name.items() if s}, return_dtype=pl.Int32),
        pl.col("year"),
        pl.col("rcid"),
        pl.col("vote").replace_strict(_CHOICES, return_dtype=pl.Int8),
    )
    numbers = np.unique(columns["rcid"].to_numpy())
    issues = pl.read_parquet(home / "un_roll_call_issues.parquet").with_columns(pl.col("issue").cast(pl.String))
    subjects = {
        str(name): np.searchsorted(numbers, np.intersect1d(numbers, part["rcid"].to_numpy())).astype(np.int32)
        for (name,), part in sorted(issues.partition_by("issue", as_dict=True).items())
    }
    year = columns["year"].to_numpy()
    return Votes(
        seats,
        tuple(range(int(year.min()), int(year.max()) + 1)),
        columns["country"].to_numpy(),
        year,
        np.searchsorted(numbers, columns["rcid"].to_numpy()).astype(np.int32),
        columns["vote"].to_numpy(),
        subjects,
    )
