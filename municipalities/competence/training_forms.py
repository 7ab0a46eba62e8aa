"""The forms of what operators have obtained, and of a follow-up that was held."""

from __future__ import annotations

from datetime import date
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.centrals.models import Central
from municipalities.competence.forms import DayField, reason_field
from municipalities.competence.models import CompetenceRequirement, Operator, Qualification

WORDS = {
    "qualification_expires_after_start": _(
        "It cannot expire before it is obtained. Choose a later day."
    ),
}


class CourseForm(forms.Form):
    """What one or several operators have obtained, on a day."""

    requirement = forms.ModelChoiceField(
        label=_("Requirement"),
        queryset=CompetenceRequirement.objects.none(),
        empty_label=_("Choose …"),
    )
    operators = forms.ModelMultipleChoiceField(
        label=_("Operators"),
        queryset=Operator.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one operator.")},
    )

    def __init__(
        self, *args, central: Central, today: date, operator: Operator | None = None, **more
    ) -> None:
        super().__init__(*args, **more)
        required = CompetenceRequirement.objects.filter(central=central).in_force(today)
        self._choose("requirement", required.order_by("pk"))
        if operator:
            del self.fields["operators"]
        else:
            at_work = Operator.objects.filter(central=central).at_work(today)
            self._choose("operators", at_work.order_by("label", "pk"))
        self.fields["obtained_date"] = DayField(label=_("Obtained"), until=today)
        self.fields["expires_date"] = DayField(
            label=_("Expires"),
            required=False,
            help_text=_(
                "The first day on which it counts no longer. Left empty, it is found from the"
                " months of the requirement."
            ),
        )
        self.order_fields(["requirement", "obtained_date", "expires_date", "operators"])

    def _choose(self, name: str, queryset) -> None:
        cast(forms.ModelChoiceField, self.fields[name]).queryset = queryset


class ExpiryForm(forms.Form):
    """Another expiry than the requirement's months give."""

    expires_date = DayField(
        label=_("Expires"),
        required=False,
        help_text=_("The first day on which it counts no longer. Left empty, it never expires."),
    )

    def __init__(self, *args, qualification: Qualification, **more) -> None:
        super().__init__(*args, **more)
        self.initial = {"expires_date": qualification.expires_date}
        self.fields["reason"] = reason_field()


class FollowUpForm(forms.Form):
    """When a follow-up was held; not what was said."""

    def __init__(self, *args, today: date, **more) -> None:
        super().__init__(*args, **more)
        self.fields["held_date"] = DayField(
            label=_("Held on"),
            until=today,
            initial=today,
            help_text=_("The day alone. What was said is not kept here."),
        )
