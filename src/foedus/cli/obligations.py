"""``foedus obligations``: what treaties bind their parties to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import MaxMarking, OnDay

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.base.traces import Trace
    from foedus.institutions.obligations import Attack

TreatyName = Annotated[
    str | None,
    typer.Option("--treaty", metavar="TREATY", help="Such as nato; by default all that bind anybody attacked."),
]
AttackOn = Annotated[
    str | None,
    typer.Option("--attack-on", metavar="PLACE", help="A place, or a state for its metropolitan territory."),
]
By = Annotated[str | None, typer.Option("--by", metavar="ACTOR", help="Who attacks.")]
ForcesOf = Annotated[
    str | None,
    typer.Option("--forces-of", metavar="ACTOR", help="Whose forces, vessels or aircraft are attacked at the place."),
]
MeansOf = Annotated[
    str,
    typer.Option(
        "--means",
        metavar="MEANS",
        help="How: armed, nuclear, non-state, cyber, hybrid, sabotage, space, internal, incursion or stray.",
    ),
]
Consults = Annotated[
    str | None,
    typer.Option("--consultation-by", metavar="ACTOR", help="Instead: can this actor make the parties consult?"),
]
Joins = Annotated[
    str | None,
    typer.Option("--accession-of", metavar="STATE", help="Instead: may this state be invited to the treaty?"),
]
LimitsOf = Annotated[
    str | None,
    typer.Option("--limits-of", metavar="STATE", help="Instead: what does this state's own law let it do?"),
]
Act = Annotated[
    str | None,
    typer.Option(
        "--act",
        metavar="ACT",
        help="With --limits-of: the act; by default collective-self-defence, or else the first described.",
    ),
]
HelpersOf = Annotated[
    list[str] | None,
    typer.Option(
        "--helper",
        metavar="ACTOR",
        help="With --attack-on, instead: what this actor owes, gave in earlier wars and may give; repeat.",
    ),
]
PullOf = Annotated[
    str | None,
    typer.Option(
        "--pull",
        metavar="LOW:HIGH",
        help="With --helper: how many of those that would not help Washington moves, such as 0.1:0.3; a judgement.",
    ),
]
SaidIn = Annotated[
    Path | None,
    typer.Option("--in", metavar="DIR", help="With --helper: a dossier, which tells what was said and adds facts."),
]


@answering(why=True)
def obligations(
    treaty: TreatyName = None,
    attack_on: AttackOn = None,
    by: By = None,
    forces_of: ForcesOf = None,
    means: MeansOf = "armed",
    consultation_by: Consults = None,
    accession_of: Joins = None,
    limits_of: LimitsOf = None,
    act: Act = None,
    helper: HelpersOf = None,
    pull: PullOf = None,
    within: SaidIn = None,
    on: OnDay = None,
    max_marking: MaxMarking = None,
) -> Reply:
    """Tell what treaties bind their parties to when somebody is attacked."""
    from foedus.base.days import asked_day
    from foedus.base.errors import FoedusError
    from foedus.institutions.obligations import Attack

    day = asked_day(on, "--on") if on is not None else dt.date.today()  # noqa: DTZ011 - a day has no zone
    asked = [one for one in (attack_on, consultation_by, accession_of, limits_of) if one is not None]
    if len(asked) != 1:
        raise FoedusError("give one of --attack-on, --consultation-by, --accession-of and --limits-of")
    if not helper and (pull is not None or within is not None):
        raise FoedusError("--pull and --in need --helper")
    if within is None and max_marking is not None:
        raise FoedusError("--max-marking is for the dossier of --in")
    if attack_on is not None:
        attack = Attack(place=attack_on, on=day, by=by, forces_of=forces_of, means=means)  # type: ignore[arg-type]
        if helper and treaty is not None:
            raise FoedusError("--helper looks at all treaties; leave out --treaty")
        return _helpers(attack, helper, pull, within, max_marking) if helper else _attack(treaty, attack)
    if helper:
        raise FoedusError("--helper needs --attack-on")
    if limits_of is not None:
        return _limits(limits_of, act, day)
    if treaty is None:
        raise FoedusError("name the treaty with --treaty")
    if consultation_by is not None:
        return _consultation(treaty, consultation_by, day)
    return _accession(treaty, str(accession_of), day)


def _attack(treaty: str | None, attack: Attack) -> Reply:
    from foedus.institutions.obligations import covered_at, obligations, open_to_consultation, signed_only

    answers = obligations(attack, treaty)
    others = open_to_consultation(attack) if treaty is None else ()
    also = [{"treaty": name, "article": article} for name, article in others]
    signed = signed_only(attack) if treaty is None else ()
    covered = covered_at(attack) if treaty is None else ()
    listed = {
        "on": attack.on,
        "attack_on": attack.place,
        "answers": answers,
        "open_to_consultation": also,
        "signed_only": signed,
        "coverage": covered,
    }

    def show(why: bool) -> None:
        from foedus.cli.obligations_told import tell_attack, tell_coverage, tell_others, tell_signed

        tell_attack(answers, attack)
        told = {one.treaty for one in answers if one.engaged != "no" and one.consultation}
        tell_others(tuple(pair for pair in others if pair[0] not in told))
        tell_signed(signed)
        tell_coverage(answers, covered)
        for answer in answers if why else ():
            _reason(answer.why)

    return Reply(listed if treaty is None else answers[0], show)


def _helpers(
    attack: Attack, actors: list[str], pulled: str | None, folder: Path | None, max_marking: str | None
) -> Reply:
    import foedus
    from foedus.base.errors import FoedusError
    from foedus.institutions.law.grounds import actor_called
    from foedus.strategy.record import Pull, who_helps
    from foedus.world import packaged_world
    from foedus.world.horizon import AS_OF

    dossier = None if folder is None else foedus.read_dossier(folder, max_marking)
    world = packaged_world() if dossier is None else dossier.world
    pull = None
    if pulled is not None:
        try:
            low, _, high = pulled.partition(":")
            pull = Pull(float(low), float(high or low))
        except ValueError:
            raise FoedusError(f"--pull {pulled}: expected two numbers from 0 to 1, such as 0.1:0.3") from None
    found = who_helps(
        world, attack, [actor_called(world, one, attack.on) for one in actors], attack.on, pull=pull, dossier=dossier
    )
    answer = {
        "on": attack.on,
        "attack_on": attack.place,
        "by": attack.by,
        "pull": None if pull is None else {"low": pull.low, "high": pull.high},
        "helpers": found,
        "known_up_to": AS_OF,
    }

    def show(why: bool) -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console
        from foedus.reports.record import helper_sections

        show_sections(console(), helper_sections(found, pull))
        for given in (given for one in found for given in one.earlier if why):
            source = world.sources[given.source]
            typer.echo(f"{given.contingency}, {given.kind}: {source.title}, {source.url}".rstrip(", "))

    return Reply(answer, show)


def _consultation(treaty: str, by: str, day: Day) -> Reply:
    from foedus.institutions.law.answer import beyond_the_facts
    from foedus.institutions.law.treaties import law_of
    from foedus.institutions.obligations import consultation
    from foedus.world.horizon import AS_OF

    found, reasons = consultation(treaty, by, day)
    notes = beyond_the_facts(day)
    answer = {
        "treaty": law_of(treaty).treaty(treaty).id,
        "on": day,
        "article": found.article,
        "engaged": found.engaged,
        "invoked_by": found.invoked_by,
        "owed_by": [{"actor": one.actor, "obligation": one.obligation} for one in found.owed_by],
        "notes": notes,
        "known_up_to": AS_OF,
        "why": reasons,
    }

    def show(why: bool) -> None:
        from foedus.cli.obligations_told import tell_consultation

        tell_consultation(found, reasons, by, day)
        _tell_notes(notes)
        if why:
            _reason(reasons)

    return Reply(answer, show)


def _accession(treaty: str, state: str, day: Day) -> Reply:
    from foedus.institutions.accession import accession

    found = accession(treaty, state, day)

    def show(why: bool) -> None:
        from foedus.cli.obligations_told import tell_accession

        tell_accession(found, state)
        _tell_notes(found.notes)
        if why:
            _reason(found.why)

    return Reply(found, show)


def _limits(state: str, act: str | None, day: Day) -> Reply:
    from foedus.institutions.limits import limits

    found = limits(state, act, day)

    def show(why: bool) -> None:
        typer.echo(f"{found.act} is open to {found.actor} on {day}: {found.permitted}\nBecause: {found.says}")
        for condition in found.conditions:
            typer.echo(f"Condition: {condition}")
        if found.decided_by:
            typer.echo(f"Decided by: {found.decided_by}")
        typer.echo(f"Written in: {found.why.reference}")
        for earlier in (step for step in found.why.children if step.rule.startswith("before ")):
            typer.echo(f"{earlier.rule.capitalize()}: {earlier.value} [{earlier.reference}]")
        if found.also_described:
            typer.echo(f"Also described, by --act: {', '.join(found.also_described)}")
        _tell_notes(found.notes)
        if why:
            _reason(found.why)

    return Reply(found, show)


def _tell_notes(notes: tuple[str, ...]) -> None:
    for note in notes:
        typer.echo(f"Note: {note}")


def _reason(trace: Trace) -> None:
    from foedus.cli.tables import console, tree

    tree(console(), ["", *trace.lines()])
