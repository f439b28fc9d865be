"""Writing what happened at a step into a dossier's docket; every other byte of the table stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.base.files import write_atomically
from foedus.base.locks import one_writer
from foedus.base.sheets import read_sheet
from foedus.dossiers import Dossier, read_dossier
from foedus.procedures.docket import FILE, DocketEntry, read_docket
from foedus.procedures.items import NOT_ARISEN


def possible_outcomes(dossier: Dossier, entry: DocketEntry) -> Sequence[str]:
    """Return what may stand as that which happened at a step, beside a blank.

    Parameters
    ----------
    dossier
        Whose docket holds the step.
    entry
        A row of the docket.

    Examples
    --------
    >>> import foedus
    >>> dossier = foedus.read_dossier("tokyo-office")
    >>> [entry] = [listed for listed in read_docket(dossier).entries if str(listed.item.on) == "2018-07-01"]
    >>> possible_outcomes(dossier, entry)
    ['done', 'not-arisen']
    """
    own = [option.label for option in dossier.issue(entry.issue).options] if entry.issue else []
    labels = own if entry.step.decided == "body" else []
    return [*entry.step.choices, *labels, NOT_ARISEN]


@one_writer
def tell_outcome(folder: Path, key: str, happened: str, source: str = "", locator: str = "") -> None:
    """Write what happened at one step, or blank it.

    Parameters
    ----------
    folder
        The dossier's.
    key
        Of the step, as `foedus.procedures.docket.DocketEntry.key` gives it.
    happened
        One of `possible_outcomes`, or blank.
    source, locator
        Id of the source that tells it, and where in it; blank leaves what stands in the row. With another source the
        row counts as not verified until somebody says that it was read there.

    Raises
    ------
    FoedusError
        When the docket has no such step any more, or the result makes no sense; nothing is written then.
    """
    dossier = read_dossier(folder)
    entry = next((listed for listed in read_docket(dossier).entries if listed.key == key), None)
    if entry is None:
        raise FoedusError(f"{FILE} has no step {key!r} any more; load the page again")
    allowed = possible_outcomes(dossier, entry)
    if happened and happened not in allowed:
        raise FoedusError(f"{happened!r}: expected one of {', '.join(allowed)}, or a blank")
    known = {**dossier.world.sources, **dossier.sources}
    if source and source not in known:
        raise FoedusError(f"there is no source {source!r}")
    cells = {(entry.number, "happened"): happened}
    if source and source != entry.item.source:
        cells |= {
            (entry.number, "source"): source,
            (entry.number, "locator"): locator,
            (entry.number, "verified"): "no",
        }
    elif locator:
        cells[entry.number, "locator"] = locator
    path = folder / FILE
    before = path.read_bytes()
    write_atomically(path, read_sheet(path, name=FILE).with_cells(cells))
    try:
        read_docket(read_dossier(folder))
    except FoedusError:
        write_atomically(path, before)
        raise
