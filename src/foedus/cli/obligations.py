"""``foedus obligations``: what treaties bind their parties to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import MaxMarking, OnDay, Reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.base.days import Day
    from foedus.institutions.obligations import Attack
    from foedus.reports.answers import Told
    from foedus.reports.sections import Section
    from foedus.strategy.record import Pull

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
    report: Reports = None,
    why: bool = False,
) -> Reply:
    """Tell what treaties bind their parties to when somebody is attacked."""
    from dataclasses import replace

    from foedus.base.days import asked_day
    from foedus.base.errors import FoedusError
    from foedus.institutions.obligations import Attack

    day = asked_day(on, "--on") if on is not None else dt.date.today()  # noqa: DTZ011 - a day has no zone
    asked = [given for given in (attack_on, consultation_by, accession_of, limits_of) if given is not None]
    if len(asked) != 1:
        raise FoedusError("give one of --attack-on, --consultation-by, --accession-of and --limits-of")
    if not helper and (pull is not None or within is not None):
        raise FoedusError("--pull and --in need --helper")
    if within is None and max_marking is not None:
        raise FoedusError("--max-marking is for the dossier of --in")
    if helper and attack_on is None:
        raise FoedusError("--helper needs --attack-on")
    if helper and treaty is not None:
        raise FoedusError("--helper looks at all treaties; leave out --treaty")
    if treaty is None and attack_on is None and limits_of is None:
        raise FoedusError("name the treaty with --treaty")
    if attack_on is not None:
        attack = Attack(place=attack_on, on=day, by=by, forces_of=forces_of, means=means)  # type: ignore[arg-type]
        reply = _helpers(attack, helper, pull, within, max_marking, why) if helper else _attack(treaty, attack, why)
    elif limits_of is not None:
        reply = _limits(limits_of, act, day, why)
    elif consultation_by is not None:
        reply = _consultation(str(treaty), consultation_by, day, why)
    else:
        reply = _accession(str(treaty), str(accession_of), day, why)
    return replace(reply, reports=report)


def _reply(answer: object, sections: Callable[[bool], tuple[Section, ...]], day: Day, why: bool) -> Reply:
    """Return an answer of the law; its report always has the reasons."""

    def told() -> Told:
        from foedus.reports.answers import Told

        every = sections(True)
        return Told(every[0].title, every, {}, day)

    return Reply(answer, sections=lambda: sections(why), told=told)


def _attack(treaty: str | None, attack: Attack, why: bool) -> Reply:
    from foedus.institutions.attacks import attacked

    answer = attacked(attack, treaty)

    def sections(why: bool) -> tuple[Section, ...]:
        from foedus.reports.obligations import attack_sections

        return attack_sections(answer, why=why)

    return _reply(answer if treaty is None else answer.answers[0], sections, attack.on, why)


def _helpers(
    attack: Attack, actors: list[str], pulled: str | None, folder: Path | None, max_marking: str | None, why: bool
) -> Reply:
    import foedus
    from foedus.strategy.record import helping
    from foedus.world import packaged_world

    dossier = None if folder is None else foedus.read_dossier(folder, max_marking)
    world = packaged_world() if dossier is None else dossier.world
    answer = helping(world, attack, actors, None if pulled is None else _pull(pulled), dossier)

    def sections() -> tuple[Section | None, ...]:
        from foedus.reports.record import helper_sections, sources_section

        return (*helper_sections(answer), sources_section(answer.helpers, world) if why else None)

    def told() -> Told:
        from foedus.reports.record import told_helpers

        return told_helpers(answer, world, dossier)

    return Reply(answer, sections=sections, told=told)


def _pull(words: str) -> Pull:
    """Return how far Washington moves others, from LOW:HIGH or one number for both."""
    from foedus.base.errors import FoedusError
    from foedus.strategy.record import Pull

    low, _, high = words.partition(":")
    try:
        return Pull(float(low), float(high or low))
    except ValueError:
        raise FoedusError(f"--pull {words}: expected two numbers from 0 to 1, such as 0.1:0.3") from None


def _consultation(treaty: str, by: str, day: Day, why: bool) -> Reply:
    from foedus.institutions.attacks import consulted

    answer = consulted(treaty, by, day)

    def sections(why: bool) -> tuple[Section, ...]:
        from foedus.reports.obligations import consultation_sections

        return consultation_sections(answer, why=why)

    return _reply(answer, sections, day, why)


def _accession(treaty: str, state: str, day: Day, why: bool) -> Reply:
    from foedus.institutions.accession import accession

    answer = accession(treaty, state, day)

    def sections(why: bool) -> tuple[Section, ...]:
        from foedus.reports.obligations import accession_sections

        return accession_sections(answer, state, why=why)

    return _reply(answer, sections, day, why)


def _limits(state: str, act: str | None, day: Day, why: bool) -> Reply:
    from foedus.institutions.limits import limits

    answer = limits(state, act, day)

    def sections(why: bool) -> tuple[Section, ...]:
        from foedus.reports.obligations import limit_sections

        return limit_sections(answer, why=why)

    return _reply(answer, sections, day, why)
