"""``foedus power``: who decides, who can block, by which coalitions, and how far a body can go."""

from __future__ import annotations

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

_SHOWN = 20


def power(
    body: Annotated[str | None, typer.Argument(metavar="[BODY]", help="Such as nac, eu-council or unsc.")] = None,
    on: OnDay = None,
    procedure: Annotated[
        str | None,
        typer.Option("--procedure", metavar="NAME", help="One of the body's procedures; by default the usual."),
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option("--table", metavar="CSV", help="Any body: a table with the columns member and weight."),
    ] = None,
    quota: Annotated[
        str | None, typer.Option("--quota", metavar="Q", help="The weight that a decision needs: 255, or 85%.")
    ] = None,
    coalition: Annotated[
        str | None, typer.Option("--coalition", metavar="IDS", help="Can these adopt when all others are against?")
    ] = None,
    against: Annotated[
        str | None, typer.Option("--against", metavar="IDS", help="A vote: these are against; the others in favour.")
    ] = None,
    abstaining: Annotated[
        str | None, typer.Option("--abstaining", metavar="IDS", help="A vote: these abstain.")
    ] = None,
    declaring: Annotated[
        str | None, typer.Option("--declaring", metavar="IDS", help="A vote: these abstain with a declaration.")
    ] = None,
    concerned: Annotated[
        str | None, typer.Option("--concerned", metavar="IDS", help="A vote: whose own case it is.")
    ] = None,
    refusing: Annotated[
        str | None, typer.Option("--refusing", metavar="IDS", help="A vote: outsiders that refuse their consent.")
    ] = None,
    positions: Annotated[
        Path | None,
        typer.Option(
            "--positions", metavar="CSV", help="How far can it go? A table with the columns actor and position."
        ),
    ] = None,
    status_quo: Annotated[
        float | None, typer.Option("--status-quo", metavar="X", help="With --positions: where things stand.")
    ] = None,
    scale: Annotated[
        str, typer.Option("--scale", metavar="LOW:HIGH", help="With --positions: the ends of the scale.")
    ] = "0:100",
    minimal: Annotated[
        bool, typer.Option("--minimal", help="Also the minimal winning and the minimal blocking coalitions.")
    ] = False,
    folder: InFolder = None,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="For what cannot be counted exactly.")] = 0,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Leave with status 1 when the coalition or the vote does not pass.")
    ] = False,
    why: WithReasons = False,
    json: AsJson = False,
) -> None:
    """Tell who has what power in a body on a day, or in any body that a table gives."""
    from foedus.base.answers import as_json
    from foedus.base.errors import FoedusError

    if (body is None) == (table is None):
        raise FoedusError("name a body, such as nac, or give --table CSV with --quota Q")
    vote = {"against": against, "abstaining": abstaining, "declaring": declaring, "concerned": concerned}
    if table is not None:
        if quota is None:
            raise FoedusError("--table needs --quota: the weight that a decision needs, such as 255 or 85%")
        if any(one is not None for one in (*vote.values(), refusing, positions, procedure, on)):
            raise FoedusError("--table goes with --quota, --coalition, --minimal and --seed; the others need a body")
        asked = _of_table(table, quota)
        question = _Question(asked.game, None, None, coalition, {}, refusing, positions, status_quo, scale)
    else:
        if quota is not None:
            raise FoedusError("--quota goes with --table; a body has its own rule")
        world = open_world(folder)
        seating = _seating(str(body), world, on, procedure, folder)
        asked = _Asked.of_body(seating)
        question = _Question(asked.game, seating, world, coalition, vote, refusing, positions, status_quo, scale)
    answer = {**asked.answer(seed, minimal), **question.answer()}
    if json:
        typer.echo(as_json(answer))
    else:
        _tell(answer, why)
    if exit_code and "no" in {answer.get("coalition", {}).get("winning"), answer.get("vote", {}).get("adopted")}:
        raise typer.Exit(1)


def _seating(body: str, world: World, on: str | None, procedure: str | None, folder: Path | None) -> Seating:
    from foedus.institutions import read_institutions, seat

    institutions = read_institutions(folder / "institutions" if folder else None)
    return seat(institutions.body(body), world, the_day(on), procedure)


@dataclass(frozen=True)
class _Asked:
    """The game that is asked about, with what names it."""

    game: Game
    head: dict[str, Any]
    weights: dict[str, int]

    @classmethod
    def of_body(cls, seating: Seating) -> _Asked:
        """Return the game of a body on a day."""
        game = seating.game()
        named = seating.weights.get("votes") or seating.weights.get("population") or {}
        head = {
            "body": seating.body.id,
            "on": seating.on,
            "procedure": seating.procedure,
            "rule": seating.rule.words(),
            "reference": seating.rule.reference,
            "notes": list(seating.notes),
        }
        return cls(game, head, {member: named.get(member, 1) for member in game.members})

    def answer(self, seed: int, minimal: bool) -> dict[str, Any]:
        """Return the indices, who can block alone, and the minimal coalitions if they are asked for."""
        from foedus.institutions.power import blockers
        from foedus.institutions.power import power as power_of

        found = power_of(self.game, seed=seed)
        members = [
            {
                "actor": member,
                "weight": self.weights[member],
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


@dataclass(frozen=True)
class _Question:
    """What is asked beside the indices: a coalition, a vote, positions."""

    game: Game
    seating: Seating | None
    world: World | None
    coalition: str | None
    vote: dict[str, str | None]
    refusing: str | None
    positions: Path | None
    status_quo: float | None
    scale: str

    def answer(self) -> dict[str, Any]:
        """Return one entry for each question."""
        made: dict[str, Any] = {}
        if self.coalition is not None:
            made["coalition"] = self._coalition(self._ids(self.coalition))
        if self.seating is not None and any(one is not None for one in (*self.vote.values(), self.refusing)):
            made["vote"] = self._vote(self.seating)
        if self.positions is not None and self.seating is not None:
            made["reach"] = self._reach(self.seating)
        elif self.status_quo is not None:
            from foedus.base.errors import FoedusError

            raise FoedusError("--status-quo goes with --positions")
        return made

    def _ids(self, text: str | None) -> list[str]:
        names = [name.strip() for name in (text or "").split(",") if name.strip()]
        if self.world is None or self.seating is None:
            return names
        known = set(self.game.members)
        return [name if name in known else self.world.find(name, self.seating.on) for name in names]

    def _coalition(self, members: list[str]) -> dict[str, Any]:
        if self.seating is None:
            return {"members": members, "winning": "yes" if self.game.wins(members) else "no", "why": None}
        trace = self.seating.wins(members)
        return {"members": members, "winning": trace.value, "why": trace.as_dict()}

    def _vote(self, seating: Seating) -> dict[str, Any]:
        sides = {name: self._ids(text) for name, text in self.vote.items()}
        refusing = self._ids(self.refusing)
        outsiders = seating.rule.outsiders()
        trace = seating.decide(seating.ballot(**sides, consenting=self._consenting(outsiders, refusing, seating)))
        return {**sides, "refusing": refusing, "adopted": trace.value, "why": trace.as_dict()}

    def _consenting(self, outsiders: frozenset[str], refusing: list[str], seating: Seating) -> frozenset[str]:
        from foedus.base.errors import FoedusError

        strangers = sorted(set(refusing) - outsiders)
        if strangers:
            have = ", ".join(sorted(outsiders)) or "nobody's"
            raise FoedusError(
                f"--refusing: {', '.join(strangers)}: the {seating.body.name} needs the consent of {have}"
            )
        return outsiders - set(refusing)

    def _reach(self, seating: Seating) -> dict[str, Any]:
        from foedus.base.errors import FoedusError
        from foedus.institutions.spatial import reach
        from foedus.institutions.tables import read_positions

        if self.status_quo is None or self.positions is None:
            raise FoedusError("--positions needs --status-quo: where things stand on the scale")
        low, colon, high = self.scale.partition(":")
        try:
            ends = (float(low), float(high))
        except ValueError:
            ends = (0.0, 0.0)
        if not colon or ends[0] >= ends[1]:
            raise FoedusError(f"--scale: {self.scale!r} is not LOW:HIGH such as 0:100")
        found = reach(seating, read_positions(self.positions), self.status_quo, ends)
        return {
            "status_quo": found.status_quo,
            "core": found.core,
            "pivots": [sorted(side) for side in found.pivots],
            "feasible": found.feasible,
            "largest_step": found.largest_step,
        }


def _of_table(path: Path, quota: str) -> _Asked:
    from foedus.institutions.power import Weighted, quota_for_share
    from foedus.institutions.tables import read_quota, read_weights

    rows = read_weights(path)
    needed = read_quota(quota)
    total = sum(rows.values())
    whole = needed if isinstance(needed, int) else quota_for_share(total, needed)
    game = Weighted(tuple(rows.values()), whole, tuple(rows))
    head: dict[str, Any] = {
        "body": None,
        "on": None,
        "procedure": None,
        "rule": f"at least {whole} of {total}",
        "reference": str(path.name),
        "notes": [],
    }
    return _Asked(game, head, rows)


def _tell(answer: dict[str, Any], why: bool) -> None:
    from foedus.base.traces import Trace
    from foedus.cli.tables import console, show

    out = console()
    title = answer["rule"] if answer["body"] is None else f"{answer['body']} on {answer['on']}: {answer['rule']}"
    ranked = sorted(answer["members"], key=lambda row: (-row["shapley_shubik"], row["actor"]))
    columns = ("shapley_shubik", "banzhaf", "banzhaf_absolute", "coleman_prevent", "coleman_initiate")
    show(
        out,
        title,
        ["id", "weight", *(name.replace("_", " ") for name in columns)],
        [[row["actor"], str(row["weight"]), *(f"{row[name]:.6f}" for name in columns)] for row in ranked],
        numbers=range(1, 7),
    )
    blocking = ", ".join(answer["can_block_alone"]) or "nobody"
    typer.echo(f"\ncan block alone: {blocking}\npower of the body to act (Coleman): {answer['coleman_act']:.6g}")
    inexact = [name for name, exact in answer["exact"].items() if not exact]
    for name in inexact:
        error, method = answer["error"][name], answer["method"][name]
        typer.echo(f"not exact: {name.replace('_', ' ')}, error about {error:.1e}: {method}")
    if not inexact:
        typer.echo("all indices are counted exactly")
    for note in answer["notes"]:
        typer.echo(f"note: {note}")
    for name in ("minimal_winning", "minimal_blocking"):
        if name in answer:
            _tell_coalitions(name.replace("_", " "), answer[name])
    for key, verdict in (("coalition", "winning"), ("vote", "adopted")):
        if key in answer:
            typer.echo(f"\n{key}: {verdict}: {answer[key][verdict]}")
            if why and answer[key]["why"] is not None:
                typer.echo("\n".join(_trace(answer[key]["why"], Trace).lines(1)))
    if "reach" in answer:
        _tell_reach(answer["reach"])
    if why and answer["reference"]:
        typer.echo(f"\nthe rule: {answer['reference']}")


def _trace(tree: dict[str, Any], make: Any) -> Any:
    children = tuple(_trace(child, make) for child in tree["children"])
    return make(tree["rule"], tree["value"], tree["reference"] or "", children)


def _tell_coalitions(name: str, found: dict[str, Any]) -> None:
    typer.echo(f"\n{name} coalitions: {found['count']}")
    for one in (found["coalitions"] or [])[:_SHOWN]:
        typer.echo(f"  {' '.join(one)}")
    if found["coalitions"] is None or len(found["coalitions"]) > _SHOWN:
        typer.echo("  ... (--json lists up to a thousand)")


def _tell_reach(found: dict[str, Any]) -> None:
    core = (
        "no point: whatever stands, something beats it"
        if found["core"] is None
        else "{:g} to {:g}".format(*found["core"])
    )
    beats = "nothing" if found["feasible"] is None else "{:g} to {:g}".format(*found["feasible"])
    typer.echo(f"\nno proposal beats a status quo at {core}")
    typer.echo(f"pivotal: {', '.join(found['pivots'][0])} below, {', '.join(found['pivots'][1])} above")
    typer.echo(f"what beats {found['status_quo']:g}: {beats}; the largest step goes to {found['largest_step']:g}")
