"""Tables as Polars frames."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars

from foedus.base.days import Day, RoughDay
from foedus.base.errors import FoedusError
from foedus.base.tables import columns_of
from foedus.world.days import on_day
from foedus.world.loading import FILES
from foedus.world.world import World

_TYPES: dict[type, Any] = {bool: polars.Boolean, float: polars.Float64, int: polars.Int64, dt.date: polars.Date}


def frame(world: World, table: str, on: Day | None = None) -> polars.DataFrame:
    """Return a table as a frame; see `World.frame`."""
    name = table.removesuffix(".csv")
    if f"{name}.csv" not in FILES:
        raise FoedusError(f"no table {table!r}; known are {', '.join(file.removesuffix('.csv') for file in FILES)}")
    record = FILES[f"{name}.csv"]
    rows_of_table = getattr(world, name)
    rows: list[Any] = list(rows_of_table.values() if isinstance(rows_of_table, dict) else rows_of_table)
    if on is not None:
        if not hasattr(record, "interval"):
            raise FoedusError(f"the rows of {name} have no days; leave out the day")
        rows = on_day(rows, on)
    columns = columns_of(record)
    values = {c.name: [_plain(getattr(row, c.field)) for row in rows] for c in columns}
    return polars.DataFrame(values, schema={c.name: _type_of(record, c.field) for c in columns})


def _plain(value: object) -> object:
    if isinstance(value, RoughDay):
        return dt.date(value.year, value.month, value.day)
    return " ".join(value) if isinstance(value, tuple) else value


def _type_of(record: type[Any], field: str) -> Any:
    annotation = str(record.__dataclass_fields__[field].type)
    for kind, name in ((bool, "bool"), (float, "float"), (int, "int"), (dt.date, "Day")):
        if annotation.startswith(name):
            return _TYPES[kind]
    return polars.String
