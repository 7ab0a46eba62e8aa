"""Percentages, and that nothing hidden can be found from what is shown."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from municipalities.quality.absence import rules
from municipalities.quality.absence.rules import Hidden, UnitFigures, shown

STEP = Decimal("0.01")


def unit(name="A", employees=40, certified=110, own=30, short=50, agreed=None, split=True):
    """A unit with so many lost days; `own` are self-certified."""
    lost = Decimal(certified + own)
    return UnitFigures(
        unit=name,
        employees=employees,
        agreed=Decimal(agreed or employees * 50),
        certified=Decimal(certified),
        self_certified=Decimal(own),
        short=Decimal(short) if split else None,
        long=lost - Decimal(short) if split else None,
    )


def told(units):
    found = shown(units)
    return [each.hidden for each in found.units], found.together.hidden


@st.composite
def units(draw):
    """Quarters of one to five units, many of them small, and many without any absence."""
    found = []
    for place in range(draw(st.integers(1, 5))):
        employees = draw(st.sampled_from([1, 2, 3, 4, 5, 8, 19, 20, 35, 60]))
        days = st.sampled_from([0, 0, 1, 7, 20])
        certified, own = draw(days), draw(days)
        short = draw(st.integers(0, certified + own))
        found.append(unit(str(place), employees, certified, own, short, agreed=employees * 50))
    return found


def test_percentages_of_the_unit_that_the_factory_makes():
    found = shown([unit()]).units[0]

    shares = (found.total, found.certified, found.self_certified, found.short, found.long)
    assert [str(each) for each in shares] == ["7.0", "5.5", "1.5", "2.5", "4.5"]


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_percentage_is_the_nearest_tenth(part, whole):
    part, whole = Decimal(part) / 100, Decimal(whole) / 100

    found = rules.percent_of(part, whole)

    off = Fraction(found) - Fraction(part) * 100 / Fraction(whole)
    assert -Fraction(1, 20) < off <= Fraction(1, 20)


def test_one_small_unit_takes_the_next_with_it_and_the_sum_stays():
    three = [unit("A", 40), unit("B", 12), unit("C", 3)]

    assert told(three) == ([None, Hidden.PROTECTS, Hidden.SMALL], None)


def test_where_all_are_hidden_and_few_the_sum_is_hidden_too():
    assert told([unit("A", 3)]) == ([Hidden.SMALL], Hidden.PROTECTS)
    assert told([unit("A", 2), unit("B", 2)]) == ([Hidden.SMALL] * 2, Hidden.PROTECTS)


def test_two_small_units_of_five_hide_one_another():
    assert told([unit("A", 40), unit("B", 3), unit("C", 4)])[0] == [None] + [Hidden.SMALL] * 2


def test_small_units_without_absence_do_not_show_that_by_the_sum():
    healthy = [unit("B", 3, 0, 0, 0), unit("C", 4, 0, 0, 0)]

    hidden, of_sum = told([unit("A", 40), *healthy])

    assert hidden == [None, Hidden.SMALL, Hidden.SMALL]
    assert of_sum is Hidden.PROTECTS


@pytest.mark.parametrize(("employees", "is_shown"), [(4, False), (5, True)])
def test_the_limit_itself_is_shown(employees, is_shown):
    assert (shown([unit("A", employees), unit("B", 40)]).units[0].hidden is None) == is_shown


@pytest.mark.parametrize(("employees", "is_shown"), [(19, False), (20, True)])
def test_the_limit_of_the_split_itself_is_shown(employees, is_shown):
    found = shown([unit("A", employees), unit("B", 40)]).units[0]

    assert found.total is not None
    assert (found.short is not None) == is_shown


def test_without_a_split_of_every_unit_the_sum_has_none():
    found = shown([unit("A", 40), unit("B", 40, split=False)])

    assert (found.together.short, found.together.split_hidden) == (None, None)
    assert found.units[0].short is not None


@given(units())
@settings(max_examples=300)
def test_a_hidden_unit_shows_no_figure(quarter):
    for found, given_unit in zip(shown(quarter).units, quarter, strict=True):
        if given_unit.employees < rules.LEAST_SHOWN:
            assert found.hidden
        if given_unit.employees < rules.LEAST_SPLIT:
            assert (found.short, found.long) == (None, None)
        if found.hidden:
            shares = (found.total, found.certified, found.self_certified, found.short, found.long)
            assert set(shares) == {None}


@given(units())
@settings(max_examples=300)
def test_another_absence_of_a_hidden_unit_would_look_the_same(quarter):
    """The slow way: for each hidden unit there is a quarter that shows the very same, and in
    which the unit lost other days."""
    found = shown(quarter)

    for place, each in enumerate(found.units):
        if each.hidden:
            assert any(shown(other) == found for other in other_days(quarter, place))


@given(units())
@settings(max_examples=300)
def test_another_split_of_a_hidden_unit_would_look_the_same(quarter):
    found = shown(quarter)

    for place, each in enumerate(found.units):
        if each.split_hidden and not each.hidden and quarter[place].lost:
            short = quarter[place].short
            assert any(
                shown(other) == found and other[place].short != short
                for other in other_splits(quarter, place)
            )


def other_days(quarter, place):
    """The quarter with a hundredth of a day more or less in the place, alone or from another."""
    for kind in ("certified", "self_certified"):
        for length in ("short", "long"):
            for step in (STEP, -STEP):
                changed = moved(quarter, place, kind, length, step)
                yield from [changed] if changed else []
                for other in range(len(quarter)):
                    both = changed and other != place and moved(changed, other, kind, length, -step)
                    yield from [both] if both else []


def other_splits(quarter, place):
    """The quarter with a hundredth of a day moved between short and long, of one or of two; and
    the one in which every split that is hidden is the other way round."""
    hidden = [each.split_hidden for each in shown(quarter).units]
    yield [
        replace(each, short=each.long, long=each.short) if is_hidden else each
        for each, is_hidden in zip(quarter, hidden, strict=True)
    ]
    for step in (STEP, -STEP):
        changed = split_moved(quarter, place, step)
        yield from [changed] if changed else []
        for other in range(len(quarter)):
            both = changed and other != place and split_moved(changed, other, -step)
            yield from [both] if both else []


def moved(quarter, place, kind, length, step):
    before = quarter[place]
    now = replace(
        before,
        **{kind: getattr(before, kind) + step, length: getattr(before, length) + step},
    )
    parts = (now.certified, now.self_certified, now.short, now.long)
    if min(parts) < 0 or now.lost > now.agreed:
        return None
    return [*quarter[:place], now, *quarter[place + 1 :]]


def split_moved(quarter, place, step):
    before = quarter[place]
    now = replace(before, short=before.short + step, long=before.long - step)
    if min(now.short, now.long) < 0:
        return None
    return [*quarter[:place], now, *quarter[place + 1 :]]


@pytest.mark.parametrize(
    ("today", "quarter"),
    [
        (date(2025, 11, 14), (2025, 2)),
        (date(2025, 11, 15), (2025, 3)),
        (date(2026, 2, 14), (2025, 3)),
        (date(2026, 2, 15), (2025, 4)),
    ],
)
def test_a_quarter_is_asked_for_45_days_after_its_end(today, quarter):
    assert rules.asked_for_by(today)[:2] == quarter
