"""Every kind of address that leads into a network of ours."""

import doctest
import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legevakt.lib import addresses
from legevakt.lib.addresses import may_be_called, resolved

PUBLIC = ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "2001:700:100:2::1"]
PRIVATE = ["10.0.0.1", "172.16.0.1", "192.168.1.1", "127.0.0.1", "127.9.9.9", "::1", "fd00::1"]
SHARED_AND_SPECIAL = ["100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.1"]
NEVER = [
    str(ipaddress.IPv4Address(0)),
    "169.254.169.254",
    "fe80::1",
    "fe80::1%eth0",
    "224.0.0.1",
    "239.255.255.250",
    "ff02::1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:1.1.1.1",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "receiver.example",
    "2130706433",
    "",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_host_on_the_internet_may_be_called(address):
    assert may_be_called(address, may_be_private=False)
    assert may_be_called(address, may_be_private=True)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_host_only_where_that_is_allowed(address):
    assert not may_be_called(address, may_be_private=False)
    assert may_be_called(address, may_be_private=True)


@pytest.mark.parametrize("address", SHARED_AND_SPECIAL)
def test_what_is_not_on_the_internet_may_not_be_called(address):
    assert not may_be_called(address, may_be_private=False)


@pytest.mark.parametrize("address", NEVER)
def test_some_may_never_be_called(address):
    assert not may_be_called(address, may_be_private=False)
    assert not may_be_called(address, may_be_private=True)


@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_no_address_of_the_registered_private_networks_passes(number):
    """The obvious way: IANA's networks as a list."""
    ip = ipaddress.ip_address(number)
    networks = ["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"]
    networks += ["172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3"]
    inside = any(ip in ipaddress.ip_network(each) for each in networks)
    assert not (inside and may_be_called(str(ip), may_be_private=False))


@pytest.mark.parametrize("network", ["10.0.0.0/8", "127.0.0.0/8", "192.168.0.0/16", "224.0.0.0/4"])
def test_nothing_in_the_midst_of_a_private_network_passes(network):
    hosts = ipaddress.ip_network(network)
    for position in range(0, hosts.num_addresses, hosts.num_addresses // 199):
        assert not may_be_called(str(hosts[position]), may_be_private=False), hosts[position]


@pytest.mark.parametrize("written", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1"])
def test_odd_spellings_of_this_machine_are_seen_through(written):
    assert resolved(host=written, port=443) == ["127.0.0.1"]


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(addresses).failed == 0
