"""What is drawn once a run is never compared with itself."""

import pytest

from legevakt.lib.pdf import process
from tests.drawing import DrawnOnce


@pytest.fixture
def drawn():
    numbers = iter(range(100))
    return DrawnOnce(lambda job, limit: next(numbers))


def test_a_later_test_looks_at_what_an_earlier_one_drew(drawn):
    first = drawn(b"a", 1)
    drawn.begin_test()
    assert drawn(b"a", 1) == first
    assert drawn(b"b", 1) != first


def test_a_test_that_draws_twice_has_it_drawn_anew(drawn):
    first = drawn(b"a", 1)
    assert drawn(b"a", 1) != first
    drawn.begin_test()
    second = drawn(b"a", 1)
    assert drawn(b"a", 1) != second


def test_of_the_drawing_itself_nothing_is_kept(drawn):
    first = drawn(b"a", 1)
    drawn.forget()
    drawn.begin_test()
    assert drawn(b"a", 1) != first


def test_the_tests_draw_through_it():
    assert isinstance(process.drawn, DrawnOnce)
