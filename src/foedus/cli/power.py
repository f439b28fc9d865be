"""``foedus power``: who decides, who can block, by which coalitions, and how far a body can go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.options import AsJson, OnDay, WithReasons
from foedus.cli.world.common import InFolder, open_world, the_day

if TYPE_CHECKING:
    from foedus.institutions import Seating
    from foedus.institutions.power import Game
    from foedus.world import World

BodyName = Annotated[str | None, typer.Argument(metavar="[BODY]", help="Such as nac, eu-council or unsc.")]
Procedure = Annotated[
    str | None,
    typer.Option("--procedure", metavar="NAME", help="One of the body's procedures; by default the usual."),
]
ConsentOf = Annotated[
    str | None,
    typer.Option("--consent-of", metavar="IDS", help="Outsiders whose consent is needed beside, such as a host."),
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
Seed = Annotated[int, typer.Option("--seed", metavar="S", help="For what cannot be counted exactly.")]
ExitCode = Annotated[
    bool, typer.Option("--exit-code", help="Leave with status 1 when the coalition or the vote does not pass.")
]


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
    exit_code: ExitCode = False,
    why: WithReasons = False,
    json: AsJson = False,
) -> None:
    """Tell who has what power in a body on a day, or in any body that a table gives."""
    from foedus.base.errors import FoedusError

    sides = {"against": against, "abstaining": abstaining, "declaring": declaring, "concerned": concerned}
    vote = {**sides, "refusing": refusing}
    _check_line(
        {"--quota": quota, "--coalition": coalition, "--positions": positions, "--status-quo": status_quo}
        | {"--scale": scale, "--on": on, "--procedure": procedure, "--consent-of": consent_of, "--in": folder}
        | {f"--{side}": named for side, named in vote.items()},
        body,
        table,
        exit_code,
    )
    if table is not None:
        asked = _of_table(table, str(quota))
        answer = asked.answer(seed, minimal)
        if coalition is not None:
            answer["coalition"] = _coalition_of_table(asked.game, _split(coalition))
    else:
        world = open_world(folder)
        told = _rule_alone(str(body), world, on, procedure, folder)
        if told is not None:
            if coalition is not None or positions is not None or any(one is not None for one in vote.values()):
                raise FoedusError(told["notes"][-1])
            _print(told, why, json)
            return
        seating = _seating(str(body), world, on, procedure, consent_of, folder)
        answer = _of_body(seating).answer(seed, minimal)
        answer |= _Question(seating, world, coalition, vote).answer()
        if positions is not None and status_quo is not None:
            answer["reach"] = _reach(seating, world, positions, status_quo, scale or "0:100")
    _print(answer, why, json)
    if exit_code and "no" in {answer.get("coalition", {}).get("winning"), answer.get("vote", {}).get("adopted")}:
        raise typer.Exit(1)


def _check_line(given: Mapping[str, object], body: str | None, table: Path | None, exit_code: bool) -> None:
    """Refuse options that do not go together."""
    from foedus.base.errors import FoedusError

    named = {option for option, value in given.items() if value is not None}
    votes = {"--against", "--abstaining", "--declaring", "--concerned", "--refusing"}
    if (body is None) == (table is None):
        raise FoedusError("name a body, such as nac, or give --table CSV with --quota Q")
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
    if exit_code and not named & {"--coalition", *votes}:
        raise FoedusError("--exit-code needs something to pass: --coalition, or a vote such as --against")


def _print(answer: dict[str, Any], why: bool, json: bool) -> None:
    from foedus.base.answers import as_json
    from foedus.cli.power_tables import tell

    if json:
        typer.echo(as_json(answer))
    else:
        tell(answer, why)


def _rule_alone(
    body: str, world: World, on: str | None, procedure: str | None, folder: Path | None
) -> dict[str, Any] | None:
    """Return the rule of a body none of whose members are known here; None for the others."""
    from foedus.institutions import read_institutions
    from foedus.world.horizon import beyond

    found = read_institutions(folder / "institutions" if folder else None).body(body)
    if any(row.organisation in found.seated_by.memberships for row in world.memberships):
        return None
    day = the_day(on)
    rule = found.rule(day, procedure)
    notes = [*found.notes_on(day), beyond(day), f"no memberships of {found.organisation} are packaged: the rule alone"]
    return {
        "body": found.id,
        "on": day,
        "procedure": found.procedure(procedure),
        "rule": rule.words(),
        "reference": rule.reference,
        "notes": [note for note in notes if note],
        "members": [],
    }


def _seating(
    body: str, world: World, on: str | None, procedure: str | None, consent_of: str | None, folder: Path | None
) -> Seating:
    from foedus.institutions import read_institutions, seat

    institutions = read_institutions(folder / "institutions" if folder else None)
    day = the_day(on)
    hosts = [world.find(name, day) for name in _split(consent_of)] if consent_of is not None else []
    return seat(institutions.body(body), world, day, procedure, consent_of=hosts)


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


@dataclass(frozen=True)
class _Asked:
    """The game that is asked about, with what names it; ``weights`` lacks members that have none."""

    game: Game
    head: dict[str, Any]
    weights: Mapping[str, int]

    def answer(self, seed: int, minimal: bool) -> dict[str, Any]:
        """Return the indices, who can block alone, and the minimal coalitions if they are asked for."""
        from foedus.institutions.power import blockers
        from foedus.institutions.power import power as power_of

        found = power_of(self.game, seed=seed)
        members = [
            {
                "actor": member,
                "weight": self.weights.get(member),
                "shapley_shubik": float(found.shapley_shubik[place]),
                "banzhaf": float(found.banzhaf[place]),
                "banzhaf_absolute": float(found.banzhaf_absolute[place]),
                "coleman_prevent": float(found.coleman_prevent[place]),
                "coleman_initiate": float(found.coleman_initiate[place]),
            }
            for place, member in enumerate(found.members)
        ]
        answer = {
            **self.head,
            "exact": found.exact,
            "method": found.method,
            "error": {name: float(max(error, default=0.0)) for name, error in found.error.items()},
            "members": members,
            "coleman_act": float(found.coleman_act),
            "can_block_alone": sorted(blockers(self.game)),
        }
        if minimal:
            answer |= self._minimal()
        return answer

    def _minimal(self) -> dict[str, Any]:
        from foedus.institutions.power import minimal_blocking, minimal_winning

        made = {}
        for name, coalitions in (("minimal_winning", minimal_winning), ("minimal_blocking", minimal_blocking)):
            found = coalitions(self.game)
            listed = [sorted(one) for one in found.listed] if found.complete else None
            made[name] = {"count": found.count, "coalitions": listed}
        return made


def _of_body(seating: Seating) -> _Asked:
    """Return the game of a body on a day, with the weights that its first weighted quota counts."""
    from foedus.institutions.rules import MEMBERS, Quota, every_part

    quotas = [part.weights for part in every_part(seating.rule) if isinstance(part, Quota)]
    named = next((one for one in quotas if one != MEMBERS), MEMBERS)
    weights = seating.weights[named] if named != MEMBERS else dict.fromkeys(seating.voters, 1)
    head = {
        "body": seating.body.id,
        "on": seating.on,
        "procedure": seating.procedure,
        "rule": seating.rule.words(),
        "reference": seating.rule.reference,
        "notes": list(seating.notes),
        "weights": named,
    }
    return _Asked(seating.game(), head, weights)


@dataclass(frozen=True)
class _Question:
    """What is asked of a body beside the indices: a coalition, a vote."""

    seating: Seating
    world: World
    coalition: str | None
    vote: dict[str, str | None]

    def answer(self) -> dict[str, Any]:
        """Return one entry for each question."""
        made: dict[str, Any] = {}
        if self.coalition is not None:
            members = self._ids(self.coalition)
            trace = self.seating.wins(members)
            made["coalition"] = {"members": members, "winning": trace.value, "why": trace.as_dict()}
        if any(one is not None for one in self.vote.values()):
            made["vote"] = self._vote()
        return made

    def _ids(self, text: str | None) -> list[str]:
        return [] if text is None else self.seating.named(_split(text), self.world)

    def _vote(self) -> dict[str, Any]:
        named = {side: self._ids(text) for side, text in self.vote.items()}
        sides = {side: actors for side, actors in named.items() if side != "refusing"}
        ballot = self.seating.ballot(**sides, consenting=self.seating.consenting(named["refusing"]))
        trace = self.seating.decide(ballot)
        return {**named, "adopted": trace.value, "why": trace.as_dict()}


def _reach(seating: Seating, world: World, positions: Path, status_quo: float, scale: str) -> dict[str, Any]:
    from foedus.base.errors import FoedusError
    from foedus.institutions.spatial import reach
    from foedus.institutions.tables import read_positions

    places = read_positions(positions)
    actors = seating.named(places, world)
    twice = sorted({actor for actor in actors if actors.count(actor) > 1})
    if twice:
        raise FoedusError(f"{positions}: {', '.join(twice)} stands in it twice, under two names")
    found = reach(seating, dict(zip(actors, places.values(), strict=True)), status_quo, _ends(scale))
    return {
        "status_quo": found.status_quo,
        "core": found.core,
        "pivots": [sorted(side) for side in found.pivots],
        "feasible": found.feasible,
        "largest_step": found.largest_step,
    }


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


def _of_table(path: Path, quota: str) -> _Asked:
    from foedus.institutions.power import Weighted
    from foedus.institutions.tables import read_quota, read_weights

    rows = read_weights(path)
    total = sum(rows.values())
    whole = read_quota(quota, total)
    game = Weighted(tuple(rows.values()), whole, tuple(rows))
    head: dict[str, Any] = {
        "body": None,
        "on": None,
        "procedure": None,
        "rule": f"at least {whole} of {total}",
        "reference": str(path.name),
        "notes": [],
        "weights": "weight",
    }
    return _Asked(game, head, rows)


def _coalition_of_table(game: Game, members: list[str]) -> dict[str, Any]:
    return {"members": members, "winning": "yes" if game.wins(members) else "no", "why": None}
