"""Numbers as people read them."""

import pytest

from legevakt.lib import words


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("116117", "116 117"),
        ("56340000", "56 34 00 00"),
        ("lokal8", "lokal8"),
        ("02800", "02800"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_grouped_as_it_is_said(number, told):
    assert words.phone_number(number) == told
