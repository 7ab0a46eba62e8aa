"""What is refused of deviations, in words that say how to go on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from municipalities.quality.file_words import Words

FIELDS: Words = {
    "category": _("category"),
    "count": _("count"),
}
FILE: Words = {
    "no_state": _(
        "The file has no column of states. Choose above which state its deviations have."
    ),
    "no_months": _(
        "The file has counts of no month. Write months as 2020-03 or mars 2020, or choose the year"
        " above where the file has months only."
    ),
    "months_twice": _("Two columns are of the same month. Delete one of them in the file."),
    "columns_not_over": _(
        "These months are not over: %(columns)s. Empty their cells, and report them next month."
    ),
    "unknown_names": _(
        "The lists lack: %(names)s. Correct the file, or tick below that they are to be added."
        " Add no texts, names of people or cases."
    ),
    "too_many_names": _(
        "The lists lack more than %(limit)s of the names in the file. Is it a column of texts?"
        " Take out counts by category."
    ),
}
CELL: Words = {
    "not_a_state": _("Write new, being dealt with, measures decided or closed."),
    "not_a_month": _("Write the month as 2020-03 or mars 2020."),
    "not_over": _("The month is not over. Delete the row, and report the month when it is."),
}
WORDS: Words = {
    "entry_is_used": _(
        "It is used in months that are reported, and stays. Say instead from when it is not used."
    ),
    "month_is_not_over": _("The month is not over yet. Report it when it is."),
    "unknown_name": _("The lists have been changed meanwhile. Upload the file again."),
    "deviation_category_is_named_once": _("The list has that name already. Choose another."),
    "deviation_severity_is_named_once": _("The list has that name already. Choose another."),
    "deviations_are_reported_once_a_month": _(
        "The month has just been reported by somebody else. Open it again and look."
    ),
    "median_days_are_not_negative": _("Days cannot be fewer than none."),
}
