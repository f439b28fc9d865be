"""Making a forecast: seat everyone, draw, settle, count."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus._version import __version__
from foedus.base.at_hand import once
from foedus.base.days import Day, maybe_day
from foedus.base.errors import FoedusError
from foedus.base.randomness import Streams
from foedus.cases.case import Case, check_assumption_names, checked_case, declared
from foedus.cases.draws import draw, draw_assumptions
from foedus.cases.options import OptionForecast
from foedus.dossiers import Dossier, redacted
from foedus.ensembles.model import EnsembleModel
from foedus.ensembles.tested import tested_on
from foedus.forecasts.answering import answering, asked
from foedus.forecasts.arithmetic import arithmetic, heaviest_against
from foedus.forecasts.break_even import decisive_statements, explore
from foedus.forecasts.compose import all_cards, settling
from foedus.forecasts.horizon import within_a_year
from foedus.forecasts.result import Forecast, ModelAnswer, Objector, Pivot, Silent
from foedus.forecasts.sweeps import Anchor, option_shares, sample, sweep_draws
from foedus.forecasts.tally import Tally
from foedus.institutions import is_consensus
from foedus.issues import Settlement, SettlementModel, Sitting
from foedus.issues.sitting import Floats

_log = logging.getLogger(__name__)

CHUNK = 2_048
"""Draws worked on at a time: what fits a processor's cache. It changes no answer."""

MOST_DRAWS = 10_000_000


def forecast(
    dossier: Dossier,
    issue: str | None = None,
    as_of: Day | str | None = None,
    on: str | None = None,
    models: Sequence[str | SettlementModel] = (),
    draws: int = 10_000,
    seed: int = 1,
    max_marking: str | None = None,
    chunk: int = CHUNK,
) -> Forecast:
    """Forecast what a body would decide.

    Parameters
    ----------
    dossier
        What `foedus.read_dossier` returned.
    issue
        Id of an issue; by default that of the dossier's first page.
    as_of
        Only what was known by this day counts; by default every accepted statement and dated row does.
    on
        A meeting by name or day, which picks the members and the rule; by default the next one on or after ``as_of``.
    models
        Settlement models, alone or after an influence model (``challenge+consensus``); the first gives the answer, the
        others stand beside it. A name, or a model of your own. By default `foedus.forecasts.answering` decides:
        the track-record model under consensus and unanimity, the ensemble under any other rule.
    draws, seed
        The same seed gives the same answer.
    max_marking
        What is marked above this is left out, as if the dossier had been read with this limit.
    chunk
        Draws worked on at a time; it changes no answer.

    Returns
    -------
    Forecast
        Probabilities that sum to 1, who objects, and what would change the answer.

    Raises
    ------
    FoedusError
        When the issue, the meeting or a model is unknown, an input makes no sense for the model, or an accepted
        statement does not stand in its source, where its text is at hand.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> answer = foedus.forecast(dossier, issue="office", as_of="2023-07-10", draws=1_000)
    >>> answer.likeliest.label, answer.objectors[0].actor
    ('no office', 'FRA')
    """
    if max_marking is not None:
        dossier = redacted(dossier, max_marking)
    check_draws(draws)
    if seed < 0:
        raise FoedusError(f"a seed is a whole number of at least 0; got {seed}")
    if chunk < 1:
        raise FoedusError(f"a chunk has at least one draw; got {chunk}")
    models = [models] if isinstance(models, str) else list(models)
    check_assumption_names(
        dossier, (*all_cards(), *(settling(model).card for model in models if not isinstance(model, str)))
    )
    question = dossier.issue(issue)
    case = checked_case(dossier, question, maybe_day(as_of, "as of"), on)
    if not all(isinstance(model, str) for model in models):
        return _of_case(case, models, draws, seed, chunk)
    key = (
        "forecast",
        id(dossier),
        question.id,
        case.as_of,
        case.meeting.on,
        case.meeting.name,
        *models,
        draws,
        seed,
        chunk,
    )
    return once(key, lambda: _of_case(case, models, draws, seed, chunk))


def check_draws(draws: int) -> None:
    """Refuse a number of draws that no forecast takes."""
    if not 1 <= draws <= MOST_DRAWS:
        raise FoedusError(f"draws must be from 1 to {MOST_DRAWS:,}; got {draws}")


def _of_case(case: Case, models: Sequence[str | SettlementModel], draws: int, seed: int, chunk: int) -> Forecast:
    """Return the forecast of a case by models, or by the one made for its rule."""
    question, meeting = case.issue, case.meeting
    chosen = _chosen(case, models) or [answering(case)]
    main = chosen[0]
    _log.info(
        "%s before %s: %d seats, %d draws of %s",
        question.id,
        meeting.name,
        len(case.seats),
        draws,
        main.card.name,
    )
    count, others = settle_draws(case, chosen, draws, seed, chunk)
    places, options = count.tally.places(), options_of(case, count.tally)
    objectors = count.objectors(case)
    mover = _first_mover(case, objectors)
    varied = sample(case, main, seed, min(draws, sweep_draws(main)))
    anchor = Anchor.of(option_shares(main, varied), [option.probability for option in options])
    # Under a majority the parts of the ensemble that assume anything weigh next to nothing.
    assumed = () if isinstance(main, EnsembleModel) and not is_consensus(case.rule) else main.card.assumptions
    thresholds, sweeps = explore(case, main, varied, assumed, mover, anchor)
    return Forecast(
        case=case,
        model=main.card.name,
        seed=seed,
        draws=draws,
        version=__version__,
        inputs_sha256=case.dossier.inputs_sha256,
        options=options,
        mean=places.mean,
        median=places.quantile(0.5),
        q10=places.quantile(0.1),
        q90=places.quantile(0.9),
        objections=objectors,
        pivots=count.pivots(case),
        break_even=thresholds,
        sweeps=sweeps,
        silent=count.silent(case),
        hangs_on=decisive_statements(case, main, varied, seed, mover, anchor),
        others=tuple(
            ModelAnswer(model.card.name, options_of(case, others[model.card.name]), model.card.caution)
            for model in chosen[1:]
        ),
        tested_on=tested_on(case, main.card.name, case.rule.kind),
        notes=tuple(f"{tally.name}: {note}" for tally in (count.tally, *others.values()) if (note := tally.note())),
        within_a_year=within_a_year(case, main, options, draws, seed, chunk),
        given=main,
    )


def _chosen(case: Case, models: Sequence[str | SettlementModel]) -> list[SettlementModel]:
    """Return the models asked for, each once: by name, or as they are."""
    by_name: dict[str, SettlementModel] = {}
    for given in models:
        model = asked(case, given)
        by_name.setdefault(model.card.name, model)
    return list(by_name.values())


def _first_mover(case: Case, objections: Mapping[str, tuple[Objector, ...]]) -> str | None:
    """Return whose inputs are moved: who most often stands in the way of the proposal, of those who have spoken.

    Under a majority the nearest of those who would have to move; else who has the most votes of those against.
    """
    silent = {member.actor for member in case.silent}
    standing = [o.actor for o in objections.get(case.issue.proposal, ()) if o.actor not in silent and o.probability > 0]
    if objections or is_consensus(case.rule):
        return next(iter(standing), None)
    count = arithmetic(case)
    heaviest = heaviest_against(case, count)
    return next((actor for actor in (*count.would_move, *heaviest) if actor in count.against), None)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts over draws.

    Attributes
    ----------
    tally
        How often each option was chosen, and where outcomes lie.
    objects, sole, reluctant
        How often each actor did so on each option; shape (A, K), or None.
    silent_objects
        How often any silent member objected to the proposal, or None.
    pivotal
        Shape (A,).
    """

    tally: Tally
    objects: Floats | None
    sole: Floats | None
    reluctant: Floats | None
    silent_objects: int | None
    pivotal: Floats

    def objectors(self, case: Case) -> Mapping[str, tuple[Objector, ...]]:
        """Return for each option other than the status quo who stands in its way, the likeliest first."""
        if self.objects is None or self.sole is None or self.reluctant is None:
            return {}
        by_option = {}
        for k, option in enumerate(case.issue.options):
            if k != case.agenda.status_quo:
                shares = np.stack([self.objects[:, k], self.sole[:, k], self.reluctant[:, k]]) / self.tally.draws
                members = [
                    Objector(member.actor, *(float(share) for share in shares[:, place]))
                    for place, member in enumerate(case.members)
                    if member.seated or place in case.outsiders
                ]
                by_option[option.label] = tuple(
                    sorted(members, key=lambda o: (-o.probability, -o.reluctant_but_silent, o.actor))
                )
        return by_option

    def silent(self, case: Case) -> Silent | None:
        """Return how often silent members object to the proposal; None without any, or without objections."""
        places = [place for place, member in enumerate(case.members) if member in case.silent]
        if self.objects is None or self.reluctant is None or self.silent_objects is None or not places:
            return None
        option = case.agenda.proposal
        return Silent(
            members=tuple(member.actor for member in case.silent),
            each_objects=float(self.objects[places, option].mean() / self.tally.draws),
            any_objects=self.silent_objects / self.tally.draws,
            each_reluctant=float(self.reluctant[places, option].mean() / self.tally.draws),
        )

    def pivots(self, case: Case) -> tuple[Pivot, ...]:
        """Return in what share of draws each actor could change what is decided, the likeliest first."""
        shares = self.pivotal / self.tally.draws
        members = [
            Pivot(member.actor, float(share)) for member, share in zip(case.members, shares, strict=True) if share > 0
        ]
        return tuple(sorted(members, key=lambda pivot: (-pivot.probability, pivot.actor)))


def settle_draws(
    case: Case, models: Sequence[SettlementModel], draws: int, seed: int, chunk: int = CHUNK
) -> tuple[Counts, dict[str, Tally]]:
    """Settle the same draws by each model; return what the first makes of them, and what the others choose, by name.

    Each model has assumptions of its own, from streams of their names.
    """
    needed, streams = [declared(case.dossier, model) for model in models], Streams(seed)
    counting, others = _Counting(case, models[0]), [Tally(case.agenda, model) for model in models[1:]]
    for start in range(0, draws, chunk):
        stop = min(start + chunk, draws)
        sitting = draw(case, needed[0], streams, start, stop)
        counting.add(sitting, models[0].settle(sitting))
        for own, tally in zip(needed[1:], others, strict=True):
            tally.add_choice(replace(sitting, assumptions=draw_assumptions(case, own, streams, start, stop)))
    return counting.count(), {tally.name: tally for tally in others}


def options_of(case: Case, tally: Tally) -> tuple[OptionForecast, ...]:
    """Return how likely each option is from how often it was chosen."""
    return tuple(
        OptionForecast(option.label, option.at, float(n / tally.draws))
        for option, n in zip(case.issue.options, tally.chosen, strict=True)
    )


class _Counting:
    """Counts of what the main model settles, which grow chunk by chunk."""

    def __init__(self, case: Case, model: SettlementModel) -> None:
        self._case, self._tally = case, Tally(case.agenda, model)
        self._pivotal = np.zeros(len(case.members))
        self._silent = np.array([member in case.silent for member in case.members])
        self._silent_objects: int | None = None
        self._flags: dict[str, Floats] = {}

    def add(self, sitting: Sitting, settlement: Settlement) -> None:
        self._tally.add(sitting, settlement)
        self._pivotal += settlement.pivotal[:, :, 0].sum(axis=0)
        if settlement.objects is not None:
            against = settlement.objects[0][:, self._silent, self._case.agenda.proposal]
            self._silent_objects = (self._silent_objects or 0) + int(against.any(axis=1).sum())
        for name in ("objects", "sole", "reluctant"):
            flags = getattr(settlement, name)
            if flags is not None:
                self._flags[name] = self._flags.get(name, 0.0) + flags[0].sum(axis=0)

    def count(self) -> Counts:
        return Counts(
            tally=self._tally,
            objects=self._flags.get("objects"),
            sole=self._flags.get("sole"),
            reluctant=self._flags.get("reluctant"),
            silent_objects=self._silent_objects,
            pivotal=self._pivotal,
        )
