"""Queues without a number are named, and callers' numbers among them are not."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstats.feeds import lines
from callstats.feeds.lines import UnmappedQueues, named, with_lines
from tests.factories.callstats import call, calls_frame
from tests.factories.municipalities import PublicNumberFactory

OWN = {"56349000", "116117"}


@pytest.mark.parametrize(
    ("queue", "shown"),
    [
        ("91234567", "91…7 (8)"),
        ("912 34 567", "91…7 (10)"),
        ("912\u00a034\u00a0567", "91…7 (10)"),
        ("caller 91234567", "caller 91… (8)"),
        ("+4791234567", "+4… (11)"),
        ("lv_56 91234567", "lv_56… (11)"),
        ("56349000 91234567", "56… (17)"),
        ("56349000", "56349000"),
        ("56 34 90 00", "56 34 90 00"),
        ("+47 56 34 90 00", "+47 56 34 90 00"),
        ("56349000, +4756349000, 91234567", "56349000, +4756349000, 91… (8)"),
        ("0047 56349000", "0047 56349000"),
        ("LV 56349000", "LV 56349000"),
        ("116117", "116117"),
        ("lv_116117", "lv_116117"),
        ("1001", "1001"),
    ],
)
def test_a_number_is_shown_only_if_it_is_the_central_s_own(queue, shown):
    assert named(queue, known=OWN) == shown


@given(
    number=st.integers(20_000_000, 99_999_999), around=st.sampled_from(["%s", "fra %s", "+47%s"])
)
def test_no_unknown_number_is_shown_whole(number, around):
    assert str(number) not in named(around % number)
    assert named(around % number, known={str(number)}) == around % number


def test_the_dialled_number_that_must_be_mapped_is_named_and_the_caller_s_is_not(source):
    PublicNumberFactory(central=source.central, line_class="lokal8", number="56 34 90 00")
    rows = [call("a", queue="56349000"), call("b", queue="91234567"), call("c", queue="ny")]
    with pytest.raises(UnmappedQueues) as refusal:
        with_lines(calls=calls_frame(*rows), source=source)
    assert refusal.value.params == {"queues": ["56349000", "91…7 (8)", "ny"], "count": 3}


def test_numbers_of_another_central_are_not_known(source):
    PublicNumberFactory(number="56349000")
    assert "56349000" not in lines.own_numbers(source)


def test_the_examples_in_the_code_are_true():
    assert doctest.testmod(lines).failed == 0
