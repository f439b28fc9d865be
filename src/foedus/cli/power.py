"""``foedus power``: who decides, who can block, by which coalitions, and how far a body can go."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import OnDay, Reports
from foedus.cli.world.runner import InFolder, open_world, the_day

if TYPE_CHECKING:
    from foedus.institutions import Institutions
    from foedus.reports.answers import Told
    from foedus.reports.sections import Section
    from foedus.world import World

BodyName = Annotated[
    str | None,
    typer.Argument(metavar="[BODY]", help="Such as nac or unsc; 'foedus world bodies' lists all."),
]
Procedure = Annotated[
    str | None,
    typer.Option("--procedure", metavar="NAME", help="One of the body's procedures; by default the usual."),
]
ConsentOf = Annotated[
    str | None,
    typer.Option("--consent-of", metavar="IDS", help="Outsiders whose consent is needed too, such as a host."),
]
WeightsTable = Annotated[
    Path | None,
    typer.Option("--table", metavar="CSV", help="Any body: a table with the columns member and weight."),
]
QuotaOf = Annotated[
    str | None,
    typer.Option(
        "--quota", metavar="Q", help="The weight that a decision needs: 255, 85%, or >50% for more than half."
    ),
]
Coalition = Annotated[
    str | None, typer.Option("--coalition", metavar="IDS", help="Can these adopt when all others are against?")
]
Against = Annotated[
    str | None, typer.Option("--against", metavar="IDS", help="A vote: these are against; the others in favour.")
]
Abstaining = Annotated[str | None, typer.Option("--abstaining", metavar="IDS", help="A vote: these abstain.")]
Declaring = Annotated[
    str | None, typer.Option("--declaring", metavar="IDS", help="A vote: these abstain with a declaration.")
]
Concerned = Annotated[str | None, typer.Option("--concerned", metavar="IDS", help="A vote: whose own case it is.")]
Refusing = Annotated[
    str | None, typer.Option("--refusing", metavar="IDS", help="A vote: outsiders that refuse their consent.")
]
Positions = Annotated[
    Path | None,
    typer.Option("--positions", metavar="CSV", help="How far can it go? A table with the columns actor and position."),
]
StatusQuo = Annotated[
    float | None, typer.Option("--status-quo", metavar="X", help="With --positions: where things stand.")
]
Scale = Annotated[
    str | None,
    typer.Option("--scale", metavar="LOW:HIGH", help="With --positions: the ends of the scale; by default 0:100."),
]
Minimal = Annotated[
    bool, typer.Option("--minimal", help="Also the minimal winning and the minimal blocking coalitions.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="S", help="The seed, for what cannot be counted exactly.")]


@answering(
    why=True,
    exit_code="Leave with status 1 when the coalition or the vote does not pass.",
    needs="--coalition, or a vote such as --against",
)
def power(
    body: BodyName = None,
    on: OnDay = None,
    procedure: Procedure = None,
    consent_of: ConsentOf = None,
    table: WeightsTable = None,
    quota: QuotaOf = None,
    coalition: Coalition = None,
    against: Against = None,
    abstaining: Abstaining = None,
    declaring: Declaring = None,
    concerned: Concerned = None,
    refusing: Refusing = None,
    positions: Positions = None,
    status_quo: StatusQuo = None,
    scale: Scale = None,
    minimal: Minimal = False,
    folder: InFolder = None,
    seed: Seed = 0,
    report: Reports = None,
    why: bool = False,
) -> Reply:
    """Tell who has what power in a body on a day, or in any body that a table gives."""
    sides = {"against": against, "abstaining": abstaining, "declaring": declaring, "concerned": concerned}
    vote = {**sides, "refusing": refusing}
    _check_line(
        {"--quota": quota, "--coalition": coalition, "--positions": positions, "--status-quo": status_quo}
        | {"--scale": scale, "--on": on, "--procedure": procedure, "--consent-of": consent_of, "--in": folder}
        | {f"--{side}": named for side, named in vote.items()},
        body,
        table,
    )
    asked = None if coalition is None else _split(coalition)
    if table is not None:
        from foedus.institutions.body_power import power_of_weights
        from foedus.institutions.user_tables import read_weights

        answer = power_of_weights(
            read_weights(table), quota, reference=table.name, coalition=asked, minimal=minimal, seed=seed
        )
    else:
        from foedus.institutions import read_institutions
        from foedus.institutions.body_power import power as power_of
        from foedus.institutions.user_tables import read_positions

        institutions = read_institutions(folder / "institutions" if folder else None)
        world = open_world(folder)
        _refuse_unknown(str(body), institutions, world)
        answer = power_of(
            str(body),
            the_day(on),
            procedure=procedure,
            consent_of=() if consent_of is None else _split(consent_of),
            coalition=asked,
            vote={side: _split(names) for side, names in vote.items() if names is not None} or None,
            positions=None if positions is None else read_positions(positions),
            status_quo=status_quo,
            scale=_ends(scale or "0:100"),
            minimal=minimal,
            seed=seed,
            world=world,
            institutions=institutions,
        )

    def sections() -> tuple[Section, ...]:
        from foedus.reports.power import power_sections

        return power_sections(answer, why=why)

    def told() -> Told:
        from foedus.reports.power import told_power

        return told_power(answer)

    voting = coalition is not None or any(named is not None for named in vote.values())
    return Reply(answer, passes=answer.passes if voting else None, sections=sections, reports=report, told=told)


def _refuse_unknown(body: str, institutions: Institutions, world: World) -> None:
    """Refuse a body that is not known, with how to describe one's own."""
    from foedus.base.errors import FoedusError

    try:
        institutions.called(body, world)
    except FoedusError as error:
        if not str(error).startswith("no body"):
            raise
        said = str(error) if str(error).endswith("?") else f"{error}."
        raise FoedusError(
            f'{said} Your own takes one line: foedus new my-case --body "{body}" --members "Ghana, Kenya, Nigeria" '
            '--rule "2/3 of votes cast"; then foedus power ID --in my-case'
        ) from None


def _check_line(given: Mapping[str, object], body: str | None, table: Path | None) -> None:
    """Refuse options that do not go together."""
    from foedus.base.errors import FoedusError

    named = {option for option, value in given.items() if value is not None}
    if (body is None) == (table is None):
        raise FoedusError("name a body, such as nac (all: 'foedus world bodies'), or give --table CSV with --quota Q")
    if table is not None and "--quota" not in named:
        raise FoedusError("--table needs --quota: the weight that a decision needs, such as 255 or 85%")
    if table is None and "--quota" in named:
        raise FoedusError("--quota goes with --table; a body has its own rule")
    if table is not None and (others := sorted(named - {"--quota", "--coalition"})):
        raise FoedusError(
            f"--table goes with --quota, --coalition, --minimal and --seed; {', '.join(others)} needs a body"
        )
    for option in ("--status-quo", "--scale"):
        if option in named and "--positions" not in named:
            raise FoedusError(f"{option} goes with --positions")
    if "--positions" in named and "--status-quo" not in named:
        raise FoedusError("--positions needs --status-quo: where things stand on the scale")


def _split(text: str) -> list[str]:
    """Return the names that are separated by commas.

    Raises
    ------
    FoedusError
        For a blank name.
    """
    from foedus.base.errors import FoedusError

    names = [name.strip() for name in text.split(",")]
    if "" in names:
        raise FoedusError(f"{text!r}: a blank name; separate ids by single commas, such as FRA,USA")
    return names


def _ends(scale: str) -> tuple[float, float]:
    from math import isfinite

    from foedus.base.errors import FoedusError

    low, _, high = scale.partition(":")
    try:
        ends = (float(low), float(high))
    except ValueError:
        ends = (0.0, 0.0)
    if not (isfinite(ends[0]) and isfinite(ends[1]) and ends[0] < ends[1]):
        raise FoedusError(f"--scale: {scale!r} is not LOW:HIGH such as 0:100")
    return ends
