"""The forms of what is required, and of why something is changed."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.competence.models import CompetenceKind, CompetenceRequirement

MOST_MONTHS = 600
WORDS = {
    "competence_requirement_is_listed_once": _(
        "The central has a requirement of that name already, perhaps one that has ended. Choose"
        " another name, or change that one."
    ),
}


class DayField(DateField):
    """A day; with `until` not after that day."""

    def __init__(self, *, until: date | None = None, **more) -> None:
        super().__init__(**more)
        self.until = until

    def validate(self, value) -> None:
        super().validate(value)
        if value and self.until and value > self.until:
            raise forms.ValidationError(
                _("The day is still to come. Register it when it has been, or choose another day.")
            )


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("Kept in the history. Name no person."),
    )


class ReasonForm(forms.Form):
    """Why something is taken away."""

    def __init__(self, *args, **more) -> None:
        super().__init__(*args, **more)
        self.fields["reason"] = reason_field()


class RequirementForm(forms.Form):
    """What every operator of the central must have."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Choose …")), *CompetenceKind.choices]
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=120,
        required=False,
        help_text=_("Left empty where it is the host's own requirement."),
    )
    valid_months = forms.IntegerField(
        label=_("Valid for, in months"),
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
        help_text=_("60 is five years. Left empty, it never expires."),
    )

    def __init__(self, *args, requirement: CompetenceRequirement | None = None, **more) -> None:
        super().__init__(*args, **more)
        if requirement:
            self.initial = {name: getattr(requirement, name) for name in self.fields}
            self.fields["reason"] = reason_field()


class EndForm(forms.Form):
    """From when something is no longer required, and why."""

    ends_date = DayField(
        label=_("No longer required from"),
        required=False,
        help_text=_("The first day without it. Left empty, it is required again."),
    )

    def __init__(self, *args, **more) -> None:
        super().__init__(*args, **more)
        self.fields["reason"] = reason_field()
