"""The day and time of the year when the report is sent."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from reporting.deliveries.models import Schedule


class ScheduleForm(forms.ModelForm):
    """Month, day (1–28, so that every year has it) and time on a Norwegian clock."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=int, choices=list(MONTHS.items()))
    day = forms.IntegerField(
        label=_("Day"),
        min_value=1,
        max_value=28,
        help_text=_("1 to 28, so that every year has it."),
    )
    local_time = forms.TimeField(
        label=_("Time of day"),
        help_text=_("By the clock in Norway, in summer as in winter."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    is_active = forms.BooleanField(label=_("Send the report by itself each year"), required=False)

    class Meta:
        model = Schedule
        fields = ["month", "day", "local_time", "is_active"]

    @staticmethod
    def proposed() -> dict[str, object]:
        """What a new schedule starts with: 1 March at 08:00."""
        first = date(2000, 3, 1)
        return {"month": first.month, "day": first.day, "local_time": "08:00", "is_active": True}
