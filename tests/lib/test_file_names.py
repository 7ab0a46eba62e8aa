"""File names that may be broken between their parts, and nowhere else."""

from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from legevakt.lib.file_names import breakable


def test_a_break_is_allowed_between_the_parts_and_before_the_ending():
    assert breakable("hdo-rapport_2025.csv") == "hdo-<wbr>rapport_<wbr>2025<wbr>.csv"


@given(st.text())
def test_nothing_of_the_name_is_lost_or_left_unescaped(name):
    assert breakable(name).replace("<wbr>", "") == escape(name)
