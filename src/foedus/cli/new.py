"""``foedus new``: a dossier to start from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.base.errors import FoedusError
    from foedus.cli.new_asking import Wishes
    from foedus.dossiers import Dossier
    from foedus.dossiers.draft import Draft
    from foedus.reports.sections import Section


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or a dossier that gets another issue.")],
    question: Annotated[str | None, typer.Option("--question", metavar="TEXT", help="What is to be decided?")] = None,
    body: Annotated[
        str | None, typer.Option("--body", metavar="BODY", help="The body that decides, such as nac, or its name.")
    ] = None,
    procedure: Annotated[
        str | None,
        typer.Option("--procedure", metavar="NAME", help="By which of its procedures; by default the usual."),
    ] = None,
    on: Annotated[
        list[str] | None,
        typer.Option("--on", metavar="DAY[=NAME]", help="A day on which it meets (YYYY-MM-DD); may be repeated."),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(
            "--option",
            metavar="TEXT[=POSITION [by RULE]]",
            help="An option, its place from 0 to 100, and its own rule where it has one; repeat.",
        ),
    ] = None,
    proposal: Annotated[
        str | None, typer.Option("--proposal", metavar="OPTION", help="What is proposed; by default the furthest.")
    ] = None,
    status_quo: Annotated[
        str | None, typer.Option("--status-quo", metavar="OPTION", help="What holds if nothing is decided.")
    ] = None,
    consent: Annotated[
        list[str] | None,
        typer.Option("--consent", metavar="ACTOR=WHY", help="A consent from outside, and what lays it down."),
    ] = None,
    issue: Annotated[str | None, typer.Option("--issue", metavar="ID", help="A short id for the question.")] = None,
    members: Annotated[
        str | None, typer.Option("--members", metavar="NAMES", help="A body of your own: its members, with commas.")
    ] = None,
    rule: Annotated[
        str,
        typer.Option(
            "--rule", metavar="RULE", help="Its rule: consensus, majority, 2/3 (of members), 3/4 of votes cast, or 4."
        ),
    ] = "consensus",
    method: Annotated[
        str | None,
        typer.Option(
            "--method", metavar="WAY", help="Options without an order: consensus, straw-polls, rounds, elimination."
        ),
    ] = None,
    docket: Annotated[
        bool, typer.Option("--docket", help="Also a docket of the meetings; alone with a dossier: only that.")
    ] = False,
    like: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DOSSIER",
            help="Take body, options, priors and facts from another dossier; no statements.",
        ),
    ] = None,
    copy: Annotated[
        str | None,
        typer.Option("--copy", metavar="DOSSIER", help="Copy a dossier that comes with Foedus whole, to change it."),
    ] = None,
    ask: Annotated[
        bool | None, typer.Option("--ask/--no-ask", help="Ask what is missing; by default in a terminal.")
    ] = None,
) -> None:
    """Make a dossier of your own, or add an issue to one; in a terminal it asks for what you do not give."""
    from foedus.cli.new_asking import Wishes

    wishes = Wishes(
        question, body, procedure, tuple(on or ()), tuple(option or ()), proposal, status_quo, tuple(consent or ()),
        issue, members, rule, docket, method,
    )  # fmt: skip
    if copy is not None:
        _copied(folder, copy, beside=wishes.given or like is not None)
    elif (folder / "dossier.yaml").exists():
        _to_what_there_is(folder, wishes, ask, like)
    else:
        _make(folder, wishes, ask, like)


def _copied(folder: Path, name: str, *, beside: bool) -> None:
    """Copy a packaged dossier whole."""
    from foedus.base.errors import FoedusError
    from foedus.dossiers import copy_packaged
    from foedus.reports.begun import copied_section

    if beside:
        raise FoedusError(
            f"--copy takes a dossier whole, and nothing else with it: foedus new {folder} --copy {name}; "
            "a new case with the body and options of another is made by --from"
        )
    if (folder / "dossier.yaml").exists():
        raise FoedusError(f"{folder} has a dossier already; name a new folder for the copy")
    copy_packaged(name, folder)
    _tell(copied_section(folder, name))


def _to_what_there_is(folder: Path, wishes: Wishes, ask: bool | None, like: str | None) -> None:
    """Add an issue to a dossier, or a docket of its meetings, or both."""
    import foedus
    from foedus.base.errors import FoedusError
    from foedus.dossiers.extending import add_issue
    from foedus.reports.begun import added_section, docket_section, notes_on_line, notes_on_names

    if wishes.docket and not wishes.question:
        _tell(docket_section(folder, _docket(folder)))
        return
    if not wishes.question:
        raise FoedusError(
            f"{folder} has a dossier already. To add an issue to it, ask its question: foedus new {folder} --issue ID "
            '--question "Would ...?" --option "..." --option "..."; or name a new folder'
        )
    if like or wishes.members:
        raise FoedusError(f"{folder} has a dossier already: --from and --members are for a new one")
    wishes = _asked(wishes.beside(foedus.read_dossier(folder).issue()), folder, ask)
    draft = _draft(wishes, None)
    if draft is None or wishes.body is None:
        raise FoedusError("an issue has a question and a body that decides")
    members = len(add_issue(folder, wishes.body, draft))
    docket = _docket(folder) if wishes.docket else None
    section = added_section(folder, members, draft, foedus.read_dossier(folder), docket)
    _tell(section, (*notes_on_line(draft), *notes_on_names(draft)))


def _make(folder: Path, wishes: Wishes, ask: bool | None, like: str | None) -> None:
    """Make a new dossier."""
    import foedus
    from foedus.base.errors import FoedusError
    from foedus.cli.new_asking import listed
    from foedus.dossiers import packaged_dossiers
    from foedus.dossiers.own_body import own_body, write_own_body
    from foedus.dossiers.scaffold import refuse_others
    from foedus.reports.begun import begun_section, notes_on_body, notes_on_line, notes_on_names

    other = foedus.read_dossier(like) if like else None
    scale = None if other is None or wishes.options else (other.issue().scale.low, other.issue().scale.high)
    wishes = _asked(wishes.with_those_of(other), folder, ask)
    if wishes.body is None and wishes.members:
        raise FoedusError('--members describes a body of your own; name it: --body "League of Five"')
    if like and not wishes.on:
        whole = f"; to copy it whole, with its statements: foedus new {folder} --copy {like}"
        raise FoedusError(
            f"--from {like} takes body, options, priors and facts for a case of your own: say when the body meets, "
            f"--on DAY{whole if like in packaged_dossiers() else ''}"
        )
    if wishes.body is None or not wishes.on:
        raise FoedusError(
            "expected who decides, and when: give --body and --on, such as --body nac --on 2027-01-15; "
            'and the question: --question "Would ...?" --option "no change" --option "the proposal"'
        )
    draft = _draft(wishes, scale)
    if draft is None and (idle := wishes.without_question):
        raise FoedusError(
            f"{idle} needs a question to stand with: "
            '--question "Would ...?" --option "no change" --option "the proposal"'
        )
    day = wishes.days[0]
    body_id = wishes.body
    if wishes.members:
        refuse_others(folder)
        since = day.replace(month=1, day=1)
        body_id = write_own_body(folder, own_body(wishes.body, listed(wishes.members), wishes.rule), since)
    try:
        seated = foedus.new_dossier(folder, body_id, day, draft, other)
    except FoedusError as error:
        raise _with_own_body(error, wishes) from None
    made = foedus.read_dossier(folder)  # a body whose votes are not known, say, is told now, not at the first forecast
    docket = _docket(folder) if wishes.docket else None
    notes = (
        () if draft is None else (*notes_on_line(draft), *notes_on_body(made, wishes.procedure), *notes_on_names(draft))
    )
    _tell(begun_section(folder, len(seated), draft, made, docket), (*_guessed(wishes, made), *notes))


def _guessed(wishes: Wishes, made: Dossier) -> tuple[str, ...]:
    """Return that a body was found by a part of its name, and how one of one's own is made instead."""
    from foedus.cli.new_asking import taken_for

    if wishes.body is None or wishes.members:
        return ()
    body = made.institutions.body(made.issue().body)
    taken = taken_for(wishes.body, body, made.institutions, made.world)
    own = f'a body of your own by that name: --body "{wishes.body}" --members "NAME, NAME" --rule RULE'
    return () if taken is None else (f"{wishes.body!r} is taken for {taken}; {own}",)


def _with_own_body(error: FoedusError, wishes: Wishes) -> FoedusError:
    """Add to an error about a body that is not known how to describe one's own."""
    if not str(error).startswith("no body"):
        return error
    said = str(error) if str(error).endswith("?") else f"{error}."
    return type(error)(
        f'{said} A body that Foedus does not know is described by its members and its rule: --body "{wishes.body}" '
        '--members "Ghana, Kenya, Nigeria" --rule "majority of votes cast"'
    )


def _asked(wishes: Wishes, folder: Path, ask: bool | None) -> Wishes:
    """Ask in a terminal for what is missing."""
    from foedus.cli.new_asking import asked

    wanted = ask or (ask is None and sys.stdin.isatty() and not wishes.complete)
    return asked(wishes, folder) if wanted else wishes


def _draft(wishes: Wishes, scale: tuple[float, float] | None) -> Draft | None:
    """Return the question with its options and meetings; None where only body and day are given."""
    from foedus.base.errors import FoedusError
    from foedus.cli.new_asking import consents_of, refuse_method
    from foedus.dossiers.draft import drafted

    if wishes.options and not wishes.question:
        raise FoedusError('--option needs a --question, such as --question "Would the Council lift the embargo?"')
    refuse_method(wishes.method)
    if not wishes.question:
        return None
    return drafted(
        wishes.question, wishes.options or ("no change", "the proposal"), wishes.on,
        status_quo=wishes.status_quo, proposal=wishes.proposal, issue=wishes.issue, procedure=wishes.procedure,
        consents=consents_of(wishes.consents), scale=scale,
        ordered=wishes.method is None, method=wishes.method or "",
    )  # fmt: skip


def _docket(folder: Path) -> int:
    import foedus
    from foedus.procedures.scaffold import scaffold_docket

    return scaffold_docket(foedus.read_dossier(folder))


def _tell(section: Section, notes: Iterable[str] = ()) -> None:
    """Print what was made; what to beware of goes to standard error."""
    from foedus.cli.screen import console
    from foedus.cli.sections import show_sections

    show_sections(console(), [section])
    for note in notes:
        typer.echo(f"note: {note}", err=True)
