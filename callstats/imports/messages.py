"""What each code of an import means, in words that say how to go on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FILE_MESSAGES = {
    "empty_file": _("The file is empty. Export it again from the telephone system."),
    "file_not_found": _("There is no such file. Check the path."),
    "is_a_directory": _("This is a folder, not a file. Name the file in it."),
    "unreadable_file": _("The file could not be opened. Check that you may read it."),
    "file_too_large": _(
        "The file has %(size)s bytes; at most %(limit)s are taken at a time. Divide it by month."
    ),
    "not_text": _("This is no text file. Export the call log as CSV or queue_log."),
    "spreadsheet_not_supported": _(
        "This is a spreadsheet (%(kind)s). Save it as CSV (UTF-8), then upload that."
    ),
    "archive_not_supported": _("This is a packed archive. Unpack it, then upload the log in it."),
    "wrong_encoding": _(
        "The file is not written in %(encoding)s. Set the source's encoding, or export as UTF-8."
    ),
    "wrong_delimiter": _("The columns could not be told apart by %(delimiter)s."),
    "missing_columns": _("The file lacks these columns of the mapping: %(columns)s."),
    "no_header": _("No header line was found. Check the mapping's header line."),
    "bad_mapping": _("The source's mapping is not right: %(key)s."),
    "not_a_queue_log": _("This is no Asterisk queue_log: line %(line)s cannot be read as one."),
    "not_json": _("The body is no JSON that can be read: %(reason)s."),
    "unknown_profile": _("The source has a profile that is not known: %(profile)s."),
    "unmapped_queues": _(
        "Nothing is stored: the source does not know these queues or numbers: %(queues)s."
        " Map each of them to a public number, then import again."
    ),
    "internal_error": _(
        "The import stopped by an error of ours. Nothing is stored. Try again, or tell support."
    ),
}

ROW_MESSAGES = {
    "missing_field": _("The field is empty, and it is needed."),
    "invalid_time": _("The time cannot be read with the given format."),
    "naive_time": _("The time lacks its offset from UTC."),
    "nonexistent_time": _("The clock was put forward; this local time never was."),
    "implausible_time": _("The time is before 2000 or in the future."),
    "invalid_duration": _("The duration cannot be read."),
    "negative_duration": _("The duration is negative."),
    "implausible_duration": _("The duration is too long to be true."),
    "unknown_outcome": _("The outcome is not known; add it to the mapping."),
    "unknown_value": _("The value is not one of those allowed."),
    "impossible_order": _("The call is answered or ended before it arrived."),
    "unknown_field": _("The field is not known, and what is not known is not taken in."),
    "duplicate_in_file": _("The same id stands earlier in the file with other content."),
    "ragged_row": _("The row has more or fewer columns than the header."),
    "invalid_number": _("The value is no whole number."),
    "invalid_value": _("The value cannot be read."),
    "call_spans_a_day": _("The events of this call id are more than a day apart."),
    "unreadable_line": _("The line is cut or cannot be read."),
}

WARNING_MESSAGES = {
    "wait_differs": _("The stated wait differs by more than 2 s from the times."),
    "stale_version": _("A later version of the call is stored already."),
    "weak_key": _("The rows have no id; calls are told apart by time, queue and wait."),
}


def of_file(code: str, params: dict) -> str:
    """The words for a whole file that was not taken."""
    shown = {key: _listed(value) for key, value in params.items()}
    message = str(FILE_MESSAGES.get(code, code))
    try:
        return message % shown
    except KeyError:
        return message


def of_row(code: str) -> str:
    """The words for one refused row."""
    return str(ROW_MESSAGES.get(code, code))


def of_warning(code: str) -> str:
    """The words for something to look at."""
    return str(WARNING_MESSAGES.get(code, code))


def _listed(value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
