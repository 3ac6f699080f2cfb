"""One site over the shipped record, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra `web` is not installed")

from fastapi import FastAPI
from pytest_socket import disable_socket, enable_socket
from starlette.testclient import TestClient

from tests.web import browsing
from votewire.config import Settings
from votewire.web import create_app


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Blocks the network; an event loop wakes itself over a pair of local sockets."""
    disable_socket(allow_unix_socket=True)
    yield
    enable_socket()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder: Path = tmp_path_factory.mktemp("site")
    return create_app(Settings(data_dir=folder, checks_per_minute=0, seconds_per_minute=0))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The system's browser, without a window.

    Of a module, not of the session: while Playwright is open its event loop runs in this thread,
    and the tests of other modules run loops of their own.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    sync_api.expect.set_options(timeout=browsing.PATIENCE)
    path = browsing.browser_path()
    enable_socket()  # its loop wakes itself over local sockets
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(browsing.FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site in a process of its own."""
    browsing.browser_path()  # nobody else asks for it
    enable_socket()
    with browsing.served(tmp_path_factory.mktemp("served"), browsing.free_port()) as address:
        yield address


@pytest.fixture
def tab(browser: Any, site: str) -> Iterator[Any]:
    """A tab at the site; what went wrong in it fails the test when it ends."""
    with browsing.opened(browser, site, viewport={"width": 1440, "height": 900}) as opened:
        watch = browsing.Watch(opened, site)
        yield opened
    assert watch.wrong == []
