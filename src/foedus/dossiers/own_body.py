"""A body that Foedus does not know: its members and its rule, written as a dossier's own facts and institutions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.locks import writing
from foedus.base.tables import render_table
from foedus.base.together import write_together
from foedus.dossiers.draft import text
from foedus.dossiers.packaged import made_here
from foedus.dossiers.proposing import slug
from foedus.dossiers.rule_words import DECLARED, rule_yaml
from foedus.institutions import Body, packaged_institutions
from foedus.world import packaged_world
from foedus.world.records import Actor, Source
from foedus.world.resolver import is_known
from foedus.world.ties import Membership

_SOURCE = "own"


@dataclass(frozen=True, slots=True)
class OwnBody:
    """A body as its author describes it.

    Attributes
    ----------
    name
        How it is called.
    members
        Names; those of states that Foedus knows keep their ids, an organisation's stands for its members.
    rule
        One of `RULES`.
    """

    name: str
    members: tuple[str, ...]
    rule: str


def own_body(name: str, members: Sequence[str], rule: str) -> OwnBody:
    """Return a body once its rule can be read and it has two members or more.

    Raises
    ------
    FoedusError
        When it cannot.

    Examples
    --------
    >>> own_body("League of Five", ["Ardonia", "Belmar", "France"], "2/3").rule
    '2/3'
    """
    named = tuple(member.strip() for member in members if member.strip())
    folded = [member.casefold() for member in named]
    alone = len(named) == 1 and len(_expanded(named, dt.date.max)) < 2
    if not named or alone or len(set(folded)) < len(folded):
        raise FoedusError('--members: expected two names or more, each once, such as --members "Ardonia, Belmar"')
    rule_yaml(rule, len(_expanded(named, dt.date.max)))
    return OwnBody(name.strip(), named, rule.strip())


def write_own_body(folder: Path, body: OwnBody, since: Day) -> str:
    """Write the overlays of a body and return its id.

    Parameters
    ----------
    folder
        The dossier's, new or empty.
    body
        What `own_body` returned. Where Foedus knows a body by that name and not its members, it keeps its rule.
    since
        The first day on which it decides, and on which its members have their seats.

    Raises
    ------
    FoedusError
        When the folder has facts or institutions already, or Foedus knows the members.
    """
    world, packaged = packaged_world(), _packaged_body(body.name)
    if packaged is not None and any(row.organisation in packaged.seated_by.memberships for row in world.memberships):
        raise FoedusError(
            f"the members of the {packaged.name} are known: leave out --members; or give a body of your own a name "
            f'that no other has, such as --body "{body.name.strip()} of our own"'
        )
    id_ = slug(body.name, {*world.actors, *packaged_institutions().bodies})
    organisation = id_ if packaged is None else packaged.organisation
    actors = [] if organisation in world.actors else [_actor(organisation, "organisation", body.name)]
    ids: list[str] = []
    for name in _expanded(body.members, since):
        known = _known(name)
        ids.append(known or _short(name, {*world.actors, *ids, organisation}))
        if known is None:
            actors.append(_actor(ids[-1], "state", name))
    seats = [
        Membership(
            organisation=organisation, actor=member, status="member", start=since, end=None, source=_SOURCE,
            verified=False, note=DECLARED,
        )
        for member in dict.fromkeys(ids)
    ]  # fmt: skip
    source = Source(id=_SOURCE, title=f"Set up for this dossier: {body.name}", publisher="the dossier's author")
    files = {
        "world/actors.csv": render_table(Actor, actors),
        "world/memberships.csv": render_table(Membership, seats),
        "world/sources.csv": render_table(Source, [source]),
    }
    if packaged is None:
        files[f"institutions/{id_}.yaml"] = (
            f"id: {id_}\nname: {text(body.name)}\nseats: {{membership: {organisation}, status: member}}\nrule:\n"
            f"  - from: {since}\n    value: {rule_yaml(body.rule, len(seats))}\n    reference: {DECLARED}\n"
        )
    _refuse_others(folder, files)
    made_here(folder)
    with writing(folder):
        write_together(folder, {name: content.encode() for name, content in files.items()})
    return id_ if packaged is None else packaged.id


def _packaged_body(name: str) -> Body | None:
    """Return the packaged body that goes by exactly this name, or whose organisation's id it is."""
    institutions = packaged_institutions()
    if (named := institutions.named(name)) is not None:
        return named
    seated = [body for body in institutions.bodies.values() if body.organisation == name.strip().casefold()]
    return seated[0] if len(seated) == 1 else None


def _expanded(names: Sequence[str], on: Day) -> list[str]:
    """Return names, an organisation's replaced by its members' ids."""
    world, expanded = packaged_world(), []
    for name in names:
        known = _known(name)
        if known is not None and world.actors[known].kind == "organisation":
            expanded += [row.actor for row in world.members(known, on)]
        else:
            expanded.append(name)
    return expanded


def _actor(id_: str, kind: str, name: str) -> Actor:
    return Actor(id=id_, kind=kind, name=name, source=_SOURCE, verified=False, note=DECLARED)


def _known(name: str) -> str | None:
    """Return the id of a state that Foedus knows by this name.

    Raises
    ------
    FoedusError
        When several go by it: none of them is to become a state of one's own in silence.
    """
    world = packaged_world()
    return world.find(name) if is_known(name, world) else None


def _short(name: str, taken: set[str]) -> str:
    """Return three letters for a state of one's own, such as ``ARD``; a longer id where they are taken."""
    letters = slug(name).replace("-", "").upper()
    for short in (letters[:3], letters[:4], letters):
        if len(short) > 2 and short not in taken:
            return short
    return slug(name, taken)


def _refuse_others(folder: Path, files: Mapping[str, str]) -> None:
    """Refuse a folder with facts of its own; those that the same command wrote before it was killed are no others."""
    there = [
        path
        for folder_name in ("world", "institutions")
        for path in (folder / folder_name).rglob("*")
        if path.is_file()
    ]
    known = {folder / name: content.encode() for name, content in files.items()}
    if any(known.get(path) != path.read_bytes() for path in there if not path.name.startswith(".")):
        raise FoedusError(f"{folder} has facts or institutions of its own already; leave out --members and --rule")
