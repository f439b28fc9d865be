"""What `foedus.strategy.responding.respond` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.base.days import Day
from foedus.base.traces import Trace
from foedus.strategy.deterrence import Deterrence
from foedus.strategy.host import Ledger
from foedus.strategy.parameters import Gate, Objection
from foedus.strategy.perception import Belief
from foedus.strategy.record import RecordAnswer
from foedus.strategy.verdicts import Reading, Turn


@dataclass(frozen=True, slots=True)
class OptionAnswer:
    """How others answer one option.

    Attributes
    ----------
    label, act, about
        The option and what kind of act it is.
    decided
        How likely the body is to decide it; None where no forecast could be made.
    record, coincident
        What the rival did after comparable acts, without and with answers that only the days tie to the act; None where
        no act is comparable.
    deterrence
        What the act does to the chance of a challenge.
    sunk, tied
        What it costs at once (none, small, large), and whether it ties hands.
    gate
        Whether it makes anybody newly owe a defence.
    objection
        What the rival is on record with against it.
    why
        The trace of its numbers.
    """

    label: str
    act: str
    about: str
    decided: float | None
    record: RecordAnswer | None
    coincident: RecordAnswer | None
    deterrence: Deterrence
    sunk: str
    tied: bool
    gate: Gate
    objection: Objection
    why: Trace

    def as_answer(self) -> dict[str, Any]:
        """Return its keys in JSON."""
        return {
            "label": self.label,
            "class": self.act,
            "object": self.about,
            "decided": self.decided,
            "answer": None if self.record is None else {one.kind: one for one in self.record.shares},
            "with_coincident": None if self.coincident is None else {one.kind: one for one in self.coincident.shares},
            "lag_days": None if self.record is None else self.record.lag,
            "deterrence": self.deterrence,
        }


@dataclass(frozen=True, slots=True)
class Mixed:
    """How likely one kind of answer is once the body has met, over all options by their probability.

    Attributes
    ----------
    kind
        As in the record.
    probability
        None where the kind was never seen after an act like one of the options that may be decided.
    bound
        Below what it lies then.
    """

    KEYS = "kind probability bound"

    kind: str
    probability: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class VoicePoint:
    """Where somebody's words put the act within the declared ranges; the place is the coder's, the words are theirs.

    Attributes
    ----------
    actor, name, statement, passage, said
        Who, and the statement it rests on, in the coder's words.
    discontent, company
        The place, in stakes.
    side
        What an act of that size does in the median draw; the rival's fear is taken at the level of the company.
    """

    KEYS = "actor name statement passage said discontent company side"

    actor: str
    name: str
    statement: str
    passage: str
    said: str
    discontent: float
    company: float
    side: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What the break-even chart shows.

    Attributes
    ----------
    line
        Company, and the discontent that it buys off: 10, 50 and 90 % of draws.
    cloud
        Discontent, company and the change of the chance of a challenge, for some of the draws.
    voices
        The labelled points.
    """

    line: tuple[tuple[float, float, float, float], ...]
    cloud: tuple[tuple[float, float, float], ...]
    voices: tuple[VoicePoint, ...]


@dataclass(frozen=True, slots=True)
class Responded:
    """How others answer an issue's options; see `foedus.strategy.responding.respond`."""

    dossier: str
    issue: str
    as_of: Day
    rival: str
    rival_name: str
    target: str
    target_name: str
    guarantor: str | None
    horizon_days: int
    seed: int
    draws: int
    inputs_sha256: str
    marking: str
    meeting: str | None
    status_quo: str
    status_quo_decided: float | None
    options: tuple[OptionAnswer, ...]
    main: OptionAnswer
    mixed: tuple[Mixed, ...]
    models: tuple[Reading, ...]
    perception: tuple[Belief, ...]
    gap: str
    turns: tuple[Turn, ...]
    picture: Picture
    host: Ledger
    partners: tuple[Ledger, ...]
    caveats: tuple[str, ...]
    why: Trace

    def as_answer(self) -> dict[str, Any]:
        """Return its keys in JSON."""
        record = self.main.record
        return {
            "dossier": self.dossier,
            "issue": self.issue,
            "as_of": self.as_of,
            "rival": self.rival,
            "target": self.target,
            "guarantor": self.guarantor,
            "horizon_days": self.horizon_days,
            "seed": self.seed,
            "draws": self.draws,
            "inputs_sha256": self.inputs_sha256,
            "options": self.options,
            "after_meeting": self.mixed,
            "option": self.main.label,
            "comparable": () if record is None else record.nearest,
            "record": None
            if record is None
            else {
                "class": record.group,
                "words": record.words,
                "version": record.version,
                "acts": record.acts,
                "known_by": record.known_by,
                "counts": record.counts,
                "coincident": None if self.main.coincident is None else self.main.coincident.counts,
                "missed": record.missed,
                "reconstruction": record.reconstruction,
                "tested": record.tested,
            },
            "models": self.models,
            "perception": self.perception,
            "break_even": self.turns,
            "voices": self.picture.voices,
            "host": self.host,
            "partners": self.partners,
            "sunk_or_tied": [{"option": one.label, "sunk": one.sunk, "tied": one.tied} for one in self.options],
            "obligations": self.main.gate,
            "caveats": self.caveats,
        }
