"""The body of an import request: its size, its packing, its format and its rows."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from callstats.imports.api_errors import InvalidCoverage, TooLarge, UnknownPacking
from callstats.imports.reading import EVENT_LINES
from callstats.sources import strict_json
from callstats.sources.times import EARLIEST

LONGEST_COVERED = timedelta(days=366)
CLOCKS_DIFFER = timedelta(hours=1)
NAMES_SHOWN, NAME_SHOWN = 10, 40


@dataclass(frozen=True)
class Body:
    """Unpacked bytes, their format, how many rows, and the time they say they cover.

    `calls`: the rows as they were read, where every way of reading the bytes gives the same.
    """

    data: bytes
    file_format: str
    rows: int
    covers: tuple[datetime, datetime] | None
    calls: list[Any] | None = None


class BodyParser(BaseParser):
    """Reads at most API_BYTES_LIMIT, unpacking gzip on the way (so a bomb stops early)."""

    media_type = "*/*"
    file_format = ""

    def parse(self, stream, media_type=None, parser_context=None) -> Body:
        request = parser_context["request"]
        data = _unpacked(stream, request.headers.get("Content-Encoding", ""))
        return body_of(data, self.file_format)


class JsonBody(BodyParser):
    media_type, file_format = "application/json", "json"


class NdjsonBody(BodyParser):
    media_type, file_format = "application/x-ndjson", "ndjson"


class CsvBody(BodyParser):
    media_type, file_format = "text/csv", "csv"


class EventLinesBody(BodyParser):
    """Lines of a queue_log as the Asterisk wrote them."""

    media_type, file_format = "text/plain", EVENT_LINES


def body_of(data: bytes, file_format: str) -> Body:
    """Count the rows without judging them; raises ParseError or TooLarge."""
    calls, covers = _json_facts(data) if file_format == "json" else (None, None)
    rows = _lines(data) if calls is None else len(calls)
    if file_format == "csv":
        rows = max(rows - 1, 0)
    if file_format == EVENT_LINES and not rows:
        raise ParseError(_("The body is empty."))
    if rows > settings.API_ROWS_LIMIT:
        shown = {"rows": rows, "limit": settings.API_ROWS_LIMIT}
        raise TooLarge(_("%(rows)s rows; at most %(limit)s at a time.") % shown)
    is_plain = data.isascii() and b"\0" not in data  # else its encoding may be told otherwise
    return Body(
        data=data,
        file_format=file_format,
        rows=rows,
        covers=covers,
        calls=calls if is_plain else None,
    )


def _unpacked(stream, encoding: str) -> bytes:
    limit = settings.API_BYTES_LIMIT
    data = stream.read(limit + 1)
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip"):
        raise UnknownPacking(encoding[:NAME_SHOWN])
    if encoding == "gzip" and len(data) <= limit:
        data = _unzipped(data, limit=limit)
    if len(data) > limit:
        raise TooLarge(_("More than %(limit)s bytes.") % {"limit": limit})
    return data


def _unzipped(data: bytes, *, limit: int) -> bytes:
    """Every member of the gzip (RFC 1952 2.2), unpacked only until one byte over the limit."""
    if not data:
        raise ParseError(_("The gzip body is cut."))
    try:
        return gzip.GzipFile(fileobj=io.BytesIO(data)).read(limit + 1)
    except EOFError as error:
        raise ParseError(_("The gzip body is cut.")) from error
    except (OSError, zlib.error) as error:
        raise ParseError(_("The body is no gzip, or something else follows it.")) from error


def _json_facts(data: bytes) -> tuple[list[Any], tuple[datetime, datetime] | None]:
    try:
        content = strict_json.loads(data)
    except strict_json.NotJson as error:
        raise ParseError(_("The body is no JSON.")) from error
    if not isinstance(content, dict) or not isinstance(content.get("calls"), list):
        raise ParseError(_('Send {"calls": [ … ]}.'))
    unknown = sorted(set(content) - {"calls", "covers_from", "covers_to"})
    if unknown:
        shown = {"names": ", ".join(name[:NAME_SHOWN] for name in unknown[:NAMES_SHOWN])}
        raise ParseError(_("Unknown members: %(names)s.") % shown)
    return content["calls"], _covers(content)


def _covers(content: dict) -> tuple[datetime, datetime] | None:
    if "covers_from" not in content and "covers_to" not in content:
        return None
    try:
        first, end = (
            datetime.fromisoformat(content[name]) for name in ("covers_from", "covers_to")
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidCoverage(
            _("Give both covers_from and covers_to as RFC 3339 moments.")
        ) from error
    if first.tzinfo is None or end.tzinfo is None or end <= first:
        raise InvalidCoverage(_("covers_from must lie before covers_to, both with offset."))
    too_late = end > timezone.now() + CLOCKS_DIFFER
    if first < EARLIEST or too_late or end - first > LONGEST_COVERED:
        raise InvalidCoverage(_("covers_from to covers_to: at most a year, and no time to come."))
    return first, end


def _lines(data: bytes) -> int:
    return sum(1 for line in data.split(b"\n") if line.strip())
