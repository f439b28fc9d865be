"""A docket to start from: each issue tabled, and voted on at each of its meetings."""

from __future__ import annotations

from foedus.base.errors import refuse
from foedus.base.files import write_atomically
from foedus.base.locks import writing
from foedus.base.tables import render_table
from foedus.coding.rows import update_table
from foedus.dossiers import Dossier, read_dossier
from foedus.evidence import OWN_NOTE, Source
from foedus.procedures.docket import FILE, read_docket
from foedus.procedures.items import Item

_SOURCE = "own-docket"


def scaffold_docket(dossier: Dossier) -> int:
    """Write ``docket.csv`` from a dossier's meetings, with its source, and return how many rows it has.

    Every issue whose options have an order is a matter of its own under the procedure *vote*: tabled on the day of the
    first meeting, and decided at each. What history did is left blank.

    Parameters
    ----------
    dossier
        Without a docket yet.

    Raises
    ------
    InputError
        When it has a docket.

    Examples
    --------
    >>> import tempfile, foedus
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = foedus.new_dossier(f"{folder}/a", "nac", foedus.read_dossier("tokyo-office").issues[0].meetings[1].on)
    ...     scaffold_docket(foedus.read_dossier(f"{folder}/a"))
    2
    """
    with writing(dossier.folder):
        return _scaffolded(dossier)


def _scaffolded(dossier: Dossier) -> int:
    path = dossier.folder / FILE
    if path.exists():
        raise refuse(str(path), "exists already; add rows to it, or move it away first")
    items = []
    for issue in (issue for issue in dossier.issues if issue.ordered):
        first = issue.meetings[0].on
        common = {"matter": issue.id, "procedure": "vote", "source": _SOURCE, "verified": False}
        by = (dossier.settings.agenda_setter or dossier.institutions.body(issue.body).organisation,)
        items.append(Item(on=first, step="table", by=by, issue=issue.id, note="the proposal is tabled", **common))  # type: ignore[arg-type]
        for number, meeting in enumerate(issue.meetings):
            if number:
                note = f"it comes back before {meeting.name}, unless it was adopted"
                items.append(Item(on=meeting.on, step="amend", by=by, issue=issue.id, note=note, **common))  # type: ignore[arg-type]
            items.append(Item(on=meeting.on, step="vote", issue=issue.id, note=meeting.name, **common))  # type: ignore[arg-type]
    if not items:
        raise refuse(str(path), "no issue has options with an order, and a replay knows no others")
    items.sort(key=lambda item: item.on)
    if _SOURCE not in dossier.sources:
        source = Source(
            id=_SOURCE,
            title="The meetings of this dossier",
            outlet=OWN_NOTE,
            known=min(issue.meetings[0].on for issue in dossier.issues),
            note="a docket made from dossier.yaml; name a source for each row that you check",
        )
        update_table(dossier.folder / "sources.csv", Source, dossier.sources, [*dossier.sources.values(), source])
    write_atomically(path, render_table(Item, items))
    read_docket(read_dossier(dossier.folder))
    return len(items)
