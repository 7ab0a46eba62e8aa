"""When something is sent, to whom by role, and somebody without a login who receives it too."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from municipalities.queries import ROLE_NAMES
from municipalities.rules import Role
from reporting.deliveries.models import Schedule, ScheduleKind
from reporting.deliveries.rules import MONTHS_A_YEAR, MONTHS_OF
from reporting.deliveries.words import month_choices

DIRECTORS = [Role.HOST_DIRECTOR.value, Role.PARTNER_DIRECTOR.value]
# Of a kind's first schedule: so many months after its period, on the day.
PROPOSED = {
    ScheduleKind.ANNUAL_REPORT: (3, 1),
    ScheduleKind.TERTIAL: (1, 20),
    ScheduleKind.MONTHLY: (1, 15),
    ScheduleKind.ORIENTATION: (3, 1),
}


class ScheduleForm(forms.ModelForm):
    """Month, day (1–28, so that every month has it), a Norwegian clock's time, and roles."""

    months_after = forms.TypedChoiceField(label=_("Month"), coerce=int)
    day = forms.IntegerField(
        label=_("Day"),
        min_value=1,
        max_value=28,
        help_text=_("1 to 28, so that every month has it."),
    )
    local_time = forms.TimeField(
        label=_("Time of day"),
        help_text=_("By the clock in Norway, in summer as in winter."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    roles = forms.MultipleChoiceField(
        label=_("Who receives it"),
        choices=[(role.value, ROLE_NAMES[role]) for role in Role],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Somebody without a login can be added when the schedule is saved."),
    )
    is_attached = forms.BooleanField(
        label=_("Attach the PDF"),
        required=False,
        help_text=_("Else the mail has a link. Who has no login always gets the PDF."),
    )
    is_active = forms.BooleanField(label=_("Send it by itself"), required=False)

    class Meta:
        model = Schedule
        fields = ["months_after", "day", "local_time", "roles", "is_attached", "is_active"]

    def __init__(self, *args, kind: str, **kwargs) -> None:
        if kwargs.get("instance") is None:
            kwargs["initial"] = self.proposed(kind)
        super().__init__(*args, **kwargs)
        self.fields["months_after"].choices = month_choices(kind)
        if MONTHS_OF[kind] != MONTHS_A_YEAR:
            self.fields["months_after"].label = _("How long after the period")

    @staticmethod
    def proposed(kind: str) -> dict[str, object]:
        """What a new schedule starts with: the annual report on 1 March at 08:00."""
        months_after, day = PROPOSED[ScheduleKind(kind)]
        when = {"months_after": months_after, "day": day, "local_time": "08:00"}
        return {**when, "roles": DIRECTORS, "is_attached": True, "is_active": True}


class LetterCorrectionForm(forms.Form):
    """What was wrong in a letter; stands in the next edition."""

    reason = forms.CharField(
        label=_("What is corrected, and why"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the corrected letter."),
    )


class OutsideForm(forms.Form):
    """Somebody without a login: a mayor, an archive."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))
    municipality = forms.ModelChoiceField(label=_("Municipality"), queryset=None)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args, schedule: Schedule, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        cooperation = schedule.cooperation
        taking_part = Municipality.objects.filter(participations__cooperation=cooperation)
        self.fields["municipality"].queryset = taking_part.distinct().order_by("number", "pk")
        self.initial.setdefault("language", cooperation.language)
