"""Which network addresses the server may call when a person has named the receiver."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

# IANA's 6to4 and Teredo carry an IPv4 address inside; `is_global` does not look into it.
CARRIERS = ("ipv4_mapped", "sixtofour", "teredo")


def resolved(*, host: str, port: int) -> list[str]:
    """The addresses of a host as the system's resolver gives them, in its order of preference.

    The resolver also reads `127.1`, `2130706433` and `0x7f000001` as 127.0.0.1, so what is
    checked must be its answer and never the text. Raises OSError.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def may_be_called(address: str, *, may_be_private: bool) -> bool:
    """Whether the address is of a host out on the internet; or, if that may be, of a private one.

    Never one of no single host (multicast, reserved, unspecified), and never a link-local one:
    there the clouds keep their secrets.

    >>> may_be_called("1.1.1.1", may_be_private=False)
    True
    >>> may_be_called("10.0.0.1", may_be_private=False), may_be_called("::1", may_be_private=False)
    (False, False)
    >>> may_be_called("169.254.169.254", may_be_private=True)
    False
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if _is_of_no_host(ip) or any(getattr(ip, carrier, None) for carrier in CARRIERS):
        return False
    return may_be_private or _is_public(ip)


def _is_of_no_host(ip: IPv4Address | IPv6Address) -> bool:
    if ip.is_loopback:  # ::1 lies in a range that is reserved otherwise
        return False
    return ip.is_link_local or ip.is_multicast or ip.is_reserved or ip.is_unspecified


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    is_site_local = isinstance(ip, IPv6Address) and ip.is_site_local
    return ip.is_global and not is_site_local
