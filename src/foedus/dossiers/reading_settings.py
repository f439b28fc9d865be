"""The settings of a dossier and its issues, read and checked against the world and its bodies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from foedus.base.days import Day
from foedus.base.errors import FoedusError, Problem, Problems, refuse
from foedus.base.files import read_text
from foedus.base.strict import fitted
from foedus.base.tables import Row
from foedus.base.wording import the
from foedus.base.yaml import YAML_LIMIT, Lines, read_yaml_text
from foedus.dossiers.formats import SETTINGS, settings_today, version_of
from foedus.dossiers.linking import wrong_package
from foedus.dossiers.rule_words import seated_for
from foedus.dossiers.scenarios import check_names, wrong_keys
from foedus.dossiers.settings import IssueSettings, Settings
from foedus.evidence import Statement
from foedus.institutions import Body, ConsentOf, Institutions, seat
from foedus.issues import Issue, Meeting, Option, Scale
from foedus.world import World

_CHOICES_SINCE = 2
"""The version of the format that brought options without an order and options with days."""


def read_settings(folder: Path) -> Settings:
    """Return what a dossier's settings say, whatever its tables hold.

    Raises
    ------
    InputError
        When they cannot be read.
    """
    return settings_of(folder / SETTINGS)[0]


def settings_of(path: Path) -> tuple[Settings, Lines, int]:
    """Return the settings of a file, the lines on which they stand, and the version in which it is written.

    Raises
    ------
    InputError
        When it is missing or cannot be read.
    """
    name = path.name
    if not path.exists():
        raise refuse(str(path), "the file is missing; 'foedus new DIR' makes a dossier to start from")
    text = read_text(path, limit=YAML_LIMIT, name=name)
    version = version_of(text)
    data, lines = read_yaml_text(settings_today(text, version), name)
    return fitted(Settings, data, lines, name), lines, version


def issues_of(settings: Settings, lines: Lines, world: World, institutions: Institutions) -> tuple[Issue, ...]:
    """Return the issues of some settings, checked against the world and its bodies.

    Raises
    ------
    InputError
        With everything that is wrong in them, each with its line.
    """
    problems = Problems("dossier.yaml")
    issues = []
    seen: set[str] = set()
    for place, issue in enumerate(settings.issues):
        say = _Sayer(problems, lines, ("issues", place))
        if issue.id in seen:
            say(("id",), issue.id, "an id that no other issue has")
        seen.add(issue.id)
        _check_options(issue, say)
        _check_days(issue, say)
        _check_version(issue, settings.foedus, say)
        _check_body(issue, world, institutions, say)
        issues.append(
            Issue(
                id=issue.id,
                question=issue.question,
                body=issue.body,
                procedure=issue.procedure,
                scale=Scale(issue.scale.low, issue.scale.high, issue.scale.unit),
                options=tuple(
                    sorted(
                        (
                            Option(
                                o.label, o.at, o.note, o.since, o.until, o.source or "", o.procedure, o.proposed_from
                            )
                            for o in issue.options
                        ),
                        key=lambda o: o.at,
                    )
                ),
                status_quo=issue.status_quo,
                proposal=issue.proposal,
                additions=tuple(ConsentOf(rule.consent_of, rule.reference) for rule in issue.rule_additions),
                meetings=tuple(Meeting(m.on, m.name, m.known_on, m.reference) for m in issue.meetings),
                ordered=issue.ordered,
                method="" if issue.ordered else issue.method or "consensus",
            )
        )
    _check_pages(settings, issues, lines, problems)
    _check_scenarios(settings, issues, world, lines, problems)
    _check_packages(settings, issues, world, lines, problems)
    if settings.agenda_setter is not None:
        _check_agenda_setter(settings, world, institutions, lines, problems)
    for role, actor in settings.roles.items():
        if actor not in world.actors:
            expected = f"the id of an actor of the world{world.nearest_ids(actor)}"
            _Sayer(problems, lines, ())(("roles", role), actor, expected)
    problems.raise_if_any()
    return tuple(issues)


def wrong_conditions(
    settings: Settings, lines: Lines, statements: Iterable[Row[Statement]], hidden: Collection[str]
) -> list[Problem]:
    """Return what is wrong with the declared conditions: each names conditional statements, no statement twice."""
    problems = Problems("dossier.yaml")
    conditional = {row.record.id for row in statements if row.record.condition}
    seen: set[str] = set()
    for place, condition in enumerate(settings.conditions):
        for number, named in enumerate(condition.statements):
            say = _Sayer(problems, lines, ("conditions", place, "statements", number))
            if named in hidden:
                continue
            if named not in conditional:
                say((), named, "the id of a row of statements.csv that has a condition")
            elif named in seen:
                say((), named, "each statement under one condition")
            seen.add(named)
    return list(problems.found)


@dataclass(frozen=True, slots=True)
class _Sayer:
    """Notes problems below one place of ``dossier.yaml``."""

    problems: Problems
    lines: Lines
    root: tuple[str | int, ...]

    def __call__(self, path: tuple[str | int, ...], value: object, expected: str) -> None:
        whole = (*self.root, *path)
        self.problems.add(
            expected,
            where=self.lines.of(whole),
            field=".".join(map(str, whole)),
            value=None if value is None else str(value),
        )


def _check_options(settings: IssueSettings, say: _Sayer) -> None:
    labels = [option.label for option in settings.options]
    folded = [label.strip().casefold() for label in labels]
    for place, option in enumerate(settings.options):
        if not settings.scale.low <= option.at <= settings.scale.high:
            say(
                ("options", place, "at"),
                f"{option.at:g}",
                f"a place on the scale from {settings.scale.low:g} to {settings.scale.high:g}",
            )
        if folded[place] in folded[:place]:
            say(("options", place, "label"), option.label, "a label that no other option has")
        if option.at in [other.at for other in settings.options[:place]]:
            say(("options", place, "at"), f"{option.at:g}", "a place where no other option stands")
    for key, label in (("status_quo", settings.status_quo), ("proposal", settings.proposal)):
        if label not in labels:
            say((key,), label, f"the label of an option: {', '.join(labels)}")
    if settings.status_quo == settings.proposal:
        say(("proposal",), settings.proposal, "an option other than the status quo")
    for key, prior in (("position", settings.priors.position), ("rival", settings.priors.rival)):
        if prior is not None and not (settings.scale.low <= prior.low and prior.high <= settings.scale.high):
            say(
                ("priors", key),
                f"{prior.low:g} to {prior.high:g}",
                f"places on the scale from {settings.scale.low:g} to {settings.scale.high:g}",
            )
    if settings.ordered and settings.priors.rival is not None:
        say(("priors", "rival"), None, "no such key here: it is for options without an order")
    for key in ("salience", "salience_spoke"):
        salience = getattr(settings.priors, key)
        if not (salience.low >= 0 and salience.high <= 1):
            say(("priors", key), f"{salience.low:g} to {salience.high:g}", "saliences from 0 to 1")


def _check_days(settings: IssueSettings, say: _Sayer) -> None:
    for place, option in enumerate(settings.options):
        if option.since is not None and option.until is not None and option.until <= option.since:
            say(("options", place, "until"), option.until, f"a day after {option.since}")
        if option.proposed_from is not None:
            _check_proposed(settings, place, say)


def _check_proposed(settings: IssueSettings, place: int, say: _Sayer) -> None:
    """Check that what is proposed from a day on can be: an option of a line that is on the table on that day."""
    option = settings.options[place]
    day, key = option.proposed_from, ("options", place, "proposed_from")
    if not settings.ordered:
        say(key, day, "no such key here: of options without an order none is the proposal")
    elif option.label == settings.status_quo:
        say(key, day, "an option other than the status quo")
    elif any(other.proposed_from == day for other in settings.options[:place]):
        say(key, day, "a day from which no other option is proposed")
    elif day and ((option.since and day < option.since) or (option.until and option.until <= day)):
        say(key, day, "a day on which the option is on the table")


def _check_version(settings: IssueSettings, version: int, say: _Sayer) -> None:
    """Ask for the version of the format that an older Foedus refuses, where it could not read the issue."""
    new = "options without an order" if not settings.ordered else "options with days"
    if version < _CHOICES_SINCE and (not settings.ordered or any(o.since or o.until for o in settings.options)):
        say(("id",), settings.id, f"'foedus: {_CHOICES_SINCE}' at the top of the file: {new} came with it")


def _check_procedures(settings: IssueSettings, body: Body, world: World, say: _Sayer) -> None:
    """Check the procedures of single options on the day of each meeting on which the body sits."""
    for place, option in enumerate(settings.options):
        if option.procedure is None:
            continue
        if option.label == settings.status_quo:
            say(("options", place, "procedure"), option.procedure, "no procedure: the status quo needs no decision")
        for meeting in settings.meetings:
            try:
                seated_for(body, world, meeting.on, option.procedure)
            except FoedusError as error:
                say(("options", place, "procedure"), option.procedure, str(error))
                break


def _check_body(settings: IssueSettings, world: World, institutions: Institutions, say: _Sayer) -> None:
    try:
        body = institutions.body(settings.body)
    except FoedusError as error:
        say(("body",), None, str(error))
        return
    seated: set[str] = set()
    days: list[Day] = []
    for place, meeting in enumerate(settings.meetings):
        if meeting.on in days or meeting.name in [other.name for other in settings.meetings[:place]]:
            say(
                ("meetings", place),
                f"{meeting.name} on {meeting.on}",
                "a day and a name that no other meeting has",
            )
        if days and meeting.on < days[-1]:
            say(("meetings", place, "on"), meeting.on, "meetings in order of date")
        days.append(meeting.on)
        try:
            seated |= set(seat(body, world, meeting.on, settings.procedure).members)
        except FoedusError as error:
            say(("meetings", place, "on"), meeting.on, f"a day on which the body can decide: {error}")
    _check_procedures(settings, body, world, say)
    for place, actor in enumerate(settings.voices):
        if actor not in world.actors:
            say(("voices", place), actor, f"the id of an actor of the world{world.nearest_ids(actor)}")
    for place, rule in enumerate(settings.rule_additions):
        if rule.consent_of not in world.actors:
            say(
                ("rule_additions", place, "consent_of"),
                rule.consent_of,
                f"the id of an actor of the world{world.nearest_ids(rule.consent_of)}",
            )
        elif rule.consent_of in seated:
            say(
                ("rule_additions", place, "consent_of"),
                rule.consent_of,
                f"an actor without a seat in {the(body.name)}",
            )


def _check_pages(settings: Settings, issues: list[Issue], lines: Lines, problems: Problems) -> None:
    by_id = {issue.id: issue for issue in issues}
    for place, page in enumerate(settings.pages):
        say = _Sayer(problems, lines, ("pages", place))
        if page.issue not in by_id:
            say(("issue",), page.issue, f"the id of an issue: {', '.join(by_id)}")
            continue
        if page.id in [other.id for other in settings.pages[:place]]:
            say(("id",), page.id, "an id that no other page has")
        try:
            by_id[page.issue].meeting(page.on)
        except FoedusError as error:
            say(("on",), None, str(error))
    for place, watch in enumerate(settings.watch):
        if watch.issue not in by_id:
            _Sayer(problems, lines, ("watch", place))(
                ("issue",), watch.issue, f"the id of an issue: {', '.join(by_id)}"
            )


def _check_scenarios(settings: Settings, issues: list[Issue], world: World, lines: Lines, problems: Problems) -> None:
    by_id = {issue.id: issue for issue in issues}
    say = _Sayer(problems, lines, ())
    for place, twice in check_names(settings):
        say(("scenarios", place, "id"), twice, "an id that no other scenario has")
    for place, scenario in enumerate(settings.scenarios):
        for key, value, expected in wrong_keys(scenario, by_id, world):
            say(("scenarios", place, "set", key), value, expected)


def _check_packages(settings: Settings, issues: list[Issue], world: World, lines: Lines, problems: Problems) -> None:
    by_id = {issue.id: issue for issue in issues}
    seen: set[str] = set()
    for place, package in enumerate(settings.packages):
        say = _Sayer(problems, lines, ("packages", place))
        if package.id in seen:
            say(("id",), package.id, "an id that no other package has")
        seen.add(package.id)
        if settings.foedus < _CHOICES_SINCE:
            say(("id",), package.id, f"'foedus: {_CHOICES_SINCE}' at the top of the file: packages came with it")
        for path, value, expected in wrong_package(package, by_id, world.actors):
            say(path, value, expected)


def _check_agenda_setter(
    settings: Settings, world: World, institutions: Institutions, lines: Lines, problems: Problems
) -> None:
    setter = str(settings.agenda_setter)
    say = _Sayer(problems, lines, ())
    if setter not in world.actors:
        say(("agenda_setter",), setter, f"the id of an actor of the world{world.nearest_ids(setter)}")
        return
    for issue in settings.issues:
        if len(problems):
            return
        for meeting in issue.meetings:
            body = institutions.body(issue.body)
            if setter not in {row.actor for row in body.seats(world, meeting.on)}:
                say(
                    ("agenda_setter",),
                    setter,
                    f"an actor with a seat: {setter} has a voice and no seat in {the(body.name)} on {meeting.on}",
                )
                return
