"""What each code of a report means, in words that say how to go on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from callstats.imports import messages as of_imports

# Where a call log would be mended by its mapping, a report is mended by its header.
FILE_MESSAGES = {
    "missing_columns": _(
        "The report lacks these columns: %(columns)s. docs/aggregates.md names those that are read."
    ),
    "no_header": _(
        "The line with the column names was not found."
        " Needed are period_from, offered and answered."
    ),
    "not_text": _("This is no text file. Export the report as CSV."),
    "file_missing": _("The file is no longer kept. Upload it again."),
    "file_too_large": _("The file is %(size)s; at most %(limit)s is taken. Divide it."),
}
ROW_MESSAGES = {
    "ambiguous_time": _(
        "The clock shows this time twice that night. Write it with its offset from UTC."
    ),
    "ends_before_start": _("The period ends before or when it begins."),
    "period_not_over": _("The period is not over, so its counts are not complete."),
    "percent_not_count": _("This is a percentage. Counts are needed: shares cannot be summed."),
    "overlapping_period": _(
        "The period overlaps another of the same series and line. Reports by day and by quarter"
        " are two series."
    ),
    "answered_over_offered": _("More calls are answered than were offered."),
    "parts_over_offered": _("Answered and abandoned together are more than were offered."),
    "band_over_answered": _("More calls are answered within the band than were answered."),
    "band_shrinks": _("Fewer calls are answered within more seconds."),
    "duplicate_in_file": _("The same period stands earlier in the file with other counts."),
    "invalid_number": _("This is no whole number."),
}


def of_file(code: str, params: dict) -> str:
    """The words for a whole report that was not taken."""
    if code not in FILE_MESSAGES:
        return of_imports.of_file(code, params)
    columns = ", ".join(map(str, params.get("columns", [])))
    return str(FILE_MESSAGES[code]) % (
        params | {"columns": columns} | of_imports.sizes_shown(params)
    )


def of_row(code: str) -> str:
    """The words for one refused row."""
    return str(ROW_MESSAGES[code]) if code in ROW_MESSAGES else of_imports.of_row(code)
