"""``foedus world audit``: how much was read in its source."""

from __future__ import annotations

from foedus.cli.options import AsJson
from foedus.cli.world.common import InFolder, open_world, tell


def audit(folder: InFolder = None, json: AsJson = False) -> None:
    """Print how many rows of each table were read in their source."""
    from foedus.world.audit import audit as audit_tables

    found = list(audit_tables(open_world(folder)))
    tell(
        {
            "tables": [
                {"table": a.table, "rows": a.rows, "verified": a.verified, "share": a.verified / a.rows} for a in found
            ]
        },
        json,
        "",
        ["table", "rows", "verified", "share"],
        [[a.table, str(a.rows), str(a.verified), f"{a.verified / a.rows:.0%}"] for a in found],
        numbers=[1, 2, 3],
    )
