"""Parts that are summed: everybody once, and the words they are named by."""

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.register import headings, parts, rules
from municipalities.register.parts import Ages, Part, Sex, fault_of


@pytest.mark.parametrize("module", [headings, parts, rules])
def test_the_examples_are_true(module):
    assert doctest.testmod(module).failed == 0


@st.composite
def cuts(draw):
    """Ages cut anywhere, by sex or not: everybody exactly once."""
    starts = sorted({0, *draw(st.lists(st.integers(1, 120), max_size=8))})
    ends = [*(start - 1 for start in starts[1:]), None]
    ages = [Ages(*each) for each in zip(starts, ends, strict=True)]
    sexes = draw(st.sampled_from([(None,), (Sex.MEN, Sex.WOMEN)]))
    return {Part(sex, each) for sex in sexes for each in ages}


def times_counted(found, *, sex, age):
    """The slow way: in how many parts a person is."""
    return sum(
        part.sex in (None, sex)
        and part.ages.first <= age
        and (part.ages.last is None or age <= part.ages.last)
        for part in found
    )


@given(cuts())
def test_everybody_in_one_part_is_right(found):
    assert fault_of(frozenset(found)) is None
    for sex in Sex:
        assert {times_counted(found, sex=sex, age=age) for age in range(130)} == {1}


@given(cuts(), st.data())
def test_without_one_of_the_parts_somebody_is_missing(found, data):
    gone = data.draw(st.sampled_from(sorted(found, key=str)))
    rest = found - {gone}
    if rest:
        assert fault_of(frozenset(rest)) is not None


@given(cuts(), st.integers(0, 120), st.integers(0, 30))
def test_one_part_more_counts_somebody_twice(found, first, more):
    extra = Part(next(iter(found)).sex, Ages(first, first + more))
    if extra not in found:
        assert fault_of(frozenset(found | {extra})) is not None


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("0 år", (0, 0)),
        ("1 year", (1, 1)),
        ("105 years or older", (105, None)),
        ("80 år og eldre", (80, None)),
        ("105+", (105, None)),
        ("5+ år", (5, None)),
        ("90 år +", (90, None)),
        ("0-4 år", (0, 4)),
        ("80–89 years", (80, 89)),
        ("007", (7, 7)),
    ],
)
def test_ages_as_ssb_writes_them(text, ages):
    assert headings.ages_of(text) == Ages(*ages)


@pytest.mark.parametrize("text", ["", "unge", "4-0 år", "år", "Under 5 år"])
def test_what_is_no_age_is_not_guessed(text):
    with pytest.raises(ValueError, match=text or "^$"):
        headings.ages_of(text)


@pytest.mark.parametrize(
    ("heading", "year", "part"),
    [
        ("Persons 2021", 2021, Part(None, None)),
        ("2021", 2021, Part(None, None)),
        ("Folkemengde 1. januar 2021", 2021, Part(None, None)),
        ("0 år Menn Personer 2021", 2021, Part(Sex.MEN, Ages(0, 0))),
        ("Begge kjønn I alt 2021 Personer", 2021, Part(None, None)),
        ("Females 105 years or older", None, Part(Sex.WOMEN, Ages(105, None))),
    ],
)
def test_headings_as_ssb_writes_them(heading, year, part):
    found = headings.column_of(heading)
    assert (found.year and found.year.counted_date) == (year and date(year, 1, 1))
    assert found.part == part


@pytest.mark.parametrize("heading", ["", "Areal 2021", "2021K1", "2021-2022", "Personer 4-0 år"])
def test_other_headings_are_of_something_else(heading):
    assert headings.column_of(heading) is None


@pytest.mark.parametrize(
    ("region", "number"),
    [
        ("4631 Alver", "4631"),
        ("K-4631 Alver", "4631"),
        ("K_4631", "4631"),
        ("K-4631 Alv\ufffdr", "4631"),
        ("4631 Alver (2020-)", "4631"),
        ("0301 Oslo", "0301"),
        ("030101 Gamle Oslo", None),
        ("46310", None),
        ("K-21-22 Svalbard", None),
        ("Alver 4631", None),
        ("46 Vestland", None),
    ],
)
def test_numbers_stand_in_front(region, number):
    assert headings.number_of(region) == number


@pytest.mark.parametrize("region", ["0 Hele landet", "46 Vestland", "F-46", "The whole country"])
def test_counties_and_the_country_are_sums_of_others(region):
    assert headings.is_sum_of_others(region)


@pytest.mark.parametrize("region", ["4631 Alver", "0301 Oslo", "K-Rest", "Landeryd"])
def test_municipalities_are_no_sums(region):
    assert not headings.is_sum_of_others(region)
