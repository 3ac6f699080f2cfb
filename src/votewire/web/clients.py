"""Who asks: the address that requests are counted by."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

__all__ = ["client_of"]


def client_of(scope: Scope, proxies: int) -> str:
    """The address that asks: of the connection, or what so many trusted proxies say of it.

    Each proxy adds at the end of X-Forwarded-For whom it answers, so that the entry as far from the
    end as there are proxies is theirs, and all before it is anybody's word. Addresses of one IPv6
    network of 64 bits count as one.
    """
    peer = scope.get("client")
    found = peer[0] if peer else ""
    if proxies:
        said = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
        found = said[-proxies].strip() if len(said) >= proxies else found
    try:
        address = ip_address(found.strip("[]"))
    except ValueError:
        return peer[0] if peer else ""
    if not isinstance(address, IPv6Address):
        return str(address)
    within = address.ipv4_mapped or ip_network((address, 64), strict=False)
    return str(within)
