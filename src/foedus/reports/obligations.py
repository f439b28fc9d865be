"""What treaties bind their parties to, as sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from foedus.base.days import Day
from foedus.base.traces import Trace
from foedus.institutions.accession import Accession
from foedus.institutions.attacks import Attacked, Consulted
from foedus.institutions.law.answer import Attack, Consultation, Obligation, SignedOnly, TreatyAnswer
from foedus.institutions.law.coverage import Coverage
from foedus.institutions.law.judgement import parties_on
from foedus.institutions.law.schema import Reading
from foedus.institutions.law.treaties import packaged_law
from foedus.institutions.law.unmet import unmet
from foedus.institutions.limits import Limit
from foedus.reports.numbers import count
from foedus.reports.sections import Block, Hint, Section, Text, reasons, table, text
from foedus.world import packaged_world

_FEW = 2
"""Up to so many treaties that do not apply are each told with the reason."""


def attack_sections(attacked: Attacked, *, why: bool = False) -> tuple[Section, ...]:
    """Return what one treaty says to an attack, or what all say that bind anybody attacked.

    Those that apply stand in the table, each with what is owed, its readings and its notes below; the others follow in
    a line each, with what they turn on.

    Parameters
    ----------
    attacked
        The answer. Which treaties of the region were not looked up is told beside it.
    why
        Whether the reasons are told too.
    """
    answers, attack = attacked.answers, attacked.attack
    applies = [answer for answer in answers if answer.engaged != "no"]
    told = {answer.treaty for answer in applies if answer.consultation}
    beside = [
        f"{open_to.treaty} ({open_to.article})"
        for open_to in attacked.open_to_consultation
        if open_to.treaty not in told
    ]
    rest = [
        *_others(answers),
        *_to_consult(beside),
        *_signed(attacked.signed_only),
        *_not_looked_up(answers, attacked.coverage),
    ]
    return (
        Section("attack", f"Attack on {_what(attack)}", (_summary(answers, attack),), 1),
        *(_applies(answer, alone=len(answers) == 1) for answer in applies),
        *([Section("others", "Other treaties" if applies and len(answers) > 1 else "", tuple(rest))] if rest else []),
        *(reasons({answer.title: answer.why for answer in answers}) if why and answers else ()),
    )


_BINDS = {"yes": "", "no": " (political)", "contested": " (binding contested)"}
"""What stands beside what is owed, where the document does not plainly bind in law."""


def _debtors(answer: TreatyAnswer) -> str:
    """Return who owes what the article is about, who owes consultation alone, and who perhaps is a party."""
    lesser = [obligation.actor for obligation in answer.owed_by if obligation.kind != answer.kind]
    told = [", ".join(obligation.actor for obligation in answer.owed_by if obligation.kind == answer.kind)]
    told += [f"consultation only: {', '.join(lesser)}"] if lesser else []
    told += [f"perhaps {', '.join(answer.perhaps_owed_by)}"] if answer.perhaps_owed_by else []
    return "; ".join(part for part in told if part)


def _signed(signed: Iterable[SignedOnly]) -> Iterator[Text]:
    """Yield the treaties that were signed and not in force."""
    for signature in signed:
        yield text(
            f"Signed on {signature.signed} but not in force on the day, so it creates no duty yet: {signature.title}"
        )


def _not_looked_up(answers: Iterable[TreatyAnswer], covered: Iterable[Coverage]) -> Iterator[Text]:
    """Yield which treaties were not looked up: one treaty that owes defence says nothing of the others."""
    plain = any((answer.kind, answer.engaged, answer.binding) == ("defence", "yes", "yes") for answer in answers)
    so = "so others may owe help too" if plain else "so a blank proves nothing"
    for coverage in covered:
        yield text(f"Not looked up for {coverage.region}, {so}: {coverage.missing}")


def _what(attack: Attack) -> str:
    name = packaged_world().name
    return f"{name(attack.place)}{f' by {name(attack.by)}' if attack.by else ''}, {attack.on}"


def _summary(answers: Sequence[TreatyAnswer], attack: Attack) -> Block:
    """Return those that apply in a table, or the one that was asked about."""
    if not answers:
        return text(f"no treaty known here binds any state attacked at {attack.place} on {attack.on}")
    shown = [answer for answer in answers if answer.engaged != "no"] or (answers if len(answers) == 1 else ())
    if not shown:
        return text("no treaty known here obliges anybody to act")
    headings = ("treaty", "article", "owes", "engaged", "invoked by", "owed by")
    rows = [
        (
            answer.treaty,
            answer.article,
            answer.kind if answer.kind == "none" else answer.kind + _BINDS[answer.binding],
            answer.engaged,
            ", ".join(answer.invoked_by),
            _debtors(answer),
        )
        for answer in shown
    ]
    return table(headings, rows, widths=(3, 3, 2, 2, 2, 4))


def _applies(answer: TreatyAnswer, *, alone: bool) -> Section:
    """Return what is owed under a treaty that applies, or may apply."""
    when = "Owed if it applies" if answer.engaged == "contested" else "Owed"
    groups = _by_duty(answer.owed_by)
    blocks = [text(f"Determined by: {answer.determined_by}")] if answer.determined_by else []
    for (what, reference), actors in groups.items():
        named = "each of them" if len(groups) == 1 < len(actors) and not alone else ", ".join(actors)
        blocks.append(text(f"{when} by {named}: {what} [{reference}]"))
    blocks += [_reading(reading, answer.on) for reading in answer.readings]
    blocks += [text(f"Note on {answer.treaty}: {note}") for note in answer.notes]
    blocks += _consultations(clause for clause in answer.consultation if not _is_told(clause, answer))
    return Section(answer.treaty, f"{answer.title}, {answer.article}", tuple(blocks))


def _is_told(clause: Consultation, answer: TreatyAnswer) -> bool:
    """Tell whether a clause on consultation is the one that the answer itself is about."""
    return answer.kind == "consultation" and clause.article == answer.article


def _by_duty(owed_by: Iterable[Obligation]) -> dict[tuple[str, str], list[str]]:
    """Return by what is owed, and where it is written, who owes it."""
    debtors: dict[tuple[str, str], list[str]] = {}
    for owed in owed_by:
        debtors.setdefault((owed.obligation, owed.reference), []).append(owed.actor)
    return debtors


def _others(answers: Sequence[TreatyAnswer]) -> Iterator[Text]:
    """Yield the treaties that do not apply: with what they turn on, or several in a line."""
    alone = len(answers) == 1
    silent = [answer for answer in answers if answer.kind == "none"]
    refused = [answer for answer in answers if answer.engaged == "no" and answer not in silent]
    told = [answer for answer in refused if len(refused) <= _FEW or _worth_a_line(answer)]
    for answer in told:
        yield from _no(answer, alone=alone)
    if beside := [answer.treaty for answer in refused if answer not in told]:
        hint = Hint(" (--treaty shows why)")
        yield text("Covering other places, means or attackers{}: {}", hint, ", ".join(beside))
    if silent and alone:
        yield from _no(silent[0], alone=True)
    elif silent:
        yield text(
            f"In force with an attacked state, without a duty to act: {', '.join(answer.treaty for answer in silent)}"
        )


def _worth_a_line(answer: TreatyAnswer) -> bool:
    """Tell whether a no is told among many: of a defence of more than two, or where the clause speaks of the place."""
    treaty = packaged_law().treaty(answer.treaty).treaty
    several = answer.kind == "defence" and len(parties_on(packaged_world(), treaty, answer.on)) > 2
    return several or any(_is_of_the_place(step) for clause in answer.why.children[:2] for step in clause.children)


def _is_of_the_place(step: Trace) -> bool:
    ruled = bool(step.children) and step.children[0].rule == "because"
    return step.value == "no" and ruled and "lies in the area" in step.rule


def _no(answer: TreatyAnswer, *, alone: bool) -> Iterator[Text]:
    if answer.kind == "none":
        says = answer.why.children[-1]
        yield text(f"{answer.treaty}: no duty to act: {says.value} [{says.reference}]")
    elif reason := unmet(answer.why):
        yield text(f"{answer.treaty}: no, because this condition is not met: {reason}")
    if alone:
        yield from (text(f"Note on {answer.treaty}: {note}") for note in answer.notes)
        yield from _consultations(answer.consultation)


def _to_consult(beside: Sequence[str]) -> list[Text]:
    named = ", ".join(beside)
    return [text(f"A party that feels threatened by it may also ask for consultation under {named}")] if beside else []


def _consultations(clauses: Iterable[Consultation]) -> Iterator[Text]:
    for clause in clauses:
        if clause.engaged != "no":
            duty = f": {clause.owed_by[0].obligation} [{clause.owed_by[0].reference}]" if clause.owed_by else ""
            yield text(f"Consultation, {clause.article}: {clause.engaged}, {_at_whose_wish(clause)}{duty}")


def _at_whose_wish(clause: Consultation) -> str:
    """Return who has to ask before a clause on consultation is owed, in words."""
    if not clause.invoked_by:
        return "without anybody asking"
    return f"if {'any party' if len(clause.invoked_by) > 2 else ' or '.join(clause.invoked_by)} asks"


def consultation_sections(consulted: Consulted, *, why: bool = False) -> tuple[Section, ...]:
    """Return whether an actor can have the parties consult, and what a no turns on."""
    blocks, clause = [], consulted.clause
    if clause.engaged == "no" and (reason := unmet(consulted.why)):
        blocks.append(text(f"This condition is not met: {reason}"))
    open_ = [step for step in consulted.why.children if step.value == "contested"]
    blocks += [text(f"It is not known whether {step.rule}: {step.children[0].value}") for step in open_]
    if clause.owed_by:
        owed = clause.owed_by[0]
        blocks.append(text("Owed by {} parties: {} [{}]", count(len(clause.owed_by)), owed.obligation, owed.reference))
    title = f"{clause.article} at the wish of {consulted.by} on {consulted.on}: {clause.engaged}"
    return _answer("consultation", title, [*blocks, *_notes(consulted.notes)], consulted.why if why else None)


def accession_sections(answer: Accession, state: str, *, why: bool = False) -> tuple[Section, ...]:
    """Return whether a state may be invited to a treaty, by which rule, and what a no turns on."""
    rule, case = answer.why.children[0], answer.why.children[1]
    blocks = [text(f"The rule: {rule.value} [{rule.reference}]")]
    if case.reference and case.reference != rule.reference:
        blocks.append(text(f"In this case: {case.rule} [{case.reference}]"))
    elif answer.open == "no" and (reason := unmet(case)):
        blocks.append(text(f"This condition is not met: {reason}"))
    if answer.consent_of:
        blocks.append(text("Decided by: {} ({} parties)", answer.decided_by, count(len(answer.consent_of))))
    blocks += [_reading(reading, answer.on) for reading in answer.readings]
    title = f"May {state} be invited to {answer.treaty} on {answer.on}: {answer.open}"
    return _answer("accession", title, [*blocks, *_notes(answer.notes)], answer.why if why else None)


def limit_sections(limit: Limit, *, why: bool = False) -> tuple[Section, ...]:
    """Return what a state's own law lets it do on a day, under which conditions, and what held before."""
    blocks = [text(f"Because: {limit.says}"), *(text(f"Condition: {condition}") for condition in limit.conditions)]
    if limit.decided_by:
        blocks.append(text(f"Decided by: {limit.decided_by}"))
    blocks.append(text(f"Written in: {limit.why.reference}"))
    for earlier in (step for step in limit.why.children if step.rule.startswith("before ")):
        blocks.append(text(f"{earlier.rule.capitalize()}: {earlier.value} [{earlier.reference}]"))
    if limit.also_described:
        blocks.append(text("Also described{}: {}", Hint(" (--act shows each)"), ", ".join(limit.also_described)))
    title = f"Is {limit.act} permitted to {limit.actor} on {limit.on}: {limit.permitted}"
    return _answer("limits", title, [*blocks, *_notes(limit.notes)], limit.why if why else None)


def _answer(place: str, title: str, blocks: Sequence[Text], because: Trace | None) -> tuple[Section, ...]:
    return (Section(place, title, tuple(blocks), 1), *(reasons({title: because}) if because is not None else ()))


def _notes(notes: Iterable[str]) -> list[Text]:
    return [text(f"Note: {note}") for note in notes]


def _reading(reading: Reading, on: Day) -> Text:
    later = " (said after the day asked about)" if reading.said is not None and reading.said > on else ""
    whose = (
        f"{reading.by[:1].upper()}{reading.by[1:]}" if "reading" in reading.by.split() else f"Reading of {reading.by}"
    )
    return text(f"{whose}: {reading.value}; {reading.says} [{reading.reference}]{later}")
