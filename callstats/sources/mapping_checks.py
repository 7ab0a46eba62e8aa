"""What each key of a mapping may hold. Every check answers yes or no, whatever it is given."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl

from callstats.sources.times import swapped

Check = Callable[[Any], bool]
# Headers that look like our own names of numbered columns would be taken for those.
_OUR_OWN_NAME = re.compile(r"\[(?:\d+|line)\]")
_REWRITING = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
_TESTS = frozenset({"in", "not_in", "matches"})


def passes(check: Check, value: Any) -> bool:
    try:
        return check(value)
    except (AttributeError, TypeError, ValueError, LookupError, re.error):
        return False


def listed(value: Any) -> list[Any]:
    """A column, or several to be joined, as a list."""
    return value if isinstance(value, list) else [value]


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 10_000


def is_encoding(value: Any) -> bool:
    """One of text; those that only rewrite text would fail on a file in ways of their own."""
    if value is None:
        return True
    return codecs.lookup(value).name not in _REWRITING and bool("a".encode(value))


def is_zone(value: Any) -> bool:
    try:
        return is_text(value) and bool(ZoneInfo(value))
    except (ZoneInfoNotFoundError, OSError):
        return False


def is_header_line(value: Any) -> bool:
    """A 1-based line, a pattern, «none»; nothing means the first line that fits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value >= 1
    return value is None or is_pattern(value)


def is_pattern(value: Any) -> bool:
    """As Polars reads patterns: in linear time, without looking around or back."""
    try:
        return is_text(value) and bool(pl.Series([""]).str.contains(value).len())
    except pl.exceptions.PolarsError:
        return False


def is_column(value: Any) -> bool:
    """A header, or a 1-based number."""
    return is_whole(value) or (is_text(value) and not _OUR_OWN_NAME.fullmatch(value))


def is_sheet(value: Any) -> bool:
    return value is None or is_whole(value) or is_text(value)


def are_columns(allowed: frozenset[str]) -> Check:
    def check(value: Any) -> bool:
        named = [name for each in value.values() for name in (listed(each) or [None])]
        return set(value) <= allowed and bool(named) and all(map(is_column, named))

    return check


def are_group(value: Any) -> bool:
    named = listed(value)
    return bool(named) and all(map(is_column, named))


def are_filters(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_filter, value))


def _is_filter(value: dict[str, Any]) -> bool:
    [test] = set(value) - {"column"}
    if test not in _TESTS or not is_column(value["column"]):
        return False
    if test == "matches":
        return is_pattern(value[test])
    words = value[test]
    return isinstance(words, list) and bool(words) and all(isinstance(w, str) for w in words)


def are_formats(given: frozenset[str]) -> Check:
    """One order of day and month only: both would be a guess for each row.

    `given`: names of formats that are no strptime pattern.
    """

    def check(value: Any) -> bool:
        if not isinstance(value, list) or not value or not all(map(is_text, value)):
            return False
        return not set(value) & set(swapped(value)) and all(f in given or "%" in f for f in value)

    return check


def maps_to(allowed: frozenset[str]) -> Check:
    return lambda value: all(isinstance(k, str) for k in value) and set(value.values()) <= allowed


def one_of(*allowed: str | None) -> Check:
    return lambda value: value in allowed
