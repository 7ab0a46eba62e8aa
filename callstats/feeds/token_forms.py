"""The forms for making and renewing a token."""

from __future__ import annotations

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from callstats.feeds.checks import SetupError
from callstats.feeds.rules import Scope, every_scope
from callstats.feeds.tokens import LIFETIME, OVERLAP, checked_networks
from legevakt.lib.inputs import DateField
from legevakt.lib.periods import OSLO, local_day

LONGEST_OVERLAP_DAYS = 90

SCOPE_WORDS = {
    Scope.WRITE_CALLS: _("send calls"),
    Scope.READ_IMPORTS: _("read what became of what it sent"),
    Scope.READ_STATISTICS: _("read the central's figures"),
}


class TokenForm(forms.Form):
    """What the token is for, what it may do, from where, and until when."""

    name = forms.CharField(
        label=_("Name"),
        max_length=50,
        help_text=_("Who or what uses it, so that you know which one to renew."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=[(scope.value, words) for scope, words in SCOPE_WORDS.items()],
        initial=every_scope,
        widget=forms.CheckboxSelectMultiple,
    )
    networks = forms.CharField(
        label=_("Only from these addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One on each line: 192.0.2.17, or a network as 192.0.2.0/24. Empty: from anywhere."
        ),
    )
    expires_on = DateField(
        label=_("Taken until"),
        help_text=_("The first day on which it is not taken any more."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("expires_on", local_day(timezone.now()) + LIFETIME)

    def clean_networks(self) -> list[str]:
        """As CIDR, each once."""
        written = self.cleaned_data["networks"].replace(",", " ").split()
        try:
            return checked_networks(written)
        except SetupError as error:
            raise forms.ValidationError(
                _("One of these is no address and no network. Write 192.0.2.17 or 192.0.2.0/24.")
            ) from error

    def clean_expires_on(self) -> datetime:
        """Midnight of the day in Oslo."""
        expires_at = datetime.combine(self.cleaned_data["expires_on"], time(), tzinfo=OSLO)
        if expires_at <= timezone.now():
            raise forms.ValidationError(_("The day has been. Choose a later one."))
        return expires_at


class RotateForm(forms.Form):
    """How long the old token still works."""

    overlap_days = forms.IntegerField(
        label=_("Days in which the old one still works"),
        initial=OVERLAP.days,
        min_value=0,
        max_value=LONGEST_OVERLAP_DAYS,
        help_text=_("Long enough to put the new one into the telephone system. 0: none."),
    )
