"""What ``foedus new`` asks in a terminal, and what it was told."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.dossiers import Dossier
    from foedus.institutions import Body, Institutions
    from foedus.issues import Issue
    from foedus.world import World


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants, each as typed; see the options of ``foedus new``."""

    question: str | None
    body: str | None
    procedure: str | None
    on: tuple[str, ...]
    options: tuple[str, ...]
    proposal: str | None
    status_quo: str | None
    consents: tuple[str, ...]
    issue: str | None
    members: str | None
    rule: str
    docket: bool
    method: str | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing needs to be asked: a question with options, or the skeleton that body and day give."""
        return bool(self.body and self.on and (not self.question or self.options))

    @property
    def given(self) -> bool:
        """Whether anything was given beside the folder."""
        return self != Wishes(None, None, None, (), (), None, None, (), None, None, self.rule, False)

    @property
    def without_question(self) -> str:
        """What was given that says something of a question, by its option's name; empty where nothing was."""
        said = {
            "--procedure": self.procedure,
            "--proposal": self.proposal,
            "--status-quo": self.status_quo,
            "--consent": self.consents,
            "--issue": self.issue,
            "--method": self.method,
        }
        return " and ".join(name for name, value in said.items() if value)

    @property
    def days(self) -> list[Day]:
        """The days of the meetings, in order.

        Raises
        ------
        FoedusError
            When one cannot be read.
        """
        from foedus.base.days import parse_day
        from foedus.base.errors import FoedusError

        try:
            return sorted(parse_day(day.partition("=")[0].strip()) for day in self.on)
        except ValueError as error:
            raise FoedusError(f"--on: {error}") from None

    def with_those_of(self, other: Dossier | None) -> Wishes:
        """Return the wishes with what another dossier's first issue gives where nothing was said."""
        if other is None:
            return self
        theirs = other.issue()
        labels = tuple(
            f"{option.label}={option.at:g}" + (f" by {option.procedure}" if option.procedure else "")
            for option in theirs.options
        )
        same = not self.options
        return replace(
            self,
            body=self.body or theirs.body,
            procedure=self.procedure or theirs.procedure,
            question=self.question or theirs.question,
            options=self.options or labels,
            status_quo=self.status_quo or (theirs.status_quo if same else None),
            proposal=self.proposal or (theirs.proposal if same else None),
            method=self.method or (theirs.method or None if same else None),
        )

    def beside(self, issue: Issue) -> Wishes:
        """Return the wishes for another issue of a dossier: its body and meetings are those of the first."""
        met = tuple(f"{meeting.on}={meeting.name}" for meeting in issue.meetings)
        same = self.body is None
        return replace(
            self,
            body=self.body or issue.body,
            procedure=self.procedure or (issue.procedure if same else None),
            on=self.on or met,
        )


def listed(names: str) -> list[str]:
    """Return names that commas separate."""
    return [name.strip() for name in names.split(",") if name.strip()]


def consents_of(consents: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return who has to consent, each with what lays it down."""
    consents_named = []
    for consent in consents:
        actor, _, why = consent.partition("=")
        consents_named.append((actor.strip(), why.strip() or "declared by the author of the dossier"))
    return consents_named


def refuse_method(method: str | None) -> None:
    """Refuse a way to one option that there is not.

    Raises
    ------
    FoedusError
        The message lists those there are.
    """
    from foedus.base.errors import FoedusError
    from foedus.settlement.choosing import METHODS

    if method is not None and method not in METHODS:
        told = "; ".join(f"{name}: {what}" for name, what in METHODS.items())
        raise FoedusError(f"--method {method!r}: expected one of {told}")


def asked(wishes: Wishes, folder: Path) -> Wishes:
    """Ask for everything that was not given, and return all of it."""
    from foedus.dossiers.draft import by_procedure, status_quo_guessed
    from foedus.dossiers.proposing import like_names
    from foedus.settlement.choosing import METHODS

    question = wishes.question or typer.prompt("The question, such as 'Would the Council lift the embargo?'")
    wishes = _body(replace(wishes, question=question), folder)
    if not wishes.on:
        wishes = replace(wishes, on=_meetings())
    if not wishes.options:
        wishes = replace(wishes, options=_options())
    labels = [re.sub(r"=\s*[\d.,-]+\s*$", "", label).strip() for label in by_procedure(wishes.options)[0]]
    if wishes.status_quo is None:
        usual = status_quo_guessed(question, wishes.options)
        wishes = replace(wishes, status_quo=_one_of("If nothing is decided", labels, usual))
    if wishes.method is None and like_names(labels):
        typer.echo("These look like names of persons or places, which have no order.")
        way = _one_of("How does the body choose one of them", [*METHODS, "they do have an order"], "consensus")
        wishes = replace(wishes, method=way if way in METHODS else None)
    if wishes.proposal is None and wishes.method is None:
        rest = [label for label in labels if label.casefold() != str(wishes.status_quo).casefold()]
        wishes = replace(wishes, proposal=_one_of("What is proposed", rest, rest[-1]))
    if not wishes.consents:
        actor = typer.prompt("Whose consent is needed from outside, such as a host (blank: nobody's)", default="")
        if actor:
            why = typer.prompt("What lays that down", default="declared by the author of the dossier")
            wishes = replace(wishes, consents=(f"{actor}={why}",))
    return wishes


def _body(wishes: Wishes, folder: Path) -> Wishes:
    """Ask for the body until one is known, or described; then for its procedure where it has several."""
    from foedus.base.errors import FoedusError
    from foedus.base.wording import the
    from foedus.institutions import read_institutions
    from foedus.world import packaged_world, read_world

    world = read_world(folder / "world") if (folder / "world").is_dir() else packaged_world()
    institutions, name = read_institutions(folder / "institutions"), wishes.body
    while not wishes.members:
        name = name or typer.prompt("The body that decides, such as nac or European Council")
        try:
            body = institutions.called(str(name), world)
        except FoedusError as error:
            typer.echo(str(error))
            described = _described(wishes, str(name))
            if described is not None:
                return described
            name = None
            continue
        if not _meant(str(name), body, institutions, world):
            described = _described(wishes, str(name))
            if described is not None:
                return described
            name = None
            continue
        procedure = wishes.procedure or _procedure(body)
        if not any(row.organisation in body.seated_by.memberships for row in world.memberships):
            members = typer.prompt(f"The members of {the(body.name)} are not packaged; which are they (with commas)")
            return replace(wishes, body=body.id, procedure=procedure, members=members)
        return replace(wishes, body=body.id, procedure=procedure)
    return wishes


def _meant(name: str, body: Body, institutions: Institutions, world: World) -> bool:
    """Ask whether a body is meant that was found by a part of its name; a body of one's own may be called so too."""
    if taken_for(name, body, institutions, world) is None:
        return True
    return bool(typer.confirm(f"Do you mean the {body.name} (no: a body of your own, or another name)", default=True))


def taken_for(name: str, body: Body, institutions: Institutions, world: World) -> str | None:
    """Return how a body is called that a name was taken for; None where the name is its own or its organisation's."""
    from foedus.world.resolver import is_known

    if institutions.named(name) is not None or (is_known(name, world) and world.find(name) == body.organisation):
        return None
    return None if name.strip().casefold() == body.organisation else f"the {body.name} ({body.id})"


def _described(wishes: Wishes, name: str) -> Wishes | None:
    """Ask for the members and the rule of a body that is not known; None where it was a slip."""
    words = f"Members of {name!r}, if it is a body of your own (with commas; blank: another name)"
    members = typer.prompt(words, default="", show_default=False)
    if not members:
        return None
    rule = typer.prompt("Its rule: consensus, unanimity, majority, 2/3, 65 %, or a number of members")
    return replace(wishes, body=name, members=members, rule=rule)


def _procedure(body: Body) -> str | None:
    from foedus.base.wording import the

    procedures = list(body.procedures)
    if len(procedures) == 1:
        return None
    rules = {
        name: next((dated_rule.rule for dated_rule in reversed(body.procedures[name]) if dated_rule.rule), None)
        for name in procedures
    }
    told = {
        name: name if rule is None or rule.words() == name else f"{name}: {rule.words()}"
        for name, rule in rules.items()
    }
    for number, name in enumerate(procedures, start=1):
        typer.echo(f"  {number}  {told[name]}")
    return _one_of(f"By which procedure does {the(body.name)} decide", procedures, procedures[0], shown=True)


_NO_MORE = {"", "no", "none", "n", "-"}
"""What ends a list."""


def _meetings() -> tuple[str, ...]:
    meetings: list[str] = []
    while True:
        words = (
            "It meets on (YYYY-MM-DD, with =NAME if it has one)" if not meetings else "Another meeting (blank: no more)"
        )
        answer = str(typer.prompt(words, default="", show_default=False)).strip()
        if answer.casefold() in _NO_MORE:
            if meetings:
                return tuple(meetings)
            typer.echo("A forecast is of a meeting: give its day, such as 2027-01-15, if need be the likeliest")
            continue
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}(\s*=.*)?", answer):
            meetings.append(answer)
        else:
            typer.echo(f"{answer!r} is not a day such as 2027-01-15")


def _options() -> tuple[str, ...]:
    typer.echo(
        "Options, from no change to the furthest step, one a line; add =40 to place one on the line from 0 to 100."
    )
    options: list[str] = []
    while True:
        prompt = f"Option {len(options) + 1}" + (" (blank: no more)" if len(options) > 1 else "")
        answer = str(typer.prompt(prompt, default="", show_default=False)).strip()
        if not answer and len(options) > 1:
            return tuple(options)
        if answer:
            options.append(answer)
        else:
            typer.echo("At least two options are needed: no change, and what is proposed")


def _one_of(words: str, choices: list[str], usual: str, *, shown: bool = False) -> str:
    """Ask for one of some choices, by number or in words."""
    for number, choice in enumerate(() if shown else choices, start=1):
        typer.echo(f"  {number}  {choice}")
    while True:
        answer = str(typer.prompt(words, default=usual)).strip()
        if answer.isdigit() and 1 <= int(answer) <= len(choices):
            return choices[int(answer) - 1]
        near = next((choice for choice in choices if choice.casefold() == answer.casefold()), None)
        if near is not None:
            return near
        typer.echo(f"{answer!r} is none of them")
