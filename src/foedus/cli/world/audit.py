"""``foedus world audit``: how much was read in its source, and what nobody closed."""

from __future__ import annotations

from foedus.cli.options import AsJson
from foedus.cli.world.common import InFolder, horizon_of, open_world, tell


def audit(folder: InFolder = None, json: AsJson = False) -> None:
    """Print of each table how many rows were read in their source, checked by a second reader, and left open."""
    from foedus.cli.tables import console, show
    from foedus.world.audit import audit as audit_tables
    from foedus.world.audit import doubts

    world = open_world(folder)
    found, doubted = list(audit_tables(world)), doubts(world)
    tell(
        {
            "tables": [
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
                for a in found
            ],
            "doubts": [{"table": d.table, "row": d.row, "why": d.why} for d in doubted],
        },
        json,
        f"Facts up to {horizon_of(None)['last_revision']}",
        ["table", "rows", "verified", "share", "second reader", "newest row", "oldest unclosed row"],
        [
            [
                a.table,
                str(a.rows),
                str(a.verified),
                f"{a.verified / a.rows:.0%}",
                f"{a.checked / a.rows:.1%}",
                str(a.newest or ""),
                str(a.oldest_open or ""),
            ]
            for a in found
        ],
        numbers=[1, 2, 3, 4],
    )
    if doubted and not json:
        show(
            console(),
            "\nRows that may be open only because nobody closed them",
            ["table", "row", "why"],
            [[d.table, d.row, d.why] for d in doubted],
        )
