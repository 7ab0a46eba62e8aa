"""The form for a webhook: where to, and what about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from legevakt.lib import outgoing
from municipalities.webhooks.models import WebhookEndpoint
from municipalities.webhooks.rules import EventType
from municipalities.webhooks.words import EVENT_NAMES

REFUSALS = {
    "bad_address": _("Write a whole address, such as https://example.org/webhooks."),
    "userinfo": _("Leave name and password out of the address; the signature says who we are."),
    "not_https": _("The address must begin with https://."),
    "port": _("Use port 443, or one from 1024 up."),
    "private_address": _("The address leads into a private network, and is refused here."),
}


class WebhookForm(forms.Form):
    """An address, and the events it is told of."""

    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput,
        help_text=_(
            "Where the messages are posted, by https. A receiver in a private network is"
            " refused, unless the installation allows it."
        ),
    )
    event_types = forms.MultipleChoiceField(
        label=_("Events"),
        choices=[(each.value, EVENT_NAMES[each]) for each in EventType],
        widget=forms.CheckboxSelectMultiple,
    )

    @staticmethod
    def values_of(endpoint: WebhookEndpoint) -> dict[str, Any]:
        """What the form shows of a webhook that exists."""
        return {"url": endpoint.url, "event_types": endpoint.event_types}

    def clean_url(self) -> str:
        """Refused where it cannot be called as things are now; every sending checks it anew."""
        url = self.cleaned_data["url"]
        try:
            outgoing.check(url, may_be_private=settings.WEBHOOKS_MAY_BE_PRIVATE)
        except outgoing.AddressRefused as refusal:
            raise forms.ValidationError(REFUSALS[refusal.code]) from refusal
        return url
