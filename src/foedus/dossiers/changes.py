"""One input set otherwise: a position, salience, weight or red line, or an assumption; always or from a day.

Scenarios, ``foedus forecast --set``, ``foedus replay --set``, ``foedus position --set`` and ``foedus compare`` all make
changes of this type and apply them here.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.dossiers.by_hand import position_by_hand
from foedus.dossiers.records import Preference, Stakeholder
from foedus.dossiers.settings import Assumed, Range
from foedus.dossiers.supposed_silence import SILENCE, silence_spelt, with_silence
from foedus.dossiers.words import WORDS

if TYPE_CHECKING:
    from foedus.dossiers.dossier import Dossier
    from foedus.issues import Issue

FIELDS = ("position", "public_position", "salience", "capability", "red_line")
"""What can be set for an actor on an issue, beside the assumptions."""

POSITION = ""
"""The field where none is named: what the actor wants and what it says."""

ASSUMPTIONS = "assumptions"
"""What stands in an actor's place where an assumption is changed."""

_FORM = "ACTOR.ISSUE=VALUE@DAY, such as FRA.office=60@2023-05-01"
_SUPPOSED = (
    "ACTOR.FIELD=VALUE, such as FRA.position=60, ACTOR.ISSUE.FIELD=VALUE, assumptions.NAME=VALUE, "
    "or silence.position=VALUE"
)
_APPROVED = "ACTOR.OPTION=APPROVAL from 0 to 100, such as 'HUN.Mark Rutte=80', for options without an order"
_SPELT = re.compile(r"(?P<actor>[^.=@]+)\.(?P<issue>[^.=@]+)(\.(?P<field>\w+))?=(?P<value>[^=@]+)(@(?P<since>.+))?")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is supposed to be, or to have been, otherwise.

    Attributes
    ----------
    actor, issue
        Whose, on what; `ASSUMPTIONS` and blank for an assumption of the models; `SILENCE` for what is assumed of
        members that have said nothing on an issue.
    field
        One of `FIELDS`; blank: the position, wanted and said; for an assumption its name; for silence ``position``,
        ``salience`` or ``from``.
    value
        A triangle, or one exact number; for an assumption that is a choice, its weights. None: nothing is set by hand
        any more.
    since
        The first day on which it holds; None: always.
    words
        The word that stands for the position, such as ``abstains``; blank for a number.
    """

    actor: str
    issue: str
    field: str
    value: Assumed | None
    since: Day | None = None
    words: str = ""

    @property
    def numbers(self) -> Range:
        """The value where it is one number or three.

        Raises
        ------
        FoedusError
            Where something is taken back, or weights are set.
        """
        if isinstance(self.value, Range):
            return self.value
        raise FoedusError(f"{self}: expected a number, or low,mode,high")

    def __str__(self) -> str:
        name = ".".join(part for part in (self.actor, self.issue, self.field) if part)
        value = self.words or _spelt(self.value)
        return f"{name}={value}" + (f"@{self.since}" if self.since else "")


def _spelt(value: Assumed | None) -> str:
    """Return a value as it is set: nothing where it is taken back."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return ",".join(f"{name}:{weight:g}" for name, weight in value.items())
    low, mode, high = value.low, value.mode, value.high
    return f"{mode:g}" if low == mode == high else f"{low:g},{mode:g},{high:g}"


def change_of(words: str) -> Change:
    """Return the change of the past that ``ACTOR.ISSUE=VALUE@DAY`` or ``ACTOR.ISSUE.FIELD=VALUE@DAY`` spells.

    Parameters
    ----------
    words
        The value is a number, or ``low,mode,high``.

    Raises
    ------
    FoedusError
        When it is not spelt so.

    Examples
    --------
    >>> change_of("FRA.office=60@2023-05-01").since
    datetime.date(2023, 5, 1)
    """
    match = _SPELT.fullmatch(words.strip())
    if match is None or match["since"] is None:
        raise FoedusError(f"--set {words!r}: expected {_FORM}")
    value, since = _value_of(match["value"], words, _FORM), _day_of(match["since"], words, _FORM)
    field = match["field"] or POSITION
    if field and field not in set(FIELDS) - {"capability"}:
        raise FoedusError(f"--set {words!r}: expected a field of position, public_position, salience, red_line")
    return Change(match["actor"], match["issue"], field, value, since)


def supposition(dossier: Dossier, words: str, issue: str | None = None) -> Change:
    """Return the change that a user spells with a dossier at hand, with names in place of ids where they please.

    Parameters
    ----------
    dossier
        It knows the actors, issues and options.
    words
        ``ACTOR.FIELD=VALUE`` on the issue asked, ``ACTOR.ISSUE=VALUE``, ``ACTOR.ISSUE.FIELD=VALUE`` or
        ``assumptions.NAME=VALUE``, with ``@DAY`` where it holds from a day on. ``ACTOR.position`` is what it wants and
        what it says. A position may be an option's label in place of a number. ``silence.position=VALUE``,
        ``silence.salience=VALUE`` and ``silence.from=measure`` are about members that have said nothing.
    issue
        Id of the issue asked; by default that of the first page.

    Raises
    ------
    FoedusError
        When it is not spelt so, or names what the dossier does not have.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> dossier = read_dossier(packaged_dossiers()["tokyo-office"])
    >>> str(supposition(dossier, "France.position=programme office"))
    'FRA.office=67'
    """
    match = _SPELT.fullmatch(words.strip())
    if match is not None and match["actor"].strip().casefold() == SILENCE:
        return _of_silence(dossier, match, words, issue)
    approval = _approval(dossier, words.strip(), issue)
    if approval is not None:
        return approval
    if match is None:
        raise FoedusError(f"--set {words!r}: expected {_SUPPOSED}")
    since = _day_of(match["since"], words, _SUPPOSED) if match["since"] else None
    if match["actor"] == ASSUMPTIONS:
        if match["field"] or since:
            raise FoedusError(f"--set {words!r}: an assumption holds for every issue and day: assumptions.NAME=VALUE")
        return Change(ASSUMPTIONS, "", match["issue"], _value_of(match["value"], words, _SUPPOSED))
    asked, field = dossier.issue(issue), match["field"] or POSITION
    if (
        not match["field"]
        and match["issue"] in FIELDS
        and match["issue"] not in {listed.id for listed in dossier.issues}
    ):
        field = POSITION if match["issue"] == "position" else match["issue"]
    else:
        asked = _issue(dossier, match["issue"], words)
    if field and field not in FIELDS:
        raise FoedusError(f"--set {words!r}: expected a field of {', '.join(FIELDS)}")
    actor = match["actor"].strip()
    word = match["value"].strip().casefold()
    in_words = word if field in _PLACES and word in WORDS and word not in _labels(asked) else ""
    return Change(
        actor if actor in dossier.world.actors else dossier.world.find(actor),
        asked.id,
        field,
        word_places(asked, in_words) if in_words else _place_of(asked, field, match["value"], words),
        since,
        in_words,
    )


def _of_silence(dossier: Dossier, found: re.Match[str], words: str, issue: str | None) -> Change:
    """Return what is supposed of members that have said nothing: a whole prior holds on every day."""
    if found["since"]:
        raise FoedusError(f"--set {words!r}: what is assumed of silent members holds on every day; leave out @DAY")
    asked = _issue(dossier, found["issue"], words) if found["field"] else dossier.issue(issue)

    def number(value: str) -> Range:
        return _place_of(asked, POSITION, value, words) if asked.ordered else _value_of(value, words, _SUPPOSED)

    told = silence_spelt(dossier, asked, found["field"] or found["issue"], found["value"], number)
    return Change(SILENCE, asked.id, told[0], told[1], words=told[2])


def _approval(dossier: Dossier, words: str, issue: str | None) -> Change | None:
    """Return the approval of an option without an order that ``ACTOR.OPTION=VALUE`` spells; None for anything else."""
    asked = dossier.issue(issue)
    who, dot, rest = words.partition(".")
    if asked.ordered or who == ASSUMPTIONS:
        return None
    label, mark, told = rest.rpartition("=")
    value, _, since = told.partition("@")
    if not dot or not mark:
        raise FoedusError(f"--set {words!r}: expected {_APPROVED}")
    if label.strip() in {"salience", "capability"}:
        return None
    option = next(
        (option_.label for option_ in asked.options if option_.label.casefold() == label.strip().casefold()), None
    )
    if option is None or option == asked.status_quo:
        labels = ", ".join(repr(option_.label) for option_ in asked.options if option_.label != asked.status_quo)
        raise FoedusError(f"--set {words!r}: expected {_APPROVED}; the options are {labels}")
    actor = who.strip()
    return Change(
        actor if actor in dossier.world.actors else dossier.world.find(actor),
        asked.id,
        option,
        _value_of(value, words, _APPROVED),
        _day_of(since, words, _APPROVED) if since else None,
    )


_PLACES = (POSITION, "position", "public_position")


def _labels(issue: Issue) -> set[str]:
    return {option.label.casefold() for option in issue.options}


def word_places(issue: Issue, word: str) -> Range:
    """Return where a word puts an actor on the scale of an issue.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> office = read_dossier(packaged_dossiers()["tokyo-office"]).issue("office")
    >>> word_places(office, "abstains").mode, word_places(office, "champion").mode
    (50.0, 100.0)
    """
    estimate = position_by_hand(Stakeholder(actor="x", issue=issue.id, words=word), issue)
    low, mode, high = (0.0, 0.0, 0.0) if estimate is None else (estimate.low, estimate.mode, estimate.high)
    return Range(low=low, mode=mode, high=high)


def _place_of(issue: Issue, field: str, value: str, words: str) -> Range:
    """Return a value; the label of an option stands for its place."""
    if field in {*_PLACES, "red_line"}:
        for option in issue.options:
            if option.label.casefold() == value.strip().casefold():
                return Range(low=option.at, mode=option.at, high=option.at)
    try:
        return _value_of(value, words, _SUPPOSED)
    except FoedusError:
        if any(letter.isdigit() for letter in value):
            raise
        labels = ", ".join(repr(option.label) for option in issue.options)
        raise FoedusError(
            f"--set {words!r}: expected a number, low,mode,high, an option ({labels}), or a word ({', '.join(WORDS)})"
        ) from None


def _value_of(value: str, words: str, form: str) -> Range:
    try:
        values = [float(part) for part in value.split(",")]
    except ValueError as error:
        raise FoedusError(f"--set {words!r}: expected {form}; {error}") from None
    if (
        len(values) not in {1, 3}
        or values != sorted(values)
        or not all(abs(number) < float("inf") for number in values)
    ):
        raise FoedusError(f"--set {words!r}: expected one number, or low,mode,high in this order")
    return Range(low=values[0], mode=values[len(values) // 2], high=values[-1])


def _day_of(since: str, words: str, form: str) -> Day:
    try:
        return parse_day(since)
    except ValueError as error:
        raise FoedusError(f"--set {words!r}: expected {form}; {error}") from None


def changed(dossier: Dossier, changes: Iterable[Change]) -> Dossier:
    """Return a dossier in which changes hold, always or from their days on.

    Parameters
    ----------
    dossier
        A row set by hand in it is kept up to the day and taken over from there, but for what is changed.
    changes
        Later ones win.

    Raises
    ------
    FoedusError
        When an actor or an issue is unknown, the actor has no part in the issue, or a value lies off the scale.
    """
    listed = list(changes)
    for change in listed:
        _check(dossier, change)
    return applied(dossier, listed)


def applied(dossier: Dossier, changes: Iterable[Change]) -> Dossier:
    """Return a dossier in which changes hold that were checked when they were read; see `changed`."""
    listed = sorted(changes, key=lambda change: change.since or dt.date.min)
    for change in (change for change in listed if change.actor == SILENCE):
        dossier = with_silence(
            dossier, change.issue, change.field, None if change.words else change.numbers, change.words
        )
    rows, assumptions = list(dossier.stakeholders), dict(dossier.settings.assumptions)
    preferences = list(dossier.preferences)
    for change in (change for change in listed if change.actor != SILENCE):
        if change.actor == ASSUMPTIONS and change.value is None:
            assumptions.pop(change.field, None)
        elif change.actor == ASSUMPTIONS and change.value is not None:
            assumptions[change.field] = change.value
        elif _is_approval(change):
            _approve(preferences, change)
        elif change.since is None:
            _set(rows, change)
        else:
            rows += _rows(rows, change, change.since)
    settings = dossier.settings.model_copy(update={"assumptions": assumptions})
    entered = dossier.stakeholders if dossier.entered is None else dossier.entered
    return replace(
        dossier, settings=settings, stakeholders=tuple(rows), preferences=tuple(preferences), entered=entered
    )


def _is_approval(change: Change) -> bool:
    """Tell whether a change is of the approval of an option, whose label stands where a field does."""
    return change.field not in {POSITION, *FIELDS}


def _approve(rows: list[Preference], change: Change) -> None:
    """Put an approval in the place of what stood for the actor and the option, always or from its day on."""
    key = change.actor, change.issue, change.field
    if change.since is None:
        rows[:] = [row for row in rows if (row.actor, row.issue, row.option) != key]
    if change.value is None:
        return
    value = change.numbers
    rows.append(
        Preference(
            actor=change.actor, issue=change.issue, option=change.field, approval_low=value.low,
            approval_mode=value.mode, approval_high=value.high, note="supposed", known_on=change.since,
        )
    )  # fmt: skip


def _issue(dossier: Dossier, name: str, words: object) -> Issue:
    issues = {issue.id: issue for issue in dossier.issues}
    if name not in issues:
        near = difflib.get_close_matches(name, issues, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise FoedusError(f"--set {words}: no issue {name!r}; expected one of {', '.join(issues)}{hint}")
    return issues[name]


def _check(dossier: Dossier, change: Change) -> None:
    if change.actor == ASSUMPTIONS:
        return  # the models know their assumptions, and say what is wrong
    if change.actor == SILENCE and change.since is None:
        return  # checked where it was spelt
    if change.actor not in dossier.world.actors:
        raise FoedusError(
            f"--set {change}: expected the id of an actor of the world{dossier.world.nearest_ids(change.actor)}"
        )
    issue = _issue(dossier, change.issue, change)
    low, high = bounds(issue, change.field)
    if not low <= change.numbers.low <= change.numbers.high <= high:
        raise FoedusError(f"--set {change}: expected numbers from {low:g} to {high:g}")
    if change.field == "red_line" and change.numbers.low != change.numbers.high:
        raise FoedusError(f"--set {change}: expected one number; a red line is one place")
    if change.actor in dossier.voices(issue.id):
        return
    body = dossier.institutions.body(issue.body)
    if change.since is not None:
        seated = change.actor in {seat.actor for seat in body.seats(dossier.world, change.since)}
    else:
        seated = dossier.at_the_table(change.actor, issue.id)
    if not seated:
        when = f"on {change.since}" if change.since else "at any of its meetings"
        raise FoedusError(f"--set {change}: {change.actor} has neither a seat nor a voice on {issue.id!r} {when}")


def bounds(issue: Issue, field: str) -> tuple[float, float]:
    """Return the lowest and highest value that a field may take on an issue."""
    if field == "salience":
        return 0.0, 1.0
    if field == "capability":
        return 0.0, float("inf")
    if field not in {POSITION, *FIELDS}:
        return 0.0, 100.0
    return issue.scale.low, issue.scale.high


def _venues(change: Change) -> tuple[str, ...]:
    return {POSITION: ("private", "public"), "public_position": ("public",)}.get(change.field, ("private",))


def _set(rows: list[Stakeholder], change: Change) -> None:
    """Set cells of every row, so that they hold on every day; in a new row before the rows that hold from a day on."""
    for venue in _venues(change):
        key = change.actor, change.issue, venue
        own = [n for n, row in enumerate(rows) if (row.actor, row.issue, row.venue) == key]
        for place in own:
            rows[place] = replace(rows[place], **cells_of(change))
        if change.value is not None and all(rows[place].known_on is not None for place in own):
            blank = Stakeholder(actor=change.actor, issue=change.issue, venue=venue)
            rows.insert(own[0] if own else len(rows), replace(blank, **cells_of(change)))


def _rows(rows: Sequence[Stakeholder], change: Change, since: Day) -> list[Stakeholder]:
    """Return the rows by which a change holds: known on the eve of its first day, so that a step then sees it."""
    eve = since - dt.timedelta(days=1)
    rows_changed = []
    for venue in _venues(change):
        own = [row for row in rows if (row.actor, row.issue, row.venue) == (change.actor, change.issue, venue)]
        held = [row for row in own if row.known_on is None or row.known_on <= eve]
        row = held[-1] if held else Stakeholder(actor=change.actor, issue=change.issue, venue=venue)
        rows_changed.append(replace(row, known_on=eve, **cells_of(change)))
    return rows_changed


def cells_of(change: Change) -> dict[str, Any]:
    """Return the cells of a stakeholder's row that a change sets, by column.

    Examples
    --------
    >>> cells_of(Change("FRA", "office", "red_line", Range(low=67, mode=67, high=67)))
    {'red_line': 67.0}
    """
    if change.field == "red_line":
        return {"red_line": None if change.value is None else change.numbers.mode}
    name = "position" if change.field in {POSITION, "public_position"} else change.field
    cells: dict[str, Any] = {f"{name}_{part}": getattr(change.value, part, None) for part in ("low", "mode", "high")}
    if change.words:
        cells = dict.fromkeys(cells)
    return cells | ({"words": change.words} if name == "position" else {})


def suppose(dossier: Dossier, suppositions: Iterable[str | Change], issue: str | None = None) -> Dossier:
    """Return a dossier in which something is supposed, which it then says of itself.

    Parameters
    ----------
    dossier
        As it stands.
    suppositions
        Each as in `supposition`, or a change.
    issue
        The issue asked.

    Raises
    ------
    FoedusError
        As `supposition` and `changed`.

    Examples
    --------
    >>> from foedus.dossiers import packaged_dossiers, read_dossier
    >>> suppose(read_dossier(packaged_dossiers()["tokyo-office"]), ["FRA.position=60"]).supposed[0].value.mode
    60.0
    """
    changes = [
        supposition(dossier, supposed, issue) if isinstance(supposed, str) else supposed for supposed in suppositions
    ]
    return replace(changed(dossier, changes), supposed=(*dossier.supposed, *changes))
