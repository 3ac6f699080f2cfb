"""What every answer carries so that a browser runs and loads nothing but the site's own files."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["EMBEDDED", "Guarded"]

EMBEDDED = "x-votewire-embedded"  # an answer that may stand in another site's frame says so
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors {frames}"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


_REFUSED = PlainTextResponse(
    "The request says in two ways how long it is: give Content-Length or Transfer-Encoding.\n",
    400,
    {"Connection": "close", "Cache-Control": "no-store"},
)


class Guarded:
    """ASGI middleware that adds the headers of safety to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""

        headers = list(scope.get("headers", ()))
        # The host that a request names is anybody's word: nothing of the site is made from it. It
        # tells a page of the site from one of another, by what the browser says of both.
        told = [pair for pair in headers if pair[0].lower() != b"host"]
        host = next((value for name, value in headers if name.lower() == b"host"), b"")
        state = {**scope.get("state", {}), "host": host.decode("latin-1")}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                embedded = EMBEDDED in headers
                del headers[EMBEDDED]
                headers["Content-Security-Policy"] = _POLICY.format(
                    frames="*" if embedded else "'none'"
                )
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if "location" in headers:
                    headers["Location"] = _on_site(headers["location"])
                message = dict(message, headers=headers.raw)
            await send(message)

        if scope["type"] == "http" and _lengths(headers) > 1:
            await _REFUSED(scope, receive, guarded)
        elif scope["type"] == "http":
            await self._app(dict(scope, headers=told, state=state), receive, guarded)
        else:
            await self._app(scope, receive, send)


def _lengths(headers: list[tuple[bytes, bytes]]) -> int:
    """In how many ways a request says where it ends; with two, servers may take one each."""
    return sum(name.lower() in (b"content-length", b"transfer-encoding") for name, _ in headers)


def _on_site(location: str) -> str:
    """A redirect's target without a host: it stays on the site."""
    parts = urlsplit(location)
    if not parts.netloc and not location.startswith(("//", "/\\")):
        return location
    return urlunsplit(("", "", "/" + parts.path.lstrip("/\\"), parts.query, ""))
