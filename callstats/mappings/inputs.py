"""The kinds of fields that the wizard's forms are made of."""

from __future__ import annotations

from typing import Any

from django import forms

Fields = dict[str, forms.Field]


class AlwaysAnswered(forms.ChoiceField):
    """The empty value is one of its choices, and so it is never left out."""

    def validate(self, value):
        if not self.valid_value(value):
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": value}
            )


class AnsweredAtLast(forms.ChoiceField):
    """Asked for when the mapping is saved; until then it may be open."""

    def validate(self, value):
        if value:
            super().validate(value)


def choice(label: Any, named: dict[str, Any], initial: Any) -> forms.ChoiceField:
    """One of the named values; one that a mapping has and the list lacks is listed too."""
    known = dict(named)
    if initial is not None and str(initial) not in known:
        known[str(initial)] = str(initial)
    return AlwaysAnswered(label=label, choices=list(known.items()), initial=initial or "")


def text(label: Any, initial: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        initial="" if initial is None else initial,
        help_text=help_text,
        required=False,
        max_length=500,
    )
