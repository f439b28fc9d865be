"""The question with its brief, the live forecast, and its reports."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import quote, urlencode

import foedus
from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.wording import percent
from foedus.cases.case import past_by_default
from foedus.dossiers import Dossier, apply_scenario
from foedus.dossiers.changes import suppose, supposition
from foedus.dossiers.new_scenario import add_scenario
from foedus.forecasts import Forecast, find_gaps
from foedus.forecasts.quick import quick_shares
from foedus.reports.answer import (
    brief_section,
    change_section,
    members_section,
    models_section,
    objections_section,
    options_section,
    other_options_section,
    votes_section,
)
from foedus.reports.charts import members_chart
from foedus.reports.choice import choice_sections
from foedus.reports.drawing import Artist
from foedus.reports.html import SMALL, WIDE, Drawings, begun, finished
from foedus.reports.response_brief import brief_on_answers
from foedus.reports.response_charts import response_charts
from foedus.reports.sections import PAGE, Section
from foedus.reports.sliders import in_the_way
from foedus.reports.votes_chart import votes_chart
from foedus.strategy import may_answer, respond_to
from foedus.workbench.bench import Bench
from foedus.workbench.lately import changed_since
from foedus.workbench.page import Answer, Asked, Elsewhere, File, Json, Page, day_asked, needed, one
from foedus.workbench.steps import stop_at

DRAWS = 10_000
"""Of every answer of the pages: as many as the command line and the reports take, so that all say the same."""

QUICK = 2_000
"""Of the first answer to a slider, before that of all draws."""

_MOST = 40
"""Suppositions at once."""

_FORMS = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def question(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show the brief as it stands, and what is missing."""
    dossier = bench.dossier(case)
    issue = one(asked, "issue") or None
    waiting = sum(each.status == "candidate" for each in dossier.statements)
    as_of = day_asked(asked)
    sections, problem, empty, shares = _told(dossier, issue, as_of)
    values = {
        "title": dossier.title,
        "case": case,
        "dossier": dossier,
        "issue": dossier.issue(issue),
        "sections": sections,
        "problem": problem,
        "empty": empty,
        "past": past_told(dossier, issue, as_of),
        "changed": changed_since(bench.shelf, case, dossier, f"{dossier.issue(issue).id} {as_of or ''}", shares),
        "waiting": waiting,
        "gaps": find_gaps(dossier, as_of)[:12],
        "as_of": as_of,
    }
    return Page("question.html", values)


def past_told(dossier: Dossier, issue: str | None, as_of: Day | None) -> str:
    """Return that a page is about a meeting that is past, where nobody asked for that; blank otherwise."""
    try:
        told = past_by_default(dossier, dossier.issue(issue), as_of)
    except FoedusError:  # there is no meeting at all, of which the brief tells
        return ""
    return told.replace("add --as-of", "ask below for")


def _told(
    dossier: Dossier, issue: str | None, as_of: Day | None
) -> tuple[tuple[Section, ...], str, bool, dict[str, float]]:
    """Return the sections of the brief, or why there is none, whether nothing has been entered, and the shares."""
    try:
        if not dossier.issue(issue).ordered:
            from foedus.forecasts.choice import choice  # noqa: PLC0415 - few cases have no order
            from foedus.forecasts.entered import anything_entered  # noqa: PLC0415 - as above

            if not anything_entered(dossier, dossier.issue(issue).id):
                return (), "", True, {}
            made = choice(dossier, issue, as_of)
            shares = {each.label: each.probability for each in made.candidates}
            return (
                tuple(section for section in choice_sections(made) if section is not None and PAGE in section.media),
                "",
                False,
                shares,
            )
        answer = foedus.forecast(dossier, issue=issue, as_of=as_of, draws=DRAWS)
        if not answer.answered:
            return (), "", True, {}
        return (brief_section(answer),), "", False, {each.label: each.probability for each in answer.options}
    except FoedusError as error:
        return (), str(error), False, {}


def shown(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show the forecast with a slider for whoever stands in the way."""
    dossier = bench.dossier(case)
    issue = dossier.issue(one(asked, "issue") or None)
    if not issue.ordered:
        return question(bench, asked, case)
    as_of = day_asked(asked)
    with Artist() as artist:
        try:
            answer = foedus.forecast(dossier, issue=issue.id, as_of=as_of, draws=DRAWS)
        except FoedusError:  # the brief says why, and asks for a day
            return question(bench, asked, case)
        if not answer.answered:
            return question(bench, asked, case)
        charts = finished(_drawn(answer, artist))
    parts = (
        options_section(answer),
        votes_section(answer),
        objections_section(answer),
        other_options_section(answer),
        members_section(answer),
        change_section(answer),
        models_section(answer),
    )
    members = [answer.case.member(actor) for actor in in_the_way(answer)]
    stops = {each.actor: stop_at(issue.scale, each.stand.private.mode) for each in answer.case.members}
    sliders = [{"actor": each.actor, "name": each.name, "at": stops[each.actor]} for each in members]
    values = {
        "title": "Forecast",
        "case": case,
        "dossier": dossier,
        "issue": issue,
        "forecast": answer,
        "sections": [part for part in parts if part is not None],
        "charts": charts,
        "sliders": sliders,
        "scenarios": _known_scenarios(bench, case, dossier, issue.id, as_of),
        "others": may_answer(dossier, issue),
        "members": sorted((each.name, each.actor, stops[each.actor]) for each in answer.case.members),
        "shares": shares_of(answer),
        "past": past_told(dossier, issue.id, as_of),
        "as_of": as_of,
    }
    return Page("forecast.html", values)


def _drawn(answer: Forecast, artist: Artist) -> Drawings:
    """Return the charts of the page's sections; the options stand above as bars that move."""
    charts = {"members": (members_chart(answer, WIDE), members_chart(answer, SMALL))}
    wide, narrow = votes_chart(answer, WIDE), votes_chart(answer, SMALL)
    if wide is not None and narrow is not None:
        charts["votes"] = (wide, narrow)
    return {name: (wide, artist.draw(wide), artist.draw(narrow)) for name, (wide, narrow) in charts.items()}


def others(bench: Bench, asked: Asked, case: str) -> Answer:
    """Show how others answer what is forecast, with charts; the page of the forecast takes it in when it is there."""
    dossier = bench.dossier(case)
    issue, as_of = dossier.issue(one(asked, "issue") or None), day_asked(asked)
    if not may_answer(dossier, issue):
        raise FoedusError(f"response.yaml does not say who may answer {issue.id!r}")
    with Artist() as artist:
        answered = respond_to(foedus.forecast(dossier, issue=issue.id, as_of=as_of, draws=DRAWS))
        if answered is None:
            raise FoedusError("there is no forecast on that day that anybody could answer")
        charts = finished(begun(response_charts(answered), artist))
    values = {"title": "How others answer", "case": case, "dossier": dossier, "issue": issue, "as_of": as_of}
    sections = [each for each in brief_on_answers(answered) if PAGE in each.media]
    return Page("others.html", {**values, "sections": sections, "charts": charts})


def shares_of(answer: Forecast) -> list[dict[str, object]]:
    """Return the options with their probabilities, for the live view."""
    return [{"label": each.label, "probability": round(each.probability, 6)} for each in answer.options]


def supposed(bench: Bench, asked: Asked, case: str) -> Answer:
    """Answer what the forecast would be with some positions set otherwise; nothing is written."""
    dossier = bench.dossier_at_hand(case)
    issue = dossier.issue(one(asked, "issue") or None).id
    try:
        wanted = _wanted(asked)
        named = one(asked, "scenario")
        if named:
            chances = of_scenario(bench, case, dossier, issue, day_asked(asked), named)
        else:
            draws = QUICK if one(asked, "quick") else DRAWS
            chances = quick_shares(suppose(dossier, wanted, issue), issue, day_asked(asked), draws)
    except FoedusError as error:
        return Json({"words": str(error)}, 422)
    shares = [
        {"label": label, "probability": round(share, 6), "words": percent(share)} for label, share in chances.items()
    ]
    return Json({"shares": shares, "likeliest": max(chances, key=lambda label: chances[label]), "set": wanted})


def of_scenario(
    bench: Bench, case: str, dossier: Dossier, issue: str, as_of: Day | None, named: str
) -> dict[str, float]:
    """Return what a scenario comes to: kept beside the files, and worked out again once any input has changed."""
    question, inputs = _kept_as(issue, as_of, named), inputs_of(dossier)
    shares = bench.shelf.result(case, question, inputs)
    if shares is None:
        shares = quick_shares(apply_scenario(dossier, named), issue, as_of, DRAWS)
        bench.shelf.keep_result(case, question, inputs, shares)
    return shares


def _kept_as(issue: str, as_of: Day | None, scenario: str) -> str:
    return f"{issue} {as_of or ''} {scenario} {DRAWS} draws"


def inputs_of(dossier: Dossier) -> str:
    """Return one hash of all that an answer rests on, and of the version that gives it."""
    return f"{foedus.__version__} {dossier.inputs_sha256}"


def _known_scenarios(
    bench: Bench, case: str, dossier: Dossier, issue: str, as_of: Day | None
) -> list[dict[str, object]]:
    """Return the scenarios, each with what is likeliest in it where that was worked out for these inputs."""
    rows: list[dict[str, object]] = []
    for each in dossier.settings.scenarios:
        shares = bench.shelf.result(case, _kept_as(issue, as_of, each.id), inputs_of(dossier))
        best = max(shares, key=lambda label: shares[label]) if shares else ""
        told = f"{best} {percent(shares[best])}" if shares else ""
        rows.append({"id": each.id, "title": each.title, "note": each.note, "told": told})
    return rows


def _wanted(asked: Asked) -> list[str]:
    return [str(each) for each in asked.get("set", [])][:_MOST]


def kept(bench: Bench, asked: Asked, case: str) -> Answer:
    """Save what is supposed as a scenario of the dossier."""
    folder, issue = bench.folder(case), one(asked, "issue")
    with bench.changing(case, "scenario saved"):
        dossier = bench.dossier(case)
        changes = [supposition(dossier, words, issue or None) for words in _wanted(asked)]
        add_scenario(folder, needed(asked, "name", "a name"), changes)
    return Elsewhere(f"/c/{quote(case)}/forecast?{urlencode({'issue': issue, 'as_of': one(asked, 'as_of')})}")


def report(bench: Bench, asked: Asked, case: str, form: str) -> Answer:
    """Hand out the brief as a page, in Word, or as PDF."""
    if form not in _FORMS:
        raise FoedusError(f"{form!r}: a report is html, docx or pdf")
    dossier = bench.dossier(case)
    issue = dossier.issue(one(asked, "issue") or None)
    with tempfile.TemporaryDirectory(prefix="foedus-report-") as home:
        path = Path(home) / f"brief.{form}"
        if issue.ordered:
            answer = foedus.forecast(dossier, issue=issue.id, as_of=day_asked(asked))
            if not answer.answered:
                raise FoedusError(
                    "nothing has been entered yet, so there is no brief; the Question page says what to do"
                )
            foedus.save_report(answer, path, by=bench.by)
        else:
            from foedus.forecasts.choice import choice  # noqa: PLC0415 - only who asks for a forecast pays for it
            from foedus.reports.choice import save_choice  # noqa: PLC0415 - only who asks for a forecast pays for it

            save_choice(choice(dossier, issue.id, day_asked(asked)), path, by=bench.by)
        return as_file(path, f"{case}.{form}", _FORMS[form], save=form != "html")


def as_file(path: Path, name: str, kind: str, *, save: bool = False) -> File:
    """Return a file; a page of a report says in itself what it may do, which is nothing but show itself."""
    data = path.read_bytes()
    allowed = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; sandbox "
    allowed += "allow-scripts"
    return File(name, kind, data, save, allowed if kind.startswith("text/html") else "")
