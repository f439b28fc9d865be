"""How far the tables of facts were read in their sources, and what may be open only because nobody closed it."""

from __future__ import annotations

from dataclasses import asdict

from foedus.reports.numbers import Number, count
from foedus.reports.world.page import Page, columns, listing
from foedus.world import World
from foedus.world.audit import audit as audit_tables
from foedus.world.audit import doubts
from foedus.world.horizon import AS_OF


def audit(world: World) -> Page:
    """Return of each table how many rows were read in their source, checked by a second reader, and left open."""
    audited, doubted = list(audit_tables(world)), doubts(world)
    tables = [
        {
            "table": a.table,
            "rows": a.rows,
            "verified": a.verified,
            "share": a.verified / a.rows,
            "checked": a.checked,
            "share_checked": a.checked / a.rows,
            "newest": a.newest,
            "oldest_open": a.oldest_open,
        }
        for a in audited
    ]
    shown = columns(
        "table rows verified share second_reader newest_row=newest oldest_unclosed_row=oldest_open",
        rows=lambda a: count(a.rows),
        verified=lambda a: count(a.verified),
        share=lambda a: Number(a.verified / a.rows, "share"),
        second_reader=lambda a: Number(a.checked / a.rows, "tenth"),
    )
    parts = [listing("audit", f"Facts up to {AS_OF}", shown, audited)]
    if doubted:
        why = "Rows that may be open only because nobody closed them"
        parts.append(listing("doubts", why, columns("table row why"), doubted))
    return Page({"tables": tables, "doubts": [asdict(doubt) for doubt in doubted]}, parts)
