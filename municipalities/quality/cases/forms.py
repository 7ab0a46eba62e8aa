"""The grid of a quarter's complaints, and the form of a case of supervision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from legevakt.lib.inputs import DateField, HappenedField, HappenedForm
from municipalities.quality.cases.models import (
    ComplaintCount,
    ComplaintKind,
    Supervision,
    SupervisionOutcome,
)
from municipalities.quality.cases.rules import Counted
from municipalities.quality.cases.words import WORDS

MOST = 9_999
COLUMNS = ("received", "decided", "upheld")


@dataclass(frozen=True)
class GridRow:
    """A kind and its three fields, each with its heading."""

    label: str
    cells: tuple[tuple[str, BoundField], ...]


class ComplaintsForm(forms.Form):
    """The counts of a quarter, kind by kind; an empty row is missing, 0 is nought."""

    def __init__(self, *args: Any, reported: Iterable[ComplaintCount], **options: Any) -> None:
        super().__init__(*args, **options)
        known = {each.kind: each for each in reported}
        for kind, label in ComplaintKind.choices:
            for column in COLUMNS:
                self.fields[f"{kind}-{column}"] = forms.IntegerField(
                    label=f"{label}, {HEADINGS[column]}",
                    required=False,
                    min_value=0,
                    max_value=MOST,
                )
                if kind in known:
                    self.initial[f"{kind}-{column}"] = getattr(known[kind], column)
        if known:
            self.fields["reason"] = forms.CharField(label=_("Why it is changed"), max_length=200)

    @property
    def counts(self) -> dict[str, Counted | None]:
        """What a clean form says of each kind."""
        return {kind: self._counted(kind) for kind in ComplaintKind.values}

    def rows(self) -> list[GridRow]:
        """The grid."""
        return [
            GridRow(
                str(label),
                tuple((str(HEADINGS[column]), self[f"{kind}-{column}"]) for column in COLUMNS),
            )
            for kind, label in ComplaintKind.choices
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for kind in ComplaintKind.values:
            received, decided, upheld = (found.get(f"{kind}-{column}") for column in COLUMNS)
            if received is None and (decided is not None or upheld is not None):
                if f"{kind}-received" not in self.errors:
                    self.add_error(f"{kind}-received", WORDS["received_is_missing"])
            elif received is not None and not (upheld or 0) <= (decided or 0) <= received:
                rule = "complaints_upheld_are_decided_and_received"
                self.add_error(f"{kind}-decided", WORDS[rule])
        return found

    def _counted(self, kind: str) -> Counted | None:
        received, decided, upheld = (self.cleaned_data[f"{kind}-{column}"] for column in COLUMNS)
        return None if received is None else Counted(received, decided or 0, upheld or 0)


class SupervisionForm(HappenedForm):
    """A case as it stands; never about whom."""

    authority = forms.CharField(
        label=gettext_lazy("Authority"),
        max_length=120,
        help_text=gettext_lazy("For example Statsforvaltaren i Vestland."),
    )
    reference = forms.CharField(label=gettext_lazy("Reference"), max_length=60)
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=160,
        help_text=gettext_lazy("What it is about, in general. Name no patient and no employee."),
    )
    opened_date = HappenedField(label=gettext_lazy("Opened"))
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=SupervisionOutcome.choices,
        initial=SupervisionOutcome.OPEN.value,
    )
    closed_date = HappenedField(label=gettext_lazy("Concluded"), required=False)
    deadline_date = DateField(
        label=gettext_lazy("To be put right by"),
        required=False,
        help_text=gettext_lazy("Only for a breach of the law."),
    )
    corrected_date = HappenedField(label=gettext_lazy("Put right"), required=False)

    @staticmethod
    def initial_of(case: Supervision) -> dict[str, Any]:
        """What a form on the case begins with."""
        names = [name for name in SupervisionForm.base_fields if name != "reason"]
        return {name: getattr(case, name) for name in names}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        closed, opened = found.get("closed_date"), found.get("opened_date")
        if closed and opened and closed < opened:
            self.add_error("closed_date", WORDS["supervision_ends_after_start"])
        is_open = found.get("outcome") == SupervisionOutcome.OPEN
        if "closed_date" in found and is_open == bool(closed):
            self.add_error("closed_date", WORDS["supervision_concluded_has_its_day"])
        self._check_corrected(found.get("corrected_date"), opened=opened)
        return found

    def _check_corrected(self, corrected: date | None, *, opened: date | None) -> None:
        is_breach = self.cleaned_data.get("outcome") == SupervisionOutcome.BREACH
        if corrected and (not is_breach or (opened and corrected < opened)):
            self.add_error("corrected_date", WORDS["only_a_breach_is_put_right"])


class SupervisionChangeForm(SupervisionForm):
    """A change, and why."""

    reason = forms.CharField(label=gettext_lazy("Why it is changed"), max_length=200)


HEADINGS = {
    "received": pgettext_lazy("complaints", "received"),
    "decided": gettext_lazy("of these decided"),
    "upheld": gettext_lazy("of those wholly or partly upheld"),
}
