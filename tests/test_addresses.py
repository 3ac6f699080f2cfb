from __future__ import annotations

import pytest

from votewire.addresses import is_web_address, server_in


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("https://example.org/", "example.org"),
        ("http://Votes.Example:8000/a?b#c", "votes.example:8000"),
        ("http://[::1]:8000", "[::1]:8000"),
        ("http://127.0.0.1", "127.0.0.1"),
        ("https://zeitung.müller.example/ä", "zeitung.müller.example"),
        ("https://desk@example.org/", "example.org"),
    ],
)
def test_addresses_that_are_whole(address: str, server: str) -> None:
    assert is_web_address(address)
    assert server_in(address) == server


@pytest.mark.parametrize(
    "address",
    [
        *("", "null", "example.org", "//example.org", "ftp://example.org", "javascript:x"),
        *("http://", "http:///a", "http://[::1", "http://[x", "http://[x]", "http://a]b"),
        *("https://x.org:99999999/", "https://x.org:0/", "https://x.org:y/", "http://:80/"),
        *("https://x org/", "https://x.org/a b", "https://x.org/\n", "http://a..b/", "http://a\\b"),
        *("https://" + "x" * 300 + "/", "http://<b>/", "http://?a", "http://.org"),
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    assert not is_web_address(address)
