"""The site's own files: style, scripts, fonts, and the bundle that makes charts interactive.

Each address carries a hash of the content, so a browser may keep a file for good.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi import FastAPI, Response
from starlette.exceptions import HTTPException

__all__ = ["add_statics", "address_of"]

_FOLDER = Path(__file__).parent / "static"
_FOREVER = "public, max-age=31536000, immutable"
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
}
VEGA = "vega.js"  # made by vl-convert, which carries Vega's own code


def add_statics(app: FastAPI) -> None:
    """Adds the addresses of the files."""

    @app.get("/static/{mark}/{name}", include_in_schema=False)
    def static(mark: str, name: str) -> Response:  # noqa: ARG001
        content = _content(name) if name in _names() else None
        if content is None:
            raise HTTPException(404)
        kind = _KINDS[Path(name).suffix]
        return Response(content, media_type=kind, headers={"Cache-Control": _FOREVER})


@cache
def address_of(name: str) -> str:
    """Where a file is found. Raises ValueError for one that there is not."""
    if name not in _names():
        raise ValueError(f"no static file {name}")
    mark = hashlib.sha256(_content(name)).hexdigest()[:12]
    return f"/static/{mark}/{name}"


@cache
def _names() -> frozenset[str]:
    files = {path.name for path in _FOLDER.iterdir() if path.suffix in _KINDS}
    return frozenset(files | {VEGA})


@cache
def _content(name: str) -> bytes:
    if name == VEGA:
        return _vega()
    return (_FOLDER / name).read_bytes()


def _vega() -> bytes:
    """Vega, Vega-Lite and vega-embed as one module that exports `embed`."""
    import vl_convert

    bundle: str = vl_convert.javascript_bundle("export { vegaEmbed as embed };")
    return bundle.encode()
