"""Codes, texts and codings of programs for qualitative analysis, by the REFI-QDA standard, in and out.

Such a program codes a span of a text; a statement has an actor, a claim and a stance as well. In what Foedus writes,
codes under ``actors``, ``claims`` and ``stance`` say these, and a case for each statement holds its other columns. Of
another program's project a mapping says which codes, cases or texts name them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from foedus.base.characters import cleaned, harmless
from foedus.base.days import parse_day
from foedus.base.errors import FoedusError, Problems, refuse
from foedus.base.locks import one_writer
from foedus.base.tables import columns_of, render_cell
from foedus.base.wording import counted
from foedus.coding.deciding import NOBODY, Who
from foedus.coding.exchange import add_source, offer_text
from foedus.coding.offered import offer_to, span_in, take_over
from foedus.coding.offers import NOTHING_MEANT, Imported, Meant, Offer
from foedus.coding.rows import update_table
from foedus.dossiers.dossier import Dossier
from foedus.dossiers.proposing import slug
from foedus.dossiers.records import Concept
from foedus.dossiers.texts import stored_document
from foedus.evidence import NOT_STATED, Source, Statement
from foedus.evidence.guard import check_statement
from foedus.evidence.readers import document_of
from foedus.evidence.refi import (
    ORIGIN,
    QdaCase,
    QdaCode,
    QdaProject,
    QdaSelection,
    QdaSource,
    guid,
    qdc,
    qdpx,
    read_qdc,
    read_qdpx,
)

ROOTS = {"actor": "actors", "concept": "claims", "stance": "stance"}
"""Codes under which Foedus puts actors, claims and stances."""

STANCES = {1: "for", 0: "neither", -1: "against"}

MAPPED = (*ROOTS, "said_on")
"""What a mapping may name."""

_TEXT = "text in the dossier"
_IN_CODES = ("actor", "concept", "stance", "coder", "rule", "status")


@dataclass(slots=True)
class _Key:
    """What the codes of a project are: names by id, and which name actors, claims and stances."""

    names: dict[str, str] = field(default_factory=dict)
    under: dict[str, set[str]] = field(default_factory=dict)

    def of(self, kind: str, codes: Iterable[str]) -> list[str]:
        return [self.names[code] for code in codes if code in self.under.get(kind, ())]


@one_writer
def import_qdpx(
    folder: Path,
    path: Path,
    who: Who = NOBODY,
    *,
    mapping: Mapping[str, str] | None = None,
    meant: Meant = NOTHING_MEANT,
    name: str = "",
) -> Imported:
    """Import the codings of a REFI-QDA project as candidates, or correct those of before.

    Parameters
    ----------
    folder
        The dossier's.
    path
        The ``.qdpx`` file.
    who
        For the journal.
    mapping
        By ``actor``, ``concept`` and ``stance`` the code under which the project has such codes; by ``said_on`` the
        variable that holds the day, or a day. Without a mapping each code is a claim.
    meant
        What its names mean. An actor is named by a code that is mapped so, by a case, by a code that ``meant`` names,
        or else by the text itself; a stance by a code that is mapped so, or by the code that is the claim.
    name
        Under which the project is known when it comes again.

    Raises
    ------
    InputError
        When the project cannot be read, has no such code or no coded passage; nothing is written then.
    """
    project = read_qdpx(path)
    if not project.problems and not any(text.selections for text in project.sources):
        codes = sum(1 for root in project.codes for _ in root.all())
        raise refuse(
            path.name,
            f"expected at least one coded passage of a text; there are {counted(len(project.sources), 'text')} and "
            f"{counted(codes, 'code')} in it, which its program can export as a code book, .qdc",
        )
    key = _key(project, mapping or {}, meant, path.name)
    offer = offer_to(folder, path, name)
    offer.placed, offer.others = True, project.others
    offer.problems.extend(project.problems)
    cases = {target: case for case in project.cases for target in (*case.sources, *case.selections)}
    here: list[str] = []
    for text in project.sources:
        if text.selections:
            here += _offer_text(offer, project, key, text, cases, (mapping or {}).get("said_on", ""))
    done = take_over(offer, who, meant)
    return replace(done, present=(*done.present, *here))


def _key(project: QdaProject, mapping: Mapping[str, str], meant: Meant, file: str) -> _Key:
    codes = [qda_code for root in project.codes for qda_code in root.all()]
    names = [code.name for code in codes]
    problems = Problems(file)
    roots = dict(ROOTS) if project.origin == ORIGIN else {}
    for kind, wanted in mapping.items():
        if kind not in MAPPED:
            problems.add(f"one of {', '.join(MAPPED)}", where="--map", value=kind)
        elif kind in ROOTS and wanted not in names:
            shown = ", ".join(repr(code.name) for code in project.codes[:12])
            problems.add(f"a code of the project, such as {shown}", where="--map", field=kind, value=wanted)
    problems.raise_if_any()
    roots |= {kind: wanted for kind, wanted in mapping.items() if kind in ROOTS}
    key = _Key()
    for root in project.codes:
        for parent, qda_code in _with_parents(root, ""):
            twice = names.count(qda_code.name) > 1 and parent
            key.names[qda_code.guid] = f"{parent}: {qda_code.name}" if twice else qda_code.name
    for kind, wanted in roots.items():
        key.under[kind] = {
            code.guid for root in codes if root.name == wanted for code in root.all() if code is not root
        }
    named = {code.guid for code in codes if code.name in meant.actors or key.names[code.guid] in meant.actors}
    key.under["actor"] = key.under.get("actor", set()) | named
    if "concept" not in roots:
        key.under["concept"] = set(key.names) - key.under["actor"] - key.under.get("stance", set())
    return key


def _with_parents(code: QdaCode, parent: str) -> Iterator[tuple[str, QdaCode]]:
    yield parent, code
    for qda_code in code.inside:
        yield from _with_parents(qda_code, code.name)


def _offer_text(
    offer: Offer,
    project: QdaProject,
    key: _Key,
    text: QdaSource,
    cases: Mapping[str, QdaCase],
    day: str,
) -> list[str]:
    """Offer what a text is coded as; return the ids of statements that went out from this dossier and are in it."""
    here, values = [], dict(text.values)
    said = _day_of(text, values, cases.get(text.guid), day)
    source = _source(offer, text, values, said)
    for selection in text.selections:
        where = f"selection {selection.name or selection.guid} of {text.name}"
        codes = [code for _, code, _ in selection.codings]
        case = cases.get(selection.guid) or cases.get(text.guid)
        more = dict(case.values) if case and selection.guid in case.selections else {}
        if project.origin == ORIGIN and _is_here(offer, more):
            here.append(more["id"])
            continue
        actors = key.of("actor", codes) or [case.name if case and project.origin != ORIGIN else text.name]
        sides = key.of("stance", codes)
        try:
            if values.get(_TEXT) == "no":
                place, quote, whole = more.get("passage", "p1"), more.get("quote", ""), True
            else:
                place, quote, whole = span_in(offer_text(offer, source), text.text, selection.start, selection.end)
        except FoedusError as error:
            offer.problems.add(str(error), where=where)
            continue
        for id_, code, user in selection.codings:
            if code not in key.under["concept"]:
                continue
            for actor in actors:
                offer.rows.append(
                    (
                        where,
                        {
                            **{name: words for name, words in more.items() if name not in _IN_CODES},
                            "id": more.get("id") or (id_ if len(actors) == 1 else f"{id_}\n{actor}"),
                            "source": source.id,
                            "passage": place,
                            "quote": quote,
                            "actor": actor,
                            "concept": key.names[code],
                            "stance": sides[0] if sides else key.names[code],
                            "said_on": more.get("said_on") or said,
                            "coder": project.users.get(user or selection.user, "")[:100],
                            "cut": "" if whole else "yes",
                        },
                    )
                )
    return here


def _is_here(offer: Offer, values: Mapping[str, str]) -> bool:
    """Return whether the dossier has a statement already that went out from it."""
    own = values.get("id"), values.get("source"), values.get("passage"), values.get("quote", "")
    return any(
        (statement.id, statement.source, statement.passage, statement.quote) == own
        for statement in offer.dossier.statements
    )


def _day_of(text: QdaSource, values: Mapping[str, str], case: QdaCase | None, day: str) -> str:
    """Return the day of a text: by a variable of it or of its case, as it was given, or as the text itself says."""
    told = values.get(day) or (dict(case.values).get(day) if case else "") or values.get("known", "")
    if told:
        return told[:10]
    try:
        return parse_day(day).isoformat()
    except ValueError:
        pass
    try:
        read = document_of("text.txt", text.text.encode("utf-8", "replace"))
    except ValueError:
        return ""
    return read.published.isoformat() if read.published else ""


def _source(offer: Offer, text: QdaSource, values: Mapping[str, str], said: str) -> Source:
    """Return the dossier's source for a text, or offer it as a new one."""
    own = {column.name: values[column.name] for column in columns_of(Source) if values.get(column.name)}
    here = offer.dossier.sources.get(own.get("id", ""))
    if here is not None and (values.get(_TEXT) == "no" or here.sha256 == own.get("sha256")):
        offer.texts[here.id] = stored_document(offer.dossier.folder, here)
        return here
    known = parse_day(said) if said else None
    title = harmless(" ".join(cleaned(own.get("title", text.name)).split()))[:500] or NOT_STATED
    described = {
        "title": title,
        "author": own.get("author", ""),
        "outlet": own.get("outlet", NOT_STATED),
        "published": parse_day(own["published"]) if own.get("published") else None,
        "known": known or parse_day("1900-01-01"),
        "marking": own.get("marking", "public"),
    }
    key = own.get("id") or slug(Path(text.name).stem, longest=24)
    if values.get(_TEXT) == "no":
        id_ = f"{offer.name}-{key}"
        offer.sources[id_] = Source(id=id_, **described)  # type: ignore[arg-type]
        offer.texts[id_] = None
        return offer.sources[id_]
    return add_source(offer, key, text.text, described)


@one_writer
def import_qdc(folder: Path, path: Path) -> Imported:
    """Import a REFI-QDA code book: each codable code becomes a claim that bears on no issue yet.

    Raises
    ------
    InputError
        When the file cannot be read; nothing is written then.
    """
    codes = [
        qda_code for root in read_qdc(path) for qda_code in root.all() if qda_code.codable and qda_code.name.strip()
    ]
    if not codes:
        raise refuse(path.name, "expected at least one code that has a name and is codable")
    offer = offer_to(folder, path)
    known = {concept.id: concept for concept in offer.dossier.concepts}
    texts = {concept.text.casefold() for concept in known.values()}
    new: list[Concept] = []
    for code in codes:
        words = harmless(" ".join(cleaned(code.description or code.name).split()))[:500]
        if {code.name.casefold(), words.casefold()} & {*texts, *(id_.casefold() for id_ in known)}:
            continue
        new.append(Concept(id=slug(code.name, {*known, *(other.id for other in new)}), text=words))
        texts |= {code.name.casefold(), words.casefold()}
    if new:
        update_table(folder / "concepts.csv", Concept, known, [*known.values(), *new])
    return Imported(None, (), tuple(concept.id for concept in new), (), {})


def export_qdc(dossier: Dossier) -> bytes:
    """Return a dossier's claims as a REFI-QDA code book."""
    return qdc(_claims(dossier, None))


def export_qdpx(dossier: Dossier, status: str = "accepted") -> tuple[bytes, int]:
    """Return a dossier's statements as a REFI-QDA project, and how many there are.

    Of a source without a text in the dossier the project holds the quotes or paraphrases, one a line.

    Parameters
    ----------
    dossier
        What its limit of marking hides is not in it.
    status
        Which statements: ``accepted``, ``candidate`` or ``rejected``.

    Raises
    ------
    FoedusError
        When there is none.
    """
    chosen = [statement for statement in dossier.statements if statement.status == status]
    if not chosen:
        raise refuse("statements.csv", f"at least one statement with status {status}")
    actors = dict.fromkeys(statement.actor for statement in chosen)
    named = [QdaCode(guid("actor", actor), dossier.world.name(actor), description=actor) for actor in actors]
    sides = [QdaCode(guid("stance", stance), stance) for stance in STANCES.values()]
    codes = (
        QdaCode(guid("root", "actors"), ROOTS["actor"], codable=False, inside=tuple(named)),
        QdaCode(guid("root", "claims"), ROOTS["concept"], False, inside=_claims(dossier, {o.concept for o in chosen})),
        QdaCode(guid("root", "stance"), ROOTS["stance"], codable=False, inside=tuple(sides)),
    )
    users = {guid("user", statement.coder): statement.coder for statement in chosen if statement.coder}
    sources = [
        _text_of(dossier, id_, [statement for statement in chosen if statement.source == id_])
        for id_ in dossier.sources
    ]
    columns = [column for column in columns_of(Statement) if column.name not in _IN_CODES]
    cases = tuple(
        QdaCase(
            guid("case", statement.id),
            statement.id,
            tuple((column.name, words) for column in columns if (words := render_cell(statement, column))),
            selections=(guid("selection", statement.id),),
        )
        for statement in chosen
    )
    kept = tuple(source for source in sources if source.selections)
    return qdpx(QdaProject(dossier.title, ORIGIN, users, codes, kept, cases)), len(chosen)


def _claims(dossier: Dossier, used: Collection[str] | None) -> tuple[QdaCode, ...]:
    texts = {concept.id: concept.text for concept in dossier.concepts}
    return tuple(
        QdaCode(guid("claim", id_), text, description=text)
        for id_, text in texts.items()
        if used is None or id_ in used
    )


def _text_of(dossier: Dossier, id_: str, statements: list[Statement]) -> QdaSource:
    """Return a source as a text with its statements as selections."""
    source = dossier.sources[id_]
    document = stored_document(dossier.folder, source) if statements else None
    lines = [" ".join((statement.quote or statement.paraphrase or statement.id).split()) for statement in statements]
    text = document.text if document else "\n".join(lines) + "\n"
    selections, at = [], 0
    for statement, line in zip(statements, lines, strict=True):
        start, end = at, at + len(line)
        at = end + 1
        if document is not None:
            evidence = check_statement(statement, document)
            start, end = evidence.start, evidence.end
        coder = guid("user", statement.coder) if statement.coder else ""
        codes = (
            guid("actor", statement.actor),
            guid("claim", statement.concept),
            guid("stance", STANCES[statement.stance]),
        )
        codings = tuple((guid("coding", f"{statement.id}:{code}"), code, coder) for code in codes)
        selections.append(QdaSelection(guid("selection", statement.id), statement.id, start, end, coder, codings))
    values = [(column.name, words) for column in columns_of(Source) if (words := render_cell(source, column))]
    values.append((_TEXT, "yes" if document else "no"))
    return QdaSource(guid("source", id_), source.title, text, tuple(selections), tuple(values))
