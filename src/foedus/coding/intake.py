"""Reading documents into a dossier: texts stored, sources listed, candidate statements proposed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.base.hashes import sha256
from foedus.base.locks import writing
from foedus.base.plugins import found
from foedus.coding.journal import recover
from foedus.coding.taken import Intake, Taken, Wishes
from foedus.coding.taking import Taking
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.read import redacted
from foedus.dossiers.texts import stored_documents
from foedus.evidence import check_marking, marking_rank
from foedus.evidence.coders import Coder, RuleCoder, Unavailable, sends
from foedus.evidence.readers import PassedOver, Readable, find_entries
from foedus.evidence.reading import read_all
from foedus.evidence.withheld import Withheld, withheld

__all__ = ["Intake", "Taken", "Wishes", "coder_for_other_languages", "coder_named", "jobs_for", "read_into"]

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
    for entry in find_entries(paths):
        if isinstance(entry, Readable):
            entries.append(entry)
        elif isinstance(entry, PassedOver):
            taking.passed_over[entry.suffix or "no ending"] += 1
        else:
            taking.refused.append(entry)
    dossier = taking.dossier
    if any(map(sends, filter(None, (wishes.coder, wishes.other)))):
        sent = redacted(dossier, wishes.max_marking)
        taking.keep_back(_withheld(dossier, sent, entries, wishes), sent.concepts)
    try:
        for number, parts in enumerate(read_all(entries, taking.task, jobs=jobs), start=1):
            for read in parts:
                taking.add(read)
            if progress is not None:
                progress(number, len(entries))
    finally:
        taking.write()
        taking.accept()
    return taking.answer()


def _begun(folder: Path, wishes: Wishes) -> Taking:
    """Return the tables as they are now, after whatever a crash cut short was finished or undone."""
    try:
        if folder.is_dir():
            recover(folder)
        return Taking(folder, wishes)
    except FoedusError:  # perhaps another writer is at it: look again when nobody is
        if not folder.is_dir():
            raise
        with writing(folder):
            return Taking(folder, wishes)


def _withheld(dossier: Dossier, sent: Dossier, entries: Iterable[Readable], wishes: Wishes) -> Withheld:
    """Return what must not be sent: marked sources and their sentences, quotations of marked statements, new marks."""
    marked = [source for id_, source in dossier.sources.items() if id_ not in sent.sources]
    shown = {statement.id for statement in sent.statements}
    quotations = [statement.quote for statement in dossier.statements if statement.id not in shown]
    hashes = [source.sha256 for source in marked if source.sha256]
    if marking_rank(wishes.marking) > marking_rank(wishes.max_marking):
        known = {source.sha256 for source in dossier.sources.values()}
        hashes += [digest for digest in map(_digest, entries) if digest not in known]
    return withheld(wishes.max_marking, stored_documents(dossier.folder, marked).values(), quotations, hashes)


def _digest(entry: Readable) -> str:
    try:
        return sha256(entry.bytes())
    except FoedusError:  # told of where it is read
        return ""


CODERS = "foedus.coders"
"""Entry points by which an installed package brings a coder: a function of nothing that returns one."""


def coder_named(name: str) -> Coder:
    """Return a coder by its name.

    Parameters
    ----------
    name
        ``rules``; ``lm`` for a language model as the environment names it; or the name of one that another installed
        package brings.

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
    brought = found(CODERS)
    if name in brought:
        coder: Coder = brought[name].load()()
        return coder
    raise FoedusError(f"no coder {name!r}; there are {', '.join(['rules', 'lm', *brought])}")


def coder_for_other_languages() -> Coder | None:
    """Return the language model that the environment names, for texts that the coder cannot read; None without one.

    Where one is named and cannot be used, such texts are not coded, and the reason is told.

    Examples
    --------
    >>> import os
    >>> _ = os.environ.pop("FOEDUS_LM_MODEL", None)
    >>> coder_for_other_languages() is None
    True
    """
    if not os.environ.get("FOEDUS_LM_MODEL"):
        return None
    try:
        return coder_named("lm")
    except FoedusError as error:
        return Unavailable(str(error))


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
