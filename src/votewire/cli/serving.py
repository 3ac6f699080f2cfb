"""`votewire serve`: the site, on this machine or for others."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Annotated

import typer

from votewire.addresses import is_web_address
from votewire.cli.output import RecordPath
from votewire.cli.terminal import tell
from votewire.errors import MissingExtra, UsageError

__all__ = ["register"]

_PARTING = 10  # seconds in which who is being answered may read to the end, when the site ends

Host = Annotated[str, typer.Option("--host", help="Address to listen on; 0.0.0.0 for others.")]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes that answer.")]
Url = Annotated[
    str | None,
    typer.Option("--url", help="Address at which people reach it, for links that are shared."),
]


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = 1,
    url: Url = None,
    record: RecordPath = None,
) -> None:
    """Open the site: votes, states, positions, and the checking of articles, in a browser."""
    try:
        import fastapi  # noqa: F401
        import uvicorn
    except ModuleNotFoundError:
        raise MissingExtra("serve", extra="web") from None
    if url is not None and not is_web_address(url):
        raise UsageError(
            f"--url {url[:60]!r}: give a whole address, such as https://votes.example.org."
        )
    _check_start(host, port, record)
    # Each process makes its own application and reads these.
    here = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    os.environ["VOTEWIRE_URL"] = url or os.environ.get("VOTEWIRE_URL") or here
    if record is not None:
        os.environ["VOTEWIRE_RECORD"] = str(record)
    tell(f"votewire: {here} (Ctrl-C stops it)")
    uvicorn.run(
        "votewire.web:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_PARTING,
        proxy_headers=False,  # whom a proxy answers is believed where VOTEWIRE_PROXIES says so
    )


def _check_start(host: str, port: int, record: Path | None) -> None:
    """Raises UsageError where nothing can listen there, and what opening the record raises.

    Beforehand, since a process that fails at its start is started anew, again and again.
    """
    from votewire.config import load
    from votewire.pipeline import open_with_layer

    open_with_layer(load(record=record))
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(
            f"{host}:{port}: nothing can be served there ({why}). Give another --port or --host."
        ) from None


def register(app: typer.Typer) -> None:
    """Adds the command of this file to the app."""
    app.command("serve", epilog="Example: votewire serve --port 8000")(serve)
