import doctest

import pytest

from legevakt.lib import spreadsheets


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(spreadsheets).failed == 0


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_would_be_calculated_becomes_text(start):
    assert spreadsheets.harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["", "116117", "a=b", "Os"])
def test_other_text_stays_as_it_is(cell):
    assert spreadsheets.harmless(cell) == cell
