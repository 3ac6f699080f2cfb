"""A site in a process of its own, asked over loopback from more than one address.

What is asserted is who is answered, not how soon: bench/hostile.py measures that.
"""

from __future__ import annotations

import http.client
import json
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from pytest_socket import enable_socket

from tests.many.test_worker import COMMENTS, HANGS
from tests.web.browsing import free_port, served

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="asks from 127.0.0.2, which only Linux has without being told"
)
PATIENT = 120.0  # seconds; a limit of failure alone
RUDE, HONEST = "127.0.0.1", "127.0.0.2"
TRUE = b"China abstained on A/RES/ES-11/7.\n"
PLAIN = {"Content-Type": "text/plain"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site that hangs on comments, as one did, and gives a page up after two seconds."""
    enable_socket()
    folder = tmp_path_factory.mktemp("served")
    (folder / "hangs.py").write_text(HANGS, encoding="utf-8")
    program = (str(folder / "hangs.py"),)
    with served(folder, free_port(), program=program, VOTEWIRE_PAGE_SECONDS="2") as address:
        yield address


@pytest.fixture(autouse=True)
def _loopback() -> None:
    enable_socket()


def connected(site: str, source: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(
        urlsplit(site).netloc, timeout=PATIENT, source_address=(source, 0)
    )


def get(site: str, path: str, source: str = HONEST) -> int:
    connection = connected(site, source)
    connection.request("GET", path, headers={"Accept": "text/html"})
    status = connection.getresponse().status
    connection.close()
    return status


def check(site: str, page: bytes, source: str = HONEST) -> tuple[int, dict[str, object]]:
    connection = connected(site, source)
    connection.request("POST", "/check.json", page, PLAIN)
    answer = connection.getresponse()
    found = answer.status, json.loads(answer.read())
    connection.close()
    return found


def raw(site: str, request: bytes) -> bytes:
    """All that comes back until the server ends the connection."""
    parts = urlsplit(site)
    with socket.create_connection((parts.hostname, parts.port), timeout=PATIENT) as opened:
        opened.sendall(request)
        return b"".join(iter(lambda: opened.recv(65536), b""))


def test_served_page_that_hangs_is_given_up_and_nobody_else_waits(site: str) -> None:
    with ThreadPoolExecutor(3) as rude:
        hanging = [rude.submit(check, site, COMMENTS, RUDE) for _ in range(3)]
        assert get(site, "/") == 200
        assert check(site, TRUE)[0] == 200
        assert get(site, "/votes/A/RES/ES-11/7") == 200
        found = [each.result() for each in hanging]
    # Those that waited longer than one waits for a turn may have been sent away.
    assert {status for status, _ in found} <= {422, 503}
    told = next(body for status, body in found if status == 422)
    assert "more than the 2 seconds that a check may take" in str(told["detail"])
    assert check(site, TRUE, RUDE)[0] == 200


def test_served_slow_bodies_of_one_address_keep_no_other_out(site: str) -> None:
    half = b"POST /check.json HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
    parts = urlsplit(site)
    with ExitStack() as open_ones:
        for _ in range(20):
            slow = open_ones.enter_context(
                socket.create_connection((parts.hostname, parts.port), timeout=PATIENT)
            )
            slow.sendall(half)
        assert check(site, TRUE)[0] == 200
        assert get(site, "/check/none") == 404
        assert get(site, "/") == 200


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        b"content-length: 5\r\ntransfer-encoding: CHUNKED\r\n",
    ],
)
def test_served_request_of_two_lengths_is_refused_and_nothing_after_it_answered(
    site: str, headers: bytes
) -> None:
    begun = b"POST /check.json HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n" + headers
    after = b"GET /methods HTTP/1.1\r\nHost: x\r\n\r\n"
    told = raw(site, begun + b"\r\n0\r\n\r\n" + after)
    assert told.startswith(b"HTTP/1.1 400 ")
    assert b"connection: close" in told.lower()
    assert told.count(b"HTTP/1.1 ") == 1


def test_served_site_ends_with_its_processes_and_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setenv("TMPDIR", str(passing))
    with served(tmp_path, free_port()) as address:
        assert check(address, TRUE)[0] == 200
        with urlopen(f"{address}/data/quarantine.csv") as answer:
            assert answer.status == 200
        assert list(passing.glob("votewire-*"))
        (server,) = (
            path
            for path in Path("/proc").glob("[0-9]*")
            if str(urlsplit(address).port).encode() in _read(path / "cmdline").split(b"\0")
        )
        # A child is listed with the thread that started it.
        children = b" ".join(map(_read, server.glob("task/*/children"))).decode().split()
        assert len(children) >= 2
    until = time.monotonic() + PATIENT
    while left := [pid for pid in children if _read(Path("/proc", pid, "cmdline"))]:
        assert time.monotonic() < until, left
        time.sleep(0.05)
    assert list(passing.iterdir()) == []


def test_served_site_ends_whoever_is_still_reading(tmp_path: Path) -> None:
    with ExitStack() as opened, served(tmp_path, free_port()) as address:
        parts = urlsplit(address)
        for _ in range(3):
            reader = opened.enter_context(
                socket.create_connection((parts.hostname, parts.port), timeout=PATIENT)
            )
            reader.sendall(b"GET /data/casts.csv HTTP/1.1\r\nHost: x\r\n\r\n")
            assert reader.recv(1)
        # It has ended: `served` waits for that, and fails where it does not come.


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
