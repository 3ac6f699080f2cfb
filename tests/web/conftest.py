"""One site over the shipped record, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the extra `web` is not installed")

from fastapi import FastAPI
from pytest_socket import disable_socket, enable_socket
from starlette.testclient import TestClient

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
    return create_app(Settings(data_dir=folder))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as made:
        yield made
