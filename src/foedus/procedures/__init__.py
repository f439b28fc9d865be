"""The system in motion: procedures as state machines, stepped over a dossier's dated events."""

from foedus.procedures.comparing import Difference, Shift, compare_replays
from foedus.procedures.docket import Docket, DocketEntry, read_docket
from foedus.procedures.engine import proceed, run
from foedus.procedures.events import Happening, Outcome
from foedus.procedures.game import Game, play_game, read_record
from foedus.procedures.items import Item
from foedus.procedures.machines import Machine, Step, packaged_machines, read_machines
from foedus.procedures.model import Model
from foedus.procedures.playing import Call, Choice, Players
from foedus.procedures.questions import Beforehand, Decider, Objection, Question, Rivals, StepAnswer
from foedus.procedures.replaying import Comparison, History, Matter, Point, Replay, replay

__all__ = [
    "Beforehand",
    "Call",
    "Choice",
    "Comparison",
    "Decider",
    "Difference",
    "Docket",
    "DocketEntry",
    "Game",
    "Happening",
    "History",
    "Item",
    "Machine",
    "Matter",
    "Model",
    "Objection",
    "Outcome",
    "Players",
    "Point",
    "Question",
    "Replay",
    "Rivals",
    "Shift",
    "Step",
    "StepAnswer",
    "compare_replays",
    "packaged_machines",
    "play_game",
    "proceed",
    "read_docket",
    "read_machines",
    "read_record",
    "replay",
    "run",
]
