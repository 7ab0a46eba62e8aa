"""The forms of deviations: a month's counts, a file, and the lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.cooperations.models import Cooperation
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationMonth,
    DeviationSeverity,
    DeviationState,
)
from municipalities.quality.deviations.operations import Key, counts_of

MOST = 100_000


class MonthForm(forms.Form):
    """The counts of a month in one state: a field for each category and severity."""

    median_days = forms.DecimalField(
        label=_("Median days from reported to closed"),
        required=False,
        min_value=0,
        max_value=9_999,
        decimal_places=1,
        help_text=_("Of those closed in the month, if the deviation system tells."),
    )
    reason = forms.CharField(
        label=_("Why it is changed"),
        max_length=200,
        required=False,
        help_text=_("Only where the month was reported before."),
    )

    def __init__(
        self,
        *args: Any,
        cooperation: Cooperation,
        state: str,
        month: DeviationMonth | None,
        **options: Any,
    ) -> None:
        self.state, self.stored = state, counts_of(month) if month else {}
        self.categories = list(
            DeviationCategory.objects.filter(cooperation=cooperation, ends_date=None).order_by(
                "position", "pk"
            )
        )
        self.severities = list(
            DeviationSeverity.objects.filter(cooperation=cooperation, ends_date=None).order_by(
                "position", "pk"
            )
        )
        initial = {"median_days": month.median_days if month else None} | {
            self._name(*key[:2]): count for key, count in self.stored.items() if key[2] == state
        }
        super().__init__(*args, **{"initial": initial} | options)
        for category, severity in self._cells():
            label = f"{category}, {severity}" if severity else str(category)
            self.fields[self._name(category.pk, severity.pk if severity else None)] = (
                forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST)
            )
        self.order_fields([*self.names, "median_days", "reason"])

    @property
    def names(self) -> list[str]:
        """The names of the counts' fields, row for row."""
        return [
            self._name(category.pk, severity.pk if severity else None)
            for category, severity in self._cells()
        ]

    @property
    def counts(self) -> dict[Key, int]:
        """Every count of the month: those of this state as written, the others as they are."""
        others = {key: count for key, count in self.stored.items() if key[2] != self.state}
        gone = {
            key: count
            for key, count in self.stored.items()
            if key[2] == self.state and self._name(*key[:2]) not in self.fields
        }
        written = {
            (category.pk, severity.pk if severity else None, self.state): count
            for category, severity in self._cells()
            if (
                count := self.cleaned_data.get(
                    self._name(category.pk, severity.pk if severity else None)
                )
            )
        }
        return others | gone | written

    def _cells(self) -> Iterator[tuple[DeviationCategory, DeviationSeverity | None]]:
        for category in self.categories:
            for severity in self.severities or [None]:
                yield category, severity

    @staticmethod
    def _name(category: int, severity: int | None) -> str:
        return f"count_{category}_{severity or 0}"


class FileForm(forms.Form):
    """A file of counts."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV, XLSX or ODS with counts. Texts, names and cases are not taken."),
    )
    year = forms.IntegerField(
        label=_("Year of months that are written without one"), min_value=1990, max_value=2200
    )


class EntryForm(forms.Form):
    """A word of a list."""

    name = forms.CharField(label=_("Name"), max_length=80)
    position = forms.IntegerField(label=_("Order"), min_value=0, max_value=999, initial=0)
    ends_date = DateField(label=_("Not used from"), required=False)


class WithdrawForm(forms.Form):
    """Why a month is not reported after all."""

    reason = forms.CharField(label=_("Why"), max_length=200)


STATES = DeviationState.choices
