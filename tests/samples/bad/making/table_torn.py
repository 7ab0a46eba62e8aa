"""Tables that are torn, glued, without their header or in another encoding."""

from __future__ import annotations

from typing import Any

from tests.samples.bad.making import glued
from tests.samples.bad.making.cases import inserted, lines, part, replaced, whole
from tests.samples.bad.making.table_rows import GOOD, HEAD, ROW


def facts() -> list[dict[str, Any]]:
    return [*_torn(), *_headers(), *_encodings()]


def _torn() -> list[dict[str, Any]]:
    unclosed = GOOD[1].replace("main", '"main')
    return [
        glued.cut_row(GOOD),
        part(
            "one_column_more.csv",
            replaced(GOOD, {3: f"{ROW};x;y"}),
            "A row with more columns than the header names.",
            (3, None, "ragged_row"),
            calls=2,
        ),
        glued.mixed_delimiters(GOOD),
        part(
            "thousand_columns.csv",
            replaced(GOOD, {3: "x;" * 5_000 + "x"}),
            "A row of five thousand columns.",
            (3, None, "ragged_row"),
            calls=2,
        ),
        glued.unclosed_quote(GOOD, "main"),
        whole(
            "unclosed_quote_near_the_end.csv",
            replaced(GOOD, {2: unclosed}),
            "unclosed_quote",
            "The quote is never closed: two calls are swallowed by one field.",
            place={"line": 2},
        ),
        glued.header_again(GOOD, "a9;24.10"),
        part(
            "bom_between_two_files.csv",
            inserted(GOOD, 3, "\ufeff" + HEAD, "\ufeff", "\ufeffa9"),
            "Two files glued, each with its BOM: the second header is no row, the torn one is.",
            (5, None, "ragged_row"),
            calls=3,
            ignored=2,
        ),
    ]


def _headers() -> list[dict[str, Any]]:
    good = lines(*GOOD)
    return [
        whole(
            "no_header.csv",
            lines(*GOOD[1:]),
            "missing_columns",
            "The rows alone: nothing names the columns.",
            place={"line": 1},
        ),
        whole(
            "missing_column.csv",
            good.replace(";Ventetid;", ";Varighet;", 1),
            "missing_columns",
            "A column of the mapping is not in the file.",
            place={"columns": ["Ventetid"], "line": 1},
        ),
        whole(
            "broken_letters.csv",
            good.encode().decode("latin-1"),
            "missing_columns",
            "UTF-8 read as Latin-1 and saved again: Kø has become KÃ¸.",
            place={"columns": ["Kø"], "line": 1},
        ),
        whole(
            "huge_header.csv",
            lines("K" * 140_000, *GOOD[1:]),
            "missing_columns",
            "A name of 140 000 letters is more than a reader of CSV takes.",
            place={"line": 1},
        ),
    ]


def _encodings() -> list[dict[str, Any]]:
    good = lines(*GOOD)
    latin = good.encode().replace("Lagt på".encode(), "Lagt på".encode("latin-1"))
    code = "wrong_encoding"
    return [
        whole(
            "one_latin_row.csv",
            latin,
            code,
            "One row is in another encoding: half of the file was pasted in.",
            place={"line": 3, "encoding": "utf-8"},
        ),
        whole(
            "surrogate.csv",
            good.encode().replace(b"main", b"\xed\xa0\x80", 1),
            code,
            "Half of a surrogate pair, written as if it were a letter.",
            place={"line": 2},
        ),
        whole(
            "overlong.csv",
            good.encode().replace(b"main", b"m\xc0\xafn", 1),
            code,
            "A slash in two bytes, which UTF-8 forbids.",
            place={"line": 2},
        ),
    ]
