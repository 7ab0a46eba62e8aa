"""Which column of a report of counts is which; what looks like a file of calls is named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import polars as pl

from callstats.sources.frames import Unreadable
from callstats.sources.table_header import names_in
from callstats.sources.table_mapping import DELIMITERS

NEEDED = ("period_from", "offered", "answered")
# `period_to` is the first moment after the period; `period_last` its last day or second.
NAMES: dict[str, str] = {
    "period_from": "from, fra, frå, fra dato, frå dato, fra og med, frå og med, start, dato, dag,"
    " date, day, periode, period, måned, månad, mnd, month, interval start",
    "period_to": "end, slutt, interval end",
    "period_last": "to, til, til dato, til og med, t.o.m., tom",
    "line": "linje, line class, nummer, number, nummertype, tjeneste, teneste, service, kø, queue",
    "offered": "tilbudt, tilbudte, tilbode, tilbodne, tilbudte anrop, mottatt, mottatte, mottekne,"
    " mottatte anrop, mottekne anrop, anrop, antall anrop, tal på anrop, received, calls,"
    " calls offered, calls received",
    "answered": "besvart, besvarte, besvarte anrop, svart, svarte, svara, svarte anrop,"
    " svara anrop, established, calls answered",
    "abandoned": "tapt, tapte, tapte anrop, avbrote, avbrotne, avbrotne anrop, avbrutt, avbrutte,"
    " avbrutte anrop, lagt på, lost, calls abandoned",
}
_FIELDS = {
    name.strip(): meant
    for meant, names in NAMES.items()
    for name in (meant.replace("_", " "), *names.split(","))
}
_BAND = re.compile(
    r"(?:(?:anrop )?(?:besvart|besvarte|svart|svarte|svara|answered|calls answered) )?"
    r"(?:within|innen|innan|<=|≤) ?(\d{1,5}) ?"
    r"(s|sek|sekund|sekunder|sec|secs|second|seconds|m|min|minutt|minutter|minute|minutes)?\.?"
)
_SHARE = re.compile(r"%|prosent|percent|pct|andel|\bshare\b|service ?level|servicenivå|\bsla\b")
_OF_CALLS = re.compile(
    r"arrived_at|wait_seconds|call ?id|callid|uniqueid|ventetid|a-nummer|call time|klokkeslett"
    r"|caller|anropsid|anrops-id|samtaleid|agent|^\d{9,10}(?:\.\d+)?\|",
    re.IGNORECASE | re.MULTILINE,
)
_MONTHLY = {"måned", "månad", "mnd", "mnd.", "month"}
_SEARCHED = 50


@dataclass(frozen=True, kw_only=True)
class ReportHeader:
    """Where the counts stand: field or `within_<seconds>` → column name, in the file's words.

    `line` is 1-based. `shares` are the columns of percentages, which are never read.
    """

    line: int
    delimiter: str
    columns: dict[str, str]
    shares: tuple[str, ...] = field(default=())
    unknown: tuple[str, ...] = field(default=())


def meaning(name: str) -> str | None:
    """The field of a column by its name, `within_<seconds>` of a band, or None.

    >>> meaning("Besvart innen 2 min"), meaning("within_20"), meaning("Innen 20")
    ('within_120', 'within_20', None)
    """
    plain = re.sub(r"[\s_\u00a0]+", " ", name.casefold()).strip(" :")
    if plain in _FIELDS:
        return _FIELDS[plain]
    found = None if _SHARE.search(plain) else _BAND.fullmatch(plain)
    if found is None or not int(found[1]):
        return None
    if found[2] is None:  # a bare number is seconds only in our own spelling
        return f"within_{int(found[1])}" if re.fullmatch(r"within_\d+", name.strip()) else None
    return f"within_{int(found[1]) * (60 if found[2].startswith('m') else 1)}"


def names_months(header: ReportHeader) -> bool:
    """Whether each row is a month by the name of its column, and no other column ends it."""
    has_end = {"period_to", "period_last"} & set(header.columns)
    name = header.columns.get("period_from", "").casefold().strip(" :")
    return not has_end and name in _MONTHLY


def report_header(lines: pl.Series) -> ReportHeader:
    """The header among the first fifty lines.

    Raises Unreadable: calls_not_aggregates, percent_not_count (columns), missing_columns
    (columns), ambiguous_columns (columns), no_header.
    """
    found = max(_tried(lines), key=lambda one: (_needed(one), len(one.columns)), default=None)
    if found is None or _needed(found) < len(NEEDED):
        raise _refusal(found, text="\n".join(lines.head(_SEARCHED).to_list()))
    return found


def _needed(header: ReportHeader) -> int:
    return len(set(NEEDED) & set(header.columns))


def _tried(lines: pl.Series) -> list[ReportHeader]:
    searched = list(enumerate(lines.head(_SEARCHED).to_list(), 1))
    return [
        _read(names_in(text, mark), line=line, delimiter=mark)
        for line, text in searched
        for mark in DELIMITERS
        if mark in text
    ]


def _read(names: list[str], *, line: int, delimiter: str) -> ReportHeader:
    by_field: dict[str, list[str]] = {}
    for name in names:
        if meant := meaning(name):
            by_field.setdefault(meant, []).append(name)
    doubled = [name for same in by_field.values() if len(same) > 1 for name in same]
    if doubled and set(NEEDED) <= set(by_field):
        raise Unreadable("ambiguous_columns", columns=doubled, line=line)
    others = [name for name in names if name and not meaning(name)]
    shares = tuple(name for name in others if _SHARE.search(name.casefold()))
    return ReportHeader(
        line=line,
        delimiter=delimiter,
        columns={meant: same[0] for meant, same in by_field.items()},
        shares=shares,
        unknown=tuple(name for name in others if name not in shares),
    )


def _refusal(found: ReportHeader | None, *, text: str) -> Unreadable:
    if _OF_CALLS.search(text):
        return Unreadable("calls_not_aggregates")
    if found is None or len(found.columns) < 2:
        return Unreadable("no_header")
    if found.shares:
        return Unreadable("percent_not_count", columns=list(found.shares), line=found.line)
    missing = [name for name in NEEDED if name not in found.columns]
    return Unreadable("missing_columns", columns=missing, line=found.line)
