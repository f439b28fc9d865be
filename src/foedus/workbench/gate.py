"""Who is let in: this machine, by the address that was opened, from the workbench's own pages."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "foedus"
LARGEST_UPLOAD = 64 * 2**20
"""Bytes of one request."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Gate:
    """Lets in whoever has the key, by the right host and from the workbench's own pages.

    Parameters
    ----------
    app
        What is behind it.
    key
        The secret of this run. Whoever opens the address with ``?key=`` gets it as a cookie that no other site's page
        can send and no script can read.
    hosts
        Names by which it may be reached, with the port: any other is a name that somebody has pointed here.
    """

    def __init__(self, app: ASGIApp, key: str, hosts: tuple[str, ...]) -> None:
        self._app, self._key, self._hosts = app, key, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = self._refusal(scope) or self._welcome(scope)
        if answer is not None:
            await answer(scope, receive, _guarded(send))
            return
        await self._app(scope, _measured(receive), _guarded(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts:
            return PlainTextResponse("The workbench answers to its own address only.", 421)
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc not in self._hosts:
            return PlainTextResponse("The request came from another page; the workbench answers only its own.", 403)
        if scope["method"] not in ("GET", "HEAD") and headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return PlainTextResponse("The request came from another page; the workbench answers only its own.", 403)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST_UPLOAD:
            return PlainTextResponse(f"At most {LARGEST_UPLOAD // 2**20} MB at once.", 413)
        return None

    def _welcome(self, scope: Scope) -> Response | None:
        """Return a cookie for whoever has the key in the address, None for whoever has the cookie, else a refusal."""
        given = parse_qs(scope["query_string"].decode("latin-1"))
        if "key" in given and scope["method"] == "GET":
            if not hmac.compare_digest(given.pop("key")[0].encode(), self._key.encode()):
                return PlainTextResponse(
                    "This address is from an earlier run; open the one that foedus serve prints.", 403
                )
            rest = urlencode(given, doseq=True)
            answer = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(COOKIE, self._key, httponly=True, samesite="strict", path="/")
            return answer
        cookie = Request(scope).cookies.get(COOKIE, "")
        if not hmac.compare_digest(cookie.encode(), self._key.encode()):
            return PlainTextResponse("Open the address that foedus serve prints: it holds the key.", 403)
        return None


def new_key() -> str:
    """Return a key for one run."""
    return secrets.token_urlsafe(24)


def mark_of(key: str) -> str:
    """Return what forms carry to show that the workbench made them; it tells nothing of the key."""
    return hmac.new(key.encode(), b"form", hashlib.sha256).hexdigest()[:32]


def is_ours(mark: str, key: str) -> bool:
    """Tell whether a form was made by the workbench."""
    return hmac.compare_digest(mark.encode(), mark_of(key).encode())


def _measured(receive: Receive) -> Callable[[], Awaitable[Message]]:
    """Stop a body that is longer than it said."""
    taken = 0

    async def measured() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_UPLOAD:
            return {"type": "http.disconnect"}
        return message

    return measured


def _guarded(send: Send) -> Send:
    """Add to every answer what a browser is told to allow."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            known = {name for name, _ in message["headers"]}
            more = [
                (b"x-content-type-options", b"nosniff"),
                (b"referrer-policy", b"same-origin"),
                (b"cache-control", b"no-store"),
                (b"cross-origin-opener-policy", b"same-origin"),
            ]
            if b"content-security-policy" not in known:
                more.append((b"content-security-policy", POLICY.encode()))
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return guarded
