"""``foedus statements DIR add``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder
from foedus.cli.statements.options import By, Day, Why, who_decides

if TYPE_CHECKING:
    from foedus.dossiers import Dossier


@answering()
def add(
    folder: DossierFolder,
    actor: Annotated[str | None, typer.Argument(metavar="[ACTOR]", help="Who, by id or name.")] = None,
    stance: Annotated[
        str | None, typer.Argument(metavar="[STANCE]", help="for, against, neither, abstains or consents.")
    ] = None,
    concept: Annotated[str | None, typer.Argument(metavar="[WHAT]", help="An option or a claim.")] = None,
    words: Annotated[str | None, typer.Argument(metavar="[WORDS]", help="What was said, in your words.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="When it was said; by default its source's day, or today.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="TITLE", help="A source by id or title, or the title of a new one."),
    ] = None,
    known: Annotated[
        str | None, typer.Option("--known", metavar="DAY", help="Known from this day; by default when it was said.")
    ] = None,
    marking: Annotated[
        str,
        typer.Option("--marking", metavar="MARKING", help="Who may read it; by default as its source, or internal."),
    ] = "",
    quote: Annotated[
        str, typer.Option("--quote", metavar="TEXT", help="Exact words; in a document they find their passage.")
    ] = "",
    passage: Annotated[
        str, typer.Option("--passage", metavar="P", help="The document's paragraph, such as p3, in place of words.")
    ] = "",
    person: Annotated[str, typer.Option("--person", metavar="NAME", help="Who spoke for the actor.")] = "",
    office: Annotated[str, typer.Option("--office", metavar="OFFICE", help="In what office.")] = "",
    condition: Annotated[str, typer.Option("--unless", metavar="TEXT", help="On what condition it would agree.")] = "",
    signal: Annotated[str, typer.Option("--signal", metavar="SIGNAL", help="threat, link, offer and so on.")] = "",
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="How directly the words come from the actor.")
    ] = "",
    private: Annotated[bool, typer.Option("--private", help="It was not said in public.")] = False,
    by: By = "",
    day: Day = None,
    reason: Why = "",
) -> Reply:
    """Enter what you were told: a telegram, a call, a colleague's view."""
    import datetime as dt

    import foedus
    from foedus.base.days import parse_day
    from foedus.base.errors import FoedusError
    from foedus.coding.entering import Told, enter, source_named
    from foedus.dossiers.said import side_of

    today = str(dt.date.today())  # noqa: DTZ011 - the day where the analyst is
    if not (actor and stance and concept and (words or quote or passage) and source):
        if not sys.stdin.isatty():
            raise FoedusError(
                f'expected: foedus statements {folder} add ACTOR for|against WHAT "what was said" '
                '--source "Telegram 12" --on 2026-05-03, or, for a document that was read, --source ID '
                '--quote "its exact words"; in a terminal, what is missing is asked'
            )
        dossier = foedus.read_dossier(folder)
        actor = actor or typer.prompt("Who (a member or anybody with a voice)")
        concept = concept or _which(dossier)
        stance = stance or typer.prompt("For, against, neither, abstains or consents", default="against")
        words = words or quote or typer.prompt("What was said, in your words")
        source = source or typer.prompt("Source (a title, such as Telegram 12 from Paris)")
        on = on or typer.prompt("Said on", default=today)
        if stance.strip().casefold() == "against" and not condition:
            condition = typer.prompt("On what condition would it agree (blank: none was named)", default="")
    try:
        said, since = parse_day(on) if on else None, parse_day(known) if known else None
    except ValueError as error:
        raise FoedusError(f"--on, --known: {error}") from None
    held = source_named(foedus.read_dossier(folder), source)
    said = said if held is not None else said or parse_day(today)
    told = Told(
        actor, stance, concept, "" if words == quote else words or "", said, source, since,
        marking=marking, kind=kind, quote=quote, person=person, office=office, private=private, condition=condition,
        passage=passage,
        signal=signal,
    )  # fmt: skip
    statement, entry = enter(folder, told, who_decides(by, day, reason))

    def show() -> None:
        told_of = foedus.read_dossier(folder)
        if held is None:
            when = "" if on else f", dated today ({statement.said_on}) since --on was left out"
            unseen = "; the words of --quote are in no document here" if quote else ""
            typer.echo(f"note: {source!r} is a new source, {statement.source}{when}{unseen}", err=True)
        elif held.id.casefold() != source.strip().casefold() and held.title.casefold() != source.strip().casefold():
            typer.echo(f"note: {source!r} is taken for the source {held.id}", err=True)
        issues = {one.issue for one in told_of.concepts if one.id == statement.concept}
        if not any(told_of.at_the_table(statement.actor, issue) for issue in issues if issue):
            why = next(
                (words for issue in issues if issue and (words := _no_seat(told_of, statement.actor, issue))), ""
            )
            who = told_of.world.name(statement.actor)
            typer.echo(
                f"note: {who} {why or 'has neither a seat nor a voice here'}, so nothing moves; name it "
                f"under 'voices' in {folder}/dossier.yaml to show where it stands",
                err=True,
            )
        claim = next(one.text for one in told_of.concepts if one.id == statement.concept)
        typer.echo(
            f"{statement.id}: {told_of.world.name(statement.actor)} {side_of(statement)} '{claim}', "
            f"said on {statement.said_on}, marked {statement.marking}\n"
            f"next: foedus position {folder} {statement.actor}    or take it back: foedus statements {folder} undo"
        )

    return Reply({"entry": entry.number, "statement": statement}, show)


def _no_seat(dossier: Dossier, actor: str, issue_id: str) -> str:
    """Return in what standing an actor is in the body's organisation where that gives it no seat; else empty."""
    issue = dossier.issue(issue_id)
    body = dossier.institutions.body(issue.body)
    seated = set(body.seated_by.memberships)
    for meeting in issue.meetings:
        for row in dossier.world.memberships:
            here = row.actor == actor and row.organisation in seated and meeting.on in row.interval
            if here and row.status == "suspended":
                return (
                    f"is a member that has been suspended since {row.start} and has no seat on {meeting.on} "
                    f"({row.note or row.locator})"
                )
    return ""


def _which(dossier: Dossier) -> str:
    """Ask which option or claim it is about, by number or in words."""
    options = [o.label for issue in dossier.issues for o in issue.options if o.label != issue.status_quo]
    claims = list(dict.fromkeys(concept.text for concept in dossier.concepts))
    listed = list(dict.fromkeys([*options, *claims]))
    for number, one in enumerate(listed, start=1):
        typer.echo(f"  {number}  {one}")
    answer = str(typer.prompt("About which (a number, or in words)"))
    return listed[int(answer) - 1] if answer.isdigit() and 1 <= int(answer) <= len(listed) else answer
