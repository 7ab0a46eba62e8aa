import csv
import io
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest

from legevakt.demo import synthetic_calls, synthetic_day
from legevakt.lib.periods import Period

TODAY = date(2025, 11, 10)
INHABITANTS = {"4631": 29_986, "4630": 8_200, "4633": 519}
WITHOUT = (datetime(2025, 10, 24, 19, tzinfo=UTC), datetime(2025, 10, 24, 21, tzinfo=UTC))


def made(today=TODAY, **settings):
    return synthetic_calls.files(today=today, inhabitants=INHABITANTS, **settings)


def rows_of(file) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.content.decode())))


def day_of(day: date) -> list[dict[str, str]]:
    return synthetic_day.calls_of(day, inhabitants=INHABITANTS)


def arrival(row) -> datetime:
    return datetime.fromisoformat(row["arrived_at"])


def share(rows) -> float:
    offered = [row for row in rows if row["outcome"] != "ended_before_queue"]
    answered = [row for row in offered if row["outcome"] == "answered"]
    return sum(float(row["wait_seconds"]) <= 120 for row in answered) / len(offered)


@pytest.fixture(scope="module")
def files():
    return list(made(without=(WITHOUT,)))


@pytest.fixture(scope="module")
def calls(files):
    return [row for file in files for row in rows_of(file)]


def test_the_same_seed_gives_the_same_bytes():
    assert list(islice(made(), 2)) == list(islice(made(), 2))


def test_another_seed_gives_other_calls():
    assert next(made()).content != next(made(seed="another")).content


def test_a_day_has_the_same_calls_whenever_it_is_made():
    in_november = {row["id"]: row for row in rows_of(next(made()))}
    in_october = [
        row for file in islice(made(today=date(2025, 10, 31)), 2) for row in rows_of(file)
    ]
    of_november_2023 = [row for row in in_october if row["id"] in in_november]

    assert of_november_2023
    assert all(in_november[row["id"]] == row for row in of_november_2023)


def test_the_files_tell_of_24_whole_months_and_this_one_up_to_yesterday(files):
    whole = Period(date(2023, 11, 1), TODAY)

    assert files[0].covers[0] == whole.starts_at
    assert files[-1].covers[1] == whole.ends_at
    assert all(before.covers[1] <= after.covers[0] for before, after in pairwise(files))


def test_on_the_first_of_a_month_there_is_no_file_of_that_month():
    assert synthetic_calls.span(date(2025, 11, 1)).ends_on == date(2025, 11, 1)


def test_the_only_gaps_are_the_outages_and_the_other_sources_evening(files):
    gaps = {
        (before.covers[1], after.covers[0])
        for before, after in pairwise(files)
        if before.covers[1] != after.covers[0]
    }

    assert gaps == {WITHOUT, *(synthetic_calls.outage(year=year) for year in (2024, 2025))}
    assert {end - begin for begin, end in gaps - {WITHOUT}} == {timedelta(hours=6)}


def test_every_call_is_within_what_its_file_covers(files):
    for file in files:
        assert all(file.covers[0] <= arrival(row) < file.covers[1] for row in rows_of(file))


def test_no_id_stands_twice(calls):
    assert len({row["id"] for row in calls}) == len(calls)


def test_there_is_nothing_like_a_telephone_number(calls):
    personal = re.compile(r"\+?[0-9]{8,}")

    assert not any(personal.fullmatch(value) for row in calls for value in row.values())


def test_the_municipality_is_known_only_for_calls_to_116117(calls):
    national = [row for row in calls if row["queue"] == synthetic_day.NATIONAL]
    local = [row for row in calls if row["queue"] == synthetic_day.LOCAL]

    assert {row["municipality"] for row in national} == set(INHABITANTS)
    assert {row["municipality"] for row in local} == {""}
    assert len(national) / len(calls) == pytest.approx(0.85, abs=0.02)


def test_the_inhabitants_decide_where_the_calls_come_from(calls):
    origins = Counter(row["municipality"] for row in calls)

    assert origins["4631"] / origins["4630"] == pytest.approx(29_986 / 8_200, rel=0.15)


def test_days_and_hours_have_their_shape(calls):
    hours = Counter(arrival(row).hour for row in calls)
    days = Counter(arrival(row).isoweekday() for row in calls)
    months = Counter(arrival(row).month for row in calls if arrival(row).year == 2024)

    assert hours[18] > 4 * hours[4]
    assert min(days[6], days[7]) > max(days[n] for n in range(1, 5))
    assert months[12] > months[6]


def test_every_month_has_its_own_share_within_two_minutes(calls):
    months = {}
    for row in calls:
        months.setdefault(arrival(row).strftime("%Y-%m"), []).append(row)
    shares = [share(rows) for name, rows in months.items() if name < "2025-11"]

    assert 0.68 < min(shares) < 0.80 < max(shares) < 0.92


def test_saturday_before_noon_and_sunday_afternoon_are_bad(calls):
    saturday = [r for r in calls if arrival(r).isoweekday() == 6 and 10 <= arrival(r).hour < 13]
    sunday = [r for r in calls if arrival(r).isoweekday() == 7 and 14 <= arrival(r).hour < 18]

    assert share(saturday) < share(calls) - 0.05
    assert share(sunday) < share(calls) - 0.05


def test_callers_who_give_up_have_waited_and_few_calls_end_in_another_way(calls):
    outcomes = Counter(row["outcome"] for row in calls)
    given_up = [float(row["wait_seconds"]) for row in calls if row["outcome"] == "abandoned"]

    assert outcomes["answered"] > 0.8 * len(calls)
    assert 0 < min(given_up) < 10
    assert max(given_up) <= 900
    assert set(outcomes) == {
        "answered",
        "abandoned",
        "callback_requested",
        "ended_before_queue",
        "no_agents",
        "timeout",
    }


def test_the_stamps_of_an_answered_call_agree_with_its_wait_and_talk(calls):
    for row in calls[:2000]:
        if row["outcome"] == "answered":
            answered = datetime.fromisoformat(row["answered_at"])
            ended = datetime.fromisoformat(row["ended_at"])

            assert (answered - arrival(row)).total_seconds() == float(row["wait_seconds"])
            assert (ended - answered).total_seconds() == float(row["talk_seconds"])


def test_the_doubled_hour_has_calls_with_both_offsets():
    in_the_hour = {
        row["arrived_at"][-6:] for row in day_of(date(2025, 10, 26)) if arrival(row).hour == 2
    }

    assert in_the_hour == {"+02:00", "+01:00"}


def test_no_call_arrives_in_the_hour_that_does_not_exist():
    day = day_of(date(2025, 3, 30))

    assert 2 not in {arrival(row).hour for row in day}
    assert {row["arrived_at"][-6:] for row in day} == {"+01:00", "+02:00"}


def test_calls_of_a_day_come_in_order_and_on_that_day():
    for day in (date(2025, 3, 30), date(2025, 10, 26), date(2025, 6, 2)):
        moments = [arrival(row) for row in day_of(day)]

        assert moments == sorted(moments)
        assert {moment.date() for moment in moments} == {day}
