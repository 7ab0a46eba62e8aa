"""Which time an import tells of, so that an hour without calls is not an hour without data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from callstats.imports.models import CallImport
from callstats.sources.frames import Parsed, Span

MICROSECOND = timedelta(microseconds=1)


def spans(*, call_import: CallImport, parsed: Parsed[Any]) -> tuple[Span, ...]:
    """The spans (first and last moment, both within) of which the import is evidence.

    What the sender states; else what the file's own moments show (`sources.silences`).
    """
    if call_import.covers_from_at and call_import.covers_to_at:
        return ((call_import.covers_from_at, call_import.covers_to_at - MICROSECOND),)
    return parsed.spans
