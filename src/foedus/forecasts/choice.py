"""Forecasting a choice among options without an order: who would be chosen, and who stands in whose way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np

from foedus._version import __version__
from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.cases.case import Case
from foedus.cases.choices import FROM_RIVAL, Choosing, backing, choosing, sittings
from foedus.cases.signals import signals_of
from foedus.dossiers import Dossier
from foedus.dossiers.approvals import FIRST
from foedus.dossiers.stands import SILENT
from foedus.forecasts.answering import answering
from foedus.forecasts.entered import NOTHING, anything_entered
from foedus.institutions import is_consensus
from foedus.issues import Option, SettlementModel, Sitting, chances_of
from foedus.issues.deciding import taking_sides, winning
from foedus.issues.sitting import Flags, Floats, part_of
from foedus.settlement import CONSENSUS
from foedus.settlement.choosing import ACCEPTABLE, METHODS, POLLS, SOUNDED, TURNS, Chosen, choose, front_runner_only

MODEL = "choice"
CHOICE_DRAWS = 4_096
NO_MODEL = (
    "--model does not apply to options without an order, such as persons or places: 'method' in "
    "dossier.yaml says how the body chooses one of them, and the rule says which of them pass"
)
ENOUGH_HEARD = 0.5
"""Where less than this share of the seats was heard, no option passes more often than `UNOPPOSED` in the end."""
UNOPPOSED = (5 + 0.5) / (7 + 1)
"""How often a person against whom nobody had spoken was appointed, on the day: in 5 of 7 packaged decisions.

The mean under Jeffreys' prior. The two others: the WTO in 1999 shared the term, the OSCE in 2007 gave its chair
for a later year."""
UNSEEN = 1 - (10 + 0.5) / (12 + 1)
"""How often a vote on persons ends otherwise than voices and silent members say: declared, for want of any scored vote.

Taken over from decisions by consensus: 10 of the 12 packaged persons whom a forecast that had not seen their dispute
called more likely than not were appointed (the mean under Jeffreys' prior). What is intended is not yet a secret ballot
cast, so the draws in which it ends otherwise go evenly to the status quo and the other candidates who could still pass.
"""
_TRIED = 6
"""How many objectors are tried as levers."""
_LEAST = 0.05
"""An objection in fewer draws than this share is not named."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One option of a choice.

    Attributes
    ----------
    label
        The option; the status quo is one.
    probability
        That it is chosen; over all options these sum to 1.
    approve
        Mean share of the seats that prefer it to the status quo; None for the status quo.
    first
        Mean share of the seats whose first choice it is; None for the status quo.
    """

    label: str
    probability: float
    approve: float | None
    first: float | None


@dataclass(frozen=True, slots=True)
class Against:
    """How often one actor stands in the way of one option.

    Attributes
    ----------
    option, actor
        Which, and whose objection or refused consent; under a rule of votes whose vote against.
    probability, sole
        Share of draws in which it does so, and in which nobody else does.
    """

    option: str
    actor: str
    probability: float
    sole: float


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What it would change if one actor, or two, dropped their objection to an option.

    Attributes
    ----------
    option, actors
        Which, and whose.
    probability_before, probability_after
        That the option is chosen, on the same draws.
    """

    option: str
    actors: tuple[str, ...]
    probability_before: float
    probability_after: float


@dataclass(frozen=True)
class Choice(Recorded):
    """Who would be chosen.

    Attributes
    ----------
    choosing
        Everything that it was made from.
    candidates
        The status quo and each option on the table, as the dossier lists them.
    against
        By option and then the likeliest objection.
    withdrawals
        What each withdrawal of an objection would change, the strongest first.
    seed, draws
        What makes it repeatable.
    """

    KEYS = (
        "issue=choosing.issue.id question=choosing.issue.question as_of=choosing.as_of on=choosing.meeting.on "
        "meeting=choosing.meeting.name reconstruction=choosing.reconstruction body=choosing.table.body.id "
        "rule=choosing.table.rule.words method=choosing.issue.method model passes_by seed draws version "
        "inputs_sha256=choosing.dossier.inputs_sha256 max_marking=choosing.dossier.max_marking candidates against "
        "front_runner confidence heard_share=choosing.heard_share withdrawals off_the_table tested_on supposed!"
    )

    choosing: Choosing
    candidates: tuple[Candidate, ...]
    against: tuple[Against, ...]
    withdrawals: tuple[Withdrawal, ...]
    seed: int
    draws: int

    @property
    def likeliest(self) -> Candidate:
        """The most likely option."""
        return max(self.candidates, key=lambda candidate: candidate.probability)

    @property
    def votes(self) -> bool:
        """Whether the body votes, rather than deciding by consensus."""
        return not is_consensus(self.choosing.table.rule)

    def probability(self, label: str) -> float:
        """Return how likely an option is; 0 for one that is no longer on the table.

        Raises
        ------
        FoedusError
            When the issue has no such option.
        """
        wanted = self.choosing.dossier.issue(self.choosing.issue.id).option(label).label
        return next((candidate.probability for candidate in self.candidates if candidate.label == wanted), 0.0)

    @property
    def model(self) -> str:
        """What answers."""
        return MODEL

    @property
    def version(self) -> str:
        """The version of Foedus."""
        return __version__

    @property
    def tested_on(self) -> dict[str, object] | None:
        """How the model that tells whether an option would pass was tested on persons; None where members vote."""
        return None if self.votes else persons_tested()

    @property
    def front_runner(self) -> str:
        """The option that has most voices behind it; empty where two have as many, or nobody has come out for any."""
        backed = sorted(backing(self.choosing).items(), key=lambda entry: -entry[1])
        ahead = len(backed) == 1 or backed[0][1] > backed[1][1]
        return backed[0][0] if ahead and backed[0][1] else ""

    @property
    def confidence(self) -> str:
        """How far the answer may be relied on: low, or moderate where most seats were heard and the rule is tested."""
        return "low" if self.votes or self.choosing.heard_share < ENOUGH_HEARD else "moderate"

    @property
    def supposed(self) -> tuple[str, ...] | None:
        """What is supposed; None of a plain forecast."""
        return tuple(str(change) for change in self.choosing.dossier.supposed) or None

    @property
    def passes_by(self) -> str:
        """What tells whether an option would pass: votes, or the name of a model."""
        return "votes" if self.votes else _passing(self.choosing.table).card.name

    @property
    def off_the_table(self) -> tuple[str, ...]:
        """Labels of the options that have been withdrawn, or have not entered yet."""
        return tuple(option.label for option in off_the_table(self.choosing))


@cache
def persons_tested() -> dict[str, object]:
    """Return the packaged scores on appointments; ``python -m foedus.backtests persons`` writes them."""
    text = resources.files("foedus.forecasts").joinpath("persons.json").read_text("utf-8")
    return dict(json.loads(text))


def off_the_table(made: Choosing) -> tuple[Option, ...]:
    """Return the options that have been withdrawn, or have not entered yet, by the day of knowledge."""
    whole = made.dossier.issue(made.issue.id)
    return tuple(option for option in whole.options if not option.on_the_table(made.as_of))


def choice(
    dossier: Dossier,
    issue: str | None = None,
    as_of: Day | str | None = None,
    on: str | None = None,
    draws: int = CHOICE_DRAWS,
    seed: int = 1,
) -> Choice:
    """Forecast which of several options without an order a body would choose.

    Parameters
    ----------
    dossier, issue, as_of, on, draws, seed
        As in `foedus.forecast`; the issue says ``ordered: false``.

    Returns
    -------
    Choice
        Probabilities that sum to 1, who stands in whose way, and what a withdrawn objection would change.

    Raises
    ------
    FoedusError
        When the issue or the meeting is unknown, or the options have an order.
    """
    if draws < 1 or seed < 0:
        raise FoedusError(f"draws are at least 1 and a seed at least 0; got {draws} and {seed}")
    made = choosing(dossier, issue, as_of, on)
    refuse_empty(made.dossier, made.issue.id)
    drawn = Draws.of(made, seed, draws)
    labels, shares = [*made.labels, made.issue.status_quo], drawn.shares()
    by_label = dict(zip(labels, shares.tolist(), strict=True))
    approve = (drawn.approvals >= ACCEPTABLE).mean(axis=(0, 1))
    first = (drawn.approvals.argmax(axis=2)[:, :, None] == np.arange(len(made.labels))).mean(axis=(0, 1))
    told = {label: (float(a), float(f)) for label, a, f in zip(made.labels, approve, first, strict=True)}
    candidates = tuple(
        Candidate(option.label, by_label[option.label], *told.get(option.label, (None, None)))
        for option in made.issue.options
    )
    against = tuple(_against(made, drawn))
    return Choice(made, candidates, against, tuple(_withdrawals(made, drawn, against)), seed, draws)


def refuse_empty(dossier: Dossier, issue: str) -> None:
    """Refuse to answer where nothing at all was entered: the number would be that of the priors alone.

    Raises
    ------
    FoedusError
        With what to do.
    """
    if not anything_entered(dossier, issue):
        name = dossier.folder.name
        raise FoedusError(
            f"{NOTHING} on {issue!r}: foedus statements {name} add ACTOR for|against WHOM "
            f'"what was said" --source TITLE, or foedus position {name} ACTOR --set "WHOM=80" --note WHY'
        )


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws of a choice.

    Attributes
    ----------
    made
        What they are drawn from.
    approvals
        Of the seats; shape (D, S, K).
    tables
        The sitting of each option.
    levels
        By which it is drawn whether each option would pass where a model gives a chance; shape (D, K).
    turns
        In which draws the chair turns to a rival once the front-runner is stopped; shape (D,).
    unseen
        Below `UNSEEN` where a vote ends otherwise than voices and silent members say; shape (D,).
    """

    made: Choosing
    tables: list[Sitting]
    approvals: Floats
    levels: Floats
    turns: Flags
    unseen: Floats

    @classmethod
    def of(cls, made: Choosing, seed: int, draws: int) -> Draws:
        """Draw approvals of every option."""
        tables = sittings(made, _passing(made.table), seed, 0, draws)
        seated = tables[0].seated
        approvals = np.stack([table.private[:, seated, 0] for table in tables], axis=2)
        streams = Streams(seed)
        levels = [streams.uniforms(made.issue.id, label, "passes", start=0, stop=draws) for label in made.labels]
        turns = streams.uniforms(made.issue.id, "front-runner", "turns", start=0, stop=draws) < TURNS
        unseen = streams.uniforms(made.issue.id, "vote", "unseen", start=0, stop=draws)
        return cls(made, tables, approvals, np.stack(levels, axis=1), turns, unseen)

    def at(self, tables: list[Sitting]) -> Draws:
        """Return the same draws at other sittings, whose seats approve as these sittings say."""
        seated = tables[0].seated
        approvals = np.stack([table.private[:, seated, 0] for table in tables], axis=2)
        return replace(self, tables=tables, approvals=approvals)

    def part(self, draws: slice) -> Draws:
        """Return some of the draws."""
        tables = [part_of(table, draws) for table in self.tables]
        return replace(
            self,
            tables=tables,
            approvals=self.approvals[draws],
            levels=self.levels[draws],
            turns=self.turns[draws],
            unseen=self.unseen[draws],
        )

    def chosen(self, tables: list[Sitting] | None = None) -> Chosen:
        """Return which option each draw ends at, K for the status quo; shape (D,)."""
        tables = tables or self.tables
        passes, method = self._passes(tables), self.made.issue.method
        approvals = self._polled(self.at(tables).approvals)
        ended = choose(method, approvals, passes, self._winning)
        if not is_consensus(self.made.table.rule):
            return ends_otherwise(ended, passes, self.unseen)
        return front_runner_only(method, approvals, ended, self.turns) if self._sounded else ended

    def shares(self, tables: list[Sitting] | None = None) -> Floats:
        """Return how likely each option is, the status quo last; shape (K + 1,)."""
        chosen = self.chosen(tables)
        return np.bincount(chosen, minlength=len(self.made.labels) + 1) / len(chosen)

    def without(self, place: int, actors: Sequence[str]) -> list[Sitting]:
        """Return the sittings in which some actors would have an option, and what they signalled against it is gone."""
        sitting, case = self.tables[place], self.made.cases[self.made.labels[place]]
        private, public = sitting.private.copy(), sitting.public.copy()
        for actor in actors:
            at = sitting.actors.index(actor)
            private[:, at], public[:, at] = FIRST, FIRST
        left = tuple(statement for statement in case.dossier.statements if statement.actor not in actors)
        signals = signals_of(replace(case, dossier=replace(case.dossier, statements=left)))
        told = sitting.signals[0] if sitting.signals else {}
        sitting = taking_sides(sitting, actors)
        changed = replace(sitting, private=private, public=public, signals=(signals or dict.fromkeys(told, -0.5),))
        return [changed if n == place else table for n, table in enumerate(self.tables)]

    def expected(self) -> Floats:
        """Return how likely each option is in each draw, the status quo last, before it is drawn which ones pass.

        Whatever the way to one option, it depends on an option that does not pass in nothing else: so each is put
        forward in turn, and passes with its chance.

        Returns
        -------
        Floats
            Shape (D, K + 1).
        """
        chances = self._chances(self.tables)
        draws, count = chances.shape
        every, left = np.arange(draws), np.ones(draws)
        shares, open_ = np.zeros((draws, count + 1)), np.ones((draws, count), dtype=np.bool_)
        padded, approvals = np.column_stack([chances, np.ones(draws)]), self._polled(self.approvals)
        for _ in range(count + 1):
            put = choose(self.made.issue.method, approvals, open_, self._winning)
            shares[every, put] += left * padded[every, put]
            left = left * (1 - padded[every, put])
            if self._sounded and open_.all():
                shares[:, count] += left * (1 - TURNS)
                left = left * TURNS
            closed = put < count
            open_[every[closed], put[closed]] = False
        if is_consensus(self.made.table.rule):
            return shares
        others = padded * (1 - shares)  # where members vote, an option passes or does not
        total = others.sum(axis=1, keepdims=True)
        return np.where(total > 0, (1 - UNSEEN) * shares + UNSEEN * others / np.maximum(total, 1.0), shares)

    def _polled(self, approvals: Floats) -> Floats:
        """Return approvals as straw polls would show them; shape (D, S, K)."""
        if self.made.issue.method != POLLS:
            return approvals
        table = self.made.table
        known = [[known_of(self.made, label, seat.actor) for label in self.made.labels] for seat in table.seats]
        return polled(approvals, np.array(known, dtype=np.bool_))

    @property
    def _sounded(self) -> bool:
        """Whether a chair puts the front-runner to members who decide by consensus."""
        return is_consensus(self.made.table.rule) and self.made.issue.method in SOUNDED

    def _passes(self, tables: list[Sitting]) -> Flags:
        """Tell which options would be adopted if they were put to the body, in each draw; shape (D, K)."""
        return np.asarray(self.levels < self._chances(tables))

    def _chances(self, tables: list[Sitting]) -> Floats:
        """Return how likely each option would be adopted if it were put to the body; by vote 0 or 1; shape (D, K)."""
        heard = self.made.heard_share
        chances = [_passes(case, table, heard) for case, table in zip(self.made.cases.values(), tables, strict=True)]
        return np.stack(chances, axis=1)

    def _winning(self, votes: Flags) -> Flags:
        """Tell whether seats that vote for one option win; those outside whose consent is asked are asked later."""
        every = np.ones((len(votes), len(self.tables[0].actors)), dtype=np.bool_)
        every[:, self.tables[0].seated] = votes
        return winning(self.tables[self.made.usual], every)


def ends_otherwise(chosen: Chosen, passes: Flags, unseen: Floats) -> Chosen:
    """Return what votes end at where a share `UNSEEN` of them ends otherwise than it seems.

    Parameters
    ----------
    chosen
        What each draw ends at by voices and silent members, K for the status quo; shape (D,).
    passes
        Which options would be adopted if they were put to the body; shape (D, K).
    unseen
        Uniform in [0, 1); shape (D,).

    Returns
    -------
    Chosen
        Below `UNSEEN` one of the others that would pass, or the status quo, evenly; shape (D,).

    Examples
    --------
    >>> passes = np.array([[True, True, False]] * 3)
    >>> ends_otherwise(np.array([0, 0, 0]), passes, np.array([0.05, 0.15, 0.9])).tolist()
    [1, 3, 0]
    """
    others = np.column_stack([passes, np.ones(len(passes), dtype=np.bool_)])
    others[np.arange(len(passes)), chosen] = False
    among = others.sum(axis=1)
    place = np.floor(unseen / UNSEEN * among)
    other = (others.cumsum(axis=1) > place[:, None]).argmax(axis=1)
    return np.where((unseen < UNSEEN) & (among > 0), other, chosen)


def polled(approvals: Floats, known: Flags) -> Floats:
    """Return approvals as straw polls would show them: for a first choice, and for others as far as they are known.

    That a member could live with an option is assumed alike of all options. Counted in a poll, that assumption alone
    would tell the options apart: by chance.

    Parameters
    ----------
    approvals
        Of each seat for each option; shape (D, S, K).
    known
        Whether what a seat thinks of an option rests on what is known; shape (S, K).

    Returns
    -------
    Floats
        Shape (D, S, K); what is neither known nor a first choice lies below `ACCEPTABLE`.

    Examples
    --------
    >>> polled(np.array([[[90.0, 80.0], [60.0, 70.0]]]), np.array([[True, True], [False, False]])).tolist()
    [[[90.0, 80.0], [49.0, 70.0]]]
    """
    first = approvals >= approvals.max(axis=2, keepdims=True)
    return np.where(known | first, approvals, np.minimum(approvals, ACCEPTABLE - 1))


def at_most_by_record(chances: Floats, heard: float) -> Floats:
    """Return chances of passing, held to the record of persons where fewer than half of the seats were heard.

    Parameters
    ----------
    chances
        By the track record, of whatever shape.
    heard
        Share of the seats of which something is known.

    Examples
    --------
    >>> at_most_by_record(np.array([0.98, 0.1]), 0.6).tolist()
    [0.98, 0.1]
    >>> [round(chance, 3) for chance in at_most_by_record(np.array([0.98, 0.1]), 0.0).tolist()]
    [0.688, 0.1]
    """
    share = min(1.0, heard / ENOUGH_HEARD)
    return np.asarray(share * chances + (1 - share) * np.minimum(chances, UNOPPOSED))


def redone(choice: Choice, dossier: Dossier, draws: int) -> dict[str, float]:
    """Return how likely each option is in an altered dossier, on the first draws of a choice; by label.

    Parameters
    ----------
    choice
        Its issue, day, meeting and seed are taken.
    dossier
        Altered in its statements or approvals.
    draws
        How many.
    """
    made = choice.choosing
    again = choosing(dossier, made.issue.id, made.as_of, made.meeting.name)
    shares = Draws.of(again, choice.seed, draws).shares()
    return dict(zip([*again.labels, again.issue.status_quo], shares.tolist(), strict=True))


def _passing(case: Case) -> SettlementModel:
    """Return the model that tells whether an option would pass; where members vote, the one that names assumptions."""
    return answering(case) if is_consensus(case.rule) else CONSENSUS


def _passes(case: Case, sitting: Sitting, heard: float) -> Floats:
    """Return how likely an option would be adopted by the rule that holds for it; by vote 0 or 1; shape (D,)."""
    if not is_consensus(case.rule):
        return winning(sitting, sitting.private[:, :, 0] >= ACCEPTABLE).astype(np.float64)
    chance = chances_of(_passing(case), sitting)[0][:, 1] * ~_refused(case, sitting)
    return at_most_by_record(chance, heard)


def _refused(case: Case, sitting: Sitting) -> Flags:
    """Tell in which draws somebody stops an option who has done so before, or has a red line; shape (D,).

    The record of disputes tells how often words against one step are taken back. Who has acted against a person at the
    table, where others can be chosen, has no such record, and is taken at its word.
    """
    firm = [n for n, member in enumerate(case.members) if member.seated and member.stand.firm]
    if not firm:
        return np.zeros(sitting.draws, dtype=np.bool_)
    return np.asarray(_stands(sitting, consensus=True)[:, firm].any(axis=1))


def known_of(choosing: Choosing, option: str, actor: str) -> bool:
    """Tell whether what an actor thinks of an option rests on what is known, and not on what is assumed of it."""
    return choosing.cases[option].member(actor).stand.basis not in SILENT | {FROM_RIVAL}


def _stands(sitting: Sitting, *, consensus: bool) -> Flags:
    """Return who objects, refuses its consent, or votes against, in each draw; shape (D, A)."""
    if not consensus:
        return np.asarray(sitting.private[:, :, 0] < ACCEPTABLE)
    objects = CONSENSUS.settle(sitting).objects
    if objects is None:
        raise FoedusError("only the consensus model says who objects")
    return np.asarray(objects[0][:, :, 1])


def _against(made: Choosing, drawn: Draws) -> Iterable[Against]:
    asked = set(made.table.outsiders)
    for (label, case), sitting in zip(made.cases.items(), drawn.tables, strict=True):
        stands = _stands(sitting, consensus=is_consensus(case.rule))
        alone = stands & (stands.sum(axis=1, keepdims=True) == 1)
        objections = [
            Against(label, member.actor, float(stands[:, n].mean()), float(alone[:, n].mean()))
            for n, member in enumerate(made.table.members)
            if (member.seated or n in asked) and stands[:, n].mean() >= _LEAST
        ]
        yield from sorted(objections, key=lambda against: (-against.probability, against.actor))


def _withdrawals(made: Choosing, drawn: Draws, against: Iterable[Against]) -> Iterable[Withdrawal]:
    """Try each objection that is often made without it, and the two likeliest together."""
    before, withdrawals, listed = drawn.shares(), [], list(against)
    for place, label in enumerate(made.labels):
        own = [
            objection.actor
            for objection in listed
            if objection.option == label and known_of(made, label, objection.actor)
        ][:_TRIED]
        for who in [(actor,) for actor in own] + ([(own[0], own[1])] if len(own) > 1 else []):
            after = float(drawn.shares(drawn.without(place, who))[place])
            if after - before[place] >= _LEAST:
                withdrawals.append(Withdrawal(label, who, float(before[place]), after))
    return sorted(
        withdrawals, key=lambda withdrawal: (-withdrawal.probability_after, len(withdrawal.actors), withdrawal.actors)
    )


__all__ = ["METHODS", "Against", "Candidate", "Choice", "Draws", "Withdrawal", "choice", "redone"]
