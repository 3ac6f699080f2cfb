from __future__ import annotations

import pytest

from votewire.web.clients import client_of


@pytest.mark.parametrize(
    ("said", "proxies", "client"),
    [
        ("", 0, "203.0.113.9"),
        ("198.51.100.1", 0, "203.0.113.9"),
        ("198.51.100.1", 1, "198.51.100.1"),
        ("1.1.1.1, 198.51.100.1", 1, "198.51.100.1"),
        ("1.1.1.1, 198.51.100.1, 10.0.0.1", 2, "198.51.100.1"),
        ("198.51.100.1", 2, "203.0.113.9"),
        ("nonsense", 1, "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", 1, "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.1", 1, "198.51.100.1"),
    ],
)
def test_clients_are_who_asks(said: str, proxies: int, client: str) -> None:
    headers = [(b"x-forwarded-for", said.encode())] if said else []
    scope = {"type": "http", "client": ("203.0.113.9", 5), "headers": headers}
    assert client_of(scope, proxies) == client


def test_clients_without_an_address_are_one() -> None:
    assert client_of({"type": "http", "client": None, "headers": []}, 0) == ""
