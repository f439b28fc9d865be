"""The rule's own count in words and rows: votes for, votes needed, who could turn it, who would have to move."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.base.wording import and_, percent, the
from foedus.ensembles.council_scores import Moves, moves_on_record
from foedus.ensembles.declared import bounds
from foedus.ensembles.ensemble import counted, has_record
from foedus.ensembles.model import NAME
from foedus.forecasts import Arithmetic, Forecast
from foedus.forecasts.arithmetic import ArithmeticInDraws, declared, few_missing, within_few_in_draws
from foedus.institutions.rules import MEMBERS, NoVeto, every_part
from foedus.reports.votes_against import drawn_against, lines_against, stands_against, takes_votes_against

_MILLION = 1_000_000
_MOST = 6
"""Members and groups that are named."""

_DECIDES = 0.05
"""From which share of draws on a vote that alone decides is named: in a large body each does in one or two."""

_SEEN = 0.005
"""A share that is not printed as 0 %."""

_APART = 0.15
"""From this difference on a reader asks why the proposal is not as likely as that those in favour are enough."""


@dataclass(frozen=True, slots=True)
class Votes:
    """The count under a majority rule.

    Attributes
    ----------
    title, headings, rows
        One row for each number that the rule asks for: as stated, and in the draws.
    lines
        Who could turn it, and the blocking minorities, as stated and in the draws.
    expects
        Where the headline expects somebody to move: who would have to, and how often such moves happened; else empty.
    reconciled
        Why the proposal is far less or more likely than that those in favour are enough; empty where they are near.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]
    expects: str
    reconciled: str = ""


def votes(forecast: Forecast) -> Votes | None:
    """Return the count of votes; None under consensus and unanimity, where members object."""
    drawn = forecast.arithmetic_in_draws
    if drawn is None:
        return None
    counted_votes, other, of_other = forecast.arithmetic, forecast.likeliest_change.label, None
    if takes_votes_against(forecast):
        told = (*lines_against(forecast, counted_votes), drawn_against(forecast), _by_position(forecast))
        return Votes(
            f"Votes against {counted_votes.option!r} under the rule",
            (),
            (),
            tuple(filter(None, told)),
            expects(forecast),
        )
    if other != counted_votes.option:
        of_other = forecast.arithmetic_of_change_in_draws
    rows = _rows(counted_votes, drawn)
    title = f"Votes for {counted_votes.option!r} under the rule"
    if of_other is not None:
        title = f"Votes for {counted_votes.option!r}, and for {_likelier(forecast)}, {other!r}, under the rule"
        rows = [(f"{counted_votes.option!r}: {what}", *rest) for what, *rest in rows]
        rows += [(f"{other!r}: {what}", *rest) for what, *rest in _rows(forecast.arithmetic_of_change, of_other)]
    return Votes(
        title,
        ("", "for, as stated", "needed", "margin", "for, in the draws"),
        tuple(rows),
        tuple(
            filter(
                None,
                (
                    _sides(forecast, counted_votes),
                    _swings(forecast, counted_votes),
                    _blocking(forecast, counted_votes),
                    _in_draws(forecast),
                    _most_likely(forecast),
                    _by_position(forecast),
                ),
            )
        ),
        expects(forecast),
        _reconciled(forecast, drawn.enough, moves_on_record()),
    )


def _rows(count: Arithmetic, drawn: ArithmeticInDraws) -> list[tuple[str, ...]]:
    """Return one row for each number that the rule asks for: as stated, and in the draws."""
    in_draws = {(drawn_count.weights, drawn_count.needed): drawn_count for drawn_count in drawn.counts}
    rows: list[tuple[str, ...]] = []
    for count_ in count.counts:
        spread = in_draws.get((count_.weights, count_.needed))
        told = "" if spread is None else span_of(spread.median, spread.low, spread.high)
        what = (
            count_.weights
            if count_.of == "all"
            else "votes cast"
            if count_.weights == MEMBERS
            else f"{count_.weights} cast"
        )
        rows.append((what, amount(count_.in_favour), amount(count_.needed), amount(count_.margin, "+"), told))
    return rows


def amount(number: int, sign: str = "") -> str:
    """Return a number of votes, or of people in millions.

    Examples
    --------
    >>> amount(12), amount(-3, "+"), amount(239_470_075), amount(-51_982_042, "+")
    ('12', '-3', '239.5 million', '-52.0 million')
    """
    return f"{number:{sign},}" if abs(number) < _MILLION else f"{number / _MILLION:{sign},.1f} million"


def span_of(median: int, low: int, high: int) -> str:
    """Return a number in the draws with its range, the unit once.

    Examples
    --------
    >>> span_of(18, 17, 19), span_of(288_255_827, 271_245_300, 292_106_721)
    ('18 (17 to 19)', '288.3 (271.2 to 292.1) million')
    """
    if abs(median) < _MILLION:
        return f"{median:,} ({low:,} to {high:,})"
    first, lowest, highest = (f"{number / _MILLION:.1f}" for number in (median, low, high))
    return f"{first} ({lowest} to {highest}) million"


def own_rules(forecast: Forecast) -> str:
    """Return which options take another rule than the proposal, and whether they have what it asks; empty for none."""
    told = []
    for arithmetic in forecast.arithmetic_of_others:
        rule = forecast.case.apart[arithmetic.option].rule.words()
        has = "and has it as stated" if arithmetic.enough else "and lacks it as stated"
        counts = [(c, "" if c.weights == MEMBERS else f" ({c.weights})") for c in arithmetic.counts]
        numbers = "; ".join(f"{amount(c.in_favour)} for, {amount(c.needed)} needed{of}" for c, of in counts)
        told.append(f"{arithmetic.option!r} takes {rule}, {has}{f' ({numbers})' if numbers else ''}.")
    return " ".join(told)


def expects(forecast: Forecast) -> str:
    """Return what declared votes settle, or who would have to move for the most likely answer, and what is on record.

    Empty where nobody would have to, and where no votes are counted.
    """
    if forecast.arithmetic_in_draws is None:
        return ""
    if takes_votes_against(forecast):
        return stands_against(forecast)
    return _declared(forecast, moves_on_record()) or _moves(forecast, moves_on_record())


def _moves(forecast: Forecast, record: Moves) -> str:
    """Return who would have to move for the most likely answer, and how often such moves happened; empty if nobody."""
    headline = forecast.arithmetic_of_headline
    if headline is None:
        if not forecast.arithmetic.enough:
            return ""
        unused = (
            f"Those in favour of {forecast.arithmetic.option!r} have the votes as stated; the forecast expects that "
            "they will not use them."
        )
        if not has_record(forecast.case):
            return f"{unused} {_not_counted(forecast)}"
        return (
            f"{unused} On record {record.failed} of {record.passable} proposals before the EU Council "
            "that had the votes as stated came to nothing or little."
        )
    if headline.enough:
        return ""
    settled = None if counted(forecast.case) else declared(forecast.case, headline.option)
    unless = ""
    if settled is not None and settled.stop:
        unless = (
            f": members that have declared their vote stop it unless {_how_many(few=settled.few)} of them change sides"
        )
    lacking = f"{headline.option!r} lacks the votes as stated{unless}. {_who(forecast, headline)}"
    if headline.would_move and set(headline.would_move) <= set(headline.unknown):
        return f"{lacking} Nobody who is against would have to move."
    if not has_record(forecast.case):
        told = _not_counted(forecast)
    elif headline.option == forecast.case.issue.proposal:
        told = f"{_on_record(record, few=few_missing(forecast.case, headline))}."
    else:
        told = (
            f"On record {record.beyond} of {record.decisions} decisions of the EU Council under qualified majority "
            "ended on something that lacked the votes as stated."
        )
    return f"{lacking} {told}"


def _not_counted(forecast: Forecast) -> str:
    """Return that nothing is on record of a body: what the EU Council did tells little of it."""
    body = forecast.case.body.name_on(forecast.case.meeting.on)
    return f"How often this happened before {the(body)} has not been counted."


def _declared(forecast: Forecast, record: Moves) -> str:
    """Return what declared votes settle in the Council, where the headline keeps to them; empty where they do not."""
    if counted(forecast.case):
        return ""
    settled = declared(forecast.case)
    headline, proposal = forecast.arithmetic_of_headline, forecast.case.issue.proposal
    if headline is None and settled.stop and not forecast.arithmetic.enough:
        most = percent(bounds(record, few=settled.few).adopted)
        return (
            f"Members that have declared their vote stop {proposal!r} unless {_how_many(few=settled.few)} of them "
            f"change sides. {_on_record(record, few=settled.few)}; the forecast gives such a proposal at most {most}."
        )
    if headline is not None and headline.option == proposal and settled.carry:
        return (
            f"Members that have declared their vote carry {proposal!r}, whatever the others do. On record "
            f"{record.failed} of {record.passable} proposals before the EU Council that had the votes as "
            "stated came to nothing or little; the forecast follows that record."
        )
    return ""


def _how_many(*, few: bool) -> str:
    return "one or two" if few else "three or more"


def _on_record(record: Moves, *, few: bool) -> str:
    """Return how often a proposal passed that lacked as many, without a full stop."""
    total, adopted, _ = record.stopped(few=few)
    return (
        f"On record {adopted} of {total} proposals before the EU Council that lacked {_how_many(few=few)} members were "
        "adopted all the same, wholly or nearly"
    )


def _who(forecast: Forecast, count: Arithmetic) -> str:
    if not count.would_move:
        return "No members could supply them by joining."
    unknown = [actor for actor in count.would_move if actor in count.unknown]
    parts = [] if not unknown else [f"{len(unknown)} of the {len(count.unknown)} members that have named no side"]
    parts += _names(forecast, [actor for actor in count.would_move if actor not in count.unknown])
    verb = "would have to vote for it"
    needed = f" Nothing passes without {and_(_names(forecast, count.must_move))}." if count.must_move else ""
    if len(unknown) == len(count.would_move) or len(count.would_move) == len(count.must_move):
        return f"{and_(parts)} {verb}.{needed}"
    return f"The nearest who would be enough: {and_(parts)}.{needed}"


def _sides(forecast: Forecast, count: Arithmetic) -> str:
    numbers = bool(count.counts) and all(count_.margin >= 0 for count_ in count.counts)
    vetoed = any(isinstance(part, NoVeto) for part in every_part(forecast.case.rule))
    why = "a veto stops it" if vetoed else "the rule asks for more"
    verdict = "enough" if count.enough else f"enough votes, but {why}" if numbers else "not enough"
    unknown = f"; no side named by {_few(forecast, count.unknown)}" if count.unknown else ""
    away = f" Abstaining: {_few(forecast, count.abstaining)}." if count.abstaining else ""
    return (
        f"For it, {verdict}: {_by_words(forecast, count, count.in_favour)}. "
        f"Against: {_by_words(forecast, count, count.against)}{unknown}.{away}"
    )


def _by_words(forecast: Forecast, count: Arithmetic, side: tuple[str, ...]) -> str:
    """Return who is on a side by words on the option, and apart from them who is by position alone."""
    told = tuple(actor for actor in side if actor not in count.by_position)
    placed = tuple(actor for actor in side if actor in count.by_position)
    parts = [_few(forecast, told)] if told else []
    return "; ".join([*parts, *([f"by position, {_few(forecast, placed)}"] if placed else [])]) or "nobody"


def _by_position(forecast: Forecast) -> str:
    """Return what it means that somebody is on a side by position; empty where nobody is."""
    if not (forecast.arithmetic.by_position or forecast.arithmetic_of_change.by_position):
        return ""
    return (
        "By position: what these have said is on another option or on none, and no vote declared on this one; it "
        "places them nearer to the option, or to no change."
    )


def _swings(forecast: Forecast, count: Arithmetic) -> str:
    if count.swings:
        return f"As stated, can swing it alone by changing sides: {', '.join(_names(forecast, count.swings))}."
    alone = _names(forecast, blocking_alone(count))
    if not alone:
        return "As stated, nobody alone can swing it by changing sides."
    if len(alone) == 1:
        return f"As stated, {alone[0]} stops it alone; even with its vote, too few are for it."
    return f"As stated, each of {and_(alone)} stops it alone; if one of them changed sides, it would still not pass."


def blocking_alone(count: Arithmetic) -> tuple[str, ...]:
    """Return who of those against stops an option alone, though all others that do not abstain vote for it."""
    return tuple(group[0] for group in count.blocking or () if len(group) == 1)


def _blocking(forecast: Forecast, count: Arithmetic) -> str:
    if not count.blocked:
        return "Those against are not a blocking minority: they could not stop it if all others voted for it."
    if count.blocking == ():
        few = _few(forecast, count.abstaining)
        return f"Abstentions alone stop it, even if all others vote for it: {few}."
    others = "all others that do not abstain" if count.abstaining else "all others"
    told = f"Those against are a blocking minority: they stop it even if {others} vote for it"
    if count.blocking is None:
        return f"{told}; the groups that suffice are too many to list."
    groups = [and_(_names(forecast, group)) for group in count.blocking]
    more = f"; and {len(groups) - _MOST} more" if len(groups) > _MOST else ""
    return f"{told}. The smallest groups that suffice: {'; '.join(groups[:_MOST])}{more}."


def _in_draws(forecast: Forecast) -> str:
    drawn = forecast.arithmetic_in_draws
    if drawn is None:
        return ""
    turning = sorted(
        (vote for vote in drawn.votes if vote.swings >= _DECIDES), key=lambda vote: (-vote.swings, vote.actor)
    )
    names = [f"{forecast.case.member(vote.actor).name} in {percent(vote.swings)}" for vote in turning[:_MOST]]
    alone = f"; by share of draws, a single vote decides it: {', '.join(names)}" if names else ""
    return (
        "Over the draws, each of which puts every member on a side, those in favour are enough in "
        f"{percent(drawn.enough)} and a blocking minority exists in {percent(drawn.blocked)}{alone}."
    )


def _likelier(forecast: Forecast) -> str:
    """Return what the most likely option other than the status quo is called."""
    return (
        "the most likely outcome"
        if forecast.likeliest.label == forecast.likeliest_change.label
        else "the likeliest change"
    )


def _most_likely(forecast: Forecast) -> str:
    """Return the count for the most likely change, where that is not the proposal."""
    count, drawn, record = forecast.arithmetic_of_change, forecast.arithmetic_of_change_in_draws, moves_on_record()
    if count.option == forecast.case.issue.proposal or drawn is None:
        return ""
    chance, told = forecast.likeliest_change.probability, _likelier(forecast)
    enough = f"Over the draws, those in favour of it are enough in {percent(drawn.enough)}"
    if forecast.model == NAME and has_record(forecast.case) and drawn.enough - chance > _APART:
        kept = record.passable - record.changed
        enough += (
            f"; it is put at {percent(chance)}. In part the forecast follows the record, on which {kept} of "
            f"{record.passable} proposals that had the votes came through, wholly or nearly "
            f"({percent(kept / record.passable)}), in part where members stand and how much they care"
        )
    return f"{told[:1].upper()}{told[1:]}, {count.option!r}. {_sides(forecast, count)} {enough}."


def _reconciled(forecast: Forecast, enough: float, record: Moves) -> str:
    """Return why the proposal is less or more likely than that those in favour are enough; empty where they are near.

    Only the ensemble learned from the record.
    """
    proposal, chance = forecast.case.issue.proposal, forecast.probability(forecast.case.issue.proposal)
    if forecast.model != NAME or abs(enough - chance) <= _APART:
        return ""
    if enough > chance:
        learned = f"that have the votes as stated are often changed ({record.changed} of {record.passable} on record)"
    elif counted(forecast.case):
        learned = (
            f"that lack the votes as stated are sometimes adopted ({record.adopted} of {record.blocked} on record)"
        )
    else:
        return _moves_counted(forecast, enough, record)
    own = has_record(forecast.case)
    return (
        f"Those in favour are enough in {percent(enough)} of the draws. Still, the chance of {proposal!r} is "
        f"put at {percent(chance)}, because the forecast also learned from {'' if own else 'another body, '}the EU "
        f"Council, where proposals {learned}.{'' if own else ' Whether that holds here is not known.'}"
    )


def _moves_counted(forecast: Forecast, enough: float, record: Moves) -> str:
    """Return how many would have to move in how many of the draws, and what came of such proposals on record.

    The forecast also learned from other signs, so that the chance that this makes is near its own, not the same.
    """
    proposal = forecast.case.issue.proposal
    reached = max(enough, within_few_in_draws(forecast.case, forecast.seed, forecast.draws))
    kept = record.passable - record.changed
    ways = (
        (enough, "nobody", kept, record.passable),
        (reached - enough, "one or two members", *reversed(record.stopped(few=True)[:2])),
        (1 - reached, "three or more", *reversed(record.stopped(few=False)[:2])),
    )
    told = [f"{who} in {percent(share)} ({came} of {all_})" for share, who, came, all_ in ways if share >= _SEEN]
    made = sum(share * came / all_ for share, _, came, all_ in ways)
    return (
        f"Those in favour are enough in {percent(enough)} of the draws, yet {proposal!r} is put at "
        f"{percent(forecast.probability(proposal))}. By share of draws, this many would have to change sides: "
        f"{'; '.join(told)}. In brackets: how many proposals before the EU Council that lacked as many were adopted "
        f"all the same, wholly or nearly. Weighed by the draws, that record alone makes {percent(made)}; the forecast "
        "also follows where members stand and how much they care."
    )


def _few(forecast: Forecast, actors: tuple[str, ...]) -> str:
    names = _names(forecast, actors)
    return f"{len(names)} members" if len(names) > _MOST else ", ".join(names)


def _names(forecast: Forecast, actors: tuple[str, ...] | list[str]) -> list[str]:
    return [forecast.case.dossier.world.name(actor) for actor in actors]
