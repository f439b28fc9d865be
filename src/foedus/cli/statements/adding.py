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
    from foedus.reports.sections import Section


@answering()
def add(
    folder: DossierFolder,
    actor: Annotated[
        str | None,
        typer.Argument(metavar="[ACTOR]", help="Who, by id or name; several with commas, or '23 of 28 members'."),
    ] = None,
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
    from foedus.base.days import day_or_month, parse_day
    from foedus.base.errors import FoedusError
    from foedus.coding.entering import Told, enter_each, source_named

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
        said, since = day_or_month(on) if on else None, parse_day(known) if known else None
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
    entered, entry = enter_each(folder, told, who_decides(by, day, reason))

    def notes() -> list[str]:
        from foedus.reports.entered import entering_notes

        dossier = foedus.read_dossier(folder)
        return entering_notes(dossier, entered, source, held, dated=bool(on), quoted=bool(quote))

    def sections() -> list[Section]:
        from foedus.reports.entered import entered_section

        return [entered_section(foedus.read_dossier(folder), entered, folder)]

    answer = {"entry": entry.number, "statement": entered[0], "statements": entered}
    return Reply(answer, sections=sections, notes=notes)


def _which(dossier: Dossier) -> str:
    """Ask which option or claim it is about, by number or in words."""
    options = [o.label for issue in dossier.issues for o in issue.options if o.label != issue.status_quo]
    claims = list(dict.fromkeys(concept.text for concept in dossier.concepts))
    listed = list(dict.fromkeys([*options, *claims]))
    for number, words in enumerate(listed, start=1):
        typer.echo(f"  {number}  {words}")
    answer = str(typer.prompt("About which (a number, or in words)"))
    return listed[int(answer) - 1] if answer.isdigit() and 1 <= int(answer) <= len(listed) else answer
