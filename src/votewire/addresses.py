"""Addresses of the web, as people type them, pages hold them and browsers send them."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urlsplit

__all__ = ["is_web_address", "server_in"]

_NAME = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?")
_LONGEST_NAME = 253  # characters, RFC 1035


def is_web_address(address: str) -> bool:
    """Whether it is a whole address of the web, such as https://example.org/."""
    return server_in(address) is not None and " " not in address and address.isprintable()


def server_in(address: str) -> str | None:
    """Host and port of an address of the web, in small letters; None where it is none."""
    try:
        parts = urlsplit(address)
        named = _is_host(parts) and (parts.port is None or parts.port > 0)
    except ValueError:  # a bracket alone, letters for a port, a port of six figures
        return None
    whole = address.startswith(("http://", "https://")) and named
    return parts.netloc.rpartition("@")[2].lower() if whole else None


def _is_host(parts: SplitResult) -> bool:
    """Whether what stands for a host is a name or a number. Raises ValueError for no IPv6."""
    host = parts.hostname or ""
    if "[" in parts.netloc:
        return bool(IPv6Address(host))
    return len(host) <= _LONGEST_NAME and _NAME.fullmatch(host) is not None
