"""What a choice of forum says: where to act, where to block others, who blocks where, and who shares what with whom."""

from __future__ import annotations

from collections.abc import Sequence

from foedus._version import __version__
from foedus.base.tables import columns_of
from foedus.base.wording import at_the_start, percent
from foedus.dossiers.stands import SILENT
from foedus.partnership.allocated import Spread
from foedus.partnership.forum_choice import Forum, ForumChoice, Mover, Outcome
from foedus.partnership.inputs import FORUMS, ForumOffer
from foedus.reports.answers import Told, in_a_sentence
from foedus.reports.forum_charts import forums_chart, name_in, seats_chart, short_name
from foedus.reports.numbers import Number, count, share
from foedus.reports.sections import (
    CODE,
    PAGE,
    STRONG,
    WORD,
    Bar,
    Block,
    Cell,
    Figure,
    Part,
    Section,
    cell,
    muted,
    table,
    text,
)

_MOVES = 0.05
"""A range that is no wider is not shown beside its chance."""
_MOST = 6
"""Actors named in a sentence; the answer has them all."""


def forum_sections(choice: ForumChoice) -> tuple[Section | None, ...]:
    """Return what a choice of forum says, both questions first."""
    if choice.to_fill_in:
        return (_to_fill_in(choice),)
    return (
        _judgement(choice),
        _forums(choice),
        _outcomes(choice),
        _blocks(choice),
        _moves(choice),
        _tested(choice),
        _grounds(choice),
    )


def _judgement(choice: ForumChoice) -> Section:
    actor = in_a_sentence(name_in(choice, choice.actor))
    stand = choice.case.member(choice.actor).stand
    blocks = [text(_act_sentence(choice, actor), tone=STRONG), text(_stop_sentence(choice, actor), tone=STRONG)]
    if stand.basis in SILENT:
        unsaid = (
            f"{at_the_start(actor)} has said nothing on this question: it is assumed to stand at {stand.private} on "
            "the scale, and all that it would do follows from that."
        )
        blocks.insert(0, text(unsaid, tone=STRONG))
    if choice.strategy is not None and choice.aspiration is not None and choice.strategy.forum:
        way = {"use": "use the usual forum", "select": "select another that exists"}
        how = way.get(choice.strategy.way, f"{choice.strategy.way} one")
        chosen = choice.forum(choice.strategy.forum)
        rests = "" if chosen.told else "; this, too, assumes that its silent members go along"
        blocks.append(
            text(
                f"If it only seeks a forum that is good enough, it would {how}: {chosen.name} "
                f"({choice.strategy.because}{rests})."
            )
        )
    place = stand.private
    blocks.append(
        muted(
            f"{choice.question} As of {choice.as_of}, for {choice.on}. {at_the_start(actor)} stands at {place} on the "
            "scale."
        )
    )
    return Section("judgement", f"In which forum? {at_the_start(actor)}", tuple(blocks), 1)


def _act_sentence(choice: ForumChoice, actor: str) -> str:
    if choice.to_act is None:
        return f"Where would {actor} act? In none of these: it has no seat in any that could decide."
    best = choice.forum(choice.to_act)
    if not choice.wants:
        return (
            f"Where would {actor} act? Nowhere: it gains from no decision. If there has to be one, it "
            f"prefers {in_a_sentence(best.name)}."
        )
    gain = "" if best.gain is None else _points(best.gain, best.told)
    where = in_a_sentence(best.name)
    rests = f" {_rests(best, actor)}" if not best.told else ""
    return f"Where would {actor} act? In {where}, where it expects to gain {gain} of the scale's length.{rests}"


def _rests(best: Forum, actor: str) -> str:
    """Return how little is known of those who would decide, and what the gain therefore hangs on."""
    low, high = best.decided
    many = len(best.members)
    said = f"Of its {many} members only {best.known} {'has' if best.known == 1 else 'have'} a known position"
    if best.known == 1:
        said = f"Of its {many} members only {actor}'s own position is known"
    return (
        f"This assumes that the others go along. {said}: whether anything is decided there cannot be told, and the "
        f"chance lies anywhere from {percent(low)} to {percent(high)}."
    )


def _points(gain: Spread, told: bool) -> str:
    """Return a gain in whole hundredths of the scale, with its range where that crosses nothing or rests on silence."""
    low, mean, high = (round(100 * value) for value in (gain.q10, gain.mean, gain.q90))
    if low < 0 < high:
        return f"{mean} % ({low} to {high} %, so perhaps nothing)"
    return f"{mean} %" if told else f"{mean} % ({low} to {high} %)"


def _stop_sentence(choice: ForumChoice, actor: str) -> str:
    if choice.to_stop is None:
        unknown = [
            in_a_sentence(forum.name)
            for forum in choice.forums
            if forum.inside and not (forum.rule and forum.blocks_known)
        ]
        if unknown:
            return (
                f"Where would {actor} block others? Nowhere that is known. It is not known who can block a "
                f"decision in {', '.join(unknown)}: see below."
            )
        return (
            f"Where would {actor} block others? Nowhere: it can block in none of these, or nothing that "
            "they could decide would harm it."
        )
    place = choice.forum(choice.to_stop)
    loss = place.prevents.mean if place.prevents else 0.0
    return (
        f"Where would {actor} block others? In {in_a_sentence(place.name)}, where it can block alone what "
        f"would cost it up to {percent(loss)} of the scale's length."
    )


def _utility(spread: Spread | None) -> Cell:
    if spread is None:
        return cell("-")
    return cell(share(spread.mean), below=(share(spread.q10), " to ", share(spread.q90)))


def _forums(choice: ForumChoice) -> Section:
    rows: list[list[Part | Cell]] = []
    for forum in choice.forums:
        rows.append([
            cell(forum.name, below=(_standing(forum),)),
            "" if forum.rank_to_act is None else str(forum.rank_to_act),
            _utility(forum.gain),
            "" if forum.rank_to_stop is None else str(forum.rank_to_stop),
            _utility(forum.prevents) if forum.rank_to_stop is not None else "",
            _decided(forum),
            f"{forum.days} days; {forum.publicity} publicity",
        ])  # fmt: skip
    note = muted(
        "'Gain' is what the actor expects beyond the status quo, less cost, as a share of the scale. 'A "
        "veto saves' is what the worst outcome of that forum would cost it. The line below gives the range "
        "of 80 % of the draws of its position; that of the gain also covers what silent members may want. Where a "
        "chance is a range or has one below, its ends are: all silent members want the status quo, and all want what "
        "goes furthest; of chances that the author judges, it is the range of 80 % of draws. "
        "'To act' ranks only forums where it has a seat."
    )
    headings = ["forum", "to act", "gain", "to block", "a veto saves", "something is decided", "takes"]
    return Section(
        "forums",
        "Where to act, and where to block others",
        (Figure("forums"), table(headings, rows, numbers=[1, 2, 3, 4, 5], widths=[5, 1, 2, 1, 2, 2, 4]), note),
    )


def _decided(forum: Forum) -> Part | Cell:
    """Return the chance that something is decided; as a range where it rests on what silent members may want."""
    if not forum.outcomes:
        return "-"
    low, high = forum.decided
    if not forum.told:
        return cell(share(low), " to ", share(high))
    return cell(share(1 - forum.stays), below=(share(low), " to ", share(high)) if high - low > _MOVES else ())


def _chance(forum: Forum, outcome: Outcome) -> tuple[Part | Cell, Part | Cell]:
    """Return the chance of an outcome and its bar; a range has no bar."""
    if forum.told:
        return share(outcome.probability), Bar(outcome.probability)
    return cell(share(outcome.low), " to ", share(outcome.high)), "cannot be told"


def _standing(forum: Forum) -> str:
    if not forum.rule:
        return forum.problem
    seat = (
        "has a seat and blocks alone"
        if forum.inside and forum.can_block
        else "has a seat"
        if forum.inside
        else "has no seat"
    )
    known = "" if forum.known is None else f"{forum.known} of {len(forum.members)} positions known"
    return "; ".join(each for each in (seat, forum.rule, forum.problem or known) if each)


def _outcomes(choice: ForumChoice) -> Section:
    rows: list[list[Part | Cell]] = [
        [forum.name if not k else "", f"{o.label} ({o.at:g})", o.kind, *_chance(forum, o)]
        for forum in choice.forums
        for k, o in enumerate(forum.outcomes)
    ]
    mandates: list[list[Part | Cell]] = [
        [forum.name, m.subject, m.decides or "no mandate on record", m.basis, "yes" if m.verified else "no"]
        for forum in choice.forums
        for m in forum.mandates
        if forum.forum in choice.case.dossier.world.actors
    ]
    headings = ["forum", "subject", "what it may decide", "basis", "verified"]
    return Section(
        "outcomes",
        "What each could decide, by its own rule and seats",
        (
            table(["forum", "outcome (place)", "kind", "probability", ""], rows, numbers=[3]),
            muted("A substitute stands in for an option; its place on the scale is the author's judgement."),
            table(headings, mandates, widths=[3, 2, 5, 5, 1]),
        ),
    )


def _blocks(choice: ForumChoice) -> Section:
    rows: list[list[Part | Cell]] = []
    for forum in choice.forums:
        if forum.rule:
            outside = [actor for actor in forum.blocks_alone if actor not in forum.members]
            every = set(forum.members) <= set(forum.blocks_alone)
            who = (
                "each of its members"
                if every
                else ", ".join(name_in(choice, a) for a in forum.blocks_alone)
                or ("nobody" if forum.blocks_known else "not known: no body is named")
            )
            also = (
                f", and {', '.join(name_in(choice, actor) for actor in outside)} from outside"
                if every and outside
                else ""
            )
            rows.append([forum.name, Number(len(forum.members), "count"), f"{who}{also}"])
    return Section(
        "blocks",
        f"Who shares which forum, on {choice.on}, and who blocks there alone",
        (
            Figure("seats"),
            table(["forum", "members", "can block alone"], rows, numbers=[1], widths=[4, 1, 7]),
        ),
    )


def _moves(choice: ForumChoice) -> Section | None:
    rows: list[list[Part | Cell]] = [
        [what, name_in(choice, mover.actor), ", ".join(short_name(choice, name) for name in mover.forums), mover.why]
        for what, movers in (
            ("hold hostage", choice.hostage),
            ("shop", choice.shopping),
            ("broker", choice.brokers),
        )
        for mover in _few(movers)
    ]
    if not rows:
        return None
    note = muted(
        "Only actors whose position is known. Actors with a seat in one forum only can hold it hostage; "
        "members of several can take a question to the one that suits them, or mediate (Hofmann 2019; "
        "Ewers-Peters 2022)."
    )
    return Section(
        "moves",
        "What overlapping seats allow",
        (table(["can", "who", "forums", "why"], rows, widths=[2, 2, 3, 6]), note),
    )


def _few(movers: Sequence[Mover]) -> Sequence[Mover]:
    return movers[:_MOST]


def _tested(choice: ForumChoice) -> Section:
    tested = choice.tested
    rows: list[list[Part | Cell]] = [
        [
            f"{case.case} ({case.actor})",
            case.chosen,
            case.named,
            Number(case.rank, "order"),
            case.largest or "-",
            case.last or "-",
        ]
        for case in tested.cases
    ]
    line = text(
        "On {} historical choices, three rules named the forum that was chosen this often: 'the largest "
        "that exists, has a mandate, and that no known opponent can block' in {}; 'the largest body in "
        "which the actor sits' in {}; 'the one used last' in {}.",
        count(tested.choices),
        count(tested.right),
        count(tested.largest),
        count(tested.last),
    )
    headings = ["choice", "chosen", "by the rule", "place of the chosen", "the largest", "the last"]
    return Section("tested", "How such a rule has done", (line, muted(tested.note), *_folded(headings, rows)))


def _folded(headings: Sequence[str], rows: Sequence[Sequence[Part | Cell]]) -> tuple[Block, ...]:
    return (table(headings, rows, numbers=[3], folded=4, rest="all choices"),)


def _grounds(choice: ForumChoice) -> Section:
    rows: list[list[Part | Cell]] = [
        [short_name(choice, row.record.forum), row.record.produces, row.record.source, row.record.note]
        for row in choice.offers
    ]
    return Section(
        "grounds",
        "On what this rests",
        (
            table(["forum", "produces", "source", "why"], rows, widths=[3, 4, 4, 5]),
            muted(
                f"Made by Foedus {__version__} from {choice.draws:,} draws, seed {choice.seed}; inputs "
                f"{choice.inputs_sha256[:12]}. In forums other than the issue's own, every member counts the "
                "same, and all silent members are assumed to be alike."
            ),
        ),
        media=(PAGE, WORD),
    )


def _first_row(choice: ForumChoice) -> str:
    """Return a line of the table for the body that decides the issue: its proposal, as it is."""
    issue, body = choice.case.issue, choice.case.body
    proposal = issue.option(issue.proposal)
    cells = {
        "forum": body.organisation,
        "issue": issue.id,
        "produces": f'"{proposal.label}"' if "," in proposal.label else proposal.label,
        "at": f"{proposal.at:g}",
        "kind": "option",
        "subject": "text",
        "body": body.id,
        "way": "use",
        "cost": "0.1",
        "days": "90",
        "publicity": "some",
        "source": "judgement",
    }
    return ",".join(cells.get(column.name, "") for column in columns_of(ForumOffer))


def _to_fill_in(choice: ForumChoice) -> Section:
    headings = ",".join(column.name for column in columns_of(ForumOffer))
    return Section(
        "to-fill-in",
        "No forums to choose from yet",
        (
            text(
                f"There are no rows for {choice.issue} in {FORUMS}. To compare forums, Foedus needs to know "
                f"what each could decide. Write into {FORUMS} in {choice.case.dossier.folder} one line for "
                "each forum and option. Here are the headings and a first line for the body itself; check "
                "it:",
                tone=STRONG,
            ),
            text(f"{headings}\n{_first_row(choice)}", tone=CODE),
            text(
                "'at' is the place on the issue's line, 'subject' what it is about (such as operation, sanctions or "
                "text), 'cost' from 0 to 1 what it takes to bring it about there, 'days' how long, 'publicity' none, "
                "some or much; 'way' says whether the forum serves as it is (use), must be changed (change) or "
                "created (create). "
                "Without a body give the chance that it comes: low, mode, high."
            ),
            muted(
                "'foedus forum tokyo-office --for FRA' shows a table that is filled in. Mandates are packaged: "
                "see the facts."
            ),
        ),
        1,
    )


def told_forums(choice: ForumChoice) -> Told:
    """Return a choice of forum as a report of its own."""
    charts = {} if choice.to_fill_in else {
        "forums": lambda width: forums_chart(choice, width),
        "seats": lambda width: seats_chart(choice, width),
    }  # fmt: skip
    return Told(
        f"In which forum? {at_the_start(name_in(choice, choice.actor))}",
        forum_sections(choice),
        charts,
        choice.as_of,
        choice.marking,
    )
