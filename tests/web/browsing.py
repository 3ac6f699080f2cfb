"""A site in a process of its own, and the system's browser to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
# Nothing takes nearly so long: on a machine that does much else, only a wait that is in vain ends.
PATIENCE = 60_000  # milliseconds
_STARTS = PATIENCE / 1000


def browser_path() -> str:
    """Where the system's browser is; skips where there is none, but in CI, which installs it."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        why = f"no browser: none of {', '.join(BROWSERS)} is installed"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    return found


@contextmanager
def opened(browser: Any, site: str, **given: Any) -> Iterator[Any]:
    """A tab at the site, in a context of its own that waits as long as any may."""
    context = browser.new_context(base_url=site, **given)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@contextmanager
def served(
    folder: Path, port: int, *, program: tuple[str, ...] = ("-m", "votewire"), **settings: str
) -> Iterator[str]:
    """The address of a site that is served until the block ends.

    program: what Python is given to run. settings: of the environment, beside limits that are off.
    """
    command = [sys.executable, *program, "serve", "--port", str(port)]
    unlimited = {"VOTEWIRE_CHECKS_PER_MINUTE": "0", "VOTEWIRE_SECONDS_PER_MINUTE": "0"}
    environment = {**os.environ, **unlimited, **settings, "VOTEWIRE_DATA_DIR": str(folder)}
    log = folder / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
        try:
            _await(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=_STARTS)


def free_port() -> int:
    """A port of this machine that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + _STARTS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"the server did not start: {log.read_text()[-2000:]}")


class Watch:
    """What went wrong in a tab: words in its console, errors of scripts, requests to others."""

    def __init__(self, tab: Any, site: str) -> None:
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self._site = site
        tab.on("console", self._said)
        tab.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        tab.on("request", self._requested)

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"console: {message.text}")

    def _requested(self, request: Any) -> None:
        self.asked.append(request.url)
        if not request.url.startswith((self._site, "data:", "blob:")):
            self.wrong.append(f"request to another host: {request.url}")
