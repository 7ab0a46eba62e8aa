"""The only door to addresses that a person has typed in: checked, and then called exactly so.

A name is looked up once, every address it has is checked, and the connection goes to a checked
address. A name that answers otherwise the next time (DNS rebinding) gains nothing by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from time import monotonic

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as TimedOut

from legevakt.lib.addresses import may_be_called, resolved
from legevakt.lib.targets import AddressRefused, Target, target_of

__all__ = ["AddressRefused", "Answer", "NotReached", "Target", "ask", "check", "post", "target_of"]

Resolver = Callable[..., list[str]]

TIMEOUT_SECONDS = 15
WHOLE_ANSWER_SECONDS = 60  # what the timeout of one read does not end: a byte at a time
ANSWER_BYTES = 4096
PIECE_BYTES = 65_536
ADDRESSES_TRIED = 3
OWN_NAME = "localhost"  # RFC 6761 6.3: this machine, with every name below it


class NotReached(Exception):
    """No answer came. `code`: `no_connection`, `certificate`, `timeout`, `connection_lost`.

    Of `ask` also `too_large`: there is more of the answer than was asked for.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotConnected(NotReached):
    """Nothing was sent yet, so another address of the same host may be tried."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's status and its whole body."""

    status: int
    body: bytes


def post(
    *,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    may_be_private: bool,
    resolve: Resolver = resolved,
) -> int:
    """Post the body and return the status of the answer; redirects are not followed.

    Raises AddressRefused or NotReached. Of the answer's own body a first piece (at most 4 KB)
    is taken off the line and thrown away.
    """
    return _sent(
        url, body, headers, read=_status, may_be_private=may_be_private, resolve=resolve
    ).status


def ask(
    *,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    most_bytes: int,
    may_be_private: bool,
    resolve: Resolver = resolved,
) -> Answer:
    """Post the body and return the whole answer, of at most `most_bytes`; no redirects.

    Raises AddressRefused or NotReached.
    """

    def whole(answer: BaseHTTPResponse) -> Answer:
        return Answer(answer.status, _whole(answer, most_bytes=most_bytes))

    return _sent(url, body, headers, read=whole, may_be_private=may_be_private, resolve=resolve)


def _sent(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    read: Callable[[BaseHTTPResponse], Answer],
    may_be_private: bool,
    resolve: Resolver,
) -> Answer:
    target = target_of(url, may_be_private=may_be_private)
    addresses = _checked(target, may_be_private=may_be_private, resolve=resolve)
    missed: NotReached = NotConnected("no_connection")
    for address in addresses[:ADDRESSES_TRIED]:
        try:
            return _posted(target, address=address, body=body, headers=headers, read=read)
        except NotConnected as error:
            missed = error
    raise missed


def check(url: str, *, may_be_private: bool, resolve: Resolver = resolved) -> None:
    """Whether the address may be called as things are now; a name not yet known may be.

    Raises AddressRefused. Every sending checks anew, for names can come to lead elsewhere.
    """
    target = target_of(url, may_be_private=may_be_private)
    name = target.host.rstrip(".").lower()
    if not may_be_private and (name == OWN_NAME or name.endswith(f".{OWN_NAME}")):
        raise AddressRefused("private_address")
    try:
        _checked(target, may_be_private=may_be_private, resolve=resolve)
    except AddressRefused as refusal:
        if refusal.code != "unknown_host":
            raise


def _checked(target: Target, *, may_be_private: bool, resolve: Resolver) -> list[str]:
    """The host's addresses. One that may not be called is reason enough to call none."""
    try:
        addresses = resolve(host=target.host, port=target.port)
    except (OSError, UnicodeError) as error:
        raise AddressRefused("unknown_host") from error
    if not addresses:
        raise AddressRefused("unknown_host")
    if not all(may_be_called(each, may_be_private=may_be_private) for each in addresses):
        raise AddressRefused("private_address")
    return addresses


def _posted(
    target: Target,
    *,
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    read: Callable[[BaseHTTPResponse], Answer],
) -> Answer:
    with closing(_pool(target, address=address)) as pool:
        try:
            answer = pool.urlopen(
                "POST",
                target.path,
                body=body,
                headers={"Host": target.host_header, **headers},
                retries=False,
                redirect=False,
                assert_same_host=False,
                preload_content=False,
            )
        except HTTPError as error:
            raise _missed(error) from error
        with closing(answer):
            return read(answer)


def _status(answer: BaseHTTPResponse) -> Answer:
    with suppress(HTTPError):  # the status is what counts
        answer.read1(ANSWER_BYTES, decode_content=False)
    return Answer(answer.status, b"")


def _whole(answer: BaseHTTPResponse, *, most_bytes: int) -> bytes:
    """The body, piece by piece, as long as there is time and room."""
    until, body = monotonic() + WHOLE_ANSWER_SECONDS, bytearray()
    try:
        while piece := answer.read1(PIECE_BYTES, decode_content=False):
            body += piece
            if len(body) > most_bytes:
                raise NotReached("too_large")
            if monotonic() > until:
                raise NotReached("timeout")
    except HTTPError as error:
        raise _missed(error) from error
    return bytes(body)


def _pool(target: Target, *, address: str) -> HTTPConnectionPool:
    """A connection to the address, with the certificate checked for the host's name."""
    timeout = Timeout(total=TIMEOUT_SECONDS)
    if target.scheme == "http":
        return HTTPConnectionPool(address, target.port, timeout=timeout)
    return HTTPSConnectionPool(
        address,
        target.port,
        timeout=timeout,
        server_hostname=target.host,
        assert_hostname=target.host,
    )


def _missed(error: HTTPError) -> NotReached:
    if isinstance(error, NewConnectionError):  # urllib3 counts it among the timeouts
        return NotConnected("no_connection")
    if isinstance(error, ConnectTimeoutError):
        return NotConnected("timeout")
    if isinstance(error, SSLError):
        return NotReached("certificate")
    return NotReached("timeout" if isinstance(error, TimedOut) else "connection_lost")
