"""Reading documents into a dossier: texts stored, sources listed, candidate statements proposed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.base.hashes import sha256
from foedus.base.locks import one_writer
from foedus.coding.journal import recover
from foedus.coding.taken import Intake, Taken, Wishes
from foedus.coding.taking import Taking
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.read import read_dossier, redacted
from foedus.dossiers.texts import stored_documents
from foedus.evidence import check_marking, marking_rank
from foedus.evidence.coders import Coder, RuleCoder, sends
from foedus.evidence.readers import Entry, PassedOver, find_entries
from foedus.evidence.reading import Task, read_all
from foedus.evidence.withheld import Withheld, withheld

__all__ = ["Intake", "Taken", "Wishes", "coder_named", "jobs_for", "read_into"]

_MUCH = 2_000_000


def read_into(
    folder: Path | str,
    paths: Iterable[Path | str],
    wishes: Wishes | None = None,
    *,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Intake:
    """Read documents into a dossier.

    The dossier's lock is held while tables are written and not while documents are read: others may decide on
    statements meanwhile, and read into it as well.

    Parameters
    ----------
    folder
        The dossier.
    paths
        Files, folders and zip archives.
    wishes
        Coder, thresholds and days.
    jobs
        Processes side by side; the answer is the same for any number.
    progress
        Called with the number of documents that are done, and of all.

    Raises
    ------
    FoedusError
        When the dossier cannot be read, or a wish makes no sense.
    KeyboardInterrupt
        Passed on after what is done has been written.

    Examples
    --------
    >>> import tempfile
    >>> from foedus.dossiers import copy_packaged
    >>> home = Path(tempfile.mkdtemp())
    >>> _ = copy_packaged("tokyo-office", home / "office")
    >>> _ = (home / "note.txt").write_text("Norway said that the liaison office in Tokyo should open.")
    >>> [statement] = read_into(home / "office", [home / "note.txt"]).statements
    >>> statement.source, statement.actor, statement.concept, statement.stance, statement.status
    ('note', 'NOR', 'office', 1, 'candidate')
    """
    wishes = wishes or Wishes()
    for name, share in (("accept_above", wishes.accept_above), ("least", wishes.least)):
        if share is not None and not 0 <= share <= 1:
            raise FoedusError(f"{name}: {share:g}, expected a certainty from 0 to 1")
    check_marking(wishes.marking)
    check_marking(wishes.max_marking)
    taking = _begun(Path(folder), wishes)
    entries = []
    for found in find_entries(paths):
        if isinstance(found, Entry):
            entries.append(found)
        elif isinstance(found, PassedOver):
            taking.passed_over[found.suffix or "no ending"] += 1
        else:
            taking.refused.append(found)
    dossier = taking.dossier
    sent = redacted(dossier, wishes.max_marking) if sends(wishes.coder) else dossier
    task = Task(
        wishes.coder,
        dossier.world,
        sent.concepts,
        wishes.published,
        wishes.least,
        taking.up_to_date(),
        _withheld(dossier, sent, entries, wishes) if sends(wishes.coder) else None,
    )
    try:
        for number, read in enumerate(read_all(entries, task, jobs=jobs), start=1):
            taking.add(read)
            if progress is not None:
                progress(number, len(entries))
    finally:
        taking.write()
        taking.accept()
    return taking.answer()


@one_writer
def _begun(folder: Path, wishes: Wishes) -> Taking:
    """Return the tables as they are now, after whatever a crash cut short was finished or undone."""
    recover(folder)
    return Taking(read_dossier(folder), wishes)


def _withheld(dossier: Dossier, sent: Dossier, entries: Iterable[Entry], wishes: Wishes) -> Withheld:
    """Return what must not be sent: marked sources and their sentences, quotations of marked statements, new marks."""
    marked = [one for id_, one in dossier.sources.items() if id_ not in sent.sources]
    shown = {one.id for one in sent.statements}
    quotations = [one.quote for one in dossier.statements if one.id not in shown]
    hashes = [one.sha256 for one in marked if one.sha256]
    if marking_rank(wishes.marking) > marking_rank(wishes.max_marking):
        known = {one.sha256 for one in dossier.sources.values()}
        hashes += [digest for digest in map(_digest, entries) if digest not in known]
    return withheld(wishes.max_marking, stored_documents(dossier.folder, marked).values(), quotations, hashes)


def _digest(entry: Entry) -> str:
    try:
        return sha256(entry.bytes())
    except FoedusError:  # told of where it is read
        return ""


def coder_named(name: str) -> Coder:
    """Return a coder by its name: ``rules``, or ``lm`` for a language model as the environment names it.

    Raises
    ------
    FoedusError
        When there is no such coder, or what it needs is missing.

    Examples
    --------
    >>> coder_named("rules").name
    'rules'
    """
    if name == "rules":
        return RuleCoder()
    if name == "lm":
        from foedus.evidence.language_model import model_from_environment  # noqa: PLC0415  (an optional extra)

        return model_from_environment()
    raise FoedusError(f"no coder {name!r}; there are rules and lm")


def jobs_for(paths: Iterable[Path | str]) -> int:
    """Return how many processes are worth while: one for little, else as many as there are cores."""
    much = 0
    for path in map(Path, paths):
        files = path.rglob("*") if path.is_dir() else [path]
        for file in files:
            with contextlib.suppress(OSError):
                much += 0 if file.is_dir() else file.stat().st_size
            if much > _MUCH:
                return os.cpu_count() or 1
    return 1
