"""The answers of ``foedus obligations`` for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.base.traces import Trace
    from foedus.institutions.accession import Accession
    from foedus.institutions.law.answer import Obligation, SignedOnly
    from foedus.institutions.law.coverage import Coverage
    from foedus.institutions.law.schema import Reading
    from foedus.institutions.obligations import Attack, Consultation, TreatyAnswer


def tell_attack(answers: tuple[TreatyAnswer, ...], attack: Attack) -> None:
    """Print what one treaty says to an attack, or what all say that bind anybody attacked.

    Those that apply stand in the table, each with what is owed, its readings and its notes below; the others follow in
    a line each, with what they turn on.
    """
    from foedus.cli.tables import console, show

    what = f"{attack.place}{f' by {attack.by}' if attack.by else ''}, {attack.on}"
    silent = [one for one in answers if one.kind == "none"]
    applies = [one for one in answers if one.engaged != "no"]
    if not answers:
        typer.echo(f"no treaty that is known binds anybody attacked at {attack.place} on {attack.on}")
    elif applies or len(answers) == 1:
        show(
            console(),
            f"Attack on {what}",
            ["treaty", "article", "owes", "engaged", "invoked by", "owed by"],
            [
                [
                    one.treaty,
                    one.article,
                    one.kind if one.kind == "none" else one.kind + _BINDS[one.binding],
                    one.engaged,
                    ", ".join(one.invoked_by),
                    _debtors(one),
                ]
                for one in (applies or answers)
            ],
        )
    else:
        typer.echo(f"Attack on {what}: no treaty that is known obliges anybody to act")
    for one in applies:
        _tell_one(one, alone=len(answers) == 1)
    refused = [one for one in answers if one.engaged == "no" and one not in silent]
    told = [one for one in refused if len(refused) <= _FEW or _worth_a_line(one)]
    for one in told:
        _tell_no(one, alone=len(answers) == 1)
    if beside := [one.treaty for one in refused if one not in told]:
        typer.echo(f"Covering other places, means or attackers, as --treaty tells: {', '.join(beside)}")
    for one in silent if len(answers) == 1 else ():
        _tell_no(one, alone=True)
    if silent and len(answers) > 1:
        typer.echo(f"In force with an attacked state, without a duty to act: {', '.join(one.treaty for one in silent)}")


_BINDS = {"yes": "", "no": " (political)", "contested": " (binding contested)"}
"""What stands beside what is owed, where the document does not plainly bind in law."""


def _debtors(answer: TreatyAnswer) -> str:
    """Return who owes what the article is about, who owes consultation alone, and who perhaps is a party."""
    lesser = [one.actor for one in answer.owed_by if one.kind != answer.kind]
    told = [", ".join(one.actor for one in answer.owed_by if one.kind == answer.kind)]
    told += [f"consultation only: {', '.join(lesser)}"] if lesser else []
    told += [f"perhaps {', '.join(answer.perhaps_owed_by)}"] if answer.perhaps_owed_by else []
    return "; ".join(part for part in told if part)


_FEW = 2
"""Up to so many treaties that do not apply are each told with the reason."""


def _worth_a_line(answer: TreatyAnswer) -> bool:
    """Tell whether a no is told among many: of a defence of more than two, or where the clause speaks of the place."""
    from foedus.institutions.law.judgement import parties_on
    from foedus.institutions.law.treaties import packaged_law
    from foedus.world import packaged_world

    treaty = packaged_law().treaty(answer.treaty).treaty
    several = answer.kind == "defence" and len(parties_on(packaged_world(), treaty, answer.on)) > 2
    return several or any(_is_of_the_place(step) for clause in answer.why.children[:2] for step in clause.children)


def _is_of_the_place(step: Trace) -> bool:
    ruled = bool(step.children) and step.children[0].rule == "because"
    return step.value == "no" and ruled and "lies in the area" in step.rule


def tell_others(others: tuple[tuple[str, str], ...]) -> None:
    """Print the treaties whose parties may consult by their own opinion, though nothing is owed."""
    if others:
        named = ", ".join(f"{name} ({article})" for name, article in others)
        typer.echo(f"A party that feels threatened by it may also ask for consultation under {named}")


def tell_signed(signed: tuple[SignedOnly, ...]) -> None:
    """Print the treaties that were signed and not in force."""
    for one in signed:
        typer.echo(f"Signed on {one.signed} and not in force on the day, so that it owes nothing yet: {one.title}")


def tell_coverage(answers: tuple[TreatyAnswer, ...], covered: tuple[Coverage, ...]) -> None:
    """Print which treaties were not looked up, where no treaty that binds plainly owes defence."""
    if not any((one.kind, one.engaged, one.binding) == ("defence", "yes", "yes") for one in answers):
        for one in covered:
            typer.echo(f"Not looked up for {one.region}, so that silence proves nothing: {one.missing}")


def _tell_one(answer: TreatyAnswer, *, alone: bool) -> None:
    """Print what is owed under a treaty that applies, or may apply."""
    name = answer.treaty
    typer.echo(f"\n{answer.title}, {answer.article}:")
    if answer.determined_by:
        typer.echo(f"Determined by: {answer.determined_by}")
    when = "Owed if it applies" if answer.engaged == "contested" else "Owed"
    groups = _by_duty(answer.owed_by)
    for (text, reference), actors in groups.items():
        named = "each of them" if len(groups) == 1 < len(actors) and not alone else ", ".join(actors)
        typer.echo(f"{when} by {named}: {text} [{reference}]")
    for reading in answer.readings:
        _tell_reading(reading, answer.on)
    for note in answer.notes:
        typer.echo(f"Note on {name}: {note}")
    _tell_consultation(tuple(clause for clause in answer.consultation if not _is_told(clause, answer)))


def _is_told(clause: Consultation, answer: TreatyAnswer) -> bool:
    """Tell whether a clause on consultation is the one that the answer itself is about."""
    return answer.kind == "consultation" and clause.article == answer.article


def _by_duty(owed_by: tuple[Obligation, ...]) -> dict[tuple[str, str], list[str]]:
    """Return by what is owed, and where it is written, who owes it."""
    found: dict[tuple[str, str], list[str]] = {}
    for owed in owed_by:
        found.setdefault((owed.obligation, owed.reference), []).append(owed.actor)
    return found


def _tell_no(answer: TreatyAnswer, *, alone: bool) -> None:
    from foedus.institutions.law.unmet import unmet

    if answer.kind == "none":
        says = answer.why.children[-1]
        typer.echo(f"{answer.treaty}: no duty to act: {says.value} [{says.reference}]")
    elif reason := unmet(answer.why):
        typer.echo(f"{answer.treaty}: no, since this is not met: {reason}")
    for note in answer.notes if alone else ():
        typer.echo(f"Note on {answer.treaty}: {note}")
    if alone:
        _tell_consultation(answer.consultation)


def _tell_consultation(clauses: tuple[Consultation, ...]) -> None:
    for one in clauses:
        if one.engaged != "no":
            duty = f": {one.owed_by[0].obligation} [{one.owed_by[0].reference}]" if one.owed_by else ""
            typer.echo(f"Consultation, {one.article}: {one.engaged}, {_at_whose_wish(one)}{duty}")


def _at_whose_wish(clause: Consultation) -> str:
    """Return who has to ask before a clause on consultation is owed, in words."""
    if not clause.invoked_by:
        return "without anybody asking"
    return f"if {'any party' if len(clause.invoked_by) > 2 else ' or '.join(clause.invoked_by)} asks"


def tell_consultation(found: Consultation, reasons: Trace, by: str, day: Day) -> None:
    """Print whether an actor can have the parties consult, and what a no turns on."""
    from foedus.institutions.law.unmet import unmet

    typer.echo(f"{found.article} at the wish of {by} on {day}: {found.engaged}")
    if found.engaged == "no" and (reason := unmet(reasons)):
        typer.echo(f"Since this is not met: {reason}")
    if found.owed_by:
        owed = found.owed_by[0]
        typer.echo(f"Owed by {len(found.owed_by)} parties: {owed.obligation} [{owed.reference}]")


def tell_accession(found: Accession, state: str) -> None:
    """Print whether a state may be invited to a treaty, by which rule, and what a no turns on."""
    from foedus.institutions.law.unmet import unmet

    typer.echo(f"May {state} be invited to {found.treaty} on {found.on}: {found.open}")
    rule, case = found.why.children[0], found.why.children[1]
    typer.echo(f"The rule: {rule.value} [{rule.reference}]")
    if case.reference and case.reference != rule.reference:
        typer.echo(f"In this case: {case.rule} [{case.reference}]")
    elif found.open == "no" and (reason := unmet(case)):
        typer.echo(f"Since this is not met: {reason}")
    if found.consent_of:
        typer.echo(f"Decided by: {found.decided_by} ({len(found.consent_of)} parties)")
    for reading in found.readings:
        _tell_reading(reading, found.on)


def _tell_reading(reading: Reading, on: Day) -> None:
    later = " (said after the day asked about)" if reading.said is not None and reading.said > on else ""
    whose = (
        f"{reading.by[:1].upper()}{reading.by[1:]}" if "reading" in reading.by.split() else f"Reading of {reading.by}"
    )
    typer.echo(f"{whose}: {reading.value}; {reading.says} [{reading.reference}]{later}")
