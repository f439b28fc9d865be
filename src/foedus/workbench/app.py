"""The pages of the workbench, each with an address of its own."""

from __future__ import annotations

import functools
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from foedus.base.errors import FoedusError
from foedus.reports.html import asset, environment
from foedus.workbench import (
    cases,
    documents,
    drafts,
    facts,
    forecasts,
    games,
    journals,
    positions,
    queue,
    searching,
    systems,
)
from foedus.workbench.bench import Bench
from foedus.workbench.gate import Gate, is_ours, mark_of
from foedus.workbench.page import Answer, Elsewhere, File, Json, Page, Refused
from foedus.workbench.steps import step_of, stop_at

_HERE = Path(__file__).parent
_log = logging.getLogger(__name__)

GET: tuple[tuple[str, Callable[..., Answer]], ...] = (
    ("/", cases.listed),
    ("/facts", facts.shown),
    ("/c/{case}", forecasts.question),
    ("/c/{case}/documents", documents.listed),
    ("/c/{case}/documents/{source}", documents.shown),
    ("/c/{case}/reading", documents.progress),
    ("/c/{case}/search", searching.found),
    ("/c/{case}/draft", drafts.told),
    ("/c/{case}/queue", queue.listed),
    ("/c/{case}/positions", positions.listed),
    ("/c/{case}/positions/{actor}", positions.shown),
    ("/c/{case}/forecast", forecasts.shown),
    ("/c/{case}/others", forecasts.others),
    ("/c/{case}/supposed", forecasts.supposed),
    ("/c/{case}/report.{form}", forecasts.report),
    ("/c/{case}/system", systems.shown),
    ("/c/{case}/replay.html", systems.saved),
    ("/c/{case}/game", games.played),
    ("/c/{case}/game.jsonl", games.record),
    ("/c/{case}/facts", facts.shown),
    ("/c/{case}/journal", journals.listed),
)
POST: tuple[tuple[str, Callable[..., Answer]], ...] = (
    ("/cases", cases.made),
    ("/examples", cases.copied),
    ("/c/{case}/documents", documents.taken),
    ("/c/{case}/statements", queue.entered),
    ("/c/{case}/statements/{id}", queue.decided),
    ("/c/{case}/undo", journals.undone),
    ("/c/{case}/docket", systems.docket_made),
    ("/c/{case}/outcome", systems.outcome_told),
    ("/c/{case}/draft", drafts.kept),
    ("/c/{case}/scenarios", forecasts.kept),
    ("/c/{case}/positions/{actor}", positions.set_one),
)
"""What is answered, by address: a function of the bench, the places in the address, and what was asked."""


def application(bench: Bench, key: str, hosts: tuple[str, ...]) -> ASGIApp:
    """Return the workbench as an application of the web.

    Parameters
    ----------
    bench
        The dossiers.
    key, hosts
        As `foedus.workbench.gate.Gate` takes them.
    """
    routes = [Route(path, _handler(bench, key, answer, posts=False), methods=["GET"]) for path, answer in GET]
    routes += [Route(path, _handler(bench, key, answer, posts=True), methods=["POST"]) for path, answer in POST]
    routes.append(Route("/favicon.ico", lambda _: Response(status_code=204)))
    inside = Starlette(routes=[*routes, Mount("/static", StaticFiles(directory=_HERE / "static"))])
    return Gate(inside, key, hosts)


def _handler(
    bench: Bench, key: str, answer: Callable[..., Answer], *, posts: bool
) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        places = {name: str(value) for name, value in request.path_params.items()}
        asked: dict[str, Any] = {name: request.query_params.getlist(name) for name in request.query_params}
        if posts:
            async with request.form(max_files=1000, max_fields=1000, max_part_size=8 * 2**20) as form:
                if not is_ours(str(form.get("mark", "")), key):
                    return _as_response(Refused("This page is from an earlier run; reload it.", 403), key)
                asked = {name: form.getlist(name) for name in form}
                return await _answered(answer, bench, places, asked, key)
        return await _answered(answer, bench, places, asked, key)

    return handle


async def _answered(
    answer: Callable[..., Answer], bench: Bench, places: dict[str, str], asked: dict[str, Any], key: str
) -> Response:
    try:
        response = await run_in_threadpool(answer, bench, asked, **places)
        if isinstance(response, Elsewhere):
            await run_in_threadpool(drafts.sent, bench, asked, **places)
        return await run_in_threadpool(_as_response, response, key)
    except FoedusError as error:
        response = Refused(str(error), 422)
    except Exception as error:  # whatever it is, the page says so and the workbench goes on
        _log.exception("internal error")
        response = Refused(f"internal error, please report it: {type(error).__name__}: {error}", 500)
    return await run_in_threadpool(_as_response, response, key)


def _as_response(answer: Answer, key: str) -> Response:
    match answer:
        case Json():
            return JSONResponse(answer.data, answer.status)
        case Elsewhere():
            return Response(status_code=303, headers={"location": answer.path})
        case File():
            headers = {"content-disposition": f'{"attachment" if answer.save else "inline"}; filename="{answer.name}"'}
            if answer.policy:
                headers["content-security-policy"] = answer.policy
            return Response(answer.data, media_type=answer.kind, headers=headers)
        case Refused():
            page = Page("refused.html", {"words": answer.words, "title": "Not done"})
            return HTMLResponse(_rendered(page, key), answer.status)
        case Page():
            return HTMLResponse(_rendered(answer, key), answer.status)
    raise TypeError(f"{type(answer).__name__} is no answer")


def _rendered(page: Page, key: str) -> str:
    css = Markup(asset("page.css"))
    return _templates().get_template(page.template).render(**page.values, mark=mark_of(key), css=css)


@functools.cache
def _templates() -> jinja2.Environment:
    """Return the templates of reports, with those of the workbench beside them."""
    templates = environment().overlay(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(_HERE / "templates"), environment().loader])  # type: ignore[list-item]
    )
    templates.filters = {**templates.filters, "step": step_of, "stop": stop_at}
    return templates
