"""Profile canonical: our own names for a call's facts, as JSON, NDJSON or CSV (design.md 10).

Few rows come at a time through the API, so these are read one by one in plain Python; a
CSV file goes through the columns of `table`. Tests hold the two to the same answer.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from callstats.sources import strict_json
from callstats.sources.canonical_row import NAMES, Refusal, call_from
from callstats.sources.few import FewCalls, framed, in_frame, listed
from callstats.sources.files import decode, read_bytes
from callstats.sources.frames import (
    CALLS,
    FORWARDED_TO,
    LONGEST_VALUE,
    OUTCOMES,
    REFUSED,
    Parsed,
    ParsedCalls,
    SourceSettings,
    Unreadable,
    Warning,
    no_refused,
)
from callstats.sources.parts import is_large, read_in_parts
from callstats.sources.row_checks import TOLERANCE_MS
from callstats.sources.table import calls_in
from callstats.sources.telling import name_told
from callstats.sources.times import latest_for

OTHER_DELIMITERS = (";", "\t")
FIRST_LINE = re.compile(r"[^\r\n]*")
MILLISECOND = timedelta(milliseconds=1)
Row = dict[str, Any]


def calls_from_rows(rows: list[Row], *, settings: SourceSettings) -> ParsedCalls:
    """Calls from rows with canonical names. Refused rows carry `index` (0-based) and `line`."""
    return in_frame(few_from_rows(rows, settings=settings))


def few_from_rows(rows: list[Row], *, settings: SourceSettings) -> Parsed[FewCalls]:
    """The same in plain lists. Raises Unreadable("invalid_json")."""
    calls: dict[str, Row] = {}
    refused: list[Row] = []
    same, latest = 0, latest_for(settings.now)
    for index, row in enumerate(rows):
        try:
            call = call_from(row, latest=latest)
            call["line"] = index + 1
            if _known(call, calls):
                same += 1
        except Refusal as refusal:
            refused.append(_refused(index, row, refusal))
    return _parsed(list(calls.values()), refused, same)


def _known(call: Row, calls: dict[str, Row]) -> bool:
    """Keeps a call met for the first time; True when it has been told before, in the same words."""
    first = calls.setdefault(call["external_id"], call)
    if first is call:
        return False
    if any(first[k] != call[k] for k in call if k not in ("line", "arrived_text")):
        raise Refusal("id", "duplicate_in_file")
    return True


def _refused(index: int, row: Any, refusal: Refusal) -> Row:
    given = row.get("id") if isinstance(row, dict) else None
    return {
        "line": index + 1,
        "index": index,
        "external_id": given if isinstance(given, str) else None,
        "field": refusal.field,
        "code": refusal.code,
        "value": None if refusal.value is None else refusal.value[:LONGEST_VALUE],
    }


def _parsed(rows: list[Row], refused: list[Row], same: int) -> Parsed[FewCalls]:
    calls = FewCalls(listed(rows, CALLS))
    arrivals = calls.columns["arrived_at"]
    apart = [row["line"] for row in rows if _is_apart(row)]
    warning = Warning(
        code="wait_differs_from_stamps", count=len(apart), line=min(apart, default=None)
    )
    return Parsed(
        calls=calls,
        refused=framed(listed(refused, REFUSED), REFUSED) if refused else no_refused(),
        received=calls.height + len(refused),
        ignored=same,
        pending=0,
        first_at=min(arrivals, default=None),
        last_at=max(arrivals, default=None),
        spans=calls.spans(),
        warnings=(warning,) if apart else (),
    )


def _is_apart(call: Row) -> bool:
    if call["outcome"] != "answered" or not call["answered_at"] or call["wait_seconds"] is None:
        return False
    stamped = (call["answered_at"] - call["arrived_at"]) // MILLISECOND
    return abs(stamped - int(call["wait_seconds"] * 1000)) > TOLERANCE_MS


def read_json(data: bytes) -> list[Row]:
    """`{"calls": […]}` or a bare list. Raises Unreadable invalid_json (line)."""
    try:
        told = strict_json.loads(decode(data))
    except strict_json.NotJson as error:
        raise Unreadable("invalid_json", line=error.line) from None
    return _rows_in(told)


def _rows_in(told: Any) -> list[Row]:
    rows = told.get("calls") if isinstance(told, dict) else told
    if not isinstance(rows, list):
        raise Unreadable("invalid_json", line=1)
    return rows


def read_ndjson(data: bytes) -> list[Row]:
    """One JSON object a line; blank lines say nothing. Raises Unreadable invalid_json (line)."""
    rows = []
    for number, line in enumerate(decode(data).split("\n"), 1):
        if line.strip():
            try:
                rows.append(strict_json.loads(line))
            except strict_json.NotJson:
                raise Unreadable("invalid_json", line=number) from None
    return rows


def read_csv(data: bytes) -> list[Row]:
    """Comma-separated with canonical names in the first line; empty text is no value.

    Raises Unreadable: wrong_delimiter (delimiter, line), unknown_field (field),
    ambiguous_columns (columns, line), ragged_row (line).
    """
    reader = csv.reader(io.StringIO(decode(data)))
    names = [name.strip() for name in next(reader)]
    _check_names(names)
    rows = []
    for values in reader:
        if len(values) != len(names) and values:
            raise Unreadable("ragged_row", line=reader.line_num)
        if values:
            rows.append(
                {
                    name: text.strip()
                    for name, text in zip(names, values, strict=True)
                    if text.strip()
                }
            )
    return rows


def _names(text: str) -> list[str]:
    """The fields of the first line, whatever ends it; none where one is too large to be a name."""
    first = FIRST_LINE.match(text)
    try:
        return [name.strip() for name in next(csv.reader([first[0] if first else ""]), [])]
    except csv.Error:
        return []


def _check_names(names: list[str]) -> None:
    if len(names) == 1 and any(mark in names[0] for mark in OTHER_DELIMITERS):
        raise Unreadable("wrong_delimiter", delimiter=",", line=1)
    for name in names:
        if name not in NAMES or name == "legs":
            raise Unreadable("unknown_field", field=name_told(name))
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Unreadable("ambiguous_columns", columns=twice, line=1)


def read_calls(path: str | Path, *, settings: SourceSettings) -> ParsedCalls:
    """A file of canonical JSON, NDJSON or CSV, told apart by its first character.

    An object is a whole if nothing follows it and it has `calls`; else it is the first line of
    many. Raises Unreadable as `read_bytes`, `decode` and the readers of each.
    """
    data = read_bytes(path)
    text = decode(data)
    start = text.lstrip()
    if start.startswith("["):
        return calls_in_json(data, settings=settings)
    if start.startswith("{"):
        return _calls_in_objects(data, text, settings=settings)
    return calls_in_csv(data, settings=settings)


def _calls_in_objects(data: bytes, text: str, *, settings: SourceSettings) -> ParsedCalls:
    try:
        told = strict_json.loads(text)
    except strict_json.NotJson:
        # What is broken is told by its own line: a whole that is printed wide begins with «{».
        is_lines = text.lstrip().split("\n", 1)[0].rstrip().endswith("}")
        return (calls_in_ndjson if is_lines else calls_in_json)(data, settings=settings)
    rows = _rows_in(told) if "calls" in told else [told]
    return calls_from_rows(rows, settings=settings)


def read_parts(path: str | Path, *, settings: SourceSettings) -> Iterator[ParsedCalls]:
    """The same as `read_calls`, a large CSV in parts. Calls told in two parts come in both."""
    place = Path(path)
    if not is_large(place) or _is_json(place):
        yield read_calls(place, settings=settings)
        return
    yield from read_in_parts(
        place, head_lines=1, read=lambda part: calls_in_csv(part, settings=settings)
    )


def _is_json(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(1000).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def calls_in_json(data: bytes, *, settings: SourceSettings) -> ParsedCalls:
    """Raises Unreadable as `read_json`."""
    return calls_from_rows(read_json(data), settings=settings)


def calls_in_ndjson(data: bytes, *, settings: SourceSettings) -> ParsedCalls:
    """A line is one row, whatever is in it. Raises Unreadable as `read_ndjson`."""
    return calls_from_rows(read_ndjson(data), settings=settings)


def calls_in_csv(data: bytes, *, settings: SourceSettings) -> ParsedCalls:
    """Canonical CSV by columns. Raises Unreadable: wrong_delimiter, unknown_field,

    ambiguous_columns, missing_columns, and as `decode` and `calls_in`.
    """
    text = decode(data)
    names = _names(text)
    _check_names(names)
    if missing := [name for name in ("id", "arrived_at", "outcome") if name not in names]:
        raise Unreadable("missing_columns", columns=missing, line=1)
    mapping = {
        "delimiter": ",",
        "decimal": ".",
        "header_line": 1,
        "columns": {name: name for name in names},
        "time_formats": ["rfc3339"],
        "outcomes": {name: name for name in OUTCOMES},
        "forwarded": {name: name for name in FORWARDED_TO},
    }
    return calls_in(text, mapping=mapping, settings=settings)


READERS = {"json": calls_in_json, "ndjson": calls_in_ndjson, "csv": calls_in_csv}
