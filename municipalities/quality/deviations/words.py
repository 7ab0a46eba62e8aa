"""Deviations in words: what is refused, and what is wrong in a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "month_has_not_ended": _("The month has not ended. Report it when it has."),
    "unknown_words": _(
        "The lists do not have %(names)s. Add them to the lists, or correct the file; nothing is"
        " stored."
    ),
    "deviation_category_is_named_once": _("There is a category of that name already."),
    "deviation_severity_is_named_once": _("There is a severity of that name already."),
    "median_days_are_not_negative": _("The median is nought or more days."),
    "is_used": _("It is used by counts, so it cannot be deleted. End it instead."),
}
FILE_WORDS = {
    "empty_file": _("The file is empty. Choose another."),
    "too_large": _("The file is larger than %(megabytes)s MB. Leave out what is not counts."),
    "broken_sheet": _("The workbook cannot be opened. Save it again as XLSX or CSV."),
    "not_text": _("The file is neither a workbook nor text. Save it as XLSX or CSV."),
    "too_many_rows": _("The file has more than %(limit)s rows. Divide it by year."),
    "no_headings": _(
        "No row of headings was found. Use the headings month, category and count (and severity"
        " and state, if you wish), or category and one column for each month."
    ),
    "unknown_column": _(
        "The column “%(column)s” is not taken. Only month, category, severity, state and counts"
        " are: no texts, names or cases. Leave it out, and choose the file again."
    ),
    "month_twice": _("Two columns are of the same month. Correct the headings."),
    "no_rows": _("The file reports no month. Write 0 where a month had no deviations."),
    "faults": _("%(count)s cells cannot be read. Correct them; nothing is stored."),
}
FAULT_WORDS = {
    "not_a_month": _("is no month"),
    "not_a_count": _("is no whole number"),
    "not_a_state": _("is no state (new, being dealt with, measures decided, closed)"),
    "no_category": _("is empty"),
}
