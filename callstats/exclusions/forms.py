"""The forms of a rule: what is proposed, and why it is withdrawn."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from callstats.annotations.forms import without_numbers
from callstats.exclusions.local_times import (
    LocalTimeField,
    WhichField,
    is_doubled,
    moment_of,
    parsed,
)
from callstats.exclusions.models import KINDS
from callstats.exclusions.rules import ExclusionKind
from callstats.exclusions.words import line_name
from municipalities.models import Central, PublicNumber


class LineField(forms.ModelChoiceField):
    """A number of the central, by its kind."""

    def label_from_instance(self, obj: PublicNumber) -> str:
        return line_name(obj.line_class, number=obj.number)


class ExclusionForm(forms.Form):
    """Which calls, and why. A time that the clock shows twice is asked about."""

    kind = forms.ChoiceField(
        label=_("What it is about"),
        choices=[("", _("Choose …")), *KINDS],
        help_text=_("Each kind is left out by the indicators that name it, and by no other."),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        validators=[without_numbers],
        help_text=_("So that people know it again: Test of the new queue."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[without_numbers],
        help_text=_(
            "Why these calls say nothing of the answer time. At most 400 characters. Name no person"
            " and no patient."
        ),
    )
    line = LineField(
        label=_("Line"),
        queryset=PublicNumber.objects.none(),
        required=False,
        empty_label=_("all lines"),
    )
    starts = LocalTimeField(label=_("From"), help_text=_("By the clock in Norway."))
    ends = LocalTimeField(
        label=_("To"), help_text=_("The first minute that counts again. A week later at most.")
    )

    def __init__(self, *args, central: Central, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = central.numbers.order_by("line_class", "number", "pk")
        for name in ("starts", "ends"):
            local = parsed(self.data.get(name))
            if is_doubled(local):
                self.fields[f"{name}_which"] = WhichField(local)
        self.order_fields(
            ["kind", "name", "reason", "line", "starts", "starts_which", "ends", "ends_which"]
        )

    @property
    def facts(self) -> dict:
        """What a clean form says, as the operations take it."""
        told = self.cleaned_data
        return {
            "kind": ExclusionKind(told["kind"]),
            "name": told["name"],
            "reason": told["reason"],
            "line": told["line"],
            "starts_at": self._moment("starts"),
            "ends_at": self._moment("ends"),
        }

    def _moment(self, name: str):
        which = self.cleaned_data.get(f"{name}_which", "first")
        return moment_of(self.cleaned_data[name], which=which)


class WithdrawForm(forms.Form):
    """Why the calls of a rule count again."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[without_numbers],
        help_text=_(
            "For example: “The calls were real after all.” It is shown with the rule. At most 400"
            " characters. Name no person and no patient."
        ),
    )
