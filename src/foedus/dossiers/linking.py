"""What a package may name: issues with options on a line, their options, and actors."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from foedus.dossiers.settings import PackageSettings
from foedus.issues import Issue

Path = tuple[str | int, ...]


def wrong_package(
    package: PackageSettings, issues: Mapping[str, Issue], actors: Container[str]
) -> Iterator[tuple[Path, str, str]]:
    """Yield what is wrong with a package: where in it, the value, and what was expected.

    Parameters
    ----------
    package
        As written.
    issues
        Those of the dossier, by id.
    actors
        Ids of the world.
    """
    lined = [issue.id for issue in issues.values() if issue.ordered]
    for place, issue in enumerate(package.issues):
        if issue not in lined:
            yield ("issues", place), issue, f"the id of an issue with options on a line: {', '.join(lined)}"
        elif issue in package.issues[:place]:
            yield ("issues", place), issue, "each issue once"
    for issue, label in package.options.items():
        if issue not in package.issues or issue not in lined:
            yield ("options",), issue, f"an issue of the package: {', '.join(package.issues)}"
        else:
            yield from _wrong_option(("options", issue), issues[issue], label)
    for place, link in enumerate(package.links):
        at: Path = ("links", place)
        if link.actor not in actors:
            yield (*at, "actor"), link.actor, "the id of an actor of the world"
        if link.issue not in package.issues:
            yield (*at, "issue"), link.issue, f"an issue of the package: {', '.join(package.issues)}"
        if link.needs not in package.issues or link.needs == link.issue:
            yield (*at, "needs"), link.needs, "another issue of the package"
        elif link.needs in lined:
            yield from _wrong_option((*at, "option"), issues[link.needs], link.option)


def _wrong_option(at: Path, issue: Issue, label: str) -> Iterator[tuple[Path, str, str]]:
    left = [option.label for option in issue.options if option.label != issue.status_quo]
    if label not in left:
        yield at, label, f"an option of {issue.id!r} that changes something: {', '.join(map(repr, left))}"
