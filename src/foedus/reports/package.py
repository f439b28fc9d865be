"""What a package says, as sections: the judgement, its parts, who gains and who loses, trades, linked consents."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from foedus._version import __version__
from foedus.base.errors import refuse
from foedus.base.wording import and_, percent, the
from foedus.explain.packages import LinkAnswer, PackageAnswer, PackageStand
from foedus.institutions import is_consensus
from foedus.reports.answers import Told
from foedus.reports.brief import highest_marking
from foedus.reports.earlier import Earlier, latest_in, what_changed
from foedus.reports.likelihood import likelihood_word
from foedus.reports.marking import marking_section
from foedus.reports.numbers import Number, share
from foedus.reports.sections import CODE, STRONG, Cell, Part, Section, cell, muted, table, text
from foedus.rounds import Move

_FEW = 12
_WHOLE, _EACH = "all of them together, or nothing", "all of them, one by one"


def package_sections(answer: PackageAnswer, earlier: Earlier | None = None) -> tuple[Section | None, ...]:
    """Return what a package says: the marking, the judgement, what has changed since; None for what there is not."""
    return marking_section(highest_marking(answer.cases)), *_sections(answer, earlier)


def told_package(answer: PackageAnswer, earlier: Earlier | None = None) -> Told:
    """Return a package as a page of its own, compared with an earlier answer."""
    return Told(answer.package.title, _sections(answer, earlier), {}, answer.case.as_of, highest_marking(answer.cases))


def saved_section(folder: Path, name: str) -> Section:
    """Return where a package was saved, and how to ask again."""
    words = f"saved in {folder}/dossier.yaml; ask again: foedus package {folder} {name}"
    return Section("saved", "", (text(words, tone=CODE),))


def _sections(answer: PackageAnswer, earlier: Earlier | None) -> tuple[Section | None, ...]:
    changed = None if earlier is None else _changed(answer, earlier)
    parts = (_judgement(answer), changed, _parts(answer), _links(answer), _stands(answer), _trades(answer))
    return *parts, _grounds(answer)


def earlier_package(path: Path, answer: PackageAnswer) -> Earlier:
    """Return an earlier answer on the same package: the output of ``foedus package --json``.

    Raises
    ------
    FoedusError
        When the file cannot be read or holds no answer on these parts.
    """
    parts = {(part.issue, part.option) for part in answer.parts}

    def same(plain: Mapping[str, Any]) -> bool:
        told = plain.get("parts")
        return isinstance(told, list) and {(part.get("issue"), part.get("option")) for part in told} == parts

    try:
        plain = latest_in(path, same)
        if plain is None:
            raise refuse(
                str(path), "holds no answer on these parts together; give the output of 'foedus package --json'"
            )
        alone = {(part["issue"], part["option"]): float(part["alone"]) for part in plain["parts"]}
        shares = [
            float(plain["together"]),
            float(plain["each"]),
            *(alone[part.issue, part.option] for part in answer.parts),
        ]
        return Earlier(str(plain["as_of"]), dict(zip(_chances(answer), shares, strict=True)))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise refuse(str(path), "holds an answer on these parts that lacks a chance or its day") from None


def _chances(answer: PackageAnswer) -> dict[str, float]:
    """Return the chance of the whole, of all parts one by one, and of each part by itself, by their names."""
    each = {part_name(answer, part.issue): part.alone for part in answer.parts}
    return {_WHOLE: answer.together, _EACH: answer.each} | each


def _changed(answer: PackageAnswer, earlier: Earlier) -> Section:
    changed = what_changed(_chances(answer), answer.cases, answer.case.dossier, earlier)
    return Section("changed", f"What has changed since {earlier.as_of}", (changed,))


def part_name(answer: PackageAnswer, issue: str) -> str:
    """Return the option of a part; with its issue where another part's option goes by the same words."""
    options = [part.option for part in answer.parts]
    option = next(part.option for part in answer.parts if part.issue == issue)
    return option if options.count(option) == 1 else f"{option} ({issue})"


def package_words(answer: PackageAnswer) -> str:
    """Return the judgement in sentences: the package as a whole, and its parts one by one."""
    case = answer.case
    word = likelihood_word(answer.together)
    begin = f"{'There' if word == 'almost no chance' else 'It'} is {word} ({percent(answer.together)}) that"
    what = and_([repr(part_name(answer, part.issue)) for part in answer.parts])
    whole = f"{begin} {the(case.body.name_on(case.meeting.on))} adopts {what} together at {case.meeting.name}."
    return f"{whole} {_beside(answer)}"


def _beside(answer: PackageAnswer) -> str:
    """Return what the package is worth beside its parts decided one by one."""
    before, after = percent(answer.each), percent(answer.together)
    if before == after:
        return "Decided one by one, all of them would pass equally often."
    if answer.together > answer.each:
        return f"Decided one by one, all of them would pass in {before}: tying them together helps."
    return f"Decided one by one, all of them would pass in {before}: tying them together hurts."


def _judgement(answer: PackageAnswer) -> Section:
    case = answer.case
    kind = "Reconstruction, uses what was known after the meeting" if case.reconstruction else "Forecast"
    blocks = (
        text(package_words(answer), tone=STRONG),
        text(
            f"{kind} as of {case.as_of}. {case.body.name_on(case.meeting.on)}, {case.meeting.name} "
            f"({case.meeting.on}), {len(case.seats)} seats. Rule: {answer.rule}."
        ),
        text(f"Confidence low: {_tested(answer)}."),
    )
    return Section("judgement", answer.package.title, blocks, 1)


def _tested(answer: PackageAnswer) -> str:
    if all(is_consensus(case.rule) for case in answer.cases):
        return "the model was tested on decisions taken one by one, never on packages"
    return "forecasts of packages decided by vote have not been tested"


def _parts(answer: PackageAnswer) -> Section:
    rows: list[list[Part | Cell]] = [
        [cell(part_name(answer, part.issue), below=(case.issue.question,)), share(part.alone), share(part.traded)]
        for case, part in zip(answer.cases, answer.parts, strict=True)
    ]
    rows.append([_EACH, share(answer.each), ""])
    rows.append([_WHOLE, share(answer.together), ""])
    votes = not all(is_consensus(case.rule) for case in answer.cases)
    alone = "has the votes" if votes else "passes"
    return Section(
        "parts",
        "Together, or one by one",
        (
            table(["what is decided", alone, "after trades"], rows, numbers=[1, 2], widths=[8, 2, 2]),
            muted(
                "'After trades': each is decided by itself after members have given way to each other on "
                "what matters less to them, under the exchange model."
            ),
        ),
    )


def _links(answer: PackageAnswer) -> Section | None:
    if not answer.links:
        return None
    rows: list[list[Part]] = [
        [text_of_link(answer, link), share(link.if_not), share(link.if_met), share(link.met)] for link in answer.links
    ]
    heading = ["link", "if it is not", "if it is", "chance that it is"]
    return Section(
        "links",
        "Linked consents",
        (
            table(heading, rows, numbers=[1, 2, 3], widths=[8, 2, 2, 2]),
            muted(
                "The first two numbers are the chance of what the consent is needed for. The link assumes "
                "that the actor keeps its word; no model here says whether it would."
            ),
        ),
    )


def text_of_link(answer: PackageAnswer, link: LinkAnswer) -> str:
    """Return a link in words."""
    name = answer.case.dossier.world.name(link.link.actor)
    option = part_name(answer, link.link.issue)
    note = f" ({link.link.note})" if link.link.note else ""
    return f"{name} agrees to {option!r} if {link.link.option!r} is decided{note}"


def _stands(answer: PackageAnswer) -> Section | None:
    if not answer.stands:
        return None
    rows = [
        [answer.case.dossier.world.name(package_stand.actor), *_row(package_stand)]
        for package_stand in answer.stands[:_FEW]
    ]
    heading = [
        "who",
        *(f"on {part_name(answer, part.issue)}" for part in answer.parts),
        "against a part",
        "against the whole",
    ]
    return Section(
        "stands",
        "Who loses, and what makes up for it",
        (
            table(heading, rows, numbers=range(1, len(heading)), widths=[4, *[3] * (len(heading) - 1)]),
            muted(
                "Gains and losses are shares of the strongest possible interest: 1 is the whole distance "
                "for an actor that cares about nothing more; below 0 is a loss."
            ),
        ),
    )


def _row(stand: PackageStand) -> Iterator[Part]:
    for gain in stand.gains:
        yield Number(gain, "weight")
    yield share(stand.alone)
    yield share(stand.together)


def _trades(answer: PackageAnswer) -> Section:
    pairs = [list(group) for _, group in itertools.groupby(answer.trades, key=lambda trade: trade.round)]
    rows = [[_gives_way(answer, move) for move in pair] for pair in pairs if len(pair) == 2]
    title = "What could be traded"
    if not rows:
        words = "At the likeliest positions, nobody gains from trading one issue for another."
        return Section("trades", title, (text(words),))
    more = f" {len(rows) - _FEW} more are left out." if len(rows) > _FEW else ""
    words = f"At the likeliest positions, in the order in which the exchange model makes the trades.{more}"
    return Section("trades", title, (table(["one gives way", "the other in return"], rows[:_FEW]), muted(words)))


def _gives_way(answer: PackageAnswer, move: Move) -> Cell:
    """Return one side of an exchange in words."""
    option = part_name(answer, move.issue)
    start, end = Number(move.start, "place"), Number(move.end, "place")
    return cell(f"{answer.case.dossier.world.name(move.actor)} on {option!r}: from ", start, " to ", end)


def _grounds(answer: PackageAnswer) -> Section:
    words = (
        "A package is adopted as a whole or not at all: each member adds up its gains and losses on the "
        f"parts, weighted by how much it cares. Made by Foedus {__version__} from {answer.draws:,} draws, "
        f"seed {answer.seed}; inputs {answer.case.dossier.inputs_sha256[:12]}. The percentages follow from "
        "declared assumptions; they are not calibrated."
    )
    return Section("grounds", "On what this rests", (muted(words),))
