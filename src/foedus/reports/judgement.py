"""The judgement in words: what is likely, how sure one may be of that, what would turn it, what to watch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.base.answers import recorded
from foedus.base.days import Day
from foedus.base.wording import and_, at_the_start, percent, the
from foedus.cases import Case
from foedus.cases.options import OptionForecast
from foedus.dossiers import Dossier
from foedus.dossiers.said import in_a_line, what_was_said
from foedus.dossiers.stands import SILENT, WEAK
from foedus.ensembles.ensemble import counted
from foedus.ensembles.tested import score_of
from foedus.forecasts import BreakEven, Forecast
from foedus.forecasts.arithmetic import declared
from foedus.issues import Issue
from foedus.reports.likelihood import LIKELIHOOD_WORDS, likelihood_word
from foedus.reports.numbers import Number
from foedus.reports.silence import if_neither_way

_LIKELY = {word for top, word in LIKELIHOOD_WORDS if top > 0.55}
_UNLIKELY = {word for top, word in LIKELIHOOD_WORDS if top < 0.5}
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

EVEN = 0.03
"""Two outcomes whose chances differ by less than this are evenly balanced: neither is called the likelier."""

FEWEST_DRAWS = 1_000
"""With fewer draws chance alone moves a percentage by more than its rounding."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader in a hurry takes away.

    Attributes
    ----------
    sentence
        The judgement, with its likelihood word and percentage.
    word, share
        The two by themselves, for the most likely option.
    confidence, confidence_reason
        How far the judgement may be trusted, apart from how likely it is, and why.
    watch
        What to watch, and until when; the meeting last.
    turns
        What would change the judgement: statements on which it hangs, and inputs with the value at which it turns.
    """

    KEYS = "sentence likelihood=word confidence confidence_reason"

    sentence: str
    word: str
    share: str
    confidence: str
    confidence_reason: str
    watch: tuple[str, ...]
    turns: tuple[str, ...]


def judge(forecast: Forecast) -> Judgement:
    """Return the judgement that a forecast supports."""
    best = forecast.likeliest
    confidence, reason = _confidence(forecast)
    return Judgement(
        sentence=_sentence(forecast),
        word=likelihood_word(best.probability),
        share=percent(best.probability),
        confidence=confidence,
        confidence_reason=reason,
        watch=tuple(_watch(forecast)),
        turns=tuple(_turns(forecast)),
    )


def judged(forecast: Forecast) -> dict[str, Any]:
    """Return a forecast with the keys of its JSON document, and its judgement in words beside them."""
    return {**forecast.as_answer(), "judgement": recorded(judge(forecast))}


def _sentence(forecast: Forecast) -> str:
    case, best = forecast.case, forecast.likeliest
    proposal = case.issue.proposal
    if forecast.draws < FEWEST_DRAWS:
        few = "1 draw is" if forecast.draws == 1 else f"{forecast.draws:,} draws are"
        return f"{few} too few for a judgement; it takes {FEWEST_DRAWS:,}."
    where = f"in {the(case.body.name)} ({case.meeting.name})"
    even = evenly_balanced(forecast)
    if even is not None:
        both = f"{best.label!r} ({percent(best.probability)}) and {even.label!r} ({percent(even.probability)})"
        sentence = f"The outcome {where} is evenly balanced between {both}."
        if proposal in {best.label, even.label}:
            return sentence
        return f"{sentence} {_likelihood_of(forecast.probability(proposal))} the proposal, {proposal!r}, is adopted."
    sentence = f"{_likelihood_of(best.probability)} the outcome {where} is {best.label!r}."
    if likelihood_word(best.probability) in _UNLIKELY:
        sentence = (
            f"The likeliest of {in_words(len(forecast.options))} outcomes {where} is {best.label!r} "
            f"({percent(best.probability)}), but it is not likely by itself."
        )
    if best.label == proposal:
        return sentence
    return f"{sentence} {_likelihood_of(forecast.probability(proposal))} the proposal, {proposal!r}, is adopted."


def evenly_balanced(forecast: Forecast) -> OptionForecast | None:
    """Return the second of two likeliest outcomes whose chances hardly differ; None where one is ahead.

    Any small change of an input swaps such two, so that none is what the answer turns on.
    """
    first, second, *_ = sorted(forecast.options, key=lambda option: -option.probability)
    return second if first.probability - second.probability < EVEN else None


def balanced_words(forecast: Forecast) -> str:
    """Return that small changes swap the two likeliest outcomes; empty where one is ahead."""
    even = evenly_balanced(forecast)
    if even is None:
        return ""
    return f"{forecast.likeliest.label!r} and {even.label!r} are evenly balanced, so many small changes would swap them"


def in_words(number: int) -> str:
    """Return a small number in words.

    Examples
    --------
    >>> in_words(4), in_words(11)
    ('four', '11')
    """
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _likelihood_of(probability: float) -> str:
    word, share = likelihood_word(probability), percent(probability)
    if word == LIKELIHOOD_WORDS[0][1]:
        return f"There is {word} ({share}) that"
    return f"It is {word} ({share}) that"


def _confidence(forecast: Forecast) -> tuple[str, str]:
    seats = forecast.case.seats
    silent = sum(m.stand.basis in SILENT | {WEAK} for m in seats)
    balanced = evenly_balanced(forecast)
    even = None if balanced is None else balanced.label
    turning = [
        name_of_input(forecast.case, break_even.assumption).partition(" (")[0]
        for break_even in forecast.break_even
        if break_even.within_range and break_even.after != even
    ]  # without symbols: this stands on the first page
    reasons, told = [], forecast.tested_on
    unscored = not told["decisions"] or not told["of_this_kind"]
    if not told["decisions"]:
        scored = score_of(forecast.case, forecast.model, forecast.case.rule.kind)
        known = f"the {forecast.model} model is {scored.words}"
        reasons.append(
            "no forecast of this kind has been scored against an outcome" if "not scored" in scored.words else known
        )
    elif unscored:
        reasons.append(f"no decision of {the(forecast.case.body.name)} or of its kind was scored")
    elif told["calibration"] is None:
        reasons.append(
            f"forecasts of this kind are not calibrated, though {told['decisions']} decisions {told['scope']} were "
            "scored"
        )
    distance = forecast.ensemble.distance
    if distance.outside:
        reasons.append(
            "the case lies outside the range of the decisions that the models learned from: "
            f"{'; '.join(distance.reasons)}"
        )
    if stand_in(forecast):
        reasons.append("the rule is a stand-in, not the one by which the body decided")
    if silent > len(seats) / 2:
        placed = [m.stand.measured.year for m in seats if m.stand.measured is not None]
        votes = f", {len(placed)} of them from votes in the UN General Assembly of {max(placed)}" if placed else ""
        reasons.append(f"the positions of {silent} of {len(seats)} members, who have named no side, are assumed{votes}")
    if turning:
        reasons.append(f"another answer would be the most likely for other plausible values of {and_(turning)}")
    if _against_declared(forecast):
        reasons.append("the likeliest answer needs members to change sides that have declared their vote")
    swayed = if_neither_way(forecast)
    turned = swayed is not None and swayed.label != forecast.likeliest.label
    if swayed is not None:
        would = "be the likeliest outcome" if turned else f"be at {percent(swayed.probability)}"
        reasons.append(f"{swayed.label!r} would {would} if silent members leaned neither way")
    level = "low" if unscored or turned else ("high", "moderate", "low")[min(len(reasons), 2)]
    return level, "; ".join(reasons) or "scored, with evidence on most members"


def confidence_words(judgement: Judgement, *, even: bool = False) -> str:
    """Return how likelihood and confidence go together, in a sentence.

    Parameters
    ----------
    judgement
        Which has both.
    even
        Whether two outcomes are evenly balanced, so that none is called likely.
    """
    return confident(judgement.word, judgement.confidence, judgement.confidence_reason, likely=not even)


def confident(word: str, level: str, reason: str, *, likely: bool = True) -> str:
    """Return how a likelihood and the confidence in it go together, in a sentence.

    Examples
    --------
    >>> confident("almost certain", "low", "no such decision was scored")
    'Almost certain if what has been said and assumed holds; confidence in that is low: no such decision was scored.'
    >>> confident("unlikely", "moderate", "no such decision was scored")
    'Moderate. No such decision was scored.'
    """
    if not likely or word not in _LIKELY or level == "high":
        return f"{level.capitalize()}. {at_the_start(reason)}."
    return f"{word.capitalize()} if what has been said and assumed holds; confidence in that is {level}: {reason}."


def _against_declared(forecast: Forecast) -> bool:
    headline = forecast.arithmetic_of_headline
    return headline is not None and not counted(forecast.case) and declared(forecast.case, headline.option).stop


def stand_in(forecast: Forecast) -> bool:
    """Tell whether the rule is a stand-in: its reference says so in these words."""
    rule = forecast.case.rule
    return any("stand-in" in part.reference.casefold() for part in (rule, *rule.parts))


def _watch(forecast: Forecast) -> list[str]:
    case = forecast.case
    items = [
        f"{watched.what}{_until(watched.until)}"
        for watched in case.dossier.settings.watch
        if watched.issue == case.issue.id
        and (watched.known_on is None or watched.known_on <= case.as_of)
        and (watched.until is None or case.as_of <= watched.until <= case.meeting.on)
    ]
    items.append(f"the meeting itself: {case.meeting.name}, {case.meeting.on}")
    return items


def _turns(forecast: Forecast) -> list[str]:
    even = evenly_balanced(forecast)
    swapped = None if even is None else even.label
    turns = [
        f"{paraphrase_of(forecast, decisive.statement)}: if this were wrong, {decisive.after!r} would be the likeliest"
        for decisive in forecast.hangs_on
        if decisive.after != swapped
    ]
    turns += [
        _turn_in_words(forecast, break_even)
        for break_even in forecast.break_even
        if "." in break_even.assumption and break_even.value is not None and break_even.after != swapped
    ]
    return turns


def paraphrase_of(forecast: Forecast, statement_id: str) -> str:
    """Return a statement in the coder's words with whoever makes it, to stand inside a sentence."""
    dossier = forecast.case.dossier
    statement = next(s for s in dossier.statements if s.id == statement_id)
    return in_a_line((dossier.world.name(statement.actor),), words_of(dossier, statement_id).rstrip("."))


def words_of(dossier: Dossier, statement_id: str) -> str:
    """Return what a statement says: the coder's words, or else who holds what and the source's own words."""
    statement = next(s for s in dossier.statements if s.id == statement_id)
    return statement.paraphrase or what_was_said(dossier, statement)


def _until(day: Day | None) -> str:
    return f" (until {day})" if day else ""


def _turn_in_words(forecast: Forecast, threshold: BreakEven) -> str:
    actor, _, field = threshold.assumption.rpartition(".")
    member = forecast.case.member(actor)
    value = float(threshold.value or 0.0)
    if field == "position":
        further = "or beyond" if value > member.stand.private.mode else "or short of that"
        where = f"{member.name} stood {place_in_words(forecast.case.issue, value)}, {further}"
    else:
        mode = member.stand.salience.mode
        least = "at most" if value < mode else "at least"
        where = f"{member.name} cared {least} {Number(value, 'worth')} (from 0 to 1) instead of {Number(mode, 'worth')}"
    return f"if {where}, {threshold.after!r} would be the most likely answer"


_PARTS = (
    (0.05, "at {low}"),
    (0.18, "just past {low}, towards {high}"),
    (0.29, "a quarter of the way from {low} to {high}"),
    (0.415, "a third of the way from {low} to {high}"),
    (0.585, "halfway from {low} to {high}"),
    (0.71, "two thirds of the way from {low} to {high}"),
    (0.82, "three quarters of the way from {low} to {high}"),
    (0.95, "just short of {high}, from {low}"),
    (1.0, "at {high}"),
)


def place_in_words(issue: Issue, at: float) -> str:
    """Return a place on an issue's line in words, by the options on either side of it.

    Examples
    --------
    >>> from foedus.dossiers import read_dossier
    >>> issue = read_dossier("tokyo-office").issue("office")
    >>> [(option.label, option.at) for option in issue.options][:2]
    [('no office', 0.0), ('liaison officer', 33.0)]
    >>> place_in_words(issue, 1), place_in_words(issue, 16)
    ("at 'no office'", "halfway from 'no office' to 'liaison officer'")
    """
    options = sorted(issue.options, key=lambda option: option.at)
    below = [option for option in options if option.at <= at] or options[:1]
    above = [option for option in options if option.at > at] or options[-1:]
    low, high = below[-1], above[0]
    if low.at >= high.at:
        return f"at {low.label!r}"
    way = (at - low.at) / (high.at - low.at)
    return next(words for upto, words in _PARTS if way < upto).format(low=repr(low.label), high=repr(high.label))


_INPUT_NAMES = {
    "kappa": ("peer pressure (kappa)", "peer pressure"),
    "tau": ("the share at which pressure sets in (tau)", "pressure threshold"),
    "red_line_cost": ("the cost of crossing a red line or commitment", "cost of a red line"),
    "failure_cost": ("the cost of failing to agree", "cost of failing"),
    "red_line_slack": ("how far past a red line an option may go (slack)", "room past a red line"),
    "selection": ("the rule that selects", "selection rule"),
}


def name_of_input(case: Case, name: str) -> str:
    """Return an input's name for people.

    Parameters
    ----------
    name
        An assumption, ``ACTOR.position``, or ``ACTOR.salience``.
    """
    if name in _INPUT_NAMES:
        return _INPUT_NAMES[name][0]
    actor, _, field = name.rpartition(".")
    return f"{case.dossier.world.name(actor)}'s {field}"


def short_input(case: Case, name: str) -> str:
    """Return an input's name in two or three words."""
    return _INPUT_NAMES[name][1] if name in _INPUT_NAMES else name_of_input(case, name)
