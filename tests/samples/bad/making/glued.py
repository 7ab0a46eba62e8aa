"""What befalls delimited text of every kind: cut, glued, sent twice, divided otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.samples.bad.making.cases import inserted, lines, part, replaced, whole


def cut_row(good: Sequence[str]) -> dict[str, Any]:
    return part(
        "cut_row.csv",
        lines(*good[:3]) + good[3][:30],
        "The download was cut within the last call.",
        (4, None, "ragged_row"),
        calls=2,
    )


def mixed_delimiters(good: Sequence[str]) -> dict[str, Any]:
    return part(
        "mixed_delimiters.csv",
        replaced(good, {4: good[3].replace(";", ",")}),
        "One row is divided by commas.",
        (4, None, "ragged_row"),
        calls=2,
    )


def unclosed_quote(good: Sequence[str], word: str) -> dict[str, Any]:
    """A quotation mark before that word of the first row."""
    return whole(
        "unclosed_quote.csv",
        replaced(good, {2: good[1].replace(word, f'"{word}')}) + "x\n" * 60,
        "unclosed_quote",
        "One quotation mark too many swallows the rows after it.",
        place={"line": 2},
    )


def header_again(good: Sequence[str], torn: str) -> dict[str, Any]:
    return part(
        "header_again.csv",
        inserted(good, 3, good[0], torn),
        "Two exports glued: the header is no call, the torn row is named.",
        (4, None, "ragged_row"),
        calls=3,
        ignored=1,
    )


def told_twice(good: Sequence[str], other: str) -> dict[str, Any]:
    """The second row with another wait, and once more as it was."""
    return part(
        "told_twice_otherwise.csv",
        lines(*good, other, good[2]),
        "One id with two waits: the first stands, the contradiction is named.",
        (5, "id", "duplicate_in_file"),
        calls=3,
        ignored=1,
    )


def american_dates(name: str, good: Sequence[str], **facts: Any) -> dict[str, Any]:
    return whole(
        name,
        replaced(good, {3: good[2].replace("24.10.2025", "10.24.2025")}),
        "wrong_date_order",
        "One date has month before day: the others may be turned as well.",
        place={"line": 3},
        **facts,
    )
