"""Files of figures that are refused, in words that say how to go on."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.costs.accounts.headings import MAX_BYTES
from municipalities.quality.files import Fault, UnreadableFile

Words = Mapping[str, str | Promise]

FILE: Words = {
    "empty_file": gettext_lazy("The file is empty. Take it out again."),
    "too_large": gettext_lazy("The file is larger than %(megabytes)s MB. Take out sums only."),
    "broken_sheet": gettext_lazy(
        "The workbook cannot be opened. Save it again as XLSX or ODS, without a password, or as"
        " CSV."
    ),
    "not_text": gettext_lazy("The file is neither CSV, XLSX nor ODS. Save it as one of them."),
    "too_many_rows": gettext_lazy(
        "The file has more than %(limit)s rows. Take out counts, and not each case."
    ),
    "no_headings": gettext_lazy(
        "No row of the file has headings that are known. Look below at what they may be."
    ),
    "heading_twice": gettext_lazy(
        "Two columns mean the same as “%(column)s”, so that it is unknown which of them counts."
        " Delete one of them in the file."
    ),
    "strange_columns": gettext_lazy(
        "These columns are not of the figures: %(columns)s. Delete them from the file. Texts,"
        " names and cases do not belong here, and nothing of the file is stored."
    ),
    "missing_column": gettext_lazy(
        "The file lacks the column: %(field)s. Look below at what its heading may be."
    ),
    "cells_refused": gettext_lazy(
        "%(count)s cells cannot be read, so nothing is taken in. Correct them as said below and"
        " upload the file again."
    ),
}
CELL: Words = {
    "empty": gettext_lazy("The cell is empty. Fill it in, or delete the row."),
    "formula": gettext_lazy("The cell is a formula without its value. Paste the value instead."),
    "not_a_count": gettext_lazy("Write a whole number, 0 or more."),
    "not_a_year": gettext_lazy("Write the year with four digits."),
    "twice": gettext_lazy("The same stands in an earlier row. Delete one of them."),
    "long_text": gettext_lazy("The text is too long to be a name of a list. Write its name."),
}


class FigureFileField(forms.FileField):
    """CSV, XLSX or ODS; no larger than is read."""

    def __init__(self, **options):
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file and file.size > MAX_BYTES:
            facts = {"megabytes": MAX_BYTES // 1024**2}
            raise forms.ValidationError(str(FILE["too_large"]) % facts)
        return file


def told_file(error: UnreadableFile, *, words: Words, fields: Words) -> str:
    """Why the file is refused; `words` are the room's own, `fields` the names of columns."""
    facts = dict(error.facts)
    if "field" in facts:
        facts["field"] = str(fields[str(facts["field"])])
    return str({**FILE, **words}[error.code]) % facts


def fault_rows(faults: tuple[Fault, ...], *, words: Words) -> list[list[str]]:
    """Cells that cannot be taken, as rows of a table."""
    told = {**CELL, **words}
    return [
        [str(each.row), each.column, each.given or _("text"), str(told[each.code])]
        for each in faults
    ]


def fault_columns() -> list[str]:
    """The headings of `fault_rows`."""
    return [_("Row"), _("Column"), _("In the file"), _("What to do")]
