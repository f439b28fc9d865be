"""A forecast as of every day on which something became known, and what moved it.

Each point is the forecast that could have been made on its day: statements, rows set by hand and published amounts that
became known later are not read. All points share their random numbers, so that a step in the line is news, or age.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from foedus.base.answers import Recorded
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.cases import Case, prepare
from foedus.dossiers import Dossier, Stakeholder
from foedus.forecasts.alterations import weighed
from foedus.forecasts.answering import answering, asked
from foedus.forecasts.arithmetic import Arithmetic, arithmetic, arithmetic_in_draws
from foedus.forecasts.sweeps import SWEEP_DRAWS, Anchor, option_shares, sample
from foedus.institutions import is_consensus
from foedus.issues import Issue, Meeting, SettlementModel
from foedus.issues.sitting import Floats


@dataclass(frozen=True, slots=True)
class News:
    """Something that became known on a day.

    Attributes
    ----------
    kind
        ``statement``, ``by hand``, ``option entered``, ``option withdrawn``, ``proposal``, ``meeting announced`` or
        ``meeting``.
    id, actor
        Of the statement or row; the option's label; the meeting's name.
    effect
        By how much it moves the probability of the option asked about, added to what was known and to the news of the
        day before it, in the dossier's order; so the effects of a day sum to what its news moved. None where it places
        nobody, and on the first day, before which nothing is known to move from.
    """

    kind: str
    id: str
    actor: str | None
    effect: float | None


@dataclass(frozen=True, slots=True)
class Turned:
    """Members whose news puts them on another side of a vote.

    Attributes
    ----------
    option
        The option voted on: the one asked about, or where that is no change the likeliest of the others.
    actors
        Who.
    before, after
        In what share of the draws those in favour were enough by what was known before, and are now.
    """

    option: str
    actors: tuple[str, ...]
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An option that leaves the table, and where its chance goes; no position changes by that.

    Attributes
    ----------
    option
        Its label.
    moved
        By how much its leaving moves each option, by label.
    proposal
        What is proposed on the day.
    enough
        In what share of the draws those in favour of the proposal are enough by then; None where no votes are counted.
    """

    option: str
    moved: Mapping[str, float]
    proposal: str
    enough: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """The forecast as of one day.

    Attributes
    ----------
    on
        The day.
    reconstruction
        Whether it lies after the meeting.
    probabilities
        Of each option, in order.
    news
        What became known, the strongest first.
    moved
        By how much the option asked about moved since the point before; None for the first.
    aged
        What of that came without any news: statements grew older; None for the first.
    turned
        Who is on another side of the count by the day's news; None where nobody is, or no votes are counted.
    withdrawn
        Options that leave on the day, but for the first; each with where its chance goes.
    """

    on: Day
    reconstruction: bool
    probabilities: tuple[float, ...]
    news: tuple[News, ...]
    moved: float | None
    aged: float | None
    turned: Turned | None = None
    withdrawn: tuple[Withdrawn, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline(Recorded):
    """The line of a forecast through time.

    Attributes
    ----------
    issue, meeting, model, option
        What is forecast, by what, and the option asked about.
    options
        Labels in the order of the probabilities.
    points
        By day; the first is the first day on which anything was known, and the meeting with it. Before it there is no
        forecast: an answer would be what is assumed, alone, or one of a meeting that nobody knew of.
    """

    KEYS = "issue on=meeting.on meeting=meeting.name model want=option draws seed points=dated"

    issue: str
    meeting: Meeting
    model: str
    option: str
    options: tuple[str, ...]
    draws: int
    seed: int
    points: tuple[Point, ...]

    @property
    def dated(self) -> list[dict[str, object]]:
        """The points, each with the options' labels beside their probabilities."""
        return [
            {
                "as_of": point.on,
                "reconstruction": point.reconstruction,
                "options": [
                    {"label": label, "probability": share}
                    for label, share in zip(self.options, point.probabilities, strict=True)
                ],
                "moved": point.moved,
                "aged": point.aged,
                "news": point.news,
                "turned": point.turned,
                "withdrawn": point.withdrawn,
            }
            for point in self.points
        ]


def timeline(
    dossier: Dossier,
    issue: str | None = None,
    on: str | None = None,
    want: str | None = None,
    model: str | SettlementModel | None = None,
    draws: int = 10_000,
    seed: int = 1,
    until: Day | None = None,
) -> Timeline:
    """Forecast one meeting as of every day on which something became known.

    Parameters
    ----------
    dossier, issue
        The question.
    on
        The meeting by name or day; by default that of the dossier's first page on the issue, or else the last.
    want
        The option asked about; by default the proposal where it and the status quo are all the options, as a forecast
        tells its chance, or else the status quo: that nothing is decided.
    model, draws, seed
        A model by name or as it is; by default the one made for the rule. Each point takes all draws, as the forecast
        of its day does; what each piece of news adds is measured over the first `SWEEP_DRAWS` of them, and what that
        leaves of the step between two points is shared out in proportion.
    until
        The last day; by default everything that became known counts.

    Returns
    -------
    Timeline
        Points after the meeting are marked as reconstructions.

    Examples
    --------
    >>> import foedus
    >>> from foedus.dossiers import packaged_dossiers
    >>> dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    >>> line = timeline(dossier, "office", on="Vilnius 2023", draws=200)
    >>> [point.on.isoformat() for point in line.points if not point.reconstruction]
    ['2022-06-29', '2023-05-10', '2023-05-24', '2023-06-20']
    """
    question = dossier.issue(issue)
    meeting = _meeting(dossier, question, on)
    option = question.option(want or asked_about(question)).label
    index = [listed.label for listed in question.options].index(option)
    points: list[Point] = []
    last: _Known | None = None
    chosen: SettlementModel | None = None
    for day in _days(dossier, question, meeting, until):
        case = prepare(dossier, question, day, meeting)
        chosen = chosen or (answering(case) if model is None else asked(case, model))
        few = min(draws, SWEEP_DRAWS)
        shares = _shares(case, question, chosen, seed, draws)
        known = _Known(case, shares, shares if few == draws else _shares(case, question, chosen, seed, few))
        moved = aged = None
        steps = _Steps({}, 0.0)
        if last is not None:
            moved = float(shares[index] - last.shares[index])
            steps = _steps(known, last, question, chosen, seed, few, index)
            aged = steps.aged
        news, probabilities = _news(case, question, steps), tuple(float(share) for share in shares)
        option_voted_on = _voted_on(question, option, shares)
        voted = None if last is None else _turned(case, last.case, news, option_voted_on, seed, draws)
        left = _withdrawn(case, question, steps, seed, draws)
        points.append(Point(day, day > meeting.on, probabilities, news, moved, aged, voted, left))
        last = known
    if chosen is None:
        raise _no_days(dossier, question, meeting, until)
    labels = tuple(listed.label for listed in question.options)
    return Timeline(question.id, meeting, chosen.card.name, option, labels, draws, seed, tuple(points))


NEWS_DRAWS = 500
"""Draws for each statement that is new since an earlier answer: enough to put them in order."""


def news_since(case: Case, earlier: Day, model: SettlementModel, seed: int) -> dict[str, float]:
    """Return how far each statement moves a forecast that has become known since an earlier answer.

    Each is added to what was known before it, by the day on which it became known; half the sum of what it moves the
    options by, in [0, 1].

    Parameters
    ----------
    case
        What the forecast is made from now.
    earlier
        The day of the answer before.
    model, seed
        By what it is made.

    Raises
    ------
    FoedusError
        When there was no forecast to be made of the meeting on the earlier day.
    """
    issue = case.dossier.issue(case.issue.id)
    before = prepare(case.dossier, issue, earlier, case.meeting)
    then, now = (_shares(each, issue, model, seed, NEWS_DRAWS) for each in (before, case))
    steps = _steps(_Known(case, now, now), _Known(before, then, then), issue, model, seed, NEWS_DRAWS, 0)
    told = {statement.id for statement in case.dossier.statements}
    return {name: float(np.abs(moved).sum() / 2) for name, moved in steps.moves.items() if name in told}


def asked_about(issue: Issue) -> str:
    """Return the option that a time line follows by default: of two the proposal, of more the status quo."""
    return issue.proposal if len(issue.options) == 2 else issue.status_quo


def _voted_on(issue: Issue, option: str, shares: Floats) -> str:
    """Return the option whose votes tell of the one asked about: itself, or the likeliest change."""
    if option != issue.status_quo:
        return option
    changes = [
        (float(p), candidate.label)
        for p, candidate in zip(shares, issue.options, strict=True)
        if candidate.label != option
    ]
    return max(changes)[1]


def _turned(case: Case, last: Case, news: Sequence[News], option: str, seed: int, draws: int) -> Turned | None:
    """Return whom a day's statements put on another side of the count of one option; None for nobody."""
    if is_consensus(case.rule) or any(
        option not in {listed.label for listed in each.issue.options} for each in (case, last)
    ):
        return None
    spoke = {item.actor for item in news if item.kind in {"statement", "by hand"}}
    then, now = _sides(arithmetic(last, option)), _sides(arithmetic(case, option))
    actors = tuple(sorted(actor for actor in spoke & now.keys() if actor and then.get(actor) != now[actor]))
    if not actors:
        return None
    before, after = (arithmetic_in_draws(each, seed, draws, option).enough for each in (last, case))
    return Turned(option, actors, before, after)


def _sides(count: Arithmetic) -> dict[str, str]:
    sides = {"for": count.in_favour, "against": count.against, "abstains": count.abstaining, "": count.unknown}
    return {actor: side for side, actors in sides.items() for actor in actors}


def of_all_options(values: Sequence[float] | Floats, on_the_table: Issue, issue: Issue) -> Floats:
    """Return values of the options on the table at their places among all options of an issue; 0 for the others.

    Parameters
    ----------
    values
        Of each option on the table; shape (K,).
    on_the_table
        The issue with those options.
    issue
        The issue with all of them, M.

    Returns
    -------
    Floats
        Shape (M,).
    """
    labels = [option.label for option in issue.options]
    all_values = np.zeros(len(labels))
    all_values[[labels.index(option.label) for option in on_the_table.options]] = values
    return all_values


@dataclass(frozen=True, slots=True)
class _Known:
    """What a day's forecast is made from, and how likely each option is over all draws and over few; shape (M,)."""

    case: Case
    shares: Floats
    few: Floats


@dataclass(frozen=True, slots=True)
class _Steps:
    """What each piece of a day's news adds to the option asked about, by its id, and what age did.

    ``moves`` has what each adds to every option; shape (M,).
    """

    effects: Mapping[str, float]
    aged: float
    moves: Mapping[str, Floats] = field(default_factory=dict)


def _shares(
    case: Case, issue: Issue, model: SettlementModel, seed: int, draws: int, anchor: Anchor | None = None
) -> Floats:
    """Return how likely each option of the issue is, 0 for those that are not on the table; shape (M,)."""
    usual = of_all_options(option_shares(model, sample(case, model, seed, draws)), case.issue, issue)
    if anchor is None:
        return usual
    shares = anchor(usual) * of_all_options(np.ones(len(case.issue.options)), case.issue, issue)
    return np.asarray(shares / shares.sum())


def _no_days(dossier: Dossier, issue: Issue, meeting: Meeting, until: Day | None) -> FoedusError:
    """Return what is wrong where no day has news."""
    if until is not None and meeting.known_on is not None and until < meeting.known_on:
        return FoedusError(
            f"{meeting.name!r} became known on {meeting.known_on}: nobody could have forecast it by {until}"
        )
    if until is not None and _days(dossier, issue, meeting, None):
        return FoedusError(f"nothing in the dossier became known by {until}; leave the last day out")
    return FoedusError(
        f"{dossier.folder.name} has no dated statements on {issue.id!r}: nothing moves a forecast through time; "
        "code statements (statements.csv), or give rows of stakeholders.csv a known_on"
    )


def _meeting(dossier: Dossier, issue: Issue, on: str | None) -> Meeting:
    if on is not None:
        return issue.meeting(on)
    pages = [page.on for page in dossier.pages if page.issue == issue.id]
    return issue.meeting(pages[0]) if pages else issue.meetings[-1]


def _days(dossier: Dossier, issue: Issue, meeting: Meeting, until: Day | None) -> list[Day]:
    """Return each day on which something became known, from the day on which the meeting itself was."""
    days = {dossier.known_on(statement) for statement in dossier.statements_on(issue.id, dt.date.max)}
    days |= {row.known_on for row in dossier.stakeholders if row.known_on is not None and row.issue == issue.id}
    first = min(days, default=None)
    if first is not None:
        dated = ((option.since, option.until, option.proposed_from) for option in issue.options)
        ends = {day for days_of in dated for day in days_of if day is not None}
        days |= {day for day in ends if day > first}
        announced = meeting.known_on
        if announced is not None and announced > first:
            days = {day for day in days if day > announced} | {announced}
    return sorted(day for day in days if until is None or day <= until)


def _steps(
    known: _Known, last: _Known, issue: Issue, model: SettlementModel, seed: int, draws: int, index: int
) -> _Steps:
    """Return what each piece of a day's news does, added one after the other, and what the days before it did alone.

    Options that enter, another proposal and options that leave come first, for they change the choice itself; then
    rows set by hand, since they win; then statements in the dossier's order.
    """
    case, before = known.case, last.case
    dossier, day = case.dossier, case.as_of
    rows = [row for row in dossier.stakeholders if row.known_on is None or row.known_on <= before.as_of]
    statements = {statement.id for statement in dossier.statements if dossier.known_on(statement) <= before.as_of}
    bears = {statement.id for statement, _ in weighed(case)}
    table, then = ({option.label for option in some.issue.options} for some in (before, case))
    proposed = before.issue.proposal
    anchor = Anchor.of(last.few, last.shares)

    def at() -> Floats:
        kept = tuple(statement for statement in dossier.statements if statement.id in statements)
        some = replace(dossier, statements=kept, stakeholders=tuple(rows))
        options = tuple(replace(option, since=None, until=None) for option in issue.options if option.label in table)
        here = prepare(some, replace(issue, options=options).proposing(proposed), day, before.meeting)
        return _shares(here, issue, model, seed, draws, anchor)

    so_far = at()
    aged = float(so_far[index] - last.shares[index])
    moves: dict[str, Floats] = {}

    def step(name: str, *, told: bool = True) -> None:
        nonlocal so_far
        now = at()
        if told or bool((now != so_far).any()):
            moves[name] = now - so_far
        so_far = now

    labels = [option.label for option in issue.options]
    for label in [label for label in labels if label in then - table]:
        table |= {label}
        step(_option_id(label))
    if case.issue.proposal != proposed:
        proposed = case.issue.proposal
        step(_proposal_id(proposed))
    for label in [label for label in labels if label in table - then]:
        table -= {label}
        step(_option_id(label))
    for row in dossier.stakeholders:
        if row.known_on is not None and before.as_of < row.known_on <= day and row.issue == case.issue.id:
            rows.append(row)
            step(_row_id(row))
    for statement in sorted(dossier.statements_on(case.issue.id, day), key=dossier.known_on):
        if dossier.known_on(statement) > before.as_of:
            statements.add(statement.id)
            # What places nobody may still be a signal, or replace what was said.
            step(statement.id, told=statement.id in bears)
    left = known.shares - last.shares - (so_far - last.shares)
    shared = _shared_out(moves, left)
    effects = {name: float(moved[index]) for name, moved in shared.items()}
    if not shared:
        aged += float(left[index])
    return _Steps(effects, aged, shared)


def _shared_out(moves: Mapping[str, Floats], left: Floats) -> dict[str, Floats]:
    """Return the moves of each piece of news, with what few draws leave of the whole step in proportion to them.

    Examples
    --------
    >>> shared = _shared_out({"a": np.array([0.3, -0.3]), "b": np.array([0.1, -0.1])}, np.array([0.04, -0.04]))
    >>> {name: moved.round(9).tolist() for name, moved in shared.items()}
    {'a': [0.33, -0.33], 'b': [0.11, -0.11]}
    """
    if not moves:
        return {}
    sizes = {name: np.abs(moved) for name, moved in moves.items()}
    whole = np.sum(list(sizes.values()), axis=0)
    even = np.full_like(left, 1 / len(moves))
    return {
        name: moved + left * np.divide(sizes[name], whole, out=even.copy(), where=whole > 0)
        for name, moved in moves.items()
    }


def _withdrawn(case: Case, issue: Issue, steps: _Steps, seed: int, draws: int) -> tuple[Withdrawn, ...]:
    """Return the options that leave on the day of a case, each with where its chance goes."""
    leave = [option.label for option in issue.options if option.until == case.as_of]
    told = [label for label in leave if _option_id(label) in steps.moves]
    if not told:
        return ()
    proposal, labels = case.issue.proposal, [option.label for option in issue.options]
    enough = None if is_consensus(case.rule) else arithmetic_in_draws(case, seed, draws, proposal).enough
    return tuple(
        Withdrawn(
            label,
            {
                name: float(moved)
                for name, moved in zip(labels, steps.moves[_option_id(label)], strict=True)
                if name == label or name in {option.label for option in case.issue.options}
            },
            proposal,
            enough,
        )
        for label in told
    )


def _row_id(row: Stakeholder) -> str:
    return f"{row.actor}.{row.issue}.{row.venue}"


def _option_id(label: str) -> str:
    return f"option {label}"


def _proposal_id(label: str) -> str:
    return f"proposal {label}"


def _news(case: Case, issue: Issue, steps: _Steps) -> tuple[News, ...]:
    dossier, effects = case.dossier, steps.effects
    news = [
        News("statement", statement.id, statement.actor, effects.get(statement.id))
        for statement in dossier.statements_on(case.issue.id, case.as_of)
        if dossier.known_on(statement) == case.as_of
    ]
    news += [
        News("by hand", _row_id(row), row.actor, effects.get(_row_id(row)))
        for row in dossier.stakeholders
        if row.issue == case.issue.id and row.known_on == case.as_of
    ]
    news += [
        News(kind, option.label, None, effects.get(_option_id(option.label)))
        for option in issue.options
        for kind, day in (("option entered", option.since), ("option withdrawn", option.until))
        if day == case.as_of
    ]
    news += [
        News("proposal", option.label, None, effects.get(_proposal_id(option.label)))
        for option in issue.options
        if option.proposed_from == case.as_of
    ]
    if case.meeting.known_on == case.as_of:
        news.append(News("meeting announced", case.meeting.name, None, None))
    if case.meeting.on == case.as_of:
        news.append(News("meeting", case.meeting.name, None, None))
    return tuple(sorted(news, key=lambda item: (-np.abs(item.effect or 0.0), item.id)))
