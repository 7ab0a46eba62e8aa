"""The headings, states and months that files of deviations have, in both forms of Norwegian."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from municipalities.quality.deviations.rules import CLOSED, IN_PROGRESS, MEASURES, NEW
from municipalities.quality.files import plain

KNOWN: Mapping[str, Sequence[str]] = {
    "month": ["måned", "månad", "mnd", "periode", "month"],
    "year": ["år", "year"],
    "category": ["kategori", "avvikskategori", "avvikstype", "område", "type", "category"],
    "severity": [
        "alvorsgrad",
        "alvorlighetsgrad",
        "alvorlegheitsgrad",
        "alvorlegheit",
        "alvorlighet",
        "severity",
    ],
    "state": ["status", "tilstand", "state"],
    "count": ["antall", "antal", "tal", "tal på avvik", "antall avvik", "avvik", "count"],
}
STATES: Mapping[str, Sequence[str]] = {
    NEW: ["ny", "nye", "nytt", "registrert", "mottatt", "motteke", "mottatte", "new"],
    IN_PROGRESS: [
        "under behandling",
        "under handsaming",
        "til behandling",
        "under arbeid",
        "påbegynt",
        "påbyrja",
        "being dealt with",
        "in progress",
    ],
    MEASURES: [
        "tiltak",
        "tiltak vedteke",
        "tiltak vedtekne",
        "tiltak vedtatt",
        "tiltak besluttet",
        "tiltak bestemt",
        "measures",
        "measures decided",
    ],
    CLOSED: ["lukket", "lukka", "avsluttet", "avslutta", "ferdig", "closed"],
}
NOT_TOLD = ("", "-", "–", "ikkje oppgitt", "ikke oppgitt", "ikkje oppgjeve", "ukjent", "uoppgitt")
_NAMES = (
    "jan",
    "feb",
    "mar",
    "apr",
    "ma[iy]",
    "jun",
    "jul",
    "aug",
    "sep",
    "o[kc]t",
    "nov",
    "de[sc]",
)
_NAMED = re.compile(rf"(?P<name>{'|'.join(_NAMES)})[a-zæøå]*\.?[ \-/]*(?P<year>(?:20)?\d\d)?")
_YEAR_FIRST = re.compile(r"(?P<year>20\d\d)[-./ ]?(?P<month>\d{1,2})(?:[-./]0?1)?(?:[ t].*)?")
_MONTH_FIRST = re.compile(r"(?:0?1[./])?(?P<month>\d{1,2})[-./ ](?P<year>20\d\d)")
_ALONE = re.compile(r"(?P<month>\d{1,2})(?:\.0+)?")
_STATES = {plain(word): state for state, words in STATES.items() for word in words}


def state_of(text: str) -> str | None:
    """The state that the word means; None for another word.

    >>> state_of("Lukka"), state_of("Under behandling"), state_of("kanskje")
    ('closed', 'in_progress', None)
    """
    return _STATES.get(plain(text))


def month_of(text: str, *, year: int | None) -> date | None:
    """The first of the month; `year` where the text has none. None for what is no month.

    >>> [str(month_of(each, year=2020)) for each in ("Mars", "mar. 21", "2020-03", "202003")]
    ['2020-03-01', '2021-03-01', '2020-03-01', '2020-03-01']
    >>> str(month_of("03.2020", year=None)), month_of("Mars", year=None), month_of("13", year=2020)
    ('2020-03-01', None, None)
    """
    given = text.strip().casefold()
    if found := _NAMED.fullmatch(given):
        number = next(n for n, each in enumerate(_NAMES, 1) if re.match(each, found["name"]))
        return _first(found["year"] or year, number)
    if found := _YEAR_FIRST.fullmatch(given) or _MONTH_FIRST.fullmatch(given):
        return _first(found["year"], int(found["month"]))
    found = _ALONE.fullmatch(given)
    return _first(year, int(found["month"])) if found else None


def _first(year: str | int | None, month: int) -> date | None:
    if year is None or not 1 <= month <= 12:
        return None
    return date(int(year) % 100 + 2000, month, 1)
