"""What the wizard calls the parts of a mapping."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from callstats.imports.field_words import FIELDS
from callstats.sources.table_mapping import EPOCH, WITH_OFFSET

NO_ROLES = ("id", "group", "legs")

# In the order in which a page offers them. The id is no role: any column can be part of it.
ROLES = {field: words for field, words in FIELDS.items() if field not in NO_ROLES}

KEYS = {
    "format": _("kind of file"),
    "encoding": _("encoding"),
    "delimiter": _("delimiter"),
    "quote": _("quotation mark"),
    "header_line": _("line of the column names"),
    "footer_regex": _("lines to leave out"),
    "sheet": _("sheet"),
    "records": _("place of the list"),
    "columns": _("column"),
    "filters": _("rows left out"),
    "kind": _("rows of a call"),
    "group": _("columns that make one call"),
    "wait": _("how the wait is found"),
    "repeats": _("a call that is told again"),
    "decimal": _("decimal mark"),
    "time_formats": _("dates and times"),
    "zone": _("time zone"),
    "duration_unit": _("unit of durations"),
    "short_clock": _("durations such as 1:30"),
    "outcomes": _("word for the outcome"),
    "forwarded": _("word for where it was forwarded"),
    "number": _("fixed number"),
    "queue": _("fixed queue"),
    "id": _("calls without an id"),
    "date_order": _("order of day and month"),
    "terminated_by_queue": _("calls ended by the queue"),
}

# What is still to be said, by the key that is missing or wrong.
MISSING = {
    "columns": _("Say what the columns are."),
    "columns.arrived_at": _("Say which column tells when the call arrived."),
    "columns.id": _("Tick the columns that identify a call, or say that the file has no id."),
    "columns.outcome": _(
        "Say which column tells what became of the call, or when it was answered."
    ),
    "columns.queue": _("Say which column is the queue or the number, or write a fixed one."),
    "columns.wait_seconds": _("Say which column tells how long the caller waited."),
    "columns.version": _("Say which column is the version of the row."),
    "time_formats": _("Choose how dates and times are written."),
    "outcomes": _("Say what each word for the outcome means."),
    "group": _("Tick the columns that are the same on every row of a call."),
    "wait": _("Choose how the wait is found: it cannot be guessed from several rows."),
    "id": _("Rows that together make a call need columns that identify it."),
}

# What a guess warns of.
GUESS_WARNINGS = {
    "mixed_encoding": _(
        "The file mixes two encodings, so some letters may be wrong. Look at the words below."
    ),
    "no_header": _(
        "No line with column names was found, so the columns are numbered as they stand."
    ),
}

ENCODINGS = {
    "": _("found from the file"),
    "utf-8": _("UTF-8"),
    "windows-1252": _("Windows (Western Europe)"),
    "iso8859-1": _("ISO 8859-1"),
    "utf-16": _("UTF-16"),
}
DELIMITERS = {
    "": _("found from the file"),
    ";": _("semicolon ;"),
    ",": _("comma ,"),
    "\t": _("tabulator"),
    "|": _("vertical bar |"),
}
DECIMALS = {"": _("either"), ",": _("comma: 12,5"), ".": _("point: 12.5")}
UNITS = {"s": _("seconds"), "ms": _("milliseconds"), "min": _("minutes"), "d": _("days")}
SHORT_CLOCKS = {"": _("minutes and seconds"), "hm": _("hours and minutes")}
KINDS = {
    "row-per-call": _("one row"),
    "row-per-leg": _("several rows, one for each queue or operator"),
}
WAITS = {
    "": _("from its column, else from the times"),
    "column": _("from its column only"),
    "stamps": _("from the times of arrival and answer"),
    "sum_of_legs": _("the sum of the column over the rows of a call"),
    "unknown": _("the file does not tell it"),
}
TESTS = {
    "in": _("keep only rows with"),
    "not_in": _("leave out rows with"),
    "matches": _("keep only rows that match the pattern"),
}
ORDERS = {"dmy": _("day before month"), "mdy": _("month before day")}

_EXAMPLE = datetime(2025, 10, 24, 14, 3, 5, tzinfo=UTC)
_FORMATS = (
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%d-%m-%Y %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y%m%d %H%M%S",
)
FORMAT_SHOWN = _FORMATS[0]
NAMED_FORMATS = {
    WITH_OFFSET: _("2025-10-24T14:03:05+02:00 (RFC 3339, with offset)"),
    EPOCH: _("1761307385 (seconds or milliseconds since 1970)"),
}


def format_words(form: str) -> str:
    """A time format as an example of it."""
    return str(NAMED_FORMATS[form]) if form in NAMED_FORMATS else _EXAMPLE.strftime(form)


def usual_formats() -> list[str]:
    """The ways of writing a moment that a page offers."""
    return [*_FORMATS, *NAMED_FORMATS]
