"""What always holds of an amount that is shared, and a slow second way that agrees."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from legevakt.lib.money import Unit
from municipalities.costs.allocation.allocating import allocate
from municipalities.costs.allocation.keys import Bound, BoundUnit, Key, Part, PartKind
from municipalities.costs.allocation.members import Member, Segment
from tests.municipalities.costs.allocation import second_way

FEW = settings(max_examples=60, deadline=None)
STEP = {Unit.KRONE: Decimal(1), Unit.ORE: Decimal("0.01")}
AMOUNTS = st.decimals(min_value=1_000, max_value=10**9, places=2)
RENT = st.fractions(0, 1, max_denominator=7)


@st.composite
def members(draw, *, least=1):
    """One to four, the first of them host; the last has used something."""
    counts = draw(st.lists(st.integers(1, 60_000), min_size=least, max_size=4))
    return [
        Member(
            code=f"{4600 + place}",
            name=f"{place}",
            is_host=place == 0,
            inhabitants=count,
            usage=Decimal(draw(st.integers(0, 900))) + (place + 1 == len(counts)),
        )
        for place, count in enumerate(counts)
    ]


@st.composite
def parts(draw, *, codes):
    """One to four parts; some percent are always shared equally, so that caps can be met."""
    others = draw(st.lists(st.sampled_from(PartKind), max_size=3, unique=True))
    percents = [draw(st.decimals(0, 30, places=2)) for _ in others]
    fixed = dict.fromkeys(codes, Decimal(0)) | {codes[0]: Decimal("62.5")}
    fixed[codes[-1]] += Decimal("37.5")
    equal = Part(PartKind.EQUAL, Decimal(100) - sum(percents))
    return [equal, *(Part(*each, fixed) for each in zip(others, percents, strict=True))]


@st.composite
def bounds(draw, *, count):
    """A floor below an equal share and a cap above it, so that they can be met."""
    percents = (draw(st.integers(0, 9_000)), draw(st.integers(11_000, 30_000)))
    floor, cap = (Bound(BoundUnit.PERCENT, Decimal(each // count) / 100) for each in percents)
    return draw(st.sampled_from([floor, None])), draw(st.sampled_from([cap, None]))


@st.composite
def keys(draw, *, codes, unit, bounded=True):
    floor, cap = draw(bounds(count=len(codes))) if bounded else (None, None)
    return Key(
        parts=draw(parts(codes=codes)),
        capital_parts=draw(st.one_of(st.just([]), parts(codes=codes))),
        floor=floor,
        cap=cap,
        unit=unit,
    )


@st.composite
def years(draw, *, bounded=True):
    """One to three segments of whole months, each with its key and some of the members."""
    everybody, unit = draw(members()), draw(st.sampled_from(Unit))
    inner = draw(st.lists(st.integers(1, 11), max_size=2, unique=True))
    marks = [0, *sorted(inner), 12]
    segments = []
    for start, end in pairwise(marks):
        there = everybody[draw(st.integers(0, len(everybody) - 1)) :]
        there = [replace(each, is_host=each is there[0]) for each in there]
        codes = [each.code for each in there]
        key = draw(keys(codes=codes, unit=unit, bounded=bounded))
        segments.append(Segment(key, there, Fraction(end - start, 12)))
    return segments


def grown(segments, code, more):
    """The same year, with more inhabitants in one municipality."""
    return [
        replace(
            segment,
            members=[
                replace(each, inhabitants=each.inhabitants + more) if each.code == code else each
                for each in segment.members
            ],
        )
        for segment in segments
    ]


def line_of(allocation, code):
    return next(line for line in allocation.lines if line.code == code)


def rent_of(amount, rent):
    return Decimal(int(Fraction(amount) * 100 * rent)) / 100


@FEW
@given(AMOUNTS, RENT, years())
def test_the_lines_sum_to_the_amount_and_each_is_its_steps(amount, rent, segments):
    allocation = allocate(amount=amount, capital=rent_of(amount, rent), segments=segments)

    step = STEP[allocation.unit]
    assert sum(line.amount for line in allocation.lines) == allocation.amount
    assert abs(allocation.amount - amount) <= step / 2
    assert sum(line.share for line in allocation.lines) == 1
    for line in allocation.lines:
        told = sum(each.exact for each in line.steps) + sum(a.change for a in line.adjustments)
        assert line.exact == told
        assert abs(line.exact - Fraction(line.amount)) < step
        assert line.amount == line.amount.quantize(step)


@FEW
@given(AMOUNTS, RENT, years(), st.randoms(use_true_random=False))
def test_the_order_of_municipalities_and_parts_does_not_matter(amount, rent, segments, chance):
    shuffled = [
        replace(
            segment,
            members=chance.sample(segment.members, len(segment.members)),
            key=replace(
                segment.key, parts=chance.sample(segment.key.parts, len(segment.key.parts))
            ),
        )
        for segment in segments
    ]
    capital = rent_of(amount, rent)

    first, second = (
        allocate(amount=amount, capital=capital, segments=s) for s in (segments, shuffled)
    )

    assert [(line.code, line.amount, line.exact) for line in first.lines] == [
        (line.code, line.amount, line.exact) for line in second.lines
    ]


@FEW
@given(st.data(), AMOUNTS, RENT, members(least=2), st.integers(1, 30_000), st.sampled_from(Unit))
def test_more_inhabitants_never_pay_less_by_one_key(data, amount, rent, everybody, more, unit):
    codes = [each.code for each in everybody]
    year = [Segment(data.draw(keys(codes=codes, unit=unit)), everybody)]
    code = data.draw(st.sampled_from(codes))

    before, after = (
        line_of(allocate(amount=amount, capital=rent_of(amount, rent), segments=each), code)
        for each in (year, grown(year, code, more))
    )

    assert after.exact >= before.exact
    assert after.amount >= before.amount


@FEW
@given(st.data(), AMOUNTS, years(bounded=False), st.integers(1, 30_000))
def test_more_inhabitants_never_pay_less_by_several_keys(data, amount, segments, more):
    code = data.draw(st.sampled_from([each.code for each in segments[0].members]))

    before, after = (
        line_of(allocate(amount=amount, segments=each), code)
        for each in (segments, grown(segments, code, more))
    )

    assert after.exact >= before.exact
    assert after.amount >= before.amount


@FEW
@given(st.data(), AMOUNTS, years(), st.integers(1, 30_000))
def test_with_bounds_in_several_segments_only_the_rounding_may_be_a_unit_less(
    data, amount, segments, more
):
    code = data.draw(st.sampled_from([each.code for each in segments[0].members]))

    before, after = (
        line_of(allocate(amount=amount, segments=each), code)
        for each in (segments, grown(segments, code, more))
    )

    assert after.exact >= before.exact
    assert after.amount >= before.amount - STEP[segments[0].key.unit]


@FEW
@given(st.data(), AMOUNTS, members(least=2), st.sampled_from(Unit))
def test_who_has_more_inhabitants_than_another_pays_no_less(data, amount, everybody, unit):
    floor, cap = data.draw(bounds(count=len(everybody)))
    equal = data.draw(st.integers(0, 99))
    parts = [Part(PartKind.EQUAL, Decimal(equal)), Part(PartKind.POPULATION, Decimal(100 - equal))]
    by_key = Key(parts=parts, floor=floor, cap=cap, unit=unit)

    lines = allocate(amount=amount, segments=[Segment(by_key, everybody)]).lines

    smallest_first = sorted(
        zip(lines, everybody, strict=True), key=lambda pair: pair[1].inhabitants
    )
    paid = [line.exact for line, _ in smallest_first]
    assert paid == sorted(paid)
    for (less, _), (more, _) in pairwise(smallest_first):
        assert more.amount >= less.amount or more.exact == less.exact


@FEW
@given(st.data(), AMOUNTS, members(), st.sampled_from(Unit))
def test_nobody_there_all_year_pays_less_than_the_floor_or_more_than_the_cap(
    data, amount, everybody, unit
):
    key = data.draw(keys(codes=[each.code for each in everybody], unit=unit))

    allocation = allocate(amount=amount, segments=[Segment(key, everybody)])

    for line in allocation.lines:
        if key.floor:
            assert line.amount >= Fraction(key.floor.value) / 100 * Fraction(allocation.amount)
        if key.cap:
            assert line.amount <= Fraction(key.cap.value) / 100 * Fraction(allocation.amount)


@FEW
@given(AMOUNTS, RENT, years())
def test_month_by_month_the_second_way_agrees(amount, rent, segments):
    capital = rent_of(amount, rent)
    months = [
        (segment.key, segment.members)
        for segment in segments
        for _ in range(int(segment.weight * 12))
    ]

    allocation = allocate(amount=amount, capital=capital, segments=segments)
    slow, exact = second_way.amounts(amount=amount, capital=capital, months=months)

    assert {line.code: line.exact for line in allocation.lines} == exact
    assert {line.code: line.amount for line in allocation.lines} == slow
