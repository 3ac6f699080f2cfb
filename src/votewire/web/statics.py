"""The site's own files: style, scripts, fonts, and the bundle that makes charts interactive.

Each address carries a hash of the content, so a browser may keep a file for good.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Response
from starlette.exceptions import HTTPException

__all__ = ["VEGA", "add_statics", "address_of", "addresses"]

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
_VERSIONED = ".woff2"  # its name has its version, and the style names it without a mark
VEGA = "vega.js"  # made by vl-convert, which carries Vega's own code
_EXPORTS = "export { vegaEmbed as embed };"


def add_statics(app: FastAPI) -> None:
    """Adds the addresses of the files."""

    @app.get("/static/{mark}/{name}", include_in_schema=False)
    def static(mark: str, name: str) -> Response:
        if name not in _names():
            raise HTTPException(404)
        # A page of another version asks by another mark: it gets the file, and may not keep it.
        same = mark == _mark(name) or name.endswith(_VERSIONED)
        kept = _FOREVER if same else "no-cache"
        kind = _KINDS[Path(name).suffix]
        return Response(_content(name), media_type=kind, headers={"Cache-Control": kept})


@cache
def address_of(name: str) -> str:
    """Where a file is found. Raises ValueError for one that there is not."""
    if name not in _names():
        raise ValueError(f"no static file {name}")
    return f"/static/{_mark(name)}/{name}"


def addresses() -> list[str]:
    """Where all files are found."""
    return [address_of(name) for name in sorted(_names())]


@cache
def _mark(name: str) -> str:
    # To make the bundle takes a second and a half, which no page waits for: its version stands
    # for it.
    content = f"{_vega_version()} {_EXPORTS}".encode() if name == VEGA else _content(name)
    return hashlib.sha256(content).hexdigest()[:12]


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
    """Vega, Vega-Lite and vega-embed, with its interpreter of expressions, as one module.

    Made in a process of its own, because what makes it holds 60 MB ever after.
    """
    bundle = f"vl_convert.javascript_bundle({_EXPORTS!r})"
    program = f"import sys, vl_convert; sys.stdout.write({bundle})"
    made = subprocess.run(  # noqa: S603 - this interpreter, with the line above
        [sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8"
    )
    return made.stdout.encode()


def _vega_version() -> str:
    return version("vl-convert-python")
