"""Packages: issues that are decided together, and consents that are linked to another matter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.base.errors import FoedusError
from foedus.base.files import read_text
from foedus.base.locks import one_writer
from foedus.base.wording import and_
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.draft import text
from foedus.dossiers.extending import appended, write_checked
from foedus.dossiers.formats import SETTINGS, migrate
from foedus.dossiers.linking import wrong_package
from foedus.dossiers.proposing import slug
from foedus.dossiers.read import read_dossier
from foedus.dossiers.settings import Link, PackageSettings


@one_writer
def add_package(folder: Path, package: PackageSettings) -> None:
    """Write a package into ``dossier.yaml``; one of the same id is refused.

    Raises
    ------
    FoedusError
        When the id is taken, or an issue or an actor is unknown; the file stays as it was.
    """
    dossier = read_dossier(folder)
    if package.id in {other.id for other in dossier.settings.packages}:
        raise FoedusError(f"the dossier has a package {package.id!r} already; save this one under another id")
    links = "".join(
        f"      - {{actor: {link.actor}, issue: {link.issue}, needs: {link.needs}, option: {text(link.option)}"
        + (f", note: {text(link.note)}" if link.note else "")
        + "}\n"
        for link in package.links
    )
    options = ", ".join(f"{issue}: {text(label)}" for issue, label in package.options.items())
    entry = (
        f"  - id: {package.id}\n    title: {text(package.title)}\n    issues: [{', '.join(package.issues)}]\n"
        + (f"    options: {{{options}}}\n" if options else "")
        + (f"    links:\n{links}" if links else "")
    )
    migrate(folder)
    write_checked(folder, {SETTINGS: appended(read_text(folder / SETTINGS), "packages", entry).encode()})


def package_asked(dossier: Dossier, parts: Sequence[str], links: Sequence[str], id_: str = "") -> PackageSettings:
    """Return the package that is meant: one of the dossier's by its id, by default its first, or what was typed.

    Parameters
    ----------
    dossier, links, id_
        As for `package_of`.
    parts
        The id of a package of the dossier, or issues as for `package_of`.

    Raises
    ------
    FoedusError
        As `package_of` does.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers
    >>> three = read_dossier(packaged_dossiers()["three-trades"])
    >>> package_asked(three, ["fleet", "budget=half"], []).options
    {'budget': 'half'}
    """
    known = {package.id: package for package in dossier.settings.packages}
    if len(parts) == 1 and parts[0] in known and not links:
        return known[parts[0]]
    if not parts and not links and known:
        return next(iter(known.values()))
    return package_of(dossier, parts, links, id_=id_)


def package_of(
    dossier: Dossier, issues: Sequence[str], links: Sequence[str], *, id_: str = "", title: str = ""
) -> PackageSettings:
    """Return a package from what a person typed.

    Parameters
    ----------
    dossier
        Its issues.
    issues
        Each ``ISSUE`` or ``ISSUE=OPTION``; by default all issues with options on a line, each with its proposal.
    links
        Each ``ACTOR.ISSUE=OTHER`` or ``ACTOR.ISSUE=OTHER:OPTION``: the actor agrees on the one if the other is
        decided so.
    id_, title
        By default made from the issues.

    Raises
    ------
    FoedusError
        When something is unknown, or fewer than two issues are left.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers
    >>> three = read_dossier(packaged_dossiers()["three-trades"])
    >>> package_of(three, ["fleet", "budget=half"], []).options
    {'budget': 'half'}
    """
    named = [part.partition("=") for part in issues] or [
        (listed.id, "", "") for listed in dossier.issues if listed.ordered
    ]
    ids = [dossier.issue(issue.strip()).id for issue, _, _ in named]
    options = {dossier.issue(issue.strip()).id: option.strip() for issue, mark, option in named if mark}
    if len(ids) < 2:
        raise FoedusError(
            "a package takes two issues or more, and the dossier has one with options on a line: add another with "
            f'foedus new {dossier.folder.name} --issue ID --question "Would ...?" --option "..." --option "..."'
        )
    links_read = []
    for link in links:
        what, mark, needs = link.partition("=")
        who, dot, issue = what.strip().rpartition(".")
        if not mark or not dot:
            raise FoedusError(f"--link {link!r}: expected ACTOR.ISSUE=OTHER, such as HUN.facility=funds")
        other, _, option = needs.partition(":")
        asked = dossier.issue(other.strip())
        links_read.append(
            Link(
                actor=who if who in dossier.world.actors else dossier.world.find(who),
                issue=dossier.issue(issue).id,
                needs=asked.id,
                option=asked.option(option.strip() or options.get(asked.id) or asked.proposal).label,
            )
        )
    told = [options.get(part_id) or dossier.issue(part_id).proposal for part_id in ids]
    labels = [
        label if told.count(label) == 1 else f"{label} ({part_id})" for part_id, label in zip(ids, told, strict=True)
    ]
    title = title or and_(labels)
    made = PackageSettings(id=id_ or slug(" ".join(ids)), title=title, issues=ids, options=options, links=links_read)
    for _, value, expected in wrong_package(
        made, {listed.id: listed for listed in dossier.issues}, dossier.world.actors
    ):
        raise FoedusError(f"{value!r}: expected {expected}")
    return made
