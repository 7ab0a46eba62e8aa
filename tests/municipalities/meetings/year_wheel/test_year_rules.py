"""How an entry stands, and which deadlines are days off."""

from datetime import date

import pytest

from municipalities.meetings.year_wheel import words
from municipalities.meetings.year_wheel.rules import (
    Entry,
    State,
    day_off,
    in_order,
    state_of,
    working_day_before,
)

TODAY = date(2025, 11, 10)


@pytest.mark.parametrize(
    ("day", "asked", "state"),
    [
        (date(2025, 11, 11), {}, State.COMING),
        (TODAY, {}, State.TODAY),
        (date(2025, 11, 9), {}, State.LATE),
        (date(2025, 11, 9), {"is_followed": False}, State.UNMARKED),
        (date(2025, 11, 11), {"is_followed": False}, State.COMING),
        (date(2025, 11, 9), {"is_done": True}, State.DONE),
        (date(2025, 11, 11), {"is_done": True}, State.DONE),
    ],
)
def test_an_entry_stands_as_its_day_lies_to_today(day, asked, state):
    assert state_of(**({"day": day, "is_done": False, "today": TODAY} | asked)) == state


@pytest.mark.parametrize(
    ("day", "kind", "before"),
    [
        (date(2025, 3, 31), "", date(2025, 3, 31)),
        (date(2025, 2, 22), "saturday", date(2025, 2, 21)),
        (date(2025, 4, 20), "holiday", date(2025, 4, 16)),  # Easter Sunday: to Wednesday
        (date(2026, 3, 15), "sunday", date(2026, 3, 13)),
        (date(2026, 1, 1), "holiday", date(2025, 12, 31)),
    ],
)
def test_a_day_off_is_known_and_the_working_day_before_it(day, kind, before):
    assert (day_off(day), working_day_before(day)) == (kind, before)


def test_a_day_off_is_told_in_words():
    told = "A public holiday; the last working day before is 16 April 2025."

    assert words.day_off_note(date(2025, 4, 20)) == told
    assert words.day_off_note(date(2025, 3, 31)) == ""


def test_entries_are_in_order_of_day_and_then_always_the_same():
    def entry(day, code):
        return Entry(
            day=day, title="T", category="other", source="own", state=State.DONE, code=code
        )

    first, second, third = entry(date(2025, 1, 1), "b"), entry(TODAY, "a"), entry(TODAY, "c")

    assert in_order([third, second, first]) == [first, second, third]
