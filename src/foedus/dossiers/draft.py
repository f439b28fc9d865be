"""A decision as a person states it, and the ``dossier.yaml`` that says so."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.dossiers.acts import status_quo_of
from foedus.dossiers.proposing import claim_of, slug
from foedus.dossiers.settings import Range, Settings

_HIGH = 100.0

PRIORS = """\
      position: {low: 30, mode: 70, high: 100}
      salience: {low: 0.02, mode: 0.1, high: 0.4}
      salience_spoke: {low: 0.4, mode: 0.8, high: 1}
      note: a silent member leans towards what is proposed and cares less than one that has spoken
"""

ASSUMPTIONS = """\
  kappa: {low: 0, mode: 0.3, high: 1}
  tau: {low: 0.5, mode: 0.6, high: 0.9}
  red_line_cost: {low: 0, mode: 0.3, high: 1}
  red_line_slack: {low: -0.1, mode: 0, high: 0.1}
  selection: {agenda-setter: 1, weighted-gains: 1, nash-product: 1}
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question with all that a forecast needs beside evidence.

    Attributes
    ----------
    question
        As one would ask it aloud.
    options
        Labels and places, from the status quo on; for a choice without an order the places only number them.
    status_quo, proposal
        Labels of two of them.
    meetings
        Days and names, in order.
    issue
        Its id.
    procedure
        The body's procedure; None for the usual one.
    consents
        Ids of actors outside the body whose consent is needed, each with what lays it down.
    scale
        Ends of the line; None for 0 to 100, or further where an option stands further.
    ordered, method
        Whether the options stand on a line; if not, how the body comes to one of them.
    told_by
        By what the status quo was told where nobody named it.
    procedures
        By label, the procedures of options that have one of their own.
    """

    question: str
    options: tuple[tuple[str, float], ...]
    status_quo: str
    proposal: str
    meetings: tuple[tuple[Day, str], ...]
    issue: str
    procedure: str | None = None
    consents: tuple[tuple[str, str], ...] = ()
    scale: tuple[float, float] | None = None
    ordered: bool = True
    method: str = ""
    told_by: str = ""
    procedures: Mapping[str, str] = field(default_factory=dict)


def drafted(
    question: str,
    options: Sequence[str],
    meetings: Sequence[str],
    *,
    status_quo: str | None = None,
    proposal: str | None = None,
    issue: str | None = None,
    procedure: str | None = None,
    consents: Sequence[tuple[str, str]] = (),
    scale: tuple[float, float] | None = None,
    ordered: bool = True,
    method: str = "",
) -> Draft:
    """Return a draft from what a person typed.

    Parameters
    ----------
    question, procedure, consents, scale, ordered, method
        As in `Draft`.
    options
        Each ``text=position`` or ``text``; those without a position stand at even distances in their order. What
        follows the equals sign may end in ``by PROCEDURE``, for an option with a procedure of its own.
    meetings
        Each ``DAY`` or ``DAY=NAME``.
    status_quo, proposal
        By default the option whose words say that nothing changes (`status_quo_of`); and the one furthest from it.
    issue
        By default an id made from the proposal.

    Raises
    ------
    FoedusError
        When fewer than two options are given, two are alike, or a day cannot be read.

    Examples
    --------
    >>> made = drafted("Would the Council lift the embargo?", ["no change", "in part=40", "in full"], ["2027-01-15"])
    >>> made.options, made.status_quo, made.proposal, made.issue
    ((('no change', 0.0), ('in part', 40.0), ('in full', 100.0)), 'no change', 'in full', 'lift-embargo')
    """
    options, procedures = by_procedure(options)
    placed = _placed(options)
    labels = [label for label, _ in placed]
    guessed, told_by = _guessed(question, options, placed, ordered=ordered)
    still = _named(status_quo, labels, "--status-quo") or guessed
    at = dict(placed)
    furthest = max((label for label in labels if label != still), key=lambda label: abs(at[label] - at[still]))
    wanted = _named(proposal, labels, "--proposal") or furthest
    if wanted == still:
        raise FoedusError(f"--proposal {wanted!r} is the status quo as well: name another option")
    return Draft(
        question=question.strip(),
        options=placed,
        status_quo=still,
        proposal=wanted,
        meetings=_meetings(meetings),
        issue=issue or _id_of(question, wanted, ordered=ordered),
        procedure=procedure,
        consents=tuple(consents),
        scale=scale,
        ordered=ordered,
        method="" if ordered else method or "consensus",
        told_by="" if status_quo else told_by,
        procedures=procedures,
    )


def status_quo_guessed(question: str, options: Sequence[str]) -> str:
    """Return the option that is taken for the status quo where nobody names it.

    Examples
    --------
    >>> status_quo_guessed("Would the Council lift the embargo?", ["lift it", "keep it"])
    'keep it'
    """
    options, _ = by_procedure(options)
    return _guessed(question, options, _placed(options), ordered=True)[0]


def _guessed(
    question: str, options: Sequence[str], placed: Sequence[tuple[str, float]], *, ordered: bool
) -> tuple[str, str]:
    asked = claim_of(question).partition(" should ")[2]
    return status_quo_of(placed, asked, placed=ordered and any("=" in option for option in options))


def _id_of(question: str, proposal: str, *, ordered: bool) -> str:
    """Return an id for an issue: what the question of yes or no asks to be done, or else the proposal.

    For options without an order it is the office or place that is asked for.
    """
    if not ordered:
        asked_for = re.search(r"\b(?:as|for|of|the next)\s+(.+?)\s*\?*$", question.strip())
        slugged = slug(asked_for[1] if asked_for else "choice", longest=24)
        return slugged if slugged[0].isalpha() else "choice"
    subject, _, asked = claim_of(question).partition(" should ")
    if asked.startswith("be "):
        asked = f"{asked.split()[1]} {subject}"
    return slug(asked or proposal, longest=24)


_BY = re.compile(r"=\s*([-+\d.,]*)\s*\bby\s+(\S[^=]*)$")


def by_procedure(options: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return options without the procedures that they name, and these by label.

    Examples
    --------
    >>> by_procedure(["no change=0", "a ban by 2030=50", "put off=30 by majority", "adopt=by 2/3 of votes cast"])
    (['no change=0', 'a ban by 2030=50', 'put off=30', 'adopt'], {'put off': 'majority', 'adopt': '2/3 of votes cast'})
    """
    labels, procedures = [], {}
    for option in options:
        named = _BY.search(option)
        if named is None:
            labels.append(option)
            continue
        label = option[: named.start()].strip()
        procedures[label] = named[2].strip()
        labels.append(f"{label}={named[1]}" if named[1] else label)
    return labels, procedures


def _placed(options: Sequence[str]) -> tuple[tuple[str, float], ...]:
    found: list[tuple[str, float | None]] = []
    for option in options:
        label, mark, place = option.rpartition("=")
        try:
            found.append((label.strip(), float(place.replace(",", "."))) if mark else (option.strip(), None))
        except ValueError:
            raise FoedusError(f'--option {option!r}: expected "text" or "text=position" with a number') from None
    if len(found) < 2:
        raise FoedusError('a decision has two options or more: give --option "no change=0" --option "the proposal=100"')
    folded = [label.casefold() for label, _ in found]
    twice = next((label for label, _ in found if not label or folded.count(label.casefold()) > 1), None)
    if twice is not None:
        raise FoedusError(f"--option {twice!r}: each option has words of its own")
    even = [_HIGH * place / (len(found) - 1) for place in range(len(found))]
    placed = tuple((label, even[n] if at is None else at) for n, (label, at) in enumerate(found))
    places = [at for _, at in placed]
    for label, at in placed:
        if places.count(at) > 1:
            raise FoedusError(f"--option {label!r}: another option stands at {at:g}; give each a position of its own")
    return placed


def _named(label: str | None, labels: Sequence[str], option: str) -> str | None:
    if not label:
        return None
    label_named = next((candidate for candidate in labels if candidate.casefold() == label.strip().casefold()), None)
    if label_named is None:
        raise FoedusError(f"{option} {label!r}: expected one of the options {', '.join(map(repr, labels))}")
    return label_named


def _meetings(meetings: Sequence[str]) -> tuple[tuple[Day, str], ...]:
    dated = []
    for meeting in meetings:
        day, _, name = meeting.partition("=")
        try:
            on = parse_day(day.strip())
        except ValueError as error:
            raise FoedusError(f"--on: {error}") from None
        dated.append((on, name.strip() or f"the meeting of {on.day} {on:%B %Y}"))
    return tuple(sorted(dated))


def issue_yaml(draft: Draft, body: str, other: Settings | None = None) -> str:
    """Return the entry of ``issues`` that says a draft, its priors those of another dossier where one is given."""
    if not draft.ordered:
        return _choice_yaml(draft, body, other)
    places = [at for _, at in draft.options]
    low, high = draft.scale or (min(0.0, *places), max(_HIGH, *places))
    listed = "\n".join(
        f"      - {{label: {text(label)}, at: {at:g}{_own_procedure(draft, label)}}}" for label, at in draft.options
    )
    met, consents = _met_and_consents(draft)
    added = f"    rule_additions:\n{consents}" if consents else _CONSENT_TAUGHT
    return (
        f"  - id: {draft.issue}\n"
        f"    question: {text(draft.question)}\n"
        f"    body: {body}\n"
        + (f"    procedure: {draft.procedure}\n" if draft.procedure else "")
        + "    # Positions are places on this line. Put no change at one end and the furthest step at the "
        f"other.\n    scale: {{low: {low:g}, high: {high:g}}}\n    status_quo: {text(draft.status_quo)}\n   "
        f" options:\n{listed}\n    proposal: {text(draft.proposal)}\n{added}    meetings:\n{met}\n    # "
        "Assumed for members that have not spoken. Change it as you see fit, and say so plainly: readers "
        f"will ask.\n    priors:\n{_priors(other, low, high)}"
    )


def _own_procedure(draft: Draft, label: str) -> str:
    own = draft.procedures.get(label)
    return f", procedure: {text(own)}" if own else ""


def _met_and_consents(draft: Draft) -> tuple[str, str]:
    """Return the lines of ``meetings`` and of ``rule_additions``."""
    met = "\n".join(f"      - {{on: {day}, name: {text(name)}}}" for day, name in draft.meetings)
    consents = "".join(f"      - {{consent_of: {actor}, reference: {text(why)}}}\n" for actor, why in draft.consents)
    return met, consents


def _choice_yaml(draft: Draft, body: str, other: Settings | None) -> str:
    """Return the entry of ``issues`` for options without an order."""
    listed = "\n".join(f"      - {{label: {text(label)}{_own_procedure(draft, label)}}}" for label, _ in draft.options)
    met, consents = _met_and_consents(draft)
    theirs = None if other is None or other.issues[0].ordered else other.issues[0].priors
    priors = APPROVALS
    if theirs is not None:
        rival = "" if theirs.rival is None else f"      rival: {triangle(theirs.rival)}\n"
        priors = (
            f"      approval: {triangle(theirs.position)}\n{rival}      salience: {triangle(theirs.salience)}\n"
            f"      salience_spoke: {triangle(theirs.salience_spoke)}\n      note: {text(theirs.note)}\n"
        )
    return (
        f"  - id: {draft.issue}\n"
        f"    question: {text(draft.question)}\n"
        f"    body: {body}\n"
        + (f"    procedure: {draft.procedure}\n" if draft.procedure else "")
        + "    # Persons and places have no order: no scale, no places. 'since' and 'until' say when one is "
        f"on the table.\n    ordered: false\n    method: {draft.method}\n    status_quo: "
        f"{text(draft.status_quo)}\n    options:\n{listed}\n"
        + (f"    rule_additions:\n{consents}" if consents else "")
        + f"    meetings:\n{met}\n    # Assumed for members that have not spoken: approval of an option, 0 to "
        "100; below 50 they would rather\n    # have the status quo. 'rival' is the approval of a member "
        f"that backs another option.\n    priors:\n{priors}"
    )


APPROVALS = """\
      approval: {low: 40, mode: 65, high: 100}
      rival: {low: 40, mode: 60, high: 90}
      salience: {low: 0.02, mode: 0.1, high: 0.4}
      salience_spoke: {low: 0.4, mode: 0.8, high: 1}
      note: a silent member can live with most options and cares less than one that has spoken
"""

_CONSENT_TAUGHT = """\
    # A consent that is needed from outside the body, such as a host's:
    # rule_additions:
    #   - {consent_of: JPN, reference: what lays it down}
"""


def _priors(other: Settings | None, low: float, high: float) -> str:
    """Return the priors of another dossier, or the usual ones, with positions moved to another scale."""
    length = high - low
    if other is None:
        if (low, high) == (0.0, _HIGH):
            return PRIORS
        low_, mode, high_ = (f"{low + share * length:g}" for share in (0.3, 0.7, 1.0))
        moved = f"{{low: {low_}, mode: {mode}, high: {high_}}}"
        return PRIORS.replace("{low: 30, mode: 70, high: 100}", moved, 1)
    theirs, scale = other.issues[0].priors, other.issues[0].scale

    def place(value: float) -> float:
        return low + (value - scale.low) / (scale.high - scale.low) * length

    at = Range(low=place(theirs.position.low), mode=place(theirs.position.mode), high=place(theirs.position.high))
    return (
        f"      position: {triangle(at)}\n      salience: {triangle(theirs.salience)}\n"
        f"      salience_spoke: {triangle(theirs.salience_spoke)}\n      note: {text(theirs.note)}\n"
    )


def assumptions_yaml(other: Settings | None = None) -> str:
    """Return the entries of ``assumptions``: those of another dossier, or the usual ones."""
    if other is None or not other.assumptions:
        return ASSUMPTIONS
    return "".join(
        f"  {name}: {triangle(value) if isinstance(value, Range) else json.dumps(value)}\n"
        for name, value in other.assumptions.items()
    )


def triangle(value: Range) -> str:
    """Return a range as YAML.

    Examples
    --------
    >>> triangle(Range(low=0, mode=0.3, high=1))
    '{low: 0, mode: 0.3, high: 1}'
    """
    noted = f", note: {text(value.note)}" if value.note else ""
    return f"{{low: {value.low:g}, mode: {value.mode:g}, high: {value.high:g}{noted}}}"


def text(words: str) -> str:
    r"""Return words as YAML, safe in a list of any form.

    Examples
    --------
    >>> print(text('an office: "open"'))
    "an office: \"open\""
    """
    return json.dumps(words.strip(), ensure_ascii=False)
