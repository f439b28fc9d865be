"""Actors that the world does not know: an organisation with a voice, a group of members, another name of an actor."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.files import read_text
from foedus.base.locks import one_writer
from foedus.coding.rows import sheet_at, with_records
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.extending import with_key, write_checked
from foedus.dossiers.formats import SETTINGS, migrate
from foedus.dossiers.proposing import slug
from foedus.dossiers.read import read_dossier
from foedus.world import Actor, Membership
from foedus.world.records import Name, Source
from foedus.world.resolver import is_known

_SOURCE = "entered-by-hand"
_NOTE = "entered for this dossier"
_YEARS_BEFORE = 10
"""A group whose beginning is not given is taken to have had its members so long before the first meeting."""


@dataclass(frozen=True, slots=True)
class Known:
    """An actor that a dossier now knows.

    Attributes
    ----------
    actor, name
        Its id, and the name given.
    new
        Whether it was made; else the name is another one of an actor that was there, or the actor was there.
    members
        Of a group, by id.
    voices
        The issues on which it has a voice now.
    """

    KEYS = "actor name new members voices"

    actor: str
    name: str
    new: bool
    members: tuple[str, ...]
    voices: tuple[str, ...]


@one_writer
def make_known(
    folder: Path,
    name: str,
    members: Sequence[str] = (),
    means: str = "",
    since: Day | None = None,
    issue: str | None = None,
) -> Known:
    """Let a dossier know an actor: what it says can then be entered, and is shown.

    Parameters
    ----------
    folder
        The dossier's.
    name
        The actor's.
    members
        Ids or names of those for whom a group speaks; without them the actor speaks for itself and gets a voice.
    means
        The actor of which the name is another one.
    since
        The first day on which the group has its members; by default ten years before the first meeting.
    issue
        On which it has a voice; by default on all.

    Raises
    ------
    FoedusError
        When a member is unknown, or the name is taken; the files stay as they were.
    """
    dossier = read_dossier(folder)
    if not name.strip():
        raise FoedusError('expected a name, such as: foedus actor DIR "Germanwatch"')
    if means and members:
        raise FoedusError("--means gives an actor another name, --members makes a group: give one of the two")
    known = dossier.world.find(name) if is_known(name, dossier.world) else None
    if known is not None and (members or means):
        raise FoedusError(f"{name!r} is {known} ({dossier.world.name(known)}) already; give another name")
    if means:
        actor = dossier.world.find(means)
        named = Name(actor=actor, name=name.strip(), kind="alias", source=_SOURCE, verified=False, note=_NOTE)
        write_checked(folder, _tables(dossier, (("names.csv", Name, [named]),)))
        return Known(actor, name.strip(), False, (), ())
    ids = tuple(dict.fromkeys(dossier.world.find(member) for member in members if member.strip()))
    actor = known or slug(name, [*dossier.world.actors])
    files: dict[str, bytes] = {}
    if known is None:
        kind = "group" if ids else "organisation"
        made = Actor(id=actor, kind=kind, name=name.strip(), source=_SOURCE, verified=False, note=_NOTE)
        first = min(meeting.on for each in dossier.issues for meeting in each.meetings)
        begin = since or first - dt.timedelta(days=365 * _YEARS_BEFORE)
        seats = [
            Membership(
                organisation=actor, actor=member, status="member", start=begin, end=None, source=_SOURCE,
                verified=False,
                note=_NOTE,
            )
            for member in ids
        ]  # fmt: skip
        files = _tables(dossier, (("actors.csv", Actor, [made]), ("memberships.csv", Membership, seats)))
    voices = () if ids else tuple(_voiceless(dossier, actor, issue))
    if voices:
        migrate(folder)
        files[SETTINGS] = _with_voice(dossier, actor, voices).encode()
    if files:
        write_checked(folder, files)
    return Known(actor, name.strip(), known is None, ids, voices)


def members_at_large(dossier: Dossier, organisation: str) -> Actor | None:
    """Return the actor that stands for an organisation's unnamed members, where the world has none yet."""
    id_ = f"{organisation}-members"
    if id_ in dossier.world.actors:
        return None
    called = f"{dossier.world.name(organisation)} members at large"
    return Actor(id=id_, kind="group", name=called, source=_SOURCE, verified=False, note=_NOTE)


def with_actors(dossier: Dossier, actors: Sequence[Actor]) -> dict[str, bytes]:
    """Return the tables of a dossier's own world with actors added."""
    return _tables(dossier, (("actors.csv", Actor, actors),)) if actors else {}


def how_to_know(folder: Path, name: str, problem: str) -> str:
    """Return what is wrong with a name that is no actor's, and what to do about it."""
    named = shlex.quote(name.strip())
    stop = "" if problem.endswith("?") else "."
    return (
        f"{problem}{stop} Several actors are given with commas. Somebody new: foedus actor {folder} {named} gives it a "
        'voice; with --members "France, Italy" it is a group, with --means Belgium another name of Belgium. A person '
        f"speaks for an actor: give that one, and --person {named}"
    )


def _voiceless(dossier: Dossier, actor: str, issue: str | None) -> list[str]:
    """Return the issues on which an actor has neither a seat nor a voice."""
    asked = [dossier.issue(issue)] if issue else list(dossier.issues)
    return [listed.id for listed in asked if not dossier.at_the_table(actor, listed.id)]


def _with_voice(dossier: Dossier, actor: str, issues: Sequence[str]) -> str:
    written = read_text(dossier.folder / SETTINGS)
    for place, issue in enumerate(dossier.settings.issues):
        if issue.id in issues:
            written = with_key(written, ("issues", place), "voices", f"[{', '.join([*issue.voices, actor])}]")
    return written


def _tables(dossier: Dossier, added: Sequence[tuple[str, type[Any], Sequence[Any]]]) -> dict[str, bytes]:
    """Return tables of the dossier's own world with rows added, and the source that these rows name."""
    folder = dossier.folder / "world"
    has_source = (folder / "sources.csv").exists() and f"\n{_SOURCE}," in read_text(folder / "sources.csv")
    source = Source(id=_SOURCE, title="Entered by hand for this dossier", publisher="the dossier's author")
    wanted: list[tuple[str, type[Any], Sequence[Any]]] = list(added)
    if not has_source:
        wanted.append(("sources.csv", Source, [source]))
    return {
        f"world/{name}": with_records(sheet_at(folder / name, record), record, rows)
        for name, record, rows in wanted
        if rows
    }
