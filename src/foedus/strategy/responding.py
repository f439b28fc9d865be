"""How others answer: the record for each option, the game's sign and size, beliefs, break-evens, the ledger."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.base.days import Day, maybe_day
from foedus.base.errors import FoedusError
from foedus.base.hashes import fingerprint
from foedus.base.traces import Trace
from foedus.base.wording import counted
from foedus.dossiers import Dossier, redacted
from foedus.evidence import highest
from foedus.forecasts import Forecast, forecast
from foedus.issues import Issue
from foedus.strategy.asking import Asked, asked_of
from foedus.strategy.deterrence import (
    Baseline,
    Effect,
    Shift,
    effect,
    summed_up,
)
from foedus.strategy.grounds import grounds
from foedus.strategy.host import ledger_of_partner, ledger_of_target
from foedus.strategy.lacking import Lack, lacked
from foedus.strategy.names import in_sentence, possessive
from foedus.strategy.parameters import Drawn, Gate, game_without, gate_of, objection_of, shift_of
from foedus.strategy.perception import beliefs
from foedus.strategy.picture import picture_of
from foedus.strategy.record import HORIZON, KINDS, RecordAnswer, answer_of_record, reference_classes
from foedus.strategy.result import Mixed, OptionAnswer, Picture, Responded
from foedus.strategy.settings import DEFAULTS, FILE, read_response
from foedus.strategy.verdicts import chosen_cards, readings, turns
from foedus.strategy.warnings import first_day, fits, games_barred, has_a_seat, refuse_before, warnings

Floats = NDArray[np.float64]

DRAWS = 1_000

_SUNK_OR_TIED: dict[str, tuple[str, bool]] = {
    "statement": ("none", True),
    "text": ("none", True),
    "policy": ("none", True),
    "meeting": ("none", False),
    "visit": ("none", False),
    "programme": ("small", False),
    "office": ("small", False),
    "agreement": ("small", True),
    "transit": ("small", False),
    "exercise": ("large", False),
    "arms": ("large", False),
    "weapons": ("large", False),
    "access": ("large", True),
    "sanction": ("large", True),
    "enforcement": ("large", True),
    "accession": ("small", True),
}
"""What an act of each class costs at once, and whether backing out of it later would cost; after Fearon 1997."""


def respond(
    dossier: Dossier,
    issue: str | None = None,
    as_of: Day | str | None = None,
    on: str | None = None,
    *,
    to: str | None = None,
    target: str | None = None,
    option: str | None = None,
    like: str | None = None,
    horizon: int = HORIZON,
    coincident: bool = False,
    models: tuple[str, ...] = (),
    draws: int = DRAWS,
    seed: int = 1,
    max_marking: str | None = None,
    decided: Forecast | None = None,
    lack: Lack | None = None,
) -> Responded:
    """Return how a rival answers what a body may decide, and whether it deters or provokes.

    Parameters
    ----------
    dossier
        What `foedus.read_dossier` returned. Its ``response.yaml`` names rival and target, and what kind of act each
        option is.
    issue, as_of, on
        As for `foedus.forecast`.
    to, target
        Ids of the rival and of whom a challenge would meet, in place of what the dossier declares.
    option
        The option that is looked at closely; by default the proposal.
    like
        What acts are comparable: a class such as ``office``, or ``exercise/territory``; in place of what is declared.
    horizon
        Days after an act in which an answer counts, and in which a challenge would come.
    coincident
        Whether the headline counts answers that only the days tie to the act.
    models
        Games by name; by default all.
    draws, seed
        The same seed gives the same answer.
    max_marking
        As for `foedus.forecast`.
    decided
        The forecast of what the body decides, where it has been made; by default it is made here.
    lack
        Means that the defender's side lacks, such as `foedus.partnership.leftover.lack_of` reads from an allocation.

    Raises
    ------
    FoedusError
        When nobody is named as rival or target, an option's kind of act is not declared, or a name is unknown.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> answer = respond(dossier, "office", "2023-07-10", draws=50)
    >>> answer.rival, answer.main.label, answer.main.record.share("force").share
    ('CHN', 'liaison office', None)
    """
    if max_marking is not None:
        dossier = redacted(dossier, max_marking)
    if not 1 <= draws <= 100_000:
        raise FoedusError(f"draws must be from 1 to 100,000; got {draws}")
    if not 1 <= horizon <= 36_500:
        raise FoedusError(f"a horizon is a number of days from 1 to 36,500; got {horizon}")
    chosen_cards(models)
    asked, day = dossier.issue(issue), maybe_day(as_of, "as of") or dossier.latest_known()
    if not asked.ordered:
        raise FoedusError(
            f"the options of {asked.id!r} are persons or places in no order; nobody answers them as an act"
        )
    declared = read_response(dossier)
    refuse_before(dossier, day)
    case = asked_of(dossier, asked, declared, to=to, target=target, like=like)
    foretold = _foretold(dossier, asked, maybe_day(as_of, "as of"), on, seed) if decided is None else _of(decided)
    drawn = Drawn(seed, asked.id, draws)
    base, why_base = game_without(case.assumptions, drawn, horizon)
    labels = [
        listed.label for listed in asked.options if listed.label != asked.status_quo and listed.label in case.acts
    ]
    main_label = _main(asked, option, labels)
    barred = games_barred(dossier, asked, case, day)
    worked = {
        label: _worked(
            dossier, asked, case, label, day, foretold, drawn, base, horizon, coincident=coincident, play=not barred
        )
        for label in labels
    }
    main = worked[main_label]
    opposition = drawn.of("overrated_opposition", case.assumptions.errors.overrated_opposition)
    company, gap = _overrated_company(dossier, case, drawn, day)
    losses = case.assumptions.losses
    record = main.answer.record
    host = (
        ledger_of_partner(dossier.world, case.target, case.rival, day, record, losses, drawn)
        if barred
        else ledger_of_target(
            dossier.world, case.target, case.rival, day, record, losses, drawn, base, main.shift, main.effect
        )
    )
    partners = tuple(
        ledger_of_partner(dossier.world, partner, case.rival, day, record, losses, drawn) for partner in case.partners
    )
    return Responded(
        dossier=dossier.title,
        issue=asked.id,
        as_of=day,
        rival=case.rival,
        rival_name=in_sentence(dossier.world.name(case.rival)),
        target=case.target,
        target_name=in_sentence(dossier.world.name(case.target)),
        guarantor=case.guarantor,
        horizon_days=horizon,
        seed=seed,
        draws=draws,
        inputs_sha256=fingerprint(_inputs(dossier)),
        marking=_marking(dossier, day),
        meeting=foretold.meeting,
        status_quo=asked.status_quo,
        status_quo_decided=foretold.of(asked.status_quo),
        options=tuple(act.answer for act in worked.values()),
        main=main.answer,
        mixed=_mixed([act.answer for act in worked.values()], foretold.of(asked.status_quo)),
        models=()
        if main.answer.deterrence is None
        else readings(base, main.shift, main.answer.deterrence, case.assumptions, drawn, models),
        perception=() if barred else beliefs(base, main.shift, opposition, company),
        gap=gap,
        turns=() if barred else turns(base, main.shift, case.assumptions, drawn),
        picture=Picture((), (), ())
        if barred
        else picture_of(dossier, case, main_label, base, main.shift, main.effect, day),
        host=host,
        partners=partners,
        lacking=None if lack is None or barred else lacked(lack, base, case.assumptions.errors, drawn),
        no_game=barred,
        warnings=warnings(dossier, asked, case, main_label, day, foretold.meeting if foretold.reconstruction else None),
        caveats=_caveats(dossier, case, main.answer, foretold, day, barred),
        why=Trace(
            "how others answer",
            f"{dossier.world.name(case.rival)} to {main_label}",
            FILE if declared else "as asked",
            (
                Trace("the games", f"none is played: {barred}") if barred else why_base,
                *(act.answer.why for act in worked.values()),
                *grounds(case.assumptions, (host, *partners), gap, lack, play=not barred),
            ),
        ),
    )


def may_answer(dossier: Dossier, issue: Issue) -> bool:
    """Tell whether a dossier says who may answer an issue, and what kind of act its options are.

    Raises
    ------
    FoedusError
        When ``response.yaml`` is wrong.
    """
    declared = read_response(dossier)
    question = None if declared is None else declared.question(issue.id)
    return issue.ordered and question is not None and bool(question.options)


def respond_to(outcome: Forecast) -> Responded | None:
    """Return how others answer what was forecast, where the dossier's ``response.yaml`` says who may; else None.

    Day, meeting, seed and what the body decides are the forecast's.

    Raises
    ------
    FoedusError
        When ``response.yaml`` is wrong.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> respond_to(foedus.forecast(foedus.read_dossier(packaged_dossiers()["nature-law-2024"]), draws=50)) is None
    True
    """
    dossier, issue = outcome.case.dossier, outcome.case.issue
    if not outcome.answered or not may_answer(dossier, issue) or outcome.as_of < (first_day(dossier) or outcome.as_of):
        return None
    return respond(dossier, issue.id, outcome.as_of, seed=outcome.seed, decided=outcome)


@dataclass(frozen=True, slots=True)
class _Worked:
    """An option's answer with the draws behind it."""

    answer: OptionAnswer
    shift: Shift
    effect: Effect


@dataclass(frozen=True, slots=True)
class _Foretold:
    """What the body would decide: probabilities by option, the meeting, and why there is none."""

    shares: dict[str, float]
    meeting: str | None
    missing: str
    reconstruction: bool = False
    """Whether the day lies on or after that of the meeting."""

    def of(self, label: str) -> float | None:
        return self.shares.get(label)


def _main(issue: Issue, option: str | None, labels: list[str]) -> str:
    if option is None:
        return issue.proposal if issue.proposal in labels else labels[-1]
    if option not in labels:
        raise FoedusError(f"no option {option!r} to answer; there are {', '.join(labels)}")
    return option


def _foretold(dossier: Dossier, issue: Issue, as_of: Day | None, on: str | None, seed: int) -> _Foretold:
    """Return the forecast of the body's decision, as ``foedus forecast`` gives it; or why there is none."""
    try:
        outcome = forecast(dossier, issue.id, as_of, on, seed=seed)
    except FoedusError as error:
        if on is not None:
            raise
        return _Foretold({}, None, str(error))
    return _of(outcome)


def _of(outcome: Forecast) -> _Foretold:
    """Return what the body would decide by a forecast."""
    if not outcome.answered:
        return _Foretold({}, outcome.case.meeting.name, "the forecast gives no answer", outcome.case.reconstruction)
    shares = {option.label: option.probability for option in outcome.options}
    return _Foretold(shares, outcome.case.meeting.name, "", outcome.case.reconstruction)


def _worked(
    dossier: Dossier,
    issue: Issue,
    case: Asked,
    label: str,
    as_of: Day,
    foretold: _Foretold,
    drawn: Drawn,
    base: Baseline,
    horizon: int,
    *,
    coincident: bool,
    play: bool,
) -> _Worked:
    act = case.acts[label]
    gate = gate_of(act, case.target, case.rival, as_of, dossier.world)
    objection = objection_of(dossier, issue, label, case.question, case.rival, as_of)
    shift, why = shift_of(act, case.assumptions, drawn, gate, objection)
    solution = effect(base, shift)
    like = case.like or f"{act.act}/{act.object}"
    records = [
        answer_of_record(dossier.world, case.rival, like, as_of, counted, horizon=horizon)
        for counted in (coincident, True)
    ]
    comparable = fits(dossier, issue, act.act, act.object) and not has_a_seat(dossier, issue, case.rival, as_of)
    kept = [record if record.acts and comparable else None for record in records]
    sunk, tied = _SUNK_OR_TIED[act.act]
    solved = Trace(label, f"{solution.solved.sum()} of {drawn.draws} draws solved", "", (_of_record(kept[0]), why))
    answer = OptionAnswer(
        label=label,
        act=act.act,
        about=act.object,
        decided=foretold.of(label),
        record=kept[0],
        coincident=kept[1],
        deterrence=summed_up(solution) if play else None,
        sunk=sunk,
        tied=tied or bool(gate.new),
        gate=gate,
        objection=objection,
        why=solved if play else Trace(label, "its record alone", "", (_of_record(kept[0]),)),
    )
    return _Worked(answer, shift, solution)


def _of_record(record: RecordAnswer | None) -> Trace:
    """Return what the shares of answers rest on."""
    if record is None:
        return Trace("shares of answers", "no comparable act is on record")
    seen = ", ".join(f"{kind} {count}" for kind, count in record.counts.items())
    weight = f"all acts of the rival weigh as {reference_classes().prior_weight:g} more"
    return Trace(
        "shares of answers",
        f"{record.acts} comparable acts ({record.words}): {seen}; {weight}",
        f"classes of version {record.version}; 'foedus world acts --to {record.rival}' lists the acts",
    )


def _mixed(options: list[OptionAnswer], status_quo: float | None) -> tuple[Mixed, ...]:
    """Return how likely each kind is once the body has met; without an act there is nothing to answer."""
    if status_quo is None or any(option.decided is None or option.record is None for option in options):
        return ()
    mixed = []
    for kind in KINDS:
        known, most, certain = (status_quo if kind == "none" else 0.0), 0.0, True
        for option in options:
            share = option.record.share(kind) if option.record is not None else None
            weight = option.decided or 0.0
            if share is None or weight == 0:
                continue
            if share.share is None:
                most, certain = most + weight * (share.bound or 0.0), False
            else:
                known += weight * share.share
        mixed.append(Mixed(kind, known, None) if certain else Mixed(kind, None, known + most))
    return tuple(mixed)


def _overrated_company(dossier: Dossier, case: Asked, drawn: Drawn, as_of: Day) -> tuple[Floats, str]:
    """Return by how much the defender overrates who would join it, and on what that rests."""
    errors = case.assumptions.errors
    supposed = drawn.of("overrated_company", errors.overrated_company)
    if case.gap is None:
        return supposed, "a declared range: no gap between what allies say aloud and in private is coded"
    known = {
        statement.id: statement
        for statement in dossier.statements
        if statement.status == "accepted" and dossier.known_on(statement) <= as_of
    }
    sides = [[known[actor] for actor in ids if actor in known] for ids in (case.gap.public, case.gap.private)]
    if not all(sides):
        return supposed, f"a declared range: the gap between public and private stances was not known by {as_of}"
    public, private = (float(np.mean([statement.stance * statement.certainty for statement in side])) for side in sides)
    share = float(np.clip((public - private) / 2, 0, 1))
    ids = " and ".join(", ".join(statement.id for statement in side) for side in sides)
    return share * drawn.of(
        "supporter", errors.supporter
    ), f"the gap between public and private stances, {share:.2g} of 1 ({ids})"


def _of_others(dossier: Dossier, issue: str, record: RecordAnswer | None) -> tuple[str, ...]:
    """Return that none of the nearest acts is by the organisation whose body decides, where none is."""
    organisation = dossier.institutions.body(dossier.issue(issue).body).organisation
    if record is None or not record.nearest or organisation in {comparable.actor for comparable in record.nearest}:
        return ()
    name = in_sentence(dossier.world.name(organisation))
    return (f"None of the nearest acts is {possessive(name)} own: how far answers to others' acts carry over is open.",)


_GAMES_AND_RECORD = (
    "Nothing is said about a crisis that is already under way.",
    "The size comes from declared ranges, not data. Alliances form where war looms: their record shows no cause.",
    "The record gives the kind of answer and never its cause; the games give a sign and a size and never the kind.",
)
"""What to know of every answer in which games are played."""


def _caveats(
    dossier: Dossier, case: Asked, main: OptionAnswer, foretold: _Foretold, as_of: Day, barred: str
) -> tuple[str, ...]:
    """Return what a reader must know beside the numbers."""
    rival, target = (in_sentence(dossier.world.name(side)) for side in (case.rival, case.target))
    extended = "extended" if case.guarantor else "direct"
    caveats = []
    if not barred:
        caveats += [
            f"Deterrence here is general and {extended}: that {rival} does not challenge {target} over what it holds.",
            *_GAMES_AND_RECORD,
            _of_pacts(main.gate),
        ]
    if main.record is None and not barred:
        caveats.append(f"No act on record by {as_of} is comparable, so the kind of answer is left open.")
    elif main.record is not None and main.record.reconstruction:
        caveats.append(
            f"A reconstruction: acts and answers were coded later; rows that became known after {as_of} are left out."
        )
    if main.record is not None and main.record.unsearched:
        unsearched = counted(len(main.record.unsearched), "comparable act")
        caveats.append(f"Left out of the counts, since nobody has looked for an answer: {unsearched}.")
    caveats += _of_others(dossier, case.question.id, main.record)
    if foretold.missing:
        caveats.append(f"What the body decides is left open: {foretold.missing}.")
    return tuple(caveats)


def _of_pacts(gate: Gate) -> str:
    """Return whether a duty of defence is new, and what that may be worth."""
    if not gate.new:
        return f"No effect of a defence pact is counted: {gate.reach}, and the act does not change that."
    return (
        f"A duty of defence is new ({', '.join(gate.new)}). How far such pacts deter is disputed: published "
        "effects differ in sign by kind of pact and by era, and the declared range is as wide."
    )


def _marking(dossier: Dossier, as_of: Day) -> str:
    """Return the highest marking of the statements known by the day, any of which may show."""
    known = [
        statement
        for statement in dossier.statements
        if statement.status == "accepted" and dossier.known_on(statement) <= as_of
    ]
    by_hand = [
        stakeholder.marking for stakeholder in dossier.stakeholders
    ]  # the forecast of what is decided rests on them
    return highest([*dossier.markings_of(known), *by_hand])


def _inputs(dossier: Dossier) -> list[tuple[str, bytes]]:
    """Return what the answer rests on: the dossier's own hash, what it declares of answers, and the defaults."""
    own = dossier.folder / FILE
    declared = [(FILE, own.read_bytes())] if own.is_file() else []
    return [("dossier", dossier.inputs_sha256.encode()), *declared, ("defaults.yaml", DEFAULTS.read_bytes())]
