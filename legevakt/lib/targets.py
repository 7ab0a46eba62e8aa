"""An address that a person has typed in, taken apart and refused where it is suspicious."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORTS = {"https": 443, "http": 80}
FIRST_FREE_PORT = 1024  # below it, the web's own ports aside, mail and other services listen
HOST_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,252}[a-z0-9_])?\.?")


class AddressRefused(Exception):
    """The address may not be called.

    `code`: `bad_address`, `userinfo`, `not_https`, `port`, `unknown_host`, `private_address`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Target:
    """An address in its parts; `host` is in ASCII, without the brackets of IPv6."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The host as the request names it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == DEFAULT_PORTS[self.scheme] else f"{name}:{self.port}"


def target_of(url: str, *, may_be_private: bool) -> Target:
    """The address in its parts. Raises AddressRefused; looks nothing up.

    http is for a receiver in the same network only. A name and password in the address would
    end in logs, and hide what the host is. Ports are the web's own and those from 1024 up.

    >>> target_of("https://example.org/in?a=1", may_be_private=False)
    Target(scheme='https', host='example.org', port=443, path='/in?a=1')
    """
    parts = _split(url)
    port = _port(parts)
    if parts.scheme == "http" and not may_be_private:
        raise AddressRefused("not_https")
    if "@" in parts.netloc:
        raise AddressRefused("userinfo")
    if port not in DEFAULT_PORTS.values() and port < FIRST_FREE_PORT:
        raise AddressRefused("port")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=parts.scheme, host=_host(parts), port=port, path=path)


def _split(url: str) -> SplitResult:
    if any(mark.isspace() or not mark.isprintable() for mark in url):
        raise AddressRefused("bad_address")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise AddressRefused("bad_address") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise AddressRefused("bad_address")
    return parts


def _port(parts: SplitResult) -> int:
    try:
        port = parts.port
    except ValueError as error:
        raise AddressRefused("bad_address") from error
    return DEFAULT_PORTS[parts.scheme] if port is None else port


def _host(parts: SplitResult) -> str:
    """The host in ASCII: an address of IPv6, or a name (IPv4 is read by the resolver)."""
    name = parts.hostname or ""
    try:
        if ":" in name:
            return str(IPv6Address(name))
        name = name.encode("idna").decode()
    except ValueError as error:  # UnicodeError is one too
        raise AddressRefused("bad_address") from error
    if not HOST_NAME.fullmatch(name):
        raise AddressRefused("bad_address")
    return name
