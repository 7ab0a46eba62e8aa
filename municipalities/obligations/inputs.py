"""Form fields for days of the year and for lists of texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.obligations.rules import is_day


class DaysField(forms.CharField):
    """Days of the year as people write them, 31.3., apart by commas; the value is MM-DD, in order.

    >>> DaysField().clean("15.6., 31.3")
    ['03-31', '06-15']
    """

    def clean(self, value: str) -> list[str]:
        return sorted({_day(each) for each in re.split(r"[,;\s]+", super().clean(value)) if each})


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = forms.Textarea

    def __init__(self, *, longest: int, **kwargs) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def clean(self, value: str) -> list[str]:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        if any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(
                _("A line has more than %(most)s characters. Make it shorter.")
                % {"most": self.longest}
            )
        return list(dict.fromkeys(line for line in lines if line))


def as_written(days: Sequence[str]) -> str:
    """Days MM-DD as the field takes them.

    >>> as_written(["03-31", "06-15"])
    '31.3., 15.6.'
    """
    return ", ".join(f"{int(day[3:])}.{int(day[:2])}." for day in days)


def _day(text: str) -> str:
    found = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.?", text)
    day = f"{int(found[2]):02}-{int(found[1]):02}" if found else ""
    if not is_day(day):
        raise forms.ValidationError(
            _("“%(text)s” is no day. Write day and month: 31.3.") % {"text": text}
        )
    return day
