"""Shift files in people's words: columns, why a row or a file is refused, what is odd."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from municipalities.doctors.shift_files import UnreadableShifts

COLUMNS = {
    "municipality": _("municipality"),
    "from": _("from"),
    "to": _("to"),
    "owed": _("owed"),
    "delivered": _("delivered"),
    "hired": _("hired"),
    "unfilled": _("unfilled"),
}
FILE = {
    "empty_file": _("The file is empty. Choose the file with the shifts."),
    "broken_sheet": _("The workbook cannot be opened. Save it again as XLSX, or as CSV."),
    "not_text": _("This is neither CSV nor XLSX. Save the table as one of them."),
    "no_header": _(
        "The line with the column names lacks: %(columns)s. Add them, and upload the file again."
    ),
    "too_many_rows": _("The file has more than %(limit)s rows. Divide it."),
}
ROW = {
    "missing_field": _("Nothing is filled in. Fill it in."),
    "invalid_date": _("This is no day. Write it as 31.12.2025 or 2025-12-31."),
    "ends_before_start": _("The last day is before the first. Correct one of them."),
    "unknown_municipality": _(
        "No municipality of the cooperation has this number or name. Correct it."
    ),
    "not_taking_part": _("The municipality does not take part on the first day. Correct the day."),
    "invalid_number": _("This is no whole number. Write the number of shifts alone."),
    "negative": _("The number is below zero. Correct it."),
    "formula": _("The cell is a formula without its value. Paste the value instead."),
    "overlap": _(
        "Shifts are counted for some of these days already, by other first and last days."
        " Correct the days here, or change the stored ones."
    ),
    "duplicate_in_file": _("The same municipality and days stand above. Keep one of the rows."),
}
ODD = {
    "extra_duty": _("More shifts are delivered than owed: extra duty."),
    "more_than_owed": _("Delivered, hired and unfilled together are more than owed."),
    "not_accounted_for": _("Delivered, hired and unfilled together are fewer than owed."),
    "not_over": _("The days are not over yet. Are the shifts delivered, or only planned?"),
    "ends_on_the_first": _(
        "The last day is the first of a month. Is it counted in, or is the day before the last?"
    ),
}


def of_file(error: UnreadableShifts) -> str:
    """Why nothing of the file can be read."""
    names = error.params.get("columns")
    columns = ", ".join(str(COLUMNS[name]) for name in names) if isinstance(names, list) else ""
    return str(FILE[error.code]) % (error.params | {"columns": columns})
