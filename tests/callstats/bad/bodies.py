"""Bodies that no sender should send, and the problem each of them is answered with."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from typing import Any

from tests.samples.bad.making.canonical import CSV, GOOD
from tests.samples.bad.making.cases import lines
from tests.samples.bad.making.queue_log import GOOD as EVENTS

JSON, NDJSON, TEXT, PLAIN = "application/json", "application/x-ndjson", "text/csv", "text/plain"
PACKED = {"Content-Encoding": "gzip"}
PARSE, LARGE, TYPE = (400, "parse_error"), (413, "too_large"), (415, "unsupported_media_type")
PACKING = (415, "unsupported_encoding")
NO_JSON = (422, "invalid_json")


@dataclass(frozen=True, kw_only=True)
class Body:
    """`answer`: status and code of a problem, or 200 and nothing with `rejected` rows by code."""

    name: str
    data: bytes
    answer: tuple[int, str]
    media_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    rejected: tuple[str, ...] = ()
    created: int = 0


def packed(data: bytes, level: int = 9) -> bytes:
    return gzip.compress(data, level, mtime=0)


def calls(text: str = "", *, rows: Any = GOOD) -> str:
    """The good calls as a request; `text` changes one number of the second."""
    told = json.dumps({"calls": rows})
    return told.replace('"wait_seconds": 20', f'"wait_seconds": {text}') if text else told


def every_body() -> list[Body]:
    return [*_packed(), *_of_another_kind(), *_numbers(), *_keys(), *_encoded(), *_nested()]


def _packed() -> list[Body]:
    good, csv, log = calls().encode(), lines(*CSV).encode(), lines(*EVENTS).encode()
    bomb = packed(bytes(64 << 20))
    return [
        Body(name="gzip bomb", data=bomb, answer=LARGE, headers=PACKED),
        Body(name="gzip bomb of CSV", data=bomb, answer=LARGE, headers=PACKED, media_type=TEXT),
        Body(name="cut gzip", data=packed(good)[:-9], answer=PARSE, headers=PACKED),
        Body(name="gzip without its head", data=packed(good)[10:], answer=PARSE, headers=PACKED),
        Body(name="flipped gzip", data=_flipped(packed(good)), answer=PARSE, headers=PACKED),
        Body(name="text after gzip", data=packed(good) + b"x", answer=PARSE, headers=PACKED),
        Body(name="packed twice", data=packed(packed(good)), answer=PARSE, headers=PACKED),
        Body(
            name="CSV packed twice",
            data=packed(packed(csv)),
            answer=(422, "archive_not_supported"),
            headers=PACKED,
            media_type=TEXT,
        ),
        Body(name="packed unsaid", data=packed(good), answer=PARSE),
        Body(
            name="events packed twice",
            data=packed(packed(log)),
            answer=(422, "archive_not_supported"),
            headers=PACKED,
            media_type=PLAIN,
        ),
        Body(name="not packed", data=good, answer=PARSE, headers=PACKED),
        Body(name="empty gzip", data=packed(b""), answer=PARSE, headers=PACKED),
        Body(name="brotli", data=good, answer=PACKING, headers={"Content-Encoding": "br"}),
        Body(
            name="two encodings",
            data=good,
            answer=PACKING,
            headers={"Content-Encoding": "gzip, br"},
        ),
    ]


def _flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]


def _of_another_kind() -> list[Body]:
    good, csv = calls().encode(), lines(*CSV).encode()
    return [
        Body(name="XML", data=b"<calls/>", answer=TYPE, media_type="application/xml"),
        Body(
            name="form",
            data=b"calls=1",
            answer=TYPE,
            media_type="application/x-www-form-urlencoded",
        ),
        Body(name="nonsense type", data=good, answer=TYPE, media_type="no/such/type"),
        Body(name="CSV as JSON", data=csv, answer=PARSE),
        Body(name="empty", data=b"", answer=PARSE),
        Body(name="blank", data=b" \n ", answer=PARSE),
        Body(name="blank CSV", data=b" \n ", answer=(422, "empty_file"), media_type=TEXT),
        Body(name="blank events", data=b"\n\n", answer=PARSE, media_type=PLAIN),
        Body(name="JSON as events", data=good, answer=(422, "not_a_queue_log"), media_type=PLAIN),
        Body(
            name="workbook as CSV",
            data=b"PK\x03\x04" + bytes(40),
            answer=(422, "spreadsheet_not_supported"),
            media_type=TEXT,
        ),
    ]


def _numbers() -> list[Body]:
    told = (
        ("NaN", "NaN", "invalid_duration"),
        ("Infinity", "Infinity", "invalid_duration"),
        ("minus Infinity", "-Infinity", "invalid_duration"),
        ("1e999", "1e999", "invalid_duration"),
        ("4000 digits", "9" * 4_000, "implausible_duration"),
        ("fraction of 1000 digits", f"-0.{'1' * 1_000}", "negative_duration"),
    )
    rows = [
        Body(name=name, data=calls(text).encode(), answer=(200, ""), rejected=(code,), created=2)
        for name, text, code in told
    ]
    digits = "9" * 1_000_000
    one = json.dumps(GOOD[0]).replace(": 10}", f": {digits}}}")
    leg = {"queue": "lv_116117\x00"}
    nul = calls(rows=[GOOD[0], GOOD[1] | {"legs": [leg, leg]}, GOOD[2] | {"queue": "\x00"}])
    unheld = ("unknown_value", "unknown_value")
    return [
        *rows,
        Body(name="NUL", data=nul.encode(), answer=(200, ""), rejected=unheld, created=1),
        Body(name="million digits", data=calls(digits).encode(), answer=PARSE),
        Body(name="million digits in a line", data=one.encode(), answer=NO_JSON, media_type=NDJSON),
    ]


def _keys() -> list[Body]:
    twice = json.dumps(GOOD[0]).replace('"queue"', '"id": "other", "queue"')
    lists = calls(rows=[]).replace("}", ', "calls": []}')
    return [
        Body(name="key twice", data=f'{{"calls": [{twice}]}}'.encode(), answer=PARSE),
        Body(name="key twice in a line", data=twice.encode(), answer=NO_JSON, media_type=NDJSON),
        Body(name="calls twice", data=lists.encode(), answer=PARSE),
    ]


def _encoded() -> list[Body]:
    good, half = calls(), calls().replace("lv_116117", "\\ud800", 1)
    rejected, created = (), len(GOOD)
    bom = b"\xef\xbb\xbf"
    return [
        Body(
            name="BOM",
            data=bom + good.encode(),
            answer=(200, ""),
            rejected=rejected,
            created=created,
        ),
        Body(
            name="BOM of CSV",
            data=bom + lines(*CSV).encode(),
            answer=(200, ""),
            created=created,
            media_type=TEXT,
        ),
        Body(name="UTF-16 unsaid", data=good.encode("utf-16-le"), answer=(422, "not_text")),
        Body(name="Latin-1", data=good.replace("c1", "å").encode("latin-1"), answer=PARSE),
        Body(name="half a pair", data=half.encode(), answer=NO_JSON),
        Body(
            name="half a pair in CSV",
            data=lines(*CSV).encode().replace(b"c2", b"\xed\xa0\x80"),
            answer=(422, "wrong_encoding"),
            media_type=TEXT,
        ),
        Body(
            name="NUL in CSV",
            data=lines(*CSV).encode().replace(b"c2", b"c\x00"),
            answer=(422, "not_text"),
            media_type=TEXT,
        ),
        Body(
            name="NUL in events",
            data=lines(*EVENTS).encode().replace(b"op1", b"op\x00"),
            answer=(422, "not_text"),
            media_type=PLAIN,
        ),
    ]


def _nested() -> list[Body]:
    deep = "[" * 100_000
    within = calls(f"{deep}{']' * 100_000}")
    return [
        Body(name="100 000 brackets", data=deep.encode(), answer=PARSE),
        Body(name="brackets in a call", data=within.encode(), answer=PARSE),
        Body(name="brackets in a line", data=deep.encode(), answer=NO_JSON, media_type=NDJSON),
        Body(
            name="objects in a line",
            data=('{"id":' * 100_000).encode(),
            answer=NO_JSON,
            media_type=NDJSON,
        ),
        Body(
            name="brackets in CSV",
            data=deep.encode(),
            answer=(422, "unknown_field"),
            media_type=TEXT,
        ),
    ]
