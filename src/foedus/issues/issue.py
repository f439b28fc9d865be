"""An issue: what is asked, what could be answered, and when the body meets on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.institutions import Rule


@dataclass(frozen=True, slots=True)
class Scale:
    """The line on which positions are placed, from ``low`` to ``high``, in ``unit``."""

    low: float
    high: float
    unit: str = ""

    @property
    def length(self) -> float:
        """The distance between the ends."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that could be decided, at a place on the scale; some enter late, and some are withdrawn.

    ``source`` tells what these days rest on; ``procedure`` by what the body decides on it, where not as on the issue.
    From ``proposed_from`` on it is what is proposed, in place of what was before.
    """

    label: str
    at: float
    note: str = ""
    since: Day | None = None
    until: Day | None = None
    source: str = ""
    procedure: str | None = None
    proposed_from: Day | None = None

    def on_the_table(self, as_of: Day) -> bool:
        """Tell whether it could still be decided, by what was known on a day."""
        return (self.since is None or self.since <= as_of) and (self.until is None or as_of < self.until)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A day on which the body could decide; ``known_on`` tells since when that day has been public, if noted."""

    on: Day
    name: str
    known_on: Day | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """A question before a body.

    Parameters
    ----------
    id, question
        How it is called and what is asked.
    body
        Id of the body that decides.
    scale
        Where positions are placed.
    options
        What could be decided, by place on the scale; the status quo is one of them.
    status_quo, proposal
        Labels of two options. The proposal is the one from the beginning; see `proposed_on`.
    additions
        Rules beside the body's own, such as a host's consent.
    meetings
        In order of date.
    procedure
        The procedure by which the body decides; None for its usual one.
    ordered
        Whether the options stand on a line; persons and places do not, and their places only number them.
    method
        How the body comes to one of several options without an order; blank for a line.
    """

    id: str
    question: str
    body: str
    scale: Scale
    options: tuple[Option, ...]
    status_quo: str
    proposal: str
    additions: tuple[Rule, ...]
    meetings: tuple[Meeting, ...]
    procedure: str | None = None
    ordered: bool = True
    method: str = ""

    def on_the_table(self, as_of: Day) -> Issue:
        """Return the issue with the options that could still be decided, by what was known on a day.

        Raises
        ------
        FoedusError
            When its status quo, or the proposal of a line, is not among them.
        """
        left = tuple(option for option in self.options if option.on_the_table(as_of))
        proposal = self.proposed_on(as_of)
        if left == self.options and proposal == self.proposal:
            return self
        labels = [option.label for option in left]
        if not self.ordered and proposal not in labels:
            proposal = next((label for label in labels if label != self.status_quo), proposal)
        for what, label in (("status quo", self.status_quo), ("proposal", proposal)):
            if label not in labels:
                raise FoedusError(
                    f"the {what} {label!r} of issue {self.id!r} is not on the table on {as_of}; on it are "
                    f"{', '.join(map(repr, labels)) or 'none'}"
                )
        return replace(self, options=left, proposal=proposal)

    def proposed_on(self, as_of: Day) -> str:
        """Return the label of what was proposed by what was known on a day: the latest text that had been tabled.

        Examples
        --------
        >>> from foedus.base.days import parse_day
        >>> texts = (Option("none", 0.0), Option("six months", 50.0, proposed_from=parse_day("2022-07-11")),
        ...          Option("a year", 100.0))
        >>> issue = Issue("aid", "Extend?", "unsc", Scale(0, 100), texts, "none", "a year", (), ())
        >>> issue.proposed_on(parse_day("2022-07-10")), issue.proposed_on(parse_day("2022-07-11"))
        ('a year', 'six months')
        """
        tabled = [
            (option.proposed_from, option.label)
            for option in self.options
            if option.proposed_from is not None and option.proposed_from <= as_of
        ]
        return max(tabled)[1] if tabled else self.proposal

    def proposing(self, label: str) -> Issue:
        """Return the issue with one of its options as what is proposed, on whatever day."""
        return replace(
            self, proposal=label, options=tuple(replace(option, proposed_from=None) for option in self.options)
        )

    def option(self, label: str) -> Option:
        """Return an option by its label.

        Raises
        ------
        FoedusError
            When there is none; the message lists those there are.
        """
        for option in self.options:
            if option.label.casefold() == label.strip().casefold():
                return option
        labels = ", ".join(repr(option.label) for option in self.options)
        raise FoedusError(f"issue {self.id!r} has no option {label!r}; its options are {labels}")

    def next_meeting(self, as_of: Day) -> Meeting:
        """Return the first meeting on or after a day whose date was public by then.

        Raises
        ------
        FoedusError
            When no meeting is left.
        """
        for meeting in self.meetings:
            if meeting.on >= as_of and (meeting.known_on is None or meeting.known_on <= as_of):
                return meeting
        last = self.meetings[-1]
        raise FoedusError(
            f"issue {self.id!r} has no meeting on or after {as_of}: the last, {last.name!r} of {last.on}, is past. "
            f'Name it with --on "{last.name}" to look back on it, or add a later one: foedus meeting DIR DAY NAME'
        )

    def default_meeting(self, day: Day) -> Meeting:
        """Return the next meeting as `next_meeting` does, or else the last one before the day.

        Raises
        ------
        FoedusError
            When there is neither: every meeting is later, and none of their dates was public by then.

        Examples
        --------
        >>> import foedus
        >>> from foedus.base.days import parse_day
        >>> from foedus.dossiers import packaged_dossiers
        >>> issue = foedus.read_dossier(packaged_dossiers()["tokyo-office"]).issue("office")
        >>> issue.default_meeting(parse_day("2023-07-10")).name, issue.default_meeting(parse_day("2031-01-01")).name
        ('Vilnius 2023', 'The Hague 2025')
        """
        past = [meeting for meeting in self.meetings if meeting.on < day]
        if past == list(self.meetings):
            return past[-1]
        try:
            return self.next_meeting(day)
        except FoedusError:
            if not past:
                raise
            return past[-1]

    def meeting(self, name: str) -> Meeting:
        """Return a meeting by its name, by part of it, or by its day.

        Raises
        ------
        FoedusError
            When none or several match; the message lists all.
        """
        wanted = name.strip().casefold()
        exact = [m for m in self.meetings if wanted in {m.name.casefold(), m.on.isoformat()}]
        named = exact or [m for m in self.meetings if wanted and wanted in m.name.casefold()]
        if len(named) == 1:
            return named[0]
        listed = ", ".join(f"{meeting.name!r} ({meeting.on})" for meeting in self.meetings)
        count = "more than one" if named else "no"
        raise FoedusError(f"issue {self.id!r} has {count} meeting {name!r}; its meetings are {listed}")
