"""``foedus replay``: a dossier's dated events, run through their procedures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.asked import unanswered_everywhere
from foedus.cli.options import AsJson, DossierFolder, MaxMarking, Seed, opened

if TYPE_CHECKING:
    from foedus.procedures import Game

From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="Show what happens from this day on.")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Stop after this day.")]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="CHANGE", help="Change the past: ACTOR.ISSUE=VALUE@DAY; may be repeated."),
]
Runs = Annotated[
    int | None,
    typer.Option("--runs", metavar="N", help="How many histories run side by side.", show_default="1000"),
]
Matter = Annotated[
    str | None,
    typer.Option("--matter", metavar="ID", help="With --report FILE.svg: the matter to draw; else the most open."),
]
Compare = Annotated[
    bool, typer.Option("--compare", help="With --set: show which steps come out differently without it.")
]
Answers = Annotated[
    bool,
    typer.Option("--answers", help="Branch on how the rival of response.yaml answers, drawn from its record."),
]
Report = Annotated[
    str | None,
    typer.Option("--report", metavar="FILE", help="Write a page with the histories through time: .html or .svg."),
]
Seat = Annotated[
    list[str] | None,
    typer.Option("--seat", metavar="ACTOR", help="Decide for this actor at the keyboard; may be repeated."),
]
Record = Annotated[
    Path | None,
    typer.Option("--record", metavar="FILE", help="With --seat: keep the game here, and go on from it."),
]
Seats = Annotated[
    Path | None,
    typer.Option(
        "--seats", metavar="FOLDER", help="With --seat: play apart, with a turn file for each seat in this folder."
    ),
]


@answering(why=True)
def replay(
    folder: DossierFolder,
    start: From = None,
    end: To = None,
    changes: Set = None,
    runs: Runs = None,
    seed: Seed = 1,
    compare: Compare = False,
    answers: Answers = False,
    report: Report = None,
    matter: Matter = None,
    seat: Seat = None,
    record: Record = None,
    seats: Seats = None,
    max_marking: MaxMarking = None,
    json: AsJson = False,
) -> Reply | None:
    """Run a dossier's dated events through their procedures: what the rule asked, what was expected, what happened."""
    from foedus.base.answers import recorded
    from foedus.procedures import compare_replays
    from foedus.procedures import replay as run_again
    from foedus.procedures.replaying import HISTORIES

    _fitting(seat, record, seats, runs, report, matter, changes, compare=compare, answers=answers)
    dossier, many = opened(folder, max_marking), HISTORIES if runs is None else runs
    if not changes and (empty := unanswered_everywhere(dossier)) is not None:
        return empty
    if seat:
        from foedus.cli.replay_play import play

        game = play(
            dossier,
            seat,
            record=record,
            folder=seats,
            start=start,
            end=end,
            changes=changes or (),
            seed=seed,
            aside=json,
        )
        return None if game is None else _game(game, report, matter, json=json)
    drawn = None
    if answers:
        from foedus.strategy import RecordOfRivals

        drawn = RecordOfRivals(dossier, seed)
    replayed = run_again(dossier, start=start, end=end, changes=changes or (), histories=many, seed=seed, answers=drawn)
    differences = None
    if compare:
        as_it_was = run_again(dossier, start=start, end=end, histories=many, seed=seed, answers=drawn)
        differences = compare_replays(as_it_was, replayed)
    if report is not None:
        from foedus.reports.replay import save_replay

        save_replay(replayed, report, differences or (), matter=matter)
        typer.echo(f"{report} was written", err=json)

    def show(why: bool) -> None:
        from foedus.cli.replay_tables import show_replay

        show_replay(replayed, differences, why=why)

    return Reply(recorded(replayed) | ({} if differences is None else {"differences": differences}), show)


def _fitting(
    seat: list[str] | None,
    record: Path | None,
    seats: Path | None,
    runs: int | None,
    report: str | None,
    matter: str | None,
    changes: list[str] | None,
    *,
    compare: bool,
    answers: bool,
) -> None:
    """Refuse options that do not go together."""
    from foedus.base.errors import FoedusError

    if (record is not None or seats is not None) and not seat:
        raise FoedusError("--record and --seats need a --seat: whose decisions are to be taken")
    if record is not None and seats is not None:
        raise FoedusError("--record or --seats, not both: a folder of turn files keeps its own record")
    if seat and runs is not None:
        raise FoedusError("--runs does not go with --seat: a game is one history; --seed picks which")
    if matter is not None and (report is None or not report.lower().endswith(".svg")):
        raise FoedusError("--matter goes with --report FILE.svg: it picks the matter that is drawn")
    if record is not None and not record.parent.is_dir():
        raise FoedusError(f"--record {record}: there is no folder {str(record.parent)!r}")
    if seat and compare:
        raise FoedusError("--compare does not go with --seat: a game is one history")
    if seat and answers:
        raise FoedusError("--answers does not go with --seat: in a game nobody draws what a rival does")
    if compare and not changes:
        raise FoedusError("--compare needs a --set: what is to be compared with what")


def _game(game: Game, report: str | None, matter: str | None, *, json: bool) -> Reply:
    from foedus.base.answers import recorded

    if report is not None:
        from foedus.reports.replay import save_replay

        save_replay(game.replay, report, matter=matter)
        typer.echo(f"{report} was written", err=json)

    def show(why: bool) -> None:
        from foedus.cli.replay_tables import show_game

        show_game(game, why=why)

    return Reply(recorded(game.replay) | {"seats": game.seats, "record": game.record}, show)
