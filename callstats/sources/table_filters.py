"""Rows that are no calls to the central: left out by the mapping, and counted."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Any

import polars as pl

from callstats.sources.table_mapping import column_name


def is_wanted(mapping: dict[str, Any]) -> pl.Expr | None:
    """What every row of a call passes; null where the mapping filters nothing.

    Words are compared without regard to case or blanks around; empty is "".
    """
    tests = [_test(each) for each in mapping.get("filters") or []]
    return reduce(and_, tests) if tests else None


def _test(given: dict[str, Any]) -> pl.Expr:
    text = pl.col(column_name(given["column"])).fill_null("")
    if "matches" in given:
        return text.str.contains(given["matches"])
    words = [word.strip().lower() for word in given.get("in") or given["not_in"]]
    found = text.str.to_lowercase().is_in(words)
    return found if "in" in given else ~found
