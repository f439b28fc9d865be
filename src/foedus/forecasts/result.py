"""What a forecast returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from foedus.base.answers import Recorded, recorded
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.traces import Trace
from foedus.cases.case import Case
from foedus.cases.options import OptionForecast
from foedus.ensembles.council_scores import moves_on_record
from foedus.ensembles.ensemble import CONSENSUS, Ensemble, combine, has_record
from foedus.ensembles.model import NAME
from foedus.forecasts.arithmetic import Arithmetic, ArithmeticInDraws, arithmetic, arithmetic_in_draws
from foedus.forecasts.break_even import BreakEven, Decisive
from foedus.forecasts.compose import find
from foedus.forecasts.entered import anything_entered
from foedus.forecasts.silence import Silence, leaning_neither_way
from foedus.forecasts.sweeps import Sweep
from foedus.forecasts.why import explain
from foedus.institutions import is_consensus
from foedus.issues import SettlementModel


@dataclass(frozen=True, slots=True)
class Objector:
    """How often one member, or one outsider whose consent is asked, stands in the way of one option.

    Attributes
    ----------
    probability
        Share of draws in which it objects, or refuses its consent.
    sole
        Share in which it alone keeps the option from being adoptable.
    reluctant_but_silent
        Share in which it would rather keep the status quo and does not object.
    """

    actor: str
    probability: float
    sole: float
    reluctant_but_silent: float


@dataclass(frozen=True, slots=True)
class Silent:
    """Members about whom nothing was known, taken together: they differ by chance alone.

    Attributes
    ----------
    members
        Their ids.
    each_objects, each_reluctant
        Share of draws in which any given one objects to the proposal, or is reluctant and silent.
    any_objects
        Share in which at least one of them objects to it.
    """

    members: tuple[str, ...]
    each_objects: float
    any_objects: float
    each_reluctant: float


@dataclass(frozen=True, slots=True)
class Pivot:
    """Share of draws in which one actor's different behaviour would change what is decided."""

    actor: str
    probability: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The same probabilities seen from the proposal; they sum to 1.

    *Something less* lies between the status quo and the proposal, *something else* anywhere else.
    """

    as_proposed: float
    something_less: float
    something_else: float
    nothing: float


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What another model makes of the same inputs, and what not to take it for."""

    name: str
    options: tuple[OptionForecast, ...]
    caution: str = ""


@dataclass(frozen=True, repr=False)
class Forecast(Recorded):
    """A distribution over what a body would decide.

    Attributes
    ----------
    case
        Everything that it was made from.
    model, seed, draws, version, inputs_sha256
        What makes it repeatable. The model gives the answer and all that explains it: objections, pivots, break-even
        values.
    options
        By place on the scale; their probabilities sum to 1.
    mean, median, q10, q90
        Of the outcome's place on the scale.
    objections
        For each option's label, how often each member stands in its way, the likeliest first; empty for models
        that know no objections.
    pivots
        The likeliest first.
    break_even
        One for each assumption, and for the inputs of the likeliest objector.
    sweeps
        The probability of each option as each of these moves alone.
    silent
        The members about whom nothing was known; None where there are none, or the model knows no objections.
    hangs_on
        Statements of the likeliest objector without any one of which another answer would be the most likely.
    others
        What other models make of the same inputs.
    tested_on
        How forecasts of this kind have been tested.
    notes
        What to know of the models' answers, such as that nothing was traded on one issue, or that positions recurred.
    within_a_year
        How likely each option is to hold twelve months after the meeting; empty where nothing was fitted to that.
    given
        The model itself, where it was given as an object and not by name.
    """

    KEYS = (
        "issue question=case.issue.question as_of on=case.meeting.on meeting=case.meeting.name "
        "reconstruction=case.reconstruction body=case.body.id rule=case.rule.words answered model seed draws version "
        "inputs_sha256 max_marking=case.dossier.max_marking options summary within_a_year? "
        "outcome=(mean median q10 q90) objectors objections=stopping pivots break_even arithmetic=counted "
        "silent_members=silence hangs_on other_models=others(model=name options) notes conflicts conditions ensemble "
        "tested_on supposed!"
    )

    case: Case
    model: str
    seed: int
    draws: int
    version: str
    inputs_sha256: str
    options: tuple[OptionForecast, ...]
    mean: float
    median: float
    q10: float
    q90: float
    objections: Mapping[str, tuple[Objector, ...]]
    pivots: tuple[Pivot, ...]
    break_even: tuple[BreakEven, ...]
    sweeps: tuple[Sweep, ...]
    silent: Silent | None
    hangs_on: tuple[Decisive, ...]
    others: tuple[ModelAnswer, ...]
    tested_on: Mapping[str, object]
    notes: tuple[str, ...] = ()
    within_a_year: tuple[OptionForecast, ...] = ()
    given: SettlementModel | None = field(default=None, compare=False)

    @property
    def explainer(self) -> SettlementModel:
        """The model that explains: objections, pivots, break-even values, levers."""
        return self.given or find(self.model)

    @cached_property
    def ensemble(self) -> Ensemble:
        """The mixture of models with weights learned from backtests, worked out when first asked for."""
        # No feasible set changes what the consensus model says, and it has been asked about all draws.
        shares = {CONSENSUS: [option.probability for option in self.options]} if self.model == CONSENSUS else None
        mixture = combine(self.case, self.draws, self.seed, shares)
        if self.model != NAME:
            return mixture
        return replace(mixture, options=self.options, mean=self.mean, median=self.median, q10=self.q10, q90=self.q90)

    @cached_property
    def arithmetic(self) -> Arithmetic:
        """Whether those who stand for the proposal are enough under the rule, and who could turn it."""
        return arithmetic(self.case)

    @cached_property
    def arithmetic_of_headline(self) -> Arithmetic | None:
        """The same of the most likely option; None where that is the status quo, which needs no votes."""
        if self.likeliest.label == self.case.issue.status_quo:
            return None
        return arithmetic(self.case, self.likeliest.label)

    @cached_property
    def arithmetic_of_others(self) -> tuple[Arithmetic, ...]:
        """The same of each option that is decided by another rule than the proposal."""
        return tuple(arithmetic(self.case, label) for label in self.case.apart)

    @cached_property
    def arithmetic_in_draws(self) -> ArithmeticInDraws | None:
        """The votes for the proposal in the draws; None under consensus and unanimity, where members object."""
        return None if is_consensus(self.case.rule) else arithmetic_in_draws(self.case, self.seed, self.draws)

    @property
    def likeliest_change(self) -> OptionForecast:
        """The most likely option other than the status quo; the proposal where it is as likely as any."""
        issue = self.case.issue
        changes = [option for option in self.options if option.label != issue.status_quo]
        return max(changes, key=lambda change: (change.probability, change.label == issue.proposal))

    @cached_property
    def arithmetic_of_change(self) -> Arithmetic:
        """The count of votes as stated for the most likely option other than the status quo."""
        return arithmetic(self.case, self.likeliest_change.label)

    @cached_property
    def arithmetic_of_change_in_draws(self) -> ArithmeticInDraws | None:
        """The same in the draws; None under consensus and unanimity, where members object."""
        if is_consensus(self.case.rule):
            return None
        return arithmetic_in_draws(self.case, self.seed, self.draws, self.likeliest_change.label)

    @cached_property
    def silence(self) -> Silence | None:
        """The members of whom nothing is known, and what would be if they leaned neither way; None without any."""
        if not self.case.silent:
            return None
        known, votes = self.silent, not is_consensus(self.case.rule)
        return Silence(
            members=tuple(member.actor for member in self.case.silent),
            each_objects=known.each_objects if known else None,
            any_objects=known.any_objects if known else None,
            each_reluctant=known.each_reluctant if known else None,
            prior=self.case.dossier.prior(self.issue).position,
            neither_way=leaning_neither_way(self.case, self.explainer, self.draws, self.seed) if votes else None,
        )

    @property
    def answered(self) -> bool:
        """Whether anything beside priors has been entered on the issue."""
        return anything_entered(self.case.dossier, self.issue)

    @property
    def issue(self) -> str:
        """Id of the issue."""
        return self.case.issue.id

    @property
    def as_of(self) -> Day:
        """The day up to which knowledge counts."""
        return self.case.as_of

    @property
    def objectors(self) -> tuple[Objector, ...]:
        """Who stands in the way of the proposal, the likeliest first."""
        return self.objections.get(self.case.issue.proposal, ())

    @property
    def known_objectors(self) -> tuple[Objector, ...]:
        """Who stands in the way of the proposal, without the members of whom nothing is known; see `silent`."""
        together = set(self.silent.members) if self.silent else set()
        return tuple(objector for objector in self.objectors if objector.actor not in together)

    @property
    def likeliest(self) -> OptionForecast:
        """The most likely option."""
        return max(self.options, key=lambda option: option.probability)

    @property
    def summary(self) -> Summary:
        """The probabilities seen from the proposal."""
        status_quo = self.case.issue.option(self.case.issue.status_quo).at
        proposal = self.case.issue.option(self.case.issue.proposal).at
        low, high = sorted((status_quo, proposal))
        shares = {"as_proposed": 0.0, "something_less": 0.0, "something_else": 0.0, "nothing": 0.0}
        for option in self.options:
            if option.at == proposal:
                kind = "as_proposed"
            elif option.at == status_quo:
                kind = "nothing"
            else:
                kind = "something_less" if low < option.at < high else "something_else"
            shares[kind] += option.probability
        return Summary(**shares)

    def probability(self, label: str) -> float:
        """Return how likely an option is.

        Raises
        ------
        FoedusError
            When there is no such option.
        """
        wanted = self.case.issue.option(label).label
        return next(option.probability for option in self.options if option.label == wanted)

    def objector(self, actor: str, option: str | None = None) -> Objector:
        """Return how often a member stands in the way of an option, of the proposal if none is named.

        Raises
        ------
        FoedusError
            When the member has no seat, or the model knows no objections.
        """
        label = self.case.issue.option(option or self.case.issue.proposal).label
        for objector in self.objections.get(label, ()):
            if objector.actor == actor:
                return objector
        raise FoedusError(
            f"no objections of {actor!r} in this forecast: it has no seat and no consent to give, or "
            f"{self.model} has no objections in it"
        )

    @property
    def stopping(self) -> list[dict[str, object]]:
        """Each option with whoever stands in its way."""
        return [
            {"option": label, **recorded(objector)}
            for label, objectors in self.objections.items()
            for objector in objectors
        ]

    @property
    def counted(self) -> dict[str, object]:
        """The votes under the rule: as stated, in the draws, of the headline, and on record."""
        votes: dict[str, object] = recorded(self.arithmetic)
        return votes | {
            "in_draws": self.arithmetic_in_draws,
            "headline": self.arithmetic_of_headline,
            "likeliest_change": {
                **recorded(self.arithmetic_of_change),
                "in_draws": self.arithmetic_of_change_in_draws,
            },
            "by_another_rule": [
                {"rule": self.case.apart[count.option].rule.words(), **recorded(count)}
                for count in self.arithmetic_of_others
            ],
            "moves_on_record": moves_on_record() if has_record(self.case) else None,
        }

    @property
    def conflicts(self) -> list[dict[str, object]]:
        """The members whose statements lie in more than one camp."""
        camps_of = ((member.actor, member.stand.camps) for member in self.case.members)
        return [{"actor": actor, "camps": camps} for actor, camps in camps_of if len(camps) > 1]

    @property
    def conditions(self) -> list[dict[str, object]]:
        """What a member names as a condition, and where it would stand then."""
        return [
            {"actor": member.actor, **recorded(branch)}
            for member in self.case.members
            for branch in member.stand.branches
        ]

    @property
    def supposed(self) -> tuple[str, ...] | None:
        """What is supposed; None of a plain forecast."""
        return tuple(str(change) for change in self.case.dossier.supposed) or None

    def __repr__(self) -> str:
        shares = ", ".join(f"{option.label} {option.probability:.3f}" for option in self.options)
        return f"<Forecast {self.issue}, {self.case.meeting.name}, as of {self.as_of}, {self.model}: {shares}>"

    def __str__(self) -> str:
        return repr(self)

    def why(self) -> Trace:
        """Return the tree of reasons behind the answer."""
        return explain(self)
