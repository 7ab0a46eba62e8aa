"""What each code of an import means, in words that say how to go on."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

FILE_MESSAGES = {
    "empty_file": _("The file is empty. Export it again from the telephone system."),
    "file_missing": _("There is no file %(name)s. Check the path."),
    "not_a_file": _("%(name)s is a folder, not a file. Name a file in it."),
    "file_too_large": _(
        "The file is %(size)s; at most %(limit)s is taken at a time. Divide it by month."
    ),
    "not_text": _("This is no text file. Export the call log as CSV or queue_log."),
    "spreadsheet_not_supported": _(
        "This is a spreadsheet. Save it as CSV (UTF-8) and upload that instead."
    ),
    "archive_not_supported": _("This is a packed archive. Unpack it and upload the log in it."),
    "encrypted_spreadsheet": _(
        "The workbook is locked with a password. Save it without one, then upload that."
    ),
    "broken_spreadsheet": _("The workbook is cut off or damaged. Export it again."),
    "archive_too_large": _("The workbook unpacks to more than is taken. Divide it by month."),
    "no_sheet": _("The workbook has no sheet %(sheet)s. Correct the mapping."),
    "wrong_encoding": _(
        "The file is not written in %(encoding)s. Export it as UTF-8, or correct the mapping."
    ),
    "wrong_delimiter": _(
        "The columns are not divided by %(delimiter)s. Export them so, or correct the mapping if"
        " there is one."
    ),
    "missing_columns": _("The file lacks these columns of the mapping: %(columns)s."),
    "no_header": _("The line with the column names was not found. Correct the mapping."),
    "bad_mapping": _("The mapping of the telephone system is wrong at %(key)s."),
    "wrong_date_order": _(
        "The dates do not fit the mapping's formats (%(formats)s). Correct the mapping."
    ),
    "date_order_unknown": _(
        "The dates fit day before month as well as month before day, or now one and now the other."
        " Set date_order to dmy or mdy for this source."
    ),
    "unclosed_quote": _("A quotation mark is opened and never closed."),
    "ragged_row": _("A row has more or fewer columns than the header."),
    "not_a_queue_log": _("This is no Asterisk queue_log."),
    "several_servers": _(
        "The file has calls of several exchanges: %(servers)s. Export one at a time, each to a"
        " source of its own."
    ),
    "aggregates_not_calls": _(
        "This is a report of sums, with no single calls in it. Export the call log instead."
    ),
    "calls_not_aggregates": _(
        "This is a log of single calls, not a report of counts. Import it as a call log."
    ),
    "percent_not_count": _(
        "The report has percentages (%(columns)s) where counts are needed: shares cannot be summed."
        " Export the numbers of calls."
    ),
    "ambiguous_columns": _(
        "Several columns could be the same thing: %(columns)s. Keep one of them in the file."
    ),
    "invalid_json": _("The JSON cannot be read."),
    "unknown_field": _("The field %(field)s is not known, and what is not known is not taken in."),
    "unmapped_queues": _(
        "Nothing is stored: these queues or numbers are not mapped: %(queues)s."
        " Map them on the page of the telephone system, then import again."
    ),
    "rows_refused": _(
        "Nothing is stored: %(rejected)s rows are refused, and the request takes all or none."
    ),
    "gave_up": _(
        "The import stopped in the middle %(attempts)s times. Nothing is stored. Divide the file"
        " by month and import the parts."
    ),
    "internal_error": _(
        "The import stopped by an error of ours. Nothing is stored. Try again, or tell support."
    ),
}

ROW_MESSAGES = {
    "missing_field": _("The field is empty, and it is needed."),
    "invalid_time": _("The time cannot be read, or lacks its offset from UTC."),
    "nonexistent_time": _("The clock was put forward; this local time never was."),
    "period_locked": _("The month is published; its calls cannot be added or changed."),
    "period_purged": _("The calls of this time are deleted; only their sums are kept."),
    "implausible_time": _("The time is before 2000 or in the future."),
    "invalid_duration": _("The duration cannot be read."),
    "negative_duration": _("The duration is negative."),
    "implausible_duration": _("The duration is too long to be true."),
    "unknown_outcome": _(
        "The outcome is not known. Send one of those that are, or add it to the mapping if there"
        " is one."
    ),
    "unknown_value": _("The value is not one of those that the field can have."),
    "impossible_order": _("The call is answered or ended before it arrived."),
    "unknown_field": _("The field is not known, and what is not known is not taken in."),
    "duplicate_in_file": _("The same id stands earlier in the file with other content."),
    "ragged_row": _("The row has more or fewer columns than the header."),
    "invalid_number": _("The value is not one that the field can have."),
    "leg_refused": _("Another row of the same call was refused, so the call is not whole."),
    "formula_without_value": _(
        "A cell holds a formula that was never worked out. Open the workbook, save it, try again."
    ),
    "call_spans_a_day": _("The events of this call are more than a day apart."),
    "orphan_row": _("The row continues a call whose first row is not in the file."),
    "cut_off": _("The file is cut here, so rows of this call may be missing. Export it again."),
    "lossy_id": _(
        "A spreadsheet has rounded the call's id."
        " Export call_id as text, straight from the database."
    ),
    "unreadable_line": _("The line is cut, or cannot be read."),
}

WARNING_MESSAGES = {
    "ambiguous_time": _("Times in the doubled hour of autumn that could be either."),
    "cut_off_by_restart": _("Calls cut off by a restart of the telephone system."),
    "date_order_unproven": _("Day and month could also be the other way round."),
    "loose_quotes": _("Quotation marks stand wrong in the file; check the rows that have them."),
    "wait_differs_from_stamps": _("The stated wait differs by more than 2 s from the times."),
    "stale_version": _("A later version of the call is stored already."),
    "weak_key": _("The rows have no id. Calls are told apart by the other facts of their rows."),
}


def of_file(code: str, params: dict) -> str:
    """The words for a whole file that was not taken, with the line where there is one."""
    shown = {key: _listed(value) for key, value in params.items()} | sizes_shown(params)
    message = str(FILE_MESSAGES.get(code, code)) % shown
    if "line" in params:
        message += " " + _("Line %(line)s.") % shown
    return message


def sizes_shown(params: dict) -> dict[str, str]:
    """The sizes among the params as people read them: 52428800 → 50.0 MB."""
    return {key: filesizeformat(params[key]) for key in ("size", "limit") if key in params}


def of_row(code: str) -> str:
    """The words for one refused row."""
    return str(ROW_MESSAGES.get(code, code))


def of_warning(code: str) -> str:
    """The words for something to look at."""
    return str(WARNING_MESSAGES.get(code, code))


def _listed(value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
