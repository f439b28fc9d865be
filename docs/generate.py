"""Reference tables written from the code itself, so that they cannot drift from it."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import speed
import typer

from foedus.backtests.consensus_set import TABLES as CODED
from foedus.base.tables import Column, columns_of
from foedus.base.wording import percent
from foedus.cli.app import app
from foedus.cli.tour.stops import answered, groups, printed, stops
from foedus.dossiers import settings as schema
from foedus.dossiers.ranks import RANKS
from foedus.dossiers.read import TABLES
from foedus.dossiers.words import WORDS
from foedus.evidence import KINDS, MARKINGS
from foedus.influence import INFLUENCES
from foedus.institutions import Body, packaged_institutions
from foedus.institutions.cases import SettledCase, packaged_cases
from foedus.institutions.law.coverage import coverage
from foedus.institutions.law.schema import TreatyFile
from foedus.institutions.law.treaties import packaged_law
from foedus.institutions.limits import packaged_limits
from foedus.institutions.questions import TREATIES, VOTES
from foedus.institutions.rules import FORMS
from foedus.issues.models import ModelCard
from foedus.partnership.inputs import CONTINGENCIES, DEMANDS, FORUMS, MEANS, PROGRAMME
from foedus.partnership.inputs import TABLES as PARTNERSHIP_TABLES
from foedus.procedures import packaged_machines
from foedus.procedures.docket import FILE as DOCKET
from foedus.procedures.items import Item
from foedus.procedures.machines import ANSWERS, HOW
from foedus.reports.likelihood import LIKELIHOOD_WORDS
from foedus.settlement import MODELS
from foedus.testing import PROPERTIES
from foedus.world import packaged_world
from foedus.world.loading import FILES as WORLD_TABLES
from foedus.world.loading import WITHDRAWN
from foedus.world.records import Withdrawal

KEYS: dict[str, str] = {
    "Settings.foedus": "version of the format: 1, or 2 with options without an order or with days, and packages",
    "Settings.title": "what the dossier is about, in a few words",
    "Settings.about": "what a reader should know first",
    "Settings.language": "that of most documents, ISO 639-1, and of a text too short to tell; by default `en`",
    "Settings.issues": "the questions; at least one",
    "Settings.assumptions": "ranges of the models' assumptions, by name; see [the models](models.md)",
    "Settings.roles": "who is the `commission` and the `parliament` of procedural models: ids; each is at the table",
    "Settings.agenda_setter": "a member whose private wish is what the agenda setter wants; without it, the proposal",
    "Settings.evidence": "how statements become positions; see [positions](positions.md)",
    "Settings.capability": "what stands for capability; without it every member counts the same",
    "Settings.pages": "the forecasts that `foedus demo` shows, the main one first; its issue is the default",
    "Settings.watch": "what to watch, shown in the brief",
    "Settings.scenarios": "suppositions by name, which `foedus scenarios` sets beside the forecast",
    "Settings.conditions": "how likely the conditions of statements are; see [positions](positions.md)",
    "Settings.packages": "issues that are decided together; see [packages](packages.md)",
    "PackageSettings.id": "short id; no two packages share one",
    "PackageSettings.title": "what it is about",
    "PackageSettings.issues": "ids of its issues, two or more, with options on a line",
    "PackageSettings.options": "by issue, the option that the package brings where it is not the proposal",
    "PackageSettings.links": "consents that are linked to another matter",
    "Link.actor": "who agrees",
    "Link.issue": "id of the issue on which it agrees",
    "Link.needs": "id of the issue that has to be decided for that",
    "Link.option": "label of the option that it has to come to, or further",
    "Link.note": "what lays it down",
    "IssueSettings.id": "short id",
    "IssueSettings.question": "what is to be decided, as a question",
    "IssueSettings.body": "the body that decides: its id, name or alias",
    "IssueSettings.procedure": "one of the body's procedures, such as foreign-policy; blank: its usual one",
    "IssueSettings.ordered": "false for persons, places and other options without an order; then no scale, no places",
    "IssueSettings.method": "how the body comes to one of them: consensus, straw-polls, rounds or elimination",
    "IssueSettings.scale": "the line on which positions are placed",
    "IssueSettings.status_quo": "label of the option that stands where nothing is decided",
    "IssueSettings.options": "what could be decided, the status quo among it; two or more",
    "IssueSettings.proposal": "label of the option that is proposed; not the status quo",
    "IssueSettings.rule_additions": "consents needed beside the body's own rule",
    "IssueSettings.meetings": "days on which the body could decide, in order of date",
    "IssueSettings.voices": "actors without a seat whose positions are shown; they neither object nor press",
    "IssueSettings.priors": "what is assumed of a member about whom nothing is known",
    "ScaleSettings.low": "one end",
    "ScaleSettings.high": "the other end",
    "ScaleSettings.unit": "what the scale measures",
    "OptionSettings.label": "its name; no two options share one",
    "OptionSettings.at": "its place on the scale; no two options share one",
    "OptionSettings.since": "first day on which it is on the table; blank: always",
    "OptionSettings.until": "first day on which it no longer is, such as that of a withdrawal; blank: always",
    "OptionSettings.source": "what these days rest on: who said so, and when",
    "OptionSettings.procedure": "its own procedure: one of the body's, or a rule in words; blank: as on the issue",
    "OptionSettings.proposed_from": "first day on which it is proposed, in place of what was before; blank: never",
    "OptionSettings.note": "what it means",
    "RuleAddition.consent_of": "id of an actor without a seat whose consent is needed, such as a host",
    "RuleAddition.reference": "what lays it down",
    "MeetingSettings.on": "the day; it picks the members and the rule",
    "MeetingSettings.name": "its name",
    "MeetingSettings.known_on": "day from which its date was public; blank: always",
    "MeetingSettings.reference": "where the date comes from",
    "IssueSettings.prior": "the same for this issue alone: `prior: {from: measure}`",
    "Settings.prior": "where the prior of silent members comes from, see below; an issue may say otherwise",
    "PriorSettings.from_": "`stated`: the numbers under `priors`; `measure`: [their votes](measure.md)",
    "Prior.position": "on the issue's scale; without an order `approval` in its place, 0 to 100",
    "Prior.rival": "approval of an option by a member that has come out for another; only without an order",
    "Prior.salience": "0 to 1, for an actor that has been silent",
    "Prior.salience_spoke": "0 to 1, for an actor that has spoken or acted on the issue",
    "Prior.note": "why; a reader will ask",
    "Range.low": "lowest value",
    "Range.mode": "likeliest value",
    "Range.high": "highest value",
    "Range.note": "why",
    "EvidenceRule.prior_weight": "what the prior counts for, in units of one fresh statement in the actor's own words",
    "EvidenceRule.half_life_days": "after how many days a statement counts for half",
    "EvidenceRule.spread": "half-width of the position that one statement places, as a share of the scale",
    "EvidenceRule.candour": "what a public statement counts for as evidence of the private position",
    "EvidenceRule.group": "what a statement about members at large counts for on each silent member",
    "EvidenceRule.spoken_for": "what a group's statement counts for on a member without words that the law binds to it",
    "EvidenceRule.belongs": "what any other group's statement counts for on a member without words of its own",
    "EvidenceRule.succession": "what a statement counts for once its speaker has left the office and another holds it",
    "EvidenceRule.general": "what a statement that is on no option counts for beside one that is",
    "EvidenceRule.directness": "weight by kind of statement; all kinds must be given",
    "EvidenceRule.office": "weight by the rank of whoever spoke for the actor; all ranks must be given",
    "ConditionSettings.statements": "ids of statements whose conditions hold together",
    "ConditionSettings.probability": "how likely it is that they hold, 0 to 1",
    "ConditionSettings.note": "why",
    "CapabilitySettings.measure": "a measure of `quantities.csv`, such as gdp",
    "CapabilitySettings.note": "which figures these are",
    "PageSettings.id": "file name of the page, without ending",
    "PageSettings.title": "its title",
    "PageSettings.issue": "id of an issue",
    "PageSettings.as_of": "day up to which knowledge counts",
    "PageSettings.on": "a meeting, by name or day",
    "WatchSettings.what": "what to watch",
    "WatchSettings.issue": "id of an issue",
    "WatchSettings.until": "day after which it no longer matters; shown only between the as-of day and the meeting",
    "WatchSettings.known_on": "day from which it may be shown; blank: always",
    "ScenarioSettings.id": "short id; no two scenarios share one",
    "ScenarioSettings.title": "what is supposed",
    "ScenarioSettings.set": (
        "what is set: `ACTOR.ISSUE.position`, `public_position`, `salience`, `capability` or `red_line`, or "
        "`assumptions.NAME`, each a number or a range"
    ),
    "ScenarioSettings.note": "why",
}

_MANY = 12
"""Entries of a case's input beyond which a page only counts them."""

SECTIONS: tuple[tuple[str, type[Any]], ...] = (
    ("The top level", schema.Settings),
    ("An entry of `issues`", schema.IssueSettings),
    ("`scale`", schema.ScaleSettings),
    ("An entry of `options`", schema.OptionSettings),
    ("An entry of `rule_additions`", schema.RuleAddition),
    ("An entry of `meetings`", schema.MeetingSettings),
    ("`priors`", schema.Prior),
    ("`prior`", schema.PriorSettings),
    ("A range", schema.Range),
    ("`evidence`", schema.EvidenceRule),
    ("`capability`", schema.CapabilitySettings),
    ("An entry of `pages`", schema.PageSettings),
    ("An entry of `watch`", schema.WatchSettings),
    ("An entry of `scenarios`", schema.ScenarioSettings),
    ("An entry of `conditions`", schema.ConditionSettings),
    ("An entry of `packages`", schema.PackageSettings),
    ("An entry of `links`", schema.Link),
)


def write(folder: Path) -> None:
    """Write every generated page; a file that would not change stays untouched."""
    folder.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        target, text = folder / name, make()
        if not target.exists() or target.read_text("utf-8") != text:
            target.write_text(text, "utf-8")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(headings) + " |", "|" + " --- |" * len(headings)]
    for row in rows:
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) + " |")
    return "\n".join(lines) + "\n"


def _column_row(column: Column) -> list[str]:
    if column.required:
        blank = "required"
    elif column.blank in (None, "", ()):
        blank = "may be blank"
    else:
        blank = f"blank: {column.cell.write(column.blank)}"
    return [f"`{column.name}`", column.cell.expected, blank, column.meaning]


def _tables(tables: dict[str, type[Any]]) -> str:
    parts = []
    for file, record in tables.items():
        parts.append(f"### `{file}`\n\n{_first_paragraph(record)}\n")
        parts.append(table(["column", "holds", "blank", "meaning"], map(_column_row, columns_of(record))))
    return "\n".join(parts)


def _first_paragraph(record: type[Any]) -> str:
    return " ".join((record.__doc__ or "").strip().split("\n\n")[0].split())


def settings_page() -> str:
    """Return the keys of dossier.yaml, with a section for each mapping."""
    parts, used = [], set()
    for title, model in SECTIONS:
        rows = []
        for name, field in model.model_fields.items():
            key = f"{model.__name__}.{name}"
            used.add(key)
            default = "required" if field.is_required() else _default(field.get_default())
            rows.append([f"`{field.alias or name}`", _kind(field.annotation), default, KEYS[key]])
        parts.append(f"### {title}\n\n{_first_paragraph(model)}\n")
        parts.append(table(["key", "holds", "if left out", "meaning"], rows))
    if used != KEYS.keys():
        raise ValueError(f"keys described that dossier.yaml does not have: {sorted(KEYS.keys() - used)}")
    return "\n".join(parts)


def _default(value: Any) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    if isinstance(value, float | int):
        return f"{value:g}"
    return "as in the table below"


def _kind(kind: Any) -> str:
    """Return a type in words."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in {typing.Union, types.UnionType}:
        return " or ".join(_kind(one) for one in inner if one is not type(None))
    if origin is typing.Literal:
        words = " or ".join(map(str, inner))
    elif origin is typing.Annotated:
        words = _kind(inner[0])
    elif origin is list:
        words = {"a mapping": "a list of mappings", "text": "a list of ids"}[_kind(inner[0])]
    elif origin is dict:
        words = f"names, each with {_kind(inner[1])}"
    else:
        words = {str: "text", float: "a number", dt.date: "a day", schema.Range: "a range"}.get(kind, "a mapping")
    return words


def words_page() -> str:
    """Return the words that may stand for positions."""
    rows = [[f"`{word}`", *(f"{share:g}" for share in shares)] for word, shares in WORDS.items()]
    return table(["word", "low", "mode", "high"], rows)


def kinds_page() -> str:
    """Return the kinds of statement with their weights."""
    directness = schema.EvidenceRule().directness
    return table(
        ["kind", "meaning", "directness"],
        [[f"`{kind}`", meaning, f"{directness[kind]:g}"] for kind, meaning in KINDS.items()],
    )


def markings_page() -> str:
    """Return the markings, the least restricted first."""
    return ", ".join(f"`{marking}`" for marking in MARKINGS) + "\n"


def evidence_page() -> str:
    """Return the numbers of the evidence rule with their defaults."""
    rule = schema.EvidenceRule()
    rows = [
        [f"`{name}`", f"{getattr(rule, name):g}", KEYS[f"EvidenceRule.{name}"]]
        for name in schema.EvidenceRule.model_fields
        if name not in {"directness", "office"}
    ]
    return table(["number", "default", "meaning"], rows)


def ranks_page() -> str:
    """Return the ranks of speakers with their default weight."""
    weights = schema.EvidenceRule().office
    return table(["rank", "who", "office"], [[f"`{rank}`", who, f"{weights[rank]:g}"] for rank, who in RANKS.items()])


def likelihood_page() -> str:
    """Return the likelihood words and their bands."""
    rows, low = [], 0.0
    for top, word in LIKELIHOOD_WORDS:
        rows.append([word, f"{'above ' if low else 'from '}{percent(low)} up to {percent(top)}"])
        low = top
    return table(["word", "probability"], rows)


def models_page() -> str:
    """Return every model card, settlement first."""
    cards = [*(model.card for model in MODELS.values()), *(model.card for model in INFLUENCES.values())]
    return "\n".join(_card(card) for card in cards)


def properties_page() -> str:
    """Return the catalogue of properties, with who claims each."""
    cards = [*(model.card for model in MODELS.values()), *(model.card for model in INFLUENCES.values())]
    rows = []
    for one in PROPERTIES.values():
        stages = [name for name, check in (("settlement", one.settlement), ("influence", one.influence)) if check]
        claimed = ", ".join(f"`{card.name}`" for card in cards if one.name in card.properties)
        rows.append([one.name, " and ".join(stages), one.meaning, claimed])
    return table(["property", "stage", "meaning", "claimed by"], rows)


def _card(card: ModelCard) -> str:
    parts = [f"## `{card.name}`\n", f"{card.summary}\n"]
    rows = [
        ["stage", card.stage],
        ["reads", ", ".join(f"`{name}`" for name in card.inputs)],
        ["draws random numbers of its own", "yes" if card.stochastic else "no"],
        ["claims", "; ".join(card.properties)],
        ["does not have", "; ".join(card.refuted)],
        ["reading", card.reading],
        ["reference", card.reference + (f", doi:{card.doi}" if card.doi else "")],
        ["checked against", card.oracle],
    ]
    parts.append(table(["", ""], rows))
    if card.assumptions:
        parts.append("Its assumptions, with the range drawn from where a dossier declares none:\n")
        parts.append(table(["assumption", "range", "makes sense", "meaning"], map(_assumption_row, card.assumptions)))
    else:
        parts.append("It has no assumptions.\n")
    return "\n".join(parts)


def _assumption_row(one: Any) -> list[str]:
    if one.choices:
        return [f"`{one.name}`", "equal shares", "weights for " + ", ".join(f"`{c}`" for c in one.choices), one.meaning]
    return [f"`{one.name}`", f"{one.mode:g} ({one.low:g} to {one.high:g})", one.domain_in_words, one.meaning]


def commands() -> dict[str, Any]:
    """Return every command that does something, by its words after ``foedus``."""
    found: dict[str, Any] = {}

    def walk(words: tuple[str, ...], command: Any) -> None:
        if hasattr(command, "commands"):
            for name, below in command.commands.items():
                walk((*words, name), below)
        else:
            found[" ".join(words)] = command

    walk((), typer.main.get_command(app))
    return found


def commands_page() -> str:
    """Return every command with its arguments and options."""
    parts = []
    for words, command in commands().items():
        parts.append(f"### `foedus {words}`\n\n{' '.join((command.help or '').split())}\n")
        rows = []
        for one in command.params:
            if one.param_type_name == "argument":
                shown = f"`{one.metavar or one.name.upper()}`"
            else:
                shown = f"`{', '.join(one.opts)}{' ' + one.metavar if one.metavar else ''}`"
            rows.append([shown, _if_left_out(one), one.help or ""])
        parts.append(table(["argument or option", "if left out", "meaning"], rows))
    return "\n".join(parts)


def _if_left_out(one: Any) -> str:
    if one.required:
        return "required"
    return "nothing" if one.default in (None, False, ()) else f"`{one.default}`"


def json_forecast() -> dict[str, Any]:
    """Return a real answer of ``foedus forecast --json --why`` with few draws."""
    import foedus  # noqa: PLC0415 - imported when first needed, as the command does
    from foedus.base.answers import as_json  # noqa: PLC0415 - slow to load, and needed only here
    from foedus.dossiers import packaged_dossiers  # noqa: PLC0415 - slow to load, and needed only here

    dossier = foedus.read_dossier(packaged_dossiers()["tokyo-office"])
    from foedus.reports.judgement import judged  # noqa: PLC0415 - slow to load, and needed only here

    answer = foedus.forecast(dossier, as_of="2023-07-10", draws=1_000)
    whole = judged(answer) | {"why": answer.why()}
    parsed: dict[str, Any] = json.loads(as_json(whole))
    return parsed


def shortened(value: Any) -> Any:
    """Return JSON with each list cut to its first two entries, and each tree to its first branch."""
    if isinstance(value, dict):
        return {
            key: [_branch(one) for one in item[:1]] if key == "children" else shortened(item)
            for key, item in value.items()
        }
    return [shortened(one) for one in value[:2]] if isinstance(value, list) else value


def _branch(tree: dict[str, Any]) -> dict[str, Any]:
    return {**tree, "children": [{**one, "children": []} for one in tree["children"][:1]]}


def json_page() -> str:
    """Return an answer of the forecast command, lists cut to two entries."""
    shown = json.dumps(shortened(json_forecast()), ensure_ascii=False, indent=2)
    return f"```json\n{shown}\n```\n"


def facts_page() -> str:
    """Return what the packaged tables hold: rows, how many are verified, and organisations."""
    world = packaged_world()
    rows = []
    for file, record in WORLD_TABLES.items():
        held: Any = getattr(world, file.removesuffix(".csv"))
        found: list[Any] = list(held.values() if isinstance(held, dict) else held)
        verified = sum(one.verified for one in found) if hasattr(record, "verified") else None
        rows.append([f"`{file}`", str(len(found)), "" if verified is None else str(verified)])
    organisations = sorted({one.organisation for one in world.memberships})
    memberships = [
        [f"`{one}`", world.name(one), str(sum(row.organisation == one for row in world.memberships))]
        for one in organisations
    ]
    measures = sorted({one.measure for one in world.quantities})
    return "\n".join(
        [
            table(["table", "rows", "verified"], rows),
            "Memberships are known of these organisations:\n",
            table(["id", "name", "rows"], memberships),
            f"Measures in `quantities.csv`: {', '.join(f'`{one}`' for one in measures)}.\n",
        ]
    )


def treaties_page() -> str:
    """Return every treaty whose law is written down, with its articles."""
    world = packaged_world()
    rows = [
        [f"`{one.id}`", world.treaties[one.treaty].title, _articles(one), ", ".join(one.aliases)]
        for one in packaged_law().treaties.values()
    ]
    return table(["id", "treaty", "articles", "also called"], sorted(rows))


def _articles(one: TreatyFile) -> str:
    found = [f"{clause.article} ({clause.kind})" for clause in one.clauses]
    return "; ".join([*found, *(f"accession: {door.reference}" for door in one.accession)]) or "no duty to act"


def coverage_page() -> str:
    """Return which treaties were looked up for each region, and which were not."""
    rows = [f"| {one.region} | {one.covered} | {one.missing} |" for one in coverage()]
    return "\n".join(["| region | written down | not looked up |", "| --- | --- | --- |", *rows]) + "\n"


def limits_page() -> str:
    """Return what the own law of states lets them do, by state, act and date."""
    rows = [
        [file.actor, f"`{act}`", str(one.start), str(one.until or ""), one.value, one.says, one.reference]
        for file in packaged_limits().values()
        for act, records in file.acts.items()
        for one in records
    ]
    return table(["state", "act", "from", "until", "open", "because", "reference"], rows)


def rules_page() -> str:
    """Return every form of a rule, and what it asks for."""
    return table(["form", "adopted when"], [[f"`{form}`", meaning] for form, meaning in FORMS.items()])


def bodies_page() -> str:
    """Return the packaged bodies with their procedures by date."""
    parts = [_body(body) for _, body in sorted(packaged_institutions().bodies.items())]
    return "\n".join(parts)


def _body(body: Body) -> str:
    called = f", also called {', '.join(body.aliases)}" if body.aliases else ""
    rows = [
        [
            f"`{procedure}`",
            str(dated.interval.start),
            str(dated.interval.end or ""),
            "abolished" if dated.rule is None else dated.rule.words(),
            "" if dated.rule is None else dated.rule.reference,
        ]
        for procedure, rules in body.procedures.items()
        for dated in rules
    ]
    return f"**`{body.id}`**: {body.name}{called}.\n\n" + table(
        ["procedure", "from", "until", "rule", "reference"], rows
    )


def cases_page() -> str:
    """Return every case on a treaty: what was asked, what the law answers, and the reference."""
    return _cases([case for case in packaged_cases() if case.record.kind in TREATIES])


def body_cases_page() -> str:
    """Return every case on a body: what was asked, what the record says, and the reference."""
    return _cases([case for case in packaged_cases() if case.record.kind in VOTES])


def _cases(cases: Sequence[SettledCase]) -> str:
    parts: list[str] = []
    for subject in dict.fromkeys(case.subject for case in cases):
        parts.append(f"### {subject}\n")
        rows = [_case_row(case) for case in cases if case.subject == subject]
        parts.append(table(["day", "case", "asked", "expected", "reference"], rows))
    return "\n".join(parts)


def _case_row(case: SettledCase) -> list[str]:
    record = case.record
    name = f"{record.name}. {record.note}" if record.note else record.name
    reference = record.reference if record.verified else f"{record.reference} (not read)"
    return [str(record.on), name, f"{record.kind}: {_words(record.input)}", _words(record.expected), reference]


def _words(values: dict[str, Any]) -> str:
    return "; ".join(f"{key.replace('_', ' ')}: {_value(value)}" for key, value in values.items())


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "nobody"
    if isinstance(value, dict) and len(value) > _MANY:
        return f"{len(value)} members, as in the file"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_value(one)}" for key, one in value.items())
    return "none" if value is None else str(value)


def system_page() -> str:
    """Return what the articles assert, with the command and the live answer of each."""
    parts = []
    for letter, title in groups().items():
        parts.append(f"## {letter}. {title}\n")
        for stop in stops():
            if stop.group == letter:
                parts.append(f"### {stop.id}\n\n{stop.says} ({stop.source})\n\n*{stop.part}*\n")
                if stop.gap:
                    parts.append(f"Not answered: {stop.gap}.\n")
                else:
                    answer = answered(stop, printed).text
                    commands = "\n".join(f"$ {command}" for command in (stop.command, stop.beside) if command)
                    parts.append(f"```text\n{commands}\n{textwrap.fill(answer, 110)}\n```\n")
    return "\n".join(parts)


def machines_page() -> str:
    """Return every packaged procedure: its states and its steps."""
    parts = []
    for machine in packaged_machines().values():
        parts.append(f"### `{machine.id}`: {machine.title}\n\n{machine.about}\n")
        states = [[f"`{state}`" + (" (start)" if state == machine.start else ""), meaning]
                  for state, meaning in machine.states.items()]  # fmt: skip
        parts.append(table(["state", "meaning"], states))
        rows = []
        for name, step in machine.steps.items():
            targets = dict.fromkeys(step.answers.values())
            if len(targets) == 1:
                leads = f"`{next(iter(targets))}`"
            else:
                leads = "; ".join(f"{answer}: `{state}`" for answer, state in step.answers.items())
            read = "" if step.verified else " (not read)"
            origin = ", ".join(f"`{state}`" for state in step.sources)
            rows.append([f"`{name}`", origin, f"`{step.decided}`", leads, step.says, step.reference + read])
        parts.append(table(["step", "from", "decided", "leads to", "what it is", "reference"], rows))
    return "\n".join(parts)


def decided_page() -> str:
    """Return how steps are decided, with what can be answered."""
    rows = [[f"`{how}`", meaning, ", ".join(f"`{one}`" for one in ANSWERS[how])] for how, meaning in HOW.items()]
    return table(["decided", "meaning", "answers"], rows)


PAGES: dict[str, Callable[[], str]] = {
    "system.md": system_page,
    "settings.md": settings_page,
    "dossier-tables.md": lambda: _tables(TABLES),
    "world-tables.md": lambda: _tables({**WORLD_TABLES, WITHDRAWN: Withdrawal}),
    "words.md": words_page,
    "kinds.md": kinds_page,
    "markings.md": markings_page,
    "evidence.md": evidence_page,
    "ranks.md": ranks_page,
    "likelihood.md": likelihood_page,
    "models.md": models_page,
    "speed-facts.md": speed.facts,
    "speed-table.md": speed.table,
    "speed-waits.md": speed.waits,
    "properties.md": properties_page,
    "commands.md": commands_page,
    "json.md": json_page,
    "facts.md": facts_page,
    "treaties.md": treaties_page,
    "coverage.md": coverage_page,
    "limits.md": limits_page,
    "cases.md": cases_page,
    "rules.md": rules_page,
    "bodies.md": bodies_page,
    "body-cases.md": body_cases_page,
    "means.md": lambda: _tables({f: r for f, r in PARTNERSHIP_TABLES.items() if f in {MEANS, DEMANDS, CONTINGENCIES}}),
    "programmes.md": lambda: _tables({PROGRAMME: PARTNERSHIP_TABLES[PROGRAMME]}),
    "forums.md": lambda: _tables({FORUMS: PARTNERSHIP_TABLES[FORUMS]}),
    "decisions.md": lambda: _tables({f"{name}.csv": record for name, record in CODED.items()}),
    "docket.md": lambda: _tables({DOCKET: Item}),
    "decided.md": decided_page,
    "machines.md": machines_page,
}
