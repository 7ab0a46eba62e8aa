"""The form of an operator: a label, days, shifts and a mentor."""

from __future__ import annotations

from datetime import date
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.centrals.models import Central
from municipalities.competence.forms import DayField, reason_field
from municipalities.competence.models import CallVolume, Operator
from municipalities.competence.rules import holds_number
from municipalities.competence.staff import possible_mentors

NO_MENTOR = _(
    "The mentor must be an experienced operator at work at this central. Choose another, or none."
)
WORDS = {
    "operator_has_its_label": _(
        "Another operator of the central has that label, perhaps one who has ended. Choose another."
    ),
    "operator_ends_after_start": _("The operator cannot end before the start. Choose a later day."),
    "operator_is_experienced_after_start": _(
        "An operator is experienced from the start at the earliest. Choose a later day."
    ),
    "operator_is_paired_with_another": _(
        "An operator cannot be one's own mentor. Choose another, or none."
    ),
}


def without_numbers(label: str) -> None:
    """A validator for what stands for a person."""
    if holds_number(label):
        raise forms.ValidationError(
            _(
                "This looks like a telephone number or a national identity number. Write a label"
                " such as Operator 12: the list is to tell nobody else who it is."
            )
        )


class MentorField(forms.ModelChoiceField):
    """An experienced operator at work at the central, by label."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Mentor"),
            queryset=Operator.objects.none(),
            required=False,
            empty_label=_("No mentor"),
            error_messages={"invalid_choice": NO_MENTOR},
            help_text=_("Whom a new operator is paired with: an experienced one at work here."),
        )


class OperatorForm(forms.Form):
    """Who has a place at the central, without saying who it is."""

    label = forms.CharField(
        label=_("Label"),
        max_length=40,
        validators=[without_numbers],
        help_text=_(
            "Of your choosing, for example Operator 12. Not a name: the counts need none, and the"
            " key to who it is stays with you."
        ),
    )
    started_date = DayField(label=_("Started"))
    volume = forms.ChoiceField(
        label=_("Amount of shifts"),
        choices=CallVolume.choices,
        initial=CallVolume.USUAL,
        help_text=_("As you judge it. Nothing is counted for it."),
    )
    experienced_date = DayField(
        label=_("Experienced from"),
        required=False,
        help_text=_(
            "Left empty, it is 12 months after the start, or 24 with few shifts. You can change it"
            " later."
        ),
    )
    mentor = MentorField()

    def __init__(
        self, *args, central: Central, today: date, operator: Operator | None = None, **more
    ) -> None:
        super().__init__(*args, **more)
        mentors = possible_mentors(central=central, today=today, operator=operator)
        if operator:
            mentors = mentors | Operator.objects.filter(pk__in=[operator.mentor_id])
            self._add_what_is_changed(operator)
        cast(MentorField, self.fields["mentor"]).queryset = mentors

    def _add_what_is_changed(self, operator: Operator) -> None:
        self.fields["experienced_date"].help_text = _(
            "Left empty, the operator is not counted as experienced."
        )
        self.fields["ended_date"] = DayField(
            label=_("No longer at work from"),
            required=False,
            help_text=_("The first day without the operator."),
        )
        self.initial = {name: getattr(operator, name) for name in self.fields}
        self.initial["mentor"] = operator.mentor_id
        self.fields["reason"] = reason_field()
