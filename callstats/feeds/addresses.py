"""Where a request comes from, and whether a token may come from there."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> Address | None:
    """The address of whoever asks; None where nobody trustworthy tells it.

    Behind a proxy only the last address of X-Forwarded-For is the proxy's own word; those
    before it are the client's, who may write anything. Without a proxy the header is nobody's.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2]
    try:
        address = ip_address(told.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_within(address: Address | None, *, networks: Iterable[str]) -> bool:
    """Whether the address lies in one of the networks (CIDR)."""
    return address is not None and any(address in ip_network(n, strict=False) for n in networks)
