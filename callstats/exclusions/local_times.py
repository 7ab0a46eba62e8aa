"""A form's field for a time on the clock in Norway, where some times never come and some twice."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from callstats.exclusions import words
from legevakt.lib.periods import moments_of

YEARS = range(2000, 2101)
WHICH = (("first", _("the first, in summer time")), ("second", _("the second, in winter time")))


class LocalTimeInput(forms.DateTimeInput):
    """The browser's own, which wants ISO 8601."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class LocalTimeField(forms.Field):
    """Day and time by the clock in Norway; the value is naive, for `moment_of`."""

    widget = LocalTimeInput

    def to_python(self, value: str | None) -> datetime | None:
        """Raises ValidationError for what is no time, or never came."""
        if not value:
            return None
        local = parsed(value)
        if local is None:
            raise forms.ValidationError(_("Write the day and the time, as 2025-10-24T12:30."))
        if not moments_of(local):
            raise forms.ValidationError(
                _(
                    "The clock was put forward that night, so that there was no %(time)s."
                    " Choose a time before or after."
                ),
                params={"time": local.strftime("%H:%M")},
            )
        return local


class WhichField(forms.ChoiceField):
    """Which of the two that the clock shows in the doubled hour of autumn."""

    def __init__(self, local: datetime):
        super().__init__(
            label=words.which_label(local),
            choices=WHICH,
            widget=forms.RadioSelect,
            help_text=_("The clock was put back that night, and this time came twice."),
            error_messages={"required": _("Choose one of the two.")},
        )


def parsed(value: str | None) -> datetime | None:
    """A naive local time of a year that calls can be of, or None."""
    try:
        local = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return local if local.tzinfo is None and local.year in YEARS else None


def is_doubled(local: datetime | None) -> bool:
    """Whether the clock shows the time twice."""
    return local is not None and len(moments_of(local)) > 1


def moment_of(local: datetime, *, which: str = "first") -> datetime:
    """The UTC moment of a time that the field has taken."""
    return moments_of(local)[-1 if which == "second" else 0]
