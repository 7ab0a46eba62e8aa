"""The wheel in numbers."""

from datetime import date, timedelta
from itertools import pairwise
from math import cos, hypot, pi

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from municipalities.meetings.year_wheel.geometry import (
    GAP,
    RINGS,
    SHAPES,
    WHOLE,
    Point,
    angle_of,
    corners,
    point,
    sectors,
    spread,
)
from municipalities.meetings.year_wheel.models import EventCategory

RADIUS = 100.0
LEAST = GAP / RADIUS
FITTING = int(WHOLE / LEAST)
angles_of_a_year = st.lists(st.floats(0, WHOLE, exclude_max=True), max_size=FITTING)


def between(first, second):
    """How far two angles are apart, the shortest way around."""
    apart = abs(first - second) % WHOLE
    return min(apart, WHOLE - apart)


@pytest.mark.parametrize(
    ("day", "of_the_year"),
    [
        (date(2025, 1, 1), 0),
        (date(2025, 7, 2), 182 / 365),
        (date(2024, 2, 29), 59 / 366),
        (date(2025, 3, 1), 59 / 365),
        (date(2024, 12, 31), 365 / 366),
    ],
)
def test_a_day_has_its_part_of_the_circle_in_leap_years_too(day, of_the_year):
    assert angle_of(day) == pytest.approx(2 * pi * of_the_year)


def test_the_year_goes_clockwise_from_the_top():
    assert point(0, 100) == Point(0.0, -100.0)
    assert point(pi / 2, 100) == Point(100.0, 0.0)
    assert point(pi, 100) == Point(0.0, 100.0)


def test_months_follow_upon_each_other_and_close_the_circle():
    found = sectors(2024)

    ends = [_numbers(each.path.split("L")[0].rsplit(" ", 2)[-2:]) for each in found]
    begins = [_numbers(each.path[1:].split("A")[0].split()) for each in found]
    assert ends == begins[1:] + begins[:1]
    assert [each.month for each in found] == list(range(1, 13))


def test_no_months_name_stands_on_its_head():
    for each in sectors(2025):
        assert cos(each.rotation * pi / 180) >= 0


def test_categories_differ_by_shape_and_each_has_a_ring():
    shapes = {corners(code) for code in EventCategory.values}

    assert len(shapes) == len(EventCategory.values)
    assert set(RINGS) == set(SHAPES) == set(EventCategory.values)


@given(angles_of_a_year)
@example([0.0, 0.0, WHOLE - 0.001])
@example([angle_of(date(2025, 11, 30))] * FITTING)
def test_no_two_marks_overlap(angles):
    found = spread(angles, radius=RADIUS)

    assert len(found) == len(angles)
    for place, first in enumerate(found):
        for second in found[place + 1 :]:
            assert between(first, second) >= LEAST - 1e-9


@given(angles_of_a_year)
def test_marks_keep_their_order_around_the_circle(angles):
    found = spread(angles, radius=RADIUS)

    before = sorted(range(len(angles)), key=lambda n: angles[n])
    after = sorted(before, key=lambda n: found[n] % WHOLE)
    if angles:
        turn = after.index(before[0])
        around = after[turn:] + after[:turn]
        assert sorted(angles[n] for n in around) == [angles[n] for n in around] or len(
            set(angles)
        ) < len(angles)


@given(angles_of_a_year)
def test_marks_are_moved_no_farther_than_by_pushing_each_on(angles):
    """The slow second way: from the first, each is pushed on as far as it must."""
    found = spread(angles, radius=RADIUS)
    pushed = sorted(angles)
    for place in range(1, len(pushed)):
        pushed[place] = max(pushed[place], pushed[place - 1] + LEAST)

    moved = sum((new - old) ** 2 for new, old in zip(pushed, sorted(angles), strict=True))
    if pushed and pushed[-1] - pushed[0] <= WHOLE - LEAST:
        assert sum(between(*each) ** 2 for each in zip(found, angles, strict=True)) <= moved + 1e-6


def test_marks_with_room_stay_on_their_days():
    days = [angle_of(date(2025, 1, 1) + timedelta(days=40 * n)) for n in range(9)]

    assert spread(days, radius=RADIUS) == pytest.approx(days)


def test_two_on_a_day_give_way_to_either_side():
    first, second = spread([1.0, 1.0], radius=RADIUS)

    assert sorted((first, second)) == pytest.approx([1 - LEAST / 2, 1 + LEAST / 2])


def test_a_ring_that_is_too_full_is_shared_evenly():
    found = sorted(each % WHOLE for each in spread([0.5] * (FITTING + 5), radius=RADIUS))

    steps = [after - before for before, after in pairwise(found)]
    assert steps == pytest.approx([WHOLE / (FITTING + 5)] * len(steps))


@pytest.mark.parametrize("category", EventCategory.values)
def test_shapes_of_neighbouring_rings_do_not_reach_each_other(category):
    places = [map(float, each.split(",")) for each in corners(category).split()]

    assert all(hypot(*each) <= 13.0 for each in places)


def _numbers(written: list[str]) -> list[float]:
    return [float(each) for each in written]
