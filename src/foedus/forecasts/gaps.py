"""What an analyst should still close: places where a forecast rests on little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foedus.base.characters import is_formula
from foedus.base.days import Day, maybe_day
from foedus.base.errors import FoedusError
from foedus.base.tables import columns_of
from foedus.base.wording import counted, percent, short_number
from foedus.cases.case import Case, check_assumption_names, declared, naming_the_default, prepare
from foedus.coding.repeats import accepted_twice
from foedus.dossiers import Dossier, Stand
from foedus.dossiers.places import DOCUMENTS
from foedus.dossiers.read import TABLES, records_of
from foedus.dossiers.redaction import told_elsewhere
from foedus.dossiers.stands import PRIOR_AND_GROUP, SILENT, WEAK
from foedus.dossiers.unread import missing_documents, strangers, unnamed_documents
from foedus.evidence import OWN_NOTE, Source
from foedus.forecasts.arithmetic import arithmetic
from foedus.forecasts.compose import all_cards
from foedus.forecasts.gaps_of_words import Gap, choice_gaps, gaps_of_words, unsourced_days
from foedus.forecasts.terms import overtaken
from foedus.influence import INFLUENCES
from foedus.institutions import is_consensus
from foedus.issues import Issue
from foedus.settlement import COMPROMISE, CONSENSUS, MODELS

_LISTED = 8
_HALFWAY = 0.5


def find_gaps(dossier: Dossier, as_of: Day | str | None = None) -> list[Gap]:
    """List every gap of a dossier.

    Parameters
    ----------
    as_of
        What was known by this day; by default every accepted statement and dated row.

    Raises
    ------
    FoedusError
        When an assumption makes no sense, or a member's capability is not known.
    """
    as_of = maybe_day(as_of, "as of")
    check_assumption_names(dossier, all_cards())
    for model in MODELS.values():
        declared(dossier, model)
    for influence in INFLUENCES.values():
        declared(dossier, influence)
    day = as_of or dossier.latest_known()
    gaps = [*_sources(dossier), *_statements(dossier), *_assumptions(dossier), *_formulas(dossier)]
    gaps += _files(dossier)
    for issue in dossier.issues:
        gaps += gaps_of_words(dossier, issue)
        gaps += unsourced_days(dossier, issue)
        if not issue.ordered:
            gaps += choice_gaps(dossier, issue, day)
            continue
        with naming_the_default(dossier, as_of):
            gaps += _issue(dossier, issue, day)
    return gaps


def _sources(dossier: Dossier) -> Iterator[Gap]:
    for source in (source for source in dossier.sources.values() if source.outlet != OWN_NOTE):
        where = f"sources.csv, {source.id}"
        if source.published is None:
            yield Gap("source", f"day of publication not established; counts as known from {source.known}", where)
    bare = [source.id for source in dossier.sources.values() if not source.sha256 and source.outlet != OWN_NOTE]
    if bare:
        what = f"{counted(len(bare), 'source')} without a SHA-256: nobody can tell which bytes were coded"
        yield Gap("source", what, f"sources.csv, {_few(bare)}")
    last = max(meeting.on for issue in dossier.issues for meeting in issue.meetings)
    late = [f"{source.id} ({source.known})" for source in dossier.sources.values() if source.known > last]
    if late:
        what = "counts as known only after the last meeting, so no forecast of a meeting uses it; is the day right?"
        yield Gap("source", f"{counted(len(late), 'source')}: each {what}", f"sources.csv, {_few(late)}")


def _statements(dossier: Dossier) -> Iterator[Gap]:
    waiting = [s.id for s in dossier.statements if s.status == "candidate"]
    if waiting:
        verb = "waits" if len(waiting) == 1 else "wait"
        yield Gap(
            "statement",
            f"{counted(len(waiting), 'candidate')} {verb} to be accepted or rejected",
            f"statements.csv, {_few(waiting)}",
        )
    unseen = [s.id for s in dossier.sources.values() if s.outlet != OWN_NOTE and not _has_text(dossier, s)]
    relied = [s.id for s in dossier.statements if s.status == "accepted" and s.source in unseen]
    if relied:
        yield Gap(
            "evidence",
            f"{counted(len(relied), 'accepted statement')} cannot be compared with their source: its text is not in "
            "documents/",
            f"sources.csv, {_few(unseen)}",
        )
    twice = [f"{later} repeats {earlier}" for later, earlier in accepted_twice(dossier.statements, dossier.sources)]
    if twice:
        what = f"{counted(len(twice), 'accepted statement')} may count one utterance twice; reject one of each pair"
        yield Gap("repeat", what, f"statements.csv, {_few(twice)}")
    unused = {c.id for c in dossier.concepts} - {s.concept for s in dossier.statements}
    if unused:
        yield Gap("concept", "no statement bears on it", f"concepts.csv, {_few(sorted(unused))}")


def _files(dossier: Dossier) -> Iterator[Gap]:
    """Files that are missing or named by nothing, and texts that tell of what has a higher marking."""
    if missing := missing_documents(dossier):
        what = f"the declared file of {counted(len(missing), 'source')} is missing: nothing is compared with it"
        yield Gap("document", what, f"documents/; sources.csv, {_few(list(missing))}")
    if unnamed := unnamed_documents(dossier):
        what = f"no source names {counted(len(unnamed), 'file')}: {_few(list(unnamed))}"
        yield Gap("document", f"{what}; 'foedus read' takes them in", "documents/")
    for place, id_ in told_elsewhere(dossier):
        yield Gap("marking", f"mentions {id_}, which has a higher marking", place)
    for name, meant in strangers(dossier):
        yield Gap("file", f"is not read: {meant}", name)


def _formulas(dossier: Dossier) -> Iterator[Gap]:
    """Cells that a spreadsheet would run: a dossier keeps them as they are."""
    for file, record in TABLES.items():
        texts = [column for column in columns_of(record) if column.cell.expected.startswith("text")]
        cells = [
            f"{row_name(item)}, {text.name}"
            for item in records_of(dossier, file)
            for text in texts
            if is_formula(str(getattr(item, text.field)))
        ]
        if cells:
            what = "begin like a formula" if len(cells) > 1 else "begins like a formula"
            told = f"{counted(len(cells), 'cell')} {what}: a spreadsheet may run what it says when it opens the table"
            yield Gap("formula", told, f"{file}: {_few(cells)}")


def row_name(item: object) -> str:
    """Return how a row is called: by its id, or by whose it is."""
    return str(getattr(item, "id", "") or getattr(item, "actor", ""))


def _has_text(dossier: Dossier, source: Source) -> bool:
    return bool(source.file) and (dossier.folder / DOCUMENTS / source.file).is_file()


def _assumptions(dossier: Dossier) -> Iterator[Gap]:
    for model in (CONSENSUS, COMPROMISE):  # those that a forecast uses unless others are asked for
        for needed in model.card.assumptions:
            if needed.name not in dossier.assumptions:
                yield Gap(
                    "assumption",
                    f"{needed.name} is not declared; the {model.card.name} model's own range is used",
                    "dossier.yaml, assumptions",
                )
    if dossier.settings.capability is None and not any(row.capability_mode is not None for row in dossier.stakeholders):
        yield Gap(
            "capability",
            "no measure of power declared: outside the rule's own count of votes, all members count the same",
            "dossier.yaml, capability",
        )


def _issue(dossier: Dossier, issue: Issue, day: Day) -> Iterator[Gap]:
    try:
        meeting = issue.next_meeting(day)
    except FoedusError:
        meeting = issue.meetings[-1]
    case = prepare(dossier, issue, day, meeting)
    place = f"stakeholders.csv or statements.csv, issue {issue.id}"
    silent = [m.actor for m in case.seats if m.stand.basis in SILENT]
    if silent:
        yield Gap(
            "position",
            f"{len(silent)} of {len(case.seats)} members stand at their prior: {_few(_names(dossier, silent))}",
            place,
        )
    yield from _unopposed(case, len(silent))
    by_hand = {row.actor: row for row in dossier.stakeholders if row.issue == issue.id and row.venue == "private"}
    blank = [actor for actor, row in by_hand.items() if row.position_mode is not None and row.salience_mode is None]
    if blank:
        what = f"blank beside a position set by hand, so the prior is used: {_few(_names(dossier, sorted(blank)))}"
        yield Gap("salience", what, f"stakeholders.csv, issue {issue.id}")
    expected = {*(m.actor for m in case.seats), *case.rule.outsiders(), *declared_voices(dossier, issue)}
    strangers = sorted(by_hand.keys() - expected)
    if strangers:
        what = f"no seat on {meeting.on}, so a voice only: {_few(_names(dossier, strangers))}"
        yield Gap("seat", what, f"stakeholders.csv, issue {issue.id}")
    yield from _disputed(case, issue)
    yield from _held(issue, day)
    for term in overtaken(issue, meeting, day):
        yield Gap("option", term.words, term.command(dossier.folder.name))
    weak = [m.actor for m in case.seats if m.stand.basis == WEAK]
    if weak:
        yield Gap("position", f"only a reporter's guess: {_few(_names(dossier, weak))}", place)
    if not any(m.stand.red_line is not None for m in case.seats):
        yield Gap("red line", "no red line is entered for any member", f"stakeholders.csv, issue {issue.id}")
    for member in case.members:
        if member.stand.red_line is not None:
            line = f"nothing {member.stand.red_side} {member.stand.red_line:g}"
            where = f"stakeholders.csv, {member.actor}"
            barred = _barred(member.stand, issue)
            if not barred:
                yield Gap("red line", f"rules out no option: {line}", where)
            elif member.stand.committed and all(_bound_by_words(member.stand, issue, at) for at in barred):
                yield Gap("red line", f"{line} adds nothing: its public words bind it at the same cost", where)
    unverified = [m.actor for m in case.seats if _unverified_capability(dossier, m.actor, day)]
    if unverified:
        yield Gap(
            "fact",
            f"capability not verified in its source: {_few(_names(dossier, unverified))}",
            "packaged world/quantities.csv",
        )


def _unopposed(case: Case, silent: int) -> Iterator[Gap]:
    """Most members silent, all taken to lean towards the proposal, and too few named against to stop it.

    A lean that is assumed hides whoever is known, outside the dossier, to refuse.
    """
    issue, prior = case.issue, case.dossier.prior(case.issue.id).position
    still, proposed = issue.option(issue.status_quo).at, issue.option(issue.proposal).at
    leans = (prior.mode - still) / (proposed - still)
    if 2 * silent <= len(case.seats) or leans <= _HALFWAY:
        return
    count = arithmetic(case, issue.proposal)
    if count.blocked:
        return
    named = f"too few are counted against {issue.proposal!r} to stop it ({_few(_names(case.dossier, count.against))})"
    against = named if count.against else f"nobody is counted against {issue.proposal!r}"
    stops = "one alone would stop it" if is_consensus(case.rule) else "enough of them would stop it"
    yield Gap(
        "opposition",
        f"{against}, and {counted(silent, 'silent member')} are taken to lean "
        f"towards it: name first who is known to refuse it; {stops}",
        f'foedus statements {case.dossier.folder.name} add ACTOR against "{issue.proposal}" --source "WHERE"',
    )


def _held(issue: Issue, day: Day) -> Iterator[Gap]:
    """Meetings that are over while another is to come: what they decided may be the status quo of the next."""
    over = [meeting for meeting in issue.meetings if meeting.on <= day]
    if over and any(meeting.on > day for meeting in issue.meetings):
        what = (
            f"{over[-1].name} ({over[-1].on}) is over, and {issue.status_quo!r} is still the status quo: if "
            "the meeting adopted something, make that option the status_quo"
        )
        yield Gap("meeting", what, f"dossier.yaml, issue {issue.id}")


def _disputed(case: Case, issue: Issue) -> Iterator[Gap]:
    """Statements of one actor that point to different places, and conditions without a declared probability."""
    place = f"statements.csv, issue {issue.id}"
    told: dict[str, list[str]] = {}
    for member in case.members:
        if member.stand.unclear:
            refused = [option.label for option in issue.options if option.at in member.stand.unclear]
            yield Gap(
                "side",
                f"{member.name} is only known to refuse {' and '.join(map(repr, refused))}: does it want less or more? "
                "Half of its weight is put on each side",
                f'foedus statements {case.dossier.folder.name} add {member.actor} for "WHAT" --source "WHERE"',
            )
        elif len(member.stand.camps) > 1:
            points = " and ".join(
                f"{short_number(camp.at)} ({percent(camp.share)}: {_few(list(camp.statements))})"
                for camp in member.stand.camps
            )
            group = member.stand.basis == PRIOR_AND_GROUP
            told.setdefault(points, []).append("members at large" if group else member.name)
    for points, actors in told.items():
        yield Gap("conflict", f"what was said about {_few(list(dict.fromkeys(actors)))} points to {points}", place)
    open_branches = {
        branch.statements: (member.name if member.stand.basis != PRIOR_AND_GROUP else "members at large", branch)
        for member in case.members
        for branch in member.stand.branches
        if branch.probability is None
    }
    for name, branch in open_branches.values():
        what = f"{name} would stand at {branch.estimate} on a condition whose probability is not declared"
        yield Gap(
            "condition", f"{what}: {branch.condition}", f"dossier.yaml, conditions; {_few(list(branch.statements))}"
        )


def declared_voices(dossier: Dossier, issue: Issue) -> tuple[str, ...]:
    """Return who is declared to have a voice on an issue."""
    return tuple(next(listed.voices for listed in dossier.settings.issues if listed.id == issue.id))


def _barred(stand: Stand, issue: Issue) -> list[float]:
    """Return the places of the options that a red line bars."""
    line, status_quo = float(stand.red_line or 0.0), issue.option(issue.status_quo).at
    places = [option.at for option in issue.options if option.at != status_quo]
    return [at for at in places if (at > line if stand.red_side == "above" else at < line)]


def _bound_by_words(stand: Stand, issue: Issue, at: float) -> bool:
    """Tell whether the likeliest public position already commits against an option."""
    said = (stand.public or stand.private).mode
    return abs(at - said) > abs(issue.option(issue.status_quo).at - said)


def _unverified_capability(dossier: Dossier, actor: str, day: Day) -> bool:
    if dossier.settings.capability is None:
        return False
    quantity = dossier.world.latest_quantity(actor, dossier.settings.capability.measure, day)
    return quantity is not None and not quantity.verified


def _names(dossier: Dossier, actors: Sequence[str]) -> list[str]:
    return [dossier.world.name(actor) for actor in actors]


def _few(names: list[str]) -> str:
    shown = ", ".join(names[:_LISTED])
    return shown + (f" and {len(names) - _LISTED} more" if len(names) > _LISTED else "")
