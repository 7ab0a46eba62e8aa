"""How many calls a small legevaktsentral could get in an hour. Invented, for the demonstration."""

from __future__ import annotations

from datetime import date, timedelta

from legevakt.lib.periods import DAY

CALLS_PER_INHABITANT_AND_YEAR = 0.45
DAYS_PER_YEAR = 365.25

# Weight of each hour in a day's calls, six hours a row; doctors' offices take the daytime's.
WEEKDAY = (
    *(14, 11, 9, 8, 8, 10),
    *(14, 26, 44, 40, 36, 34),
    *(34, 34, 38, 58, 88, 92),
    *(86, 78, 68, 54, 40, 26),
)
DAY_OFF = (
    *(16, 13, 11, 10, 9, 10),
    *(14, 28, 52, 78, 98, 100),
    *(88, 70, 62, 64, 66, 66),
    *(62, 56, 48, 40, 30, 20),
)

MONTHS = (1.14, 1.10, 1.04, 0.97, 0.94, 0.93, 1.02, 0.93, 0.95, 0.98, 1.01, 1.12)
WEEKDAYS = (0.92, 0.84, 0.84, 0.84, 0.92, 1.34, 1.30)


def calls_per_hour(*, day: date, hour: int, inhabitants: int) -> float:
    """Expected calls in the local hour (0-23) of the day, before chance."""
    daily = inhabitants * CALLS_PER_INHABITANT_AND_YEAR / DAYS_PER_YEAR
    profile = DAY_OFF if is_day_off(day) else WEEKDAY
    return daily * day_factor(day) * profile[hour] / sum(profile)


def day_factor(day: date) -> float:
    """The day's calls as a share of the yearly mean: season, weekday and feast."""
    season = MONTHS[day.month - 1]
    if day in peaks(day.year):
        return season * 1.65
    if day in public_holidays(day.year):
        return season * 1.4
    return season * WEEKDAYS[day.weekday()]


def is_day_off(day: date) -> bool:
    """Whether the doctors' offices are closed."""
    return day.weekday() >= 5 or day in public_holidays(day.year) | peaks(day.year)


def public_holidays(year: int) -> frozenset[date]:
    """Norway's public holidays (lov om helligdager; 1 and 17 May).

    >>> date(2025, 4, 20) in public_holidays(2025)
    True
    """
    easter = easter_sunday(year)
    movable = {easter + timedelta(days) for days in (-7, -3, -2, 0, 1, 39, 49, 50)}
    fixed = {(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)}
    return frozenset(movable | {date(year, month, day) for month, day in fixed})


def peaks(year: int) -> frozenset[date]:
    """The days on which many call and few are at work: Easter and Christmas."""
    easter = easter_sunday(year)
    days = {easter + timedelta(days) for days in range(-3, 2)}
    return frozenset(days | {date(year, 12, day) for day in (24, 25, 26, 31)} | {date(year, 1, 1)})


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, ch. 8).

    >>> easter_sunday(2026)
    datetime.date(2026, 4, 5)
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    moved = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moved + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    return date(year, 3, 22) + DAY * (epact + weekday - 7 * shift)
