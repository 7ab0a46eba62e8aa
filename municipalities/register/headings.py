"""Words of Statistics Norway's tables, in Norwegian and English, with damaged letters too.

Only a to z, digits and a few signs are compared. `år`, `?r` and `Ã¥r` are all `r`, so a file that
has gone through the wrong encoding is read all the same. No Django.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from municipalities.register.parts import Ages, Part, Sex

REGION, SEX, AGE, YEAR, CONTENTS = "region", "sex", "age", "year", "contents"
NAMES = {
    REGION: {"region", "kommune", "municipality"},
    SEX: {"kjnn", "kjonn", "sex", "gender"},
    AGE: {"alder", "age"},
    YEAR: {"tid", "time", "r", "ar", "year"},
    CONTENTS: {"contentscode", "contents", "statistikkvariabel", "statistical variable"},
}
SEXES = {
    **dict.fromkeys(("menn", "mann", "men", "males", "male"), Sex.MEN),
    **dict.fromkeys(("kvinner", "kvinne", "women", "females", "female"), Sex.WOMEN),
}
TOTALS = {"i alt", "total", "totalt", "all ages", "alle aldre", "alle aldrer", "alder i alt"} | {
    "begge kjnn",
    "begge kjonn",
    "both sexes",
}
_DASHES = str.maketrans("–—−", "---")
_OTHER = re.compile(r"[^a-z0-9+*\- ]")
_YEARS_OLD = r"(?:a?r|years?)"
_OLDER = r"(?:\+|(?:eller|og|or|and) (?:eldre|older|over))"
_OPEN = rf"(\d{{1,3}})(?: ?\+ {_YEARS_OLD}| ?{_YEARS_OLD}? ?{_OLDER})"
_RANGE = rf"(\d{{1,3}}) ?- ?(\d{{1,3}})(?: {_YEARS_OLD})?"
_ONE = rf"(\d{{1,3}}) {_YEARS_OLD}"
_AGES = re.compile(rf"(?<!\w)(?:{_OPEN}|{_RANGE}|{_ONE})(?!\w)")
_BARE_AGE = re.compile(r"\d{1,3}")
_YEAR = re.compile(r"(?<![\w-])((?:19|20)\d{2})(\*?)(?![\w*-])")
_PERSONS = re.compile(
    r"\b(?:personer1?|persons|folkemengde?1?|folketall?|befolkning|population|inhabitants"
    r"|innbyggere|innbyggjarar)\b(?: 1 januar[y]?\b)?"
)
_SEX = re.compile(rf"\b({'|'.join(SEXES)})\b")
_TOTAL = re.compile(rf"\b({'|'.join(sorted(TOTALS))})\b")
_TABLE = re.compile(r"\s*(\d{5}): ")
_MUNICIPALITY = re.compile(r"\s*(?:K[-_ ]?)?([0-9]{4})(?![0-9A-Za-z])")
_SUM_OF_OTHERS = re.compile(
    r"\s*(?:(?:F[-_ ]?)?[0-9]{2}|0|EAK|EKA[0-9]{2}|Landet|Hele landet|The whole country)(?:\s|$)",
    re.IGNORECASE,
)


class Year(NamedTuple):
    """1 January of the year; SSB marks a provisional one with a star."""

    counted_date: date
    is_provisional: bool = False


class Column(NamedTuple):
    """What the heading of a column of counts says of them; None for what it does not say."""

    year: Year | None
    part: Part


def plain(text: str) -> str:
    """The text with what no encoding damages.

    >>> plain("Kjønn"), plain("kj\\ufffdnn"), plain("0–4 Ã¥r")
    ('kjnn', 'kjnn', '0-4 r')
    """
    return " ".join(_OTHER.sub("", text.casefold().translate(_DASHES)).split())


def kind_of(name: str) -> str | None:
    """Which of region, sex, age, year and contents the name stands for."""
    found = plain(name)
    return next((kind for kind, names in NAMES.items() if found in names), None)


def number_of(region: str) -> str | None:
    """The municipality number in front, with or without SSB's prefix.

    >>> number_of("K-4631 Alver"), number_of("K_4631"), number_of("4631 Alv?r"), number_of("46")
    ('4631', '4631', '4631', None)
    """
    found = _MUNICIPALITY.match(region)
    return found[1] if found else None


def is_sum_of_others(region: str) -> bool:
    """Whether it is a county or the country, which would count its municipalities again."""
    return _SUM_OF_OTHERS.match(region) is not None


def table_number(title: str) -> str | None:
    """The number of the table that a title begins with: «07459: Befolkning, …»."""
    found = _TABLE.match(title)
    return found[1] if found else None


@lru_cache(maxsize=1024)
def ages_of(text: str) -> Ages | None:
    """The ages; None for all of them. Raises ValueError for what are no ages.

    >>> ages_of("0 år"), ages_of("0-4 years"), ages_of("105 år eller eldre"), ages_of("I alt")
    (Ages(first=0, last=0), Ages(first=0, last=4), Ages(first=105, last=None), None)
    """
    found = plain(text)
    if found in TOTALS:
        return None
    if _BARE_AGE.fullmatch(found):
        return Ages(int(found), int(found))
    match = _AGES.fullmatch(found)
    ages = _ages(match) if match else None
    if ages is None:
        raise ValueError(text)
    return ages


def sex_of(text: str) -> Sex | None:
    """The sex; None for both. Raises ValueError for what is no sex."""
    found = plain(text)
    if found in TOTALS:
        return None
    if found not in SEXES:
        raise ValueError(text)
    return SEXES[found]


def year_of(text: str) -> Year:
    """The year of a 1 January; quarters and the like raise ValueError."""
    match = _YEAR.fullmatch(plain(text))
    if match is None:
        raise ValueError(text)
    return _year(match)


def is_of_persons(text: str) -> bool:
    """Whether the contents are people on 1 January: Personer, Persons, Folkemengde …"""
    return _PERSONS.fullmatch(plain(text)) is not None


def column_of(heading: str) -> Column | None:
    """What a heading says of the counts below it; None where it is of something else.

    >>> column_of("Personer 2024 0 år")  # doctest: +ELLIPSIS
    Column(year=Year(counted_date=datetime.date(2024, 1, 1), ...Ages(first=0, last=0)))
    >>> column_of("Areal 2024")
    """
    if table_number(heading):
        return Column(None, Part(None, None))
    rest, year = _taken(_YEAR, plain(heading))
    rest, contents = _taken(_PERSONS, rest)
    rest, sex = _taken(_SEX, rest)
    rest, aged = _taken(_AGES, rest)
    rest, total = _taken(_TOTAL, rest)
    rest, another = _taken(_TOTAL, rest)
    ages = _ages(aged) if aged else None
    says_something = year or contents or sex or aged or total or another
    if rest or not says_something or (aged and ages is None):
        return None
    return Column(_year(year) if year else None, Part(SEXES[sex[1]] if sex else None, ages))


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """(the text without the first match, the match)."""
    found = pattern.search(text)
    if found is None:
        return text, None
    return " ".join((text[: found.start()] + " " + text[found.end() :]).split()), found


def _ages(match: re.Match[str]) -> Ages | None:
    """The ages; None where the last comes before the first."""
    older, first, last, one = match.groups()
    if older:
        return Ages(int(older), None)
    if one:
        return Ages(int(one), int(one))
    return Ages(int(first), int(last)) if int(first) <= int(last) else None


def _year(match: re.Match[str]) -> Year:
    return Year(date(int(match[1]), 1, 1), bool(match[2]))
