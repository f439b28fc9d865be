"""What `foedus.strategy.responding.respond` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.traces import Trace
from foedus.strategy.deterrence import Deterrence
from foedus.strategy.host import Ledger
from foedus.strategy.lacking import Lacked
from foedus.strategy.parameters import Gate, Objection
from foedus.strategy.perception import Belief
from foedus.strategy.record import Comparable, RecordAnswer, Share
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
        What the act does to the chance of a challenge; None where no game is played.
    sunk, tied
        What it costs at once (none, small, large), and whether it ties hands.
    gate
        Whether it makes anybody newly owe a defence.
    objection
        What the rival is on record with against it.
    why
        The trace of its numbers.
    """

    KEYS = "label class=act object=about decided answer=answers with_coincident lag_days=record.lag deterrence"

    label: str
    act: str
    about: str
    decided: float | None
    record: RecordAnswer | None
    coincident: RecordAnswer | None
    deterrence: Deterrence | None
    sunk: str
    tied: bool
    gate: Gate
    objection: Objection
    why: Trace

    @property
    def answers(self) -> dict[str, Share] | None:
        """What the rival did after comparable acts, by kind."""
        return None if self.record is None else {share.kind: share for share in self.record.shares}

    @property
    def with_coincident(self) -> dict[str, Share] | None:
        """The same with answers that only the days tie to the act."""
        return None if self.coincident is None else {share.kind: share for share in self.coincident.shares}


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
    rank
        Of the speaker: a key of `foedus.dossiers.ranks.RANKS`.
    """

    KEYS = "actor name statement passage said discontent company side rank"

    actor: str
    name: str
    statement: str
    passage: str
    said: str
    discontent: float
    company: float
    side: str
    rank: str


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
class Responded(Recorded):
    """How others answer an issue's options; see `foedus.strategy.responding.respond`.

    ``no_game`` says why no game is played; then there are no readings, beliefs, break-evens and voices, and the ledger
    holds exposure and cost alone. It is empty where the games are played.
    """

    KEYS = (
        "dossier issue as_of rival target guarantor horizon_days seed draws inputs_sha256 options after_meeting=mixed "
        "option=main.label comparable record models perception break_even=turns voices=picture.voices host partners "
        "lacking "
        "no_game sunk_or_tied=options(option=label sunk tied) obligations=main.gate warnings caveats"
    )

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
    lacking: Lacked | None
    no_game: str
    warnings: tuple[str, ...]
    caveats: tuple[str, ...]
    why: Trace

    @property
    def comparable(self) -> tuple[Comparable, ...]:
        """The nearest acts."""
        return () if self.main.record is None else self.main.record.nearest

    @property
    def record(self) -> dict[str, Any] | None:
        """What the record is that the answer rests on."""
        answer = self.main.record
        if answer is None:
            return None
        return {
            "class": answer.group,
            "words": answer.words,
            "version": answer.version,
            "acts": answer.acts,
            "alike": answer.alike,
            "known_by": answer.known_by,
            "counts": answer.counts,
            "coincident": None if self.main.coincident is None else self.main.coincident.counts,
            "missed": answer.missed,
            "reconstruction": answer.reconstruction,
            "basis": answer.basis,
            "tested": answer.tested,
            "tested_by_time": answer.tested_by_time,
        }
