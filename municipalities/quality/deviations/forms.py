"""The forms of lists, of a month and of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.inputs import DateField
from legevakt.lib.periods import YEARS
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationSeverity,
    DeviationState,
)
from municipalities.quality.file_words import FigureFileField

MOST = 99_999
Kind = tuple[int, int | None, str]


class EntryForm(forms.Form):
    """A new word of a list."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)


class ChangeEntryForm(EntryForm):
    """Another name, place or end; why."""

    position = forms.IntegerField(
        label=gettext_lazy("Place in the list"), min_value=1, max_value=200
    )
    ends_date = DateField(
        label=gettext_lazy("Not used from"),
        required=False,
        help_text=gettext_lazy("What is reported before keeps it. Empty: it is in use."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Stands in the history."),
    )


class ReasonForm(forms.Form):
    """Why something is removed."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=200, help_text=gettext_lazy("Stands in the history.")
    )


class MonthForm(forms.Form):
    """A month's counts in grids: for each severity, categories down and states across."""

    def __init__(
        self,
        *args: Any,
        categories: Sequence[DeviationCategory],
        severities: Sequence[DeviationSeverity],
        counts: dict[Kind, int],
        is_reported: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.categories = categories
        self.severities: list[DeviationSeverity | None] = [None, *severities]
        self._counts, self._is_reported = counts, is_reported
        for kind, label in self._kinds():
            self.fields[name_of(kind)] = _count_field(label)
            self.initial[name_of(kind)] = counts.get(kind)
        self.fields["median_days"] = forms.DecimalField(
            label=_("Median days to close"),
            help_text=_("From report to closing, of those closed in the month. Empty: not told."),
            min_value=Decimal(0),
            max_digits=6,
            decimal_places=1,
            required=False,
            localize=True,
        )
        if is_reported:
            self.fields["reason"] = forms.CharField(
                label=_("Why it is changed"), max_length=200, help_text=_("Stands in the history.")
            )

    @property
    def counts(self) -> dict[Kind, int]:
        """What a clean form counts."""
        told = self.cleaned_data
        return {kind: told[name_of(kind)] for kind, _l in self._kinds() if told[name_of(kind)]}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        says_none = "none" in self.data
        has_any = any(told.get(name_of(kind)) for kind, _label in self._kinds())
        if says_none and has_any:
            raise forms.ValidationError(
                _("There are counts below. Empty them, or save the month with them.")
            )
        if not says_none and not has_any and not self.errors:
            raise forms.ValidationError(
                _("Write the counts. If there were none, press “No deviations this month”.")
            )
        return told

    def grids(self) -> Iterator[dict[str, Any]]:
        """A grid for each severity; one with counts is open, the first always."""
        for severity in self.severities:
            pk = severity.pk if severity else None
            rows = [
                (
                    each.name,
                    [
                        (str(state.label).capitalize(), self[name_of((each.pk, pk, state))])
                        for state in STATES
                    ],
                )
                for each in self.categories
            ]
            fields = [field for _name, row in rows for _state, field in row]
            yield {
                "name": severity.name if severity else _("Severity not told"),
                "rows": rows,
                "is_open": severity is None or any(each.value() or each.errors for each in fields),
            }

    def state_labels(self) -> list[str]:
        """The headings of a grid."""
        return [str(state.label).capitalize() for state in STATES]

    def plain_fields(self) -> list[forms.BoundField]:
        """What stands under the grids."""
        return [self[name] for name in ("median_days", "reason") if name in self.fields]

    def _kinds(self) -> Iterator[tuple[Kind, str]]:
        for severity in self.severities:
            for each in self.categories:
                for state in STATES:
                    parts = [each.name, severity.name if severity else "", str(state.label)]
                    kind = (each.pk, severity.pk if severity else None, state.value)
                    yield kind, ", ".join(part for part in parts if part)


class FileForm(forms.Form):
    """A file of counts, and what it does not say itself."""

    file = FigureFileField(
        label=gettext_lazy("File with counts of deviations"),
        help_text=gettext_lazy("CSV, XLSX or ODS with counts, never with cases. At most 5 MB."),
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year, where the file has months only"),
        min_value=YEARS[0] + 100,
        max_value=YEARS[-1] - 100,
        required=False,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State, where the file has no column of states"),
        choices=[("", gettext_lazy("the file has one")), *DeviationState.choices],
        required=False,
    )
    is_added = forms.BooleanField(
        label=gettext_lazy("Add categories and severities that the lists lack"), required=False
    )


STATES = list(DeviationState)


def name_of(kind: Kind) -> str:
    """The name of the field of a kind.

    >>> name_of((3, None, "new"))
    'n-3-0-new'
    """
    category, severity, state = kind
    return f"n-{category}-{severity or 0}-{state}"


def _count_field(label: str) -> forms.IntegerField:
    field = forms.IntegerField(label=label, min_value=0, max_value=MOST, required=False)
    field.widget.attrs |= {"inputmode": "numeric", "aria-label": label}
    return field
