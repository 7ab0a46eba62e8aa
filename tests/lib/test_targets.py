"""Addresses as people type them, and as those who mean harm do."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legevakt.lib import targets
from legevakt.lib.targets import AddressRefused, target_of

REFUSED = {
    "": "bad_address",
    "receiver.example/hooks": "bad_address",
    "ftp://receiver.example/": "bad_address",
    "file:///etc/passwd": "bad_address",
    "gopher://receiver.example/": "bad_address",
    "https://": "bad_address",
    "https:///hooks": "bad_address",
    "https://receiver.example:99999/": "bad_address",
    "https://receiver.example:x/": "bad_address",
    "https://[::1/": "bad_address",
    "https://[fe80::1%25eth0": "bad_address",
    "https://recei ver.example/": "bad_address",
    "https://receiver.example/a b": "bad_address",
    "https://receiver.example/\r\nX-Evil: 1": "bad_address",
    "https://evil.example\\.receiver.example/": "bad_address",
    "https://receiver..example/": "bad_address",
    "https://-receiver.example/": "bad_address",
    "https://user@receiver.example/": "userinfo",
    "https://user:word@receiver.example/": "userinfo",
    "https://receiver.example\\@127.0.0.1/": "userinfo",
    "https://@receiver.example/": "userinfo",
    "http://receiver.example/": "not_https",
    "https://receiver.example:25/": "port",
    "https://receiver.example:22/": "port",
    "https://receiver.example:0/": "port",
    "https://receiver.example:1023/": "port",
}


@pytest.mark.parametrize(("url", "code"), REFUSED.items())
def test_a_suspicious_address_is_refused_with_its_reason(url, code):
    with pytest.raises(AddressRefused) as refused:
        target_of(url, may_be_private=False)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("url", "host", "port", "path", "header"),
    [
        ("https://receiver.example", "receiver.example", 443, "/", "receiver.example"),
        ("HTTPS://Receiver.Example/In", "receiver.example", 443, "/In", "receiver.example"),
        ("https://r.example:8443/a?b=c#d", "r.example", 8443, "/a?b=c", "r.example:8443"),
        ("https://blåbær.example/", "xn--blbr-roah.example", 443, "/", "xn--blbr-roah.example"),
        ("https://[2606:4700::1]:8443/", "2606:4700::1", 8443, "/", "[2606:4700::1]:8443"),
        ("https://1.1.1.1/", "1.1.1.1", 443, "/", "1.1.1.1"),
        ("https://receiver.example:80/", "receiver.example", 80, "/", "receiver.example:80"),
    ],
)
def test_an_address_is_taken_apart(url, host, port, path, header):
    target = target_of(url, may_be_private=False)
    assert (target.host, target.port, target.path) == (host, port, path)
    assert target.host_header == header


def test_http_is_for_a_receiver_in_the_same_network():
    target = target_of("http://10.0.0.5/hooks", may_be_private=True)
    assert (target.scheme, target.port, target.host_header) == ("http", 80, "10.0.0.5")


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_taken_apart_or_refused(text, may_be_private):
    for url in (text, "https://" + text, "https://receiver.example" + text):
        try:
            target = target_of(url, may_be_private=may_be_private)
        except AddressRefused:
            continue
        assert target.host.isascii()
        assert target.path.startswith("/")


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(targets).failed == 0
